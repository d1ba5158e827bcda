// Fields in which one chooses by typing (select2) bear the name of the field that they stand for.
const NAMELESS = ".select2-selection, .select2-search__field, .select2-results__options";

const nameOf = (part) => {
  const box = part.closest(".select2-container");
  // What opens below a field stands at the end of the page, and one such box is open at most.
  const field = box.matches(".select2-container--open:not(.select2)")
    ? document.querySelector(".select2.select2-container--open")
    : box;
  return field?.previousElementSibling?.labels?.[0];
};

const give = (part) => {
  const label = nameOf(part);
  if (!label) return;
  label.id ||= `${label.htmlFor}-label`;
  const opened = part.closest(".select2-container--open:not(.select2)");
  // What opens stands outside of every part of the page.
  opened?.setAttribute("role", "region");
  opened?.setAttribute("aria-labelledby", label.id);
  const shown = part.querySelector(":scope > .select2-selection__rendered[id]");
  part.setAttribute("aria-labelledby", [label.id, shown?.id].filter(Boolean).join(" "));
  // Part of a field that can be chosen from, and none of its own.
  shown?.removeAttribute("role");
  shown?.removeAttribute("aria-readonly");
};

// It says which list belongs to it with an older attribute only.
const say = ({ target }) =>
  target.hasAttribute("aria-owns")
    ? target.setAttribute("aria-controls", target.getAttribute("aria-owns"))
    : target.removeAttribute("aria-controls");

new MutationObserver((changes) => {
  const added = changes.flatMap((change) => [...change.addedNodes]).filter((node) => node.querySelectorAll);
  added.flatMap((node) => [...node.querySelectorAll(NAMELESS)]).forEach(give);
  changes.filter((change) => change.type === "attributes").forEach(say);
}).observe(document.documentElement, { attributeFilter: ["aria-owns"], childList: true, subtree: true });
