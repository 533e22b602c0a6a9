"""Sentences that readers see otherwise: those whose words were written anew, and those of which only the figures moved."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from ..editing.sentences import PageTexts
from ..model.languages import Phrase
from ..model.report import Claim, Edition, Fact
from ..reading.tags import replace_tags
from ..records.struct import Struct
from ..wording.texts import Texts
from .changes import SentenceChange
from .entries import KINDS
from .states import State

_END = re.compile(r"(?<=[。！？])|(?<=[.!?])\s+")
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")
_TEXTS = (
    "label", "short", "note", "text", "reason", "title", "measure", "preferred_because", "changes_if", "term", "definition",
    "name", "role", "subtitle", "description",
)  # fmt: skip
# Calls that put words of an entry in a sentence: the kind of the entry, and its field.
_CALLS = {
    "judgment": ("judgments", "text"),
    "name": ("names", "short"),
    "term": ("terms", "term"),
    "fact_label": ("facts", "label"),
}
_WORDED = re.compile(rf"\{{\{{-?\s*({'|'.join(_CALLS)})\(\s*[\"']([a-z]\w*)[\"']")
_ALIKE = 0.5  # of two sentences that are the same one, worded otherwise
_MOST_PAIRS = 2500  # that are compared word by word


class Written(Struct, frozen=True):
    """A sentence as it is published, and as it is written, without what stands in placeholders and calls."""

    text: str
    words: str


Places = Mapping[tuple[str, str], Sequence[Written]]  # (place, language) -> sentences


def compare_sentences(before: State, after: State) -> list[SentenceChange]:
    """The sentences that differ on pages and in data/; the same change in several places is told once, pages first."""
    found = dict[tuple[str, str, str, bool], list[str]]()
    for read in (_of_pages, _of_data):
        old, new = read(before), read(after)
        both = {_owner(place) for place, _ in old} & {_owner(place) for place, _ in new}
        for place, language in {**new, **old}:
            if _owner(place) not in both:
                continue  # a whole page or entry, which is told as such
            pairs = _pairs(old.get((place, language), ()), new.get((place, language), ()))
            for was, now, figures_only in pairs:
                places = found.setdefault((language, was, now, figures_only), [])
                if place not in places:
                    places.append(place)
    return [
        SentenceChange(places=tuple(places), language=language, before=was, after=now, figures_only=figures_only)
        for (language, was, now, figures_only), places in found.items()
    ]


def _owner(place: str) -> str:
    """The page or the entry that a place belongs to: `facts/area` of `facts/area/note`, which may be new by itself."""
    return place if place.startswith("pages/") else place.rpartition("/")[0]


def _of_pages(state: State) -> Places:
    texts = PageTexts(state.root, state.edition)
    return {
        (f"pages/{outline.page}", outline.language): [
            Written(text, replace_tags(source, partial(_words_of, state.edition, outline.language)))
            for source, text in texts.written(outline)
        ]
        for outline in state.checked.outlines
    }


def _words_of(edition: Edition, code: str, tag: re.Match[str]) -> str:
    """The words that a call puts in a sentence without their values; of a call that shows a value there are none."""
    if (called := _WORDED.match(tag[0])) is None:
        return "{}"
    kind, field = _CALLS[called[1]]
    phrase = getattr(getattr(edition, kind).get(called[2]), field, None)
    return _PLACEHOLDER.sub("{}", phrase.texts.get(code, "")) if isinstance(phrase, Phrase) else "{}"


def _of_data(state: State) -> Places:
    edition = state.edition
    found = dict[tuple[str, str], list[Written]]()
    for kind in KINDS:
        entries: Mapping[str, object] = getattr(edition, kind)
        for key, entry in entries.items():
            for name in _TEXTS:
                phrase = getattr(entry, name, None)
                is_told = (kind, name) == ("judgments", "text") or (name == "short" and phrase == getattr(entry, "name", None))
                if isinstance(phrase, Phrase) and not is_told:
                    found |= dict(_of_phrase(edition, f"{kind}/{key}/{name}", phrase, entry))
    for name in _TEXTS:
        if isinstance(phrase := getattr(edition.report, name, None), Phrase):
            found |= dict(_of_phrase(edition, f"report/{name}", phrase, None))
    return found


def _of_phrase(edition: Edition, place: str, phrase: Phrase, entry: object) -> Iterator[tuple[tuple[str, str], list[Written]]]:
    owner = entry if isinstance(entry, Fact | Claim) else None
    for language in edition.report.languages:
        words = _END.split(_PLACEHOLDER.sub("{}", phrase[language.code]))
        texts = _END.split(Texts(edition, language).fill(phrase, owner))
        if len(words) != len(texts):  # a value that ends a sentence
            words = ["".join(words)] * len(texts)
        yield (
            (place, language.code),
            [Written(text.strip(), word) for text, word in zip(texts, words, strict=True) if text.strip()],
        )


def _pairs(old: Sequence[Written], new: Sequence[Written]) -> Iterator[tuple[str, str, bool]]:
    """Sentences before and after, and whether only figures moved; one that only stands elsewhere is left out."""
    matcher = difflib.SequenceMatcher(None, [one.words for one in old], [one.words for one in new], autojunk=False)
    gone, come = list[Written](), list[Written]()
    changed = list[tuple[Written, Written]]()
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            for was, now in zip(old[a:b], new[c:d], strict=True):
                if was.text != now.text:
                    yield was.text, now.text, True
            continue
        for first, second in _alike(old[a:b], new[c:d]):
            if first and second:
                changed.append((first, second))
            else:
                gone += [first] if first else []
                come += [second] if second else []
    moved = {one.text for one in gone} & {one.text for one in come}
    for was, now in changed:
        if was.text != now.text:
            yield was.text, now.text, False
    yield from ((one.text, "", False) for one in gone if one.text not in moved)
    yield from (("", one.text, False) for one in come if one.text not in moved)


def _alike(old: Sequence[Written], new: Sequence[Written]) -> Iterator[tuple[Written | None, Written | None]]:
    """Each sentence with the one that it became, in order; None beside one that is new or gone."""
    if len(old) == len(new) == 1:
        yield old[0], new[0]
        return
    at = 0
    for one in old:
        best, most = -1, _ALIKE
        for index in range(at, len(new)) if len(old) * len(new) <= _MOST_PAIRS else range(at, min(at + 1, len(new))):
            ratio = difflib.SequenceMatcher(None, one.text, new[index].text, autojunk=False).ratio()
            if ratio > most:
                best, most = index, ratio
        if best < 0:
            yield one, None
            continue
        yield from ((None, skipped) for skipped in new[at:best])
        yield one, new[best]
        at = best + 1
    yield from ((None, rest) for rest in new[at:])
