"""Functions that templates call in running text: values, dates, names and terms, each a link where it leads somewhere.

A method named call_NAME is what templates call as NAME.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup

from ..model import periods
from ..model.dependencies import column
from ..model.units import Unit
from ..wording.formatting import LONG, SHORT
from ..wording.texts import IN
from . import notices
from .rich_text import href
from .sandbox import Block
from .templates import Templates
from .view_models import ViewModels


class InlineFunctions:
    """The functions of one page; they record in the page's uses what they refer to."""

    def __init__(self, templates: Templates, views: ViewModels) -> None:
        self.templates, self.views = templates, views
        self.texts, self.edition = views.texts, views.edition
        self._currencies: set[str] = set()  # written in full on this page
        self._terms = 0  # explained on this page

    def by_name(self) -> dict[str, Any]:
        """Everything that a template can call, by the name it is called by."""
        functions: dict[str, Callable[..., object]] = {
            name.removeprefix("call_"): getattr(self, name) for name in dir(self) if name.startswith("call_")
        }
        return {**functions, "t": self.texts.language.word, notices.STALE_CALL: self._stale_notice}

    def part(self, name: str, views: object, **options: object) -> Block:
        """The macro of templates/parts/ with that name, called with view models."""
        return self.templates.render_part(name, self.texts, views, **options)

    def _stale_notice(self, anchor: str, language: str) -> Block:
        """The notice behind a paragraph that is older than its translation, with a link to that."""
        translation = self.views.links.to_translation(language, self.views.page, anchor)
        return Block("\n\n{}").format(self.part("stale", translation))

    def call_fact(self, key: str, *, style: str = "", digits: int = 0) -> Markup:
        """A fact's value, linked; without a style, the first amount of a currency on a page is written in full."""
        fact = self.edition.facts[key]
        style = style or self._currency_style(fact.unit)
        if style == "growth":
            words = self.texts.growth(fact, digits=digits)
        elif style == "bare":
            words = self.texts.value(fact, digits=digits, bare=True)
        elif style in (LONG, SHORT):
            words = self.texts.value(fact, style, digits=digits)
        else:
            msg = f"there is no style {style}"
            raise ValueError(msg)
        return self.views.rich_text.number(key, words)

    def _currency_style(self, unit: Unit | None) -> str:
        """The style of an amount: a page writes each currency in full once, and after that as its sign."""
        if unit is None or not unit.currency:
            return LONG
        written_before = unit.currency in self._currencies
        self._currencies.add(unit.currency)
        return SHORT if written_before else LONG

    def call_claimed(self, key: str) -> Markup:
        """The figure that a claim asserts, linked to the fact check."""
        claim = self.edition.claims[key]
        words = self.texts.claim_value(claim, self._currency_style(claim.unit))
        return self.views.rich_text.claimed(key, words) + self._aside(key, "fl-aside fl-aside--closed")

    def call_term(self, key: str, *, words: str = "") -> Markup:
        """A term that opens its explanation; `words` replaces its name where a sentence needs another form."""
        self._terms += 1
        anchor = f"{self.views.page.replace('/', '-')}-term-{self._terms}"
        key_of_text = ("term", self.texts.language.code, key, words, anchor)
        html = self.views.cache.text(key_of_text, lambda: self._term(key, words, anchor))
        return Markup("").join(Markup(html).splitlines())  # noqa: S704  made by a part

    def _term(self, key: str, words: str, anchor: str) -> Block:
        view = self.views.term(self.edition.terms[key])
        return self.part("term", view, words=words or view.name, anchor=anchor)

    def term_words(self, key: str, *, words: str = "") -> str:
        """A term without its explanation, where there can be no markup."""
        return words or self.edition.terms[key].term[self.texts.language.code]

    def call_verdict(self, key: str) -> Markup:
        """A claim's verdict as a badge, linked to the fact check; a search finds the sentence as if it were not there."""
        verdict = self.edition.claims[key].verdict
        self.views.uses.claims.append(key)
        link = Markup(
            '<a class="fl-verdict fl-verdict--{}"{} data-verdict="{}" data-search-exclude><span>{}</span></a>'
        ).format(verdict, href(self.views.links.to("fact-check", f"claim-{key}")), key, self.views.word(f"verdict.{verdict}"))
        return link + self._aside(key, "fl-aside")

    def _aside(self, key: str, classes: str) -> Markup:
        """What is said of a claim beside the text, where there is room, and in the card at the link before it."""
        claim, views = self.edition.claims[key], self.views
        return Markup(
            '<small class="{}" aria-hidden="true" data-search-exclude><b class="fl-verdict fl-verdict--{}">{}</b>'
            '<span class="fl-aside__claim">{}</span><span class="fl-aside__why">{}</span></small>'
        ).format(
            classes,
            claim.verdict,
            views.word(f"verdict.{claim.verdict}"),
            views.text(claim.text, claim),
            views.text(claim.reason, claim) if claim.reason else "",
        )

    def call_period(self, text: str, *, style: str = "") -> str:
        """A date or period in words; with the style `in` as an adverbial, as in "in the first half of 2025"."""
        if style not in ("", IN):
            msg = f"there is no style {style}"
            raise ValueError(msg)
        return self.texts.word_period(periods.parse(text), style)

    def call_event(self, key: str) -> Markup:
        """An event's date, linked to the timeline."""
        return self.views.rich_text.date(key)

    def call_name(self, key: str, form: str = "short") -> str:
        """A name; `full` for the long form."""
        name = self.edition.names[key]
        return self.views.text(name.name if form == "full" else name.short)

    def call_fact_label(self, key: str) -> str:
        """A fact's label."""
        fact = self.edition.facts[key]
        return self.views.text(fact.label, fact)

    def call_literal(self, text: str, *, reason: str) -> str:
        """A number typed on purpose, which the number lock lets pass; the reason is for editors."""
        if not reason:
            msg = "a literal needs a reason"
            raise ValueError(msg)
        return text

    def call_as_of(self) -> str:
        """The day up to which the report is current."""
        return self.texts.word_period(self.edition.report.as_of)

    def call_count(self, kind: str, **match: str) -> str:
        """How many entries there are of a kind ("facts"), all or with the given values of fields (status="actual")."""
        entries: Mapping[str, object] = getattr(self.edition, kind)
        columns = [(column(entries, key), value) for key, value in match.items()]
        matching = [key for key in entries if all(str(found[key]) == value for found, value in columns)]
        return self.texts.formatter.integer(len(matching))
