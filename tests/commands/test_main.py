"""The command line: its commands, and what is loaded for them."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from bench.project import write_project
from bench.workload import Size, make_workload
from generator.commands import main as command_line
from generator.commands.main import COMMANDS, main

ROOT = Path(__file__).parents[2]
HEAVY = ("icu4py", "jinja2", "matplotlib", "yaml", "mkdocs", "starlette", "uvicorn", "watchfiles", "selectolax")


def test_every_module_with_a_command_is_listed() -> None:
    modules = {path.stem for path in Path(command_line.__file__).parent.glob("*.py")}
    with_command = {name for name in modules if hasattr(import_module(f"generator.commands.{name}"), "command")}
    assert {name.rstrip("_").replace("_", "-") for name in with_command} == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_called_as_its_module_and_explains_itself(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command is not None
    assert command.name == name
    shown = CliRunner().invoke(main, [name, "--help"])
    assert (shown.exit_code, shown.output.count("Usage: ")) == (0, 1)
    assert (command.help or "").rstrip().endswith(".") or ";" in (command.help or "")


@pytest.mark.parametrize(
    ("arguments", "code"), [(["--help"], 0), (["--version"], 0), (["bild"], 2), (["build", "--jobs", "0"], 2)]
)
def test_exit_codes(arguments: list[str], code: int) -> None:
    assert CliRunner().invoke(main, arguments).exit_code == code


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """What a command prints; at the end of it, the heavy libraries that it loaded."""
    code = (
        "import os, sys\nfrom generator.commands.main import main\n"
        "try:\n    main()\nfinally:\n"
        f"    print('loaded', sorted(name for name in {HEAVY!r} if name in sys.modules))"
    )
    command = [sys.executable, "-c", code, *arguments, "--root", str(root)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_build_with_nothing_to_do_loads_nothing_heavy(tmp_path: Path) -> None:
    root = tmp_path / "project"
    write_project(root, make_workload(Size(facts=3, pages=1)), full=True)
    first = run(root, "build")
    assert first.returncode == 0, first.stdout + first.stderr
    assert "loaded []" not in first.stdout
    second = run(root, "build")
    assert "nothing to do" in second.stderr
    assert "loaded []" in second.stdout


def test_help_in_other_languages_names_what_there_is() -> None:
    known = {
        name: {option.opts[-1] for option in _command(name).params if isinstance(option, click.Option)} for name in COMMANDS
    }
    for path in sorted((Path(command_line.__file__).parent / "help").glob("*.toml")):
        texts = tomllib.loads(path.read_text(encoding="utf-8"))
        common = texts.pop("options").keys()
        assert {*texts} - {"defaults"} == set(COMMANDS)
        for name, options in known.items():
            own = texts[name].keys() - {"help"}
            assert (name, own - options) == (name, set())
            assert (name, options - own - common) == (name, set())


def _command(name: str) -> click.Command:
    found = main.get_command(click.Context(main), name)
    assert found is not None
    return found


def test_help_is_in_the_language_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = []
    for language in ("C", "ja_JP.UTF-8"):
        monkeypatch.setenv("LC_ALL", language)
        monkeypatch.delitem(sys.modules, "generator.commands.check")
        shown.append(CliRunner().invoke(main, ["check", "--help"]).output)
    monkeypatch.delitem(sys.modules, "generator.commands.check")
    assert "Check data/" in shown[0]
    assert "検査" in shown[1]
