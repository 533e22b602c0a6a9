/* The search of a report. It speaks the theme's protocol (0 set up, 1 ready, 2 query, 3 result), so the theme's own box,
   list and keys stay as they are; what it replaces is the index. A report is small enough to be read through at every
   query, and reading finds what an index of words cannot: any part of a compound, and numbers as they are written.
   The documents are fetched at the first query, not with every page. Loaded as a worker, or by a page opened from disk.
   Zensical's theme speaks a protocol of the same numbers: it hands over the whole index, and is answered with places in it. */
"use strict";

(scope => {
  const folder = new URL("../search/", scope.location.protocol === "file:" ? document.currentScript.src : scope.location);
  const LIMIT = 40; // groups of results
  const SIGHT = 3; // entries of a group in sight; the others are one click away
  const SAME = 1000, CALLED = 400, DEFINED = 200; // what the query is itself: an entry's name or value, a part of a name, a term or a heading
  const OWN = 2; // facts that fit better than all else and stand for themselves, before the others are gathered
  const SIGN = 3; // characters between a label and its value
  const KEPT = 500; // terms whose places are remembered
  const known = new Map();
  let documents = null;

  // [address, title, text, ways its value is written, kind (page, section, fact, claim, name, term), the page that tells of it];
  // `list` is the page that lists all facts.
  scope.factloomDocuments = told => {
    known.clear();
    documents = told.documents.map(([location, title, text, values, kind, page], id) => ({
      id, location, title, text, kind, page, parent: kind === "fact" ? told.list : location.split("#")[0],
      names: plain(title), words: plain(text), values: (values || []).map(plain),
    }));
  };

  function plain(text) {
    return text.normalize("NFKC").toLowerCase().replace(/[‐-―−]/g, "-").replace(/〜/g, "~").replace(/[‘’]/g, "'").replace(/[“”]/g, '"')
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

  /* How well a term stands in the title, the values and the text of each document; nouns come back in the next query. */
  function fits(term) {
    if (!known.has(term)) {
      if (known.size > KEPT) known.clear();
      known.set(term, documents.map(doc => {
        const title = fit(term, doc.names), text = fit(term, doc.words);
        const value = doc.values.reduce((best, one) => Math.max(best, fit(term, one)), 0);
        return Math.max(title * 6, value * 5, text);
      }));
    }
    return known.get(term);
  }

  function score(doc, terms, phrase, rarity) {
    const each = terms.map(term => fits(term)[doc.id]);
    const base = each.reduce((sum, one, index) => sum + rarity[index] * one, 0);
    const found = Object.fromEntries(terms.map((term, index) => [term, each[index] > 0]));
    return { base, sum: base && base + asked(doc, terms, phrase), found };
  }

  /* A fact's title is its label and its value, with a sign between that differs by language. */
  const isLabel = (phrase, doc) => doc.kind === "fact" && doc.names.startsWith(phrase)
    && doc.values.some(value => doc.names.endsWith(value) && doc.names.length - phrase.length - value.length <= SIGN);

  /* What a whole query adds to the words it has. */
  function asked(doc, terms, phrase) {
    if (doc.values.includes(phrase) || isLabel(phrase, doc)) return SAME;
    if (doc.names === phrase) return ["section", "claim", "term"].includes(doc.kind) ? DEFINED : SAME;
    if (doc.kind === "name" && doc.names.split(/[\s・]/).includes(phrase)) return CALLED;
    if (fit(phrase, doc.names)) return 40 * Math.min(1, 2 * phrase.length / doc.names.length) + 10;
    if (doc.values.some(one => fit(phrase, one))) return 40;
    return terms.length > 1 && fit(phrase, doc.words) ? 8 : 0;
  }

  function find(query) {
    const phrase = plain(query.replace(/["*+~^]/g, " "));
    const parted = phrase.split(/[\s、。，:;!?()（）「」『』]+/).map(term => term.replace(/^['"]+|[.,'"]+$/g, "")); // no end of a sentence
    const terms = [...new Set(parted.filter(Boolean))];
    const found = matching(phrase, terms);
    if (found.hits.length || !terms.some(term => unspaced.test(term))) return found;
    // A sentence in a language without spaces: nothing has it as it is, so what its words leave without the grammar between,
    // and where nothing has one of these words either, any two of its letters side by side.
    const pieces = [...new Set(terms.flatMap(term => term.match(WORDS) || []))];
    const present = pieces.filter(piece => fits(piece).some(Boolean));
    if (present.length || !unspaced.test(documents[0].names)) return present.length ? matching(phrase, present) : found;
    const parts = [...new Set(pieces.filter(piece => /\p{sc=Han}{3}/u.test(piece)).flatMap(pairs))];
    return parts.length ? matching(phrase, parts) : found;
  }

  const pairs = word => [...word].slice(1).map((letter, at) => [...word][at] + letter);

  function matching(phrase, terms) {
    if (!terms.length) return { hits: [], terms };
    const rarity = terms.map(term => Math.log(1 + documents.length / (1 + fits(term).filter(Boolean).length)));
    let hits = documents
      .map(doc => ({ doc, ...score(doc, terms, phrase, rarity) }))
      .filter(hit => Object.values(hit.found).some(Boolean));
    const whole = hits.filter(hit => Object.values(hit.found).every(Boolean));
    if (whole.length) hits = whole;
    else hits.forEach(hit => { hit.sum *= Object.values(hit.found).filter(Boolean).length / terms.length; });
    hits.push(...theStory(hits));
    hits.sort((one, other) => other.sum - one.sum);
    return { hits, terms };
  }

  /* A page that tells of many facts and claims that fit is what is looked for, though none of its sentences fits better than
     another. Raises the best hit of each such page; gives the page with most of them, if it has no hit of its own. */
  function theStory(hits) {
    const told = new Map();
    for (const { doc, base } of hits) if (doc.page) told.set(doc.page, (told.get(doc.page) || 0) + base / 2);
    const [most] = [...told.entries()].sort(([, one], [, other]) => other - one);
    const missing = [];
    for (const [page, sum] of told) {
      const own = hits.filter(({ doc }) => doc.location.split("#")[0] === page && !doc.page).sort((one, other) => other.sum - one.sum)[0];
      const doc = documents.find(one => one.location === page);
      if (own) own.sum += Math.min(CALLED - 50, sum);
      else if (doc && page === most[0]) missing.push({ doc, base: 0, sum: Math.min(CALLED - 50, sum), found: {} });
    }
    return missing;
  }

  function search(query) {
    const { hits, terms } = find(query);
    return grouped(hits, terms);
  }

  /* By page, the best first. Facts, claims, names and terms stand under the page that lists them, with their number. */
  function grouped(hits, terms) {
    const groups = new Map();
    const other = hits.findIndex(hit => hit.doc.kind !== "fact");
    const own = new Set(hits.slice(0, other < 0 ? OWN : Math.min(OWN, other)));
    for (const hit of hits) {
      const key = own.has(hit) ? hit.doc.location : isEntry(hit.doc) ? `${hit.doc.kind} ${hit.doc.parent}` : hit.doc.parent;
      groups.set(key, [...(groups.get(key) || []), hit]);
    }
    const items = [...groups.values()].map(group => ({ best: group[0].sum, group, alone: own.has(group[0]) }));
    const facts = items.findIndex(({ group, alone }) => !alone && group[0].doc.kind === "fact");
    if (facts > 2) items.splice(2, 0, ...items.splice(facts, 1)); // values are never below the third place
    return items.slice(0, LIMIT).map(({ group, alone }) => alone ? [shown(group[0], terms)] : told(group, terms));
  }

  const isEntry = doc => ["fact", "claim", "name", "term"].includes(doc.kind);

  function told(group, terms) {
    const { parent } = group[0].doc, page = documents.find(one => one.location === parent), best = group[0].sum;
    const entries = isEntry(group[0].doc);
    const all = group.map((hit, index) => ({ ...shown(hit, terms), score: index < SIGHT ? best : best / 2 }));
    if (!page || !entries && group.some(hit => hit.doc.location === parent)) return all;
    const count = entries ? ` (${group.length})` : "";
    return [{ location: parent, title: safe(page.title) + count, text: "", score: best, terms: {} }, ...all];
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
    const text = doc.kind === "fact" && doc.text ? doc.text : excerpt(doc.text, terms);
    return { location: doc.location, title: marked(doc.title, terms), text: text ? `<p>${marked(text, terms)}</p>` : "", score: sum, terms: found };
  }

  function excerpt(text, terms) {
    const low = text.toLowerCase();
    const at = Math.min(...terms.map(term => low.indexOf(term)).filter(one => one >= 0));
    const from = Number.isFinite(at) ? Math.max(0, at - 40) : 0, space = text.indexOf(" ", from);
    const start = from && space >= 0 && space < at ? space + 1 : from; // no word is cut, where blanks part words
    const cut = text.length > start + 160, last = cut ? text.lastIndexOf(" ", start + 160) : -1;
    const end = cut ? last > start + 120 ? last : start + 160 : text.length;
    return (start ? "… " : "") + text.slice(start, end) + (cut ? " …" : "");
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
      const told = message.data.items.map(one => [one.location, unsafe(one.title), unsafe(one.text), one.values, one.kind, one.page]);
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
