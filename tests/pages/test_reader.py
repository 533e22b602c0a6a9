"""The published report in its readers' hands: by mouse, finger and keyboard, with and without scripts, anywhere and from disk.

Numbers tell where they come from, terms explain themselves, lists sort, and the language switch keeps the place.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import serve, window
from playwright.sync_api import Browser, Locator, Page, expect
from sample_reports import build

from generator.model import report
from generator.wording.texts import Texts

NUMBER = "article p a.fl-n[data-fact]"


@pytest.fixture(name="window")
def _window(browser: Browser) -> Iterator[Page]:
    with window(browser) as page:
        yield page


@pytest.fixture(params=["ja", "en"])
def texts(request: pytest.FixtureRequest, edition: report.Edition) -> Texts:
    return Texts(edition, next(one for one in edition.report.languages if one.code == request.param))


def section(texts: Texts) -> str:
    """A section's address below the site."""
    return f"{texts.language.code}/{texts.edition.report.sections[1]}/"


# --- the card at a number ------------------------------------------------------------------------


def told_by(link: Locator, texts: Texts) -> list[str]:
    """What a number's card has to say: what it is, its value, who said so."""
    key = link.get_attribute("data-fact")
    assert key is not None
    fact = texts.edition.facts[key]
    return [texts.label(fact), texts.value(fact), fact.evidence[0].source.publisher]


def says(card: Locator, link: Locator, texts: Texts) -> None:
    expect(card).to_be_visible()
    for text in told_by(link, texts):
        expect(card).to_contain_text(text)
    expect(card.locator("a").last).to_have_attribute("href", re.compile(f"/facts/{link.get_attribute('data-fact')}/$"))


def test_a_card_opens_at_hover_and_stays_under_the_pointer(window: Page, address: str, texts: Texts) -> None:
    window.goto(f"{address}/{section(texts)}")
    link, card = window.locator(NUMBER).first, window.locator("#fl-tip")
    link.hover()
    says(card, link, texts)
    card.hover()
    window.wait_for_timeout(600)
    expect(card).to_be_visible()
    window.mouse.move(2, 2)
    expect(card).to_be_hidden()


def test_a_card_opens_at_keyboard_focus_and_shuts_at_escape(window: Page, address: str, texts: Texts) -> None:
    window.goto(f"{address}/{section(texts)}")
    link, card = window.locator(NUMBER).first, window.locator("#fl-tip")
    for _ in range(120):
        window.keyboard.press("Tab")
        if link.evaluate("link => link === document.activeElement"):
            break
    fact = link.get_attribute("data-fact")
    says(card, link, texts)
    expect(link).to_have_attribute("aria-describedby", "fl-tip")
    window.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(link).to_be_focused()
    window.keyboard.press("Enter")
    window.wait_for_url(f"**/facts/{fact}/")


def test_the_first_tap_opens_a_card_and_the_second_leads_on(browser: Browser, address: str, texts: Texts) -> None:
    with window(browser, viewport={"width": 360, "height": 700}, has_touch=True, is_mobile=True) as page:
        page.goto(f"{address}/{section(texts)}")
        link, card = page.locator(NUMBER).first, page.locator("#fl-tip")
        fact = link.get_attribute("data-fact")
        link.tap()
        says(card, link, texts)
        box = card.bounding_box()
        assert box is not None
        assert 0 <= box["x"] <= box["x"] + box["width"] <= 360
        link.tap()
        page.wait_for_url(f"**/facts/{fact}/")


def test_a_tap_elsewhere_shuts_a_card(browser: Browser, address: str, texts: Texts) -> None:
    with window(browser, has_touch=True) as page:
        page.goto(f"{address}/{section(texts)}")
        page.locator(NUMBER).first.tap()
        expect(page.locator("#fl-tip")).to_be_visible()
        page.locator("article h1").tap()
        expect(page.locator("#fl-tip")).to_be_hidden()


# --- terms ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_term_is_explained_by_mouse_keyboard_and_tap(browser: Browser, address: str, texts: Texts, *, scripts: bool) -> None:
    other = next(one.code for one in texts.edition.report.languages if one.code != texts.language.code)
    with window(browser, java_script_enabled=scripts, has_touch=True) as page:
        page.goto(f"{address}/{texts.language.code}/")
        word, tip = page.locator(".fl-term__word").first, page.locator(".fl-term__tip").first
        term = texts.edition.terms["superintelligence"]
        expect(tip).to_be_hidden()
        word.hover()
        expect(tip).to_be_visible()
        expect(tip).to_contain_text(term.definition[texts.language.code])
        expect(tip.locator(f"[lang={other}]")).to_have_text(term.term[other])
        page.mouse.move(2, 2)
        expect(tip).to_be_hidden()
        word.focus()
        page.keyboard.press("Enter")
        expect(tip).to_be_visible()
        page.keyboard.press("Escape")
        page.keyboard.press("Tab")
        expect(tip).to_be_hidden()
        word.tap()
        expect(tip).to_be_visible()
        tip.locator("a").tap()
        page.wait_for_url(f"**/{texts.language.code}/glossary/#term-superintelligence")
        expect(page.locator("#term-superintelligence")).to_contain_text(term.definition[texts.language.code])


def test_escape_shuts_what_hover_has_opened(window: Page, address: str, texts: Texts) -> None:
    window.goto(f"{address}/{texts.language.code}/")
    word, tip = window.locator(".fl-term__word").first, window.locator(".fl-term__tip").first
    word.hover()
    expect(tip).to_be_visible()
    window.keyboard.press("Escape")
    expect(tip).to_be_hidden()


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_an_explanation_stays_in_the_window(browser: Browser, address: str, texts: Texts, width: int) -> None:
    with window(browser, viewport={"width": width, "height": 700}) as page:
        for path in ("", "costs/", "infrastructure/"):
            page.goto(f"{address}/{texts.language.code}/{path}")
            words = page.locator(".fl-term__word")
            assert words.count() > 1
            for at in range(words.count()):
                words.nth(at).scroll_into_view_if_needed()
                words.nth(at).hover()
                tip = page.locator(".fl-term__tip").nth(at)
                expect(tip).to_be_visible()
                box = tip.bounding_box()
                assert box is not None
                assert box["x"] >= 0
                assert box["x"] + box["width"] <= width
                assert box["width"] > 150


# --- the language switch ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "anchor", "block"), [("ja", "bill", 2), ("en", "guidance", 3), ("en", "financing", 1), ("ja", "", 1)]
)
def test_the_switch_leads_to_the_same_paragraph(window: Page, address: str, start: str, anchor: str, block: int) -> None:
    other = "en" if start == "ja" else "ja"
    window.goto(f"{address}/{start}/costs/")
    heading = f"#{anchor}" if anchor else "article > h1"
    found = "([heading, block]) => { let one = document.querySelector(heading); while (block--) one = one.nextElementSibling; return one; }"
    window.evaluate(
        f"told => scrollBy({{ top: ({found})(told).getBoundingClientRect().top - 120, behavior: 'instant' }})", [heading, block]
    )
    there = window.evaluate(f"told => ({found})(told).getBoundingClientRect().top", [heading, block])
    window.locator(f".fl-languages a[hreflang={other}]").first.click()
    window.wait_for_url(f"{address}/{other}/costs/{'#' + anchor if anchor else ''}")
    window.wait_for_load_state("load")
    window.wait_for_timeout(300)
    here = window.evaluate(f"told => ({found})(told).getBoundingClientRect().top", [heading, block])
    assert abs(here - there) < 3


def test_the_switch_without_scripts_leads_to_the_same_page(browser: Browser, address: str) -> None:
    with window(browser, java_script_enabled=False) as page:
        page.goto(f"{address}/en/costs/")
        page.locator(".fl-languages a[hreflang=ja]").first.click()
        page.wait_for_url(f"{address}/ja/costs/")


# --- lists that can be narrowed and ordered --------------------------------------------------------


def wait_for_rows(page: Page, rows: str, count: int) -> None:
    """A list follows its filters a moment later."""
    told = "([rows, count]) => [...document.querySelectorAll(rows)].filter(row => row.offsetParent).length === count"
    page.wait_for_function(told, arg=[rows, count])


def visible(page: Page, rows: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = page.eval_on_selector_all(
        rows, "rows => rows.filter(row => row.offsetParent).map(row => ({ ...row.dataset }))"
    )
    return found


@pytest.mark.parametrize(
    ("path", "rows", "field", "value"),
    [
        ("facts/", ".fl-fact", "topic", "risks"),
        ("facts/", ".fl-fact", "status", "announced"),
        ("facts/", ".fl-fact", "year", "2026"),
        ("facts/", ".fl-fact", "entity", "amazon"),
        ("fact-check/", ".fl-claim", "verdict", "contradicted"),
        ("fact-check/", ".fl-claim", "section", "costs"),
    ],
)
def test_a_list_is_narrowed(window: Page, address: str, texts: Texts, path: str, rows: str, field: str, value: str) -> None:
    window.goto(f"{address}/{texts.language.code}/{path}")
    everything = visible(window, rows)
    wanted = [row for row in everything if value in row.get(field, "").split()]
    window.locator(f".fl-filter [name={field}]").select_option(value)
    wait_for_rows(window, rows, len(wanted))
    left = visible(window, rows)
    assert left == wanted
    assert 0 < len(left) < len(everything)
    assert str(len(left)) in window.locator(".fl-filter output").inner_text()
    window.reload()  # the address knows
    wait_for_rows(window, rows, len(left))
    assert visible(window, rows) == left
    window.locator(".fl-filter button[type=reset]").click()
    wait_for_rows(window, rows, len(everything))
    assert visible(window, rows) == everything


def test_a_list_is_narrowed_by_words(window: Page, address: str, texts: Texts) -> None:
    window.goto(f"{address}/{texts.language.code}/facts/")
    wanted = texts.label(texts.edition.facts["hyperion_capacity_max"])
    window.locator(".fl-filter [name=text]").fill(wanted)
    shown = window.locator(".fl-fact:visible")
    assert 0 < shown.count() < 10
    expect(shown.first).to_contain_text(wanted)


@pytest.mark.parametrize(
    ("path", "kind", "group", "order", "key", "turned"),
    [
        ("facts/", ".fl-fact", "topic", "when-up", "when", False),
        ("facts/", ".fl-fact", "topic", "when-down", "when", True),
        ("facts/", ".fl-fact", "topic", "label-up", "label", False),
        ("fact-check/", ".fl-claim", "section", "when-up", "when", False),
        ("fact-check/", ".fl-claim", "section", "when-down", "when", True),
    ],
)
def test_a_list_is_ordered(
    window: Page, address: str, texts: Texts, path: str, kind: str, group: str, order: str, key: str, *, turned: bool
) -> None:
    window.goto(f"{address}/{texts.language.code}/{path}")
    given = visible(window, kind)
    window.locator(".fl-filter [name=sort]").select_option(order)
    rows = visible(window, kind)
    assert rows != given
    for own in {row[group] for row in rows}:  # each section is a list of its own
        keys = [row.get(key, "") for row in rows if row[group] == own]
        wanted = window.evaluate(
            "([keys, lang]) => keys.toSorted((one, other) => one.localeCompare(other, lang))", [keys, texts.language.code]
        )
        assert keys == (wanted[::-1] if turned else wanted)


def test_a_list_is_ordered_by_its_heads_and_by_keyboard(window: Page, address: str, texts: Texts) -> None:
    window.goto(f"{address}/{texts.language.code}/facts/")
    head = window.locator("th[data-sort=size] button").first
    head.focus()
    window.keyboard.press("Enter")
    expect(window.locator("th[data-sort=size]").first).to_have_attribute("aria-sort", "ascending")
    window.keyboard.press("Enter")
    expect(window.locator("th[data-sort=size]").first).to_have_attribute("aria-sort", "descending")
    rows = [row for row in visible(window, ".fl-fact") if row["topic"] == "costs" and row["unit"] == "USD"]
    sizes = [float(row["size"]) for row in rows]
    assert len(sizes) > 10
    assert sizes == sorted(sizes, reverse=True)


def test_lists_are_whole_without_scripts(browser: Browser, address: str, texts: Texts) -> None:
    with window(browser, java_script_enabled=False) as page:
        page.goto(f"{address}/{texts.language.code}/facts/")
        assert page.locator(".fl-fact:visible").count() == len(texts.edition.facts)
        expect(page.locator(".fl-filter")).to_be_hidden()
        page.goto(f"{address}/{texts.language.code}/fact-check/")
        assert page.locator(".fl-claim:visible").count() == len(texts.edition.claims)
        expect(page.locator(".fl-filter")).to_be_hidden()


# --- charts in both schemes, and by choice ----------------------------------------------------------


def test_charts_follow_the_reader_and_the_switch(browser: Browser, address: str, texts: Texts) -> None:
    ink = "() => getComputedStyle([...document.querySelectorAll('.fl-chart svg text')].find(one => one.getClientRects().length)).fill"
    with window(browser, color_scheme="dark") as page:
        page.goto(f"{address}/{section(texts)}")
        dark = page.evaluate(ink)
        page.locator("label[for^=__palette]:visible").first.click()
        page.wait_for_function(f"dark => ({ink})() !== dark", arg=dark)
        assert brightness(page.evaluate(ink)) < 128 < brightness(dark)


def brightness(colour: str) -> float:
    return sum(float(part) for part in re.findall(r"[\d.]+", colour)[:3]) / 3


@pytest.mark.parametrize(
    ("scheme", "mark", "dark"), [("light", "", False), ("dark", "", True), ("light", "#dark", True), ("dark", "#light", False)]
)
def test_an_embedded_chart_keeps_to_the_scheme_it_is_asked_for(browser: Browser, address: str, edition: report.Edition, scheme: str, mark: str, *, dark: bool) -> None:  # fmt: skip
    with window(browser, color_scheme=scheme) as page:
        for language in edition.report.languages:
            page.goto(f"{address}/embed/{next(iter(edition.charts))}/{language.code}/{mark}")
            assert page.locator("svg:visible").count() == 1
            assert page.locator("script").count() == 0
            assert page.locator("nav a").count() == len(edition.report.languages)
            assert (brightness(page.evaluate("getComputedStyle(document.body).backgroundColor")) < 128) is dark


# --- without a mouse, enlarged, elsewhere -----------------------------------------------------------


def test_everything_is_reached_by_keyboard_alone(window: Page, address: str, texts: Texts) -> None:
    window.goto(f"{address}/{texts.language.code}/facts/capex_2025_actual/")
    window.keyboard.press("Tab")
    skip = window.locator(":focus")
    assert (skip.get_attribute("href") or "").startswith("#")
    expect(skip).to_be_visible()
    reachable = window.evaluate(
        "() => [...document.querySelectorAll('article a[href], article button, article summary, header a[href]')].filter(one => one.checkVisibility() && one.tabIndex >= 0 && !one.closest('[inert]')).length"
    )
    met = set()
    for _ in range(400):
        window.keyboard.press("Tab")
        told = window.evaluate(
            "() => { const one = document.activeElement, box = one.getBoundingClientRect(), style = getComputedStyle(one);"
            " return one === document.body ? null : { path: [...document.querySelectorAll('*')].indexOf(one), own: Boolean(one.closest('article, header')) && one.matches('a[href], button, summary'),"
            " ringed: style.outlineStyle !== 'none' || style.boxShadow !== 'none' || !one.matches('a, button, summary'), seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight }; }"
        )
        if told is None:
            break
        if told["own"]:
            assert told["ringed"]
            assert told["seen"]
            met.add(told["path"])
    assert len(met) >= reachable


@pytest.mark.parametrize(
    "path", ["", "costs/", "facts/", "fact-check/", "facts/capex_2025_actual/", "glossary/", "sources/", "timeline/"]
)
def test_nothing_is_lost_at_four_hundred_percent(browser: Browser, address: str, texts: Texts, path: str) -> None:
    """A window of 1280 px enlarged four times is one of 320 px (WCAG 2.2, 1.4.10)."""
    with window(browser, viewport={"width": 320, "height": 256}) as page:
        page.goto(f"{address}/{texts.language.code}/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        cut = page.evaluate(
            "() => [...document.querySelectorAll('article :is(p, li, td, th, dd, dt, summary, h1, h2, h3)')].filter(one => one.checkVisibility() && !one.closest('.fl-hidden, thead, figure svg, [hidden]') && one.getBoundingClientRect().right > 321).map(one => one.textContent.trim().slice(0, 40))"
        )
        assert cut == []


def test_the_site_works_below_any_path(browser: Browser, built: Path, tmp_path: Path) -> None:
    shutil.copytree(built / "site", tmp_path / "deep/down/report")
    with contextmanager(serve)(tmp_path) as host, window(browser) as page:
        home = f"{host}/deep/down/report"
        failed: list[str] = []
        page.on("response", lambda answer: failed.append(answer.url) if answer.status >= 400 else None)
        page.goto(f"{home}/")
        page.wait_for_url(f"{home}/ja/")
        walk(page)
        assert page.url.startswith(f"{home}/en/")
        assert failed == []


def test_an_old_address_of_a_fact_leads_to_it(browser: Browser, built: Path, tmp_path: Path) -> None:
    root = tmp_path / "renamed"
    shutil.copytree(built, root, ignore=shutil.ignore_patterns(".*", "tests"))
    path = root / "data/facts/costs.yml"
    text = path.read_text(encoding="utf-8")
    assert text.count("\ncapex_2025_actual:\n") == 1
    path.write_text(text.replace("\ncapex_2025_actual:\n", "\ncapex_2025_actual:\n  aliases: [spent_2025]\n"), encoding="utf-8")
    done = build(root)
    assert done.returncode == 0, done.stdout + done.stderr
    with contextmanager(serve)(root / "site") as home, window(browser, java_script_enabled=False) as page:
        for code in ("ja", "en"):
            page.goto(f"{home}/{code}/facts/spent_2025/")
            page.wait_for_url(f"{home}/{code}/facts/capex_2025_actual/")


def test_the_site_works_from_disk(browser: Browser, built: Path) -> None:
    with window(browser) as page:
        page.goto((built / "site/index.html").as_uri())
        page.wait_for_url("**/ja/**")
        if not page.url.endswith(".html"):  # a browser shows the folder: a reader opens the page in it
            page.goto(f"{page.url.rstrip('/')}/index.html")
        walk(page)
        assert page.url.endswith("/index.html")


def walk(page: Page) -> None:
    """To a section, by a number's card to its fact, to the other language."""
    page.locator("nav a", has_text="コスト").first.click()
    page.wait_for_url("**/costs/**")
    link, card = page.locator(NUMBER).first, page.locator("#fl-tip")
    fact = link.get_attribute("data-fact")
    link.hover()
    expect(card).to_be_visible()
    card.locator("a").last.click()
    page.wait_for_url(f"**/facts/{fact}/**")
    page.locator(".fl-languages a[hreflang=en]").first.click()
    page.wait_for_url(f"**/en/facts/{fact}/**")
    expect(page.locator("article h1")).to_be_visible()


def test_a_page_without_scripts_says_all_it_says_with_them(browser: Browser, address: str, texts: Texts) -> None:
    said = []
    for scripts in (True, False):
        with window(browser, java_script_enabled=scripts) as page:
            page.goto(f"{address}/{section(texts)}")
            said.append(re.sub(r"\s+", " ", page.locator("article").inner_text()))
            assert page.locator(".fl-chart svg:visible").count() == page.locator(".fl-chart").count() > 0
    assert said[0] == said[1]


def test_nothing_is_asked_of_another_host_and_no_cookie_is_set(browser: Browser, address: str, edition: report.Edition) -> None:
    with window(browser) as page:
        requested: list[str] = []
        refused: list[str] = []
        page.on("request", lambda request: requested.append(request.url))
        page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
        for language in edition.report.languages:
            for name in edition.report.pages:
                page.goto(f"{address}/{language.code}/{'' if name == 'index' else name + '/'}")
        assert [url for url in requested if not url.startswith((address, "data:", "blob:"))] == []
        assert page.context.cookies() == []
        assert refused == []
