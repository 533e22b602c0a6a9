"""Fixtures that tests share: a copy of the good project, the flagship built once, a browser, golden files.

`pytest --rewrite` writes the golden files anew from what is the case now; read the difference in review.
"""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from sample_projects import GOOD
from sample_reports import copy_flagship, flagship_edition, run_build

from generator.engines.browser import FLAGS, find_chromium
from generator.model import report
from generator.store.project_lock import ProjectLock
from generator.wording.texts import Texts

os.environ.setdefault("FACTLOOM_CACHE_KEY", "tests")  # so that tests leave the state folder of whoever runs them alone


def pytest_addoption(parser: pytest.Parser) -> None:
    """The switch that rewrites golden files."""
    parser.addoption("--rewrite", action="store_true", help="write down what is the case now as what is expected")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the good project, for a test to change."""
    return shutil.copytree(GOOD, tmp_path / "project")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this repository's project with the site built in it: the first worker builds it for all."""
    folder = tmp_path_factory.getbasetemp()
    shared = (folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder) / "built_flagship"
    shared.mkdir(exist_ok=True)
    lock = ProjectLock(shared)
    with lock.held(seconds=600, on_wait=lambda: None):
        if not (shared / "done").exists():
            shutil.rmtree(shared / "project", ignore_errors=True)
            done = run_build(copy_flagship(shared / "project"))
            assert done.returncode == 0, done.stdout + done.stderr
            (shared / "done").touch()
    lock.close()
    return shutil.copytree(shared / "project", folder / "flagship", symlinks=True)


@pytest.fixture(scope="session")
def edition() -> report.Edition:
    """The edition of this repository's report."""
    return flagship_edition()


class _SilentHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Log nothing."""


def serve(folder: Path) -> Iterator[str]:
    """Serve a folder on a free port of this machine; gives its URL."""
    handler = functools.partial(_SilentHandler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="session")
def address(built: Path) -> Iterator[str]:
    """The URL of the flagship's site."""
    yield from serve(built / "site")


# A reader's browser asks servers and runs scripts; the one that prints does neither.
READERS_FLAGS = [one for one in FLAGS[1:] if not one.startswith(("--host-resolver", "--proxy", "--blink-settings"))]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A running Chromium."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=find_chromium(), args=list(READERS_FLAGS))
        yield started
        started.close()


@contextmanager
def window(browser: Browser, *, console: bool = False, **options: Any) -> Iterator[Page]:  # noqa: ANN401  those of new_context
    """A reader's window, closed at the end; an error of a script (and in the console, if asked) fails the test.

    It does so when the test is over: raised by whoever hears of it, it would end the driver's loop, and every test after it.
    """
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})
    page, errors = context.new_page(), list[str]()
    page.on("pageerror", lambda error: errors.append(str(error)))
    if console:
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    try:
        yield page
    finally:
        context.close()
    assert not errors


NUMBER = "article p a.fl-n[data-fact]"  # the selector of a number in running text


@pytest.fixture(name="window")
def _window(browser: Browser) -> Iterator[Page]:
    """A window of a reader; an error of a script fails the test."""
    with window(browser) as page:
        yield page


@pytest.fixture(params=["ja", "en"])
def texts(request: pytest.FixtureRequest, edition: report.Edition) -> Texts:
    """The flagship in each of its languages."""
    return Texts(edition, next(one for one in edition.report.languages if one.code == request.param))


def section(texts: Texts) -> str:
    """The address of a section's page, below the site."""
    return f"{texts.language.code}/{texts.edition.report.sections[1]}/"


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    """The preferred colour scheme."""
    return str(request.param)


@pytest.fixture(params=[1280, 360])
def page(browser: Browser, scheme: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A window of a reader in either scheme, wide and narrow; an error of a script fails the test."""
    width = int(request.param)
    with window(browser, viewport={"width": width, "height": 800}, color_scheme=scheme) as opened:
        yield opened
