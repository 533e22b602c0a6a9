"""Browser tests of cards at numbers and of explained terms: by mouse, touch and keyboard."""

from __future__ import annotations

import re

import pytest
from conftest import NUMBER, section, window
from playwright.sync_api import Browser, Locator, Page, expect

from generator.wording.texts import Texts


def card_texts(link: Locator, texts: Texts) -> list[str]:
    """What a number's card has to say: what it is, its value, who said so."""
    key = link.get_attribute("data-fact")
    assert key is not None
    fact = texts.edition.facts[key]
    return [texts.label(fact), texts.value(fact), fact.evidence[0].source.publisher]


def says(card: Locator, link: Locator, texts: Texts) -> None:
    expect(card).to_be_visible()
    for text in card_texts(link, texts):
        expect(card).to_contain_text(text)
    expect(card.locator("a").first).to_have_attribute("href", re.compile(f"/facts/{link.get_attribute('data-fact')}/$"))


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


def test_a_verdict_opens_the_card_of_its_claim(browser: Browser, address: str, texts: Texts) -> None:
    with window(browser, viewport={"width": 1000, "height": 700}) as page:
        page.goto(f"{address}/{texts.language.code}/strategy/")
        link, card = page.locator("article > p > a[data-verdict]").first, page.locator("#fl-tip")
        claim = texts.edition.claims[link.get_attribute("data-verdict") or ""]
        aside = page.locator("article > p > a[data-verdict] + .fl-aside").first
        expect(aside).to_be_hidden()
        link.hover()
        expect(card).to_be_visible()
        expect(card).to_contain_text(texts.fill(claim.text, claim))
        expect(card).to_contain_text(texts.language.word(f"verdict.{claim.verdict}"))
        page.mouse.wheel(0, 3000)
        expect(card).to_be_hidden()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_verdict_is_told_beside_the_text_where_there_is_room(
    browser: Browser, address: str, texts: Texts, *, scripts: bool
) -> None:
    with window(browser, viewport={"width": 1280, "height": 700}, java_script_enabled=scripts) as page:
        page.goto(f"{address}/{texts.language.code}/strategy/")
        asides = page.locator("article > p > a[data-verdict] + .fl-aside")
        for aside in asides.all():
            expect(aside).to_be_visible()
            box, text = aside.bounding_box(), aside.locator("..").bounding_box()
            assert box is not None
            assert text is not None
            assert text["x"] + text["width"] <= box["x"] < box["x"] + box["width"] <= 1280 - 240


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
