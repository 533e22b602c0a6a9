"""Browser tests of a site below any path, from disk, at old addresses, and without third-party requests."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from pathlib import Path

from conftest import NUMBER, serve, window
from playwright.sync_api import Browser, Page, expect
from sample_reports import run_build

from generator.model import report


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
    (root / "data/retired.yml").write_text(
        "spent_2020: {label: {ja: 支出, en: Spending}, reason: {ja: 測り方が違う, en: Measured <otherwise>},"
        " instead: capex_2025_actual}\n",
        encoding="utf-8",
    )
    done = run_build(root)
    assert done.returncode == 0, done.stdout + done.stderr
    with contextmanager(serve)(root / "site") as home, window(browser, java_script_enabled=False) as page:
        for code in ("ja", "en"):
            page.goto(f"{home}/{code}/facts/spent_2025/")
            page.wait_for_url(f"{home}/{code}/facts/capex_2025_actual/")
        page.goto(f"{home}/en/facts/spent_2020/")
        expect(page.locator("main p").first).to_have_text("Measured <otherwise>")
        languages = page.locator("head link[hreflang]").evaluate_all("links => links.map(link => link.hreflang)")
        assert languages == ["ja", "en", "x-default"]
        assert page.locator("meta[name=description]").get_attribute("content") == "Spending: Measured <otherwise>"
        assert str(page.locator("link[rel=canonical]").get_attribute("href")).endswith("/en/facts/spent_2020/")
        assert not page.locator("meta[name=robots]").count()
        assert "/en/facts/spent_2020/" in (root / "site/sitemap.xml").read_text(encoding="utf-8")
        page.locator("main a").click()
        page.wait_for_url(f"{home}/en/facts/capex_2025_actual/")


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
    card.locator("a").first.click()
    page.wait_for_url(f"**/facts/{fact}/**")
    page.locator(".fl-languages a[hreflang=en]").first.click()
    page.wait_for_url(f"**/en/facts/{fact}/**")
    expect(page.locator("article h1")).to_be_visible()


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
