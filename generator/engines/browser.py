"""Finds a Chromium ($CHROMIUM, or on the PATH, or one that Playwright has installed), and makes PDFs of pages with it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from datetime import date
from html import unescape
from pathlib import Path

from .pdf_text import restore_characters

VARIABLE = "CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Without a sandbox it also starts as root and in containers. It sends nothing.
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
# A document that is printed asks for nothing elsewhere, this machine's own servers included. Printing needs scripts.
_OFFLINE = (
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=http://127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
)
_TIMEOUT = 300  # seconds for one document
# What the browser writes: uncompressed objects, one key a line (ISO 32000-1, 7.3 and 7.7).
_OBJECT = re.compile(rb"^(\d+) 0 obj\n<<(.*?)>>\nendobj$", re.DOTALL | re.MULTILINE)
_CHILDREN = re.compile(rb"/Kids \[([^\]]*)\]")
_REFERENCE = re.compile(rb"(\d+) 0 R")
_DESTINATION = re.compile(rb"/(\S+) \[(\d+) 0 R /XYZ")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
# A bookmark's title that stands there twice: so Chromium names a heading that it moved to the next page (seen with 156).
_TITLE_TWICE = re.compile(rb"(/Title )(?:<(FEFF)((?:[0-9A-Fa-f]{4})+)\3>|\(((?:[^\\()]|\\.)+)\4\))")
_DATE = re.compile(rb"(/(?:Creation|Mod)Date \(D:)\d{14}([^)]*\))")


class NoBrowserError(Exception):
    """There is no Chromium that starts."""


class PrintError(Exception):
    """The browser made no PDF; the text is what it printed."""


def find_chromium() -> Path:
    """The path of a Chromium that starts."""
    for path in _candidates():
        if path.is_file() and _starts(path):
            return path
    raise NoBrowserError


def print_pdf(chromium: Path, page: Path, *, day: date) -> bytes:
    """A local HTML file as a tagged PDF with bookmarks for its headings; dated `day`: the same page gives the same PDF."""
    with tempfile.TemporaryDirectory() as folder:
        pdf = Path(folder) / "page.pdf"
        command: list[str | Path] = [
            chromium,
            *FLAGS,
            *_OFFLINE,
            f"--user-data-dir={folder}/profile",
            "--no-pdf-header-footer",
            "--generate-pdf-document-outline",
            f"--print-to-pdf={pdf}",
            page.resolve().as_uri(),
        ]
        try:
            done = subprocess.run(  # noqa: S603  our own command
                command, capture_output=True, encoding="utf-8", errors="replace", timeout=_TIMEOUT, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise PrintError(str(error)) from error
        if not pdf.is_file():
            raise PrintError((done.stderr or done.stdout).strip().rpartition("\n")[2])
        written = frozenset(unescape(page.read_text(encoding="utf-8")))
        return restore_characters(_normalized(pdf.read_bytes(), day), written)


def page_numbers(pdf: bytes) -> dict[str, int]:
    """The page number of each anchor that a link of the document leads to; only for what `print_pdf` made."""
    objects = {int(number): body for number, body in _OBJECT.findall(pdf)}
    catalog = next((body for body in objects.values() if body.startswith(b"/Type /Catalog")), b"")
    roots = [re.search(rb"/%s (\d+) 0 R" % key, catalog) for key in (b"Pages", b"Dests")]
    if not all(roots):
        return {}
    pages, destinations = (int(one[1]) for one in roots if one)
    numbers = {page: number for number, page in enumerate(_leaves(objects, pages), start=1)}
    return {
        _ESCAPE.sub(lambda found: bytes.fromhex(found[1].decode()), name).decode(): numbers[int(page)]
        for name, page in _DESTINATION.findall(objects.get(destinations, b""))
        if int(page) in numbers
    }


def _leaves(objects: Mapping[int, bytes], node: int) -> Iterator[int]:
    """The object numbers of the pages below a node of the page tree, in order."""
    children = _CHILDREN.search(objects.get(node, b""))
    if children is None:
        yield node
        return
    for child in _REFERENCE.findall(children[1]):
        yield from _leaves(objects, int(child))


def _normalized(pdf: bytes, day: date) -> bytes:
    """The same PDF with another date and each title once. Its length stays the same, because objects are found by offset."""
    stamp = f"{day:%Y%m%d}000000".encode()
    return _TITLE_TWICE.sub(_once, _DATE.sub(lambda found: found[1] + stamp + found[2], pdf))


def _once(title: re.Match[bytes]) -> bytes:
    """A title once; blanks behind it keep its length."""
    title_once = b"<" + title[2] + title[3] + b">" if title[2] else b"(" + title[4] + b")"
    return (title[1] + title_once).ljust(len(title[0]))


def _candidates() -> Iterator[Path]:
    if named := os.environ.get(VARIABLE):
        yield Path(named)
        return
    yield from (Path(found) for name in NAMES if (found := shutil.which(name)))
    folder = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache/ms-playwright")
    yield from sorted(folder.glob("chromium-*/chrome-linux*/chrome"), reverse=True)


def _starts(path: Path) -> bool:
    # The stub of a snap that is not installed exits with an error.
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False).returncode == 0  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return False
