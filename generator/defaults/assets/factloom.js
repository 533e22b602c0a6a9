/* What a page does beyond what it says; without this script everything is still there and every link works.
   Cards at numbers, tables that sort and filter, the same place after a change of language, pages opened from disk. */
"use strict";

(() => {
  const root = new URL("..", document.currentScript.src); // the language's folder
  const onDisk = location.protocol === "file:";

  /* ---- pages opened from disk: an address that ends in a folder shows its files, so it gets the page's own name ---- */

  function mend(links) {
    if (!onDisk) return;
    for (const link of links) {
      const url = new URL(link.href, location);
      if (url.protocol === "file:" && url.pathname.endsWith("/")) {
        url.pathname += "index.html";
        link.href = url.href;
      }
    }
  }
  mend(document.querySelectorAll("a[href]"));
  if (onDisk) document.addEventListener("click", event => mend([event.target.closest("a[href]")].filter(Boolean)), true); // results of a search

  /* ---- an address that leads into a fold opens it; some browsers do so by themselves ---- */

  function unfold() {
    let fold = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)))?.closest("details:not([open])");
    if (!fold) return;
    for (; fold; fold = fold.parentElement.closest("details:not([open])")) fold.open = true;
    document.getElementById(decodeURIComponent(location.hash.slice(1))).scrollIntoView();
  }
  addEventListener("hashchange", unfold);
  unfold();

  /* ---- the language switch keeps the place: the address gets the anchor of what is in sight, and the other page shows
     the same block of the same section at the same height, where the section has as many blocks in both languages ---- */

  const PLACE = "factloom-place";
  const switches = document.querySelectorAll(".fl-languages__link");
  const headings = [...document.querySelectorAll("article > :is(h1, h2, h3)")];

  function blocks(heading) {
    const found = [];
    for (let one = heading; one && (one === heading || !headings.includes(one)); one = one.nextElementSibling) found.push(one);
    return found;
  }

  const top = one => one.getBoundingClientRect().top;

  function place() {
    const named = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (named && top(named) < innerHeight && named.getBoundingClientRect().bottom > 0) return { hash: location.hash, top: top(named) };
    if (!headings.length) return { hash: "" };
    const section = Math.max(0, headings.findLastIndex(one => top(one) < innerHeight / 3));
    const own = blocks(headings[section]), edge = document.querySelector(".md-header")?.getBoundingClientRect().bottom || 0;
    const whole = own.findIndex(one => top(one) >= edge && top(one) < innerHeight / 2); // else what fills the window
    const at = whole >= 0 ? whole : Math.max(0, own.findIndex(one => one.getBoundingClientRect().bottom > edge));
    return { hash: section ? `#${headings[section].id}` : "", section, of: own.length, at, top: top(own[at]) };
  }

  function carry(event) {
    const { hash, ...rest } = place();
    event.currentTarget.hash = hash;
    try { sessionStorage.setItem(PLACE, JSON.stringify({ ...rest, hash, path: event.currentTarget.pathname })); } catch { /* the anchor is enough */ }
  }
  switches.forEach(link => ["pointerdown", "focus", "click"].forEach(kind => link.addEventListener(kind, carry)));

  function arrive() {
    let told = null;
    try {
      told = JSON.parse(sessionStorage.getItem(PLACE));
      sessionStorage.removeItem(PLACE);
    } catch { /* the anchor is enough */ }
    if (!told || told.path !== location.pathname || told.hash !== location.hash) return;
    const own = "section" in told && headings[told.section] ? blocks(headings[told.section]) : [];
    const block = "section" in told ? own.length === told.of && own[told.at] : document.getElementById(decodeURIComponent(told.hash.slice(1)));
    if (block) scrollBy({ top: top(block) - told.top, behavior: "instant" });
  }
  if (document.readyState === "complete") arrive();
  else addEventListener("load", () => requestAnimationFrame(arrive));

  /* ---- the card at a number, at a claimed figure and at a verdict ----
     The number stays a plain link. The card says in short what the linked page says in full, so it is the link's description
     (aria-describedby) and takes no focus; its own link is for those who point or touch. It opens at hover after a moment,
     at keyboard focus, or at the first tap; it stays while the pointer is on it, and Escape closes it. */

  const OPEN = 250, CLOSE = 300; // milliseconds
  const card = document.createElement("div");
  card.className = "fl-tip md-typeset";
  card.id = "fl-tip";
  card.hidden = true;
  let told = null, current = null, timer = 0, pointer = "mouse", loading = null;

  function cards() {
    loading ??= new Promise((resolve, reject) => {
      window.factloomCards = found => { told = found; resolve(); };
      const script = document.createElement("script");
      script.src = new URL("assets/cards.js", root).href;
      script.onerror = reject;
      document.head.append(script);
    });
    return loading;
  }

  /* A claim's card stands in the page, behind the link. */
  const aside = link => link.nextElementSibling?.matches(".fl-aside") ? link.nextElementSibling.innerHTML : "";

  async function open(link) {
    let text = aside(link);
    if (!text) {
      try { await cards(); } catch { return false; }
      text = told[link.dataset.fact];
    }
    if (!text || !link.isConnected) return false;
    if (current && current !== link) close();
    if (!card.isConnected) document.body.append(card);
    card.innerHTML = text;
    card.querySelectorAll("a").forEach(one => { one.href = new URL(one.getAttribute("href"), root).href; });
    mend(card.querySelectorAll("a"));
    current = link;
    card.hidden = false;
    link.setAttribute("aria-describedby", card.id);
    set(link);
    return true;
  }

  /* Below the number's last line, or above its first one: never over the number. */
  function set(link) {
    const lines = [...link.getClientRects()], first = lines[0], last = lines[lines.length - 1];
    const width = document.documentElement.clientWidth, gap = 6;
    const header = document.querySelector(".md-header")?.getBoundingClientRect().bottom || 0;
    const left = Math.max(8, Math.min(last.left, width - card.offsetWidth - 8));
    const below = last.bottom + gap, above = first.top - gap - card.offsetHeight;
    const top = below + card.offsetHeight > innerHeight && above >= header ? above : below;
    card.style.left = `${left + scrollX}px`;
    card.style.top = `${top + scrollY}px`;
  }

  function close() {
    clearTimeout(timer);
    if (!current) return;
    current.removeAttribute("aria-describedby");
    current = null;
    card.hidden = true;
  }

  /* The number, verdict or claimed figure that an event is about; a mark behind a number speaks for it. */
  function number(target) {
    if (!(target instanceof Element)) return null;
    const mark = target.closest(".fl-due"), link = mark ? mark.previousElementSibling : target;
    return link?.closest("a.fl-n[data-fact], a.fl-n[data-claim], a[data-verdict]") ?? null;
  }

  function later(act, wait) {
    clearTimeout(timer);
    timer = setTimeout(act, wait);
  }

  document.addEventListener("pointerdown", event => {
    pointer = event.pointerType;
    if (current && !card.contains(event.target) && number(event.target) !== current) close();
  });
  document.addEventListener("pointerover", event => {
    if (event.pointerType === "touch") return;
    const link = number(event.target);
    if (link) {
      if (link === current) clearTimeout(timer);
      else later(() => open(link), OPEN);
    } else if (card.contains(event.target)) clearTimeout(timer);
    else if (current && document.activeElement !== current) later(close, CLOSE);
    else if (!current) clearTimeout(timer);
  });
  document.addEventListener("focusin", event => {
    const link = number(event.target);
    if (link && link.matches(":focus-visible") && pointer !== "touch") open(link);
    else if (current && link !== current && !card.contains(event.target)) close();
  });
  document.addEventListener("keydown", event => {
    pointer = "keyboard";
    if (event.key === "Escape" && current) {
      close();
      event.stopPropagation();
    }
  }, true);
  document.addEventListener("click", event => {
    const link = number(event.target);
    if (!link || pointer !== "touch" || link === current || event.defaultPrevented) return;
    event.preventDefault(); // the second tap follows
    const address = link.href;
    open(link).then(opened => { if (!opened) location.assign(address); });
  });
  addEventListener("resize", close);
  addEventListener("scroll", () => { // out of sight, or behind the header: the card goes with its number
    if (!current) return;
    const { top: upper, bottom } = current.getBoundingClientRect();
    const edge = document.querySelector(".md-header")?.getBoundingClientRect().bottom || 0;
    if (bottom < edge || upper > innerHeight || card.getBoundingClientRect().top < edge) close();
  }, { passive: true });

  /* ---- terms open without this script; with it Escape also shuts what hover or focus has opened ---- */

  for (const term of document.querySelectorAll(".fl-term")) {
    ["mouseenter", "focusin"].forEach(kind => term.addEventListener(kind, () => delete term.dataset.shut));
  }
  document.addEventListener("keydown", event => {
    if (event.key === "Escape") document.querySelectorAll(".fl-term:is(:hover, :focus-within)").forEach(term => { term.dataset.shut = ""; });
  });
  addEventListener("scroll", () => { // out of sight, or behind the header: what explains a word goes with it
    const edge = document.querySelector(".md-header")?.getBoundingClientRect().bottom || 0;
    for (const term of document.querySelectorAll(".fl-term:is(:has(> :popover-open), :focus-within)")) {
      const { top: upper, bottom } = term.getBoundingClientRect(), tip = term.querySelector(".fl-term__tip");
      if (bottom >= edge && upper <= innerHeight && (!tip.getClientRects().length || top(tip) >= edge)) continue;
      if (tip.matches(":popover-open")) tip.hidePopover();
      term.dataset.shut = "";
    }
  }, { passive: true });

  /* ---- tables and lists that sort and filter; their state is in the address, so that it can be passed on ---- */

  const plain = text => text.normalize("NFKC").toLowerCase().replace(/[‐-―−_-]/g, " ").replace(/\s+/g, " ").trim();

  for (const form of document.querySelectorAll("form.fl-filter")) {
    const rows = [...document.querySelectorAll(form.dataset.rows)];
    const homes = new Map(rows.map((row, at) => [row, { parent: row.parentElement, at }]));
    const told = new Map(rows.map(row => [row, `${plain(row.textContent)} ${plain(row.dataset.words || "")}`]));
    const count = form.querySelector("output");
    const heads = [...document.querySelectorAll(`${form.dataset.within} thead th[data-sort]`)];
    const numeric = new Set(["size", "when"]);

    function read() {
      const told = new URLSearchParams(location.hash.startsWith("#?") ? location.hash.slice(2) : location.search);
      for (const field of form.elements) {
        if (!field.name) continue;
        field.value = told.get(field.name) ?? "";
        if (field.value !== (told.get(field.name) ?? "")) field.value = "";
      }
    }

    function write() {
      const told = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
      const query = told.toString();
      history.replaceState(null, "", query ? `?${query}` : location.pathname);
    }

    function key(row, name) {
      const value = row.dataset[name] || "";
      return numeric.has(name) && name === "size" ? [row.dataset.unit || "", Number(value)] : [value];
    }

    function compare(one, other) {
      for (let at = 0; at < one.length; at++) {
        const way = typeof one[at] === "number" ? one[at] - other[at] : one[at].localeCompare(other[at], document.documentElement.lang);
        if (way) return way;
      }
      return 0;
    }

    function show() {
      const chosen = [...new FormData(form)].filter(([name, value]) => value && name !== "sort" && name !== "text");
      const words = plain(form.elements.text?.value || "").split(" ").filter(Boolean);
      const [name, way] = (form.elements.sort?.value || "").split("-");
      let left = 0;
      for (const row of rows) {
        const fits = chosen.every(([field, value]) => (row.dataset[field] || "").split(" ").includes(value))
          && words.every(word => told.get(row).includes(word));
        row.hidden = !fits;
        left += fits;
      }
      const ordered = [...rows];
      if (name) ordered.sort((one, other) => compare(key(one, name), key(other, name)) * (way === "down" ? -1 : 1));
      for (const row of ordered) homes.get(row).parent.append(row);
      for (const parent of new Set([...homes.values()].map(home => home.parent))) {
        const none = [...parent.children].every(one => one.hidden || one.tagName === "THEAD");
        const block = parent.closest(".fl-wrap") || parent;
        block.hidden = none;
        const heading = block.previousElementSibling;
        if (heading?.matches("h2")) heading.hidden = none;
      }
      for (const head of heads) {
        if (head.dataset.sort === name) head.setAttribute("aria-sort", way === "down" ? "descending" : "ascending");
        else head.removeAttribute("aria-sort");
      }
      count.textContent = left || !count.dataset.none ? count.dataset.text.replace("{0}", left).replace("{1}", rows.length) : count.dataset.none;
    }

    for (const head of heads) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "fl-sort";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const [name, way] = form.elements.sort.value.split("-");
        form.elements.sort.value = `${head.dataset.sort}-${name === head.dataset.sort && way === "up" ? "down" : "up"}`;
        write();
        show();
      });
    }
    form.addEventListener("submit", event => event.preventDefault());
    form.addEventListener("input", () => { write(); show(); });
    form.addEventListener("reset", () => setTimeout(() => { write(); show(); }));
    addEventListener("popstate", () => { if (!location.hash) { read(); show(); } });
    document.addEventListener("click", event => { // a link to this list, narrowed
      const target = event.target.closest?.("a")?.getAttribute("href") || "";
      if (!target.startsWith("?") || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      history.pushState(null, "", target);
      read();
      show();
    });
    addEventListener("hashchange", () => { if (!location.hash || location.hash.startsWith("#?")) { read(); show(); } });
    form.hidden = false;
    read();
    show();
  }

  /* ---- a chart tells its values at hover and at the arrow keys: the rows of its own table, in the same words ---- */

  for (const figure of document.querySelectorAll("figure.fl-figure")) {
    const chart = figure.querySelector(".fl-chart"), rows = [...figure.querySelectorAll(".fl-table--data tbody tr")];
    const heads = [...figure.querySelectorAll(".fl-table--data thead th")].map(head => head.textContent);
    if (!chart?.querySelector("[data-row]")) continue;
    const box = document.createElement("div");
    box.className = "fl-reading";
    box.hidden = true;
    const cross = document.createElement("div");
    cross.className = "fl-crosshair";
    cross.hidden = true;
    chart.append(cross, box);
    chart.tabIndex = 0;
    chart.setAttribute("role", "group");
    chart.setAttribute("aria-labelledby", chart.querySelector("title").id);
    let now = -1, said = "";

    const drawn = () => [...chart.querySelectorAll("svg")].find(svg => svg.getClientRects().length);
    const marks = svg => [...svg.querySelectorAll("[data-row]")];

    function read(row, { x, y, words = "" } = {}) {
      const svg = drawn(), own = marks(svg).filter(mark => Number(mark.dataset.row) === row);
      if (!own.length || !rows[row]) return;
      marks(svg).forEach(mark => mark.classList.toggle("fl-on", own.includes(mark)));
      chart.classList.add("fl-chart--read");
      if (row !== now || words !== said || box.hidden) {
        const [name, ...cells] = [...rows[row].children].map(cell => cell.textContent.trim());
        const lead = document.createElement("b");
        lead.textContent = name;
        const entry = document.createElement("span");
        entry.textContent = said = words;
        box.replaceChildren(...(words ? [entry] : []), lead, ...cells.flatMap((cell, at) => {
          if (!cell) return [];
          const line = document.createElement("span"), value = document.createElement("em");
          value.textContent = cell;
          line.append(`${heads[at + 1]}: `, value);
          return [line];
        }));
      }
      now = row;
      box.hidden = false;
      const frame = chart.getBoundingClientRect(), mark = own[0].getBoundingClientRect();
      x ??= Math.min(mark.right, frame.right - 40);
      y ??= mark.bottom;
      aim(own, svg, frame);
      beside(x - frame.left, y - frame.top, frame, [...marks(svg), ...svg.querySelectorAll("text")].map(one => one.getBoundingClientRect()));
    }

    /* The box stands beside the pointer where it covers least of what is drawn, or else below the picture. */
    function beside(x, y, frame, drawn) {
      const wide = box.offsetWidth, high = box.offsetHeight, gap = 14;
      const spots = [[x + gap, y + gap], [x + gap, y - high - gap], [x - wide - gap, y + gap], [x - wide - gap, y - high - gap], [x - wide / 2, frame.height + 4]];
      const inside = spots.map(([left, top]) => [Math.max(0, Math.min(left, frame.width - wide)), top]);
      const covered = ([left, top]) => drawn.reduce((sum, one) => {
        const across = Math.min(left + wide, one.right - frame.left + 3) - Math.max(left, one.left - frame.left - 3);
        const down = Math.min(top + high, one.bottom - frame.top + 3) - Math.max(top, one.top - frame.top - 3);
        return sum + Math.max(0, across) * Math.max(0, down);
      }, 0);
      const [left, top] = inside.reduce((best, spot) => covered(spot) < covered(best) ? spot : best);
      box.style.left = `${left}px`;
      box.style.top = `${top}px`;
    }

    /* A line down to the axis where the marks of a row are points above each other. */
    function aim(own, svg, frame) {
      const places = own.map(mark => mark.getBoundingClientRect()), centres = places.map(one => (one.left + one.right) / 2);
      cross.hidden = places.some(one => one.width > 24) || Math.max(...centres) - Math.min(...centres) > 2;
      const picture = svg.getBoundingClientRect();
      cross.style.left = `${centres[0] - frame.left}px`;
      cross.style.top = `${picture.top - frame.top}px`;
      cross.style.height = `${picture.height}px`;
    }

    function rest() {
      now = -1;
      box.hidden = cross.hidden = true;
      box.removeAttribute("role");
      chart.classList.remove("fl-chart--read");
    }

    /* The mark under the pointer, or the nearest within a finger's breadth. */
    function near(event) {
      const under = event.target.closest?.("[data-row]");
      if (under) return Number(under.dataset.row);
      let best = null, least = 24;
      for (const mark of marks(drawn())) {
        const { left, right, top, bottom } = mark.getBoundingClientRect();
        const way = Math.hypot(Math.max(left - event.clientX, 0, event.clientX - right), Math.max(top - event.clientY, 0, event.clientY - bottom));
        if (way < least) [best, least] = [Number(mark.dataset.row), way];
      }
      return best;
    }

    for (const kind of ["pointermove", "pointerdown"]) {
      chart.addEventListener(kind, event => {
        const row = near(event);
        if (row === null) rest();
        else read(row, { x: event.clientX, y: event.clientY, words: event.target.closest?.("[data-words]")?.dataset.words });
      });
    }
    chart.addEventListener("pointerleave", () => { if (document.activeElement !== chart) rest(); });
    chart.addEventListener("focus", () => { if (chart.matches(":focus-visible")) step(0); });
    chart.addEventListener("blur", rest);
    chart.addEventListener("keydown", event => {
      const way = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (event.key === "Escape") rest();
      else if (way && !event.altKey && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        step(way);
      }
    });

    function step(way) {
      const told = [...new Set(marks(drawn()).map(mark => Number(mark.dataset.row)))].sort((one, other) => one - other);
      const at = told.indexOf(now);
      box.setAttribute("role", "status");
      read(told[at < 0 ? 0 : (at + way + told.length) % told.length]);
    }
  }

  /* ---- the theme's search listens to keys only: an input method, a paste or dictation has none ---- */

  document.forms.namedItem("search")?.elements.query?.addEventListener("input", event => {
    event.target.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
  });
})();
