"""The tasks that a site's pages are made by: charts, pages, what stands in a page's head, and the pages of facts."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from datetime import date
from functools import partial
from pathlib import Path

from ..charts.table_cells import Table
from ..exports import feeds, markdown_twins
from ..markup import fragments
from ..model import report
from ..pages import json_ld, open_graph
from ..pages.fact_cards import fact_card
from ..pages.fact_pages import render_fact_page
from ..pages.mentions import FactMentions
from ..pages.page import Page, Uses
from ..pages.render_cache import RenderCache
from ..pages.renderer import PageRenderer
from ..pages.templates import Templates
from ..records.struct import Struct, replace
from ..store.hashing import fingerprint
from ..wording import citations
from ..wording.texts import Texts
from .tasks import TaskFunctions, TaskInputs, TaskResult

CHART, PAGE, HEAD, FACT = "chart", "page", "head", "fact"
TITLES = "titles"
_SVG_SIZE = re.compile(r'width="[^"]+" height="[^"]+"')
_CHARTS_ON_PAGE = re.compile(r'data-chart="([^"]+)"')


class FactSummary(Struct, frozen=True):
    """What later steps need of the page of every fact: thousands are restored in each build, so there is no more in it."""

    name: str  # of its page
    changed: date | None  # the last change of anything on it
    card: str  # the fact's card as HTML


class _ChartOnPage(Struct, frozen=True):
    """A chart as a page's template needs it; the picture is put in when the page is finished."""

    alt: str
    table: Table


def task_key(code: str, name: str) -> str:
    """The key of a task that there is once per language."""
    return f"{code}/{name}"


def split_key(key: str) -> tuple[str, str]:
    """The language's code and the name of a key."""
    code, _, name = key.partition("/")
    return code, name


def resolve_key(task_inputs: TaskInputs, key: str) -> tuple[Texts, str]:
    """The texts of a key's language, and its name; records that these were read."""
    code, name = split_key(key)
    task_inputs.record(f"language/{code}", "report", "stale")
    edition = task_inputs.edition
    return Texts(edition, next(one for one in edition.report.languages if one.code == code)), name


_TEMPLATES: dict[tuple[Path, str, tuple[Hashable, ...]], Templates] = {}  # by folder, content, and notices in them


def _templates(task_inputs: TaskInputs) -> Templates:
    """The templates as they are now; compiled ones are kept in memory as long as none changes, nor what is stale in one."""
    stale = (one.identity for one in task_inputs.stale if one.passage.span.file.startswith("templates/"))
    version = (task_inputs.root, task_inputs.templates, tuple(stale))
    if version not in _TEMPLATES:
        _TEMPLATES.clear()
        _TEMPLATES[version] = Templates(task_inputs.root, task_inputs.stale, task_inputs.compiled)
    return _TEMPLATES[version]


def forget_templates() -> None:
    """Compile all templates anew: they may have been read while somebody wrote to them."""
    _TEMPLATES.clear()


def _draw_chart(task_inputs: TaskInputs, key: str) -> TaskResult:
    """The payload is the chart for each canvas width, the summary its size in each as attributes of an image."""
    from ..charts.drawing import draw_widths  # noqa: PLC0415  most edits change no chart

    texts, name = resolve_key(task_inputs, key)
    drawings = draw_widths(task_inputs.edition.charts[name], task_inputs.edition, texts)
    sizes = {width: found[0] if (found := _SVG_SIZE.search(drawing.standalone)) else "" for width, drawing in drawings.items()}
    return TaskResult(summary=sizes, payload=drawings)


def _chart_on_page(chart: report.Chart, texts: Texts) -> _ChartOnPage:
    from ..charts.alt_text import describe  # noqa: PLC0415  as above
    from ..charts.tables import tabulate  # noqa: PLC0415

    return _ChartOnPage(alt=describe(chart, texts.edition, texts), table=tabulate(chart, texts.edition, texts))


def _latest(task_inputs: TaskInputs) -> date | None:
    task_inputs.record("latest")
    return task_inputs.latest


def _render_page(task_inputs: TaskInputs, key: str) -> TaskResult:
    """The payload is the page's Markdown; the summary: the page without it, charts in it, its fingerprint without fragments."""
    texts, name = resolve_key(task_inputs, key)
    cache = RenderCache(Uses(), task_inputs.accesses, task_inputs.pieces(PAGE, key))
    renderer = PageRenderer(_templates(task_inputs), texts, _chart_on_page, partial(_latest, task_inputs), cache)
    page = renderer.render(name)
    task_inputs.record("parts", *(f"file/{file}" for file in renderer.files_read))
    charts = tuple(dict.fromkeys(_CHARTS_ON_PAGE.findall(page.markdown)))
    without_fragments = fingerprint(fragments.take_out(page.markdown)[0])
    summary = replace(page, markdown=""), charts, without_fragments
    return TaskResult(summary=summary, payload=page.markdown, pieces=cache.texts)


def _render_fact(task_inputs: TaskInputs, key: str) -> TaskResult:
    """The payload is a fact's own page and what the report adds to its HTML head."""
    texts, name = resolve_key(task_inputs, key)
    mentions: FactMentions = task_inputs.parameters[FACT][key]
    task_inputs.record("parts", f"mentions/{key}")
    renderer = PageRenderer(_templates(task_inputs), texts, _chart_on_page)
    page = render_fact_page(renderer, mentions, task_inputs.edition.facts[name])
    head = _head_tags(texts, page, mentions.titles) + feeds.fact_link(texts, task_inputs.edition.facts[name])
    return TaskResult(summary=FactSummary(page.name, page.changed, fact_card(renderer, name)), payload=(page, head))


def _render_head(task_inputs: TaskInputs, key: str) -> TaskResult:
    """The summary is what the report adds to the HTML head of a page."""
    texts, _ = resolve_key(task_inputs, key)
    code = texts.language.code
    page: Page = task_inputs.parameters[HEAD][key]
    task_inputs.record(f"page/{key}", f"titles/{code}")
    return TaskResult(summary=_head_tags(texts, page, task_inputs.parameters[TITLES][code]))


def _head_tags(texts: Texts, page: Page, titles: Mapping[str, str]) -> str:
    written = Texts(texts.edition, texts.edition.report.language(page.content_language))  # what is said of the content
    return (
        open_graph.page_tags(written, page)
        + citations.meta(written, page=page.name, title=page.title)
        + feeds.links(texts, page.name)
        + markdown_twins.link(texts)
        + json_ld.script(written, page, titles)
    )


TASK_FUNCTIONS: TaskFunctions = {CHART: _draw_chart, PAGE: _render_page, HEAD: _render_head, FACT: _render_fact}
