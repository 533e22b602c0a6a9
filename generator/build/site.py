"""What a site is made of: pages, charts and the pages of facts, each an artifact; and what the engine reads of them."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path

from ..charts.alt_text import describe
from ..charts.drawing import Drawing, draw_widths
from ..charts.tables import Table, tabulate
from ..diagnostics.finding import DiagnosticError
from ..exports import feeds
from ..model import addresses, report
from ..pages import json_ld, open_graph
from ..pages.fact_pages import fact_card, render_fact_page, shell_markdown
from ..pages.mentions import FactMentions, MentionIndex
from ..pages.page import Page
from ..pages.renderer import PageRenderer
from ..pages.templates import Templates
from ..store.cache import write_atomically
from ..store.hashing import fingerprint
from ..store.signing import sign, verify
from ..wording import citations
from ..wording.texts import Texts
from .artifacts import Artifact, BuildContext, Deferred, Task, TaskFunctions, TaskInputs, TaskResult
from .publish import DOCS, files_below

CARDS = "assets/cards.js"
CHART, PAGE, HEAD, FACT = "chart", "page", "head", "fact"
_CHARTS_ON = re.compile(r'data-chart="([^"]+)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A page of the report without its text: what later steps need to know of every page, changed or not."""

    page: Page
    fingerprint: str  # of all that its Markdown and head were made of
    head: str  # what outputs add to the page's head
    charts: tuple[str, ...] = ()  # in its text


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """One language's pages, charts and pages of facts, before the engine."""

    language: str
    sheets: Mapping[str, Sheet]
    markdown: Mapping[str, Callable[[], str]] = field(default_factory=dict)
    tells: bool = False  # whether facts have pages of their own
    drawn: Mapping[str, Artifact] = field(default_factory=dict)  # chart -> what Workshop.take turns into its drawings by width
    facts: Mapping[str, Artifact] = field(default_factory=dict)  # fact -> its page and card

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages in order, without their text."""
        return tuple(sheet.page for sheet in self.sheets.values())


@dataclass(frozen=True, slots=True)
class _Shown:
    """A chart as a page needs it; the picture itself comes in when the page is finished."""

    alt: str
    table: Table


def key(language: str, name: str) -> str:
    """The key of what exists once per language."""
    return f"{language}/{name}"


def texts_of(materials: TaskInputs, task: str) -> tuple[Texts, str]:
    """The language and name that a key means."""
    code, _, name = task.partition("/")
    materials.note(f"language/{code}", "report", "stale")
    return Texts(materials.edition, next(one for one in materials.edition.report.languages if one.code == code)), name


# --- makers -----------------------------------------------------------------------------------

_TEMPLATES: dict[tuple[Path, str], Templates] = {}


def _templates(materials: TaskInputs) -> Templates:
    """The templates as they are now; compiled ones are kept as long as nothing changes."""
    own = (materials.root, materials.templates)
    if own not in _TEMPLATES:
        _TEMPLATES.clear()
        _TEMPLATES[own] = Templates(materials.root, materials.stale)
    return _TEMPLATES[own]


def draw(materials: TaskInputs, task: str) -> TaskResult:
    """A chart in both formats."""
    texts, name = texts_of(materials, task)
    chart = materials.edition.charts[name]
    return TaskResult(summary=None, payload=draw_widths(chart, materials.edition, texts))


def _show(chart: report.Chart, texts: Texts) -> _Shown:
    return _Shown(alt=describe(chart, texts.edition, texts), table=tabulate(chart, texts.edition, texts))


def _latest(materials: TaskInputs) -> date | None:
    materials.note("latest")
    return materials.latest


def render(materials: TaskInputs, task: str) -> TaskResult:
    """A page's Markdown."""
    texts, name = texts_of(materials, task)
    templates = _templates(materials)
    pages = PageRenderer(templates, texts, _show, partial(_latest, materials))
    page = pages.render(name)
    materials.note("parts", *(f"file/{file}" for file in pages.files_read))
    charts = tuple(dict.fromkeys(_CHARTS_ON.findall(page.markdown)))
    return TaskResult(summary=(replace(page, markdown=""), charts), payload=page.markdown)


def tell(materials: TaskInputs, task: str) -> TaskResult:
    """The page of a fact and its card."""
    texts, name = texts_of(materials, task)
    place: FactMentions = materials.given[FACT][task]
    materials.note("parts", f"place/{task}")
    pages = PageRenderer(_templates(materials), texts, _show)
    page = render_fact_page(pages, place, materials.edition.facts[name])
    head = head_of(texts, page, place.titles)
    return TaskResult(summary=(replace(page, markdown=""), fact_card(pages, name)), payload=(page.markdown, head))


def top(materials: TaskInputs, task: str) -> TaskResult:
    """What stands in the head of a page."""
    texts, _ = texts_of(materials, task)
    page: Page = materials.given[HEAD][task]
    materials.note(f"page/{task}", f"titles/{texts.language.code}")
    return TaskResult(summary=head_of(texts, page, materials.given["titles"][texts.language.code]))


TASK_FUNCTIONS: TaskFunctions = {CHART: draw, PAGE: render, HEAD: top, FACT: tell}


# --- all of a report --------------------------------------------------------------------------


def render_all(shop: BuildContext) -> tuple[list[Rendered], list[DiagnosticError]]:
    """Every page, chart and page of a fact up to date in every language."""
    drawing = begin_drawing(shop)
    rendered, mistakes = render_pages(shop)
    rendered, more = drawing(rendered)
    if mistakes or more:
        return [], [*more, *mistakes]
    return tell_all(shop, rendered)


def begin_drawing(shop: BuildContext) -> Callable[[Sequence[Rendered]], tuple[list[Rendered], list[DiagnosticError]]]:
    """Have every chart drawn while something else is done; what is given back waits for them, and puts them in."""
    edition = shop.materials.edition
    codes = [language.code for language in edition.report.languages]
    begun = shop.begin(TASK_FUNCTIONS, [Task(CHART, key(code, name)) for code in codes for name in edition.charts])

    def put_in(rendered: Sequence[Rendered]) -> tuple[list[Rendered], list[DiagnosticError]]:
        made, mistakes = begun()
        found: dict[str, dict[str, Artifact]] = {code: {} for code in codes}
        for task, one in made.items():
            code, _, name = task.key.partition("/")
            found[code][name] = one
        return [replace(one, drawn=found[one.language]) for one in rendered], mistakes

    return put_in


def render_pages(shop: BuildContext) -> tuple[list[Rendered], list[DiagnosticError]]:
    """Every page of the report up to date in every language; charts and pages of facts are still to come."""
    rendered: list[Rendered] = []
    mistakes: list[DiagnosticError] = []
    for one, wrong in render_in_turn(shop):
        mistakes += wrong
        rendered += [one] if one else []
    return ([] if mistakes else rendered), mistakes


def render_in_turn(shop: BuildContext) -> Iterator[tuple[Rendered | None, list[DiagnosticError]]]:
    """The same language by language, so that somebody can go on with the first."""
    edition = shop.materials.edition
    for language in edition.report.languages:
        yield _render_language(shop, language.code)
    wanted = [key(language.code, name) for language in edition.report.languages for name in edition.report.pages]
    for kind in (PAGE, HEAD):
        shop.store.forget_others(kind, wanted)


def _render_language(shop: BuildContext, code: str) -> tuple[Rendered | None, list[DiagnosticError]]:
    edition = shop.materials.edition
    pages = [Task(PAGE, key(code, name)) for name in edition.report.pages]
    made, mistakes = shop.make(TASK_FUNCTIONS, pages, whole=False)
    sheets: dict[str, Sheet] = {}
    if not mistakes:
        sheets, mistakes = _sheets(shop, code, [made[task] for task in pages])
    if mistakes:
        return None, mistakes
    return Rendered(
        language=code,
        sheets=sheets,
        markdown={name: Deferred(partial(_taken, shop, made[Task(PAGE, key(code, name))])) for name in edition.report.pages},
        tells=bool(edition.facts) and tells_facts(shop.materials.root),
    ), []


def _taken(shop: BuildContext, made: Artifact) -> str:
    return str(shop.take(TASK_FUNCTIONS, made))


def _sheets(shop: BuildContext, code: str, made: Sequence[Artifact]) -> tuple[dict[str, Sheet], list[DiagnosticError]]:
    """Every page of a language with its head, by name."""
    titles = {one.summary[0].name: one.summary[0].title for one in made}
    given = shop.materials.given
    given["titles"] = {**given.get("titles", {}), code: titles}
    given[HEAD] = {one.task.key: one.summary[0] for one in made}
    shop.fingerprints.known[f"titles/{code}"] = fingerprint(repr(titles))
    shop.fingerprints.known.update({f"page/{one.task.key}": one.fingerprint for one in made})
    heads, mistakes = shop.make(TASK_FUNCTIONS, [Task(HEAD, one.task.key) for one in made], whole=False)
    sheets: dict[str, Sheet] = {}
    for one in made if not mistakes else ():
        page, charts = one.summary
        head = heads[Task(HEAD, one.task.key)].summary
        sheets[page.name] = Sheet(page=page, fingerprint=one.fingerprint, head=head, charts=charts)
    return sheets, mistakes


def head_of(texts: Texts, page: Page, titles: Mapping[str, str]) -> str:
    """What outputs add to the head of a page."""
    return (
        open_graph.page_tags(texts, page)
        + citations.meta(texts, page=page.name, title=page.title)
        + feeds.links(texts, page.name)
        + json_ld.script(texts, page, titles)
    )


def tell_all(shop: BuildContext, rendered: Sequence[Rendered]) -> tuple[list[Rendered], list[DiagnosticError]]:
    """The same with the pages of facts up to date, where there are such."""
    edition = shop.materials.edition
    places: dict[str, FactMentions] = {}
    for one in rendered:
        if one.tells:
            told = MentionIndex(edition, list(one.pages))
            places.update({key(one.language, name): told.of(name) for name in edition.facts})
    shop.materials.given[FACT] = places
    shop.fingerprints.known.update({f"place/{task}": place.fingerprint for task, place in places.items()})
    made, mistakes = shop.make(TASK_FUNCTIONS, [Task(FACT, task) for task in places])
    facts: dict[str, dict[str, Artifact]] = {one.language: {} for one in rendered}
    for task, fact in made.items():
        code, _, name = task.key.partition("/")
        facts[code][name] = fact
    return [replace(one, facts=facts[one.language]) for one in rendered], mistakes


def tells_facts(root: Path) -> bool:
    """Whether the project has the parts that tell a fact on a page of its own."""
    return all((root / f"templates/parts/{name}.html.j2").is_file() for name in ("fact_page", "card"))


# --- files for the engine ---------------------------------------------------------------------


class EngineSource:
    """Lays one language's tree below build/docs/ for the engine: what stays the same is not touched, left-overs go."""

    def __init__(self, shop: BuildContext, code: str) -> None:
        self.shop = shop
        self.folder = shop.materials.root / DOCS / code
        self._stamp = self.folder / ".stamps"
        self._before = _read_stamps(self._stamp)
        self._stamps: dict[str, Stamp] = {}
        self._there: dict[str, tuple[int, int]] = {}  # size and time of the last change, before anything was laid
        self.count = 0  # of files that were written

    def pages(self, rendered: Rendered, assets: Mapping[str, str]) -> None:
        """Lay the pages, and the project's own files below docs/, whose hashes are given.

        Charts and cards get their places. That is enough for the engine, which only looks whether they are there.
        """
        root, charts = self.shop.materials.root, self.shop.materials.edition.charts
        wanted: dict[str, tuple[str, Callable[[], str | bytes]]] = {
            f"{name}.md": (sheet.fingerprint, rendered.markdown[name]) for name, sheet in rendered.sheets.items()
        }
        if rendered.tells:
            wanted[f"{addresses.SHELL.rstrip('/')}.md"] = ("shell", shell_markdown)
        for path, own in assets.items():
            wanted[path] = (own, (root / "docs" / path).read_bytes)
        later = {addresses.chart(name, kind) for name in charts for kind in ("svg", "csv")}
        if rendered.tells:
            later.add(CARDS)
        self._stamp.unlink(missing_ok=True)
        self._there = dict(files_below(self.folder)) if self.folder.is_dir() else {}
        for path in self._there.keys() - wanted.keys() - later:
            (self.folder / path).unlink(missing_ok=True)
        self._lay(wanted)
        self._hold(later - self._there.keys())

    def rest(self, rendered: Rendered) -> None:
        """Lay charts and cards."""
        wanted: dict[str, tuple[str, Callable[[], str | bytes]]] = {}
        if rendered.facts:
            own = self.shop.fingerprints.combined(sorted(made.fingerprint for made in rendered.facts.values()))
            wanted[CARDS] = (own, partial(cards, rendered))
        for name, made in rendered.drawn.items():
            wanted[addresses.chart(name, "svg")] = (made.fingerprint, partial(standalone, self.shop, made))
            wanted[addresses.chart(name, "csv")] = (made.fingerprint, partial(table, self.shop, made))
        self._lay(wanted)
        content = sign(json.dumps(self._stamps).encode(), _purpose(self._stamp))
        write_atomically(self._stamp, content, temporary_folder=self.folder.parent)

    def _lay(self, wanted: Mapping[str, tuple[str, Callable[[], str | bytes]]]) -> None:
        for path, (told, content) in wanted.items():
            own, known = fingerprint(self.shop.store.code_fingerprint, told), self._before.get(path)
            if known is None or known[0] != own or known[1:] != list(self._there.get(path, ())):
                self.count += self._write(self.folder / path, content())
                known = [own, *_look(self.folder / path)]
            self._stamps[path] = known

    def _write(self, path: Path, content: str | bytes) -> bool:
        """Write a file if it is another one. The engine may be looking through the folder: it finds no half of one."""
        if isinstance(content, str):
            content = content.encode()
        if path.is_file() and path.read_bytes() == content:
            return False
        write_atomically(path, content, temporary_folder=self.folder.parent)
        return True

    def _hold(self, paths: Iterable[str]) -> None:
        """Give files a place before they are there: all are one empty file at first, which costs next to nothing."""
        empty = self.folder.with_name(f"{self.folder.name}.empty")
        empty.write_bytes(b"")
        for path in (self.folder / one for one in sorted(paths)):
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(empty, path)
            except OSError:  # the system has no such links, or not so many
                path.touch()


Stamp = list[str | int]  # what a file was made of, its size and the time of its last change


def _look(path: Path) -> list[str | int]:
    found = path.stat()
    return [found.st_size, found.st_mtime_ns]


def _purpose(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def _read_stamps(path: Path) -> dict[str, Stamp]:
    try:
        kept = verify(path.read_bytes(), _purpose(path))
    except OSError:
        return {}
    return {} if kept is None else dict(json.loads(kept))


def drawings(shop: BuildContext, made: Artifact) -> Mapping[str, Drawing]:
    """A chart that was drawn, by width."""
    found: Mapping[str, Drawing] = shop.take(TASK_FUNCTIONS, made)
    return found


def standalone(shop: BuildContext, made: Artifact, *, width: str = "wide") -> str:
    """A chart as a file of its own."""
    return drawings(shop, made)[width].standalone


def table(shop: BuildContext, made: Artifact) -> str:
    """A chart's table as a file."""
    return chart_csv(drawings(shop, made)["wide"].table)


def cards(rendered: Rendered) -> str:
    """A script that gives every fact's card to the page that asks for it; links in it start from the language's folder.

    A script and not JSON: a page opened from disk may load the one but not fetch the other.
    """
    told = {name: made.summary[1] for name, made in rendered.facts.items()}
    return f"window.factloomCards({json.dumps(told, ensure_ascii=False, separators=(',', ':'))});\n"


def chart_csv(table: Table) -> str:
    """A chart's table as a file: what is drawn, in the words of the language."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([cell.text for cell in row] for row in table.rows)
    return out.getvalue()
