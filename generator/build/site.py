"""The pages and charts of a report in every language: each is an artifact, made again when something that it read changed.

Pages are rendered first, because the engine needs nothing else to begin; charts and the pages of facts follow.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from ..charts.drawn import Drawing
from ..diagnostics.finding import DiagnosticError
from ..exports.chart_tables import chart_csv
from ..pages.mentions import EntryMentions, FactMentions, MentionIndex
from ..pages.page import Page
from ..records.struct import Struct, field, replace
from ..store.hashing import fingerprint
from .artifacts import BuildContext, Made
from .errors import raise_mistakes
from .executors import SerialExecutor, in_process_executor, with_long_tasks
from .site_tasks import CHART, FACT, HEAD, PAGE, TASK_FUNCTIONS, TITLES, split_key, task_key
from .stand_ins import last_page
from .tasks import Artifact, Deferred, Task

CARDS = "assets/cards.js"


class PageSummary(Struct, frozen=True, kw_only=True):
    """What later steps need of a page of the report besides its Markdown."""

    page: Page  # without its Markdown
    fingerprint: str  # of it and of its Markdown
    fingerprint_without_fragments: str  # of its Markdown alone without those (see markup/fragments)
    head: str  # what the report adds to the page's HTML head
    charts: tuple[str, ...] = ()  # the ids of the charts on it


class RenderedLanguage(Struct, frozen=True, kw_only=True):
    """One language's pages, charts and pages of facts, before the engine."""

    language: str  # its code
    summaries: Mapping[str, PageSummary]  # by the page's name, in the report's order
    markdown: Mapping[str, Callable[[], str]] = field(default_factory=dict)  # by the page's name
    artifacts: Mapping[str, Artifact] = field(default_factory=dict)  # of the pages, by name
    has_fact_pages: bool = False
    charts: Mapping[str, Artifact] = field(default_factory=dict)  # by the chart's id; see `load_chart`
    facts: Mapping[str, Artifact] = field(default_factory=dict)  # by the fact's id: its page and card

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages in order, without their Markdown."""
        return tuple(summary.page for summary in self.summaries.values())


Rendered = tuple[list[RenderedLanguage], list[DiagnosticError]]  # what was rendered; the mistakes that kept the rest from it


def start_charts(context: BuildContext) -> Callable[[Sequence[RenderedLanguage]], Rendered]:
    """Begin to draw every chart in the background; the function returned waits for them and adds them to rendered languages."""
    edition = context.task_inputs.edition
    codes = [language.code for language in edition.report.languages]
    finish = context.start(TASK_FUNCTIONS, [Task(CHART, task_key(code, name)) for code in codes for name in edition.charts])

    def add_charts(rendered: Sequence[RenderedLanguage]) -> Rendered:
        artifacts, mistakes = finish()
        by_language = _by_language(codes, artifacts)
        return [replace(one, charts=by_language[one.language]) for one in rendered], mistakes

    return add_charts


def _by_language(codes: Sequence[str], artifacts: Mapping[Task, Artifact]) -> dict[str, dict[str, Artifact]]:
    found: dict[str, dict[str, Artifact]] = {code: {} for code in codes}
    for task, artifact in artifacts.items():
        code, name = split_key(task.key)
        found[code][name] = artifact
    return found


def render_pages(context: BuildContext) -> Rendered:
    """Every page of the report in every language, without charts and pages of facts."""
    rendered: list[RenderedLanguage] = []
    mistakes: list[DiagnosticError] = []
    for language, language_mistakes in render_languages(context):
        mistakes += language_mistakes
        rendered += [language] if language else []
    return ([] if mistakes else rendered), mistakes


def render_languages(context: BuildContext) -> Iterator[tuple[RenderedLanguage | None, list[DiagnosticError]]]:
    """The same language by language, so that the engine can begin with the first."""
    edition = context.task_inputs.edition
    for code, made in _make_pages(context):
        yield _language_of_pages(context, code, *made)
    wanted = [task_key(language.code, name) for language in edition.report.languages for name in edition.report.pages]
    for kind in (PAGE, HEAD):
        context.store.keep_only(kind, wanted)
    context.store.keep_only_pieces(PAGE, wanted)


def _make_pages(context: BuildContext) -> Iterator[tuple[str, Made]]:
    """The pages of each language by its code. Where an edit changed few of them, a child makes those of the other languages.

    On a cluster, a language begins when the one before is done, as the workers would hold the pages of all of them.
    """
    edition, tasks = context.task_inputs.edition, {}
    for language in edition.report.languages:
        tasks[language.code] = [Task(PAGE, task_key(language.code, name)) for name in edition.report.pages]
    if in_process_executor(context.executor) is not context.executor:
        yield from ((code, context.make(TASK_FUNCTIONS, pages, complete=False)) for code, pages in tasks.items())
        return
    first, *others = tasks
    each_long = replace(context, executor=with_long_tasks(context.executor))
    started = {first: context.start(TASK_FUNCTIONS, tasks[first], complete=False, in_background=False)}
    started.update({code: each_long.start(TASK_FUNCTIONS, tasks[code], complete=False) for code in others})
    for code, finish in started.items():
        yield code, finish()


def _language_of_pages(
    context: BuildContext, code: str, artifacts: dict[Task, Artifact], mistakes: list[DiagnosticError]
) -> tuple[RenderedLanguage | None, list[DiagnosticError]]:
    edition = context.task_inputs.edition
    tasks = {name: Task(PAGE, task_key(code, name)) for name in edition.report.pages}
    if context.last_pages is not None:
        artifacts, mistakes = {**{task: last_page(context, task) for task in tasks.values()}, **artifacts}, []
    summaries: dict[str, PageSummary] = {}
    if not mistakes:
        made = [artifacts[task] for task in tasks.values()]
        summaries, mistakes = _summarize(context, code, made, _titles(made))
    if mistakes:
        return None, mistakes
    return RenderedLanguage(
        language=code,
        summaries=summaries,
        markdown={name: Deferred(partial(_load_markdown, context, artifacts[task])) for name, task in tasks.items()},
        has_fact_pages=edition.has_fact_pages,
        artifacts={name: artifacts[task] for name, task in tasks.items()},
    ), []


def _load_markdown(context: BuildContext, artifact: Artifact) -> str:
    return str(context.load(TASK_FUNCTIONS, artifact))


def _titles(artifacts: Sequence[Artifact]) -> dict[str, str]:
    """The title of each page by its name."""
    return {artifact.summary[0].name: artifact.summary[0].title for artifact in artifacts}


def _summarize(
    context: BuildContext, code: str, artifacts: Sequence[Artifact], titles: Mapping[str, str]
) -> tuple[dict[str, PageSummary], list[DiagnosticError]]:
    """Some pages of a language with their heads, by name. A head knows the titles of all pages of its language."""
    parameters = context.task_inputs.parameters
    parameters[TITLES] = {**parameters.get(TITLES, {}), code: titles}
    parameters[HEAD] = {artifact.task.key: artifact.summary[0] for artifact in artifacts}
    context.fingerprints.known[f"titles/{code}"] = fingerprint(repr(titles))
    context.fingerprints.known.update({f"page/{artifact.task.key}": artifact.fingerprint for artifact in artifacts})
    here = replace(context, executor=SerialExecutor())  # they take less time than a child would
    heads, mistakes = here.make(TASK_FUNCTIONS, [Task(HEAD, artifact.task.key) for artifact in artifacts], complete=False)
    summaries: dict[str, PageSummary] = {}
    for artifact in artifacts if not mistakes else ():
        page, charts, without_fragments = artifact.summary
        head = heads[Task(HEAD, artifact.task.key)].summary
        summaries[page.name] = PageSummary(
            page=page,
            fingerprint=artifact.fingerprint,
            fingerprint_without_fragments=without_fragments,
            head=head,
            charts=charts,
        )
    return summaries, mistakes


def update_pages(context: BuildContext, language: RenderedLanguage, names: Sequence[str]) -> RenderedLanguage:
    """The same language with some of its pages as they are now; of the others only titles are read, as they were."""
    tasks = {name: Task(PAGE, task_key(language.language, name)) for name in names}
    made, mistakes = context.make(TASK_FUNCTIONS, list(tasks.values()), complete=False)
    raise_mistakes(mistakes)
    artifacts = {**language.artifacts, **{name: made[task] for name, task in tasks.items()}}
    titles = _titles(list(artifacts.values()))
    summaries, mistakes = _summarize(context, language.language, list(made.values()), titles)
    raise_mistakes(mistakes)
    markdown = {name: Deferred(partial(_load_markdown, context, made[task])) for name, task in tasks.items()}
    return replace(
        language,
        summaries={**language.summaries, **summaries},
        markdown={**language.markdown, **markdown},
        artifacts=artifacts,
    )


def update_fact_pages(context: BuildContext, language: RenderedLanguage, names: Sequence[str]) -> RenderedLanguage:
    """The same language with the pages of some facts as they are now."""
    index = MentionIndex(EntryMentions(context.task_inputs.edition), list(language.pages))
    made, mistakes = _make_fact_pages(context, _Mentions({language.language: index}, names), complete=False)
    raise_mistakes(mistakes)
    return replace(language, facts={**language.facts, **_by_language([language.language], made)[language.language]})


def add_fact_pages(context: BuildContext, rendered: Sequence[RenderedLanguage]) -> Rendered:
    """The same languages with the pages of facts, in those that have them."""
    entries = EntryMentions(context.task_inputs.edition)
    indexes = {one.language: MentionIndex(entries, list(one.pages)) for one in rendered if one.has_fact_pages}
    artifacts, mistakes = _make_fact_pages(context, _Mentions(indexes, list(entries.edition.facts)))
    by_language = _by_language([language.language for language in rendered], artifacts)
    return [replace(one, facts=by_language[one.language]) for one in rendered], mistakes


class _Mentions(Mapping[str, FactMentions]):
    """The mentions of facts by the keys of their pages, found when they are asked for: most pages stay as they are."""

    def __init__(self, indexes: Mapping[str, MentionIndex], facts: Sequence[str]) -> None:
        """The index of each language by its code, and the ids of the facts."""
        self.indexes, self.facts = indexes, facts

    def __getitem__(self, key: str) -> FactMentions:
        """The mentions of a fact in a language."""
        code, name = split_key(key)
        return self.indexes[code].of(name)

    def __iter__(self) -> Iterator[str]:
        """All keys."""
        return (task_key(code, name) for code in self.indexes for name in self.facts)

    def __len__(self) -> int:
        """The number of keys."""
        return len(self.indexes) * len(self.facts)

    def __reduce__(self) -> tuple[type[dict[str, FactMentions]], tuple[dict[str, FactMentions]]]:
        """Pickled as a plain dictionary, because the indexes hold the edition."""
        return dict, (dict(self),)

    def fingerprints(self, context: BuildContext) -> Iterator[tuple[str, str]]:
        """The fingerprint of each, and of each index: as recorded by the build before where that of the index is the same."""
        for code, index in self.indexes.items():
            names = {f"mentions/{key}": key for key in (task_key(code, name) for name in self.facts)}
            made_of = f"all-mentions/{code}", index.fingerprint
            recorded = context.unchanged.recorded_if_same(*made_of, names) if context.unchanged is not None else None
            yield made_of
            computed = ((name, self[key].fingerprint) for name, key in names.items())
            yield from computed if recorded is None else recorded.items()


def _make_fact_pages(context: BuildContext, mentions: _Mentions, *, complete: bool = True) -> Made:
    context.task_inputs.parameters[FACT] = mentions
    context.fingerprints.known.update(mentions.fingerprints(context))
    return context.make(TASK_FUNCTIONS, [Task(FACT, key) for key in mentions], complete=complete)


def load_chart(context: BuildContext, artifact: Artifact) -> Mapping[str, Drawing]:
    """A drawn chart by canvas width ("wide", "narrow")."""
    drawings: Mapping[str, Drawing] = context.load(TASK_FUNCTIONS, artifact)
    return drawings


def chart_svg(context: BuildContext, artifact: Artifact, *, width: str = "wide") -> str:
    """A chart as an SVG file."""
    return load_chart(context, artifact)[width].standalone


def chart_table(context: BuildContext, artifact: Artifact) -> str:
    """A chart's table as a CSV file."""
    return chart_csv(load_chart(context, artifact)["wide"].table)


def cards_script(rendered: RenderedLanguage) -> str:
    """A script that gives every fact's card to the page that asks for it; links in it start from the language's folder.

    A script and not JSON: a page opened from disk may load the one but not fetch the other.
    """
    cards = {name: artifact.summary.card for name, artifact in rendered.facts.items()}
    return f"window.factloomCards({json.dumps(cards, ensure_ascii=False, separators=(',', ':'))});\n"
