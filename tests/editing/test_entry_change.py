"""Fields of entries: what a form shows is what is written, and another text in a field changes that place and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sample_projects import GOOD

from generator.checks.project_check import check_project
from generator.diagnostics.finding import Diagnostic
from generator.editing import yaml_text
from generator.editing.entry_change import EntryWriter, changed_fields, plan_change
from generator.editing.entry_fields import RECORDS, FormField, form_fields
from generator.editing.project import EditedProject, EditError, open_project
from generator.editing.set_value import ValueChange
from generator.editing.splices import ProjectFiles
from generator.reading.yaml_nodes import MappingNode, Node, SequenceNode, parse_yaml

FACTS = "data/facts/water.yml"
ODD = 'a: "b" # c, {d} [e] \\ \' 1'


def opened(root: Path) -> EditedProject:
    project = open_project(root, check_project(root))
    assert project is not None
    return project


def every_field() -> list[tuple[str, str, FormField]]:
    project = opened(GOOD)
    return [
        (kind, key, field) for kind in RECORDS for key in project.entries(kind) for field in form_fields(project, kind, key)
    ]


FIELDS = every_field()


def values(project: EditedProject, kind: str, key: str) -> dict[str, str]:
    return {one.name: one.text for one in form_fields(project, kind, key)}


def test_forms_show_fields_of_every_kind() -> None:
    assert {kind for kind, _, _ in FIELDS} == {kind for kind in RECORDS if opened(GOOD).entries(kind)}
    types = {"text", "value", "date", "number", "boolean", "choice", "id", "formula"}
    assert {field.type for _, _, field in FIELDS} == types


WRITABLE = [one for one in FIELDS if one[2].type in ("text", "id", "formula")]


@pytest.mark.parametrize("typed", ["Other", ODD, "12"])
def test_another_text_changes_one_field_and_no_other(typed: str) -> None:
    """Each text and id, written or not yet, of every kind."""
    project = opened(GOOD)
    for kind, key, field in WRITABLE:
        before = values(project, kind, key)
        edit = plan_change(project, kind, key, {**before, field.name: typed}).edit
        (file,) = edit.after()
        tree = parse_yaml((edit.after()[file] or b"").decode(), file, sink := list[Diagnostic]())
        assert sink == [], edit.diff()
        found = project.files.tree(file)
        assert isinstance(found, MappingNode)
        others = [text for name, text in scalars(found) if name[0] != key]
        assert [text for name, text in scalars(tree) if name[0] != key] == others
        was = dict(scalars(yaml_text.child(found, key)))
        assert dict(scalars(yaml_text.child(tree, key))) == {**was, field.path: typed}, edit.diff()


def scalars(node: Node | None, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every scalar of a tree with the keys and positions that lead to it."""
    if isinstance(node, MappingNode):
        for key, child in node.entries:
            yield from scalars(child, (*path, key.text))
    elif isinstance(node, SequenceNode):
        for at, child in enumerate(node.items):
            yield from scalars(child, (*path, str(at)))
    elif node is not None:
        yield path, node.text


@pytest.mark.parametrize(
    ("before", "path", "after"),
    [
        ("a:\n  note: {en: x, de: y}\n  unit: m2 # why\n  z: 1\n", "unit", "a:\n  note: {en: x, de: y}\n  z: 1\n"),
        ("a: {unit: m2, z: 1}\n", "unit", "a: {z: 1}\n"),
        ("a: {z: 1, unit: m2}\n", "unit", "a: {z: 1}\n"),
        ("a:\n  unit: m2\n  z: 1\n", "unit", "a:\n  z: 1\n"),
        ("a:\r\n  z: 1\r\n  unit: m2\r\nb: {z: 1}\r\n", "unit", "a:\r\n  z: 1\r\nb: {z: 1}\r\n"),
        ("a:\n  z: 1\n  items: [p, q, r]\n", "items/1", "a:\n  z: 1\n  items: [p, r]\n"),
        ("a:\n  items:\n    - p\n    - q\n", "items/1", "a:\n  items:\n    - p\n"),
        ("a:\n  items:\n    - p # first\n    - q\n", "items/0", "a:\n  items:\n    - q\n"),
        ("a:\n  items:\n    - p # first\n    # of q\n    - q\n", "items/0", "a:\n  items:\n    # of q\n    - q\n"),
        ("a:\n  unit: m2 # why\n  # of z\n\n  z: 1\n", "unit", "a:\n  # of z\n\n  z: 1\n"),
        ("a:\r\n  unit: m2\r\n  # of z\r\n  z: 1\r\n", "unit", "a:\r\n  # of z\r\n  z: 1\r\n"),
        (
            "a:\n  z: 1\n  # of unit or y\n  unit: m2\n  # of y\n  y: 1\n",
            "unit",
            "a:\n  z: 1\n  # of unit or y\n  # of y\n  y: 1\n",
        ),
        (
            "a:\n  items:\n    - unit: m2\n      # of z\n      z: 1\n",
            "items/0/unit",
            "a:\n  items:\n    - # of z\n      z: 1\n",
        ),
        ("a:\n  items:\n    - unit: m2 # why\n      z: 1\n", "items/0/unit", "a:\n  items:\n    - z: 1\n"),
        ("a: {\n  unit: m2, # of unit\n  z: 1\n}\n", "unit", "a: {\n   # of unit\n  z: 1\n}\n"),
        ("a: {\n  z: 1, # of z\n  unit: m2\n}\n", "unit", "a: {\n  z: 1, # of z\n  \n}\n"),
    ],
)
def test_a_text_that_is_taken_out_takes_its_key_or_item_along(tmp_path: Path, before: str, path: str, after: str) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/a.yml").write_bytes(before.encode())
    files = ProjectFiles(tmp_path)
    entry = yaml_text.child(files.tree("data/a.yml"), "a")
    assert isinstance(entry, MappingNode)
    field = FormField(path=tuple(path.split("/")), text="x", type="id", what="fact", node=entry)
    splices = EntryWriter(files, "data/a.yml", entry, RECORDS["facts"]).splices([(field, "")])
    assert files.edit(splices).after() == {"data/a.yml": after.encode()}


def test_the_texts_of_a_phrase_come_and_go_together() -> None:
    project = opened(GOOD)
    edit = plan_change(project, "facts", "dam_cost", {"note/en": "One", "note/de": "Eins"}).edit
    assert "+  note: {en: One, de: Eins}\n" in edit.diff()
    with pytest.raises(EditError, match="edit-required"):
        plan_change(project, "facts", "dam_cost", {"label/en": "", "label/de": ""})


def test_only_texts_that_are_written_in_every_language_count_as_confirmed() -> None:
    project = opened(GOOD)
    one = plan_change(project, "facts", "dam_cost", {"label/en": "Price"})
    both = plan_change(project, "facts", "dam_cost", {"label/en": "Price", "label/de": "Preis"})
    assert [key for key in both.written or () if key not in (one.written or ())] == ["facts/dam_cost/label"]


def test_the_value_of_a_series_is_written_into_its_cell() -> None:
    reason = {"en": "It was wrong", "de": "Es war falsch"}
    change = ValueChange(id="area_2024", value="21e6", kind="correction", reason=reason, today=date(2025, 6, 1))
    edit = plan_change(opened(GOOD), "facts", "area_2024", {"value": "21e6", "label/en": "Size"}, change).edit
    assert sorted(edit.after()) == [FACTS, "data/series/levels.csv"]
    assert '+  label: {en: "Size", de:' in edit.diff()


def test_what_is_shown_is_no_change() -> None:
    assert [one for _, _, one in FIELDS if changed_fields([one], {one.name: f" {one.text}\r\n"})] == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: [p, q, r]\n", "a: [{b: 1}]\n"),
        ("a: [\n  p, # of p\n  q, # of q\n  r # of r\n]\n", "a: [\n  {b: 1}, # of p\n   # of q\n   # of r\n]\n"),
        ("a:\n  - p # of p\n  # of q\n  - q\n", "a:\n  - {b: 1} # of p\n  # of q\n"),
    ],
)
def test_items_that_others_take_the_place_of_leave_their_comments(tmp_path: Path, before: str, after: str) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/a.yml").write_text(before)
    files = ProjectFiles(tmp_path)
    items = yaml_text.child(files.tree("data/a.yml"), "a")
    assert isinstance(items, SequenceNode)
    splices = yaml_text.replace_items("data/a.yml", before, items, [{"b": "1"}], keeps=False)
    assert files.edit(splices).after() == {"data/a.yml": after.encode()}
