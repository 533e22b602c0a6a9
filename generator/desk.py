"""What settling needs at every step: looking up ids with a guess at what was meant, and checking texts with placeholders."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from generator import periods
from generator.diagnostics import Diagnostic, Span
from generator.languages import Hole, Phrase, holes
from generator.reading import Draft
from generator.shapes import Entry, Placed, PlacedPhrase, suggest

_OWN = {"facts": ("value", "period", "as_of"), "claims": ("claimed", "period")}
_OPTIONS = ("growth", "short", "bare")
_TARGETS = {"fact": "facts", "event": "events", "name": "names", "claim": "claims"}


class Desk:
    """A draft, the findings so far, and the questions every settler asks."""

    def __init__(self, draft: Draft, sink: list[Diagnostic]) -> None:
        self.draft, self.sink = draft, sink

    def report(self, rule: str, span: Span, variant: str = "", **args: str) -> None:
        """One more finding."""
        self.sink.append(Diagnostic(rule=rule, variant=variant, span=span, args=args))

    def known(self, kind: str) -> Mapping[str, Entry]:
        """Every id of a kind that was written, settled or not: a broken entry is no unknown one."""
        found: Mapping[str, Entry] = getattr(self.draft, kind)
        return found

    def ref(self, kind: str, placed: Placed | None) -> str:
        """The id, or an empty text after reporting that there is no such entry."""
        if placed is None:
            return ""
        wanted = str(placed.value)
        if wanted in self.known(kind):
            return wanted
        self.report(
            "unknown-id", placed.span, id=wanted, kind=kind, suggestion=suggest(wanted, self.known(kind))
        )
        return ""

    def refs(self, kind: str, placed: Placed | None) -> tuple[str, ...]:
        """All ids of a list that exist."""
        return tuple(found for one in items(placed) if (found := self.ref(kind, one)))

    def phrase(self, entry: Entry, key: str, kind: str = "") -> Phrase | None:
        """A text of an entry with its placeholders checked."""
        placed = entry[key]
        return self.placed_phrase(placed, entry, kind)

    def placed_phrase(self, placed: Placed | None, owner: Entry, kind: str = "") -> Phrase | None:
        """A placed text with its placeholders checked; `kind` says which entry it belongs to, for {value} and its like."""
        if not isinstance(placed, PlacedPhrase) or not isinstance(placed.value, Phrase):
            return None
        for code, text in placed.value.texts.items():
            for hole in holes(text):
                self._check_hole(hole, text, placed.spans[code], owner, kind)
        return placed.value

    def _check_hole(self, hole: Hole, text: str, span: Span, owner: Entry, kind: str) -> None:
        written = text[hole.offset : text.index("}", hole.offset) + 1]
        place = self.place(span, written)
        if hole.kind == "own":
            if hole.target not in _OWN.get(kind, ()) or not self._has_own(owner, hole.target):
                self.report("bad-placeholder", place, "own", found=written)
        elif hole.kind == "period":
            try:
                periods.parse(hole.target)
            except ValueError as error:
                self.report("bad-date", place, found=hole.target, why=str(error))
        elif hole.kind == "literal":
            if not hole.option:
                self.report("bad-placeholder", place, "literal", found=written)
        else:
            target = _TARGETS[hole.kind]
            if hole.target not in self.known(target):
                self.report(
                    "unknown-id", place, id=hole.target, kind=target, suggestion=suggest(hole.target, self.known(target))
                )
            elif hole.option and hole.option not in _OPTIONS and not hole.option.startswith("digits="):
                self.report("bad-placeholder", place, "option", found=written, known=", ".join((*_OPTIONS, "digits=3")))

    @staticmethod
    def _has_own(owner: Entry, target: str) -> bool:
        return target == "value" or target in owner.keys

    def place(self, span: Span, written: str) -> Span:
        """Where a part of a text stands in its file: texts may be folded over lines."""
        lines = _lines(self.draft.root / span.file)
        for number in range(span.line, min(span.line + 30, len(lines) + 1)):
            start = span.column - 1 if number == span.line else 0
            at = lines[number - 1].find(written, start)
            if at >= 0:
                return Span(span.file, number, at + 1, len(written))
        return span


def items(placed: Placed | None) -> tuple[Placed, ...]:
    """The members of a placed list."""
    if placed is None or not isinstance(placed.value, tuple):
        return ()
    return placed.value


@cache
def _lines(path: Path) -> tuple[str, ...]:
    try:
        return tuple(path.read_text(encoding="utf-8").splitlines())
    except (OSError, UnicodeDecodeError):
        return ()


def period_of(entry: Entry, key: str) -> periods.Period | None:
    """A date field."""
    found = entry.get(key)
    return found if isinstance(found, periods.Period) else None


def word_of(entry: Entry, key: str, default: str = "") -> str:
    """A field that is one word or line."""
    found = entry.get(key, default)
    return found if isinstance(found, str) else default


def flag_of(entry: Entry, key: str, *, default: bool) -> bool:
    """A true-or-false field."""
    found = entry.get(key, default)
    return found if isinstance(found, bool) else default


