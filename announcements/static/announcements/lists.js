// A list changes in place. Without this file the same links, fields and button load the page anew.

const announced = document.createElement("p");
announced.role = "status";
announced.className = "visually-hidden";
document.body.append(announced);

const before = { open: new Map(), focus: "" };

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

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const { triggeringEvent } = detail.requestConfig;
  before.open = new Map([...document.querySelectorAll("#main details")].map(({ id, open }) => [id, open]));
  before.focus = document.activeElement.id || triggeringEvent?.target.id || "";
});

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  for (const group of document.querySelectorAll("#main details")) {
    group.open = before.open.get(group.id) ?? group.open;
    if (group.querySelector("[aria-invalid]")) group.open = true;
  }
  const control = document.getElementById(before.focus);
  if (control) control.focus({ preventScroll: true });
  else if (detail.requestConfig.triggeringEvent) goToResults();
  announced.textContent = document.querySelector("#results .tools p")?.textContent ?? "";
});

function goToResults() {
  const results = document.getElementById("results");
  const { top } = results.getBoundingClientRect();
  results.focus({ preventScroll: true });
  if (top < 0 || top > innerHeight) results.scrollIntoView();
}

// Back and forward ask anew, so that list, counts, chips and form are those of the address.
document.addEventListener("htmx:historyCacheMiss", (event) => {
  event.preventDefault();
  const given_up = () => {}; // For a newer one; a failure has its own event below.
  htmx.ajax("GET", event.detail.path, { source: "#main" }).catch(given_up);
});

// What cannot be shown in place is shown as a page of its own.
for (const failure of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failure, ({ detail }) => location.assign(detail.pathInfo.finalRequestPath));
}
