"""What one language says about an edition: facts, claims and names in words, texts with their placeholders filled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..model import periods
from ..model.languages import Language, Phrase, Placeholder, split_placeholders
from ..model.periods import Period
from ..model.report import Claim, Edition, Event, Fact
from ..model.units import Unit
from ..model.values import Value
from .formatting import LONG, SHORT, ValueFormatter

Fill = Callable[[Placeholder, str], str]


@dataclass(frozen=True, slots=True)
class Texts:
    """An edition in one language, as plain text."""

    edition: Edition
    language: Language

    @property
    def formatter(self) -> ValueFormatter:
        """How the language writes values."""
        return ValueFormatter(self.language)

    # --- single things -------------------------------------------------------------------------

    def value(self, fact: Fact, form: str = LONG, *, digits: int = 0, bare: bool = False) -> str:
        """A fact's value; a derived one rounded as its author asked."""
        return self.formatter.value(fact.value, fact.unit, form=form, digits=digits or fact.digits, bare=bare)

    def growth(self, fact: Fact, *, digits: int = 0) -> str:
        """A fact that is a change, as up or down."""
        if isinstance(fact.value, Period):
            return self.formatter.period(fact.value)
        return self.formatter.growth(fact.value, fact.unit, digits=digits or fact.digits)

    def word_value(self, value: Value | Period, unit: Unit, form: str = SHORT, *, digits: int = 0) -> str:
        """Any value with its unit."""
        return self.formatter.value(value, unit, form=form, digits=digits)

    def word_period(self, period: Period) -> str:
        """Any date or period."""
        return self.formatter.period(period)

    def label(self, fact: Fact) -> str:
        """What a fact is called."""
        return self.fill(fact.label, fact)

    def short_label(self, fact: Fact) -> str:
        """Its short name, for charts."""
        return self.fill(fact.short or fact.label, fact)

    def claim_value(self, claim: Claim, form: str = LONG) -> str:
        """The figure that a claim asserts; an empty text where it names none."""
        if claim.claimed is None or claim.unit is None:
            return ""
        return self.formatter.value(claim.claimed, claim.unit, form=form)

    def name(self, key: str) -> str:
        """A name as running text has it."""
        return self.edition.names[key].short[self.language.code]

    # --- texts with placeholders ---------------------------------------------------------------

    def fill(self, phrase: Phrase, owner: Fact | Claim | None = None) -> str:
        """A text with its placeholders as plain words."""
        return "".join(
            piece if isinstance(piece, str) else self.placeholder_text(piece, owner)
            for piece in split_placeholders(phrase[self.language.code])
        )

    def placeholder_text(self, hole: Placeholder, owner: Fact | Claim | Event | None = None) -> str:  # noqa: PLR0911  one per kind
        """What stands for one placeholder."""
        edition = self.edition
        match hole.kind:
            case "fact":
                return self.fact_form(edition.facts[hole.target], hole.option)
            case "event":
                return self.word_period(edition.events[hole.target].date)
            case "name":
                return self.name(hole.target)
            case "claim":
                return self.claim_value(edition.claims[hole.target])
            case "period":
                return self.word_period(periods.parse(hole.target))
            case "literal":
                return hole.target
        return self._own(hole, owner)

    def fact_form(self, fact: Fact, option: str) -> str:
        """A fact in the form that a placeholder asks for."""
        if option == "growth":
            return self.growth(fact)
        if option == "short":
            return self.value(fact, SHORT)
        if option == "bare":
            return self.value(fact, bare=True)
        if option.startswith("digits="):
            return self.value(fact, digits=int(option.removeprefix("digits=") or 0))
        return self.value(fact)

    def _own(self, hole: Placeholder, owner: Fact | Claim | Event | None) -> str:
        if hole.target == "claimed" and isinstance(owner, Claim):
            return self.claim_value(owner)
        if hole.target == "value" and isinstance(owner, Fact):
            return self.fact_form(owner, hole.option)
        period = getattr(owner, hole.target, None)
        return self.word_period(period) if isinstance(period, Period) else ""
