"""Plans sign-offs: somebody looked at a fact and found its value right, so its review is not due for a while."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ..reading.yaml_nodes import MappingNode
from . import yaml_text
from .project import EditedProject, EditError
from .set_value import Place
from .splices import Edit, Splice


def plan_reviewed(project: EditedProject, keys: Sequence[str], *, by: str, on: date) -> Edit:
    """The splices that note on which day and by whom the values of some facts were found right; EditError for derived ones."""
    if not by.strip():
        raise EditError(message="edit-missing", options="--by")
    return project.files.edit(splice for key in dict.fromkeys(keys) for splice in _sign_off(project, key, by, on))


def _sign_off(project: EditedProject, key: str, by: str, on: date) -> Iterator[Splice]:
    fact = project.fact(key)
    if fact.formula:
        raise EditError(message="edit-derived", id=fact.id, formula=fact.formula)
    place = Place.of(project, fact)
    name, value = yaml_text.as_text(by.strip(), flow=True), place.old_notation(flow=True)
    written = f"{{on: {on.isoformat()}, by: {name}, value: {value}}}"
    node = yaml_text.child(place.mapping, "reviewed")
    if node is None:
        yield yaml_text.insert_fields(place.file, place.text, place.mapping, {"reviewed": written}, after="review")
    elif isinstance(node, MappingNode) and node.flow:
        yield Splice(place.file, *node.extent, written)
    else:
        raise EditError(message="edit-in-lines", id=fact.id, name="reviewed", written=written)
