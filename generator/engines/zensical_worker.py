"""Zensical in a process of its own: builds one language's site from what MkDocs gets. The only home of Zensical.

It answers the requests that `press` answers, but for parts of a site: it builds everything. What it does otherwise than MkDocs
is evened out here: lists of a derived configuration replace those of its parent, and links in raw HTML stay as they are.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import zensical
import zensical.config
from deepmerge.merger import Merger

from .protocol import Json, answer_all

_FOLDER = "zensical"  # below build/
_DOCS, _SITE = "docs", "site"  # below that and the language
_KEPT = "https://as-written.invalid/"  # what begins so leads elsewhere (RFC 2606: to no host) and is left alone
_RAW_LINK = re.compile(r'(<[a-z][^<>]*?\s(?:href|src)=")(?![a-zA-Z][\w+.-]*:|[/#"])')
_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_ISSUE = re.compile(r"^(?:Warning|Error): (?P<what>.*)\n\s*\W*\[ (?P<where>\S+) \]", re.MULTILINE)


def even_out() -> None:
    """Let Zensical read a configuration as MkDocs does. Its version is pinned: see pyproject.toml."""
    zensical.config.always_merger = Merger([(dict, ["merge"])], ["override"], ["override"])


def keep_links(markdown: str) -> str:
    """Markdown whose raw HTML has no relative links: Zensical would take them for paths from the Markdown file."""
    return _RAW_LINK.sub(rf"\1{_KEPT}", markdown)


def build(configuration: Path) -> Json:
    """Build one language anew, nothing being left of the time before, and give its entries for search."""
    settings = json.loads(configuration.read_text(encoding="utf-8"))
    site = configuration.parent / settings["site_dir"]
    own = _own_project(configuration, settings)
    zensical.build(str(own / configuration.name), {"strict": True, "clean": False})
    shutil.rmtree(site, ignore_errors=True)
    site.parent.mkdir(exist_ok=True)
    (own / _SITE).rename(site)
    for path in site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        if _KEPT in text:
            path.write_text(text.replace(_KEPT, ""), encoding="utf-8")
    index = json.loads((site / "search.json").read_text(encoding="utf-8").replace(_KEPT, ""))
    pages: dict[str, list[Json]] = {}
    for entry in index["items"]:
        pages.setdefault(entry["location"].partition("#")[0], []).append(entry)
    return {"pages": pages, "setup": index["config"]}


def _own_project(configuration: Path, settings: Json) -> Path:
    """A project of the language's own: Zensical keeps its cache beside the configuration, and wants pages and site below it."""
    folder = configuration.parent / _FOLDER / str(settings["extra"]["language"])
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(configuration.parent / settings["docs_dir"], folder / _DOCS, ignore=shutil.ignore_patterns(".*"))
    for path in (folder / _DOCS).rglob("*.md"):
        path.write_text(keep_links(path.read_text(encoding="utf-8")), encoding="utf-8")
    overrides = configuration.parent / settings["theme"]["custom_dir"]
    own = {
        "INHERIT": os.path.relpath(configuration, folder),
        "docs_dir": _DOCS,
        "site_dir": _SITE,
        "theme": {"custom_dir": os.path.relpath(overrides, folder)},
    }
    (folder / configuration.name).write_text(json.dumps(own), encoding="utf-8")
    return folder


@contextmanager
def overheard(said: list[str]) -> Iterator[None]:
    """Whatever is printed meanwhile, by Python or by Rust, is added to a list instead."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as told:
        sys.stdout.flush()
        sys.stderr.flush()
        before = [os.dup(stream) for stream in (1, 2)]
        for stream in (1, 2):
            os.dup2(told.fileno(), stream)
        try:
            yield
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            for stream, kept in zip((1, 2), before, strict=True):
                os.dup2(kept, stream)
                os.close(kept)
            told.seek(0)
            said.append(_ANSI.sub("", told.read()))


def issues(output: str) -> list[str]:
    """What Zensical warns of, a line each."""
    return [f"{one['where']}: {one['what']}" for one in _ISSUE.finditer(output)]


def answer(request: Json) -> Json:
    """Build what a request asks for, and say how it went."""
    began, said = time.monotonic(), list[str]()
    found: Json = {}
    why: list[str] = []
    try:
        with overheard(said):
            found = build(Path(request["configuration"]))
    except BaseException as error:  # noqa: BLE001  whatever stops Zensical, a panic too, is told
        why = [str(error) or type(error).__name__]
    output = "".join(said)
    warnings = [*issues(output), *why]
    told = {"ok": not warnings, "warnings": warnings, "output": output if warnings else ""}
    return {**told, "seconds": time.monotonic() - began, "search": found}


if __name__ == "__main__":
    even_out()
    answer_all(answer)
