"""Two editions become typed changes: facts, claims, events, charts and sentences that came, went or changed."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum

from ..model.languages import Phrase
from ..model.report import Chart, Claim, Edition, Event, Fact, Name
from ..model.sources import Source
from ..model.units import Unit
from ..wording.texts import Texts

NOUNS = ("facts", "claims", "events", "charts")
Noun = Fact | Claim | Event | Chart


class Kind(StrEnum):
    """What happened to an entry or a sentence."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One entry that came, went or changed; `fields` are those of its fields that changed."""

    noun: str
    id: str
    kind: Kind
    before: Noun | None = None
    after: Noun | None = None
    fields: tuple[str, ...] = ()

    @property
    def corrects(self) -> bool:
        """Whether a fact's history tells of a correction that it did not tell of before."""
        return isinstance(self.after, Fact) and _corrections(self.after) > _corrections(self.before)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence as a reader meets it: where, in which language, in its words."""

    place: str
    language: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceDifference:
    """A sentence that came, went or reads otherwise."""

    place: str
    language: str
    kind: Kind
    before: str = ""
    after: str = ""


def compare_editions(before: Edition, after: Edition) -> tuple[Difference, ...]:
    """Every entry that differs, by noun, in the order of the later edition; what went comes last."""
    return tuple(found for noun in NOUNS for found in _compare(noun, getattr(before, noun), getattr(after, noun)))


def _compare(noun: str, before: Mapping[str, Noun], after: Mapping[str, Noun]) -> Iterator[Difference]:
    for key, new in after.items():
        old = before.get(key)
        if old is None:
            yield Difference(noun=noun, id=key, kind=Kind.ADDED, after=new)
        elif changed := tuple(
            one.name
            for one in fields(new)
            if one.name != "span" and _plain(getattr(old, one.name)) != _plain(getattr(new, one.name))
        ):
            yield Difference(noun=noun, id=key, kind=Kind.CHANGED, before=old, after=new, fields=changed)
    for key, old in before.items():
        if key not in after:
            yield Difference(noun=noun, id=key, kind=Kind.REMOVED, before=old)


def _plain(value: object) -> object:
    """A field for comparison: other entries only by their ids, because their changes are their own."""
    if isinstance(value, Name | Source | Unit):
        return value.id
    if isinstance(value, tuple):
        return tuple(_plain(one) for one in value)
    if isinstance(value, Mapping):
        return tuple((key, _plain(one)) for key, one in value.items())
    if is_dataclass(value):
        return tuple(_plain(getattr(value, one.name)) for one in fields(value))
    return value


def _corrections(noun: Noun | None) -> int:
    return sum(one.kind == "correction" for one in noun.history) if isinstance(noun, Fact) else 0


# --- sentences -----------------------------------------------------------------------------------

_END = re.compile(r"(?<=[。！？])|(?<=[.!?])\s+")
_TEXTS = ("label", "note", "preferred_because", "text", "reason", "title")
_TAGS = re.compile(r"<[^>]+>")


def sentences(edition: Edition) -> Iterator[Sentence]:
    """Every sentence of data/ in every language, with its values in words."""
    for language in edition.report.languages:
        texts = Texts(edition, language)
        for noun in NOUNS:
            entries: Mapping[str, Noun] = getattr(edition, noun)
            for key, entry in entries.items():
                owner = entry if isinstance(entry, Fact | Claim) else None
                for name in _TEXTS:
                    if isinstance(phrase := getattr(entry, name, None), Phrase):
                        yield from _cut(f"{noun}/{key}/{name}", language.code, texts.fill(phrase, owner))


def page_sentences(page: str, language: str, markdown: str) -> Iterator[Sentence]:
    """Every sentence of a rendered page, without its markup."""
    for block in re.split(r"\n\s*\n", _TAGS.sub("", markdown)):
        yield from _cut(f"pages/{page}", language, " ".join(block.split()))


def _cut(place: str, language: str, text: str) -> Iterator[Sentence]:
    for one in _END.split(text):
        if one.strip():
            yield Sentence(place=place, language=language, text=one.strip())


def compare_sentences(before: Iterable[Sentence], after: Iterable[Sentence]) -> list[SentenceDifference]:
    """The sentences that differ, place by place: what took the place of what."""
    old, new = _by_place(before), _by_place(after)
    return [
        found
        for place, language in {**new, **old}
        for found in _pairs(place, language, old.get((place, language), []), new.get((place, language), []))
    ]


def _by_place(listed: Iterable[Sentence]) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for one in listed:
        found.setdefault((one.place, one.language), []).append(one.text)
    return found


def _pairs(place: str, language: str, old: list[str], new: list[str]) -> Iterator[SentenceDifference]:
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for at in range(max(b - a, d - c)):
            was = old[a + at] if a + at < b else ""
            now = new[c + at] if c + at < d else ""
            kind = Kind.CHANGED if was and now else Kind.ADDED if now else Kind.REMOVED
            yield SentenceDifference(place=place, language=language, kind=kind, before=was, after=now)
