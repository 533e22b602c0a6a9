"""A published site is what its manifest says, or the difference is told."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

import pytest
from attack import lay_out
from click.testing import CliRunner
from conftest import serve

from generator.build import pipeline, plan
from generator.build.plan import BuildOptions
from generator.checks.commit import current_commit
from generator.checks.site_manifest import ManifestError, verify_site
from generator.commands.main import main

PAGE = "en/index.html"


def build(root: Path) -> bool:
    """Build as the command does; whether there was anything to do."""
    options = BuildOptions(root=root, jobs=1)
    snapshot = plan.take_snapshot(options)
    if plan.up_to_date(options, snapshot):
        return False
    pipeline.build_site(options, snapshot, progress=lambda _: None)
    return True


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = lay_out(tmp_path_factory.mktemp("built"), {}, whole=True)
    build(root)
    return root


def flip(path: Path) -> None:
    """Flip a bit; size and time stay."""
    state, content = path.stat(), bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))


@pytest.mark.parametrize(
    ("harm", "field"),
    [
        (Path.exists, ""),
        (lambda site: flip(site / PAGE), "changed"),
        (lambda site: (site / PAGE).unlink(), "missing"),
        (lambda site: (site / "more.html").touch(), "added"),
        (lambda site: (site / "more").symlink_to("/etc"), "added"),
    ],
    ids=["nothing", "flipped bit", "removed", "added", "link"],
)
def test_a_difference_is_told(built: Path, tmp_path: Path, harm: Callable[[Path], object], field: str) -> None:
    site = shutil.copytree(built / "site", tmp_path / "site")
    harm(site)
    found = verify_site(str(site))
    assert {name for name in ("changed", "missing", "added") if getattr(found, name)} == ({field} if field else set())
    assert CliRunner().invoke(main, ["verify-site", str(site), "--language", "en"]).exit_code == bool(field)
    with contextmanager(serve)(site) as address:
        online = verify_site(address)
    assert (online.changed, online.missing, online.digest) == (found.changed, found.missing, found.digest)


def test_a_link_in_the_place_of_a_file_is_none_of_the_site(built: Path, tmp_path: Path) -> None:
    site = shutil.copytree(built / "site", tmp_path / "site")
    shutil.move(site / PAGE, tmp_path / "elsewhere.html")
    (site / PAGE).symlink_to(tmp_path / "elsewhere.html")
    assert verify_site(str(site)).missing == [PAGE]


@pytest.mark.parametrize(
    "text",
    ["", "[", "[]", "{}", '{"files": []}', '{"files": {"a": 1}}', *(json.dumps({"files": {path: "0" * 64}}) for path in ("../a", "/etc/passwd", "a/../../b", "", "a//b"))],
)  # fmt: skip
def test_a_manifest_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "build.json").write_text(text, encoding="utf-8")
    with pytest.raises(ManifestError):
        verify_site(str(tmp_path))


@pytest.mark.parametrize("folder", ["site", "build/docs/en"])
def test_a_flipped_bit_does_not_stay(built: Path, tmp_path: Path, folder: str) -> None:
    root = shutil.copytree(built, tmp_path / "project", ignore=shutil.ignore_patterns("build", "site"))
    build(root)
    flip(root / folder / ("index.md" if folder != "site" else PAGE))
    assert build(root) is (folder == "site")
    (root / "templates/overrides").mkdir(exist_ok=True)
    (root / "templates/overrides/main.html").write_text('{% extends "base.html" %}\n', encoding="utf-8")
    build(root)
    assert verify_site(str(root / "site")).none
    clean = shutil.copytree(root, tmp_path / "clean", ignore=shutil.ignore_patterns("build", "site"))
    build(clean)
    assert (root / "site/build.json").read_bytes() == (clean / "site/build.json").read_bytes()


def test_it_says_what_made_the_site_and_when(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = json.loads((built / "site/build.json").read_bytes())
    assert {"factloom", "python", "mkdocs", "mkdocs-material", "jinja2"} <= plain["versions"].keys()
    assert "pytest" not in plain["versions"]
    assert not {"commit", "date"} & plain.keys()
    root = shutil.copytree(built, tmp_path / "project", ignore=shutil.ignore_patterns("build", "site"))
    (root / ".git").mkdir()
    (root / ".git/HEAD").write_text("b" * 40, encoding="ascii")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    build(root)
    found = json.loads((root / "site/build.json").read_bytes())
    assert (found.pop("commit"), found.pop("date")) == ("b" * 40, "2023-11-14T22:13:20+00:00")
    assert found == plain


@pytest.mark.parametrize(
    ("files", "commit"),
    [
        ({".git/HEAD": "a" * 40 + "\n"}, "a" * 40),
        ({".git/HEAD": "ref: refs/heads/main\n", ".git/refs/heads/main": "c" * 40}, "c" * 40),
        ({".git/HEAD": "ref: refs/heads/main\n", ".git/packed-refs": f"# pack-refs\n{'d' * 40} refs/heads/main\n"}, "d" * 40),
        ({".git": "gitdir: ../main/w", "../main/w/HEAD": "ref: x/y", "../main/w/commondir": "..", "../main/x/y": "e" * 40}, "e" * 40),
        ({".git/HEAD": "ref: refs/heads/none\n"}, ""),
        ({".git/HEAD": "ref: ../../secret\n", "secret": "no commit"}, ""),
        ({"data/report.yml": ""}, ""),
    ],
)  # fmt: skip
def test_the_commit_is_read_where_git_keeps_it(tmp_path: Path, files: dict[str, str], commit: str) -> None:
    root = tmp_path / "project"
    root.mkdir()
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    assert current_commit(root) == commit
