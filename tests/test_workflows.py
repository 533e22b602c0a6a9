"""The workflows: valid, pinned, with least rights, and the comment on a pull request runs nothing of it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

FOLDER = Path(__file__).parents[1] / ".github/workflows"
OF_INIT = Path(__file__).parents[1] / "generator/defaults/init/project/github/workflows"  # those that a new report gets
WORKFLOWS = sorted((*FOLDER.glob("*.yml"), *OF_INIT.glob("*.yml")))


def _name(path: Path) -> str:
    return f"{'init-' if path.parent == OF_INIT else ''}{path.stem}"


def _read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def _steps(path: Path) -> Iterator[dict[str, Any]]:
    for job in _read(path)["jobs"].values():
        yield from job.get("steps", [])


def test_workflows_have_the_form_of_github() -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", *map(str, WORKFLOWS)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_an_auditor_finds_nothing() -> None:
    zizmor = Path(sys.executable).with_name("zizmor")
    done = subprocess.run(
        [zizmor, "--offline", "--no-progress", "--persona", "auditor", str(FOLDER), str(OF_INIT)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", WORKFLOWS, ids=_name)
def test_rights_are_given_to_single_jobs(path: Path) -> None:
    workflow = _read(path)
    assert workflow["permissions"] == {}
    assert all("permissions" in job for job in workflow["jobs"].values())


@pytest.mark.parametrize("path", WORKFLOWS, ids=_name)
def test_actions_are_pinned_and_leave_no_credentials(path: Path) -> None:
    for step in _steps(path):
        name, _, version = step.get("uses", "").partition("@")
        assert not name or len(version) == 40, step
        assert not name.endswith("/checkout") or step["with"]["persist-credentials"] is False


def test_only_publishing_is_never_cut_off() -> None:
    assert _read(FOLDER / "publish.yml")["concurrency"]["cancel-in-progress"] is False


def test_the_comment_uses_no_action_and_checks_nothing_out() -> None:
    assert [step for step in _steps(FOLDER / "comment.yml") if "uses" in step] == []
    assert "${{" not in "".join(step["run"] for step in _steps(FOLDER / "comment.yml"))


GH = """#!/bin/bash
case "$*" in
  "run download"*) mkdir -p "$RUNNER_TEMP/review" && cp "$RUNNER_TEMP/left.md" "$RUNNER_TEMP/review/diff.md" ;;
  *"--paginate"*) echo "$KNOWN" ;;
  *"--method"*) echo "$*" >> "$RUNNER_TEMP/asked" ;;
esac
"""


@pytest.mark.skipif(shutil.which("jq") is None, reason="jq is on GitHub's machines and not here")
@pytest.mark.parametrize(
    ("known", "asked"), [("", "POST repos/o/r/issues/7/comments"), ("5", "PATCH repos/o/r/issues/comments/5")]
)
def test_one_comment_is_written_anew_and_mentions_nobody(known: str, asked: str, tmp_path: Path) -> None:
    (tmp_path / "gh").write_text(GH, encoding="utf-8")
    (tmp_path / "gh").chmod(0o755)
    text = "<ins>新</ins> @everybody <script>x</script> ![p](https://evil.example/p.png)\n" + "x" * 100_000
    (tmp_path / "left.md").write_text(text, encoding="utf-8")
    step = next(step for step in _steps(FOLDER / "comment.yml") if step["name"] == "Write the comment")
    environment = {
        **os.environ,
        "PATH": f"{tmp_path}:{os.environ['PATH']}",
        "RUNNER_TEMP": str(tmp_path),
        "KNOWN": known,
        "MARK": step["env"]["MARK"],
        "NUMBER": "7",
        "REPOSITORY": "o/r",
        "RUN": "1",
        "SERVER": "https://github.com",
    }
    done = subprocess.run(
        ["bash", "-e", "-c", step["run"]],  # noqa: S607  the one of the path
        env=environment, cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert asked in (tmp_path / "asked").read_text(encoding="utf-8")
    body = yaml.safe_load((tmp_path / "comment.json").read_text(encoding="utf-8"))["body"]
    assert body.startswith(step["env"]["MARK"])
    assert len(body) < 65_536
    assert "<ins>新</ins> @\u2060everybody &lt;script>x&lt;/script> !\u2060[p]" in body


@pytest.mark.skipif(shutil.which("jq") is None, reason="jq is on GitHub's machines and not here")
@pytest.mark.parametrize(
    ("known", "due", "asked"),
    [
        ("", 1, "POST repos/o/r/issues "),
        ("9\n5", 1, "PATCH repos/o/r/issues/5 "),
        ("5", 0, "PATCH repos/o/r/issues/5 "),
        ("", 0, ""),
    ],
    ids=["opened", "written anew", "closed", "none"],
)
def test_what_is_due_stands_in_one_issue(known: str, due: int, asked: str, tmp_path: Path) -> None:
    (tmp_path / "gh").write_text(GH, encoding="utf-8")
    (tmp_path / "gh").chmod(0o755)
    (tmp_path / "due").mkdir()
    (tmp_path / "due/due.md").write_text("## What is due\n" + "x" * 100_000, encoding="utf-8")
    sources = {"a": {"kind": "gone"}} if due else {"a": {"kind": "alive"}, "b": {"kind": "blocked"}}
    (tmp_path / "due/due.json").write_text(json.dumps({"facts": [], "forecasts": [], "sources": sources}), encoding="utf-8")
    step = next(step for step in _steps(FOLDER / "freshness.yml") if step.get("name") == "Write the issue")
    environment = {
        **os.environ,
        "PATH": f"{tmp_path}:{os.environ['PATH']}",
        "RUNNER_TEMP": str(tmp_path),
        "KNOWN": known,
        "MARK": step["env"]["MARK"],
        "REPOSITORY": "o/r",
    }
    done = subprocess.run(
        ["bash", "-e", "-c", step["run"]],  # noqa: S607  the one of the path
        env=environment, cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    made = (tmp_path / "asked").read_text(encoding="utf-8") if (tmp_path / "asked").exists() else ""
    assert asked in made
    assert made.count("\n") == bool(asked)
    issue = json.loads((tmp_path / "issue.json").read_text(encoding="utf-8"))
    assert issue["body"].startswith(step["env"]["MARK"])
    assert len(issue["body"]) < 65_536
    assert issue["state"] == ("open" if due else "closed")


@pytest.mark.parametrize("path", WORKFLOWS, ids=_name)
def test_no_job_that_may_write_runs_files_of_the_project(path: Path) -> None:
    for name, job in _read(path)["jobs"].items():
        if {"write"} & {
            right for kind, right in job["permissions"].items() if kind in ("issues", "pull-requests", "pages", "contents")
        }:
            assert not any("checkout" in step.get("uses", "") for step in job["steps"]), name


@pytest.mark.parametrize(("other", "code"), [("3.12", 1), ("3.13", 1), ("3.14", 0), ("", 0)])
def test_the_sites_of_every_python_are_compared(other: str, code: int, tmp_path: Path) -> None:
    """A Python that makes other bytes fails the run; the one that may fail is only warned of."""
    for version in _read(FOLDER / "ci.yml")["jobs"]["all"]["strategy"]["matrix"]["python"]:
        (tmp_path / f"files-{version}").mkdir()
        (tmp_path / f"files-{version}/files.json").write_text("{}" if version == other else "{ }", encoding="utf-8")
    step = next(step for step in _steps(FOLDER / "ci.yml") if step.get("name") == "Compare the sites")
    done = subprocess.run(["bash", "-e", "-c", step["run"]], cwd=tmp_path, capture_output=True, text=True, check=False)  # noqa: S607
    assert done.returncode == code, done.stdout + done.stderr
    assert ("::warning::" in done.stdout) is (other == "3.14")


@pytest.mark.parametrize("folder", [FOLDER, OF_INIT], ids=["own", "init"])
def test_publishing_waits_for_everything_else_and_takes_main_alone(folder: Path) -> None:
    jobs = _read(folder / "publish.yml")["jobs"]
    first = next(name for name, job in jobs.items() if "uses" in job)
    assert (jobs["build"]["needs"], jobs["deploy"]["needs"]) == (first, "build")
    assert jobs["build"]["if"] == "github.ref == 'refs/heads/main'"
    assert jobs["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}
    assert not any("run" in step for step in jobs["deploy"]["steps"])


@pytest.mark.parametrize(
    ("name", "replaced"),
    [
        ("comment", [("workflows: [CI]", "workflows: [Check]")]),
        (
            "freshness",
            [
                ('"3.11"', '"3.13"'),
                ("requirements.lock", "requirements.txt"),
                ("make .venv/.runtime", "python -m pip install -r requirements.txt"),
                (".venv/bin/python -m generator", "factloom"),
            ],
        ),
    ],
)
def test_a_new_report_gets_what_this_one_has(name: str, replaced: list[tuple[str, str]]) -> None:
    own = (FOLDER / f"{name}.yml").read_text(encoding="utf-8")
    for old, new in replaced:
        assert old in own
        own = own.replace(old, new)
    assert (OF_INIT / f"{name}.yml").read_text(encoding="utf-8") == own
