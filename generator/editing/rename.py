"""Plans another id of an entry: in all of data/, in templates and in addresses, so that the address once published stays."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ..model.code_lists import RETIRED_KINDS
from ..reading.references import SOURCE_COLUMNS, id_pattern
from ..reading.yaml_nodes import MappingNode, ScalarNode, SequenceNode
from ..records.struct import Struct, field
from . import yaml_text
from .lookup import ANCHORS
from .project import EditedProject, EditError
from .retire import retired_splice
from .series_table import SeriesTable
from .splices import Edit, Splice

_FACT_ADDRESS = r"(?<![\w-])facts/{}(?=[/#.\"')\s])"


class Renaming(Struct, frozen=True, kw_only=True):
    """An entry's kind and its old and new id; why, by language, where the kind has no aliases and its address is published."""

    kind: str
    old: str
    new: str
    reason: Mapping[str, str] = field(default_factory=dict)
    published: bool = True

    def former(self, key: str) -> str:
        """The key that a translated text had before."""
        start = f"{self.kind}/{self.new}/"
        return f"{self.kind}/{self.old}/{key.removeprefix(start)}" if key.startswith(start) else key


def plan_rename(project: EditedProject, renaming: Renaming) -> Edit:
    """The splices of another id; EditError where it is none, or in use."""
    kind, old, new = renaming.kind, renaming.old, renaming.new
    if kind == "retired":
        raise EditError(message="edit-already-retired", id=old)
    project.require_languages("reason", renaming.reason)
    if not re.fullmatch(id_pattern(kind), new):
        raise EditError(message="edit-bad-id", id=new)
    if new in project.entries(kind):
        raise EditError(message="edit-id-taken", id=new)
    file = project.entries(kind)[old].span.file
    tree = project.files.tree(file)
    key = next(key for key, _ in tree.entries if key.text == old) if isinstance(tree, MappingNode) else None
    if key is None:
        raise EditError(message="edit-no-entry", id=old, suggestion="")
    splices = [Splice(file, *key.extent, new)]
    splices += [
        Splice(one, found.start, found.end, new) for one, found in project.references() if (found.kind, found.id) == (kind, old)
    ]
    splices += [*_cells(project, renaming), *_addresses(project, renaming), *_instead(project, renaming)]
    if renaming.published:
        splices += _kept_address(project, renaming)
    files = {f"data/series/{old}.csv": f"data/series/{new}.csv"} if kind == "series" else {}
    return project.files.edit(splices, files)


def _cells(project: EditedProject, renaming: Renaming) -> Iterator[Splice]:
    """The cells of series that name a source."""
    for series in project.edition.series if renaming.kind == "sources" else ():
        table = SeriesTable(project, series)
        for cell in table.cells(SOURCE_COLUMNS):
            written = table.text[cell.start : cell.end].replace('"', " ")
            for word in re.finditer(rf"(?<!\S){re.escape(renaming.old)}(?!\S)", written):
                yield table.splice(cell.start + word.start(), cell.start + word.end(), renaming.new)


def _addresses(project: EditedProject, renaming: Renaming) -> Iterator[Splice]:
    """Links of templates to the page or place of the entry."""
    anchors = "|".join(name for name, kind in ANCHORS.items() if kind == renaming.kind)
    old = re.escape(renaming.old)
    pattern = rf"#(?:{anchors or '(?!)'})-(?P<anchor>{old})(?![\w-])"
    if renaming.kind == "facts":
        pattern = rf"{pattern}|{_FACT_ADDRESS.format(f'(?P<page>{old})')}"
    for outline in (*project.checked.outlines, *project.checked.parts):
        for match in re.finditer(pattern, project.files.text(outline.file)):
            yield Splice(outline.file, *match.span(match.lastgroup or 0), renaming.new)


def _instead(project: EditedProject, renaming: Renaming) -> Iterator[Splice]:
    """What retired entries name to be read in their place."""
    for entry in project.entries("retired").values():
        if entry.get("instead") == renaming.old and entry.get("kind", "facts") == renaming.kind:
            file = entry.span.file
            for _, node in getattr(project.files.tree(file), "entries", ()):
                written = yaml_text.child(node, "instead")
                if isinstance(written, ScalarNode) and written.text == renaming.old:
                    yield Splice(file, *written.extent, renaming.new)


def _kept_address(project: EditedProject, renaming: Renaming) -> Iterator[Splice]:
    """What leads from the old address to the new one: an alias of a fact; for other kinds, an entry of data/retired.yml."""
    if renaming.kind == "facts":
        yield from _alias(project, renaming)
    elif renaming.kind in RETIRED_KINDS:
        yield retired_splice(project, renaming.kind, renaming.old, renaming.reason, instead=renaming.new)


def _alias(project: EditedProject, renaming: Renaming) -> Iterator[Splice]:
    file = project.entries("facts")[renaming.old].span.file
    text, fact = project.files.text(file), yaml_text.child(project.files.tree(file), renaming.old)
    if not isinstance(fact, MappingNode):
        return
    aliases = yaml_text.child(fact, "aliases")
    if not isinstance(aliases, SequenceNode):
        yield yaml_text.insert_fields(file, text, fact, {"aliases": f"[{renaming.old}]"})
        return
    own = next((item for item in aliases.items if isinstance(item, ScalarNode) and item.text == renaming.new), None)
    if own is not None:  # it had this id before
        yield Splice(file, *own.extent, renaming.old)
    elif not aliases.items:
        yield Splice(file, *aliases.extent, f"[{renaming.old}]")
    else:
        at = yaml_text.end_of(text, aliases.items[-1])
        between = ", " if aliases.flow else f"\n{' ' * yaml_text.column(text, aliases.extent[0])}- "
        yield Splice(file, at, at, f"{between}{renaming.old}")
