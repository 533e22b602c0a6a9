"""Links by which readers report an error: filled in, escaped, in each language, and none without an address."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from sample_projects import edit

from generator.checks.project_check import check_project
from generator.markup.document import Document
from generator.pages.downloads import contact as contact_views
from generator.pages.error_reports import error_addresses
from generator.pages.fact_cards import fact_card
from generator.pages.fact_pages import render_fact_page
from generator.pages.mentions import FactMentions
from generator.pages.renderer import PageRenderer
from generator.pages.templates import Templates
from generator.pages.view_models import ViewModels
from generator.wording.texts import Texts

ISSUES, MAIL = "https://github.com/lakes/report/issues/new", "a+b@lakes.example"
NOWHERE = FactMentions(pages=(), charts=(), claims=(), derived=())
LABEL = """label: {en: 'Depth & <width> = a% "sure"? #', de: Tiefe + Größe?}"""


def renderers(project: Path, contact: str) -> list[PageRenderer]:
    """The project's renderers by language, its first fact named with all signs that mean something in addresses and HTML."""
    edit(project, "data/report.yml", "as_of:", f"{contact}as_of:")
    facts = (project / "data/facts/water.yml").read_text(encoding="utf-8")
    label = next(line for line in facts.splitlines() if line.strip().startswith("label:"))
    edit(project, "data/facts/water.yml", label.strip(), LABEL)
    edition = check_project(project).edition
    assert edition is not None
    return [
        PageRenderer(Templates(project), Texts(edition, language), lambda _chart, _texts: None)
        for language in edition.report.languages
    ]


def links(html: str) -> list[str]:
    return [found["href"] for found, _ in Document(html).elements("a[href]") if ":" in found["href"]]


@pytest.mark.parametrize(
    ("issues", "names"),
    [
        (ISSUES, ("title", "body")),
        ("https://gitlab.com/lakes/report/-/issues/new", ("issue[title]", "issue[description]")),
    ],
)
def test_a_number_leads_to_an_issue_that_is_filled_in(project: Path, issues: str, names: tuple[str, str]) -> None:
    for renderer in renderers(project, f"contact: {{issues: {issues}, mail: {MAIL}}}\n"):
        texts = renderer.texts
        fact = next(iter(texts.edition.facts.values()))
        page = f"https://lakes.example/{texts.language.code}/facts/{fact.id}/"
        for html in (fact_card(renderer, fact.id), render_fact_page(renderer, NOWHERE, fact).markdown):
            (address,) = [link for link in links(html) if link.startswith(issues)]
            assert address.isprintable()
            asked = parse_qs(urlsplit(address).query)
            assert set(asked) == set(names)
            assert asked[names[0]][0].startswith(texts.label(fact))
            assert asked[names[1]][0].startswith(page)
            assert texts.language.word("part_error_question") in asked[names[1]][0]


def test_a_mail_is_filled_in_where_there_are_no_issues(project: Path) -> None:
    for renderer in renderers(project, f"contact: {{mail: {MAIL}}}\n"):
        fact = next(iter(renderer.texts.edition.facts.values()))
        (address,) = error_addresses(renderer.texts, fact)
        scheme, _, rest = address.partition(":")
        mailbox, _, query = rest.partition("?")
        assert (scheme, unquote(mailbox)) == ("mailto", MAIL)
        fields = {name: unquote(text) for name, text in (part.split("=") for part in query.split("&"))}
        assert fields["subject"].startswith(renderer.texts.label(fact))
        assert fields["body"].count("\r\n") == fields["body"].count("\n") == 3
        assert "<" not in address
        assert '"' not in address


def test_nothing_leads_anywhere_without_an_address(project: Path) -> None:
    for renderer in renderers(project, ""):
        fact = next(iter(renderer.texts.edition.facts.values()))
        word = renderer.texts.language.word("part_report_error")
        assert word not in fact_card(renderer, fact.id)
        assert word not in render_fact_page(renderer, NOWHERE, fact).markdown
        assert renderer.render_text("{{ contact() }}", "index").strip() == ""


def test_a_page_lists_every_way_to_report_an_error(project: Path) -> None:
    for renderer in renderers(project, f"contact: {{issues: {ISSUES}, mail: {MAIL}}}\n"):
        html = str(
            renderer.templates.render_part("contact", renderer.texts, contact_views(ViewModels(renderer.texts, "index")))
        )
        assert [link.partition("?")[0] for link in links(html)] == [ISSUES, f"mailto:{MAIL}"]


@pytest.mark.parametrize(
    "contact",
    [
        "{issues: 'javascript:alert(1)'}",
        "{issues: 'https://a.example/?x=1'}",
        "{mail: 'a@b?bcc=c@d'}",
        "{mail: 'a,b@c.example'}",
    ],
)
def test_an_address_that_could_do_more_is_refused(project: Path, contact: str) -> None:
    edit(project, "data/report.yml", "as_of:", f"contact: {contact}\nas_of:")
    assert "wrong-shape" in {found.rule for found in check_project(project).findings}
