"""Files of facts that are settled by themselves, as by a process that knows no other, give what settling all of them does."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import pytest
from sample_projects import GOOD

from generator.reading.draft import Draft, read_draft
from generator.reading.limits import Limits
from generator.reading.located_values import Entry
from generator.records.struct import replace
from generator.settling.edition import settle
from generator.settling.incremental import LazyFacts
from generator.settling.isolated_files import FileSettler, IsolatedFacts

GROWTH, MONEY, WATER = (f"data/facts/{name}.yml" for name in ("growth", "money", "water"))
_TWICE = """
area_twice:
  label: {en: Twice, de: Doppelt}
  formula: area_2025 * 2
  unit: m2
  status: observed
  review: durable
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The good project with its facts in three files, of which one reads another, and one itself."""
    root = shutil.copytree(GOOD, tmp_path_factory.mktemp("isolated") / "project")
    water = root / WATER
    text = water.read_text(encoding="utf-8")
    growth, dam = text.index("area_growth:"), text.index("dam_cost:")
    water.write_text(text[:growth] + _TWICE, encoding="utf-8")
    (root / GROWTH).write_text(text[growth:dam], encoding="utf-8")
    (root / MONEY).write_text(text[dam:], encoding="utf-8")
    return root


def isolated_facts(draft: Draft) -> Mapping[str, IsolatedFacts]:
    """Each file that can be settled by itself."""
    files = defaultdict[str, dict[str, Entry]](dict)
    for key, entry in draft.facts.items():
        files[entry.span.file][key] = entry
    settler = FileSettler(draft, None)
    found = ((file, settler.settle(file, entries)) for file, entries in files.items())
    return {file: one.kept for file, one in found if one is not None}


def test_facts_are_the_same(project: Path) -> None:
    draft, findings = read_draft(project)
    assert findings == []
    isolated, whole = isolated_facts(draft), settle(draft).edition
    assert isolated.keys() == {MONEY, WATER}
    assert isolated[WATER].facts.pieces > 0
    together = settle(draft, isolated=isolated).edition
    assert whole is not None
    assert together is not None
    assert isinstance(together.facts, LazyFacts)
    assert together.facts.outdated == {GROWTH}
    assert list(together.facts.items()) == list(whole.facts.items())
    assert list(together.units.items()) == list(whole.units.items())
    assert replace(together, facts={}) == replace(whole, facts={})


def test_a_file_that_changed_is_settled_again(project: Path) -> None:
    draft, _ = read_draft(project)
    isolated = {file: replace(one, digest="of another content") for file, one in isolated_facts(draft).items()}
    settled = settle(draft, isolated=isolated)
    assert settled.edition is not None
    assert not isinstance(settled.edition.facts, LazyFacts)


@pytest.mark.parametrize("most", [0, 1, 2])
def test_what_all_files_have_together_is_limited(project: Path, most: int) -> None:
    draft, _ = read_draft(project)
    isolated = isolated_facts(draft)
    limited = replace(draft, limits=Limits(evidence=most))
    assert settle(limited, isolated=isolated).findings == settle(limited).findings


def test_an_id_of_two_files_is_reported_once(tmp_path: Path, project: Path) -> None:
    root = shutil.copytree(project, tmp_path / "project")
    isolated = isolated_facts(read_draft(root)[0])
    (root / GROWTH).write_text((root / MONEY).read_text(encoding="utf-8"), encoding="utf-8")
    draft, findings = read_draft(root)
    assert {finding.rule for finding in findings} == {"duplicate-id"}
    whole, together = settle(draft), settle(draft, isolated=isolated)
    assert together.findings == whole.findings
    assert whole.edition is not None
    assert together.edition is not None
    assert dict(together.edition.facts) == dict(whole.edition.facts)
