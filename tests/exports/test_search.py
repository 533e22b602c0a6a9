"""Readers find what they search for: every fact by its label, by each noun of it and by its number, in their language.

The search script is asked directly for the many questions, and through the box of the page for a few.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from sample_reports import flagship_texts

from generator.defaults.files import default_files
from generator.exports import search
from generator.model import addresses, report
from generator.wording.formatting import LONG, SHORT
from generator.wording.texts import Texts

ROOT = Path(__file__).parents[2]
# Asks every question of every fact; gives those whose first five results do not hold the fact's page. Nouns are what ICU's
# dictionary makes words of two or more characters that are not written in hiragana alone; grammar is left out by the caller.
_MISSED = """async ([code, facts, grammar]) => {
  const known = new Map(), segmenter = new Intl.Segmenter(code, { granularity: "word" }), missed = [];
  let asked = 0;
  const ask = question => {
    if (!known.has(question)) {
      known.set(question, new Promise(done => factloomSearch({ type: 2, data: question }, ({ data }) =>
        done(data.items.slice(0, 5).map(item => new Set(item.map(one => one.location)))))));
    }
    return known.get(question);
  };
  for (const { location, label, values } of facts) {
    const nouns = [...segmenter.segment(label)]
      .filter(({ segment, isWordLike }) => isWordLike && segment.length > 1 && !/^[\\p{sc=Hiragana}ー]+$/u.test(segment) && !grammar.includes(segment.toLowerCase()))
      .map(({ segment }) => segment);
    for (const question of new Set([label, ...nouns, ...values])) {
      asked++;
      if (!(await ask(question)).some(item => item.has(location))) missed.push([location, question]);
    }
  }
  return { asked, missed };
}"""
_GRAMMAR = """a above after all an and any as at be before below between by during for from in into is it its less more most not of off on one
or other out over per so than that the their then this to under until up was were when which who with within without"""


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


def asking(window: Page, address: str, code: str) -> None:
    """A page in which the search script can be called."""
    window.goto(f"{address}/{code}/method/")
    window.add_script_tag(url=f"{address}/{code}/assets/search.js")


def results(window: Page, question: str) -> list[list[dict[str, Any]]]:
    found: list[list[dict[str, Any]]] = window.evaluate(
        "question => new Promise(done => factloomSearch({ type: 2, data: question }, ({ data }) => done(data.items)))", question
    )
    return found


def searched(texts: Texts, fact: report.Fact) -> dict[str, object]:
    values = [texts.value(fact, SHORT), texts.value(fact, LONG)]
    return {"location": addresses.fact(fact.id), "label": texts.label(fact), "values": values}


@pytest.mark.parametrize("texts", flagship_texts(), ids=lambda texts: texts.language.code)
def test_every_fact_is_found_by_its_label_its_nouns_and_its_number(window: Page, address: str, texts: Texts) -> None:
    asking(window, address, texts.language.code)
    facts = [searched(texts, fact) for fact in texts.edition.facts.values()]
    found = window.evaluate(_MISSED, [texts.language.code, facts, _GRAMMAR.split()])
    assert found["asked"] > 5 * len(facts)
    assert found["missed"] == []


@pytest.mark.parametrize(
    ("code", "question"),
    [
        ("ja", "センター"), ("ja", "容量"), ("ja", "投資"), ("ja", "見通"), ("ja", "データセンター"),
        ("en", "superintel"), ("en", "capital"), ("en", "SUPERCHIP"),
    ],
)  # fmt: skip
def test_parts_of_words_are_found(window: Page, address: str, code: str, question: str) -> None:
    asking(window, address, code)
    found = json.dumps(results(window, question), ensure_ascii=False)
    assert f"<mark>{question}</mark>".lower() in found.lower()


def test_a_part_in_the_middle_of_a_compound_is_found(window: Page, address: str) -> None:
    """What the theme's own index of words misses."""
    asking(window, address, "ja")
    window.evaluate(
        "factloomDocuments({ list: 'facts/', documents: [['a/', '高帯域メモリの不足', '', [], 'page'], ['b/', 'メモ', '', [], 'page']] })"
    )
    assert [[one["location"] for one in item] for item in results(window, "帯域")] == [["a/"]]


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("A joint-venture in Louisiana", "joint-venture"),
        ("A joint venture in Louisiana", "joint-venture"),
        ("A joint-venture in Louisiana", "joint venture"),
        ("A joint\u2011venture in Louisiana", "venture"),
        ("Power of 5 GW", "GW"),
        ("Power of 5GW", "GW"),
        ("Power of 5GW", "5 GW"),
        ("Power of 5\u00a0GW", "5GW"),
        ("電力は5GWで", "GW"),
        ("投資は722.2億ドル", "億ドル"),
        ("投資は722.2億ドル", "722.2億ドル"),
        ("It is GPT-5 or an H100", "GPT-5"),
        ("It is GPT-5 or an H100", "H100"),
        ("Costs of $72.22 billion", "$72.22 billion"),
    ],
)
def test_hyphens_and_units_are_found_however_they_are_written(
    browser: Browser, tmp_path: Path, text: str, question: str
) -> None:
    script = default_files()["docs/assets/search.js"].as_uri()
    (tmp_path / "page.html").write_text(f'<!doctype html><script src="{script}"></script>', encoding="utf-8")
    page = browser.new_page()
    page.goto((tmp_path / "page.html").as_uri())
    documents = [["a/", text, "", [], "page"], ["b/", "Something else of 5.2 TWh", "", [], "page"]]
    page.evaluate("documents => factloomDocuments({ list: 'facts/', documents })", documents)
    assert [[one["location"] for one in item] for item in results(page, question)] == [["a/"]]
    page.close()


@pytest.mark.parametrize(
    ("code", "question", "first"),
    [
        ("en", "capital expenditure", "costs/"), ("ja", "設備投資", "costs/"), ("en", "capex", "glossary/"),
        ("en", "Zuckerberg", "people/"), ("ja", "ザッカーバーグ", "people/"), ("en", "$39.23 billion", "facts/capex_2024_actual/"),
        ("ja", "自由現金流は残ったのか", "costs/"), ("en", "Capital expenditure in 2024", "facts/capex_2024_actual/"),
        ("en", "Capital expenditure in 2024: $39.23 billion", "facts/capex_2024_actual/"),
    ],
)  # fmt: skip
def test_what_tells_of_it_comes_first(window: Page, address: str, code: str, question: str, first: str) -> None:
    asking(window, address, code)
    found = results(window, question)
    assert found[0][0]["location"].split("#")[0] == first


def test_results_stand_by_kind_with_their_number(window: Page, address: str) -> None:
    asking(window, address, "en")
    found = results(window, "capital expenditure")
    heads = {item[0]["location"]: item for item in found if item[0]["title"].endswith(")")}
    for page, within in (("facts/", "facts/"), ("fact-check/", "fact-check/#claim-"), ("glossary/", "glossary/#term-")):
        head, *entries = heads[page]
        assert head["title"].endswith(f" ({len(entries)})")
        assert all(one["location"].startswith(within) for one in entries)
    assert heads["facts/"][1]["title"].endswith("84%")  # a fact says its value


@pytest.mark.parametrize("code", ["ja", "en"])
@pytest.mark.parametrize("page", ["", "costs/"])
def test_a_whole_sentence_of_a_page_leads_to_the_page(window: Page, address: str, code: str, page: str) -> None:
    """As a reader copies it: without the marks of verdicts, which are no part of it. Dates alone are no sentences."""
    window.goto(f"{address}/{code}/{page}")
    sentences: list[str] = window.evaluate(
        """() => [...document.querySelectorAll("article p:not([class]), article ul:not([class]) > li")].flatMap(one => {
          const copy = one.cloneNode(true);
          copy.querySelectorAll("[data-search-exclude], .fl-why, [popover]").forEach(hidden => hidden.remove());
          if (one.closest("[data-search-exclude]")) return [];
          return copy.textContent.split(document.documentElement.lang === "ja" ? "。" : /(?<=[.?!]) /);
        }).map(one => one.trim()).filter(one => one.length > 16)""",
    )
    asking(window, address, code)
    assert len(sentences) > 40
    for sentence in sentences[::3]:
        assert any(one["location"].split("#")[0] == page for item in results(window, sentence)[:5] for one in item), sentence


@pytest.mark.parametrize("code", ["ja", "en"])
def test_a_snippet_is_smaller_than_its_heading_and_says_nothing_hidden(window: Page, address: str, code: str) -> None:
    window.goto(f"{address}/{code}/method/")
    look_up(window, "GPU")
    sizes: list[list[float]] = window.eval_on_selector_all(
        ".md-search-result__article",
        """found => found.map(one => ["h1, h2", "p"].map(kind => one.querySelector(kind)).filter(Boolean)
          .map(one => parseFloat(getComputedStyle(one).fontSize))).filter(one => one.length === 2)""",
    )
    assert sizes
    assert all(heading > snippet for heading, snippet in sizes)
    assert "CSV SVG PNG" not in window.locator(".md-search-result__list").inner_text()


def test_width_and_case_of_letters_do_not_matter(window: Page, address: str) -> None:
    asking(window, address, "ja")
    assert results(window, "ＧＰＵ") == results(window, "gpu") != []


@pytest.mark.parametrize(("texts", "other"), [flagship_texts()[:2], flagship_texts()[1::-1]], ids=["ja", "en"])
def test_no_result_is_in_the_other_language(window: Page, address: str, texts: Texts, other: Texts) -> None:
    """Titles of sources and quotations stay as they were written; what the report itself says does not."""
    asking(window, address, texts.language.code)
    own = {texts.label(fact) for fact in texts.edition.facts.values()}
    labels = [label for fact in other.edition.facts.values() if (label := other.label(fact)) not in own]
    assert len(labels) > 300
    found = window.evaluate(
        """async labels => (await Promise.all(labels.map(label => new Promise(done => factloomSearch({ type: 2, data: label }, ({ data }) =>
        done(data.items.flat().map(one => one.title.replace(/<.?mark>/g, "")).filter(title => title.includes(label)))))))).flat()""",
        labels,
    )
    assert found == []


@pytest.mark.parametrize(("code", "question"), [("ja", "zzzz"), ("en", "設備投資計画")])
def test_what_is_nowhere_is_not_found(window: Page, address: str, code: str, question: str) -> None:
    asking(window, address, code)
    assert results(window, question) == []


@pytest.mark.parametrize(
    ("code", "question"), [("ja", "超知能"), ("ja", "設備投資"), ("en", "superintelligence"), ("en", "capex outlook")]
)
def test_the_box_on_a_page_shows_what_is_found(window: Page, address: str, code: str, question: str) -> None:
    window.goto(f"{address}/{code}/method/")
    look_up(window, question)
    links = window.eval_on_selector_all(".md-search-result__link", "links => links.map(link => link.href)")
    assert links
    assert all(link.startswith(f"{address}/{code}/") for link in links)
    window.locator(".md-search-result__link").first.click()
    window.wait_for_url(lambda url: "/method/" not in url or "#" in url or "?" in url)
    assert window.evaluate("document.documentElement.lang").startswith(code)


_SIGNS = "Plan <draft> & more"
_SNIPPET = "A <draft> of R&D; &lt; is no sign, <img src=x onerror=alert(1)> neither"


@pytest.fixture(scope="module")
def signs(window: Page, tmp_path_factory: pytest.TempPathFactory) -> Page:
    """A page from disk that searches one page, whose title and text hold the signs of HTML."""
    folder = tmp_path_factory.mktemp("signs")
    entry = {"location": "plan/", "title": escape(_SIGNS), "text": f"<p>{escape(_SNIPPET)}</p>"}
    for path, text in {
        "assets/search.js": default_files()["docs/assets/search.js"].read_text(encoding="utf-8"),
        "search/documents.js": search.documents_script([search.documents_json(search.page_documents([entry]))]),
        "index.html": '<!doctype html><meta charset=utf-8><div></div><script src="assets/search.js"></script>',
    }.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    window.goto((folder / "index.html").as_uri())
    return window


@pytest.mark.parametrize(
    "question", ["draft", "<draft>", "plan", "&", "R&D", "&lt;", "onerror", "img src", "lt", "is no sign, <img"]
)
def test_signs_of_html_in_titles_and_snippets_are_shown_as_written(signs: Page, question: str) -> None:
    ((hit,),) = results(signs, question)
    for html, text in ((hit["title"], _SIGNS), (hit["text"], _SNIPPET)):
        shown = signs.evaluate(
            "html => { const box = document.querySelector('div'); box.innerHTML = html; "
            "return [box.textContent, [...box.querySelectorAll('*')].map(one => one.localName)] }",
            html,
        )
        assert shown[0].removeprefix("… ") == text[-len(shown[0].removeprefix("… ")) :]
        assert shown[0] == text or text[text.index(shown[0].removeprefix("… ")) - 1] == " "  # no word is cut
        assert set(shown[1]) <= {"p", "mark"}


def look_up(window: Page, question: str) -> None:
    """Type into the search box of a page and wait for results."""
    window.keyboard.press("/")
    window.locator(".md-search__input").fill(question)  # as an input method does it: no key goes up
    window.locator(".md-search-result__link").first.wait_for()


def test_a_page_opened_from_disk_finds_as_much(browser: Browser, built: Path) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    window = context.new_page()
    window.goto((built / "site/ja/costs/index.html").as_uri())
    look_up(window, "センター")
    window.locator(".md-search-result__link").first.click()
    window.wait_for_url("**/index.html*")
    assert window.locator("article h1").inner_text()
    context.close()
