"""Notices on pages: facts that were corrected, and paragraphs that are older than their translation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ..model.periods import Period
from ..model.report import Change, Edition, Fact
from ..reading.translations import StalePassage
from ..records.struct import Struct

STALE_CALL = "_stale"  # the name of the template function that makes the notice
_MASTHEAD = '<p class="fl-masthead"'
_FRONT_MATTER = "@head"
_BLOCK = r"<(?!(?:a|abbr|b|code|data|em|i|span|strong|time)\b)"  # a line may begin with an inline element


class Correction(Struct, frozen=True, kw_only=True):
    """A correction of a fact: the earlier value with its reason, and the date of the correction."""

    fact: Fact
    change: Change
    when: Period


def corrections(edition: Edition, used: Iterable[str]) -> list[Correction]:
    """The corrections of facts with the given ids and of all facts that these are calculated from, the latest first."""
    queue, seen = list(used), set()
    found: list[Correction] = []
    while queue:
        key = queue.pop(0)
        if key in seen:
            continue
        seen.add(key)
        fact = edition.facts[key]
        queue.extend(fact.inputs)
        found += [
            Correction(fact=fact, change=change, when=_corrected_on(fact, index))
            for index, change in enumerate(fact.history)
            if change.kind == "correction"
        ]
    return sorted(found, key=lambda correction: (-correction.when.first.toordinal(), correction.fact.id))


def _corrected_on(fact: Fact, index: int) -> Period:
    """The date when a value was replaced: as written, or the date of the next value."""
    change = fact.history[index]
    next_known = fact.history[index + 1].as_of if index + 1 < len(fact.history) else fact.as_of
    return change.until or next_known or change.as_of


def insert_after_lead(markdown: str, block: str) -> str:
    """A page with a block inserted after its first heading and the paragraph below that, if one follows.

    Where the front of the report follows, after that: before the next heading.
    """
    title = re.search(r"^# .*\n", markdown, re.MULTILINE)
    if title is None:
        return f"{block}\n\n{markdown}"
    position = title.end()
    heading = re.search(r"^## ", markdown[position:], re.MULTILINE)
    if heading and markdown[position:].lstrip().startswith(_MASTHEAD):
        position += heading.start()
        return f"{markdown[:position].rstrip()}\n\n{block.strip()}\n\n{markdown[position:]}"
    lead = re.match(rf"\s*(?![#|\s]|{_BLOCK})(?:[^\n]*\S[^\n]*(?:\n|\Z))+", markdown[position:])
    position += lead.end() if lead else 0
    return f"{markdown[:position].rstrip()}\n\n{block.strip()}\n\n{markdown[position:].lstrip()}"


def insert_stale_calls(source: str, stale: Iterable[StalePassage]) -> str:
    """A template with a call of the notice at the end of the last stale paragraph of each section; line numbers stay."""
    last = {text.passage.anchor: text for text in sorted(stale, key=lambda text: text.passage.end)}
    for text in sorted(last.values(), key=lambda text: -text.passage.end):
        passage = text.passage
        call = f'{{{{ {STALE_CALL}("{passage.anchor}", "{text.twin.language}") }}}}'
        source = source[: passage.end] + call + source[passage.end :]
    return source


def stale_of_page(stale: Iterable[StalePassage], file: str) -> list[StalePassage]:
    """The stale paragraphs in the body of one template; `file` is relative to the project's root."""
    return [text for text in stale if text.passage.span.file == file and text.passage.anchor != _FRONT_MATTER and not text.both]


def stale_entries(stale: Iterable[StalePassage], language: str) -> Mapping[str, str]:
    """The entries ("facts/area") with a stale text in a language, each with the language whose text is newer."""
    found: dict[str, str] = {}
    for text in stale:
        if text.passage.language == language and not text.passage.end and not text.both:
            found.setdefault(text.passage.key.rpartition("/")[0], text.twin.language)
    return found
