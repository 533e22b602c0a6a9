"""`factloom eject`, and what `factloom check --verbose` says of files in place of the package's."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from generator import __version__
from generator.commands.main import main
from generator.defaults.copies import OwnVersion, own_versions
from generator.defaults.files import default_files

PART, STYLE = "templates/parts/key_figures.html.j2", "docs/assets/factloom.css"


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [arguments[0], *arguments[1:], "--root", str(root), "--language", "en"])


def test_a_copy_is_noted_and_compared_with_the_package(project: Path) -> None:
    assert run(project, "eject", PART).exit_code == 0
    copied = (project / PART).read_text(encoding="utf-8")
    assert copied.partition("\n")[2] == default_files()[PART].read_text(encoding="utf-8")
    assert OwnVersion(PART, __version__) in own_versions(project)
    (project / PART).write_text("{#- from factloom 0.0.1 sha256:" + "0" * 64 + " -#}\n", encoding="utf-8")
    assert OwnVersion(PART, "0.0.1", moved=True) in own_versions(project)
    (project / PART).write_text("mine", encoding="utf-8")
    assert OwnVersion(PART) in own_versions(project)


def test_check_lists_what_a_project_has_in_place_of_the_packages(project: Path) -> None:
    run(project, "eject", STYLE)
    said = run(project, "check", "--verbose")
    assert said.exit_code == 0
    assert f"{STYLE}: copied from the package as it is" in said.output
    assert STYLE not in run(project, "check").output


def test_nothing_is_overwritten_or_written_elsewhere(project: Path) -> None:
    (project / PART).parent.mkdir(exist_ok=True)
    (project / PART).write_text("mine", encoding="utf-8")
    assert run(project, "eject", PART).exit_code == 2
    assert (project / PART).read_text(encoding="utf-8") == "mine"
    assert run(project, "eject", "../outside").exit_code == 2
    outside = project.parent / "outside"
    outside.mkdir()
    (project / "docs").symlink_to(outside)
    assert run(project, "eject", STYLE).exit_code == 2
    assert list(outside.iterdir()) == []


def test_every_file_can_be_copied(tmp_path: Path) -> None:
    for path in run(tmp_path, "eject").output.split():
        assert run(tmp_path, "eject", path).exit_code == 0
    assert {own.path for own in own_versions(tmp_path) if own.version and not own.moved} == set(default_files())
