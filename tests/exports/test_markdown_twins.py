"""Each page as Markdown: its text and values in words, with the sources and verdicts, in its own language."""

from __future__ import annotations

import yaml
from sample_reports import make_page, sample_context

from generator.exports import markdown_twins
from generator.pages.page import Page
from generator.records.struct import replace
from generator.wording.texts import Texts

EN, DE = sample_context().texts


def page_markdown(texts: Texts, page: Page, html: str) -> str:
    return markdown_twins.page_markdown(texts, page, markdown_twins.page_blocks(texts, page, html, (), {})[0])


def twin(texts: Texts, html: str, **uses: list[str]) -> tuple[dict[str, str], str]:
    """The front matter and the Markdown of a page."""
    page: Page = make_page("costs", texts, title="What it <costs>")
    for kind, keys in uses.items():
        setattr(page.uses, kind, keys)
    _, head, body = page_markdown(texts, page, html).split("---\n", 2)
    return yaml.safe_load(head), body


def test_the_page_is_named_as_the_original() -> None:
    head, body = twin(DE, "<article class=x><h1>Kosten</h1></article><footer>Fuß</footer>")
    assert head == {
        "title": "What it <costs>",
        "description": "About costs",
        "language": "de",
        "canonical": "https://lakes.example/de/costs/",
        "publisher": "Seenwacht",
        "as_of": "2025-06-30",
    }
    assert body == "\n# Kosten\n"


def test_values_have_their_status_and_sources() -> None:
    _, body = twin(DE, "<p>Text</p>", facts=["dam_cost", "area_2025", "dam_cost"])
    assert body.split("\n\n")[1:] == [
        "## Werte und Quellen",
        "- [Kosten des Damms](https://lakes.example/de/facts/dam_cost/): **66 bis 72 Milliarden US-Dollar** (angekündigt)"
        " [^1] (table 4)\n"
        "- [Fläche 2025](https://lakes.example/de/facts/area_2025/): **25 Quadratkilometer** (gemessen · 2025) [^1] (table 3)",
        "[^1]: Lake Survey, „[Annual survey](<https://survey.example/2025>)“, Mai 2025\n",
    ]


def test_verdicts_have_their_claims() -> None:
    (claim,) = sample_context().edition.claims.values()
    _, body = twin(EN, "<p>Text</p>", claims=[claim.id])
    assert f"## Claims and verdicts\n\n- **confirmed**: {EN.fill(claim.text, claim)}" in body


def test_a_list_of_everything_needs_no_second_one() -> None:
    page = make_page("facts", EN, facts=("dam_cost",))
    page.uses.lists_all = True
    assert "Values and sources" not in page_markdown(EN, page, "<p>All</p>")


def test_pages_link_their_markdown_where_there_is_one() -> None:
    assert markdown_twins.link(EN) == '<link rel="alternate " type="text/markdown" href="index.md">\n'
    without = replace(EN.edition, report=replace(EN.edition.report, outputs=("feeds",)))
    assert markdown_twins.link(Texts(without, EN.language)) == ""
