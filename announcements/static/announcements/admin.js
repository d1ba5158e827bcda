// A row that was just added is where the typing goes on.
document.addEventListener("formset:added", (event) => {
  const row = event.target;
  row.querySelectorAll("fieldset input:not([type=hidden]), fieldset select, fieldset textarea")[0]?.focus();
});
