"""The languages of a report, and texts that exist in all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ..store.fast_pickle import FastPickle

_HOLE = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """One language: its code in paths and data, its own name, its CLDR locale, and its words for the report's furniture."""

    code: str
    name: str
    locale: str
    words: Mapping[str, str] = field(default_factory=dict)

    def word(self, key: str) -> str:
        """The language's word for a key of data/words.yml; the key itself where it is missing (a rule reports that)."""
        return self.words.get(key, key)


@dataclass(frozen=True, slots=True)
class Phrase(FastPickle):
    """A text in every language of the report: it cannot be built without one of them."""

    texts: Mapping[str, str]

    def __getitem__(self, code: str) -> str:
        """The text in one language."""
        return self.texts[code]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placeholder(FastPickle):
    """A placeholder in a text: `{capex_2025|growth}` names a fact, `{event:freeze}` an event, and so on."""

    kind: str  # fact, own, period, event, name, claim, literal
    target: str
    option: str = ""
    offset: int = 0  # of the opening brace in the text


SELF_TARGETS = ("value", "period", "as_of", "claimed")
PREFIXES = ("period", "event", "name", "claim", "literal")


def split_placeholders(text: str) -> Iterator[str | Placeholder]:
    """The text cut into literal strings and holes, in order."""
    at = 0
    for match in _HOLE.finditer(text):
        if match.start() > at:
            yield text[at : match.start()]
        yield _hole(match[1], match.start())
        at = match.end()
    if at < len(text):
        yield text[at:]


def placeholders(text: str) -> list[Placeholder]:
    """Only the holes of a text."""
    return [piece for piece in split_placeholders(text) if isinstance(piece, Placeholder)]


def _hole(inner: str, offset: int) -> Placeholder:
    target, _, option = (part.strip() for part in inner.partition("|"))
    kind, colon, rest = target.partition(":")
    if colon and kind in PREFIXES:
        return Placeholder(kind=kind, target=rest.strip(), option=option, offset=offset)
    return Placeholder(kind="own" if target in SELF_TARGETS else "fact", target=target, option=option, offset=offset)
