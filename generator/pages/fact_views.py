"""View models of facts: what templates read of them, in one language, with links from one page."""

from __future__ import annotations

from itertools import pairwise

from ..model import report
from ..model.freshness import overdue_since
from ..model.periods import Period
from ..model.values import Value, midpoint
from ..wording.formatting import SHORT
from .error_reports import error_addresses
from .formula_text import formula_text
from .notices import Correction
from .page import ViewModel
from .render_cache import LazyView
from .rich_text import UnbrokenText
from .source_views import SourceViews

_FINE = 6  # digits of a value that reads like the one before it


class FactViews(SourceViews):
    """Makes the view models of sources and facts for one page; each is made once."""

    def lazy_fact(self, key: str) -> LazyView:
        """A fact, made when a template reads it."""
        return self.lazy("fact", key, lambda: self.fact(key))

    def numbered_fact(self, key: str, numbers: list[int]) -> LazyView:
        """The same with the numbers that its sources have on the page, in their order."""
        kind = f"fact {' '.join(map(str, numbers))}"
        return self.lazy(kind, key, lambda: ViewModel(**vars(self.fact(key)), numbers=numbers))

    def fact_in_list(self, fact: report.Fact) -> LazyView:
        """The same in a list of all facts, with what its filters show."""
        when = fact.period or fact.as_of
        return self.lazy(
            "listed fact",
            fact.id,
            lambda: self.fact(fact.id),
            topic=fact.topic,
            topic_text=self.word(f"topic.{fact.topic}"),
            entity=fact.entity.id if fact.entity else "",
            entity_text=self.text(fact.entity.short) if fact.entity else "",
            status=fact.status,
            status_text=self.word(f"status.{fact.status}"),
            year=str(when.first.year) if when else "",
        )

    def fact(self, key: str) -> ViewModel:
        """A fact with everything that is known of it."""
        return self._once("fact", key, lambda: self._fact(self.edition.facts[key]))

    def fact_to_judge(self, key: str) -> ViewModel:
        """The same with the address at which an error in it can be reported."""
        error_url = next(iter(error_addresses(self.texts, self.edition.facts[key])), "")
        return ViewModel(**vars(self.fact(key)), error_url=error_url)

    def _fact(self, fact: report.Fact) -> ViewModel:
        texts = self.texts
        when = fact.period or fact.as_of
        return ViewModel(
            id=fact.id,
            anchor=f"fact-{fact.id}",
            url=self.links.to_fact(fact.id),
            label=self.rich_text.label(fact),
            label_text=texts.label(fact),  # for attributes, which have no language
            short=self.text(fact.short or fact.label, fact),
            value=texts.value(fact, SHORT),
            value_long=UnbrokenText(texts.value(fact)),
            value_html=self.rich_text.uncounted_number(fact),
            period=texts.word_period(fact.period) if fact.period else "",
            as_of=texts.word_period(fact.as_of) if fact.as_of else "",
            status=fact.status,
            status_text=self.word(f"status.{fact.status}"),
            review_text=self.word(f"review.{fact.review}"),
            entity_text=self.text(fact.entity.short) if fact.entity else "",
            reviewed_text=self._sign_off(fact),
            topic=fact.topic,
            topic_text=self.word(f"topic.{fact.topic}"),
            evidence=self.evidence(fact.evidence),
            note=self.html(fact.note, fact),
            rivals=self._rivals(fact),
            preferred_because=self.html(fact.preferred_because, fact),
            history=self._history(fact),
            value_last=self._values_over_time(fact)[-1] if fact.history else "",
            working=formula_text(texts, fact.formula),
            inputs=[self.fact_summary(self.edition.facts[key]) for key in fact.inputs],
            items=[self.text(item.short if isinstance(item, report.Name) else item) for item in fact.items],
            forecast=self._forecast(fact),
            pages=[],
            weak_text=self._weak_evidence(fact),
            due_html=self.rich_text.overdue_mark(fact),
            due_text=self.rich_text.overdue_text(day) if (day := overdue_since(self.edition, fact)) else "",
            entity=fact.entity.id if fact.entity else "",
            unit=fact.unit.id,
            size=_sort_number(fact.value),
            first=str(when.first) if when else "",
            year=str(when.first.year) if when else "",
            stale=self.newer_translation("facts", fact.id, "facts", f"fact-{fact.id}"),
        )

    def _sign_off(self, fact: report.Fact) -> str:
        """On which day and by whom the present value was found right; empty where nobody said so."""
        signed = fact.reviewed
        if signed is None:
            return ""
        return self.word("part_reviewed").replace("{0}", self.texts.word_period(signed.on)).replace("{1}", signed.by)

    def _rivals(self, fact: report.Fact) -> list[ViewModel]:
        return [
            ViewModel(
                value=self.texts.word_value(rival.value, fact.unit),
                reason=self.html(rival.reason, fact),
                evidence=self.evidence(rival.evidence),
            )
            for rival in fact.rivals
        ]

    def _values_over_time(self, fact: report.Fact) -> list[str]:
        """Earlier values and the present one, with more digits where two in a row would read the same."""
        values = [*(change.value for change in fact.history), fact.value]
        words = [self.texts.word_value(value, fact.unit) for value in values]
        alike = [before == after for before, after in pairwise(words)]
        return [
            self.texts.word_value(value, fact.unit, digits=_FINE) if True in alike[max(at - 1, 0) : at + 1] else words[at]
            for at, value in enumerate(values)
        ]

    def _history(self, fact: report.Fact) -> list[ViewModel]:
        return [
            ViewModel(
                value=value,
                as_of=self.texts.word_period(change.as_of),
                kind=change.kind,
                kind_text=self.word(f"change.{change.kind}"),
                reason=self.html(change.reason, fact),
                source=self.source(change.source) if change.source else None,
            )
            for change, value in zip(fact.history, self._values_over_time(fact), strict=False)
        ]

    def _forecast(self, fact: report.Fact) -> ViewModel | None:
        forecast = fact.forecast
        if forecast is None:
            return None
        outcome = self.edition.facts.get(forecast.outcome)
        return ViewModel(
            due=self.texts.word_period(forecast.due),
            resolution=forecast.resolution,
            resolution_text=self.word(f"resolution.{forecast.resolution}"),
            reason=self.html(forecast.reason, fact),
            outcome=self.fact_summary(outcome) if outcome else None,
        )

    def _weak_evidence(self, fact: report.Fact) -> str:
        """A warning where no source was read, or only an excerpt of a single one; empty otherwise."""
        reads = {evidence.source.read for evidence in fact.evidence}
        if not reads or fact.formula:
            return ""
        if reads == {"unverified"}:
            return self.word("weak.unverified")
        return self.word("weak.single") if len(fact.evidence) == 1 and reads == {"excerpt"} else ""

    def correction(self, correction: Correction) -> ViewModel:
        """A corrected fact: values before and after, date and reason."""
        fact, change, texts = correction.fact, correction.change, self.texts
        return ViewModel(
            label=self.rich_text.label(fact),
            url=self.links.to_fact(fact.id),
            before=texts.word_value(change.value, fact.unit, digits=fact.digits),
            after=texts.value(fact, SHORT),
            date=texts.word_period(correction.when),
            datetime=str(correction.when.first),
            reason=self.html(change.reason, fact),
        )


def _sort_number(value: Value | Period) -> str:
    """A value as one number to sort by: a date as its day, a range by its middle, an open one by its end."""
    return str(value.first.toordinal()) if isinstance(value, Period) else f"{midpoint(value):f}"
