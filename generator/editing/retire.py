"""Plans the end of an entry: it is taken out of data/, and data/retired.yml says at its address why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ..model.code_lists import RETIRED_KINDS
from ..model.languages import placeholders
from ..model.periods import Period
from ..reading.yaml_nodes import MappingNode
from . import yaml_text
from .lookup import title_of
from .project import EditedProject, EditError
from .splices import Edit, Splice

RETIRED_FILE = "data/retired.yml"


def plan_retire(project: EditedProject, kind: str, key: str, reason: Mapping[str, str], *, instead: str = "") -> Edit:
    """The splices that take an entry out; EditError where something still names it, which has to be said otherwise first."""
    if kind == "retired":
        raise EditError(message="edit-already-retired", id=key)
    project.require_languages("reason", reason)
    if named := list(_named(project, kind, key)):
        raise EditError(message="edit-still-named", id=key, places=", ".join(named))
    file = project.entries(kind)[key].span.file
    text, tree = project.files.text(file), project.files.tree(file)
    if not isinstance(tree, MappingNode):
        raise EditError(message="edit-no-entry", id=key, suggestion="")
    if tree.flow:
        raise EditError(message="edit-in-braces", file=file)
    splices = [_entry_splice(file, text, tree, key)]
    if kind in RETIRED_KINDS:
        splices.append(retired_splice(project, kind, key, reason, instead=instead))
    return project.files.edit(splices)


def _named(project: EditedProject, kind: str, key: str) -> Iterator[str]:
    """The places that name an entry, but those within itself."""
    span = project.entries(kind)[key].span
    file, tree = span.file, project.files.tree(span.file)
    own = yaml_text.child(tree, key)
    start, end = (own.extent[0], yaml_text.end_of(project.files.text(file), own)) if own is not None else (0, 0)
    for place, found in project.references():
        inside = place == file and start <= found.start < end
        if (found.kind, found.id) == (kind, key) and not inside:
            line = project.files.text(place).count("\n", 0, found.start) + 1
            yield f"{place}:{line}"


def _entry_splice(file: str, text: str, tree: MappingNode, key: str) -> Splice:
    """An entry with its comments, up to the next entry's; what stands between empty lines stays.

    Its comments are those right above it at the column of its key, and those right below it that stand further in.
    """
    at = next(number for number, (name, _) in enumerate(tree.entries) if name.text == key)
    name, node = tree.entries[at]
    start = yaml_text.line_start(text, name.extent[0])
    indent = " " * yaml_text.column(text, name.extent[0])
    while start:
        above = yaml_text.line_start(text, start - 1)
        if not text.startswith(f"{indent}#", above, start) or above == 0:  # the first line names the schema
            break
        start = above
    end = yaml_text.line_end(text, yaml_text.end_of(text, node))
    if own := re.compile(rf"(?:\r?\n{indent}[ \t]+#[^\r\n]*)+").match(text, end):
        end = own.end()
    match = re.compile(r"(?:\r\n|\n)+").match(text, end)
    return Splice(file, start, match.end() if match else end, "")


def retired_splice(project: EditedProject, kind: str, key: str, reason: Mapping[str, str], *, instead: str = "") -> Splice:
    """The new entry of data/retired.yml: what it was, why it is no more, and what to read in its place."""
    codes = list(dict.fromkeys((*project.complete, *(code for code, text in reason.items() if text))))
    if missing := [code for code in codes if not reason.get(code)]:
        raise EditError(message="edit-missing", options=", ".join(f"--reason.{code}" for code in missing))
    fields: dict[str, str | Mapping[str, str]] = {} if kind == "facts" else {"kind": kind}
    fields["label"] = {code: _label(project, kind, key, code) for code in codes}
    fields["reason"] = {code: reason[code] for code in codes}
    if instead:
        fields["instead"] = instead
    text, tree = project.files.text(RETIRED_FILE), project.files.tree(RETIRED_FILE)
    return yaml_text.append_entry(RETIRED_FILE, text, tree, f"{key}:\n  {yaml_text.entry_lines(fields.items(), 2)}\n")


def _label(project: EditedProject, kind: str, key: str, code: str) -> str:
    """What an entry was called: as it is written where nothing else is named there, else as it was published."""
    entry, shown = project.entries(kind)[key], title_of(project, kind, key, code)
    for name in ("label", "title", "term", "text"):
        texts = getattr(entry.get(name), "texts", {})
        if code not in texts:
            continue
        written = str(texts[code])
        for period in ("period", "as_of"):
            if isinstance(found := entry.get(period), Period):
                written = written.replace(f"{{{period}}}", f"{{period:{found.text}}}")
        return shown if any(one.kind == "own" for one in placeholders(written)) else written
    return shown or key
