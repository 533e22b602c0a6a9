"""Fingerprints of entries are kept from one build to the next where nothing that an edit touches can change them."""

from __future__ import annotations

import shutil
from pathlib import Path

from sample_projects import PLAIN, edit
from sample_reports import check_edition

from generator.build.artifacts import ArtifactStore
from generator.build.context import FingerprintCache, create_context
from generator.build.executors import SerialExecutor
from generator.model.dependencies import Fingerprints
from generator.store.inputs import hash_inputs


def test_an_edit_of_facts_may_make_another_unit_one_of_the_report(tmp_path: Path) -> None:
    """Units of the package are part of a report as its facts name them, where data/units.yml stays as it is."""
    root, store = shutil.copytree(PLAIN, tmp_path / "project"), ArtifactStore(tmp_path / "cache", "code")
    (root / "data/units.yml").unlink()

    def opened() -> FingerprintCache:
        files, executor = hash_inputs(root), SerialExecutor()
        context = create_context(root, check_edition(root), stale=(), files=files, store=store, executor=executor)
        return FingerprintCache(context, files)

    names = ("units/*", "units/EUR", "sources/*", "facts/opened")
    before = opened()
    before.context.fingerprints.combined(names)
    before.save()
    edit(root, "data/facts/water.yml", "unit: USD", "unit: EUR")
    after = opened()
    assert [name for name in names if name in after.context.fingerprints.known] == ["sources/*"]
    fresh = Fingerprints(after.context.task_inputs.edition, {})
    assert after.context.fingerprints.combined(names) == fresh.combined(names)
