"""The line under the title of the first page: who publishes the report, what they are, and how much it rests on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.checks.project_check import check_project
from generator.pages.renderer import PageRenderer
from generator.pages.templates import Templates
from generator.wording.texts import Texts


@pytest.mark.parametrize(
    ("note", "shown"),
    [
        ("", "Published by Lake Watch | as of June 30, 2025"),
        ("{en: a public body, de: eine Behörde}", "Published by Lake Watch | a public body | as of June 30, 2025"),
        ("{en: <b>we</b> & co., de: wir}", "Published by Lake Watch | &lt;b&gt;we&lt;/b&gt; &amp; co. | as of June 30, 2025"),
    ],
)
def test_the_masthead_says_what_the_publisher_is(project: Path, note: str, shown: str) -> None:
    report = project / "data/report.yml"
    if note:
        report.write_text(f"{report.read_text(encoding='utf-8')}\npublisher_note: {note}\n", encoding="utf-8")
    for code in ("en", "de"):
        page = project / f"templates/pages/index.{code}.md.j2"
        page.write_text(f"{page.read_text(encoding='utf-8')}\n\n{{{{ masthead() }}}}\n", encoding="utf-8")
    checked = check_project(project)
    assert checked.edition is not None, checked.findings
    language = checked.edition.report.language("en")
    renderer = PageRenderer(Templates(project), Texts(checked.edition, language), lambda _chart, _texts: None)
    line = re.search(r'<p class="fl-masthead".*?</p>', renderer.render("index").markdown, re.DOTALL)
    assert line
    spans = re.findall(r"<span>(.*?)</span>", line[0])
    assert " | ".join(re.sub(r"</?a\b[^>]*>", "", span) for span in spans).startswith(shown)
