/* Put into each page while it is served for editing. It loads the page anew at the same place when the page has changed, and
   shows what keeps an edit from being seen. The server compares what this page was made of with what it would be made of now. */
(() => {
  "use strict";
  const own = document.currentScript.dataset;
  const place = `factloom:${location.pathname}`;

  // --- the place on the page -------------------------------------------------------------------

  const kept = sessionStorage.getItem(place);
  if (kept) {
    sessionStorage.removeItem(place);
    history.scrollRestoration = "manual";
    const [left, top] = JSON.parse(kept);
    const back = () => window.scrollTo({ left, top, behavior: "instant" });
    document.addEventListener("DOMContentLoaded", back);
    window.addEventListener("load", () => {
      back();
      requestAnimationFrame(() => {
        back(); // after the browser has gone to the anchor in the address
        history.scrollRestoration = "auto";
      });
    });
  }

  function reload() {
    sessionStorage.setItem(place, JSON.stringify([window.scrollX, window.scrollY]));
    location.reload();
  }

  // --- what is wrong ---------------------------------------------------------------------------

  const alert = document.createElement("section");
  alert.setAttribute("role", "alert");
  alert.id = "factloom-findings";
  alert.hidden = true;
  alert.style.cssText =
    "position:fixed;inset:auto 0 0;z-index:2147483647;max-height:60vh;overflow:auto;box-sizing:border-box;" +
    "padding:.75rem 1rem 1rem;background:#1d1f23;color:#f4f4f4;border-top:4px solid #e5484d;" +
    "font:14px/1.5 system-ui,sans-serif;text-align:start";

  function show({ title, text, close, language }) {
    alert.replaceChildren();
    alert.hidden = !text;
    if (!text) return;
    alert.lang = language;
    const head = document.createElement("strong");
    head.textContent = title;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = close;
    button.style.cssText =
      "float:right;margin-inline-start:1rem;padding:.1rem .6rem;font:inherit;color:inherit;" +
      "background:transparent;border:1px solid currentColor;border-radius:4px;cursor:pointer";
    button.addEventListener("click", () => (alert.hidden = true));
    const body = document.createElement("pre");
    body.tabIndex = 0;
    body.textContent = text;
    body.style.cssText =
      "margin:.5rem 0 0;white-space:pre;overflow-x:auto;color:inherit;background:none;" + // marks stand below what they mark
      "font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace";
    alert.append(button, head, body);
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") alert.hidden = true;
  });
  const attach = () => document.body.append(alert);
  if (document.body) attach();
  else document.addEventListener("DOMContentLoaded", attach);

  // --- to the editor ---------------------------------------------------------------------------

  function linkTo(id, place) {
    if (place.querySelector(".factloom-edit")) return;
    const link = document.createElement("a");
    link.className = "factloom-edit";
    link.href = own.edit + encodeURIComponent(id);
    link.lang = own.language;
    link.textContent = own.word;
    link.style.marginInlineStart = "1em";
    place.append(link);
  }

  /* The card at a number, each time it is filled, and the page of a fact get a link to the form of that fact. */
  function linkNumbers() {
    const fact = /\/facts\/([a-z][a-z0-9_]*)\/$/.exec(location.pathname);
    const value = document.querySelector(".fl-fact-meta");
    if (fact && value) linkTo(fact[1], value);
    new MutationObserver(() => {
      const more = document.querySelector("#fl-tip .fl-tip__more");
      const found = more && /\/facts\/([a-z][a-z0-9_]*)\/$/.exec(more.querySelector("a").pathname);
      if (found) linkTo(found[1], more);
    }).observe(document.body, { childList: true, subtree: true });
  }
  if (own.edit) document.addEventListener("DOMContentLoaded", linkNumbers);

  // --- the server ------------------------------------------------------------------------------

  let source = null;
  function listen() {
    if (source) return;
    const asked = new URLSearchParams({ page: own.page, version: own.version });
    source = new EventSource(`${own.events}?${asked}`);
    source.addEventListener("reload", reload);
    source.addEventListener("findings", (event) => show(JSON.parse(event.data)));
  }
  function leave() {
    if (source) source.close();
    source = null;
  }
  // A browser has few connections for each server: a page that nobody sees needs none.
  document.addEventListener("visibilitychange", () => (document.hidden ? leave() : listen()));
  window.addEventListener("pagehide", leave);
  window.addEventListener("pageshow", () => document.hidden || listen());
  if (!document.hidden) listen();
})();
