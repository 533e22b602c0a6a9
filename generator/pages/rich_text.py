"""Texts of data files as HTML in which every quantity and date is a link to its fact, claim or event."""

from __future__ import annotations

from datetime import date
from typing import Self

from markupsafe import Markup, escape

from ..model import report
from ..model.freshness import overdue_since
from ..model.languages import Phrase, Placeholder, split_placeholders
from ..model.periods import parse
from ..model.sources import Source
from ..records.struct import Struct
from ..wording.formatting import SHORT
from ..wording.language_names import html_language_within
from ..wording.texts import Texts
from .line_breaks import date_words, name_words, text_words, value_words
from .page import Uses
from .page_links import PageLinks


def href(address: str) -> Markup:
    """The attribute of a link; none where the report lacks the page that it would lead to (HTML's placeholder link)."""
    return Markup(f' href="{escape(address)}"') if address else Markup("")  # noqa: S704  escaped


def language_attributes(code: str, around: str) -> Markup:
    """The attributes of an element whose text is in another language than what stands around it."""
    return Markup(html_language_within(code, around))  # noqa: S704  codes of languages


def robust_link(source: Source) -> Markup:
    """Attributes of a link to a source that tell which version was meant (https://robustlinks.mementoweb.org/spec/)."""
    copy, day = source.archived, source.archived.on if source.archived else source.accessed
    address = Markup(' data-versionurl="{}"').format(copy.url) if copy else Markup()
    return address + (Markup(' data-versiondate="{}"').format(day.first.isoformat()) if day else Markup())


class BorrowedText(str):
    """A text in another language than the page's: plain text, which HTML has in an element that says its language."""

    __slots__ = ("html",)
    html: Markup

    @classmethod
    def of(cls, words: str, code: str, around: str) -> Self:
        """A text in the language `code` for a page in the language `around`."""
        text = cls(words)
        text.html = Markup("<span {}>{}</span>").format(language_attributes(code, around), words)
        return text

    def __html__(self) -> Markup:
        """The text as templates write it."""
        return self.html


class UnbrokenText(str):
    """Plain text whose HTML keeps each number in one line with the unit behind it."""

    __slots__ = ()

    def __html__(self) -> Markup:
        """The text as templates write it."""
        return text_words(str(self))


def unlinked_html(texts: Texts, phrase: Phrase) -> Markup:
    """A text with its placeholders filled, as HTML without links; values in elements of class fl-n."""
    if phrase.borrowed:
        return escape(texts.fill(phrase))
    return Markup("").join(
        text_words(piece) if isinstance(piece, str) else _unlinked(texts, piece)
        for piece in split_placeholders(phrase[texts.language.code])
    )


def _unlinked(texts: Texts, placeholder: Placeholder) -> Markup:
    words = texts.placeholder_text(placeholder)
    if placeholder.kind in ("fact", "claim"):
        return Markup('<span class="fl-n">{}</span>').format(value_words(words))
    return _undated(texts, placeholder, words)


def _undated(texts: Texts, placeholder: Placeholder, words: str) -> Markup:
    """The words of a placeholder that leads nowhere: those of dates and periods in one line, or two for a longer period."""
    if placeholder.kind == "event":
        return date_words(words)
    if placeholder.kind == "name":
        return name_words(words)
    if placeholder.kind != "period":
        return text_words(words)
    ends = placeholder.target.split("/")
    return date_words(words, [texts.word_period(parse(end)) for end in ends] if len(ends) > 1 else ())


class RichText(Struct, frozen=True):
    """Writes links of one page, and records in `uses` what they lead to."""

    texts: Texts
    links: PageLinks
    uses: Uses
    within: str = ""  # the language of the page, where these texts are in another one

    def number(self, key: str, words: str) -> Markup:
        """The words of a fact's value as a link to it, counted as a use of the page."""
        self.uses.facts.append(key)
        return self._fact_link(self.texts.edition.facts[key], words)

    def claimed(self, key: str, words: str) -> Markup:
        """The words of a claim's figure as a link to the fact check, counted as a use of the page."""
        self.uses.claims.append(key)
        address = self.links.to("fact-check", f"claim-{key}")
        attributes = f'{href(address)} data-claim="{escape(key)}"{self._language()}'
        return Markup(f'<a class="fl-n fl-n--claim"{attributes}>{value_words(words)}</a>')  # noqa: S704  escaped

    def uncounted_number(self, fact: report.Fact, form: str = SHORT) -> Markup:
        """A fact's value as a link to it, for tables and cards: not counted as a use of the page."""
        return self._fact_link(fact, self.texts.value(fact, form))

    def _fact_link(self, fact: report.Fact, words: str) -> Markup:
        address = self.links.to_fact(fact.id)
        attributes = f'{href(address)} data-fact="{escape(fact.id)}"{self._language()}'
        return Markup(f'<a class="fl-n"{attributes}>{value_words(words)}</a>{self.overdue_mark(fact)}')  # noqa: S704  escaped

    def _language(self) -> Markup:
        """The attribute of a number that is worded in another language than the page's: its reader may be a program."""
        return Markup(' lang="{}"').format(self.texts.language.code) if self.within else Markup("")

    def overdue_mark(self, fact: report.Fact) -> Markup:
        """A mark with a hidden explanation if a fact is past its review date; empty otherwise."""
        day = overdue_since(self.texts.edition, fact)
        if day is None:
            return Markup("")
        self.uses.overdue = True
        explanation = self.overdue_text(day)
        return Markup('<span class="fl-due" title="{}"><span class="fl-hidden" data-search-exclude> ({})</span></span>').format(
            explanation, explanation
        )

    def overdue_text(self, day: date) -> str:
        """What the mark of a fact says that has been overdue since a day."""
        return self.texts.language.word("due.text").replace("{0}", self.texts.word_period(parse(day.isoformat())))

    def date(self, key: str) -> Markup:
        """An event's date as a link to the timeline, counted as a use of the page."""
        self.uses.events.append(key)
        event = self.texts.edition.events[key]
        return Markup('<a class="fl-date"{}>{}</a>').format(
            href(self.links.to("timeline", f"event-{key}")), self.texts.word_period(event.date)
        )

    def html(self, phrase: Phrase | None, owner: report.Fact | report.Claim | None = None) -> Markup:
        """A text with its placeholders filled; `owner` is the entry that placeholders without an id refer to."""
        if phrase is None:
            return Markup("")
        code = self.texts.language.code
        if (other := self.texts.of(phrase)) is not self.texts:
            html = RichText(other, self.links, self.uses, code).html(phrase, owner)
            return Markup("<span {}>{}</span>").format(language_attributes(other.language.code, code), html)
        return Markup("").join(
            text_words(piece) if isinstance(piece, str) else self._placeholder(piece, owner)
            for piece in split_placeholders(phrase[code])
        )

    def text(self, phrase: Phrase, owner: report.Fact | report.Claim | None = None) -> str:
        """A text with its placeholders filled and without links; HTML of one in another language says which."""
        words, other = self.texts.fill(phrase, owner), self.texts.of(phrase)
        return words if other is self.texts else BorrowedText.of(words, other.language.code, self.texts.language.code)

    def label(self, fact: report.Fact) -> str:
        """What a fact is, without links, as HTML that keeps numbers and their units in one line."""
        words = self.text(fact.label, fact)
        return words if isinstance(words, BorrowedText) else UnbrokenText(words)

    def _placeholder(self, placeholder: Placeholder, owner: report.Fact | report.Claim | None) -> Markup:
        words = self.texts.placeholder_text(placeholder, owner)
        if placeholder.kind == "fact":
            return self.number(placeholder.target, words)
        if placeholder.kind == "event":
            return self.date(placeholder.target)
        if placeholder.kind == "claim":
            return self.claimed(placeholder.target, words)
        if placeholder.kind == "own" and isinstance(owner, report.Claim) and placeholder.target == "claimed":
            return Markup('<span class="fl-n fl-n--claim">{}</span>').format(words)
        return _undated(self.texts, placeholder, words)
