"""Plans new texts for fields of an entry as splices: each in the style of what stands there; keys are added and taken out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ..reading.record_validators import Record
from ..reading.yaml_nodes import MappingNode, Node, ScalarNode, SequenceNode, parse_yaml
from ..records.struct import Struct
from . import yaml_text
from .entry_fields import RECORDS, FormField, Path, entry_node, form_fields
from .project import EditedProject, EditError
from .set_value import ValueChange, plan_set
from .splices import Edit, ProjectFiles, Splice
from .trial import Planned

_SPACE = re.compile(r"[ \t]*[\r\n]+[ \t]*")
_NEXT_LINE, _ANY_SPACE = re.compile(r"\r\n|[\r\n]"), re.compile(r"\s*")
_WITH_VALUE = ("value", "as_of", "evidence", "history")  # what a new value of a fact writes by itself
_NOTATIONS = ("value", "date", "number", "boolean")  # types whose texts are written without quotes


def normalized(text: str) -> str:
    """What somebody typed in a form, in one line and without space around it."""
    return _SPACE.sub(" ", text).strip()


def changed_fields(fields: list[FormField], typed: Mapping[str, str]) -> list[tuple[FormField, str]]:
    """The fields whose text is another one, with that text; what was not typed at all is as it was."""
    found = ((one, normalized(typed[one.name])) for one in fields if one.name in typed)
    return [(one, text) for one, text in found if text != normalized(one.text)]


def plan_change(
    project: EditedProject, kind: str, key: str, typed: Mapping[str, str], value: ValueChange | None = None
) -> Planned:
    """New texts for the fields of an entry, by name; for a fact whose value is another one, `value` says what goes with that.

    EditError where an entry, a value or a source is not as it has to be, or where a required text was taken out.
    """
    changes = changed_fields(form_fields(project, kind, key), typed)
    is_draft = typed.get("draft", "") == "true"
    if missing := [one.name for one, text in changes if one.required and not text and not (is_draft and one.language)]:
        raise EditError(message="edit-required", names=", ".join(missing))
    edit = Edit()
    if kind == "facts" and value is not None and any(one.path == ("value",) for one, _ in changes):
        edit = plan_set(project, value)
        changes = [(one, text) for one, text in changes if one.path[0] not in _WITH_VALUE]
    file, node = entry_node(project, kind, key)
    own = EntryWriter(project.files, file, node, RECORDS[kind]).splices(changes)
    both = project.files.edit([*edit.splices, *own])
    try:
        both.after()
    except ValueError:  # two neighbours in brackets that are both taken out
        raise EditError(message="edit-one-by-one") from None
    return Planned(edit=both, written=tuple(_confirmed(project, f"{kind}/{key}", changes)))


def _confirmed(project: EditedProject, owner: str, changes: list[tuple[FormField, str]]) -> Iterator[str]:
    """The texts that were written in every language at once, as confirmations name them."""
    written: dict[Path, set[str]] = {}
    for one, _ in changes:
        if one.language:
            written.setdefault(one.path[:-1], set()).add(one.language)
    codes = set(project.complete)
    yield f"{owner}/reason"  # of an earlier value, which is asked for in every language
    for path, found in written.items():
        if found >= codes:
            yield f"{owner}/{next(part for part in reversed(path) if not part.isdigit())}"


class EntryWriter(Struct, frozen=True):
    """Writes fields of one entry."""

    files: ProjectFiles
    file: str
    entry: MappingNode
    record: Record

    @property
    def text(self) -> str:
        """The file's text."""
        return self.files.text(self.file)

    def splices(self, changes: list[tuple[FormField, str]]) -> Iterator[Splice]:
        """The splices of all changes; texts of one phrase that is new, or gone, are one splice."""
        new: dict[Path, dict[str, str]] = {}
        gone: dict[Path, set[str]] = {}
        for one, text in changes:
            owner = one.path[:-1]
            if one.language and self._at(owner) is None:
                new.setdefault(owner, {})[one.language] = text
            elif one.language and not text:
                gone.setdefault(owner, set()).add(one.language)
            elif one.node is None:
                yield from self._added(owner, one.path[-1], one, text)
            elif text:
                yield self._replaced(one, text)
            else:
                yield from self._removed(one.path)
        for path, texts in new.items():
            if any(texts.values()):
                yield self._insert(path[:-1], path[-1], {code: text for code, text in texts.items() if text})
        for path, codes in gone.items():
            phrase = self._at(path)
            whole = isinstance(phrase, MappingNode) and {name.text for name, _ in phrase.entries} <= codes
            for place in (path,) if whole else ((*path, code) for code in sorted(codes)):
                yield from self._removed(place)

    def _at(self, path: Path) -> Node | None:
        node: Node | None = self.entry
        for part in path:
            if isinstance(node, SequenceNode):
                node = node.items[int(part)] if part.isdigit() and int(part) < len(node.items) else None
            else:
                node = yaml_text.child(node, part)
        return node

    def _replaced(self, field: FormField, text: str) -> Splice:
        node = field.node
        assert node is not None  # noqa: S101  see `splices`
        start, end = node.extent[0], yaml_text.end_of(self.text, node)
        written = _scalar(field.type, text, flow=self._in_brackets(field.path))
        quote = self.text[start : start + 1]
        if isinstance(node, ScalarNode) and node.quoted and quote == '"' and written[:1] not in ("[", "{", '"'):
            written = f'"{written}"' if "\\" not in written and '"' not in written else written
        if isinstance(node, ScalarNode) and start == end:
            written = f" {written}"  # behind a key without anything
        return Splice(self.file, start, end, written)

    def _in_brackets(self, path: Path) -> bool:
        nodes = [self._at(path[:at]) for at in range(len(path))]
        return any(isinstance(node, MappingNode | SequenceNode) and node.flow for node in nodes)

    def _removed(self, path: Path) -> Iterator[Splice]:
        """A key with its value, or an item, taken out; where it is the only one, an empty text in its place."""
        parent = self._at(path[:-1])
        if isinstance(parent, MappingNode):
            parts = [(key.extent[0], yaml_text.end_of(self.text, node)) for key, node in parent.entries]
            at = next(at for at, (key, _) in enumerate(parent.entries) if key.text == path[-1])
        else:
            assert isinstance(parent, SequenceNode)  # noqa: S101  what else has parts
            parts = [(node.extent[0], yaml_text.end_of(self.text, node)) for node in parent.items]
            at = int(path[-1])
        start, end = parts[at]
        if len(parts) == 1:
            node = self._at(path)
            assert node is not None  # noqa: S101  it is removed
            yield Splice(self.file, node.extent[0], yaml_text.end_of(self.text, node), '""')
        elif at:
            yield self._later_removed(parent, parts[at - 1][1], start, end)
        else:
            yield self._first_removed(parent, start, end, parts[1][0])

    def _later_removed(self, parent: MappingNode | SequenceNode, previous: int, start: int, end: int) -> Splice:
        """A part behind another one, which ends at `previous`; comments between them stay."""
        if not parent.flow:
            return Splice(self.file, self._line_before(start), yaml_text.line_end(self.text, end), "")
        if "#" in self.text[previous:start]:
            return Splice(self.file, start, yaml_text.behind_comma(self.text, end), "")
        return Splice(self.file, previous, end, "")

    def _first_removed(self, parent: MappingNode | SequenceNode, start: int, end: int, following: int) -> Splice:
        """The first part, which another one follows; comments between them stay."""
        if "#" not in self.text[end:following]:
            return Splice(self.file, start, following, "")
        if parent.flow:
            return Splice(self.file, start, yaml_text.behind_comma(self.text, end), "")
        begin, behind = yaml_text.line_start(self.text, start), _NEXT_LINE.match(self.text, yaml_text.line_end(self.text, end))
        stop = behind.end() if behind else end
        if self.text[begin:start].strip() in ("", "-" * isinstance(parent, SequenceNode)):
            return Splice(self.file, begin, stop, "")
        space = _ANY_SPACE.match(self.text, stop)  # the first key stands behind the dash of an item
        return Splice(self.file, start, space.end() if space else stop, "")

    def _line_before(self, offset: int) -> int:
        start = yaml_text.line_start(self.text, offset)
        return start - len("\r\n" if self.text[:start].endswith("\r\n") else "\n")

    def _added(self, owner: Path, key: str, field: FormField, text: str) -> Iterator[Splice]:
        if text:
            parent = self._at(owner)
            flow = isinstance(parent, MappingNode) and (parent.flow or self._in_brackets(owner))
            yield self._insert(owner, key, _scalar(field.type, text, flow=flow))

    def _insert(self, owner: Path, key: str, value: str | Mapping[str, str]) -> Splice:
        parent = self._at(owner)
        assert isinstance(parent, MappingNode)  # noqa: S101  a field of something that is not written is none
        keys = list(self.record.fields) if not owner else []
        before = keys[: keys.index(key)] if key in keys else []
        after = next((name for name in reversed(before) if yaml_text.child(parent, name) is not None), "")
        return yaml_text.insert_fields(self.file, self.text, parent, {key: value}, after=after)


def _scalar(kind: str, text: str, *, flow: bool) -> str:
    """A text as YAML that reads as just that text; ranges may stand in brackets."""
    if kind not in _NOTATIONS:
        return yaml_text.as_text(text, flow=flow)
    if kind == "value" and text[:1] in ("[", "{"):
        match parse_yaml(f"- {{key: {text}, next: 1}}\n", "", []):
            case SequenceNode(items=(MappingNode(entries=((_, MappingNode() | SequenceNode()), (_, _))),)):
                return text
    written = yaml_text.as_value(text, flow=flow)
    return written if written == text else yaml_text.as_text(text, flow=flow)
