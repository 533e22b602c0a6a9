"""A value as an editor types it, read as what data/ states: 72.2e9 and [66e9, 72e9], but also 722億 and "$72.2 billion"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ..model import periods, values
from ..model.languages import Language
from ..model.periods import Period
from ..model.report import Fact
from ..model.values import Interval, Point, Value
from ..reading.yaml_nodes import MappingNode, ScalarNode, SequenceNode, parse_yaml
from ..records.struct import Struct
from ..wording.number_reader import number_reader
from ..wording.parsing import parse_value
from .project import EditedProject, EditError
from .typed_words import read_typed_words, split_sign, unit_words

_LONGEST_PLAIN = 6  # characters of a number that is written without an exponent
_SIGNS = {"at_least": ">=", "at_most": "<=", "more_than": ">", "less_than": "<", "about": "~"}
_GROUPED = re.compile(r"(?<![\d_])(?<!\d\.)([1-9]\d{0,2})\.(\d{3})(?![\d_eE]|\.\d)")  # 1.234, which may be a thousand
_PARTS = re.compile(r"(>=|<=|[<>~])?\s*(.+)", re.DOTALL)


class NewValue(Struct, frozen=True):
    """A value, and its notation in data/ with the digits that were typed: `72.2e9`, `66e9..72e9`, `>=50`, `2025-08`."""

    value: Value | Period
    notation: str

    @property
    def sign(self) -> str:
        """What stands before the number: >=, <=, <, > or ~."""
        match = _PARTS.fullmatch(self.notation)
        return (match[1] or "") if match else ""

    @property
    def ends(self) -> tuple[str, ...]:
        """The numbers of the notation, as typed; the first and the last of a range."""
        return tuple(part.strip() for part in self.notation.removeprefix(self.sign).split("..") if part.strip())


def read_value(project: EditedProject, fact: Fact, text: str) -> NewValue:
    """What somebody typed for a fact; EditError where it cannot be read as a value in the fact's unit, or as several."""
    text = text.strip()
    dates = "time_point" in fact.unit.dimension
    if (found := _notation(text, dates=dates)) is not None:
        if not dates:
            _refuse_grouped(project, text)
        return found
    if (found := _flow(text)) is not None:
        return found
    if not dates and (value := _worded(text, project, fact)) is not None:
        return NewValue(value, notation(value))
    raise EditError(message="edit-bad-date" if dates else "edit-bad-value", found=text, unit=fact.unit.id)


def _notation(text: str, *, dates: bool) -> NewValue | None:
    try:
        return NewValue(periods.parse(text) if dates else values.parse(text), text)
    except ValueError:
        return None


def _refuse_grouped(project: EditedProject, text: str) -> None:
    """Refuse 1.234 where a language of the report writes a thousand so: EditError that says both readings."""
    groups = {number_reader(language.locale).group for language in project.languages}
    if "." in groups and (grouped := _GROUPED.sub(r"\1\2", text)) != text:
        raise EditError(message="edit-two-readings", found=text, readings=f"{grouped}, {_GROUPED.sub(_with_exponent, text)}")


def _with_exponent(number: re.Match[str]) -> str:
    return f"{number[0]}e0"


def _flow(text: str) -> NewValue | None:
    """A range or bound as a list or mapping of YAML."""
    tree = parse_yaml(text, "", []) if text[:1] in ("[", "{") else None
    ends = ""
    match tree:
        case SequenceNode(items=(ScalarNode() as low, ScalarNode() as high)):
            ends = f"{low.text}..{high.text}"
        case MappingNode(entries=((key, ScalarNode() as end),)) if key.text in _SIGNS:
            ends = f"{_SIGNS[key.text]}{end.text}"
        case MappingNode(entries=((_, ScalarNode()), (_, ScalarNode()))):
            by_key = {key.text: node.text for key, node in tree.entries if isinstance(node, ScalarNode)}
            ends = f"{by_key.get('low')}..{by_key.get('high')}"
    return _notation(ends, dates=False) if ends else None


def _worded(text: str, project: EditedProject, fact: Fact) -> Value | None:
    """The value that all languages of the report that read a text as one agree on; EditError where they do not."""
    found = list(dict.fromkeys(_readings(text, project, fact)))
    if len(found) > 1:
        readings = ", ".join(_GROUPED.sub(_with_exponent, notation(value)) for value in found)
        raise EditError(message="edit-two-readings", found=text, readings=readings)
    if found and isinstance(found[0], Interval) and found[0].about:
        raise EditError(message="edit-about-range", found=text)
    return found[0] if found else None


def _readings(text: str, project: EditedProject, fact: Fact) -> Iterator[Value]:
    """A value in each language that words it so; else in each that reads nothing but numbers, the unit and a sign."""
    sign, rest = split_sign(text)
    exact = [value for language in project.languages if (value := _as_worded(rest, fact, language)) is not None]
    if not exact:
        known = unit_words(fact, project.edition, project.languages)
        read = (read_typed_words(rest, known, one, percent=fact.unit.percent) for one in project.languages)
        exact = [value for value in read if value is not None]
    for value in exact:
        if not sign:
            yield value
        elif isinstance(value, Point) and (sign == "~" or not value.about):
            yield values.bounded(sign, value)


def _as_worded(text: str, fact: Fact, language: Language) -> Value | None:
    try:
        return parse_value(text, fact.unit, language)
    except ValueError:
        return None


def notation(value: Value) -> str:
    """The notation of a value in data/, with all its digits."""
    if isinstance(value, Point):
        return f"{'~' * value.about}{_plain(value.number)}"
    if value.low is not None and value.high is not None:
        return f"{_plain(value.low)}..{_plain(value.high)}"
    if value.low is not None:
        return f"{'>' if value.low_strict else '>='}{_plain(value.low)}"
    return f"{'<' if value.high_strict else '<='}{_plain(value.high or Decimal(0))}"


def _plain(end: Decimal) -> str:
    text = f"{end.normalize():f}"
    return text if len(text) <= _LONGEST_PLAIN or abs(end) < 1 else end.normalize().to_eng_string().replace("E+", "e")
