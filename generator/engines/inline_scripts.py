"""The inline scripts of the engines' themes: the only ones that a page may run. They are read from the installed packages.

What a page holds besides, wherever it came from, gets no hash in its content security policy, and no browser runs it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from .registry import ENGINES

_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_EXPRESSION = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
# What the themes write into their scripts: the way from a page to its language's first page, as a path without quotes.
_PATH_EXPRESSION = re.compile(r"\s*(?:base_url|config\.extra\.scope \| d\(base_url(?:, true)?\))\s*")
_PATH = r"[\w./~%-]*"


def is_theme_script(text: str) -> bool:
    """Whether a theme has this inline script."""
    return any(pattern.fullmatch(text) for pattern in _patterns())


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(dict.fromkeys(pattern for engine in ENGINES.values() for pattern in _patterns_of(engine.libraries[-1])))


def _patterns_of(package: str) -> Iterator[re.Pattern[str]]:
    spec = find_spec(package)
    for folder in spec.submodule_search_locations or () if spec else ():
        for file in sorted(Path(folder).glob("templates/partials/javascripts/*.html")):
            for script in _SCRIPT.findall(file.read_text(encoding="utf-8")):
                *literals, last = _EXPRESSION.split(script)[::2]
                if all(_PATH_EXPRESSION.fullmatch(written) for written in _EXPRESSION.findall(script)):
                    yield re.compile(_PATH.join(map(re.escape, (*literals, last))))
