"""Browser tests of lists of facts and claims: filters, order, and the whole list without scripts."""

from __future__ import annotations

import pytest
from conftest import window
from playwright.sync_api import Browser, Page, expect
from sample_servers import wait_until

from generator.wording.texts import Texts


def wait_for_rows(page: Page, rows: str, count: int) -> None:
    """A list follows its filters a moment later."""
    condition = "([rows, count]) => [...document.querySelectorAll(rows)].filter(row => row.offsetParent).length === count"
    wait_until(lambda: bool(page.evaluate(condition, [rows, count])))


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
