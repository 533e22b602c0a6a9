"""A value as an editor types it, read as what data/ states: 72.2e9 and [66e9, 72e9], but also 722億 and "$72.2 billion"."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from ..model import periods, values
from ..model.languages import Language
from ..model.periods import Period
from ..model.report import Fact
from ..model.values import Point, Value
from ..reading.yaml_nodes import MappingNode, ScalarNode, SequenceNode, parse_yaml
from ..records.struct import Struct
from ..wording.formatting import LONG, SHORT
from ..wording.number_reader import normalize_digits, number_reader
from ..wording.parsing import parse_value
from ..wording.texts import Texts
from .project import EditedProject, EditError

_LONGEST_PLAIN = 6  # characters of a number that is written without an exponent
_SIGNS = {"at_least": ">=", "at_most": "<=", "more_than": ">", "less_than": "<", "about": "~"}
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
    """What somebody typed for a fact; EditError where it cannot be read as a value in the fact's unit."""
    text = text.strip()
    dates = "time_point" in fact.unit.dimension
    if (found := _notation(text, dates=dates) or _flow(text)) is not None:
        return found
    for language in project.languages:
        if not dates and (value := _worded(text, project, fact, language)) is not None:
            return NewValue(value, notation(value))
    raise EditError(message="edit-bad-date" if dates else "edit-bad-value", found=text, unit=fact.unit.id)


def _notation(text: str, *, dates: bool) -> NewValue | None:
    try:
        return NewValue(periods.parse(text) if dates else values.parse(text), text)
    except ValueError:
        return None


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


def _worded(text: str, project: EditedProject, fact: Fact, language: Language) -> Value | None:
    """A value as a language words it, or in other words that leave nothing but the unit."""
    try:
        return parse_value(text, fact.unit, language)
    except ValueError:
        numbers = number_reader(language.locale).read(text)
    known = {
        word
        for one in project.languages
        for form in (LONG, SHORT)
        for word in _beside(Texts(project.edition, one).value(fact, form), one)
        if form == LONG or not word.isalnum()  # a single letter there may be a scale
    }
    unknown = [word for word in _beside(text, language) if word not in known and not _joins(word)]
    sizes = [number.number.copy_negate() if number.sign < 0 else number.number for number in numbers]
    if unknown or len(sizes) not in (1, 2) or any(number.percent is not fact.unit.percent for number in numbers):
        return None
    if len(sizes) == 1:
        return Point(number=sizes[0])
    return values.interval(*map(_plain, sizes)) if sizes[0] < sizes[1] else None


def _beside(text: str, language: Language) -> list[str]:
    """The words and signs of a text beside its numbers."""
    rest = normalize_digits(text)
    for number in number_reader(language.locale).read(text):
        rest = rest.replace(number.text, " ", 1)
    return re.findall(r"\w+|[^\w\s]", rest.casefold())


def _joins(word: str) -> bool:
    """Whether a sign joins the ends of a range."""
    return len(word) == 1 and word != "+" and unicodedata.category(word) in ("Pd", "Sm", "Po") and word not in ".,"


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
