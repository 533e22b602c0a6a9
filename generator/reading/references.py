"""Where entries are named: every reference by id in data/, in the rows of series and in templates, with its offsets.

Offsets count characters of a file behind its byte order mark; a part of a text that is quoted, escaped or folded is found in
what is written. An id that cannot be found there (it is written with escapes) is left out: whoever edits has to compare.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from ..model.formulas import FormulaError, parse
from ..model.languages import placeholders
from ..records.struct import Struct
from .chart_record import CHART
from .localized_validators import LocalizedText
from .outline import Outline
from .record_validators import Either, ListOf, MapOf, Record
from .records import FOLDERS, SINGLE_FILES
from .report_record import REPORT
from .template_calls import named_entries
from .validators import FormulaText, Reference, Validator
from .yaml_nodes import MappingNode, Node, ScalarNode, SequenceNode

PLACEHOLDER_KINDS = {"fact": "facts", "event": "events", "name": "names", "claim": "claims"}
FORMULA_KINDS = {
    "fact": "facts",
    "count": "facts",
    "claimed": "claims",
    "verdict": "claims",
    "event": "events",
    "unit": "units",
}
ENTRY_KINDS = (*FOLDERS, *SINGLE_FILES)  # of which ids are names in data/ and templates/
SOURCE_COLUMNS = ("source", "sources")  # of series, whose cells name sources
_WORD = re.compile(r"\w")


class WrittenReference(Struct, frozen=True):
    """An id where it is written: the kind and id of the entry that it names, and the offsets of its first and last end."""

    kind: str
    id: str
    start: int
    end: int


def record_of(kind: str) -> Validator:
    """What the entries of a kind, or the report, are read by."""
    return {**SINGLE_FILES, **FOLDERS, "charts": CHART, "report": REPORT}[kind]


def id_pattern(kind: str) -> str:
    """The regular expression of the ids of a kind."""
    record = record_of(kind)
    return record.ids if isinstance(record, Record) else r"(?!)"


def references_in_data(text: str, tree: Node, kind: str) -> Iterator[WrittenReference]:
    """Every reference in a file of data/ that holds entries of a kind."""
    record = record_of(kind)
    if kind == "report":
        yield from _read(text, tree, record)
    elif isinstance(tree, MappingNode):
        for _, node in tree.entries:
            yield from _read(text, node, record)


def _read(text: str, node: Node, validator: Validator) -> Iterator[WrittenReference]:
    match validator, node:
        case LocalizedText(), MappingNode():
            for _, child in node.entries:
                yield from _in_phrase(text, child)
        case LocalizedText(), ScalarNode():
            yield from _in_phrase(text, node)
        case FormulaText(), ScalarNode():
            yield from _in_formula(text, node)
        case Reference(), ScalarNode() if validator.kind:
            key = node.text.strip()
            yield from _found(text, node, [(validator.kind, key, node.text.find(key))])
        case _:
            for child, of_child in _parts(node, validator):
                yield from _read(text, child, of_child)


def _parts(node: Node, validator: Validator) -> Iterator[tuple[Node, Validator]]:
    """The parts of a node, each with what it is read by."""
    match validator, node:
        case Either(), _:
            yield node, validator.mapping if isinstance(node, MappingNode) else validator.scalar
        case Record(), MappingNode():
            for key, child in node.entries:
                of_key = validator.fields[key.text].validator if key.text in validator.fields else validator.more.get(key.text)
                if of_key is not None:
                    yield child, of_key
        case MapOf(), MappingNode():
            yield from ((child, validator.validator) for _, child in node.entries)
        case ListOf(), SequenceNode():
            yield from ((item, validator.validator) for item in node.items)


def _in_phrase(text: str, node: Node) -> Iterator[WrittenReference]:
    if isinstance(node, ScalarNode) and "{" in node.text:
        named = [one for one in placeholders(node.text) if one.kind in PLACEHOLDER_KINDS]
        at = [node.text.find(one.target, one.offset + (len(one.kind) if one.kind != "fact" else 0)) for one in named]
        kinds = [PLACEHOLDER_KINDS[one.kind] for one in named]
        yield from _found(text, node, list(zip(kinds, [one.target for one in named], at, strict=True)))


def _in_formula(text: str, node: ScalarNode) -> Iterator[WrittenReference]:
    try:
        formula = parse(node.text)
    except FormulaError:
        return
    lead = len(node.text) - len(node.text.lstrip())
    yield from _found(text, node, [(FORMULA_KINDS[one.kind], one.id, lead + one.offset) for one in formula.references])


def _found(text: str, node: ScalarNode, named: Iterable[tuple[str, str, int]]) -> Iterator[WrittenReference]:
    """Where in the file the ids are that stand at some offsets of a scalar: as the same one of as many words."""
    written, (start, end) = {}, node.extent
    for kind, key, offset in named:
        if key not in written:
            written[key] = list(_places(key, text, start, end))
        read = list(_places(key, node.text, 0, len(node.text)))
        if len(read) == len(written[key]) and offset in read:
            at = written[key][read.index(offset)]
            yield WrittenReference(kind, key, at, at + len(key))


def _places(key: str, text: str, start: int, end: int) -> Iterator[int]:
    """Where an id stands as a word in a part of a text; each id would be a pattern to compile."""
    at = text.find(key, start, end) if key else -1
    while at >= 0:
        after = at + len(key)
        is_word = not _WORD.match(text[at - 1 : at]) and not _WORD.match(text[after : min(after + 1, end)])
        if is_word:
            yield at
        at = text.find(key, after if is_word else at + 1, end)


def references_in_template(text: str, outline: Outline) -> Iterator[WrittenReference]:
    """Every reference in the calls of a template; `text` is the file as it is, with whatever line ends it has."""
    ends = [match.start() for match in re.finditer("\r\n", text)]
    unix = [at - number for number, at in enumerate(ends)]  # where those line ends are in the outline's source
    for call in outline.calls:
        for kind, key, span in named_entries(call):
            offset = outline.lines[span.line - 1] + span.column - 1
            at = offset + bisect_left(unix, offset)
            if text[at : at + len(key)] == key:
                yield WrittenReference(kind, key, at, at + len(key))
