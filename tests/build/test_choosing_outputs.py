"""A report without pages of its facts: links lead to the list of facts, in pages and files alike."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from bench.project import write_project
from bench.workload import Size, make_workload
from generator.build.pipeline import build_site
from generator.build.plan import BuildOptions
from generator.model.code_lists import FACT_PAGES, OUTPUTS


def choose(root: Path, *left_out: str) -> Path:
    report = root / "data/report.yml"
    kept = [line for line in report.read_text(encoding="utf-8").splitlines() if not line.startswith("outputs:")]
    names = [name for name in OUTPUTS if name not in left_out]
    report.write_text("\n".join([*kept, f"outputs: [{', '.join(names)}]", ""]), encoding="utf-8")
    return root


def site(root: Path) -> dict[str, bytes]:
    """The site after a build, which refuses links that lead nowhere."""
    build_site(BuildOptions(root=root, jobs=1), progress=lambda _line: None)
    folder = root / "site"
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_facts_without_pages_of_their_own_are_linked_in_their_list(tmp_path: Path) -> None:
    root = tmp_path / "report"
    write_project(root, make_workload(Size(facts=10, pages=1)), full=True)
    with_pages = site(choose(root, "pictures"))
    assert "ja/facts/f00001/index.html" in with_pages

    without = site(choose(root, "pictures", FACT_PAGES))
    assert not [path for path in without if path.endswith("index.html") and "/facts/f0" in path]
    page = without["en/s001/p0001/index.html"].decode()
    assert 'href="../../facts/#fact-f00001"' in page
    record = json.loads(without["api/facts/f00001.json"])
    assert [one["page"] for one in record["links"].values()] == [f"../../{code}/facts/#fact-f00001" for code in ("ja", "en")]

    clean = shutil.copytree(root, tmp_path / "clean", ignore=shutil.ignore_patterns("build", "site"))
    assert without == site(clean)
