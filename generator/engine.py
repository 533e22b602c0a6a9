"""Runs MkDocs as processes, one per language side by side. It knows no language: what differs comes in as Tongues."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from generator import addresses

BUILD = "build"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """One language's site: its folder name (a BCP 47 code), its own name, and the texts and settings the theme needs.

    `words` are the furniture the theme has no words for (the keys of `extra.words` in mkdocs.yml, besides `permalink`);
    `as_of` is the footer's line about the report's date; `search` may be empty where the theme has no such stemmer.
    """

    code: str
    name: str
    title: str
    description: str
    theme: str
    search: str
    as_of: str = ""
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the engine made of one language: finished without a warning or not, and all that it said."""

    code: str
    ok: bool
    warnings: tuple[str, ...]
    output: str
    seconds: float


def write_configurations(root: Path, tongues: Sequence[Tongue], *, site_url: str) -> list[Path]:
    """Derive build/mkdocs.<language>.yml from mkdocs.yml; a file whose text stays the same is not touched."""
    written = []
    for tongue in tongues:
        path = _configuration_path(root, tongue.code)
        text = configuration(tongue, tongues, site_url=site_url)
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        written.append(path)
    return written


def configuration(tongue: Tongue, tongues: Sequence[Tongue], *, site_url: str) -> str:
    """One language's configuration, as JSON: every JSON text is a YAML text, and needs no YAML library here.

    Paths are relative to build/, because the engine resolves them from the file that names them.
    """
    settings = {
        "INHERIT": "../mkdocs.yml",
        "site_name": tongue.title,
        "site_description": tongue.description,
        "site_url": f"{site_url.rstrip('/')}/{tongue.code}/",
        "docs_dir": f"docs/{tongue.code}",
        "not_in_nav": f"/{addresses.SHELL.rstrip('/')}.md",
        "site_dir": f"out/{tongue.code}",
        "theme": {"language": tongue.theme, "custom_dir": "../templates/overrides"},
        "plugins": {"search": {"lang": [tongue.search] if tongue.search else []}},
        "markdown_extensions": {"toc": {"permalink_title": tongue.words.get("permalink", "")}},
        "extra": {
            "language": tongue.code,
            "as_of": tongue.as_of,
            "words": dict(tongue.words),
            "alternate": [{"name": one.name, "link": f"../{one.code}/", "lang": one.code} for one in tongues],
        },
    }
    return json.dumps(settings, ensure_ascii=False, indent=2) + "\n"


def run_engine(root: Path, codes: Sequence[str]) -> list[Outcome]:
    """Build every language at once, each in its own process; answers in the order of `codes`."""
    with ThreadPoolExecutor(max_workers=max(1, len(codes))) as pool:
        return list(pool.map(lambda code: _build(root, code), codes))


def _configuration_path(root: Path, code: str) -> Path:
    return root / BUILD / f"mkdocs.{code}.yml"


def _build(root: Path, code: str) -> Outcome:
    # --quiet would switch --strict off without a word, so the output is captured instead.
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", str(_configuration_path(root, code))]
    began = time.monotonic()
    ran = subprocess.run(  # noqa: S603  our own command; the code is one of the report's languages
        command,
        cwd=root,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    warnings = tuple(line for line in ran.stdout.splitlines() if line.startswith(("WARNING", "ERROR")))
    return Outcome(
        code=code,
        ok=ran.returncode == 0 and not warnings,
        warnings=warnings,
        output=ran.stdout,
        seconds=time.monotonic() - began,
    )
