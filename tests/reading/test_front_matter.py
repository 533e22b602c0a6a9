"""The front matter of pages is YAML with tags of the template in it: how it is read, rendered and written for an engine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from mkdocs.utils.meta import get_data

from generator.checks.project_check import check_project
from generator.diagnostics.finding import Diagnostic
from generator.pages.renderer import PageRenderer
from generator.pages.templates import Templates
from generator.reading.front_matter import FrontMatter, body_of, read_front_matter, write_front_matter
from generator.reading.outline import read_outline
from generator.wording.texts import Texts


def read(head: str) -> FrontMatter:
    sink: list[Diagnostic] = []
    found = read_front_matter("page.md.j2", f"---\n{head}\n---\n# Page\n", sink)
    assert sink == []
    return found


TITLES = [
    # a title as written, and as read
    ("Lakes", "Lakes"),
    ("  Lakes  ", "Lakes"),
    ("'It''s a lake'", "It's a lake"),
    ("\"Lakes: a 'report'\"", "Lakes: a 'report'"),
    (r'"A \"lake\" \\ caf\u00e9"', 'A "lake" \\ café'),
    ("Lakes # of the north", "Lakes"),
    ("'Lakes # of the north'", "Lakes # of the north"),
    ("Lakes\n  of the north", "Lakes of the north"),
    ('"Lakes\n  of the north"', "Lakes of the north"),
    (">\n  Lakes\n  of the north", "Lakes of the north"),
    (">-\n  Lakes\n\n  of the north", "Lakes of the north"),
    ("|\n  Lakes  \n  of the north", "Lakes of the north"),
    ("湖\u3000と ダム", "湖\u3000と ダム"),
    ("2025", "2025"),
    ("true", "true"),
    # tags
    ('{{ name("lake_4") }}', '{{ name("lake_4") }}'),
    ('Lakes {{ name("lake_4") }}', 'Lakes {{ name("lake_4") }}'),
    ('"{{ name("lake_4") }}: a report"', '{{ name("lake_4") }}: a report'),
    ("'{{ t('a') }}''s {{ t('b') }}{{ t('c') }}'", "{{ t('a') }}'s {{ t('b') }}{{ t('c') }}"),
    (">\n  {{ t('a: b') }}\n  {# no #}of {% if x %}y{% endif %}", "{{ t('a: b') }} {# no #}of {% if x %}y{% endif %}"),
    ("&t {{ t('a') }}\nother: *t", "{{ t('a') }}"),
    ("a\ufdd0b", "ab"),
]


@pytest.mark.parametrize(("written", "title"), TITLES)
def test_a_title_is_one_line_of_text(written: str, title: str) -> None:
    head = read(f"description: D\ntitle: {written}")
    assert head.text("title") == title
    assert head.text("description") == "D"
    meta: dict[str, Any] = get_data(write_front_matter(head.values))[1]
    assert meta["title"] == title


VALUES = [
    # values for the engine, and what it reads
    ("hide: [toc, navigation]", {"hide": ["toc", "navigation"]}),
    ("hide:\n  - toc\n  - 'a: b'", {"hide": ["toc", "a: b"]}),
    ("search:\n  exclude: true\n  boost: 2", {"search": {"exclude": True, "boost": 2}}),
    ("search: {boost: 0.5}\nicon: material/numeric-2", {"search": {"boost": 0.5}, "icon": "material/numeric-2"}),
    ("template: null\nstatus:", {"template": None, "status": None}),
    ("'status': new", {"status": "new"}),
    ("answer: yes\nday: 2025-06-30\nversion: '1.10'", {"answer": "yes", "day": "2025-06-30", "version": "1.10"}),
    ("tags: ['{{ t(\"a\") }}', {{ t('b') }}]", {"tags": ['{{ t("a") }}', "{{ t('b') }}"]}),
    ("", {}),
    ("# nothing but a comment", {}),
]


@pytest.mark.parametrize(("head", "expected"), VALUES)
def test_an_engine_reads_what_was_written(head: str, expected: dict[str, object]) -> None:
    assert get_data(f"{write_front_matter(read(head).values)}# Page\n") == ("# Page\n", expected)


@pytest.mark.parametrize(
    ("source", "title", "body"),
    [
        ("---\ntitle: A\n---\n# A\n", "A", "# A\n"),
        ("--- \ntitle: A\n--- \n# A\n", "A", "# A\n"),
        ("---\ntitle: A\n...\n# A\n", "A", "# A\n"),
        ("---\ntitle: |\n  A\n  ---\n---\n# A\n", "A ---", "# A\n"),
        ("---\ntitle: A\n---", "A", ""),
        ("---\n---\n# A\n\n---\n", "", "# A\n\n---\n"),
        ("# A\n---\ntitle: A\n---\n", "", "# A\n---\ntitle: A\n---\n"),
        ("", "", ""),
    ],
)
def test_where_front_matter_begins_and_ends(source: str, title: str, body: str) -> None:
    sink: list[Diagnostic] = []
    assert read_front_matter("page.md.j2", source, sink).text("title") == title
    assert body_of(source) == body
    assert sink == []


def test_only_texts_with_tags_are_rendered() -> None:
    head = read("title: A {{ b }}\nhide: [toc]\ntags: ['{{ b }}', {deep: {{ b }}}]\nboost: 2").rendered(
        lambda text: f"<{text}>"
    )
    expected = {"title": "<A {{ b }}>", "hide": ["toc"], "tags": ["<{{ b }}>", {"deep": "<{{ b }}>"}], "boost": 2}
    assert get_data(write_front_matter(head.values))[1] == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("title: Lakes of 2025\nicon: numeric-2\ndescription: 3 lakes", [(2, 17, "2025"), (4, 14, "3")]),
        ("title: >\n  Lakes\n  of 2025 # 7\ndescription: '4 lakes' # 5", [(4, 6, "2025"), (4, 13, "7"), (5, 15, "4")]),
        ("'title': \"6 lakes\"\nother: 7 lakes\nlist: [8]", [(2, 11, "6")]),
        ('title: \'{{ fact("a", digits=3) }} of {{ "9 dams" }}\'', [(2, 42, "9")]),
    ],
)
def test_quantities_typed_into_titles_are_found_in_their_places(head: str, expected: list[tuple[int, int, str]]) -> None:
    outline = read_outline("page.md.j2", "page", "en", f"---\n{head}\n---\n# Page\n")
    assert sorted((span.line, span.column, found) for found, span in outline.typed_numbers([])) == expected


def test_a_page_is_called_what_its_front_matter_renders_to(project: Path) -> None:
    file = project / "templates/pages/index.en.md.j2"
    head = (
        "title: '{{ name(\"lake_4\") }}''s report'\ndescription: >-\n  It cost\n  {{ fact_label(\"dam_cost\") }}.\nhide: [toc]"
    )
    file.write_text(f"---\n{head}\n---\n{body_of(file.read_text(encoding='utf-8'))}", encoding="utf-8")
    checked = check_project(project)
    assert checked.errors == ()
    assert checked.edition is not None
    language = next(one for one in checked.edition.report.languages if one.code == "en")
    page = PageRenderer(Templates(project), Texts(checked.edition, language), lambda _chart, _texts: None).render("index")
    assert (page.title, page.description) == ("Lake 4's report", "It cost Cost of the dam.")
    assert get_data(page.markdown)[1]["hide"] == ["toc"]
