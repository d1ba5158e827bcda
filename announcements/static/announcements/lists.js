// A list changes in place. Without this file the same links, fields and button load the page anew.

const announced = document.createElement("p");
announced.role = "status";
announced.className = "visually-hidden";
document.body.append(announced);

// Fields left empty stay out of the address; a word that an input method still composes waits.
document.addEventListener("htmx:configRequest", (event) => {
  const { formData, triggeringEvent } = event.detail;
  if (triggeringEvent?.isComposing) event.preventDefault();
  for (const [name, value] of [...formData]) if (value === "") formData.delete(name);
});

// An answer on its way would take away what is being typed.
document.addEventListener("input", ({ target }) => {
  if (target.id === "id_q") htmx.trigger("#main", "htmx:abort");
});

const offsetOf = (element) => element.getBoundingClientRect().top;
let before;

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const active = document.activeElement;
  const control = active.id ? active : detail.requestConfig.triggeringEvent?.target ?? active;
  const groups = [...document.querySelectorAll("#main details")];
  before = { control, offset: offsetOf(control), open: new Map(groups.map(({ id, open }) => [id, open])) };
});

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  const isAsked = Boolean(detail.requestConfig.triggeringEvent);
  for (const group of document.querySelectorAll("#main details")) {
    group.open = before.open.get(group.id) ?? group.open;
    if (group.querySelector("[aria-invalid]")) group.open = true;
  }
  const control = document.getElementById(before.control.id);
  if (control) returnTo(control, isAsked);
  else if (isAsked) goToResults();
  announced.textContent = document.querySelector("#results .tools p")?.textContent ?? "";
});

// A value that moves to the top of its list stays under the eye; what was typed meanwhile stays typed.
function returnTo(control, isAsked) {
  if (isAsked && control.type === "text") control.value = before.control.value;
  control.focus({ preventScroll: true });
  if (isAsked) scrollBy(0, offsetOf(control) - before.offset);
}

function goToResults() {
  const results = document.getElementById("results");
  results.focus({ preventScroll: true });
  if (offsetOf(results) < 0 || offsetOf(results) > innerHeight) results.scrollIntoView();
}

// Back and forward ask anew, so that list, counts, chips and form are those of the address.
document.addEventListener("htmx:historyCacheMiss", (event) => {
  event.preventDefault();
  const isToldBelow = () => {};
  htmx.ajax("GET", event.detail.path, { source: "#main" }).catch(isToldBelow);
});

// What cannot be shown in place is shown as a page of its own.
for (const failure of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failure, ({ detail }) => location.assign(detail.pathInfo.finalRequestPath));
}
