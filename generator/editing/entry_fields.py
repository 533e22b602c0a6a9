"""The scalars and texts of an entry as fields of a form, worked out from the record that says what may stand there."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.languages import Language
from ..reading.localized_validators import LocalizedText
from ..reading.record_validators import Either, Field, ListOf, MapOf, Record
from ..reading.records import FOLDERS, SINGLE_FILES
from ..reading.validators import Boolean, Choice, DateOrPeriod, FormulaText, Number, Quantity, Reference, Text, Validator
from ..reading.yaml_nodes import MappingNode, Node, ScalarNode, SequenceNode
from ..records.struct import Struct
from . import yaml_text
from .project import EditedProject, EditError
from .set_value import Place

RECORDS = {**FOLDERS, **SINGLE_FILES}  # by kind of entries
Path = tuple[str, ...]  # keys, and positions in lists, below the entry
_TYPES: dict[type[Validator], str] = {
    Quantity: "value",
    DateOrPeriod: "date",
    Number: "number",
    Boolean: "boolean",
    Choice: "choice",
    Reference: "id",
    FormulaText: "formula",
    Text: "text",
}
_TRUTHS = ("true", "false")


class FormField(Struct, frozen=True, kw_only=True):
    """One scalar: where it stands, what is written there (empty where nothing is), and what may be.

    `type` is text, value, date, number, boolean, choice, id or formula; `language` is that of a text, `refers_to` the kind of
    entries that an id names, and `what` the record that the key belongs to.
    """

    path: Path
    text: str
    type: str
    what: str
    required: bool = False
    language: str = ""
    choices: tuple[str, ...] = ()
    refers_to: str = ""
    node: Node | None = None

    @property
    def name(self) -> str:
        """The path in one word, as forms name it."""
        return "/".join(self.path)

    @property
    def key(self) -> str:
        """The nearest key of the record: without the language of a text and positions in lists."""
        path = self.path[:-1] if self.language else self.path
        return next((part for part in reversed(path) if not part.isdigit()), "")


def entry_node(project: EditedProject, kind: str, key: str) -> tuple[str, MappingNode]:
    """The file of an entry and its mapping; EditError where there is none."""
    entry = project.entries(kind).get(key) if kind in RECORDS else None
    node = yaml_text.child(project.files.tree(entry.span.file), key) if entry else None
    if entry is None or not isinstance(node, MappingNode) or not node.entries:
        raise EditError(message="edit-no-entry", id=key, suggestion="")
    return entry.span.file, node


def form_fields(project: EditedProject, kind: str, key: str) -> list[FormField]:
    """The fields of an entry in the order of its record; of what is nested only those that are written."""
    file, node = entry_node(project, kind, key)
    found = list(_Reader(project.languages, project.files.text(file)).record(RECORDS[kind], node, ()))
    if kind == "facts":
        found = [one for one in found if one.path[0] not in ("value", "from")]
        if key in project.edition.facts and not project.edition.facts[key].formula:
            found.insert(0, value_field(project, key))
    return found


def scalar_type(validator: Validator) -> str | None:
    """The type of the field that a validator's values are typed in; None for what is no scalar."""
    return _TYPES.get(type(validator))


def value_field(project: EditedProject, key: str) -> FormField:
    """The value of a fact as it is written, in the fact or in the cell of a series."""
    written = Place.of(project, project.edition.facts[key]).old_notation()
    return FormField(path=("value",), text=_unquoted(written), type="value", what="fact", required=True)


def _unquoted(written: str) -> str:
    quoted = len(written) > 1 and written[0] in "'\"" and written[-1] == written[0]
    return written[1:-1] if quoted else written


class _Reader:
    """Reads the fields of one file's nodes, for a report in some languages."""

    def __init__(self, languages: tuple[Language, ...], text: str) -> None:
        self.languages, self.text = languages, text

    def record(self, record: Record, node: MappingNode, path: Path) -> Iterator[FormField]:
        fields = {**record.fields, **{key: Field(one) for key, one in record.more.items() if yaml_text.child(node, key)}}
        for key, known in fields.items():
            child = yaml_text.child(node, key)
            if child is not None or isinstance(known.validator, LocalizedText) or type(known.validator) in _TYPES:
                yield from self.read(known.validator, child, (*path, key), record.what, required=known.required)

    def read(self, validator: Validator, node: Node | None, path: Path, what: str, *, required: bool) -> Iterator[FormField]:
        """The fields of what one validator reads."""
        match validator, node:
            case Either(), _:
                chosen = validator.mapping if isinstance(node, MappingNode) else validator.scalar
                yield from self.read(chosen, node, path, what, required=required)
            case Record(), MappingNode():
                yield from self.record(validator, node, path)
            case MapOf(), MappingNode():
                for name, child in node.entries:
                    yield from self.read(validator.validator, child, (*path, name.text), what, required=True)
            case ListOf(), SequenceNode():
                for at, child in enumerate(node.items):
                    yield from self.read(validator.validator, child, (*path, str(at)), what, required=False)
            case LocalizedText(plain=True), ScalarNode():
                yield FormField(path=path, text=node.text, type="text", what=what, required=required, node=node)
            case LocalizedText(), MappingNode() | None:
                yield from self._texts(node, path, what, required=required)
            case _ if type(validator) in _TYPES and (text := self._written(node, validator)) is not None:
                yield self._scalar(validator, node, FormField(path=path, text=text, type="", what=what, required=required))

    def _texts(self, node: MappingNode | None, path: Path, what: str, *, required: bool) -> Iterator[FormField]:
        for language in self.languages:
            code, needed = language.code, required and not language.in_progress
            child = yaml_text.child(node, code)
            if child is None or isinstance(child, ScalarNode):
                text = child.text if child is not None and not child.blank else ""
                own = (*path, code)
                yield FormField(path=own, text=text, type="text", what=what, required=needed, language=code, node=child)

    def _written(self, node: Node | None, validator: Validator) -> str | None:
        """A scalar as text; a range in brackets as it is written. None for what no field can hold."""
        if node is None:
            return ""
        if isinstance(node, ScalarNode):
            return "" if node.blank else node.text
        return self.text[slice(*node.extent)] if isinstance(validator, Quantity) and node.flow else None

    @staticmethod
    def _scalar(validator: Validator, node: Node | None, plain: FormField) -> FormField:
        choices = validator.choices if isinstance(validator, Choice) else _TRUTHS if isinstance(validator, Boolean) else ()
        return FormField(
            path=plain.path,
            text=plain.text,
            type=_TYPES[type(validator)],
            what=plain.what,
            required=plain.required,
            choices=choices,
            refers_to=validator.kind if isinstance(validator, Reference) else "",
            node=node,
        )
