"""What an edit moves for readers: values of facts, what charts say, and sentences, each in every language, before and after."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ..charts.alt_text import describe
from ..checks.project_check import CheckResult
from ..diagnostics.finding import Span
from ..model.languages import Phrase
from ..model.report import Chart, Claim, Edition, Fact
from ..records.struct import Struct
from ..wording.texts import Texts
from .sentences import Names, PageText, PageTexts

_END = re.compile(r"(?<=[。！？])|(?<=[.!?])\s+")
_TEXTS = ("label", "note", "text", "reason", "title", "preferred_because", "changes_if")
_KINDS = ("facts", "claims", "events", "risks", "checks", "judgments")
Change = tuple[str, str]  # a text before and after; empty for one that is new or gone


class Moved(Struct, frozen=True, kw_only=True):
    """Something that readers see otherwise: the fact or chart, or the place of a sentence; its texts by language."""

    kind: str  # facts, charts or sentences
    id: str
    changes: Mapping[str, Sequence[Change]]
    span: Span | None = None


def effects(root: Path, before: CheckResult, copy: Path, after: CheckResult) -> list[Moved]:
    """What differs between a project and its edited copy: facts first, then charts, then sentences in data/ and on pages."""
    old, new = before.edition, after.edition
    if old is None or new is None:
        return []
    names = frozenset(_changed(old, new))
    moved = [*_facts(old, new), *_charts(old, new, names), *_texts(old, new)]
    return [*moved, *_sentences(PageTexts(root, old), PageTexts(copy, new), before, names)]


def _changed(old: Edition, new: Edition) -> Iterator[tuple[str, str]]:
    """The entries whose value or text differs in some language."""
    for kind in _KINDS:
        entries: Mapping[str, object] = getattr(new, kind)
        was: Mapping[str, object] = getattr(old, kind)
        for key, entry in entries.items():
            if key in was and _said(old, was[key]) != _said(new, entry):
                yield kind, key


def _said(edition: Edition, entry: object) -> list[str]:
    """All that an entry says, in every language."""
    found = []
    for language in edition.report.languages:
        texts = Texts(edition, language)
        owner = entry if isinstance(entry, Fact | Claim) else None
        if isinstance(entry, Fact):
            found.append(texts.value(entry))
        found += [texts.fill(phrase, owner) for name in _TEXTS if isinstance(phrase := getattr(entry, name, None), Phrase)]
    return found


def _facts(old: Edition, new: Edition) -> Iterator[Moved]:
    for key, fact in new.facts.items():
        changes = {}
        for language in new.report.languages:
            was = Texts(old, language).value(old.facts[key]) if key in old.facts else ""
            now = Texts(new, language).value(fact)
            if was != now:
                changes[language.code] = [(was, now)]
        if changes:
            yield Moved(kind="facts", id=key, changes=changes)


def _charts(old: Edition, new: Edition, names: Names) -> Iterator[Moved]:
    """Charts that say something else, or that draw a fact that changed."""
    for key, chart in new.charts.items():
        if key not in old.charts:
            continue
        changes = {}
        for language in new.report.languages:
            said = [_END.split(describe(one.charts[key], one, Texts(one, language))) for one in (old, new)]
            if differing := list(_pairs(*said)):
                changes[language.code] = differing
        if changes or any(("facts", fact) in names for fact in chart.facts) or _draws(chart, old, new):
            yield Moved(kind="charts", id=key, changes=changes)


def _draws(chart: Chart, old: Edition, new: Edition) -> bool:
    """Whether a chart draws a series with other cells."""
    columns = chart.options.get("columns")
    return any(
        _cells(old, key, columns) != _cells(new, key, columns)
        for key in chart.series
        if key in old.series and key in new.series
    )


def _cells(edition: Edition, key: str, columns: object) -> list[object]:
    wanted = columns if isinstance(columns, tuple) else tuple(edition.series[key].columns)
    return [[row.values.get(column) for column in wanted] for row in edition.series[key].rows]


def _texts(old: Edition, new: Edition) -> Iterator[Moved]:
    """Sentences in data/, such as labels, notes, reasons and conclusions."""
    for kind in _KINDS:
        was: Mapping[str, object] = getattr(old, kind)
        entries: Mapping[str, object] = getattr(new, kind)
        for key, entry in entries.items():
            changes = {}
            for language in new.report.languages:
                said = [_phrases(edition, language.code, one) for edition, one in ((old, was.get(key)), (new, entry))]
                if key in was and (differing := list(_pairs(*said))):
                    changes[language.code] = differing
            if changes:
                yield Moved(kind="sentences", id=f"{kind}/{key}", changes=changes, span=getattr(entry, "span", None))


def _phrases(edition: Edition, code: str, entry: object) -> list[str]:
    texts = Texts(edition, next(one for one in edition.report.languages if one.code == code))
    owner = entry if isinstance(entry, Fact | Claim) else None
    phrases = [getattr(entry, name, None) for name in _TEXTS]
    return [part for one in phrases if isinstance(one, Phrase) for part in _END.split(texts.fill(one, owner)) if part.strip()]


def _sentences(old: PageTexts, new: PageTexts, before: CheckResult, names: Names) -> Iterator[Moved]:
    for outline in before.outlines:
        for was, now in zip(old.naming(outline, names), new.naming(outline, names), strict=True):
            if was.block:
                yield Moved(kind="sentences", id=_place(was), changes={was.language: [("", f"({was.block})")]}, span=was.span)
            elif differing := list(_pairs(was.sentences, now.sentences)):
                yield Moved(kind="sentences", id=_place(was), changes={was.language: differing}, span=was.span)


def _place(said: PageText) -> str:
    return f"pages/{said.page}"


def _pairs(old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    """The sentences that differ, before and after."""
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            for at in range(max(b - a, d - c)):
                yield old[a + at] if a + at < b else "", new[c + at] if c + at < d else ""
