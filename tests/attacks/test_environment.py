"""Variables of the environment and files beside a project that libraries read: no build depends on them, none fails at them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from attack import TESTS, lay_out, run


@pytest.mark.parametrize("value", ["", "x", "2026-01-31", "-1", "1e9", " 5 ", "1_000", "１２", "9" * 40, "\x1b[2J"])
def test_a_time_that_is_none_is_a_finding(value: str, tmp_path: Path) -> None:
    root = lay_out(tmp_path, {})
    answer = run(root, "build", "--jobs", "1", "--format", "json", env={"SOURCE_DATE_EPOCH": value})
    assert not answer.crashed, answer.stderr
    assert (answer.status, answer.rules) == (1, {"bad-source-date"})
    assert "\x1b" not in answer.stdout + answer.stderr


def test_a_preview_says_so_as_well(tmp_path: Path) -> None:
    root = lay_out(tmp_path, {})
    answer = run(root, "serve", "--port", "0", "--language", "en", env={"SOURCE_DATE_EPOCH": "today"}, seconds=20)
    assert not answer.crashed, answer.stderr
    assert answer.status == 2
    assert "SOURCE_DATE_EPOCH is “today”" in answer.stderr


def shown(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (root / "site/en").rglob("*.svg")}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    root = lay_out(tmp_path_factory.mktemp("plain"), {}, whole=True)
    assert run(root, "build", "--jobs", "1").status == 0
    return shown(root)


SETTINGS = "backend: module://planted\npath.simplify: False\nhatch.linewidth: 9\nsvg.hashsalt: x\nno such setting\n"


@pytest.mark.parametrize("what", ["file", "pipe"])
def test_settings_of_matplotlib_in_a_project_are_not_read(what: str, plain: dict[str, bytes], tmp_path: Path) -> None:
    root = lay_out(tmp_path, {"planted.py": PLANTED}, whole=True)
    if what == "file":
        (root / "matplotlibrc").write_text(SETTINGS, encoding="utf-8")
    else:
        os.mkfifo(root / "matplotlibrc")
    done = in_folder(root, "build", "--jobs", "2")
    assert (done.returncode, "matplotlibrc" in done.stderr) == (0, False), done.stderr
    assert shown(root) == plain
    assert not (root / "RAN").exists()


# Modules that do not exist, or that come from elsewhere: what Python's and others' modules import.
PLANTED = "open('RAN', 'w').close()\n"
MODULES = ("yaml", "csv", "sitecustomize", "usercustomize", "jinja2", "mkdocs", "lxml", "simplejson", "rich", "brotli", "_yaml")


def in_folder(root: Path, *command: str, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command in the project's folder, as its author does."""
    return subprocess.run(
        [sys.executable, "-P", "-m", "generator", *command, "--language", "en"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(TESTS.parent), **(env or {})},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize("path", ["", "{tree}:", "{tree}::."])
def test_modules_in_a_project_are_not_imported(path: str, tmp_path: Path) -> None:
    root = lay_out(tmp_path, {f"{name}.py": PLANTED for name in MODULES}, whole=True)
    (root / "pymdownx").mkdir()
    (root / "pymdownx/__init__.py").write_text(PLANTED, encoding="utf-8")
    start = tmp_path / "elsewhere"
    start.mkdir()
    done = subprocess.run(
        [sys.executable, "-P", "-m", "generator", "build", "--jobs", "2", "--root", str(root), "--language", "en"],
        cwd=start,
        env={**os.environ, "PYTHONPATH": path.format(tree=TESTS.parent) or str(TESTS.parent)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert list(tmp_path.rglob("RAN")) == []


def test_a_module_beside_the_package_is_none_of_the_engine_s(tmp_path: Path) -> None:
    """As in a checkout of somebody else's branch: the folder that holds generator/ holds other files as well."""
    checkout = tmp_path / "checkout"
    shutil.copytree(TESTS.parent / "generator", checkout / "generator", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("yaml", "csv", "lxml", "jinja2"):
        (checkout / f"{name}.py").write_text(f"open({str(tmp_path / 'RAN')!r}, 'w').close()\n", encoding="utf-8")
    root = lay_out(tmp_path, {}, whole=True)
    done = subprocess.run(
        [sys.executable, "-P", "-c", START, str(checkout), "build", "--jobs", "1", "--root", str(root), "--language", "en"],
        cwd=tmp_path,
        env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert not (tmp_path / "RAN").exists()


# As an installed command does: the package is found although its folder comes last.
START = "import sys; sys.path.append(sys.argv.pop(1)); from generator.commands.main import run; run()"

GIT = shutil.which("git") or "git"


def git(root: Path, *arguments: str) -> None:
    subprocess.run([GIT, "-C", root, *arguments], check=True, capture_output=True)


@pytest.fixture
def committed(tmp_path: Path) -> Path:
    """A repository that names commands wherever git takes some from settings, and links out of the project."""
    root = lay_out(tmp_path, {".gitattributes": "*.yml filter=x export-subst\n"})
    (root / "data/facts/away.yml").symlink_to("/etc/hostname")
    (root / "data/facts/again.csv").symlink_to("../series/levels.csv")
    for arguments in (("init", "-q"), ("add", "."), ("-c", "user.name=x", "-c", "user.email=x@x", "commit", "-qm", "x")):
        git(root, *arguments)
    for name in ("filter.x.smudge", "filter.x.clean", "core.fsmonitor", "tar.tar.command", "core.sshCommand", "core.pager"):
        git(root, "config", name, f"touch {root}/RAN; cat")
    (root / "data/facts/away.yml").unlink()
    return root


def test_a_comparison_with_a_revision_runs_no_command_of_the_repository(committed: Path) -> None:
    answer = run(committed, "check", "--base", "HEAD", "--format", "json")
    assert (answer.status, answer.crashed) == (0, False), answer.stderr
    assert not (committed / "RAN").exists()


@pytest.mark.parametrize(
    "revision",
    ["--output=RAN", "-h", "", "HEAD:data", "@{upstream}", ":/nothing like it", "a\nb", "\x1b[2J", "..", "HEAD...HEAD"],
)
def test_what_is_no_revision_is_told(committed: Path, revision: str) -> None:
    answer = run(committed, "check", "--base", revision, "--language", "en")
    assert not answer.crashed, answer.stderr
    assert answer.status == (0 if not revision else 2), answer.stdout + answer.stderr
    assert "\x1b" not in answer.stderr
    assert not (committed / "RAN").exists()
