"""Has an engine build the pages, in processes: one per language side by side, or one for a few pages. It knows no language.

What differs between languages comes in as Tongues. The titles and the order of pages stand in each derived configuration, so
that a page can be built without reading the others.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Protocol, Self

from ..model import addresses
from ..store.cache import write_atomically
from .protocol import PREPARED
from .registry import DEFAULT, ENGINES, Engine

BUILD = "build"


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageConfig:
    """One language's site: its folder name (a BCP 47 code), its own name, and the texts and settings the theme needs.

    `pages` are their names and titles in order; `folders` the titles of folders that pages stand in. `words` are the
    furniture the theme has no words for (the keys of `extra.words` in mkdocs.yml, besides `permalink`); `as_of` is the
    footer's line about the report's date; `search` may be empty where the theme has no such stemmer.
    """

    code: str
    name: str
    title: str
    description: str
    theme: str
    search: str
    pages: Mapping[str, str] = field(default_factory=dict)
    folders: Mapping[str, str] = field(default_factory=dict)
    as_of: str = ""
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is to be built of one language: everything, or some Markdown files; `static`: the theme's own files too."""

    code: str
    pages: tuple[str, ...] | None = None
    static: bool = False
    shard: int = 0  # which of the processes that share the language
    settings_fingerprint: str = ""  # when it differs from the last one's, the configuration is read again


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the engine made of a request: finished without a warning or not, and all that it said."""

    code: str
    ok: bool
    warnings: tuple[str, ...]
    output: str
    seconds: float
    search: Mapping[str, Any] = field(default_factory=dict)  # the built pages' entries for search, and its setup


class LanguageName(Protocol):
    """A language of the report, as the others have to know it."""

    @property
    def code(self) -> str:
        """A BCP 47 code."""

    @property
    def name(self) -> str:
        """What it calls itself."""


def write_configurations(
    root: Path,
    tongues: Sequence[LanguageConfig],
    *,
    site_url: str,
    engine: Engine = ENGINES[DEFAULT],
    spoken: Sequence[LanguageName] | None = None,
) -> list[Path]:
    """Derive build/mkdocs.<language>.yml from mkdocs.yml; a file whose text stays the same is not touched.

    `spoken` are all languages of the report where `tongues` are only some.
    """
    written = []
    for language_config in tongues:
        path = configuration_path(root, language_config.code)
        text = configuration(language_config, spoken or tongues, site_url=site_url, engine=engine)
        if not path.is_file() or path.read_bytes() != text.encode():
            write_atomically(path, text.encode())
        written.append(path)
    return written


def configuration(
    language_config: LanguageConfig, spoken: Sequence[LanguageName], *, site_url: str, engine: Engine = ENGINES[DEFAULT]
) -> str:
    """One language's configuration, as JSON: every JSON text is a YAML text, and needs no YAML library here.

    Paths are relative to build/, because the engine resolves them from the file that names them.
    """
    settings: dict[str, Any] = {
        "INHERIT": "../mkdocs.yml",
        "site_name": language_config.title,
        "site_description": language_config.description,
        "site_url": f"{site_url.rstrip('/')}/{language_config.code}/",
        "docs_dir": f"docs/{language_config.code}",
        "not_in_nav": f"/{addresses.SHELL.rstrip('/')}.md",
        "site_dir": f"out/{language_config.code}",
        **({"nav": navigation(language_config)} if language_config.pages else {}),
        "theme": {"language": language_config.theme, "custom_dir": "../templates/overrides"},
        "plugins": {"search": {"lang": [language_config.search] if language_config.search else []}},
        "markdown_extensions": {"toc": {"permalink_title": language_config.words.get("permalink", "")}},
        "extra": {
            "language": language_config.code,
            "as_of": language_config.as_of,
            "words": dict(language_config.words),
            "alternate": [{"name": one.name, "link": f"../{one.code}/", "lang": one.code} for one in spoken],
        },
    }
    for section, own in engine.settings.items():
        settings[section] = {**settings.get(section, {}), **own}
    return json.dumps(settings, ensure_ascii=False, indent=2) + "\n"


def navigation(language_config: LanguageConfig) -> list[Any]:
    """The pages with their titles, those of a folder together where the first of them stands."""
    found: list[Any] = []
    folders: dict[str, list[Any]] = {"": found}

    def inside(folder: str) -> list[Any]:
        if folder not in folders:
            folders[folder] = []
            title = language_config.folders.get(folder) or folder.rpartition("/")[2]
            inside(folder.rpartition("/")[0]).append({title: folders[folder]})
        return folders[folder]

    for name, title in language_config.pages.items():
        inside(name.rpartition("/")[0]).append({title: f"{name}.md"})
    return found


def configuration_path(root: Path, code: str) -> Path:
    """Where a language's derived configuration stands."""
    return root / BUILD / f"mkdocs.{code}.yml"


class EnginePool:
    """The engine's processes. They can be started before there is anything to do, and are asked again while they live."""

    def __init__(self, root: Path, engine: Engine = ENGINES[DEFAULT]) -> None:
        self.root, self.engine = root, engine
        self._waiting: list[subprocess.Popen[str]] = []
        self._asked: list[tuple[Request, subprocess.Popen[str]]] = []
        self._of: dict[tuple[str, int], subprocess.Popen[str]] = {}  # language and shard -> who knows its configuration

    def start(self, count: int) -> None:
        """Have this many processes load the engine."""
        while len(self._waiting) + len(set(self._of.values())) < count:
            self._waiting.append(self._begin())

    def ask(self, requests: Sequence[Request], *, side_by_side: bool = True) -> None:
        """Have everything built that is asked for, each language in its own process or all of them in one; `answers` waits."""
        for request in requests:
            process = self._process(request, shared=not side_by_side)
            self._asked.append((request, process))
            self._send(process, self._asking(request))

    def _asking(self, request: Request) -> dict[str, object]:
        return {
            "configuration": str(configuration_path(self.root, request.code)),
            "pages": request.pages,
            "static": request.static,
            "fingerprint": request.settings_fingerprint,
        }

    def _send(self, process: subprocess.Popen[str], asked: Mapping[str, object]) -> None:
        with suppress(OSError):  # it ended: its answer will say so
            _stream(process.stdin).write(json.dumps(asked) + "\n")
            _stream(process.stdin).flush()

    def prepare(self, requests: Sequence[Request]) -> None:
        """Have one process that waits read the settings of some languages already; nothing is built."""
        self.start(1)
        for request in requests:
            self._send(self._waiting[0], {**self._asking(request), "prepare": True})

    def answers(self) -> Iterator[Outcome]:
        """What was made of each request, in the order they were asked."""
        asked, self._asked = self._asked, []
        for request, process in asked:
            yield self._answer(request, process)

    def forget(self) -> None:
        """Let the processes go: their configuration, or something they read with it, has changed."""
        self._asked.clear()
        for process in {*self._waiting, *self._of.values()}:
            _end(process)
        self._waiting.clear()
        self._of.clear()

    def kill(self) -> None:
        """End the processes at once, whatever they are doing."""
        for process in {*self._waiting, *self._of.values()}:
            process.kill()

    def __enter__(self) -> Self:
        """No process yet."""
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        """No process any more; where something went wrong, whatever they are doing."""
        if kind is not None:
            self.kill()
        self.forget()

    def _process(self, request: Request, *, shared: bool) -> subprocess.Popen[str]:
        own = (request.code, request.shard)
        if own not in self._of:
            if shared and self._of:
                self._of[own] = next(iter(self._of.values()))
            else:
                self._of[own] = self._waiting.pop(0) if self._waiting else self._begin()
        return self._of[own]

    def _begin(self) -> subprocess.Popen[str]:
        here = [str(Path(__file__).parents[2]), *filter(None, [os.environ.get("PYTHONPATH")])]
        return subprocess.Popen(  # noqa: S603  one of our own modules
            [sys.executable, "-P", "-m", self.engine.process],
            cwd=self.root,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1", "PYTHONPATH": os.pathsep.join(here)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,  # an interrupt in the terminal is for us: they end with us
        )

    def _answer(self, request: Request, process: subprocess.Popen[str]) -> Outcome:
        line = PREPARED
        while line == PREPARED:
            line = _stream(process.stdout).readline()
        if not line:
            _end(process)
            self._of = {own: one for own, one in self._of.items() if one is not process}
            return Outcome(code=request.code, ok=False, warnings=("the engine's process ended",), output="", seconds=0)
        told = json.loads(line)
        return Outcome(
            code=request.code,
            ok=told["ok"],
            warnings=tuple(told["warnings"]),
            output=told["output"],
            seconds=told["seconds"],
            search=told.get("search", {}),
        )


def _end(process: subprocess.Popen[str]) -> None:
    """End a process: it has answered, and taking leave would cost it time."""
    process.kill()
    process.wait()
    with suppress(OSError):  # it may have gone before it read everything
        _stream(process.stdin).close()
    _stream(process.stdout).close()


def _stream(found: IO[str] | None) -> IO[str]:
    assert found is not None  # noqa: S101  every process is started with pipes
    return found
