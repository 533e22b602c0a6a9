"""Browser tests of colour schemes, keyboard use, zoom and pages without scripts."""

from __future__ import annotations

import re

import pytest
from conftest import section, window
from playwright.sync_api import Browser, Page, expect
from sample_servers import wait_until

from generator.model import report
from generator.wording.texts import Texts


def test_charts_follow_the_reader_and_the_switch(browser: Browser, address: str, texts: Texts) -> None:
    text_colour = "() => getComputedStyle([...document.querySelectorAll('.fl-chart svg text')].find(one => one.getClientRects().length)).fill"
    with window(browser, color_scheme="dark") as page:
        page.goto(f"{address}/{section(texts)}")
        dark = page.evaluate(text_colour)
        page.locator("label[for^=__palette]:visible").first.click()
        wait_until(lambda: bool(page.evaluate(text_colour) != dark))
        assert brightness(page.evaluate(text_colour)) < 128 < brightness(dark)


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


def test_a_frame_of_the_stated_height_shows_all_of_a_chart(browser: Browser, address: str, edition: report.Edition) -> None:
    code = edition.report.default.code
    with window(browser) as page:
        for chart in [*edition.charts][::6]:
            page.goto(f"{address}/embed/{chart}/{code}/#share")
            stated = re.search(r'height="(\d+)"', page.locator("pre").inner_text())
            assert stated
            shown = Texts(edition, edition.report.default).fill(edition.charts[chart].title)
            assert shown[:10] in page.locator("#share p").inner_text()
            for width in (340, 400, 760):
                page.set_viewport_size({"width": width, "height": 300})
                page.goto(f"{address}/embed/{chart}/{code}/")
                assert page.locator("main").bounding_box()["height"] <= int(stated[1]), (chart, width)  # type: ignore[index]
                assert not page.locator("#share").is_visible()


def test_readers_choose_between_views_of_a_chart_without_a_script(
    browser: Browser, address: str, edition: report.Edition
) -> None:
    with window(browser, java_script_enabled=False) as page:
        page.goto(f"{address}/{edition.report.default.code}/costs/")
        views = page.locator(".fl-views").first
        figures = views.locator("figure")
        assert [figures.nth(number).is_visible() for number in (0, 1)] == [True, False]
        views.locator("label").nth(1).click()
        assert [figures.nth(number).is_visible() for number in (0, 1)] == [False, True]
        page.emulate_media(media="print")
        assert [figures.nth(number).is_visible() for number in (0, 1)] == [True, True]
        assert not views.locator("form").is_visible()
        page.emulate_media(media="screen")
        page.goto(f"{address}/{edition.report.default.code}/costs/#{figures.nth(1).get_attribute('id')}")
        assert figures.nth(1).is_visible()


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
        focused = window.evaluate(
            "() => { const one = document.activeElement, box = one.getBoundingClientRect(), style = getComputedStyle(one);"
            " return one === document.body ? null : { path: [...document.querySelectorAll('*')].indexOf(one), counted: Boolean(one.closest('article, header')) && one.matches('a[href], button, summary'),"
            " ringed: style.outlineStyle !== 'none' || style.boxShadow !== 'none' || !one.matches('a, button, summary'), seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight }; }"
        )
        if focused is None:
            break
        if focused["counted"]:
            assert focused["ringed"]
            assert focused["seen"]
            met.add(focused["path"])
    assert len(met) >= reachable


@pytest.mark.parametrize(
    "path", ["", "costs/", "facts/", "fact-check/", "facts/capex_2025_actual/", "glossary/", "sources/", "timeline/"]
)
def test_nothing_is_lost_at_four_hundred_percent(browser: Browser, address: str, texts: Texts, path: str) -> None:
    """A window of 1280 px enlarged four times is one of 320 px (WCAG 2.2, 1.4.10, which lets tables of data scroll by themselves)."""
    with window(browser, viewport={"width": 320, "height": 256}) as page:
        page.goto(f"{address}/{texts.language.code}/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        cut = page.evaluate(
            "() => [...document.querySelectorAll('article :is(p, li, td, th, dd, dt, summary, h1, h2, h3)')].filter(one => one.checkVisibility() && !one.closest('.fl-hidden, thead, figure svg, [hidden], .md-typeset__scrollwrap') && one.getBoundingClientRect().right > 321).map(one => one.textContent.trim().slice(0, 40))"
        )
        assert cut == []


def test_a_page_without_scripts_says_all_it_says_with_them(browser: Browser, address: str, texts: Texts) -> None:
    said = []
    for scripts in (True, False):
        with window(browser, java_script_enabled=scripts) as page:
            page.goto(f"{address}/{section(texts)}")
            said.append(re.sub(r"\s+", " ", page.locator("article").inner_text()))
            assert page.locator(".fl-chart svg:visible").count() == page.locator("figure:visible .fl-chart").count() > 0
    assert said[0] == said[1]
