"""An edition as templates see it: everything already in one language's words, with links from where a page stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from types import SimpleNamespace
from typing import Any

from markupsafe import Markup, escape

from ..model import formulas, report
from ..model.freshness import overdue_since
from ..model.languages import Phrase, Placeholder, split_placeholders
from ..model.periods import Form, Period, parse
from ..model.values import Value, midpoint
from ..wording.formatting import SHORT
from ..wording.texts import Texts
from .notices import Correction

ViewModel = SimpleNamespace


@dataclass(slots=True)
class Uses:
    """What a page spoke of: gathered while it is rendered."""

    facts: list[str] = field(default_factory=list)
    claims: list[str] = field(default_factory=list)
    events: list[str] = field(default_factory=list)
    charts: list[str] = field(default_factory=list)
    overdue: bool = False  # a fact that should have been looked at again
    lists_all: bool = False  # lists every fact, source or change of the report
    site_only: bool = False  # offers what only a website has: downloads, and the print edition


_VERDICT = "verdict("
_QUOTED = re.compile(r"\"([a-z_]+)\"")
_FUNCTION = re.compile(r"\b(low|high|mid|round|growth|share)\(")
_JOINT = re.compile(r"(?<= )(and|or|in|not in)(?= )")
_POWER = re.compile(r"\b\d+(?:\.\d+)?e\d+\b")
_SIGNS = {" * ": " × ", " / ": " ÷ ", " - ": " − ", "<=": "≤", ">=": "≥", "==": "=", "!=": "≠"}


def _figures(test: str) -> str:
    """A relation without what it says of verdicts, which stand beside the claims; nothing where it cannot do without."""
    if _VERDICT not in test:
        return test
    return "" if " or " in test else " and ".join(part for part in test.split(" and ") if _VERDICT not in part)


class ViewModels:
    """Makes and keeps the views of one edition in one language for one page."""

    def __init__(self, texts: Texts, page: str, uses: Uses | None = None, *, stale: Mapping[str, str] | None = None) -> None:
        self.texts, self.edition, self.page = texts, texts.edition, page
        self.word = texts.language.word
        self.uses = uses if uses is not None else Uses()
        self.stale = stale or {}  # entry (facts/area) -> the language whose text is newer
        self._kept: dict[tuple[str, str], ViewModel] = {}

    # --- links ---------------------------------------------------------------------------------

    def link(self, page: str, anchor: str = "") -> str:
        """A relative address of another page of the same language (every page but index lies in a folder)."""
        target = "" if page == "index" else f"{page}/"
        if page == self.page:
            return f"#{anchor}" if anchor else "./"
        return f"{self.up}{target}{'#' + anchor if anchor else ''}" or "./"

    @property
    def up(self) -> str:
        """From where the page stands to its language's folder."""
        return "" if self.page == "index" else "../" * (self.page.count("/") + 1)

    def fact_link(self, key: str) -> str:
        """Where a fact is told in full."""
        return self.link(f"facts/{key}")

    def twin(self, code: str, page: str, anchor: str) -> ViewModel:
        """The same place of the same page in another language."""
        up = f"{self.up}../"
        target = "" if page == "index" else f"{page}/"
        name = next(one.name for one in self.edition.report.languages if one.code == code)
        return ViewModel(code=code, name=name, url=f"{up}{code}/{target}{'#' + anchor if anchor else ''}")

    def _twin_of(self, kind: str, key: str, page: str, anchor: str) -> ViewModel | None:
        code = self.stale.get(f"{kind}/{key}")
        return self.twin(code, page, anchor) if code else None

    # --- running text --------------------------------------------------------------------------

    def number(self, key: str, words: str, *, claim: bool = False) -> Markup:
        """The quiet link that every quantity in the text is."""
        if claim:
            self.uses.claims.append(key)
            address = self.link("fact-check", f"claim-{key}")
            return Markup('<a class="fl-n fl-n--claim" href="{}" data-claim="{}">{}</a>').format(address, key, words)
        self.uses.facts.append(key)
        return self._linked(self.edition.facts[key], words)

    def _linked(self, fact: report.Fact, words: str) -> Markup:
        if "facts" in self.edition.report.pages:
            link = Markup('<a class="fl-n" href="{}" data-fact="{}">{}</a>').format(self.fact_link(fact.id), fact.id, words)
        else:  # a report without a list of facts has nowhere to lead to
            link = Markup('<a class="fl-n" data-fact="{}">{}</a>').format(fact.id, words)
        return link + self._due(fact)

    def _due(self, fact: report.Fact) -> Markup:
        """The mark of a fact that should have been looked at again."""
        day = overdue_since(self.edition, fact)
        if day is None:
            return Markup("")
        self.uses.overdue = True
        told = self.word("due.text").replace("{0}", self.texts.word_period(parse(day.isoformat())))
        return Markup('<span class="fl-due" title="{}"><span class="fl-hidden"> ({})</span></span>').format(told, told)

    def date(self, key: str) -> Markup:
        """The date of an event, leading to the timeline."""
        self.uses.events.append(key)
        event = self.edition.events[key]
        return Markup('<a class="fl-date" href="{}">{}</a>').format(
            self.link("timeline", f"event-{key}"), self.texts.word_period(event.date)
        )

    def rich(self, phrase: Phrase | None, owner: report.Fact | report.Claim | None = None) -> Markup:
        """A text of data/ with its quantities as links."""
        if phrase is None:
            return Markup("")
        return Markup("").join(
            escape(piece) if isinstance(piece, str) else self._rich_hole(piece, owner)
            for piece in split_placeholders(phrase[self.texts.language.code])
        )

    def _rich_hole(self, hole: Placeholder, owner: report.Fact | report.Claim | None) -> Markup:
        words = self.texts.placeholder_text(hole, owner)
        if hole.kind == "fact":
            return self.number(hole.target, words)
        if hole.kind == "event":
            return self.date(hole.target)
        if hole.kind == "claim":
            return self.number(hole.target, words, claim=True)
        if hole.kind == "own" and isinstance(owner, report.Claim) and hole.target == "claimed":
            return Markup('<span class="fl-n fl-n--claim">{}</span>').format(words)
        return escape(words)

    # --- one view per noun ---------------------------------------------------------------------

    def _keep(self, kind: str, key: str, make: Callable[[], ViewModel]) -> ViewModel:
        if (kind, key) not in self._kept:
            self._kept[kind, key] = make()
        return self._kept[kind, key]

    def source(self, source: report.Source) -> ViewModel:
        """Who said it."""
        return self._keep("source", source.id, lambda: self._source(source))

    def _source(self, source: report.Source) -> ViewModel:
        return ViewModel(
            id=source.id,
            anchor=f"source-{source.id}",
            url=self.link("sources", f"source-{source.id}"),
            href=source.url,
            publisher=source.publisher,
            title=source.title,
            lang=source.language,
            date=self.texts.word_period(source.date) if source.date else "",
            read=source.read,
            read_text=self.word(f"read.{source.read}"),
            independent=source.independent,
            independent_text=self.word(f"independent.{'yes' if source.independent else 'no'}"),
            note=self.rich(source.note),
        )

    def listed_source(self, source: report.Source) -> ViewModel:
        """Who said it, and all facts that rest on it."""
        cited = self._cited.get(source.id, ())
        return ViewModel(
            **vars(self.source(source)),
            uses=self.texts.formatter.integer(len(cited)),
            facts=[self.lead(self.edition.facts[key]) for key in cited],
        )

    @cached_property
    def _cited(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for fact in self.edition.facts.values():
            if fact.formula:
                continue
            for one in fact.evidence:
                if fact.id not in found.setdefault(one.source.id, []):
                    found[one.source.id].append(fact.id)
        return found

    def evidence(self, listed: Iterable[report.Evidence]) -> list[ViewModel]:
        """Sources with their places."""
        return [
            ViewModel(
                source=self.source(one.source),
                at=one.at[self.texts.language.code] if one.at else "",
                url=self.link("sources", f"source-{one.source.id}"),
            )
            for one in listed
        ]

    def lead(self, fact: report.Fact) -> ViewModel:
        """A fact as one line: label, value, link."""
        return ViewModel(
            label=self.texts.label(fact),
            value=self.texts.value(fact, SHORT),
            url=self.fact_link(fact.id),
            value_html=self.plain_number(fact),
        )

    def plain_number(self, fact: report.Fact, form: str = SHORT) -> Markup:
        """A value's link that does not count as the page's own use."""
        return self._linked(fact, self.texts.value(fact, form))

    def fact(self, key: str) -> ViewModel:
        """A fact in full."""
        return self._keep("fact", key, lambda: self._fact(self.edition.facts[key]))

    def _fact(self, fact: report.Fact) -> ViewModel:
        texts = self.texts
        when = fact.period or fact.as_of
        return ViewModel(
            id=fact.id,
            anchor=f"fact-{fact.id}",
            url=self.fact_link(fact.id),
            label=texts.label(fact),
            short=texts.short_label(fact),
            value=texts.value(fact, SHORT),
            value_long=texts.value(fact),
            value_html=self.plain_number(fact),
            period=texts.word_period(fact.period) if fact.period else "",
            as_of=texts.word_period(fact.as_of) if fact.as_of else "",
            status=fact.status,
            status_text=self.word(f"status.{fact.status}"),
            review_text=self.word(f"review.{fact.review}"),
            entity_text=texts.name(fact.entity.id) if fact.entity else "",
            topic=fact.topic,
            topic_text=self.word(f"topic.{fact.topic}"),
            evidence=self.evidence(fact.evidence),
            note=self.rich(fact.note, fact),
            rivals=[
                ViewModel(
                    value=texts.word_value(one.value, fact.unit),
                    reason=self.rich(one.reason, fact),
                    evidence=self.evidence(one.evidence),
                )
                for one in fact.rivals
            ],
            preferred_because=self.rich(fact.preferred_because, fact),
            history=[
                ViewModel(
                    value=texts.word_value(one.value, fact.unit),
                    as_of=texts.word_period(one.as_of),
                    kind=one.kind,
                    kind_text=self.word(f"change.{one.kind}"),
                    reason=self.rich(one.reason, fact),
                    source=self.source(one.source) if one.source else None,
                )
                for one in fact.history
            ],
            working=self.working(fact),
            inputs=[self.lead(self.edition.facts[one]) for one in fact.inputs],
            items=[texts.name(one.id) if isinstance(one, report.Name) else texts.fill(one) for one in fact.items],
            forecast=self._forecast(fact),
            pages=[],
            weak_text=self._weak(fact),
            due_html=self._due(fact),
            entity=fact.entity.id if fact.entity else "",
            unit=fact.unit.id,
            size=_size(fact.value),
            first=str(when.first) if when else "",
            year=str(when.first.year) if when else "",
            stale=self._twin_of("facts", fact.id, "facts", f"fact-{fact.id}"),
        )

    def correction(self, one: Correction) -> ViewModel:
        """A corrected fact: what it was, what it is, when and why."""
        fact, texts = one.fact, self.texts
        return ViewModel(
            label=texts.label(fact),
            url=self.fact_link(fact.id),
            before=texts.word_value(one.change.value, fact.unit, digits=fact.digits),
            after=texts.value(fact, SHORT),
            date=texts.word_period(one.when),
            datetime=str(one.when.first),
            reason=self.rich(one.change.reason, fact),
        )

    def working(self, fact: report.Fact) -> str:
        """The formula with each operand's value in its place."""
        if not fact.formula:
            return ""
        return self._worked(fact.formula)

    def _worked(self, text: str) -> str:
        formula = formulas.parse(formulas.arithmetic_notation(text))
        shown: list[str] = []
        at = 0
        for use in sorted(formula.uses, key=lambda one: one.offset):
            before = formula.text[at : use.offset]
            if use.kind != "fact":
                before = before.removesuffix(f"{use.kind}(")
            shown.append(before)
            shown.append(self._operand(use))
            at = use.offset + len(use.id) + (1 if use.kind != "fact" else 0)
        shown.append(formula.text[at:])
        return self._spoken("".join(shown))

    def _spoken(self, text: str) -> str:
        """The rest of a formula in the language's words: functions, joints, verdicts, plain numbers."""
        text = _QUOTED.sub(lambda match: self.word(f"verdict.{match[1]}"), text)
        text = _FUNCTION.sub(lambda match: f"{self.word(f'work.{match[1]}')}(", text)
        text = _JOINT.sub(lambda match: self.word(f"work.{match[1]}"), text)
        text = _POWER.sub(lambda match: self.texts.formatter.number(Decimal(match[0])), text)
        for written, sign in _SIGNS.items():
            text = text.replace(written, sign)
        return text

    def _operand(self, use: formulas.OperandReference) -> str:
        edition, texts = self.edition, self.texts
        match use.kind:
            case "fact":
                return texts.value(edition.facts[use.id], SHORT)
            case "claimed":
                return texts.claim_value(edition.claims[use.id], SHORT)
            case "event":
                return texts.word_period(edition.events[use.id].date)
            case "verdict":
                return self.word(f"verdict.{edition.claims[use.id].verdict}")
            case _:
                return texts.formatter.integer(len(edition.facts[use.id].items))

    def _forecast(self, fact: report.Fact) -> ViewModel | None:
        told = fact.forecast
        if told is None:
            return None
        outcome = self.edition.facts.get(told.outcome)
        return ViewModel(
            due=self.texts.word_period(told.due),
            resolution=told.resolution,
            resolution_text=self.word(f"resolution.{told.resolution}"),
            reason=self.rich(told.reason, fact),
            outcome=self.lead(outcome) if outcome else None,
        )

    def _weak(self, fact: report.Fact) -> str:
        reads = {one.source.read for one in fact.evidence}
        if not reads or fact.formula:
            return ""
        if reads == {"unverified"}:
            return self.word("weak.unverified")
        return self.word("weak.single") if len(fact.evidence) == 1 and reads == {"excerpt"} else ""

    def claim(self, key: str) -> ViewModel:
        """A claim in full."""
        return self._keep("claim", key, lambda: self._claim(self.edition.claims[key]))

    def judged(self, key: str) -> ViewModel:
        """A claim as one line: its verdict and what it asserts."""
        claim = self.edition.claims[key]
        return ViewModel(
            url=self.link("fact-check", f"claim-{key}"),
            text_html=self.rich(claim.text, claim),
            verdict=claim.verdict,
            verdict_text=self.word(f"verdict.{claim.verdict}"),
        )

    def _claim(self, claim: report.Claim) -> ViewModel:
        return ViewModel(
            id=claim.id,
            anchor=f"claim-{claim.id}",
            url=self.link("fact-check", f"claim-{claim.id}"),
            text_html=self.rich(claim.text, claim),
            source=self.source(claim.source),
            at=claim.at,
            at_text=self._place(claim.at),
            also_at=[self._place(one) for one in claim.also_at],
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
            reason_html=self.rich(claim.reason, claim),
            settled_by=[self.fact(one) for one in claim.settled_by],
            since=[self.event(one) for one in self._in_time(claim.since)],
            evidence=self.evidence(claim.evidence),
            section=claim.section,
            section_text=self.word(f"topic.{claim.section}"),
            entity_text=self.texts.name(claim.entity.id) if claim.entity else "",
            entity=claim.entity.id if claim.entity else "",
            first=str(claim.period.first) if claim.period else "",
            year=str(claim.period.first.year) if claim.period else "",
            stale=self._twin_of("claims", claim.id, "fact-check", f"claim-{claim.id}"),
        )

    def _place(self, at: str) -> str:
        """`2.1` as "how much money, paragraph 1"."""
        heading, _, paragraph = at.partition(".")
        place = self.edition.report.places.get(heading)
        name = place[self.texts.language.code] if place else heading
        if not paragraph:
            return name
        return self.word("place.paragraph").replace("{0}", name).replace("{1}", paragraph)

    def _in_time(self, events: Iterable[str]) -> list[str]:
        """Events in the order of the timeline."""
        order = self._order
        return sorted(events, key=order.__getitem__)

    @cached_property
    def _order(self) -> Mapping[str, int]:
        return {key: at for at, key in enumerate(self.edition.events)}

    def event(self, key: str) -> ViewModel:
        """An event in full."""
        return self._keep("event", key, lambda: self._event(self.edition.events[key]))

    def _event(self, event: report.Event) -> ViewModel:
        return ViewModel(
            id=event.id,
            anchor=f"event-{event.id}",
            url=self.link("timeline", f"event-{event.id}"),
            date=self.texts.word_period(event.date),
            datetime=event.date.text if event.date.form in (Form.DAY, Form.MONTH, Form.YEAR) else str(event.date.first),
            year=self.texts.word_period(_year(event.date)),
            title_html=self.rich(event.title),
            text_html=self.rich(event.text),
            section=event.section,
            section_text=self.word(f"topic.{event.section}"),
            entity_text=self.texts.name(event.entity.id) if event.entity else "",
            evidence=self.evidence(event.evidence),
            after_article=event.after_article,
        )

    @cached_property
    def _about(self) -> tuple[Mapping[str, list[report.Fact]], Mapping[str, list[report.Claim]]]:
        """Facts and claims by whom they are about."""
        facts: dict[str, list[report.Fact]] = {}
        claims: dict[str, list[report.Claim]] = {}
        for fact in self.edition.facts.values():
            facts.setdefault(fact.entity.id if fact.entity else "", []).append(fact)
        for claim in self.edition.claims.values():
            claims.setdefault(claim.entity.id if claim.entity else "", []).append(claim)
        return facts, claims

    def name(self, name: report.Name) -> ViewModel:
        """A name and what the report knows of it."""
        others = [
            (name.name[language.code], language.code)
            for language in self.edition.report.languages
            if language.code != self.texts.language.code
        ]
        told, claims = self._about[0].get(name.id, []), self._about[1].get(name.id, [])
        own = name.name[self.texts.language.code]
        return ViewModel(
            id=name.id,
            anchor=f"name-{name.id}",
            name=own,
            short=self.texts.name(name.id),
            other=next((one for one, _ in others if one != own), ""),
            other_lang=next((code for one, code in others if one != own), ""),
            type=name.type,
            type_text=self.word(f"type.{name.type}"),
            role_html=self.rich(name.role),
            note_html=self.rich(name.note),
            facts=[self.lead(fact) for fact in told],
            claims_count=len(claims),
            facts_text=self.word("unit.facts").replace("{0}", self.texts.formatter.integer(len(told))) if told else "",
            claims_text=self.word("unit.claims").replace("{0}", self.texts.formatter.integer(len(claims))) if claims else "",
        )

    def term(self, term: report.Term) -> ViewModel:
        """A word that is explained, with the same word in the other languages."""
        code = self.texts.language.code
        others = [one.code for one in self.edition.report.languages if term.term[one.code] != term.term[code]]
        return ViewModel(
            id=term.id,
            anchor=f"term-{term.id}",
            url=self.link("glossary", f"term-{term.id}") if "glossary" in self.edition.report.pages else "",
            name=self.texts.fill(term.term),
            others=[ViewModel(name=term.term[one], lang=one) for one in others],
            definition_html=self.rich(term.definition),
        )

    def risk(self, risk: report.Risk) -> ViewModel:
        """A risk as judged by the report's own authors."""
        return ViewModel(
            id=risk.id,
            anchor=f"risk-{risk.id}",
            title_html=self.rich(risk.title),
            text_html=self.rich(risk.text),
            likelihood=risk.likelihood,
            likelihood_text=self.word(f"level.{risk.likelihood}"),
            impact=risk.impact,
            impact_text=self.word(f"level.{risk.impact}"),
            direction=risk.direction,
            direction_text=self.word(f"direction.{risk.direction}"),
            facts=[self.fact(one) for one in risk.facts],
            claims=[self.claim(one) for one in risk.claims],
            events=[self.event(one) for one in self._in_time(risk.events)],
        )

    def check(self, check: report.Check) -> ViewModel:
        """A relation with its working."""
        return ViewModel(
            id=check.id,
            anchor=f"check-{check.id}",
            text_html=self.rich(check.text),
            test_text=self._worked(figures) if (figures := _figures(check.test)) else "",
            holds=check.holds,
            holds_text=self.word(f"result.{'true' if check.holds else 'false'}"),
            relation=check.relation,
            relation_text=self.word(f"relation.{check.relation}"),
            facts=[self.fact(one) for one in check.facts],
        )

    def chart(self, chart: report.Chart, drawing: Any) -> ViewModel:  # noqa: ANN401  a Drawing of the charts package
        """A chart with its table and sources."""
        self.uses.charts.append(chart.id)
        cited: dict[str, report.Source] = {}
        for key in chart.facts:
            for one in self.edition.facts[key].evidence:
                cited.setdefault(one.source.id, one.source)
        for key in chart.series:
            for row in self.edition.series[key].rows:
                for source in row.sources:
                    cited.setdefault(source.id, source)
        outputs = self.edition.report.outputs
        return ViewModel(
            id=chart.id,
            anchor=f"fig-{chart.id}",
            title_html=self.rich(chart.title),
            note_html=self.rich(chart.note),
            alt=drawing.alt,
            src=f"{self.up}charts/{chart.id}.svg",
            csv=f"{self.up}charts/{chart.id}.csv",
            png=f"{self.up}charts/{chart.id}.png" if "pictures" in outputs else "",
            embed=f"{self.up}../embed/{chart.id}/{self.texts.language.code}/"
            if "embeds" in self.edition.report.outputs
            else "",
            cite=self.link("reuse", "cite") if "reuse" in self.edition.report.pages else "",
            table=drawing.table,
            sources=[self.source(one) for one in cited.values()],
            sources_count=self.texts.formatter.integer(len(cited)),
        )


def _size(value: Value | Period) -> str:
    """A value as one number to sort by: a date as its day, a range by its middle, an open one by its end."""
    return str(value.first.toordinal()) if isinstance(value, Period) else f"{midpoint(value):f}"


def _year(period: Period) -> Period:
    return Period(form=Form.YEAR, first=period.first, last=period.last, text=str(period.first.year))
