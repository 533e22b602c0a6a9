/* Helps with the forms of the editor, which work without it: Ctrl+Enter (or Cmd+Enter) sends, and what was typed is not left unseen. */
(() => {
  "use strict";
  const form = document.querySelector("form.entry");
  if (!form) return;
  let typed = false;
  form.addEventListener("input", (event) => {
    typed = true;
    const more = document.getElementById("new-value");
    if (more && event.target.name === "value") more.open = true;
  });
  form.addEventListener("submit", () => (typed = false));
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit(form.querySelector("button"));
  });
  window.addEventListener("beforeunload", (event) => typed && event.preventDefault());
})();
