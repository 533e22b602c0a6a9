"""Validators of single values: each reads a YAML node as a located value, or reports what should stand there."""

from __future__ import annotations

import re
from decimal import Decimal

from ..diagnostics.finding import Arg, Clause, Diagnostic, Span
from ..diagnostics.finding import languages as tool_languages
from ..model import periods, values
from ..model.spelling import explain_bad_date, suggest
from ..records.struct import Struct
from ..wording.value_hints import likely_value
from .limits import DEFAULT_LIMITS, Limits
from .located_values import Located
from .yaml_nodes import MappingNode, Node, ScalarNode, SequenceNode

SIGNS = {"at_least": ">=", "at_most": "<=", "more_than": ">", "less_than": "<", "about": "~"}
ID = r"\S(.*\S)?"  # one line without space around it
_ENDS = 2
_TEXT, _ID = Clause("text"), Clause("id")


class ReadContext(Struct):
    """What every validator needs: the list that findings are added to, and the codes of the report's languages.

    Texts may be missing in languages `in_progress`.
    """

    sink: list[Diagnostic]
    languages: tuple[str, ...] = ()
    limits: Limits = DEFAULT_LIMITS
    lends_texts: bool = False  # for a preview: a language without its text is lent that of another one
    in_progress: frozenset[str] = frozenset()

    def report(self, rule: str, span: Span, variant: str = "", **args: Arg) -> None:
        """Add a finding."""
        self.sink.append(Diagnostic(rule=rule, variant=variant, span=span, args=args))


class Validator(Struct, frozen=True):
    """Base of all validators of YAML nodes."""

    def read(self, node: Node, context: ReadContext) -> Located | None:
        """The value of a node with its span, or None after a finding was added that says why it is not valid."""
        raise NotImplementedError


class Text(Validator, frozen=True):
    """A text, all of which matches `pattern` where one is given; findings call it `expected`.

    A text is not blank; with `blank`, quoted spaces and an empty quoted text are valid, too.
    """

    pattern: str = ""
    expected: Clause = _TEXT
    blank: bool = False

    def read(self, node: Node, context: ReadContext) -> Located | None:
        """The text without space around it."""
        if not isinstance(node, ScalarNode) or (node.blank and not (self.blank and node.quoted)):
            context.report("wrong-shape", node.span, expected=self.expected)
            return None
        text = node.text if self.blank or self.pattern else node.text.strip()
        if self.pattern and (node.value_type != "text" or not re.fullmatch(self.pattern, text)):
            context.report("wrong-shape", node.span, "value", expected=self.expected, found=text)
            return None
        return Located(text, node.span)


class Reference(Text, frozen=True):
    """The id of an entry of some `kind`; that it exists is checked by settling. A number or boolean of YAML is no id."""

    kind: str = ""
    expected: Clause = _ID

    def read(self, node: Node, context: ReadContext) -> Located | None:
        """The id, as text."""
        if isinstance(node, ScalarNode) and (node.value_type in ("number", "boolean") or not re.fullmatch(ID, node.text)):
            context.report("wrong-shape", node.span, "value", expected=self.expected, found=node.text)
            return None
        return Text.read(self, node, context)


class FormulaText(Text, frozen=True):
    """A formula (see model/formulas); that it can be evaluated is checked by settling."""


class Choice(Validator, frozen=True):
    """One of several words."""

    choices: tuple[str, ...]

    def read(self, node: Node, context: ReadContext) -> Located | None:
        """The word, as text."""
        if isinstance(node, ScalarNode) and node.text in self.choices:
            return Located(node.text, node.span)
        written = node.text if isinstance(node, ScalarNode) else ""
        context.report("unknown-word", node.span, found=describe(node), suggestion=suggest(written, self.choices))
        return None


class Boolean(Validator, frozen=True):
    """`true` or `false`."""

    def read(self, node: Node, context: ReadContext) -> Located | None:
        """A bool."""
        if isinstance(node, ScalarNode) and node.value_type == "boolean":
            return Located(node.text.lower() == "true", node.span)
        context.report("wrong-shape", node.span, expected=Clause("truth"))
        return None


class Number(Validator, frozen=True):
    """A number of YAML from `least` to `most`, both included; findings call it `expected`."""

    expected: Clause = Clause("number")
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
        context.report("wrong-shape", node.span, "value", expected=self.expected, found=describe(node))
        return None


class DateOrPeriod(Validator, frozen=True):
    """A date or period in a form of model/periods, such as 2025-08-30 or FY2025."""

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


class Quantity(Validator, frozen=True):
    """A number (or `~50`, `>=50`), `[low, high]`, `{low: 1, high: 2}`, a bound such as `{at_least: 50}`, or a date."""

    def read(self, node: Node, context: ReadContext) -> Located | None:
        """A Value, or a Period where a date is written."""
        try:
            return Located(self._value(node), node.span)
        except ValueError as error:
            variant = "order" if "above" in str(error) else "date" if _is_date(node) else ""
            why = explain_bad_date(node.text) if isinstance(node, ScalarNode) else ""
            likely = self._likely(node, context) if not variant else ""
            context.report(
                "bad-value", node.span, "likely" if likely else variant, found=describe(node), why=why, likely=likely
            )
            return None

    @staticmethod
    def _likely(node: Node, context: ReadContext) -> str:
        """What a number in words was probably meant to be, in the languages of the report and of the tool."""
        return likely_value(node.text, (*context.languages, *tool_languages())) if isinstance(node, ScalarNode) else ""

    def _value(self, node: Node) -> values.Value | periods.Period:
        if isinstance(node, SequenceNode):
            ends = [item.text for item in node.items if isinstance(item, ScalarNode)]
            if len(ends) != _ENDS or len(node.items) != _ENDS:
                msg = "a range has two ends"
                raise ValueError(msg)
            return values.interval(*ends)
        if isinstance(node, MappingNode):
            return self._bounded(node)
        if _is_date(node):
            return periods.parse(node.text)
        return values.parse(node.text)

    def _bounded(self, node: MappingNode) -> values.Value:
        if len(node.entries) == 1:
            key, child = node.entries[0]
            if key.text in SIGNS and isinstance(child, ScalarNode):
                return values.bounded(SIGNS[key.text], values.point(child.text))
        ends = {key.text: child.text for key, child in node.entries if isinstance(child, ScalarNode)}
        if ends.keys() == {"low", "high"} and len(node.entries) == _ENDS:
            return values.interval(ends["low"], ends["high"])
        msg = "not a value"
        raise ValueError(msg)


def _is_date(node: Node) -> bool:
    return isinstance(node, ScalarNode) and bool(re.match(r"(FY)?[1-9][0-9]{3}(-|/|$)", node.text.strip()))


def describe(node: Node) -> Arg:
    """A node as a finding quotes it."""
    if not isinstance(node, ScalarNode):
        return Clause("list-or-mapping")
    return node.text if node.text.strip() else Clause("nothing")
