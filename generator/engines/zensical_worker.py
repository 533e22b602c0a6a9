"""Engine process of Zensical: builds one language's site from what MkDocs gets. The only home of Zensical.

It answers the requests that `mkdocs_worker` answers, but always builds the whole site. Where it differs from MkDocs, that is
made up for here: lists of a configuration replace those it inherits, and links in raw HTML stay as they are.
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
_MARKED = "https://as-written.invalid/"  # an address that begins so leads to another host (RFC 2606: to none) and is left alone
_RAW_LINK = re.compile(r'(<[a-z][^<>]*?\s(?:href|src)=")(?![a-zA-Z][\w+.-]*:|[/#"])')
_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_ISSUE = re.compile(r"^(?:Warning|Error): (?P<what>.*)\n\s*\W*\[ (?P<where>\S+) \]", re.MULTILINE)


def use_mkdocs_inheritance() -> None:
    """Let Zensical merge a configuration with the one it inherits from as MkDocs does. Pinned: see pyproject.toml."""
    zensical.config.always_merger = Merger([(dict, ["merge"])], ["override"], ["override"])


def keep_links(markdown: str) -> str:
    """Markdown whose raw HTML has no relative links: Zensical would take them for paths from the Markdown file."""
    return _RAW_LINK.sub(rf"\1{_MARKED}", markdown)


def build(configuration: Path) -> Json:
    """Build one language from nothing; gives its search entries by page and the set-up of the search."""
    settings = json.loads(configuration.read_text(encoding="utf-8"))
    site = configuration.parent / settings["site_dir"]
    project = _create_project(configuration, settings)
    zensical.build(str(project / configuration.name), {"strict": True, "clean": False})
    shutil.rmtree(site, ignore_errors=True)
    site.parent.mkdir(exist_ok=True)
    (project / _SITE).rename(site)
    for path in site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        if _MARKED in text:
            path.write_text(text.replace(_MARKED, ""), encoding="utf-8")
    index = json.loads((site / "search.json").read_text(encoding="utf-8").replace(_MARKED, ""))
    pages: dict[str, list[Json]] = {}
    for entry in index["items"]:
        pages.setdefault(entry["location"].partition("#")[0], []).append(entry)
    return {"pages": pages, "setup": index["config"]}


def _create_project(configuration: Path, settings: Json) -> Path:
    """A project folder for one language: Zensical keeps its cache next to the configuration, and pages and site below it."""
    folder = configuration.parent / _FOLDER / str(settings["extra"]["language"])
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(configuration.parent / settings["docs_dir"], folder / _DOCS, ignore=shutil.ignore_patterns(".*"))
    for path in (folder / _DOCS).rglob("*.md"):
        path.write_text(keep_links(path.read_text(encoding="utf-8")), encoding="utf-8")
    overrides = configuration.parent / settings["theme"]["custom_dir"]
    configured = {
        "INHERIT": os.path.relpath(configuration, folder),
        "docs_dir": _DOCS,
        "site_dir": _SITE,
        "theme": {"custom_dir": os.path.relpath(overrides, folder)},
    }
    (folder / configuration.name).write_text(json.dumps(configured), encoding="utf-8")
    return folder


@contextmanager
def captured_output(output: list[str]) -> Iterator[None]:
    """Whatever is printed inside, by Python or by Rust, is added to a list instead."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as file:
        sys.stdout.flush()
        sys.stderr.flush()
        originals = [os.dup(stream) for stream in (1, 2)]
        for stream in (1, 2):
            os.dup2(file.fileno(), stream)
        try:
            yield
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            for stream, original in zip((1, 2), originals, strict=True):
                os.dup2(original, stream)
                os.close(original)
            file.seek(0)
            output.append(_ANSI.sub("", file.read()))


def warnings_in(output: str) -> list[str]:
    """What Zensical warned of in its output, a line each."""
    return [f"{match['where']}: {match['what']}" for match in _ISSUE.finditer(output)]


def answer(request: Json) -> Json:
    """Build what a request asks for; gives the result."""
    began, output_parts = time.monotonic(), list[str]()
    search: Json = {}
    reasons: list[str] = []
    try:
        with captured_output(output_parts):
            search = build(Path(request["configuration"]))
    except BaseException as error:  # noqa: BLE001  whatever stops Zensical, a panic too, is reported
        reasons = [str(error) or type(error).__name__]
    output = "".join(output_parts)
    warnings = [*warnings_in(output), *reasons]
    result = {"ok": not warnings, "warnings": warnings, "output": output if warnings else ""}
    return {**result, "seconds": time.monotonic() - began, "search": search}


if __name__ == "__main__":
    use_mkdocs_inheritance()
    answer_all(answer)
