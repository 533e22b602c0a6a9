/* The search of a report. It speaks the theme's protocol (0 set up, 1 ready, 2 query, 3 result), so the theme's own box,
   list and keys stay as they are; what it replaces is the index. A report is small enough to be read through at every
   query, and reading finds what an index of words cannot: any part of a compound, and numbers as they are written.
   The documents are fetched at the first query, not with every page. Loaded as a worker, or by a page opened from disk.
   Zensical's theme speaks a protocol of the same numbers: it hands over the whole index, and is answered with places in it. */
"use strict";

(scope => {
  const folder = new URL("../search/", scope.location.protocol === "file:" ? document.currentScript.src : scope.location);
  const LIMIT = 40; // groups of results
  const OWN = 2; // facts that stand for themselves before the rest is gathered under their list
  let documents = null;

  // [address, title, text, ways its value is written, kind (page, section, fact)]; `list` is the page that lists all facts.
  scope.factloomDocuments = told => {
    documents = told.documents.map(([location, title, text, values, kind], id) => ({
      id, location, title, text, kind, parent: location.split("#")[0],
      names: plain(title), words: plain(text), values: (values || []).map(plain),
    }));
    documents.list = told.list;
  };

  function plain(text) {
    return text.normalize("NFKC").toLowerCase().replace(/[‐-―−]/g, "-")
      .replace(/(\p{L})-(?=\p{L})/gu, "$1 ") // joint-venture is found by "joint venture", and the other way round
      .replace(/(\d)(?=[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}])/gu, "$1 ") // and 5GW by "5 GW"
      .replace(/\s+/g, " ").trim();
  }

  const letter = /[\p{L}\p{N}]/u;
  const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}ー]/u;

  const WORDS = /\p{sc=Han}{2,}|[\p{sc=Katakana}ー]{2,}|[\p{sc=Latin}]{2,}|\d[\d.,]*(?:\p{sc=Han}+)?/gu;

  /* How well a term stands in a text: 0 not, 1 as a beginning of a word or a part of a compound, 2 as a word of its own. */
  function fit(term, text) {
    let best = 0;
    const compound = unspaced.test(term);
    for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1)) {
      const before = text[at - 1] || " ", after = text[at + term.length] || " ";
      const opens = compound || !letter.test(before) || !letter.test(term[0]) || unspaced.test(before);
      if (!opens) continue;
      // 5 is not the beginning of 5.2 or 5,000, nor a part of 1.5
      if (/\d$/.test(term) && (/\d/.test(after) || /^[.,]\d/.test(text.slice(at + term.length)))) continue;
      if (/^\d/.test(term) && /\d[.,]$/.test(text.slice(0, at))) continue;
      best = Math.max(best, compound || letter.test(after) && !unspaced.test(after) ? 1 : 2);
      if (best === 2) break;
    }
    return best;
  }

  function score(doc, terms, phrase, rarity) {
    let sum = 0;
    const found = {};
    terms.forEach((term, index) => {
      const title = fit(term, doc.names), value = doc.values.length ? Math.max(...doc.values.map(one => fit(term, one))) : 0;
      const text = fit(term, doc.words);
      found[term] = Boolean(title || value || text);
      sum += rarity[index] * Math.max(title * 6, value * 5, text);
    });
    if (doc.names === phrase || doc.values.includes(phrase)) sum += 200;
    else if (fit(phrase, doc.names)) sum += 40 * Math.min(1, 2 * phrase.length / doc.names.length) + 10;
    else if (doc.values.some(one => fit(phrase, one))) sum += 40;
    else if (terms.length > 1 && fit(phrase, doc.words)) sum += 8;
    return { sum, found };
  }

  function find(query) {
    const phrase = plain(query.replace(/["*+~^]/g, " "));
    const terms = [...new Set(phrase.split(/[\s、。，:;!?()（）「」]+/).filter(Boolean))];
    const found = matching(phrase, terms);
    if (found.hits.length || !terms.some(term => unspaced.test(term))) return found;
    // A sentence in a language without spaces: nothing has it as it is, so what its words leave without the grammar between.
    const pieces = [...new Set(terms.flatMap(term => term.match(WORDS) || []))];
    return pieces.length ? matching(phrase, pieces) : found;
  }

  function matching(phrase, terms) {
    if (!terms.length) return { hits: [], terms };
    const rarity = terms.map(term => {
      const count = documents.filter(doc => fit(term, doc.names) || fit(term, doc.words) || doc.values.some(one => fit(term, one))).length;
      return Math.log(1 + documents.length / (1 + count));
    });
    let hits = documents
      .map(doc => ({ doc, ...score(doc, terms, phrase, rarity) }))
      .filter(hit => Object.values(hit.found).some(Boolean));
    const whole = hits.filter(hit => Object.values(hit.found).every(Boolean));
    if (whole.length) hits = whole;
    else hits.forEach(hit => { hit.sum *= Object.values(hit.found).filter(Boolean).length / terms.length; });
    hits.sort((one, other) => other.sum - one.sum);
    return { hits, terms };
  }

  function search(query) {
    const { hits, terms } = find(query);
    return grouped(hits, terms);
  }

  function grouped(hits, terms) {
    const facts = hits.filter(hit => hit.doc.kind === "fact"), groups = new Map();
    const rest = hits.filter(hit => hit.doc.kind !== "fact").map(hit => hit.doc.parent);
    const above = hit => new Set(rest.slice(0, hits.filter(one => one.doc.kind !== "fact" && one.sum > hit.sum).length)).size;
    const own = facts.slice(0, OWN).filter((hit, index) => above(hit) + index < 4); // one place is for the others
    own.forEach(hit => groups.set(hit.doc.location, [hit]));
    const others = facts.slice(own.length);
    hits.filter(hit => hit.doc.kind !== "fact").forEach(hit => {
      groups.set(hit.doc.parent, [...(groups.get(hit.doc.parent) || []), hit]);
    });
    const items = [...groups.values()].map(group => {
      const page = group[0].doc.parent;
      if (!group.some(hit => hit.doc.location === page)) {
        const doc = documents.find(one => one.location === page);
        if (doc) group.push({ doc, sum: 0, found: {} });
      }
      return { best: group[0].sum, told: group.map(hit => shown(hit, terms)) };
    });
    if (others.length) items.push(gathered(others, items, terms));
    items.sort((one, other) => other.best - one.best);
    return items.slice(0, LIMIT).map(item => item.told);
  }

  /* The rest of the facts under the page that lists them all: three in sight, the others one click away. */
  function gathered(hits, items, terms) {
    const list = documents.find(one => one.location === documents.list) || hits[0].doc;
    const fourth = items.map(item => item.best).sort((one, other) => other - one)[3] || 0;
    const best = Math.max(hits[0].sum, fourth + 1e-6); // never below the fourth place
    const head = { location: list.location, title: `${safe(list.title)} (${hits.length})`, text: "", score: best, terms: {} };
    return { best, told: [head, ...hits.map((hit, index) => ({ ...shown(hit, terms), score: index < 3 ? best : best / 2 }))] };
  }

  /* Where hits stand in the index that was handed over, with the places of the terms in its texts, which are HTML. */
  function placed({ input }) {
    const { hits, terms } = find(typeof input === "string" ? unsafe(input) : "");
    const items = hits.slice(0, LIMIT).map(({ doc }) => ({
      id: doc.id,
      matches: ["title", "text"].map(field => ({ field, value: { highlight: { ranges: ranges(safe(doc[field]), terms.map(safe)) } } })),
    }));
    return { items, aggregations: [], pagination: { total: items.length } };
  }

  function ranges(html, terms) {
    const found = [...html.matchAll(new RegExp(`&\\w+;|${pattern(terms)}`, "giu"))].filter(match => match[1]);
    return found.map(({ index, 0: term }) => ({ start: index, end: index + term.length, value: term.length }));
  }

  function pattern(terms) {
    const known = terms.map(term => term.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).sort((one, other) => other.length - one.length);
    return `(${known.join("|")})`;
  }

  const unsafe = html => html.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
  const safe = text => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

  function marked(text, terms) {
    return text.split(new RegExp(pattern(terms), "giu")).map((part, at) => at % 2 ? `<mark>${safe(part)}</mark>` : safe(part)).join("");
  }

  function shown({ doc, sum, found }, terms) {
    const values = doc.kind === "fact" && doc.text ? doc.text : excerpt(doc.text, terms);
    return { location: doc.location, title: marked(doc.title, terms), text: values ? `<p>${marked(values, terms)}</p>` : "", score: sum, terms: found };
  }

  function excerpt(text, terms) {
    const low = text.toLowerCase();
    const at = Math.min(...terms.map(term => low.indexOf(term)).filter(one => one >= 0));
    const from = Number.isFinite(at) ? Math.max(0, at - 40) : 0, space = text.indexOf(" ", from);
    const start = from && space >= 0 && space < at ? space + 1 : from; // no word is cut, where blanks part words
    return (start ? "… " : "") + text.slice(start, start + 160) + (text.length > start + 160 ? " …" : "");
  }

  function fetched() {
    const address = new URL("documents.js", folder);
    if (typeof scope.importScripts === "function") {
      scope.importScripts(address);
      return Promise.resolve();
    }
    return new Promise((done, failed) => {
      const script = Object.assign(document.createElement("script"), { src: address, onload: done, onerror: failed });
      document.head.append(script);
    });
  }

  let loading = null;

  /* Answers one message of the theme. */
  scope.factloomSearch = async (message, answer) => {
    if (message.type === 0 && message.data?.items) {
      const told = message.data.items.map(one => [one.location, unsafe(one.title), unsafe(one.text), one.values, one.kind]);
      scope.factloomDocuments({ list: message.data.config.list, documents: told });
    }
    if (message.type === 0) answer({ type: 1 });
    if (message.type !== 2) return;
    if (typeof message.data === "object") return answer({ type: 3, data: placed(message.data) });
    if (message.data.trim() && !documents) await (loading ??= fetched());
    answer({ type: 3, data: { items: documents ? search(message.data) : [] } });
  };

  if (typeof scope.importScripts === "function") {
    scope.addEventListener("message", event => scope.factloomSearch(event.data, told => scope.postMessage(told)));
  }
})(self);
