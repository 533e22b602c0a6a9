"""`serve` while somebody edits: a real server, real files that change, and a real browser."""

from __future__ import annotations

import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from playwright.sync_api import Error as PlaywrightError
from sample_servers import (
    FACTS,
    MKDOCS,
    ROOT,
    SUBPATH,
    TIMEOUT,
    RunningServer,
    copy_project,
    run_server,
    wait_until,
)

from generator.diagnostics.finding import tool_message

ENGLISH = "templates/pages/index.en.md.j2"
SCRIPT = re.compile(rb'<script src="[^"]*/\.factloom/reload\.js"[^>]*></script>')


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with run_server(copy_project(tmp_path_factory.mktemp("serve"))) as one:
        yield one
        assert one.process.poll() is None, "".join(one.messages)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context(viewport={"width": 900, "height": 600}, locale="ja-JP") as one:
        one.set_default_timeout(TIMEOUT)
        expect.set_options(timeout=TIMEOUT)
        yield one
        for page in one.pages:  # while a page is loaded again, closing its context may wait for ever
            leave(page)


def leave(page: Page) -> None:
    """Go to an empty page; a page that is loaded again at this very moment interrupts that."""
    for _ in range(20):
        with suppress(PlaywrightError):
            page.goto("about:blank")
            return
        page.wait_for_timeout(100)
    pytest.fail("The page is loaded again and again")


def visit(context: BrowserContext, url: str) -> Page:
    """A page that listens for changes."""
    page = context.new_page()
    with page.expect_request(re.compile("/events")):
        page.goto(url)
    return page


def top(page: Page) -> float:
    return float(page.evaluate("window.scrollY"))


def scroll_to(page: Page, down: int) -> None:
    page.evaluate(f"window.scrollTo({{top: {down}, behavior: 'instant'}})")
    wait_for_top(page, down)


def wait_for_top(page: Page, down: int) -> None:
    """The page waits by strings of code, which its own policy forbids where they have to be asked again."""
    wait_until(lambda: round(top(page)) == down)


def test_an_edited_fact_shows_at_once_in_every_language_at_the_same_place(
    server: RunningServer, context: BrowserContext
) -> None:
    pages = {code: visit(context, server.url(f"{code}/")) for code in ("en", "de")}
    for page in pages.values():
        expect(page.locator("article")).to_contain_text("72")
        scroll_to(page, 1234)
    with server.edited(FACTS, "72e9", "78e9"):
        for page in pages.values():
            expect(page.locator("article")).to_contain_text("78")
            wait_for_top(page, 1234)
    for page in pages.values():
        expect(page.locator("article")).to_contain_text("72")
        wait_for_top(page, 1234)


def test_a_page_that_an_edit_does_not_touch_is_not_loaded_again(server: RunningServer, context: BrowserContext) -> None:
    english, german = (visit(context, server.url(f"{code}/")) for code in ("en", "de"))
    german.evaluate("window.mark = 1")
    with server.edited(ENGLISH, "The dam cost", "The new dam cost"):
        expect(english.locator("article")).to_contain_text("new dam")
    expect(english.locator("article")).not_to_contain_text("new dam")
    assert german.evaluate("window.mark") == 1


@pytest.mark.parametrize(
    ("file", "old", "new", "rule_and_title"),
    [
        (ENGLISH, 'fact("dam_cost")', 'fact("dam_costs")', "unknown-id shown-with-errors"),
        (ENGLISH, "{{ fact(", "{{ fact((", "template-syntax shown-with-errors"),
        (FACTS, "value: 25e6", "value: [25e6", "yaml-syntax shown-with-errors"),
        (ENGLISH, "1. The dam", "1. ![](missing.png) The dam", "engine-failed unchanged-view"),
        ("mkdocs.yml", "name: material", "name: [", "yaml-syntax unchanged-view"),
    ],
    ids=lambda text: text.partition("/")[0],
)
def test_a_mistake_stands_above_the_last_good_page_until_it_is_mended(
    server: RunningServer, context: BrowserContext, file: str, old: str, new: str, rule_and_title: str
) -> None:
    rule, title = rule_and_title.split()
    page = visit(context, server.url("en/"))
    findings = page.get_by_role("alert")
    page.evaluate("window.mark = 1")
    scroll_to(page, 700)
    with server.edited(file, old, new):
        expect(findings).to_contain_text(rule)
        expect(findings).to_contain_text(tool_message(title, "ja"))  # as the browser asks for
        expect(page.locator("article")).to_contain_text("The dam cost")
        other = visit(context, server.url("de/"))
        expect(other.get_by_role("alert")).to_contain_text(rule)
        expect(other.locator("article")).to_contain_text("Der Damm kostete")
    expect(findings).to_be_hidden()
    assert page.evaluate("window.mark") == 1
    assert top(page) == 700
    assert any(rule in line for line in server.messages)


def test_of_many_edits_the_last_one_shows(server: RunningServer, context: BrowserContext) -> None:
    page = visit(context, server.url("en/"))
    path = server.root / FACTS
    before = path.read_text(encoding="utf-8")
    for number in range(73, 100):
        path.write_text(before.replace("72e9", f"{number}e9"), encoding="utf-8")
        time.sleep(0.02)
    expect(page.locator("article")).to_contain_text("99")
    path.write_text(before, encoding="utf-8")
    expect(page.locator("article")).to_contain_text("72")


def test_a_file_that_an_editor_replaces_is_still_watched(server: RunningServer, context: BrowserContext) -> None:
    page = visit(context, server.url("en/"))
    for name in ("Renamed", "plain"):
        path = server.root / "mkdocs.yml"
        path.with_suffix(".new").write_text(MKDOCS + f"copyright: by {name}\n", encoding="utf-8")
        path.with_suffix(".new").replace(path)
        expect(page.locator("footer").last).to_contain_text(f"by {name}")
    docs = server.root / "docs"
    docs.mkdir(exist_ok=True)
    (docs / "own.txt").write_text("own", encoding="utf-8")
    wait_until(lambda: server.get(server.url("en/own.txt"))[0] == 200)
    docs.rename(server.root / "away")
    wait_until(lambda: server.get(server.url("en/own.txt"))[0] == 404)
    (server.root / "away").rename(docs)
    wait_until(lambda: server.get(server.url("en/own.txt"))[0] == 200)
    (docs / "own.txt").unlink()
    for text in (b"p { color: red }", b"p { color: green }"):
        (docs / "extra.css").write_bytes(text)
        wait_until(partial(_is, server, "en/extra.css", text))
    (docs / "extra.css").unlink()
    wait_until(lambda: server.get(server.url("en/extra.css"))[0] == 404)


def _is(server: RunningServer, path: str, content: bytes) -> bool:
    return server.get(server.url(path))[1] == content


def test_the_site_stands_below_the_path_of_its_address(server: RunningServer, context: BrowserContext) -> None:
    assert server.address.endswith(SUBPATH)
    host = server.address.removesuffix(SUBPATH)
    for start in ("/", SUBPATH.rstrip("/"), SUBPATH):
        page = visit(context, host + start)
        page.wait_for_url(server.url("en/"))
    failed: list[str] = []
    page.on("response", lambda answer: failed.append(answer.url) if answer.status >= 400 else None)
    page.goto(server.url("de"))
    page.wait_for_load_state("networkidle")
    assert page.url == server.url("de/")
    assert failed == []
    assert server.get(server.url("nowhere/"))[0] == 404
    assert server.get(f"{host}/elsewhere/")[0] == 404
    assert server.get(server.url("../../../data/report.yml"))[0] == 404


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("en/", "text/html; charset=utf-8"),
        ("en/facts.json", "application/json; charset=utf-8"),
        ("en/cite/facts/dam_cost.ris", "application/x-research-info-systems; charset=utf-8"),
        ("sitemap.xml", "application/xml; charset=utf-8"),
        ("robots.txt", "text/plain; charset=utf-8"),
    ],
)
def test_files_come_with_their_types_and_are_asked_for_each_time(server: RunningServer, path: str, kind: str) -> None:
    tags = set[str]()

    def has_tag() -> bool:
        """It has none while it may be made again, after the edit of another test."""
        with urlopen(server.url(path), timeout=60) as answer:  # noqa: S310  our own server
            assert answer.headers["Content-Type"] == kind
            assert answer.headers["Cache-Control"] == "no-cache"
            tags.update(answer.headers.get_all("ETag", ()))
        return bool(tags)

    wait_until(has_tag)
    [tag] = tags
    with pytest.raises(HTTPError, match="304") as unchanged:
        urlopen(Request(server.url(path), headers={"If-None-Match": tag}), timeout=60)  # noqa: S310  our own server
    unchanged.value.close()


def test_what_is_served_is_what_would_be_published(server: RunningServer, tmp_path: Path) -> None:
    with server.edited(ENGLISH, "title: Lakes", "title: Many lakes"), server.edited(FACTS, "72e9", "81e9"):
        wait_until(lambda: b"Many lakes" in server.get(server.url("en/"))[1])
        wait_until(lambda: b"81" in server.get(server.url("de/"))[1])
        left = shutil.ignore_patterns("build", "site")
        built = shutil.copytree(server.root, tmp_path / "built", ignore=left)
        command = [sys.executable, "-m", "generator", "build", "--root", str(built), "--jobs", "1"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout
        assert not (server.root / "site").exists()
        files = [
            path
            for path in sorted((built / "site").rglob("*"))
            if path.is_file() and path.name[0] != "." and path.name != "build.json"
        ]
        names = [path.relative_to(built / "site").as_posix() for path in files]
        assert len(files) > 40

        def different() -> list[str]:
            return [
                name
                for name, path in zip(names, files, strict=True)
                if SCRIPT.sub(b"", server.get(server.url(name))[1]) != path.read_bytes()
            ]

        # pages are right at once; what machines read of them follows while nobody waits
        assert [name for name in different() if name.endswith(".html")] == []
        wait_until(lambda: not different())


def test_only_this_machine_can_reach_it(server: RunningServer) -> None:
    port = int(re.findall(r":(\d+)/", server.address)[0])
    with pytest.raises(OSError, match=r"refused|timed out|assign"), socket.create_connection(("127.0.0.2", port), timeout=5):
        pass


def test_a_port_that_is_taken_is_told_in_plain_words(server: RunningServer) -> None:
    port = re.findall(r":(\d+)/", server.address)[0]
    command = [sys.executable, "-m", "generator", "serve", "--root", str(server.root), "--port", port, "--language", "en"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 2
    assert f"127.0.0.1:{port} cannot be listened at" in done.stderr


def processor_seconds(process: int) -> float:
    """Seconds that a process has seconds_used."""
    stat = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(stat[11]) + int(stat[12])) / 100


def child_processes(process: int) -> list[int]:
    return [int(one) for path in Path(f"/proc/{process}/task").glob("*/children") for one in path.read_text().split()]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="only Linux says how long a process has seconds_used")
def test_nothing_is_done_while_nothing_changes(server: RunningServer, context: BrowserContext) -> None:
    visit(context, server.url("en/"))
    processes = [server.process.pid, *child_processes(server.process.pid)]

    def seconds_used() -> float:
        return sum(processor_seconds(one) for one in processes)

    def idle() -> bool:
        before = seconds_used()
        time.sleep(2)
        return seconds_used() - before < 0.05

    wait_until(idle)  # what was left is made
    before = seconds_used()
    time.sleep(5)
    assert seconds_used() - before < 0.25


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="only Linux says whose child a process is")
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_when_it_is_told_to_and_leaves_nobody_behind(
    server: RunningServer, tmp_path: Path, end: signal.Signals
) -> None:
    root = shutil.copytree(server.root, tmp_path / "project")
    with run_server(root, ends=False) as one:
        assert one.get(one.url("en/"))[0] == 200, "".join(one.messages)
        processes = child_processes(one.process.pid)
        assert processes
        one.process.send_signal(end)
        assert one.process.wait(30) == 0
        wait_until(
            lambda: not any(Path(f"/proc/{pid}").exists() for pid in processes)
        )  # one that was just beginning sees it a bit later
        assert "Traceback" not in "".join(one.messages)


def test_a_project_that_begins_broken_is_shown_once_it_is_mended(tmp_path: Path, context: BrowserContext) -> None:
    root = copy_project(tmp_path)
    facts = root / FACTS
    before = facts.read_text(encoding="utf-8")
    facts.write_text(before.replace("value: 25e6", "value: [25e6"), encoding="utf-8")
    with run_server(root) as one:
        page = visit(context, one.url())
        expect(page.get_by_role("alert")).to_contain_text("yaml-syntax")
        facts.write_text(before, encoding="utf-8")
        page.wait_for_url(re.compile(rf"{SUBPATH}en/$"))
        expect(page.locator("article")).to_contain_text("The dam cost")
        expect(page.get_by_role("alert")).to_be_hidden()
