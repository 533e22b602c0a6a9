"""An edition in one language as plain text: labels and values of facts, claims and names, and texts with placeholders."""

from __future__ import annotations

import re

from ..model import periods
from ..model.languages import Language, Phrase, Placeholder, split_placeholders
from ..model.periods import Period
from ..model.report import Claim, Edition, Event, Fact
from ..model.units import Unit
from ..model.values import Value
from ..records.struct import Struct
from .formatting import LONG, SHORT, ValueFormatter
from .growth import format_growth

IN = "in"  # the option of a period


class Texts(Struct, frozen=True):
    """An edition in one language."""

    edition: Edition
    language: Language

    @property
    def formatter(self) -> ValueFormatter:
        """The formatter of values and dates in the language."""
        return ValueFormatter(self.language)

    def of(self, phrase: Phrase) -> Texts:
        """The texts of the language that a phrase is in: this one, or the one that stands in for it."""
        code = phrase.language_of(self.language.code)
        return self if code == self.language.code else Texts(self.edition, self.edition.report.language(code))

    def value(self, fact: Fact, form: str = LONG, *, digits: int = 0, bare: bool = False) -> str:
        """The value of a fact, rounded to `digits`, or to the significant digits that the fact asks for."""
        return self.formatter.value(fact.value, fact.unit, form=form, digits=digits or fact.digits, bare=bare)

    def growth(self, fact: Fact, *, digits: int = 0) -> str:
        """The value of a fact that is a change, as in "up 22%"."""
        if isinstance(fact.value, Period):
            return self.formatter.period(fact.value)
        return format_growth(self.language, fact.value, fact.unit, digits=digits or fact.digits)

    def word_value(self, value: Value | Period, unit: Unit, form: str = SHORT, *, digits: int = 0) -> str:
        """A value with its unit."""
        return self.formatter.value(value, unit, form=form, digits=digits)

    def word_period(self, period: Period, option: str = "") -> str:
        """A date or a period; with the option `in` as running text has it, as in "in the first half of 2025"."""
        return self.formatter.period_in(period) if option == IN else self.formatter.period(period)

    def titled(self, name: str, text: str) -> str:
        """A name and what is said of it, set apart as in this language; in one pass, since a name may hold braces itself."""
        parts = {"{0}": name, "{1}": text}
        return re.sub(r"\{[01]\}", lambda place: parts[place[0]], self.language.word("text.titled"))

    def label(self, fact: Fact) -> str:
        """The label of a fact."""
        return self.fill(fact.label, fact)

    def short_label(self, fact: Fact) -> str:
        """The short label of a fact, or its label."""
        return self.fill(fact.short or fact.label, fact)

    def claim_value(self, claim: Claim, form: str = LONG) -> str:
        """The value that a claim asserts; empty where it has none."""
        if claim.claimed is None or claim.unit is None:
            return ""
        return self.formatter.value(claim.claimed, claim.unit, form=form)

    def name(self, key: str) -> str:
        """The short form of a name."""
        return self.edition.names[key].short[self.language.code]

    def fill(self, phrase: Phrase, owner: Fact | Claim | None = None) -> str:
        """A text with its placeholders replaced; `owner` is the entry that it belongs to, for placeholders such as {value}.

        A text of another language has its values in that language, too.
        """
        texts, text = self.of(phrase) if phrase.borrowed else self, phrase[self.language.code]
        if "{" not in text:
            return text
        pieces = [
            piece if isinstance(piece, str) else texts.placeholder_text(piece, owner) for piece in split_placeholders(text)
        ]
        return "".join(pieces)

    def placeholder_text(self, placeholder: Placeholder, owner: Fact | Claim | Event | None = None) -> str:  # noqa: PLR0911  one per kind
        """The text that replaces a placeholder."""
        edition = self.edition
        match placeholder.kind:
            case "fact":
                return self.fact_form(edition.facts[placeholder.target], placeholder.option)
            case "event":
                return self.word_period(edition.events[placeholder.target].date)
            case "name":
                return self.name(placeholder.target)
            case "claim":
                return self.claim_value(edition.claims[placeholder.target])
            case "period":
                return self.word_period(periods.parse(placeholder.target), placeholder.option)
            case "literal":
                return placeholder.target
        return self._of_owner(placeholder, owner)

    def fact_form(self, fact: Fact, option: str) -> str:
        """A fact in the form that a placeholder names: growth, short, bare, digits=N, or the long one."""
        if option == "growth":
            return self.growth(fact)
        if option == "short":
            return self.value(fact, SHORT)
        if option == "bare":
            return self.value(fact, bare=True)
        if option.startswith("digits="):
            return self.value(fact, digits=int(option.removeprefix("digits=") or 0))
        return self.value(fact)

    def _of_owner(self, placeholder: Placeholder, owner: Fact | Claim | Event | None) -> str:
        if placeholder.target == "claimed" and isinstance(owner, Claim):
            return self.claim_value(owner)
        if placeholder.target == "value" and isinstance(owner, Fact):
            return self.fact_form(owner, placeholder.option)
        period = getattr(owner, placeholder.target, None)
        return self.word_period(period, placeholder.option) if isinstance(period, Period) else ""
