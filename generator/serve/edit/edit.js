/* Helps with the forms of the editor, which work without it: Ctrl+Enter (or Cmd+Enter) sends, what was typed is not left unseen,
   and while somebody types, what that brings stands beside the form. */
(() => {
  "use strict";
  const form = document.querySelector("form.entry");
  if (!form) return;
  let typed = false;
  form.addEventListener("input", (event) => {
    typed = true;
    const more = document.getElementById("new-value");
    if (more && event.target.name === "value") more.open = true;
    later();
  });
  form.addEventListener("submit", () => (typed = false));
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit(form.querySelector("button"));
  });
  window.addEventListener("beforeunload", (event) => typed && event.preventDefault());

  // --- while somebody types --------------------------------------------------------------------

  const pause = 500; // milliseconds without a key
  const live = document.getElementById("live");
  let timer = 0;
  let asked = null;
  function later() {
    clearTimeout(timer);
    timer = setTimeout(look, pause);
  }
  async function look() {
    if (asked) asked.abort();
    asked = new AbortController();
    const { signal } = asked;
    const body = new URLSearchParams(new FormData(form));
    body.set("action", "live");
    live.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.getAttribute("action"), { method: "POST", body, signal, redirect: "error" });
      const text = await answer.text();
      if (signal.aborted || answer.status !== 200) return;
      const page = new DOMParser().parseFromString(text, "text/html");
      live.replaceChildren(...page.body.childNodes);
      tell();
      const first = live.querySelector(".problem, .findings li > span, .notice");
      document.getElementById("live-status").textContent = first ? first.textContent : "";
    } catch (error) {
      if (error.name !== "AbortError") live.replaceChildren();
    } finally {
      if (!signal.aborted) live.removeAttribute("aria-busy");
    }
  }

  /* Each finding also stands at its field, which names it for those who do not see it. */
  function tell() {
    for (const old of form.querySelectorAll(".told")) {
      const control = form.elements.namedItem(old.dataset.of);
      control.removeAttribute("aria-invalid");
      control.setAttribute("aria-describedby", old.dataset.before);
      if (!old.dataset.before) control.removeAttribute("aria-describedby");
      old.remove();
    }
    live.querySelectorAll("[data-field]").forEach((found, at) => {
      const control = form.elements.namedItem(found.dataset.field);
      if (!control || !control.parentElement) return;
      const told = document.createElement("p");
      told.className = `told ${found.className}`;
      told.id = `told-${at}`;
      told.dataset.of = control.name;
      const before = control.parentElement.querySelector(".told");
      told.dataset.before = before ? before.dataset.before : control.getAttribute("aria-describedby") || "";
      told.textContent = found.querySelector("span").textContent.trim();
      control.after(told);
      if (found.classList.contains("error")) control.setAttribute("aria-invalid", "true");
      control.setAttribute("aria-describedby", `${control.getAttribute("aria-describedby") || ""} ${told.id}`.trim());
    });
  }
})();
