"""What settling needs at every step: looking up ids with a guess at what was meant, and checking texts with placeholders."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..diagnostics.finding import Arg, Diagnostic, Span
from ..model import periods
from ..model.formulas import FormulaError
from ..model.languages import Phrase, Placeholder, split_placeholders
from ..model.spelling import explain_bad_date, suggest
from ..reading.draft import Draft
from ..reading.located import Entry, Located, LocatedPhrase
from ..reading.nodes import subspan

_OWN = {"facts": ("value", "period", "as_of"), "claims": ("claimed", "period")}
_OPTION = re.compile(r"growth|short|bare|digits=[1-9]")
_OPTIONS = "growth, short, bare, digits=3"
_ID = re.compile(r"\w+")
_TARGETS = {"fact": "facts", "event": "events", "name": "names", "claim": "claims"}


class Resolver:
    """A draft, the findings so far, and the questions every settler asks."""

    def __init__(self, draft: Draft, sink: list[Diagnostic]) -> None:
        self.draft, self.sink = draft, sink
        self._sections: dict[tuple[str, ...], dict[str, None]] = {}  # by the keys of the report that name them

    def report(self, rule: str, span: Span, variant: str = "", **args: Arg) -> None:
        """One more finding."""
        self.sink.append(Diagnostic(rule=rule, variant=variant, span=span, args=args))

    def clash(self, rule: str, span: Span, second: Span, **args: Arg) -> None:
        """One more finding that has two places."""
        self.sink.append(Diagnostic(rule=rule, span=span, second=second, args=args))

    def known(self, kind: str) -> Mapping[str, Entry]:
        """Every id of a kind that was written, settled or not: a broken entry is no unknown one."""
        found: Mapping[str, Entry] = getattr(self.draft, kind)
        return found

    def reference(self, kind: str, located: Located | None) -> str:
        """The id, or an empty text after reporting that there is no such entry."""
        if located is None:
            return ""
        wanted = str(located.value)
        if wanted in self.known(kind):
            return wanted
        self.report_unknown(kind, wanted, located.span)
        return ""

    def report_unknown(self, kind: str, wanted: str, span: Span) -> None:
        """There is no such id, unless it may stand in what could not be read."""
        if not self.draft.may_have(kind, wanted):
            self.report("unknown-id", span, id=wanted, kind=kind, suggestion=suggest(wanted, self.known(kind)))

    def references(self, kind: str, located: Located | None) -> tuple[str, ...]:
        """All ids of a list that exist."""
        return tuple(found for one in members_of(located) if (found := self.reference(kind, one)))

    def section(self, entry: Entry, *kinds: str) -> None:
        """An entry's section is one that the report names under one of these keys."""
        report, located = self.draft.report, entry["section"]
        if report is None or located is None:
            return
        if kinds not in self._sections:
            self._sections[kinds] = dict.fromkeys(str(one.value) for kind in kinds for one in members_of(report[kind]))
        known = self._sections[kinds]
        if known and located.value not in known:
            found = str(located.value)
            self.report("unknown-id", located.span, id=found, kind="sections", suggestion=suggest(found, known))

    def phrase(self, entry: Entry, key: str, kind: str = "") -> Phrase | None:
        """A text of an entry with its placeholders checked."""
        located = entry[key]
        return self.located_phrase(located, entry, kind)

    def located_phrase(self, located: Located | None, owner: Entry, kind: str = "") -> Phrase | None:
        """A placed text with its placeholders checked; `kind` says which entry it belongs to, for {value} and its like."""
        if not isinstance(located, LocatedPhrase) or not isinstance(located.value, Phrase):
            return None
        spans: dict[str, Span] = {}  # one plain text for all languages has one place
        for code, text in located.value.texts.items():
            if located.spans[code] not in spans.values():
                spans[code] = located.spans[code]
                self._check_text(text, spans[code], owner, kind)
        return located.value

    def _check_text(self, text: str, span: Span, owner: Entry, kind: str) -> None:
        at = 0
        for piece in split_placeholders(text):
            if isinstance(piece, str):
                for brace in re.finditer("[{}]", piece):
                    self.report("bad-placeholder", self.place(span, text, at + brace.start(), 1), found=brace[0])
                at += len(piece)
                continue
            at = text.index("}", piece.offset) + 1
            written = text[piece.offset : at]
            variant = self._mistake(piece, owner, kind)
            if variant is not None:
                place = self.place(span, text, piece.offset, len(written))
                self.report("bad-placeholder", place, variant, found=written, known=_OPTIONS)
            elif (piece.kind in _TARGETS or piece.kind == "period") and not self._exists(piece):
                start = text.index(piece.target, piece.offset + (0 if piece.kind == "fact" else len(piece.kind) + 1))
                self._report_target(piece, self.place(span, text, start, len(piece.target)))

    def _mistake(self, hole: Placeholder, owner: Entry, kind: str) -> str | None:
        """Which variant of bad-placeholder a hole is; None for a good one."""
        if not hole.target or (hole.kind in _TARGETS and not _ID.fullmatch(hole.target)):
            return ""
        if hole.kind == "literal":
            return None if hole.option else "literal"
        if hole.kind == "own" and (hole.target not in _OWN.get(kind, ()) or not self._has_own(owner, hole.target)):
            return "own"
        if hole.option and not (_OPTION.fullmatch(hole.option) and (hole.kind == "fact" or hole.target == "value")):
            return "option"
        claim = self.known("claims").get(hole.target) if hole.kind == "claim" else None
        return "claim" if claim is not None and "claimed" not in claim.keys else None

    def _exists(self, hole: Placeholder) -> bool:
        """Whether what a hole names is there, which it nearly always is; its place is looked up only where not."""
        if hole.kind != "period":
            return hole.target in self.known(_TARGETS[hole.kind])
        try:
            periods.parse(hole.target)
        except ValueError:
            return False
        return True

    def _report_target(self, hole: Placeholder, place: Span) -> None:
        if hole.kind == "period":
            self.report("bad-date", place, found=hole.target, why=explain_bad_date(hole.target))
        else:
            self.report_unknown(_TARGETS[hole.kind], hole.target, place)

    @staticmethod
    def _has_own(owner: Entry, target: str) -> bool:
        return target == "value" or target in owner.keys or owner.has_invalid

    def place(self, span: Span, text: str, offset: int, length: int) -> Span:
        """Where a part of a text stands in its file."""
        return subspan(span, self.draft.root, text, offset, length)

    def report_formula(self, located: Located, error: FormulaError) -> None:
        """A formula that cannot be read or evaluated, at the place where it goes wrong."""
        text = str(located.value)
        place = self.place(located.span, text, min(error.offset, len(text) - 1), 1)
        self.report("bad-formula", place, error.variant, **error.arguments)


def members_of(located: Located | None) -> tuple[Located, ...]:
    """The members of a placed list."""
    if located is None or not isinstance(located.value, tuple):
        return ()
    return located.value


def period_of(entry: Entry, key: str) -> periods.Period | None:
    """A date field."""
    found = entry.get(key)
    return found if isinstance(found, periods.Period) else None


def text_of(entry: Entry, key: str, default: str = "") -> str:
    """A field that is one word or line."""
    found = entry.get(key, default)
    return found if isinstance(found, str) else default


def bool_of(entry: Entry, key: str, *, default: bool) -> bool:
    """A true-or-false field."""
    found = entry.get(key, default)
    return found if isinstance(found, bool) else default
