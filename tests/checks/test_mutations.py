"""Whatever an author types, the answer is a list of findings, never a traceback; and what is good can be put into words.

FACTLOOM_MUTATIONS says how many spoiled projects are tried (default: some hundreds).
"""

from __future__ import annotations

import os
import random
import re
import shutil
from pathlib import Path

import pytest
from mutations import MUTATIONS
from sample_projects import GOOD

from generator.checks.project_check import CheckResult, check_project
from generator.diagnostics.finding import Diagnostic, languages
from generator.diagnostics.renderers import FORMATS, render
from generator.wording.texts import Texts

FILES = sorted(
    path.relative_to(GOOD).as_posix()
    for folder in ("data", "templates")
    for path in (GOOD / folder).rglob("*")
    if path.suffix in {".yml", ".csv", ".j2"}
)
_BREAK, _YAML_BREAK = re.compile(r"\r\n|[\r\n]"), re.compile(r"\r\n|[\r\n\x85\u2028\u2029]")
COUNT = max(1, int(os.environ.get("FACTLOOM_MUTATIONS", "400")) // len(FILES))


@pytest.fixture(scope="module")
def spoiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One copy of the good project for all mutations: each changes one file and restores it."""
    return shutil.copytree(GOOD, tmp_path_factory.mktemp("spoiled") / "project")


@pytest.mark.parametrize("file", FILES)
def test_no_text_ends_in_a_traceback(spoiled: Path, file: str) -> None:
    path = spoiled / file
    good = path.read_text(encoding="utf-8")
    try:
        for seed in range(COUNT):
            chance = random.Random(f"{file} {seed}")  # noqa: S311  the same texts on every run
            text = good
            for _ in range(chance.choice((1, 1, 1, 2, 4))):
                text = chance.choice(MUTATIONS)(text or "x", chance)
            path.write_bytes(text.encode(errors="replace"))
            try:
                render_everything(check_project(spoiled), spoiled)
            except Exception as error:
                error.add_note(f"{file}, mutation {seed}:\n{text}")
                raise
    finally:
        path.write_text(good, encoding="utf-8")


def render_everything(checked: CheckResult, root: Path) -> None:
    """Render every finding in every format and language; without findings, word every fact, claim and event."""
    for one in checked.findings:
        assert_span_exists(one, root)
    for form in FORMATS:
        for language in languages():
            render(checked.findings, output_format=form, root=root, language=language)
    if checked.findings or checked.edition is None:
        assert checked.findings, "no edition, and no reason"
        return
    for report_language in checked.edition.report.languages:
        texts = Texts(checked.edition, report_language)
        for fact in checked.edition.facts.values():
            assert texts.label(fact)
            assert texts.value(fact)
            assert texts.growth(fact)
        for claim in checked.edition.claims.values():
            assert texts.fill(claim.text, claim)
            texts.claim_value(claim)
        for event in checked.edition.events.values():
            assert texts.word_period(event.date)


def assert_span_exists(one: Diagnostic, root: Path) -> None:
    """The span of a finding exists, or its file is missing."""
    path = root / one.span.file
    if path.exists() and one.rule != "not-utf8":
        breaks = _YAML_BREAK if path.suffix == ".yml" else _BREAK
        lines = breaks.split(path.read_bytes().decode(errors="replace"))
        assert 1 <= one.span.line <= len(lines) + 1, one
        line = (*lines, "")[one.span.line - 1]
        assert 1 <= one.span.column <= len(line) + 2, one
