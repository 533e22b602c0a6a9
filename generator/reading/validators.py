"""What may stand where in data/: shapes read a tree into placed values, and say in plain words what does not fit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ..diagnostics.finding import Arg, Clause, Diagnostic, Span
from ..model import periods, values
from ..model.languages import Phrase
from ..model.spelling import closest_match, explain_bad_date, suggest
from ..store.fast_pickle import FastPickle
from .nodes import MappingNode, Node, ScalarNode, SequenceNode

SIGNS = {"at_least": ">=", "at_most": "<=", "more_than": ">", "less_than": "<", "about": "~"}
ID = r"\S(.*\S)?"  # what may be looked up: one line, no space around it
_ENDS = 2
_TEXT, _ID, _LIST = Clause("text"), Clause("id"), Clause("list")


@dataclass(frozen=True, slots=True)
class Located(FastPickle):
    """A value and where it was written."""

    value: object
    span: Span


@dataclass(slots=True)
class ReadContext:
    """What reading needs everywhere: where findings go, and the codes of the report's languages."""

    sink: list[Diagnostic]
    languages: tuple[str, ...] = ()

    def report(self, rule: str, span: Span, variant: str = "", **args: Arg) -> None:
        """One more finding."""
        self.sink.append(Diagnostic(rule=rule, variant=variant, span=span, args=args))


@dataclass(frozen=True, slots=True)
class Validator:
    """Base of all shapes; `read` gives a Placed value, or None after reporting why not."""

    def read(self, node: Node, context: ReadContext) -> Located | None:
        """Read one node."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Text(Validator):
    """A line of text; `expected` names it where the pattern does not fit. `blank` admits quoted spaces or nothing."""

    pattern: str = ""
    expected: Clause = _TEXT
    blank: bool = False

    def read(self, node: Node, context: ReadContext) -> Located | None:
        """The text without outer space."""
        if not isinstance(node, ScalarNode) or (node.blank and not (self.blank and node.quoted)):
            context.report("wrong-shape", node.span, expected=self.expected)
            return None
        text = node.text if self.blank or self.pattern else node.text.strip()
        if self.pattern and (node.value_type != "text" or not re.fullmatch(self.pattern, text)):
            context.report("wrong-shape", node.span, "value", expected=self.expected, found=text)
            return None
        return Located(text, node.span)


@dataclass(frozen=True, slots=True)
class Reference(Text):
    """The id of something defined elsewhere; settling looks it up. What YAML takes for a number is none."""

    kind: str = ""
    expected: Clause = _ID

    def read(self, node: Node, context: ReadContext) -> Located | None:
        """The id."""
        if isinstance(node, ScalarNode) and (node.value_type in ("number", "truth") or not re.fullmatch(ID, node.text)):
            context.report("wrong-shape", node.span, "value", expected=self.expected, found=node.text)
            return None
        return Text.read(self, node, context)


@dataclass(frozen=True, slots=True)
class Choice(Validator):
    """One word of a list."""

    choices: tuple[str, ...]

    def read(self, node: Node, context: ReadContext) -> Located | None:
        """The word."""
        if isinstance(node, ScalarNode) and node.text in self.choices:
            return Located(node.text, node.span)
        written = node.text if isinstance(node, ScalarNode) else ""
        context.report("unknown-word", node.span, found=_found(node), suggestion=suggest(written, self.choices))
        return None


@dataclass(frozen=True, slots=True)
class Boolean(Validator):
    """true or false."""

    def read(self, node: Node, context: ReadContext) -> Located | None:
        """A bool."""
        if isinstance(node, ScalarNode) and node.value_type == "truth":
            return Located(node.text.lower() == "true", node.span)
        context.report("wrong-shape", node.span, expected=Clause("truth"))
        return None


@dataclass(frozen=True, slots=True)
class Number(Validator):
    """A plain number within bounds."""

    expected: Clause = Clause("number")  # noqa: RUF009  frozen
    least: Decimal = Decimal("-Infinity")
    most: Decimal = Decimal("Infinity")
    whole: bool = False

    def read(self, node: Node, context: ReadContext) -> Located | None:
        """A Decimal."""
        if isinstance(node, ScalarNode) and node.value_type == "number":
            try:
                found: Decimal | None = values.number(node.text)
            except ValueError:
                found = None
            if found is not None and self.least <= found <= self.most and (not self.whole or found == int(found)):
                return Located(found, node.span)
        context.report("wrong-shape", node.span, "value", expected=self.expected, found=_found(node))
        return None


@dataclass(frozen=True, slots=True)
class LocalizedText(Validator):
    """A text in every language of the report; `plain` admits one text for all of them."""

    plain: bool = False

    def read(self, node: Node, context: ReadContext) -> Located | None:
        """A Phrase; its texts' own places are kept for the rules in `PlacedPhrase`."""
        if self.plain and isinstance(node, ScalarNode) and not node.blank:
            return LocatedPhrase(
                Phrase(dict.fromkeys(context.languages, node.text.strip())),
                node.span,
                dict.fromkeys(context.languages, node.span),
            )
        if not isinstance(node, MappingNode):
            context.report("wrong-shape", node.span, expected=_per_language(context))
            return None
        texts: dict[str, str] = {}
        spans: dict[str, Span] = {}
        complete = True
        for key, child in node.entries:
            if key.text not in context.languages:
                context.report("unknown-key", key.span, key=key.text, suggestion=suggest(key.text, context.languages))
                complete = False
            elif not isinstance(child, ScalarNode) or child.blank:
                context.report("missing-language", child.span, "empty", language=key.text)
                complete = False
            else:
                texts[key.text], spans[key.text] = " ".join(child.text.split()), child.span
        if complete and (missing := [code for code in context.languages if code not in texts]):
            context.report("missing-language", node.span, language=", ".join(missing))
            complete = False
        return LocatedPhrase(Phrase(texts), node.span, spans) if complete else None


_CATEGORIES = ("zero", "one", "two", "few", "many", "other")


@dataclass(frozen=True, slots=True)
class LocalizedPlurals(Validator):
    """A text with {0} per CLDR plural category, in every language: {en: {one: "{0} lake", other: "{0} lakes"}}."""

    def read(self, node: Node, context: ReadContext) -> Located | None:
        """Placed by language, below it Placed by category."""
        if not isinstance(node, MappingNode):
            context.report("wrong-shape", node.span, expected=_per_language(context))
            return None
        found = {}
        for key, child in node.entries:
            if key.text not in context.languages:
                context.report("unknown-key", key.span, key=key.text, suggestion=suggest(key.text, context.languages))
            else:
                found[key.text] = PLURAL.read(child, context)
        if len(found) == len(node.entries) and (missing := [code for code in context.languages if code not in found]):
            context.report("missing-language", node.span, language=", ".join(missing))
        return Located({code: located for code, located in found.items() if located is not None}, node.span)


@dataclass(frozen=True, slots=True)
class LocatedPhrase(Located):
    """A Phrase and where each language's text was written."""

    spans: Mapping[str, Span] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DateOrPeriod(Validator):
    """A date or period."""

    def read(self, node: Node, context: ReadContext) -> Located | None:
        """A Period."""
        if isinstance(node, ScalarNode):
            try:
                return Located(periods.parse(node.text), node.span)
            except ValueError:
                context.report("bad-date", node.span, found=node.text, why=explain_bad_date(node.text))
                return None
        context.report("wrong-shape", node.span, expected=Clause("date"))
        return None


@dataclass(frozen=True, slots=True)
class Quantity(Validator):
    """A value: a number, `[low, high]`, `{at_least: 50}` and its like, the short forms, or a date."""

    def read(self, node: Node, context: ReadContext) -> Located | None:
        """A Value or Period."""
        try:
            return Located(self._value(node), node.span)
        except ValueError as error:
            variant = "order" if "above" in str(error) else "date" if _looks_dated(node) else ""
            why = explain_bad_date(node.text) if isinstance(node, ScalarNode) else ""
            context.report("bad-value", node.span, variant, found=_found(node), why=why)
            return None

    def _value(self, node: Node) -> values.Value | periods.Period:
        if isinstance(node, SequenceNode):
            ends = [values.number(item.text) for item in node.items if isinstance(item, ScalarNode)]
            if len(ends) != _ENDS or len(node.items) != _ENDS:
                msg = "a range has two ends"
                raise ValueError(msg)
            return values.Interval(low=ends[0], high=ends[1])
        if isinstance(node, MappingNode):
            return self._bounded(node)
        if _looks_dated(node):
            return periods.parse(node.text)
        return values.parse(node.text)

    def _bounded(self, node: MappingNode) -> values.Value:
        if len(node.entries) == 1:
            key, child = node.entries[0]
            if key.text in SIGNS and isinstance(child, ScalarNode):
                return values.bounded(SIGNS[key.text], values.number(child.text))
        ends = {key.text: values.number(child.text) for key, child in node.entries if isinstance(child, ScalarNode)}
        if ends.keys() == {"low", "high"} and len(node.entries) == _ENDS:
            return values.Interval(low=ends["low"], high=ends["high"])
        msg = "not a value"
        raise ValueError(msg)


def _looks_dated(node: Node) -> bool:
    return isinstance(node, ScalarNode) and bool(re.match(r"(FY)?[1-9][0-9]{3}(-|/|$)", node.text.strip()))


@dataclass(frozen=True, slots=True)
class ListOf(Validator):
    """A list of one shape."""

    validator: Validator
    least: int = 0
    expected: Clause = _LIST
    unique: bool = False

    def read(self, node: Node, context: ReadContext) -> Located | None:
        """A tuple of Placed; members that do not fit are reported and left out."""
        if not isinstance(node, SequenceNode):
            context.report("wrong-shape", node.span, expected=self.expected)
            return None
        found = [self.validator.read(item, context) for item in node.items]
        if len(found) < self.least:
            context.report("wrong-shape", node.span, "short", expected=self.expected, least=str(self.least))
            return None
        kept = tuple(one for one in found if one is not None)
        return Located(tuple(_unique(kept, context)) if self.unique else kept, node.span)


def _unique(members: Iterable[Located], context: ReadContext) -> Iterator[Located]:
    first: dict[object, Span] = {}
    for one in members:
        if one.value in first:
            context.sink.append(
                Diagnostic(rule="duplicate-key", span=one.span, second=first[one.value], args={"key": str(one.value)})
            )
        else:
            first[one.value] = one.span
            yield one


@dataclass(frozen=True, slots=True)
class Either(Validator):
    """A scalar of one shape or a mapping of another."""

    scalar: Validator
    mapping: Validator

    def read(self, node: Node, context: ReadContext) -> Located | None:
        """Whichever fits by its kind of node."""
        return (self.mapping if isinstance(node, MappingNode) else self.scalar).read(node, context)


@dataclass(frozen=True, slots=True)
class MapOf(Validator):
    """A mapping from free keys to one shape."""

    validator: Validator
    least: int = 0

    def read(self, node: Node, context: ReadContext) -> Located | None:
        """An Entry; what does not fit is reported and left out."""
        if not isinstance(node, MappingNode) or len(node.entries) < self.least:
            context.report("wrong-shape", node.span, expected=Clause("mapped"))
            return None
        found = {key.text: self.validator.read(child, context) for key, child in node.entries}
        read = {key: located for key, located in found.items() if located is not None}
        return Entry(read, node.span, {key.text: key.span for key, _ in node.entries})


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a record."""

    validator: Validator
    required: bool = False
    hint: str = "{key}: …"  # what to type when it is missing


@dataclass(frozen=True, slots=True)
class Entry(Located):
    """A record that was read: its fields by key (Placed), and the place of each key."""

    keys: Mapping[str, Span] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Located | None:
        """The field, or None where it was not written or did not fit."""
        fields: Any = self.value  # a dict, as below; asked for so often that one look is enough
        found: Located | None = fields.get(key)
        return found

    @property
    def fields(self) -> dict[str, Located]:
        """All fields that were read."""
        assert isinstance(self.value, dict)  # noqa: S101  made by Record.read only
        return self.value

    @property
    def unread(self) -> bool:
        """Whether a key was written that could not be read, which has its own finding."""
        return len(self.fields) < len(self.keys)

    def get(self, key: str, default: object = None) -> object:
        """The bare value of a field."""
        located = self[key]
        return default if located is None else located.value

    def span_of(self, key: str) -> Span:
        """Where a field's value stands; the entry's own place without it."""
        located = self[key]
        return self.span if located is None else located.span


@dataclass(frozen=True, slots=True)
class Record(Validator):
    """A mapping with known keys."""

    fields: Mapping[str, Field]
    what: str = "entry"
    more: Mapping[str, Validator] = field(default_factory=dict)  # further keys
    ids: str = r"[a-z][a-z0-9_]*"  # how the ids of such entries look

    def read(self, node: Node, context: ReadContext) -> Entry | None:
        """An Entry; None where the node is no mapping. Missing keys are reported at its start."""
        entry = self.read_fields(node, context)
        if entry is not None:
            self.report_missing(entry, Clause("the", {"what": Clause(self.what)}), context)
        return entry

    def read_fields(self, node: Node, context: ReadContext) -> Entry | None:
        """An Entry of the keys that are there."""
        if not isinstance(node, MappingNode):
            context.report("wrong-shape", node.span, expected=Clause("mapping", {"what": Clause(self.what)}))
            return None
        found: dict[str, Located] = {}
        keys: dict[str, Span] = {}
        for key, child in node.entries:
            keys[key.text] = key.span
            validator = self.fields[key.text].validator if key.text in self.fields else self.more.get(key.text)
            if validator is None:
                context.report("unknown-key", key.span, key=key.text, suggestion=suggest(key.text, self.unused(node)))
            elif (located := validator.read(child, context)) is not None:
                found[key.text] = located
        return Entry(found, node.span, keys)

    def unused(self, node: MappingNode) -> list[str]:
        """The keys that are not written yet."""
        written = {key.text for key, _ in node.entries}
        return [key for key in (*self.fields, *self.more) if key not in written]

    def report_missing(self, entry: Entry, name: Arg, context: ReadContext) -> None:
        """Report every required key that was not written at all; one that was mistyped has its own finding."""
        meant = {closest_match(key, self.fields) for key in entry.keys if key not in self.fields and key not in self.more}
        for key, one in self.fields.items():
            if one.required and key not in entry.keys and key not in meant:
                rule = "missing-evidence" if key == "evidence" else "missing-key"
                context.report(rule, entry.span, id=name, key=key, hint=one.hint.replace("{key}", key))


def read_entries(node: Node, record: Record, context: ReadContext) -> Iterator[tuple[str, Entry | None]]:
    """A file that maps ids to records; None for one that cannot be read. Each entry's place is that of its id."""
    if not isinstance(node, MappingNode):
        context.report("wrong-shape", node.span, expected=Clause("ids", {"what": Clause(record.what)}))
        yield "", None
        return
    for key, child in node.entries:
        if not re.fullmatch(record.ids, key.text):
            slug = re.sub(r"[^a-z0-9]+", "_", key.text.lower()).strip("_")
            suggestion = slug if re.fullmatch(record.ids, slug) else f"{record.what}_{slug}".replace("-", "_").strip("_")
            context.report("bad-id", key.span, found=key.text, suggestion=suggestion)
        entry = record.read_fields(child, context)
        if entry is not None:
            entry = Entry(entry.fields, key.span, entry.keys)
            record.report_missing(entry, key.text, context)
        yield key.text, entry


_FORM = Text(r"(?:[^{}]|\{0\})+", Clause("plural-text"))
PLURAL = Record({one: Field(_FORM, required=one == "other") for one in _CATEGORIES}, what="plural")


def _found(node: Node) -> Arg:
    if not isinstance(node, ScalarNode):
        return Clause("list-or-mapping")
    return node.text if node.text.strip() else Clause("nothing")


def _per_language(context: ReadContext) -> Clause:
    return Clause("per-language", {"example": ", ".join(f"{code}: …" for code in context.languages)})


def decimal_of(located: Located | None, default: Decimal) -> Decimal:
    """The Decimal of a placed number."""
    return located.value if located is not None and isinstance(located.value, Decimal) else default


def phrases(located: Located, key: str = "") -> Iterator[tuple[str, LocatedPhrase]]:
    """Every text in every language below an entry, with the key it stands under."""
    if isinstance(located, LocatedPhrase):
        yield key, located
    elif isinstance(located.value, dict):
        for name, child in located.value.items():
            yield from phrases(child, name)
    elif isinstance(located.value, tuple):
        for child in located.value:
            if isinstance(child, Located):
                yield from phrases(child, key)
