"""Follows references between the entries of a draft, and checks texts with placeholders; what is wrong becomes a finding."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from itertools import islice

from ..diagnostics.finding import Arg, Clause, Diagnostic, Span, languages
from ..model import periods
from ..model.dimensions import DimensionedValue, describe_dimension, normalize_dimension
from ..model.formulas import FormulaError
from ..model.languages import Phrase, Placeholder, split_placeholders
from ..model.periods import FiscalCalendar, Period
from ..model.spelling import explain_bad_date, suggest
from ..model.values import Point
from ..reading.draft import Draft
from ..reading.located_values import Entry, Located, LocatedPhrase, decimal_of, fields_of, members_of, period_of, text_of
from ..reading.yaml_nodes import subspan

_OWN_FIELDS = {
    "facts": ("value", "period", "as_of"),
    "claims": ("claimed", "period"),
}  # what texts may show of their own entry
_OPTION = re.compile(r"growth|short|bare|digits=[1-9]")
_OPTION_EXAMPLES = "growth, short, bare, digits=3"
_OWN_PERIODS = ("period", "as_of")  # which take the option `in`
_ID = re.compile(r"\w+")
_MAX_FINDINGS = 20  # of braces and placeholders in one text: whoever mends those sees the rest
_TARGETS = {"fact": "facts", "event": "events", "name": "names", "claim": "claims"}  # kinds of placeholders, and of entries


def _described(unit: Entry) -> str:
    """The dimension of a unit as findings about formulas name it."""
    exponents = {name: int(one.value) for name, one in fields_of(unit["dimension"]).items() if isinstance(one.value, Decimal)}
    return describe_dimension(DimensionedValue(Point(number=Decimal(0)), normalize_dimension(exponents)))


class Resolver:
    """A draft, and the list that findings are added to."""

    def __init__(self, draft: Draft, sink: list[Diagnostic]) -> None:
        self.draft, self.sink = draft, sink
        self._sections: dict[tuple[str, ...], dict[str, None]] = {}  # the sections under some keys of the report

    def report(self, rule: str, span: Span, variant: str = "", *, second: Span | None = None, **args: Arg) -> None:
        """Add a finding, with a second place where it has one."""
        self.sink.append(Diagnostic(rule=rule, variant=variant, span=span, second=second, args=args))

    def calendar(self, entity: str = "") -> FiscalCalendar:
        """The fiscal years of an entity, else those of the report."""
        for owner in (self.draft.names.get(entity), self.draft.report):
            if owner is not None and isinstance(described := owner["fiscal_year"], Entry):
                begins = int(decimal_of(described["begins"], Decimal(1)))
                return FiscalCalendar(begins=begins, named_by_end=text_of(described, "named_by") == "end")
        return FiscalCalendar()

    def period(self, entry: Entry, key: str, entity: str = "") -> Period | None:
        """The period under a key, dated by the fiscal years of an entity."""
        return self.calendar(entity).dated(period_of(entry, key))

    def entries(self, kind: str) -> Mapping[str, Entry]:
        """The entries of a kind by id, with those that cannot be settled: a reference to them is no unknown id."""
        found: Mapping[str, Entry] = getattr(self.draft, kind)
        return found

    def has(self, kind: str, key: str) -> bool:
        """Whether there is an entry of this id, or a unit that comes with the package."""
        return key in self.entries(kind) or (kind == "units" and key in self.draft.default_units)

    def reference(self, kind: str, located: Located | None) -> str:
        """The id that is written, or an empty text where none is or, which is reported, no such entry exists."""
        if located is None:
            return ""
        wanted = str(located.value)
        if self.has(kind, wanted):
            return wanted
        self.report_unknown(kind, wanted, located.span)
        return ""

    def report_unknown(self, kind: str, wanted: str, span: Span) -> None:
        """Report that no entry has this id, unless it could be in a file that cannot be read."""
        if not self.draft.may_have(kind, wanted):
            suggestion = self._currency(wanted) if kind == "units" else None
            known = (*self.entries(kind), *(self.draft.default_units if kind == "units" else ()))
            suggestion = suggestion or suggest(wanted, known)
            self.report("unknown-id", span, id=wanted, kind=kind, suggestion=suggestion)

    def _currency(self, words: str) -> Clause | None:
        """The only unit of a currency that words name."""
        from ..wording.language_names import names_currency  # noqa: PLC0415  heavy, and hardly ever needed

        locales = [*(language.locale for language in self.draft.languages), *languages()]
        units = [(key, text_of(entry, "currency")) for key, entry in self.draft.units.items()]
        found = [key for key, currency in units if currency and names_currency(words, currency, locales)]
        return Clause("did-you-mean", {"guess": found[0]}) if len(found) == 1 else None

    def references(self, kind: str, located: Located | None) -> tuple[str, ...]:
        """The ids of a list that exist; the others are reported."""
        return tuple(key for item in members_of(located) if (key := self.reference(kind, item)))

    def section(self, entry: Entry, *kinds: str) -> None:
        """Report an entry's `section` that the report lists under none of these keys (sections, pages)."""
        report, located = self.draft.report, entry["section"]
        if report is None or located is None:
            return
        if kinds not in self._sections:
            self._sections[kinds] = dict.fromkeys(str(item.value) for kind in kinds for item in members_of(report[kind]))
        known = self._sections[kinds]
        if known and located.value not in known:
            found = str(located.value)
            self.report("unknown-id", located.span, id=found, kind="sections", suggestion=suggest(found, known))

    def phrase(self, entry: Entry, key: str, kind: str = "") -> Phrase | None:
        """The text under a key of an entry, after its placeholders were checked."""
        located = entry[key]
        return self.located_phrase(located, entry, kind)

    def located_phrase(self, located: Located | None, owner: Entry, kind: str = "") -> Phrase | None:
        """A text, after its placeholders were checked.

        `kind` is the kind of the entry `owner` that it belongs to, where its texts may show fields of the entry, as in {value}.
        """
        if not isinstance(located, LocatedPhrase) or not isinstance(located.value, Phrase):
            return None
        spans: dict[str, Span] = {}  # one plain text for all languages has one place
        for code, text in located.value.texts.items():
            if located.spans[code] not in spans.values():
                spans[code] = located.spans[code]
                self._check_text(text, spans[code], owner, kind)
        return located.value

    def _check_text(self, text: str, span: Span, owner: Entry, kind: str) -> None:
        at, before = 0, len(self.sink)
        for piece in split_placeholders(text):
            if len(self.sink) - before > _MAX_FINDINGS:
                return
            if isinstance(piece, str):
                for brace in islice(re.finditer("[{}]", piece), _MAX_FINDINGS):
                    self.report("bad-placeholder", self.subspan(span, text, at + brace.start(), 1), found=brace[0])
                at += len(piece)
                continue
            at = text.index("}", piece.offset) + 1
            written = text[piece.offset : at]
            variant = self._mistake(piece, owner, kind)
            if variant is not None:
                place = self.subspan(span, text, piece.offset, len(written))
                self.report("bad-placeholder", place, variant, found=written, known=_OPTION_EXAMPLES)
            elif (piece.kind in _TARGETS or piece.kind == "period") and not self._exists(piece):
                start = text.index(piece.target, piece.offset + (0 if piece.kind == "fact" else len(piece.kind) + 1))
                self._report_target(piece, self.subspan(span, text, start, len(piece.target)))

    def _mistake(self, placeholder: Placeholder, owner: Entry, kind: str) -> str | None:
        """The variant of bad-placeholder that fits a placeholder; None for a good one."""
        if not placeholder.target or (placeholder.kind in _TARGETS and not _ID.fullmatch(placeholder.target)):
            return ""
        if placeholder.kind == "literal":
            return None if placeholder.option else "literal"
        if placeholder.kind == "own":
            allowed = placeholder.target in _OWN_FIELDS.get(kind, ())
            if not allowed or not self._has_field(owner, placeholder.target):
                return "own"
        if placeholder.option:
            takes_options = placeholder.kind == "fact" or placeholder.target == "value"
            is_period = placeholder.kind == "period" or (placeholder.kind == "own" and placeholder.target in _OWN_PERIODS)
            if not (_OPTION.fullmatch(placeholder.option) if takes_options else is_period and placeholder.option == "in"):
                return "option"
        claim = self.entries("claims").get(placeholder.target) if placeholder.kind == "claim" else None
        return "claim" if claim is not None and "claimed" not in claim.keys else None

    def _exists(self, placeholder: Placeholder) -> bool:
        """Whether the entry that a placeholder names exists, or its period can be read."""
        if placeholder.kind != "period":
            return placeholder.target in self.entries(_TARGETS[placeholder.kind])
        try:
            periods.parse(placeholder.target)
        except ValueError:
            return False
        return True

    def _report_target(self, placeholder: Placeholder, place: Span) -> None:
        if placeholder.kind == "period":
            self.report("bad-date", place, found=placeholder.target, why=explain_bad_date(placeholder.target))
        else:
            self.report_unknown(_TARGETS[placeholder.kind], placeholder.target, place)

    @staticmethod
    def _has_field(owner: Entry, target: str) -> bool:
        return target == "value" or target in owner.keys or owner.has_invalid

    def subspan(self, span: Span, text: str, offset: int, length: int) -> Span:
        """The span of a part of a text whose own span is given."""
        return subspan(span, self.draft.root, text, offset, length)

    def report_formula(self, located: Located, error: FormulaError) -> None:
        """Report a formula that cannot be parsed or evaluated, at the character where that fails."""
        text = str(located.value)
        place = self.subspan(located.span, text, min(error.offset, len(text) - 1), 1)
        arguments: dict[str, Arg] = {**error.arguments}
        variant = error.variant
        if (pair := self._currencies(error)) is not None:
            variant, arguments = "currencies", {"left": pair[0], "right": pair[1]}
        self.sink.append(Diagnostic(rule="bad-formula", variant=variant, span=place, args=arguments))

    def _currencies(self, error: FormulaError) -> tuple[str, str] | None:
        """The two currencies that a formula adds, compares or converts without a rate; None for other mistakes."""
        names = {"dimensions": ("left", "right"), "convert": ("quantity", "unit")}.get(error.variant, ())
        money = {}
        for key, unit in self.draft.units.items():
            if code := text_of(unit, "currency"):
                money[_described(unit)] = money[key] = code
        found = [money.get(error.arguments[name], "") for name in names]
        return (found[0], found[1]) if len(set(filter(None, found))) == 2 else None  # noqa: PLR2004  a pair
