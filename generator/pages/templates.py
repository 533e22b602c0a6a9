"""A template, an Edition and a language become Markdown. The home of Jinja."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import jinja2
from markupsafe import Markup

from ..diagnostics.finding import Diagnostic, DiagnosticError, Span
from ..model import changelog, periods, report
from ..model.freshness import forecast_counts
from ..reading.translations import StalePassage
from ..wording.formatting import LONG, SHORT
from ..wording.texts import Texts
from . import downloads, notices
from .view_models import Uses, ViewModel, ViewModels

_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)


class Drawings(Protocol):
    """Where pages find what a chart shows besides its picture."""

    def __call__(self, chart: report.Chart, texts: Texts) -> Any:  # noqa: ANN401  a Drawing of the charts package
        """The alt text and table of a chart in one language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One rendered page."""

    name: str
    language: str
    title: str
    description: str
    markdown: str
    uses: Uses
    changed: date | None = None  # of its text or the last of its facts


class _Marked(jinja2.FileSystemLoader):
    """Reads templates, with a notice behind each paragraph that is older than its twin."""

    def __init__(self, folder: Path, stale: Sequence[StalePassage]) -> None:
        super().__init__(folder)
        self.stale = stale

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """A template's text, its file and whether it is current."""
        source, file, current = super().get_source(environment, template)
        return notices.mark_stale(source, notices.stale_of_page(self.stale, f"templates/{template}")), file, current


@dataclass(slots=True)
class Templates:
    """The templates of a project, read once."""

    root: Path
    stale: Sequence[StalePassage] = ()  # texts that are older than their twins
    environment: jinja2.Environment = field(init=False)

    def __post_init__(self) -> None:
        """Strict about names; autoescape so that a text of data/ can never become markup."""
        self.environment = jinja2.Environment(
            loader=_Marked(self.root / "templates", self.stale),
            undefined=jinja2.StrictUndefined,
            autoescape=True,
            keep_trailing_newline=True,
            auto_reload=False,
            optimized=False,  # most templates are rendered once: looking for constants costs more than it saves
        )

    def file(self, page: str, language: str) -> str:
        """The path of a page's template, from the project's root."""
        return f"templates/pages/{page}.{language}.md.j2"

    def parts(self) -> tuple[str, ...]:
        """Names of the parts that pages may call."""
        return tuple(
            sorted(
                path.name.removesuffix(".html.j2")
                for path in (self.root / "templates/parts").glob("*.html.j2")
                if not path.name.startswith("_")
            )
        )


class PageRenderer:
    """Renders the pages of one language."""

    def __init__(
        self, templates: Templates, texts: Texts, drawings: Drawings, latest: Callable[[], date | None] | None = None
    ) -> None:
        """`latest` tells when anything of the edition changed last."""
        self.templates, self.texts, self.drawings = templates, texts, drawings
        self.latest = latest or partial(changelog.last_change_of_all, texts.edition)
        self.edition = texts.edition
        self.titles: dict[str, ViewModel] = {}
        self.stale = notices.stale_entries(templates.stale, texts.language.code)
        self.read: set[str] = set()  # the templates of pages that were looked at

    def head(self, page: str) -> dict[str, str]:
        """Title and description of a page, from its front matter."""
        file = self.templates.file(page, self.texts.language.code)
        self.read.add(file)
        source = (self.templates.root / file).read_text(encoding="utf-8")
        match = _FRONT.match(source)
        head = dict(line.partition(": ")[::2] for line in match[1].splitlines()) if match else {}
        return {key: self._render_line(value, page) for key, value in head.items()}

    def _render_line(self, text: str, page: str) -> str:
        if "{{" not in text:
            return text.strip().strip('"')
        calls = _Calls(self, ViewModels(self.texts, page))
        rendered = self.templates.environment.from_string(text).render(calls.names())
        return Markup(rendered).striptags()  # noqa: S704  rendered with autoescape

    def render(self, page: str) -> Page:
        """One page; Mistake where its template cannot be used."""
        file = self.templates.file(page, self.texts.language.code)
        views = ViewModels(self.texts, page, stale=self.stale)
        calls = _Calls(self, views)
        try:
            template = self.templates.environment.get_template(file.removeprefix("templates/"))
            text = template.render(calls.names())
        except jinja2.TemplateSyntaxError as error:
            raise DiagnosticError(
                Diagnostic(rule="template-syntax", span=Span(file, error.lineno), args={"why": error.message or ""})
            ) from error
        except jinja2.TemplateError as error:
            raise DiagnosticError(
                Diagnostic(rule="template-error", span=Span(file, _line_of(error, file)), args={"why": str(error)})
            ) from error
        except (KeyError, TypeError, ValueError) as error:
            raise DiagnosticError(
                Diagnostic(rule="template-error", span=Span(file, _line_of(error, file)), args={"why": str(error)})
            ) from error
        head = self.head(page)
        changed = self._changed(head, views.uses, file)
        body = _FRONT.sub("", text)
        if corrected := notices.corrections(self.edition, views.uses.facts):
            body = notices.after_lead(body, str(calls.part("corrections", [views.correction(one) for one in corrected])))
        return Page(
            name=page,
            language=self.texts.language.code,
            title=head.get("title", page),
            description=head.get("description", ""),
            markdown=_front_matter({**head, **self._footer(changed, views.uses)}) + body,
            uses=views.uses,
            changed=changed,
        )

    def _changed(self, head: Mapping[str, str], uses: Uses, file: str) -> date | None:
        """The day of the last change of what a page speaks of (of everything, where it only lists), or of its text."""
        if uses.lists_all or not (uses.facts or uses.claims or uses.events):
            found = self.latest()
        else:
            found = changelog.last_change(self.edition, facts=uses.facts, claims=uses.claims, events=uses.events)
        if "changed" not in head:
            return found
        try:
            written = date.fromisoformat(head["changed"])
        except ValueError as error:
            raise DiagnosticError(
                Diagnostic(rule="bad-date", span=Span(file, 1), args={"found": head["changed"], "why": str(error)})
            ) from error
        return max(written, found) if found else written

    def _footer(self, changed: date | None, uses: Uses) -> dict[str, str]:
        """What a mark in the page means, and the day of the last change, for the foot of the page."""
        noted = {"due_text": self.texts.language.word("due.note")} if uses.overdue else {}
        if changed is None:
            return noted
        words = self.texts.word_period(periods.parse(changed.isoformat()))
        return {
            **noted,
            "changed": changed.isoformat(),
            "changed_text": self.texts.language.word("page.changed").replace("{0}", words),
        }


def _front_matter(head: Mapping[str, str]) -> str:
    def quoted(text: str) -> str:
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

    return "---\n" + "".join(f"{key}: {quoted(value)}\n" for key, value in head.items()) + "---\n"


def _line_of(error: BaseException, file: str) -> int:
    """The line of the template that an error came from."""
    line, trace = 1, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename.replace("\\", "/").endswith(file):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


class _Calls:
    """The words that templates may use."""

    def __init__(self, pages: PageRenderer, views: ViewModels) -> None:
        self.pages, self.views = pages, views
        self.texts, self.edition = pages.texts, pages.edition
        self.part = Parts(pages, views)
        self.currencies: set[str] = set()
        self.terms = 0  # explained so far on this page

    def names(self) -> dict[str, Any]:
        """Everything a template sees."""
        plain: dict[str, Callable[..., object]] = {
            name.removeprefix("call_"): getattr(self, name) for name in dir(self) if name.startswith("call_")
        }
        return {**plain, "t": self.texts.language.word, notices.STALE_CALL: self._stale}

    def _stale(self, anchor: str, language: str) -> Markup:
        """The notice behind a paragraph that is older than its twin."""
        return Markup("\n\n{}").format(self.part("stale", self.views.twin(language, self.views.page, anchor)))

    # --- in running text -----------------------------------------------------------------------

    def call_fact(self, key: str, *, style: str = "", digits: int = 0) -> Markup:
        """A fact's value, linked; without a style, the first amount of a currency on a page is written in full."""
        fact = self.edition.facts[key]
        style = style or self._money_form(fact.unit)
        if style == "growth":
            words = self.texts.growth(fact, digits=digits)
        elif style == "bare":
            words = self.texts.value(fact, digits=digits, bare=True)
        elif style in (LONG, SHORT):
            words = self.texts.value(fact, style, digits=digits)
        else:
            msg = f"there is no style {style}"
            raise ValueError(msg)
        return self.views.number(key, words)

    def _money_form(self, unit: report.Unit | None) -> str:
        """Running text names a currency once in full; after that the sign is enough."""
        if unit is None or not unit.currency:
            return LONG
        known = unit.currency in self.currencies
        self.currencies.add(unit.currency)
        return SHORT if known else LONG

    def call_claimed(self, key: str) -> Markup:
        """The figure that a claim asserts, linked to the fact check."""
        claim = self.edition.claims[key]
        return self.views.number(key, self.texts.claim_value(claim, self._money_form(claim.unit)), claim=True)

    def call_term(self, key: str, *, words: str = "") -> Markup:
        """A word that readers may not know, explained on the spot; `words` as the sentence needs it."""
        view = self.views.term(self.edition.terms[key])
        self.terms += 1
        anchor = f"{self.views.page.replace('/', '-')}-term-{self.terms}"
        told = self.part("term", view, words=words or view.name, anchor=anchor)
        return Markup("").join(told.splitlines())

    def call_glossary(self) -> Markup:
        """Every word that is explained."""
        return self.part("glossary", [self.views.term(one) for one in self.edition.terms.values()])

    def call_verdict(self, key: str) -> Markup:
        """A small badge with the verdict."""
        claim = self.views.claim(key)
        self.views.uses.claims.append(key)
        return Markup('<a class="fl-verdict fl-verdict--{}" href="{}">{}</a>').format(
            claim.verdict, claim.url, claim.verdict_text
        )

    def call_period(self, text: str) -> str:
        """A date or period in words."""
        return self.texts.word_period(periods.parse(text))

    def call_event(self, key: str) -> Markup:
        """An event's date, linked to the timeline."""
        return self.views.date(key)

    def call_name(self, key: str, form: str = "short") -> str:
        """A name; `full` for the long form."""
        name = self.edition.names[key]
        return (name.name if form == "full" else name.short)[self.texts.language.code]

    def call_fact_label(self, key: str) -> str:
        """What a fact is called."""
        return self.texts.label(self.edition.facts[key])

    def call_literal(self, text: str, *, reason: str) -> str:
        """A deliberate literal; the reason is for editors."""
        if not reason:
            msg = "a literal needs a reason"
            raise ValueError(msg)
        return text

    def call_as_of(self) -> str:
        """The report's horizon."""
        return self.texts.word_period(self.edition.report.as_of)

    def call_count(self, kind: str, **match: str) -> str:
        """How many entries of a kind there are, all or with some property."""
        entries: Iterable[object] = getattr(self.edition, kind).values()
        found = [one for one in entries if all(str(getattr(one, key)) == value for key, value in match.items())]
        return self.texts.formatter.integer(len(found))

    # --- parts ---------------------------------------------------------------------------------

    def call_fact_table(self, keys: list[str] | None = None, *, topic: str = "", caption: str = "") -> Markup:
        """Facts as a table: the ones named, or all of a topic."""
        chosen = keys or [key for key, fact in self.edition.facts.items() if fact.topic == topic]
        self.views.uses.facts.extend(chosen)
        return self.part("fact_table", [self.views.fact(key) for key in chosen], caption=caption)

    def call_key_figures(self, keys: list[str]) -> Markup:
        """Facts as cards."""
        self.views.uses.facts.extend(keys)
        return self.part("key_figures", [self.views.fact(key) for key in keys])

    def call_figure(self, key: str) -> Markup:
        """A chart with caption, sources and table."""
        chart = self.edition.charts[key]
        self.views.uses.facts.extend(chart.facts)
        return self.part("figure", self.views.chart(chart, self.pages.drawings(chart, self.texts)))

    def call_claims_table(self, keys: list[str] | None = None, *, section: str = "") -> Markup:
        """Claims with verdicts: the ones named, or all of a section."""
        chosen = keys or [key for key, claim in self.edition.claims.items() if claim.section == section]
        self.views.uses.claims.extend(chosen)
        return self.part("claims_table", [self.views.claim(key) for key in chosen])

    def call_events_table(self, *, section: str = "", after_article: bool | None = None) -> Markup:
        """Events as a table."""
        chosen = [
            event.id
            for event in self.edition.events.values()
            if section in ("", event.section) and after_article in (None, event.after_article)
        ]
        self.views.uses.events.extend(chosen)
        return self.part("events_table", [self.views.event(key) for key in chosen])

    def call_timeline(self) -> Markup:
        """All events by year."""
        self.views.uses.events.extend(self.edition.events)
        years: dict[str, list[ViewModel]] = {}
        for key in self.edition.events:
            view = self.views.event(key)
            years.setdefault(view.year, []).append(view)
        return self.part("timeline", [ViewModel(year=year, events=events) for year, events in years.items()])

    def call_verdict_counts(self) -> Markup:
        """How many claims have which verdict."""
        rows = []
        for verdict in report.VERDICTS:
            found = [claim for claim in self.edition.claims.values() if claim.verdict == verdict]
            if found:
                rows.append(
                    ViewModel(
                        verdict=verdict,
                        verdict_text=self.texts.language.word(f"verdict.{verdict}"),
                        count=self.texts.formatter.integer(len(found)),
                        url=self.views.link("fact-check"),
                    )
                )
        return self.part("verdict_counts", rows)

    def call_risk_register(self) -> Markup:
        """Our own judgement of the risks."""
        return self.part("risk_register", [self.views.risk(risk) for risk in self.edition.risks.values()])

    def call_checks_table(self) -> Markup:
        """The relations that the build evaluated."""
        return self.part("checks_table", [self.views.check(check) for check in self.edition.checks.values()])

    def call_forecasts_table(self) -> Markup:
        """Forecasts and what became of them."""
        chosen = [key for key, fact in self.edition.facts.items() if fact.forecast]
        self.views.uses.facts.extend(chosen)
        return self.part("forecasts_table", [self.views.fact(key) for key in chosen])

    def call_scorecard(self) -> Markup:
        """How many forecasts are open, borne out and missed."""
        rows = [
            ViewModel(
                resolution=resolution,
                resolution_text=self.texts.language.word(f"resolution.{resolution}"),
                count=self.texts.formatter.integer(count),
            )
            for resolution, count in forecast_counts(self.edition).items()
        ]
        return self.part("scorecard", rows)

    def call_names_list(self) -> Markup:
        """People, organisations and so on."""
        groups: dict[str, list[ViewModel]] = {}
        for name in self.edition.names.values():
            groups.setdefault(name.type, []).append(self.views.name(name))
        return self.part(
            "names_list",
            [
                ViewModel(type=kind, type_text=self.texts.language.word(f"type.{kind}"), names=names)
                for kind, names in groups.items()
            ],
        )

    def call_source_list(self) -> Markup:
        """Every source, by how much of it was read."""
        self.views.uses.lists_all = True
        groups = []
        for read in report.READ_LEVELS:
            found = [self.views.listed_source(one) for one in self.edition.sources.values() if one.read == read]
            if found:
                groups.append(ViewModel(title=self.texts.language.word(f"read.{read}"), read=read, sources=found))
        return self.part("source_list", groups)

    def call_section_sources(self) -> Markup:
        """The sources of every fact this page has used so far."""
        cited: dict[str, report.Source] = {}
        for key in self.views.uses.facts:
            for one in self.edition.facts[key].evidence:
                cited.setdefault(one.source.id, one.source)
        return self.part("section_sources", [self.views.source(one) for one in cited.values()])

    def call_all_facts(self) -> Markup:
        """Every fact, by topic."""
        self.views.uses.lists_all = True
        topics: dict[str, list[ViewModel]] = {}
        for key, fact in self.edition.facts.items():
            topics.setdefault(fact.topic, []).append(self.views.fact(key))
        ordered = [*self.edition.report.sections, *(one for one in topics if one not in self.edition.report.sections)]
        groups = [
            ViewModel(
                topic=topic, topic_text=self.texts.language.word(f"topic.{topic}"), anchor=f"topic-{topic}", facts=topics[topic]
            )
            for topic in ordered
            if topic in topics
        ]
        fields = self._filters([fact for group in groups for fact in group.facts], "topic", "entity", "status", "year")
        return self.part("all_facts", groups, fields=fields)

    def _filters(self, views: Sequence[ViewModel], *names: str) -> list[ViewModel]:
        """What a list can be narrowed by: each field with the values that occur; years as numbers, the latest first."""
        found = []
        for name in names:
            told = {getattr(one, name): getattr(one, f"{name}_text", getattr(one, name)) for one in views if getattr(one, name)}
            options = sorted(told.items(), reverse=True) if name == "year" else list(told.items())
            if name == "entity":
                options.sort(key=lambda option: str(option[1]))
            found.append(ViewModel(name=name, options=[ViewModel(value=value, text=text) for value, text in options]))
        return found

    def call_all_claims(self) -> Markup:
        """Every claim, by section."""
        sections: dict[str, list[ViewModel]] = {}
        for key, claim in self.edition.claims.items():
            sections.setdefault(claim.section, []).append(self.views.claim(key))
        groups = [
            ViewModel(
                section=section,
                section_text=self.texts.language.word(f"topic.{section}"),
                anchor=f"claims-{section}",
                claims=sections[section],
            )
            for section in self.edition.report.sections
            if section in sections
        ]
        fields = self._filters(
            [claim for group in groups for claim in group.claims], "section", "entity", "verdict", "stance", "year"
        )
        return self.part("all_claims", groups, fields=fields)

    def call_changes_list(self) -> Markup:
        """What became known when, by year."""
        self.views.uses.lists_all = True
        return self.part("changes_list", downloads.changes(self.views))

    def call_feeds_list(self) -> Markup:
        """The feeds of this language."""
        return self.part("feeds_list", downloads.feeds(self.views))

    def call_citation(self) -> Markup:
        """How to cite the report."""
        return self.part("citation", downloads.citation(self.views))

    def call_downloads_list(self) -> Markup:
        """The report's data as files, and the print edition."""
        self.views.uses.site_only = True
        return self.part("downloads_list", downloads.downloads(self.views))

    def call_series_list(self) -> Markup:
        """Every series as a file."""
        return self.part("downloads_list", downloads.series(self.views))

    def call_section_cards(self) -> Markup:
        """The way into each section."""
        cards = []
        for section in self.edition.report.sections:
            head = self.pages.head(section)
            told = sum(1 for fact in self.edition.facts.values() if fact.topic == section)
            cards.append(
                ViewModel(
                    id=section,
                    title=head.get("title", section),
                    url=self.views.link(section),
                    description=head.get("description", ""),
                    count_text=self.texts.language.word("unit.facts").replace("{0}", self.texts.formatter.integer(told)),
                )
            )
        return self.part("section_cards", cards)


class Parts:
    """The macros of templates/parts/, one per file."""

    def __init__(self, pages: PageRenderer, views: ViewModels) -> None:
        self.pages, self.views = pages, views

    def __call__(self, name: str, views: object, **options: object) -> Markup:
        """One part as a block of HTML."""
        template = self.pages.templates.environment.get_template(f"parts/{name}.html.j2")
        module = template.make_module({"t": self.pages.texts.language.word})
        text = str(getattr(module, name)(views, **options))
        return Markup("\n".join(_one_block(text.splitlines())) + "\n")  # noqa: S704  escaped by the part


def _one_block(lines: Iterable[str]) -> Iterator[str]:
    """Markdown ends a block of HTML at an empty line, so there is none but around headings."""
    for line in lines:
        if line.startswith("#"):
            yield from ("", line, "")
        elif line.strip():
            yield line


def function_names() -> tuple[str, ...]:
    """What templates may call."""
    return ("t", *(name.removeprefix("call_") for name in dir(_Calls) if name.startswith("call_")))


def syntax_error(templates: Templates, file: str, source: str) -> Diagnostic | None:
    """The finding of a template that cannot be read."""
    try:
        templates.environment.parse(source)
    except jinja2.TemplateSyntaxError as error:
        return Diagnostic(rule="template-syntax", span=Span(file, error.lineno), args={"why": error.message or ""})
    return None
