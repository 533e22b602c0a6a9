"""What a page tells its readers about itself: corrected facts, and texts that are older than their twins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..model.periods import Period
from ..model.report import Change, Edition, Fact
from ..reading.translations import StalePassage

STALE_CALL = "_stale"
_HEAD = "@head"


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A fact that was corrected: what it had been, and when it was put right."""

    fact: Fact
    change: Change
    when: Period


def corrections(edition: Edition, used: Iterable[str]) -> list[Correction]:
    """The corrections of facts that a page uses, or that its derived facts are worked out from; the latest first."""
    waiting, seen = list(used), set()
    found: list[Correction] = []
    while waiting:
        key = waiting.pop(0)
        if key in seen:
            continue
        seen.add(key)
        fact = edition.facts[key]
        waiting.extend(fact.inputs)
        found += [
            Correction(fact=fact, change=change, when=_when(fact, index))
            for index, change in enumerate(fact.history)
            if change.kind == "correction"
        ]
    return sorted(found, key=lambda one: (-one.when.first.toordinal(), one.fact.id))


def _when(fact: Fact, index: int) -> Period:
    """When the earlier value was left: as written, else when the next one was known."""
    change = fact.history[index]
    after = fact.history[index + 1].as_of if index + 1 < len(fact.history) else fact.as_of
    return change.until or after or change.as_of


def after_lead(markdown: str, block: str) -> str:
    """A page with a block after its title and the paragraph below it; after the title where none follows."""
    title = re.search(r"^# .*\n", markdown, re.MULTILINE)
    if title is None:
        return f"{block}\n\n{markdown}"
    at = title.end()
    lead = re.match(r"\s*(?![#<|\s])(?:[^\n]*\S[^\n]*(?:\n|\Z))+", markdown[at:])
    at += lead.end() if lead else 0
    return f"{markdown[:at].rstrip()}\n\n{block.strip()}\n\n{markdown[at:].lstrip()}"


def mark_stale(source: str, stale: Iterable[StalePassage]) -> str:
    """A template with a call behind each stale paragraph; lines stay where they are."""
    for one in sorted(stale, key=lambda one: -one.passage.end):
        passage = one.passage
        call = f'{{{{ {STALE_CALL}("{passage.anchor}", "{one.twin.language}") }}}}'
        source = source[: passage.end] + call + source[passage.end :]
    return source


def stale_of_page(stale: Iterable[StalePassage], file: str) -> list[StalePassage]:
    """The stale paragraphs of one template that readers see."""
    return [one for one in stale if one.passage.span.file == file and one.passage.anchor != _HEAD]


def stale_entries(stale: Iterable[StalePassage], language: str) -> Mapping[str, str]:
    """The entries with a stale text in a language (facts/area), each with the language whose text is newer."""
    found: dict[str, str] = {}
    for one in stale:
        if one.passage.language == language and not one.passage.end:
            found.setdefault(one.passage.key.rpartition("/")[0], one.twin.language)
    return found
