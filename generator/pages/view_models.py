"""View models of everything that templates can show, in one language, with links from one page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from markupsafe import Markup

from ..charts.sources import chart_sources
from ..model import report
from ..model.dependencies import column
from ..model.languages import Phrase
from ..model.periods import Form, Period
from ..wording.formatting import SHORT
from ..wording.texts import Texts
from .fact_views import FactViews
from .formula_text import formula_text, without_verdicts
from .page import ViewModel
from .render_cache import LazyView
from .rich_text import language_attributes

_FEW = 12  # facts that fit in a list of names: where they are more, they have their page among all facts


class ChartDescriptions(Protocol):
    """A function that gives what a page says of a chart besides its picture."""

    def __call__(self, chart: report.Chart, texts: Texts) -> Any:  # noqa: ANN401  a Drawing of the charts package
        """The alt text and table of a chart in one language, as attributes `alt` and `table`."""


class ViewModels(FactViews):
    """Makes the view models of all entries, from claims to charts, besides those of facts and sources."""

    def claim(self, key: str) -> ViewModel:
        """A claim with its verdict and what settles it."""
        return self._once("claim", key, lambda: self._claim(self.edition.claims[key]))

    def lazy_claim(self, key: str) -> LazyView:
        """A claim, made when a template reads it."""
        return self.lazy("claim", key, lambda: self.claim(key))

    def claim_in_list(self, claim: report.Claim) -> LazyView:
        """The same in a list of all claims, with what its filters show."""
        return self.lazy(
            "listed claim",
            claim.id,
            lambda: self.claim(claim.id),
            section=claim.section,
            section_text=self.word(f"topic.{claim.section}"),
            entity=claim.entity.id if claim.entity else "",
            entity_text=self.text(claim.entity.short) if claim.entity else "",
            verdict=claim.verdict,
            verdict_text=self.word(f"verdict.{claim.verdict}"),
            stance=claim.stance,
            stance_text=self.word(f"stance.{claim.stance}"),
            year=str(claim.period.first.year) if claim.period else "",
        )

    def claim_summary(self, key: str) -> ViewModel:
        """A claim as one line: its verdict, what it asserts, and the link to it."""
        claim = self.edition.claims[key]
        return ViewModel(
            url=self.links.to("fact-check", f"claim-{key}"),
            text_html=self.html(claim.text, claim),
            verdict=claim.verdict,
            verdict_text=self.word(f"verdict.{claim.verdict}"),
        )

    def _claim(self, claim: report.Claim) -> ViewModel:
        return ViewModel(
            id=claim.id,
            anchor=f"claim-{claim.id}",
            url=self.links.to("fact-check", f"claim-{claim.id}"),
            text_html=self.html(claim.text, claim),
            source=self.source(claim.source),
            at=claim.at,
            at_text=self._place_in_source(claim.at),
            also_at=[self._place_in_source(at) for at in claim.also_at],
            as_written=claim.as_written,
            as_written_lang=claim.source.language,
            stance=claim.stance,
            stance_text=self.word(f"stance.{claim.stance}"),
            claimed=self.texts.claim_value(claim, SHORT),
            period=self.texts.word_period(claim.period) if claim.period else "",
            verdict=claim.verdict,
            verdict_text=self.word(f"verdict.{claim.verdict}"),
            basis=claim.basis,
            basis_text=self.word(f"basis.{claim.basis}") if claim.basis else "",
            reason_html=self.html(claim.reason, claim),
            settled_by=[self.fact(key) for key in claim.settled_by],
            since=[self.event(key) for key in self._chronological(claim.since)],
            evidence=self.evidence(claim.evidence),
            section=claim.section,
            section_text=self.word(f"topic.{claim.section}"),
            entity_text=self.text(claim.entity.short) if claim.entity else "",
            entity=claim.entity.id if claim.entity else "",
            first=str(claim.period.first) if claim.period else "",
            year=str(claim.period.first.year) if claim.period else "",
            stale=self.newer_translation("claims", claim.id, "fact-check", f"claim-{claim.id}"),
        )

    def _place_in_source(self, at: str) -> str:
        """The heading and paragraph of a claim in words: `2.1` as "how much money, paragraph 1"."""
        heading, _, paragraph = at.partition(".")
        place = self.edition.report.places.get(heading)
        name = self.text(place) if place else heading
        if not paragraph:
            return name
        return self.word("place.paragraph").replace("{0}", name).replace("{1}", paragraph)

    def _chronological(self, events: Iterable[str]) -> list[str]:
        """Ids of events in the order of the timeline."""
        return sorted(events, key=self._event_order.__getitem__)

    @property
    def _event_order(self) -> Mapping[str, int]:
        return self._once("index", "events", lambda: {key: position for position, key in enumerate(self.edition.events)})

    def year_text(self, date: Period) -> str:
        """The year of a date in words."""
        return self.texts.word_period(_year(date))

    def lazy_event(self, key: str) -> LazyView:
        """An event, made when a template reads it."""
        return self.lazy("event", key, lambda: self.event(key))

    def event(self, key: str) -> ViewModel:
        """An event with its text and evidence."""
        return self._once("event", key, lambda: self._event(self.edition.events[key]))

    def _event(self, event: report.Event) -> ViewModel:
        return ViewModel(
            id=event.id,
            anchor=f"event-{event.id}",
            url=self.links.to("timeline", f"event-{event.id}"),
            date=self.texts.word_period(event.date),
            datetime=event.date.text if event.date.form in (Form.DAY, Form.MONTH, Form.YEAR) else str(event.date.first),
            year=self.year_text(event.date),
            title_html=self.html(event.title),
            text_html=self.html(event.text),
            section=event.section,
            section_text=self.word(f"topic.{event.section}"),
            entity_text=self.text(event.entity.short) if event.entity else "",
            evidence=self.evidence(event.evidence),
            after_article=event.after_article,
        )

    @property
    def _facts_by_entity(self) -> Mapping[str, list[str]]:
        return self._once("index", "facts by entity", lambda: _by_entity(column(self.edition.facts, "entity")))

    @property
    def _claims_by_entity(self) -> Mapping[str, list[str]]:
        return self._once("index", "claims by entity", lambda: _by_entity(column(self.edition.claims, "entity")))

    def name(self, name: report.Name) -> ViewModel:
        """A person, organisation or thing, with the number of facts and claims about it, and the facts where they are few."""
        code = self.texts.language.code
        name_here = name.name[code]
        others = [(text, other) for other, text in self._in_other_languages(name.name) if text != name_here]
        other_name, other_code = others[0] if others else ("", "")
        facts, claims = self._facts_by_entity.get(name.id, []), self._claims_by_entity.get(name.id, [])
        return ViewModel(
            id=name.id,
            anchor=f"name-{name.id}",
            url=self.links.to("people", f"name-{name.id}"),
            name=self.text(name.name),
            short=self.text(name.short),
            other=other_name,
            other_lang=other_code,
            type=name.type,
            type_text=self.word(f"type.{name.type}"),
            role_html=self.html(name.role),
            note_html=self.html(name.note),
            facts=[self.fact_summary(self.edition.facts[key]) for key in facts] if len(facts) <= _FEW else [],
            claims_count=len(claims),
            facts_text=self.word("unit.facts").replace("{0}", self.texts.formatter.integer(len(facts))) if facts else "",
            claims_text=self.word("unit.claims").replace("{0}", self.texts.formatter.integer(len(claims))) if claims else "",
            facts_url=self.links.to("facts", f"?entity={name.id}"),
            claims_url=self.links.to("fact-check", f"?entity={name.id}"),
        )

    def _in_other_languages(self, phrase: Phrase) -> list[tuple[str, str]]:
        """The code and text of every other language that a phrase is written in."""
        codes = [one.code for one in self.edition.report.languages if one.code in phrase.texts]
        return [(code, phrase.texts[code]) for code in codes if code != self.texts.language.code]

    def term(self, term: report.Term) -> ViewModel:
        """A term of the glossary with its definition, and the same term in the other languages."""
        code = self.texts.language.code
        others = [other for other, text in self._in_other_languages(term.term) if text != term.term[code]]
        return ViewModel(
            id=term.id,
            anchor=f"term-{term.id}",
            url=self.links.to("glossary", f"term-{term.id}") if "glossary" in self.edition.report.pages else "",
            name=self.text(term.term),
            others=[ViewModel(name=term.term[other], lang=other) for other in others],
            definition_html=self.html(term.definition),
        )

    def risk(self, risk: report.Risk) -> ViewModel:
        """A risk with its likelihood, impact and direction, and the facts, claims and events it rests on."""
        return ViewModel(
            id=risk.id,
            anchor=f"risk-{risk.id}",
            title_html=self.html(risk.title),
            text_html=self.html(risk.text),
            likelihood=risk.likelihood,
            likelihood_text=self.word(f"level.{risk.likelihood}"),
            impact=risk.impact,
            impact_text=self.word(f"level.{risk.impact}"),
            direction=risk.direction,
            direction_text=self.word(f"direction.{risk.direction}"),
            facts=[self.fact(key) for key in risk.facts],
            claims=[self.claim(key) for key in risk.claims],
            events=[self.event(key) for key in self._chronological(risk.events)],
        )

    def judgment(self, judgment: report.Judgment) -> ViewModel:
        """A conclusion, the link to where it is argued, what would change it, and the facts it rests on."""
        return ViewModel(
            id=judgment.id,
            anchor=f"judgment-{judgment.id}",
            url=self.links.to(judgment.page, f"judgment-{judgment.id}"),
            text_html=self.html(judgment.text),
            changes_if_html=self.html(judgment.changes_if),
            as_of=self.texts.word_period(judgment.as_of),
            facts=[self.fact_summary(self.edition.facts[key]) for key in judgment.rests_on],
        )

    def check(self, check: report.Check) -> ViewModel:
        """A relation between facts, its test with values filled in, and the result."""
        return ViewModel(
            id=check.id,
            anchor=f"check-{check.id}",
            text_html=self.html(check.text),
            test_text=formula_text(self.texts, without_verdicts(check.test)),
            holds=check.holds,
            holds_text=self.word(f"result.{'true' if check.holds else 'false'}"),
            relation=check.relation,
            relation_text=self.word(f"relation.{check.relation}"),
            facts=[self.fact(key) for key in check.facts],
        )

    def _attributes_of(self, code: str) -> Markup:
        """The attributes of an element in another language than the page; none without a language."""
        own = self.texts.language.code
        return Markup(" ") + language_attributes(code, own) if code not in ("", own) else Markup("")

    def chart(self, chart: report.Chart, drawing: Any) -> ViewModel:  # noqa: ANN401  a Drawing of the charts package
        """A chart with its table, files and sources, counted as a use of the page; `drawing` has its alt text and table."""
        self.uses.charts.append(chart.id)
        sources = chart_sources(chart, self.edition)
        outputs, language_folder = self.edition.report.outputs, self.links.language_folder
        files, pages = f"{language_folder}charts/{chart.id}", self.edition.report.pages
        own = f"{language_folder}../embed/{chart.id}/{self.texts.language.code}/"
        return ViewModel(
            id=chart.id,
            anchor=f"fig-{chart.id}",
            title_html=self.html(chart.title),
            measure_html=self.html(chart.measure),
            note_html=self.html(chart.note),
            view=self.html(view if isinstance(view := chart.options.get("view"), Phrase) else chart.title),
            alt=drawing.alt,
            src=f"{files}.svg",
            csv=f"{files}.csv",
            png=f"{files}.png" if "pictures" in outputs else "",
            embed=f"{own}#share" if "embeds" in outputs else "",
            cite=f"{own}#cite" if "embeds" in outputs else self.links.to("reuse", "cite") if "reuse" in pages else "",
            table=drawing.table,
            table_attributes=self._attributes_of(drawing.table.language),
            sources=[self.source(source) for source in sources],
            sources_count=self.texts.formatter.integer(len(sources)),
        )


def _by_entity(entities: Mapping[str, report.Name | None]) -> dict[str, list[str]]:
    """The keys of entries by the id of the entity they are about, empty for none."""
    keys: dict[str, list[str]] = {}
    for key, entity in entities.items():
        keys.setdefault(entity.id if entity else "", []).append(key)
    return keys


def _year(period: Period) -> Period:
    return Period(form=Form.YEAR, first=period.first, last=period.last, text=str(period.first.year))
