"""The guide: a second report, whole and without findings, with everything that the package knows in it, and examples that work."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from docs.guide.reference import GUIDE, LANGUAGES, write_pages, written_pages
from generator.charts.layout import MARKS
from generator.charts.resolved_spec import ResolvedSpec
from generator.charts.theme import CANVASES
from generator.checks.project_check import check_project
from generator.commands.main import COMMANDS, main
from generator.diagnostics.finding import languages, messages, rule_address, tool_message
from generator.model import formulas, periods
from generator.pages.renderer import PageRenderer, function_names
from generator.pages.templates import Templates
from generator.reading.schemas import schemas
from generator.wording.texts import Texts
from generator.wording.verification import Outcome

ROOT = Path(__file__).parent.parent
LISTINGS = GUIDE / "templates/listings"
SAMPLES = ("values", "periods", "formulas", "conditions", "texts")
WORDS = "words"  # its keys are the words themselves
every_language = pytest.mark.parametrize("code", LANGUAGES)


@cache
def pages() -> Mapping[str, str]:
    """The text of every page by its path below the guide."""
    own = (GUIDE / "templates/pages").glob("*.md.j2")
    return {**written_pages(), **{path.relative_to(GUIDE).as_posix(): path.read_text(encoding="utf-8") for path in own}}


def headings(page: str, code: str) -> set[str]:
    """The anchors of a page whose headings are the code that they are about."""
    text = pages()[f"templates/pages/{page}.{code}.md.j2"]
    return {
        anchor for name, anchor in re.findall(r"^#+ `([^`]+)` \{ #([\w-]+) \}$", text, re.MULTILINE) if anchor.endswith(name)
    }


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the guide with all its pages, as `make guide` has it."""
    root = tmp_path_factory.mktemp("guide")
    shutil.copy(GUIDE / "mkdocs.yml", root)
    for name in ("data", "templates"):
        shutil.copytree(GUIDE / name, root / name)
    write_pages(root)
    return root


def keys() -> Iterator[tuple[str, str]]:
    """The key of every record with what the record is called, as the schemas for editors have them."""
    for kind, schema in schemas(LANGUAGES).items():
        for what, definition in schema["$defs"].items() if kind != WORDS else ():
            yield from (
                (what, key) for key in definition.get("properties", ()) if what not in ("phrase", "plurals", "quantity")
            )
        yield from (("report", key) for key in schema.get("properties", ()))


@every_language
def test_every_key_of_every_record_is_explained(code: str) -> None:
    names = {path.split("/")[-1].split(".")[0] for path in pages() if "/pages/reference/" in path}
    found = set[str]().union(*(headings(f"reference/{name}", code) for name in names))
    wanted = {f"{what}-{key}" for what, key in keys()}
    assert len(wanted) > 200
    assert wanted - found == set()


@every_language
def test_every_call_command_rule_and_mark_is_explained(code: str) -> None:
    assert headings("reference/calls", code) == set(function_names())
    assert headings("reference/commands", code) == set(COMMANDS)
    assert headings("reference/findings", code) == set(messages())
    groups = [path.split("/")[-1].split(".")[0] for path in pages() if "/pages/marks/" in path]
    shown = set[str]().union(*(headings(f"marks/{group}", code) for group in groups))
    assert len(shown) >= 29
    assert shown <= set(MARKS)


@every_language
def test_every_outcome_of_verify_is_named(code: str) -> None:
    page = pages()[f"templates/pages/verify.{code}.md.j2"]
    assert [outcome for outcome in Outcome if f"`{tool_message(outcome, code)}`" not in page] == []


def test_a_finding_leads_to_its_place_in_the_guide() -> None:
    report = yaml.safe_load((GUIDE / "data/report.yml").read_text(encoding="utf-8"))
    assert set(report["languages"]) == set(languages()) == set(LANGUAGES)
    for code in LANGUAGES:
        for rule in messages():
            page, _, anchor = rule_address(rule, code).removeprefix(f"{report['site_url']}{code}/").partition("/#")
            assert anchor in headings(page, code)


def test_the_guide_has_no_findings(guide: Path) -> None:
    assert check_project(guide).findings == ()


def test_the_guide_builds_in_every_language(guide: Path) -> None:
    """What the build checks: each link leads to a page and an anchor of the site."""
    command = [sys.executable, "-m", "generator", "build", "--root", str(guide)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    for code in LANGUAGES:
        page = (guide / "site" / code / "marks/time/index.html").read_text(encoding="utf-8")
        for mark in ("line", "timeline"):
            assert f'data-chart="{mark}"' in page
        assert 'class="highlight"' in page
        finding = (guide / "site" / code / "reference/findings/index.html").read_text(encoding="utf-8")
        assert 'id="unknown-id"' in finding


def test_a_report_offers_only_the_files_that_it_makes(guide: Path, tmp_path: Path) -> None:
    root = shutil.copytree(guide, tmp_path / "plain", ignore=shutil.ignore_patterns("build", "site"))
    shown = {}
    for outputs in ("[package, api, citations, feeds]", "[]"):
        report = root / "data/report.yml"
        report.write_text(re.sub(r"outputs: .*", f"outputs: {outputs}", report.read_text(encoding="utf-8")), encoding="utf-8")
        edition = check_project(root).edition
        assert edition is not None
        renderer = PageRenderer(Templates(root), Texts(edition, edition.report.default), lambda _chart, _texts: None)
        shown[outputs] = [
            name for name in ("data.zip", "feed.xml", "cite/", "print/") if name in renderer.render("sources").markdown
        ]
    assert list(shown.values()) == [["data.zip", "feed.xml", "cite/"], []]


def samples(name: str) -> dict[str, str]:
    found = yaml.load((LISTINGS / f"values/{name}.yml").read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506  texts only
    assert isinstance(found, dict)
    return found


def test_every_period_can_be_read() -> None:
    assert {str(periods.parse(text).form) for text in samples("periods").values()} == set(samples("periods"))


UNITS = {
    "arithmetic": "TWh",
    "sum": "EUR",
    "difference": "TWh",
    "ends": "TWh",
    "growth": "percent",
    "share": "percent",
    "round": "ratio",
}
UNITS |= {"per": "km", "convert": "m"}


def test_every_value_formula_condition_and_text_settles(guide: Path, tmp_path: Path) -> None:
    changed = shutil.copytree(guide, tmp_path / "changed", ignore=shutil.ignore_patterns("build", "site"))
    head = "  label: {ja: 例, en: Example}\n  status: observed\n  review: durable\n"
    raw = (line.partition(": ") for line in (LISTINGS / "values/values.yml").read_text(encoding="utf-8").splitlines())
    evidence = "  evidence: [{source: yearbook, at: table 1}]\n"
    facts = [
        f"value_{name}:\n{head}  value: {text}\n  unit: {'date' if name == 'date' else 'ratio'}\n  plausible: tried\n{evidence}"
        for name, _, text in raw
    ]
    facts += [
        f'formula_{name}:\n{head}  formula: "{text}"\n  unit: {UNITS[name]}\n' for name, text in samples("formulas").items()
    ]
    notes = yaml.safe_load((LISTINGS / "values/texts.yml").read_text(encoding="utf-8"))
    facts += [
        f'text_{name}:\n{head}  value: 1\n  unit: ratio\n  period: 2025\n{evidence}  note: {{ja: "{"".join(re.findall(r"{.*?}", text["en"]))}", en: "{text["en"]}"}}\n'
        for name, text in notes.items()
    ]
    path = changed / "data/facts/energy.yml"
    path.write_text(path.read_text(encoding="utf-8") + "".join(facts), encoding="utf-8")
    checks = "".join(
        f'tried_{name}:\n  text: {{ja: 例, en: Example}}\n  test: "{text}"\n  expect: true\n  relation: holds\n'
        for name, text in samples("conditions").items()
    )
    path = changed / "data/checks.yml"
    path.write_text(path.read_text(encoding="utf-8") + checks, encoding="utf-8")
    checked = check_project(changed)
    assert [f"{one.span.file}:{one.span.line} {one.sentence()}" for one in checked.errors] == []
    named = {name for text in samples("formulas").values() for name in re.findall(r"\b([a-z]+)\(", text)}
    assert named | {"low", "high", "mid"} == {*formulas.FUNCTION_ARITIES, "convert"}


EDITING = ("set", "new", "rename", "retire", "reviewed", "import")
NOT_RUN = (("pip",), ("cd",), ("factloom", "init"), ("factloom", "serve"), ("factloom", "build"))


def commands(name: str) -> list[list[str]]:
    """The commands of a console session."""
    text = (LISTINGS / f"{name}.console").read_text(encoding="utf-8").replace("\\\n", " ")
    return [shlex.split(line.removeprefix("$ ")) for line in text.splitlines()]


def run(*arguments: str) -> Result:
    yes = ["--yes"] if arguments[0] in EDITING else []
    return CliRunner().invoke(main, [*arguments, *yes], env={"LC_ALL": "C"})


def run_session(name: str) -> None:
    for command in commands(name):
        if tuple(command[:1]) in NOT_RUN or tuple(command[:2]) in NOT_RUN:
            continue
        assert command[0] == "factloom"
        done = run(*command[1:])
        expected = 1 if command[1:] == ["words", "de"] else 0  # it says what is missing
        assert done.exit_code == expected, (command, done.output)


def add_to_pages(root: Path, name: str) -> None:
    for path in (root / "templates/pages").glob("index.*.md.j2"):
        path.write_text(
            path.read_text(encoding="utf-8") + "\n" + (LISTINGS / name).read_text(encoding="utf-8"), encoding="utf-8"
        )


@pytest.fixture
def started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The report that the guide begins with, as the current folder and the only commit of a repository."""
    init = next(one for one in commands("start") if one[:2] == ["factloom", "init"])
    assert CliRunner().invoke(main, ["init", str(tmp_path), *init[3:], "--yes"]).exit_code == 0
    who = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"]
    for arguments in (["init", "-q", "-b", "main"], ["add", "."], [*who, "commit", "-q", "-m", "first"]):
        subprocess.run(["git", *arguments], cwd=tmp_path, check=True)  # noqa: S607  the one of the path
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_everyday_steps_work_one_after_the_other(started: Path) -> None:
    order = re.findall(r"listings/(steps/\w+\.\w+)", pages()["templates/pages/steps.en.md.j2"])
    for step in (one for name in order for one in [name.partition(".")]):
        if step[2] == "console":
            run_session(step[0])
        else:
            add_to_pages(started, f"{step[0]}.md.j2")
    assert {path.name for path in (LISTINGS / "steps").iterdir()} == {
        f"{name.partition('/')[2]}{'' if name.endswith('console') else '.j2'}" for name in order
    }
    told = check_project(started).findings
    assert {one.rule for one in told if one.severity == "error"} == set()


def test_the_other_sessions_work(started: Path) -> None:
    for name in ("table.csv", "yearbook.txt"):
        shutil.copy(LISTINGS / name, started / name)
    for name in ("edit", "check", "import", "review", "eject", "due"):
        run_session(name)
    for page in (started / "templates/pages").glob("index.*.md.j2"):
        shutil.copy(LISTINGS / "page.md.j2", page)
    add_to_pages(started, "sentence.md.j2")
    run_session("check")
    assert "power:" in (started / "data/series.yml").read_text(encoding="utf-8")
    assert (started / "build/review.html").is_file()
    assert {path.stem for path in LISTINGS.glob("*.console")} == {
        *("start", "edit", "check", "import", "review", "eject", "due", "edition", "language", "words", "verify", "engine")
    }


def test_words_and_verify_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert CliRunner().invoke(main, ["init", str(tmp_path), "--languages", "en", "--yes"]).exit_code == 0
    monkeypatch.chdir(tmp_path)
    shutil.copy(LISTINGS / "yearbook.txt", tmp_path / "yearbook.txt")
    run_session("words")
    told = run(*commands("verify")[0][1:])
    assert told.exit_code == 1  # the expectation and the opening are not in the sample text
    assert "different" not in told.output
    assert len(re.findall(r"^found", told.output, re.MULTILINE)) > 2


def test_a_language_can_be_added_as_the_guide_says(started: Path) -> None:
    report = started / "data/report.yml"
    text = report.read_text(encoding="utf-8")
    old = text[text.index("languages:") : text.index("# Where readers report")]
    report.write_text(text.replace(old, (LISTINGS / "language.yml").read_text(encoding="utf-8")), encoding="utf-8")
    run_session("language")
    assert [one for one in check_project(started).findings if one.severity == "error"] == []


def test_the_extensions_of_the_guide_do_what_they_say(guide: Path) -> None:
    """They import from factloom.api, which is generator.api in a checkout; tests/extensions install such a package."""
    folder = LISTINGS / "extension"
    module: dict[str, Any] = {}
    for path in sorted(folder.glob("*.py")):
        source = path.read_text(encoding="utf-8").replace("from factloom.api", "from generator.api")
        exec(compile(source, path.name, "exec"), module)  # noqa: S102  a sample that stands in this repository
    points = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]
    assert set(points) == {"factloom.marks", "factloom.rules", "factloom.outputs"}
    assert {one.partition(":")[2] for group in points.values() for one in group.values()} <= set(module)
    edition = check_project(guide).edition
    assert edition is not None
    texts = {language.code: Texts(edition, language) for language in edition.report.languages}
    assert list(module["long_labels"](edition)) == []
    assert [path for path, _ in module["plain_list"](edition, texts)] == [f"{code}.txt" for code in LANGUAGES]
    assert all("171" in text for _, text in module["plain_list"](edition, texts))
    mark = module["LOLLIPOP"]
    (title,) = [one["title"] for one in yaml.safe_load((folder / "chart.yml").read_text(encoding="utf-8")).values()]
    assert set(title) == set(LANGUAGES)
    spec = ResolvedSpec(edition.charts["bars"], edition, texts["en"])
    scene = mark.draw(spec, CANVASES["wide"])
    assert len(scene.shapes) == len(mark.describe(spec)) * 3 == len(mark.tabulate(spec).rows) * 3
