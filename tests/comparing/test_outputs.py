"""Changes as text, Markdown, JSON and HTML: words are marked, nothing of a project is markup, and Markdown is bounded."""

from __future__ import annotations

import json
import re
import shutil
from base64 import b64decode
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner
from sample_projects import GOOD, edit

from generator.commands.main import main
from generator.comparing.as_markdown import as_markdown, text_of
from generator.comparing.sections import Item, Line, Section
from generator.comparing.word_marks import COME, GONE, KEPT, Marked, mark_words

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</del></ins><h1>x",
    "](javascript:alert(1)) ![x](https://evil.example/x.png)",
    "`code` **bold** @somebody #12 GH-12",
    "\x1b[31mred \u202eturned ::error::x",
]


@pytest.mark.parametrize(
    ("before", "after", "locale", "marked"),
    [
        ("設備投資は増える見込みだ。", "設備投資は減る見込みだ。", "ja-JP", "設備投資は[増える|減る]見込みだ。"),
        ("訳は正しい。", "訳はいつも正しい。", "ja-JP", "訳は[|いつも]正しい。"),
        ("売上は722億ドルだ。", "売上は725億ドルだ。", "ja-JP", "売上は[722|725]億ドルだ。"),
        ("It is deep.", "It is very deep.", "en-US", "It is [|very ]deep."),
        ("It costs $72.2 billion.", "It costs $80 million.", "en-US", "It costs $[72.2 billion|80 million]."),
        ("", "It is new.", "en-US", "[|It is new.]"),
        ("It is old.", "", "en-US", "[It is old.|]"),
        ("Same.", "Same.", "en-US", "Same."),
        ("人工知能", "人工超知能", "ja-JP", "人工[|超]知能"),
    ],
)
def test_words_are_marked(before: str, after: str, locale: str, marked: str) -> None:
    parts = mark_words(before, after, locale)
    assert "".join(part.text for part in parts if part.mark != COME) == before
    assert "".join(part.text for part in parts if part.mark != GONE) == after
    shown, pending = "", ""
    for text, mark in parts:
        if pending and mark != COME:
            shown, pending = f"{shown}{pending}|]", ""
        if mark == GONE:
            pending = f"[{text}"
        elif mark == COME:
            shown, pending = f"{shown}{pending or '['}|{text}]", ""
        else:
            shown += text
    assert shown + (f"{pending}|]" if pending else "") == marked


class _Tags(HTMLParser):
    """The tags of a page with their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def _shown(project: Path, form: str, language: str = "en") -> str:
    shown = CliRunner().invoke(main, ["diff", str(GOOD), str(project), "--format", form, "--language", language])
    assert shown.exit_code == 0, shown.output
    return shown.output


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
def test_texts_of_a_project_are_no_markup(form: str, text: str, project: Path) -> None:
    written = json.dumps(text)
    edit(project, "data/facts/water.yml", "en: Cost of the dam", f"en: {written}")
    edit(project, "data/sources.yml", "title: Annual survey", f"title: {written}")
    edit(project, "data/facts/water.yml", "value: [66e9, 72e9]", "value: [66e9, 73e9]")
    if "\x1b" in text:  # which is refused when it is read, and told as such
        refused = CliRunner().invoke(main, ["diff", str(GOOD), str(project), "--format", form, "--language", "en"])
        assert not re.search("[\x1b\u202e]|^::", refused.output, re.MULTILINE)
        return
    shown = _shown(project, form)
    assert "66" in shown
    if form == "json":
        json.loads(shown)
    elif form == "html":
        tags = _Tags()
        tags.feed(shown)
        assert {tag for tag, _ in tags.found} <= {
            *("html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p", "nav", "ul", "li", "a"),
            *("section", "b", "span", "del", "ins", "div", "figure", "figcaption", "img"),
        }
        assert not [name for _, attributes in tags.found for name in attributes if name.startswith("on")]
        assert all(
            (attributes.get("src") or "data:image/svg+xml").startswith("data:image/svg+xml") for _, attributes in tags.found
        )
        assert all((attributes.get("href") or "#").startswith(("#", "https://survey.example/")) for _, attributes in tags.found)
    elif form == "markdown":
        assert set(re.findall(r"<[^>]*>", shown)) <= {"<del>", "</del>", "<ins>", "</ins>"}
        assert not re.search(r"!\[|\]\(|@somebody|(?<!&)#12|`|\*\*bold", shown)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a_b", "a&#95;b"),
        ("@team, see #12", "@&#8288;team, see #&#8288;12"),
        ("https://x.example", "https&#8288;://x.example"),
        ("www.x.example", "www&#8288;.x.example"),
        ("# no heading", "&#8288;# no heading"),
        ("1. no list", "&#8288;1. no list"),
        ("0cc48d8a", "0cc48d8&#8288;a"),
        ("&amp; <b>", "&amp;amp; &lt;b&gt;"),
    ],
)
def test_text_in_markdown_shows_as_it_is_written(text: str, shown: str) -> None:
    assert text_of(text) == shown


def test_no_section_of_markdown_crowds_out_another_one() -> None:
    line = Line(parts=(Marked("x" * 400, KEPT),))
    big = Section(key="big", title="Big", items=tuple(Item(id=f"big{n}", lines=(line,)) for n in range(5000)))
    small = [Section(key=key, title=key, items=(Item(id=f"in_{key}", lines=(line,)),)) for key in ("first", "last")]
    text = as_markdown(["Title"], [small[0], big, small[1]], "en")
    assert len(text) <= 60_000
    assert all(text_of(word) in text for word in ("in_first", "in_last", "big0"))
    left = 5000 - len(re.findall(r"\*\*big\d+\*\*", text))
    assert f"and {left} more" in text


def test_the_page_needs_nothing_else(project: Path) -> None:
    edit(project, "data/facts/water.yml", "value: 25e6", "value: 27e6")
    page = _shown(project, "html", "ja")
    assert '<html lang="ja">' in page
    assert "default-src 'none'" in page
    assert "<script" not in page
    assert re.findall(r'(?:src|href)="(?!#|data:)([^"]*)"', page) == ["https://survey.example/2025"]


def test_charts_are_shown_before_and_after_in_the_light_scheme(tmp_path: Path) -> None:
    gallery = Path(__file__).parents[1] / "projects" / "gallery"
    for name in ("before", "after"):
        shutil.copytree(gallery, tmp_path / name)
    edit(tmp_path / "after", "data/series/power.csv", "2010,175,", "2010,275,")
    files = [tmp_path / "out" / name for name in ("diff.html", "diff.md")]
    arguments = [part for file in files for part in ("--output", str(file))]
    done = CliRunner().invoke(main, ["diff", str(tmp_path / "before"), str(tmp_path / "after"), *arguments])
    assert (done.exit_code, done.output) == (0, "")
    page, summary = (file.read_text(encoding="utf-8") for file in files)
    pictures = [b64decode(found).decode() for found in re.findall(r"data:image/svg\+xml;base64,([^\"]+)", page)]
    charts = len(re.findall(r'<div class="charts"', page))
    assert charts
    assert len(pictures) == 2 * charts
    assert pictures[0] != pictures[1]
    assert all("prefers-color-scheme" not in picture and picture.startswith("<svg xmlns=") for picture in pictures)
    assert "275" in summary


@pytest.mark.parametrize("name", ["diff.pdf", "diff"])
def test_a_file_to_write_has_the_ending_of_a_form(name: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["diff", str(GOOD), str(GOOD), "--output", str(tmp_path / name)])
    assert (done.exit_code, (tmp_path / name).exists()) == (2, False)


@pytest.mark.parametrize("form", ["text", "html"])
def test_a_chart_whose_specification_is_wrong_is_a_finding(form: str, project: Path) -> None:
    path = project / "data/charts/wrong.yml"
    path.parent.mkdir()
    chart = "wrong:\n  plausible: drawn elsewhere\n  mark: bar\n  title: {en: A, de: A}\n  rows: [area_2024, area_2025]\n"
    path.write_text(chart, encoding="utf-8")
    assert "unknown-mark" in _shown(project, form)
