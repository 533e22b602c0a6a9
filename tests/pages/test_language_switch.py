"""Browser tests of the language switch: it leads to the same paragraph, or without scripts to the same page."""

from __future__ import annotations

import pytest
from conftest import window
from playwright.sync_api import Browser, Page


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
