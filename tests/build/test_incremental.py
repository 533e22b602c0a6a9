"""A build after an edit gives byte for byte what a build from nothing gives, whatever was damaged or cut off in between."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sample_projects import PLAIN
from sample_projects import edit as replace_text

from bench.project import write_project
from bench.workload import Size, make_workload
from generator.build import plan
from generator.build.errors import BuildError
from generator.build.pipeline import build_site
from generator.build.plan import BuildOptions
from generator.defaults.files import default_files
from generator.editing.confirmations import confirm_texts

ROOT = Path(__file__).parents[2]
EDITS = int(os.environ.get("FACTLOOM_EDITS", "24"))  # all of them together; the long run has 200
ROW = 8  # edits until the site is compared
Edit = Callable[[Path, random.Random], str]


def new_project(root: Path) -> Path:
    write_project(root, make_workload(Size(facts=20, pages=3)), full=True)
    report = root / "data/report.yml"
    text = re.sub(r"^outputs:.*\n", "", report.read_text(encoding="utf-8"), flags=re.MULTILINE)
    report.write_text(f"{text}outputs: [package, workbook, api, citations, feeds, markdown, embeds, print]\n", encoding="utf-8")
    return root


def build(root: Path, *, jobs: int = 1) -> list[str]:
    messages: list[str] = []
    options = BuildOptions(root=root, jobs=jobs)
    if not plan.up_to_date(options, plan.take_snapshot(options)):
        build_site(options, progress=messages.append)
    return messages


def site(root: Path) -> dict[str, bytes]:
    folder = root / "site"
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def from_nothing(root: Path, target: Path) -> dict[str, bytes]:
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(root, target, ignore=shutil.ignore_patterns("build", "site"))
    build(target, jobs=2)
    return site(target)


def differences(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def test_the_units_that_facts_name_are_those_of_a_build_from_nothing(tmp_path: Path) -> None:
    """Units of the package are part of a report as its facts name them, where data/units.yml stays as it is."""
    root = shutil.copytree(PLAIN, tmp_path / "project")
    (root / "data/units.yml").unlink()
    replace_text(root, "data/report.yml", "pages:", "outputs: [package]\npages:")
    replace_text(root, "data/facts/water.yml", "growth(area_2025, area_2024)", "growth(convert(area_2025, ha), area_2024)")
    build(root)
    replace_text(root, "data/facts/water.yml", "convert(area_2025, ha)", "area_2025 * 1")
    build(root)
    assert differences(site(root), from_nothing(root, tmp_path / "fresh")) == []


def _in_file(root: Path, chance: random.Random, files: str, pattern: str, new: Callable[[re.Match[str]], str]) -> str:
    path = chance.choice(sorted(root.glob(files)))
    text = path.read_text(encoding="utf-8")
    match = chance.choice(list(re.finditer(pattern, text, re.MULTILINE)))
    path.write_text(text[: match.start()] + new(match) + text[match.end() :], encoding="utf-8")
    return f"{path.relative_to(root)}: {match[0]}"


def a_value(root: Path, chance: random.Random) -> str:
    return _in_file(root, chance, "data/facts/*.yml", r"(?<=value: )\d.*", lambda _: str(chance.randint(1000, 900_000)))


def a_label(root: Path, chance: random.Random) -> str:
    return _in_file(root, chance, "data/facts/*.yml", r"(?<=label: \{ja: )[^,]+", lambda match: match[0] + "部")


def a_status(root: Path, chance: random.Random) -> str:
    return _in_file(root, chance, "data/facts/*.yml", r"(?<=status: )\w+", lambda _: chance.choice(["observed", "estimated"]))


def a_source(root: Path, chance: random.Random) -> str:
    return _in_file(root, chance, "data/sources.yml", r"(?<=publisher: ).+", lambda match: match[0] + " Board")


def a_line_above(root: Path, chance: random.Random) -> str:
    return _in_file(root, chance, "data/facts/*.yml", r"\A", lambda _: "# a remark moves every place below it\n")


def a_sentence(root: Path, chance: random.Random) -> str:
    return _in_file(root, chance, "templates/pages/*/*.md.j2", r"\Z", lambda _: "\n\nOne more sentence.\n")


def a_title(root: Path, chance: random.Random) -> str:
    return _in_file(root, chance, "templates/pages/*/*.md.j2", r"(?<=^title: ).+", lambda match: match[0] + " again")


def a_word(root: Path, chance: random.Random) -> str:
    return _in_file(root, chance, "data/words.yml", r"(?<=^topic\.index: \{\"ja\": \")[^\"]+", lambda match: match[0] + "集")


def _own(root: Path, path: str) -> str:
    """A file of the package as the project's own."""
    if not (root / path).is_file():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(default_files()[path], root / path)
    return path


def a_style(root: Path, chance: random.Random) -> str:
    return _in_file(root, chance, _own(root, "docs/assets/factloom.css"), r"\Z", lambda _: f".x{chance.randint(1, 999)}{{}}\n")


def a_chart(root: Path, chance: random.Random) -> str:
    return _in_file(root, chance, "data/charts/*.yml", r"(?<=order: )\w+", lambda _: chance.choice(["given", "value"]))


def a_part(root: Path, chance: random.Random) -> str:
    return _in_file(root, chance, _own(root, "templates/parts/fact_table.html.j2"), r"<table", lambda match: match[0])


def back_and_forth(root: Path, chance: random.Random) -> str:
    path = chance.choice(sorted(root.glob("data/facts/*.yml")))
    before = path.read_text(encoding="utf-8")
    edit = a_value(root, chance)
    build(root)
    path.write_text(before, encoding="utf-8")
    return f"{edit}, and back"


ALL_EDITS: tuple[Edit, ...] = (
    a_value,
    a_value,
    a_value,
    a_label,
    a_status,
    a_source,
    a_line_above,
    a_sentence,
    a_sentence,
    a_title,
    a_word,
    a_style,
    a_chart,
    a_part,
    back_and_forth,
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = new_project(tmp_path_factory.mktemp("built") / "project")
    build(root, jobs=2)
    return root


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Path:
    """A copy of a built project: as it was built elsewhere, nothing in it is known by its place."""
    return shutil.copytree(built, tmp_path / "project", symlinks=True)


@pytest.mark.parametrize("seed", range(EDITS // ROW))
def test_after_any_edits_the_site_is_what_a_build_from_nothing_makes(project: Path, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  no secret
    edits = []
    for _ in range(ROW):
        edits.append(chance.choice(ALL_EDITS)(project, chance))
        build(project)
    assert differences(site(project), from_nothing(project, tmp_path / "clean")) == [], edits


def test_beside_the_check_pages_say_which_texts_are_older(project: Path, tmp_path: Path) -> None:
    confirm_texts(project, ())
    chance = random.Random(3)  # noqa: S311  no secret
    told = []
    for edit in (a_value, a_label, a_line_above):
        edit(project, chance)
        build(project, jobs=2)
        assert differences(site(project), from_nothing(project, tmp_path / "clean")) == [], edit.__name__
        told.append(any(b'<p class="fl-stale">' in content for content in site(project).values()))
    assert told == [False, True, True]


def test_what_did_not_change_is_neither_made_nor_rewritten(built: Path, tmp_path: Path) -> None:
    project = new_project(tmp_path / "project")
    build(project)
    before = {name: (project / "site" / name).stat().st_mtime_ns for name in site(project)}
    assert build(project) == []
    a_value(project, random.Random(1))  # noqa: S311  no secret
    messages = build(project)
    after = {name: (project / "site" / name).stat().st_mtime_ns for name in site(project)}
    same = [name for name in before if before[name] == after.get(name)]
    assert len(same) > len(before) * 0.5
    assert [line for line in messages if "built" in line] == [
        line for line in messages if re.search(r"built .*: [1-6] pages in", line)
    ]
    assert built.is_dir()


@pytest.mark.parametrize("seed", range(max(3, EDITS // 10)))
def test_a_damaged_cache_is_thrown_away(project: Path, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  no secret
    kept = [path for path in sorted((project / "build").rglob("*")) if path.is_file()]
    for path in chance.sample(kept, len(kept) // 3):
        content = bytearray(path.read_bytes())
        match chance.randrange(4):
            case 0:
                path.unlink()
            case 1:
                path.write_bytes(content[: len(content) // 2])
            case 2:
                path.write_bytes(b"")
            case _:
                if content:
                    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
                path.write_bytes(bytes(content))
    a_value(project, chance)
    build(project)
    assert differences(site(project), from_nothing(project, tmp_path / "clean")) == []


def test_a_cache_of_other_code_is_not_read(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("plan", "steps"):
        monkeypatch.setattr(f"generator.build.{module}.code_fingerprint", lambda: "other code")
    messages = build(project)
    assert any("built" in line and "titles, order, theme or settings" not in line for line in messages)
    monkeypatch.undo()
    build(project)
    assert differences(site(project), from_nothing(project, tmp_path / "clean")) == []


def test_cut_off_at_any_moment_the_site_is_the_old_one_or_the_new_one(project: Path, tmp_path: Path) -> None:
    build(project)
    old = site(project)
    a_value(project, random.Random(5))  # noqa: S311  no secret
    new = from_nothing(project, tmp_path / "clean")
    command = [sys.executable, "-m", "generator", "build", "--root", str(project), "--jobs", "2"]
    for pause in (0.1, 0.3, 0.5, 0.8, 1.2, 1.6, 2.0, 2.5):
        with subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        ) as running:
            time.sleep(pause)
            os.killpg(running.pid, signal.SIGKILL)
        assert site(project) in (old, new)
    build(project)
    assert differences(site(project), new) == []


def test_a_mistake_leaves_what_is_published(project: Path) -> None:
    before = site(project)
    page = min(project.glob("templates/pages/*/*.md.j2"))
    page.write_text(page.read_text(encoding="utf-8") + "\n\nIt cost 72 dollars.\n", encoding="utf-8")
    with pytest.raises(BuildError):
        build(project)
    assert site(project) == before
