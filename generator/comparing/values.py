"""Values that readers see otherwise: of facts, cells of series, verdicts, and the conclusions that rest on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..model.notation import written
from ..model.report import Edition, Fact, Judgment
from ..model.series import Row, Series
from ..model.sources import Evidence
from ..records.struct import replace
from ..wording.texts import Texts
from .changes import ByLanguage, CellChange, Citation, FactChange, JudgmentChange, Kind, VerdictChange
from .entries import title_of


def former_ids(before: Edition, after: Edition) -> dict[str, str]:
    """The id that a fact had before, by the id that it has now."""
    aliases = {fact.id: alias for fact in after.facts.values() for alias in fact.aliases if alias in before.facts}
    return {key: key if key in before.facts else aliases.get(key, "") for key in after.facts}


def compare_facts(before: Edition, after: Edition) -> list[FactChange]:
    """Facts whose value is worded otherwise, stated facts first, then those that are derived; then those that are gone."""
    former = former_ids(before, after)
    changed = dict[str, FactChange]()
    for key, fact in after.facts.items():
        old = before.facts.get(former[key])
        values = _values((before, old), (after, fact))
        if values or (old is None):
            changed[key] = _fact(after, fact, old, values)
    found = [_with_follows(one, after.facts[one.id], changed) for one in changed.values()]
    found.sort(key=lambda one: bool(one.formula))
    gone = [key for key in before.facts if key not in former.values()]
    found += [_gone(before, before.facts[key], after) for key in gone]
    return found


def _values(old: tuple[Edition, Fact | None], new: tuple[Edition, Fact | None]) -> ByLanguage:
    codes = [one.code for one in new[0].report.languages]
    worded = [
        {one.code: Texts(edition, one).value(fact) for one in edition.report.languages} if fact is not None else {}
        for edition, fact in (old, new)
    ]
    pairs = {code: (worded[0].get(code, ""), worded[1].get(code, "")) for code in codes}
    return {code: pair for code, pair in pairs.items() if pair[0] != pair[1]}


def _fact(edition: Edition, fact: Fact, old: Fact | None, values: ByLanguage) -> FactChange:
    new_history = fact.history[-1] if fact.history and len(fact.history) > len(old.history if old else ()) else None
    return FactChange(
        id=fact.id,
        what=Kind.ADDED if old is None else Kind.CHANGED,
        title=title_of(edition, "facts", fact.id),
        values=values,
        reason={} if new_history is None else _phrase(edition, new_history.reason.texts),
        reason_kind="" if new_history is None else new_history.kind,
        as_of=written(fact.as_of),
        sources=() if fact.formula else tuple(_citation(one) for one in fact.evidence),
        formula=fact.formula,
    )


def _phrase(edition: Edition, texts: Mapping[str, str]) -> dict[str, str]:
    return {one.code: texts.get(one.code, "") for one in edition.report.languages}


def _with_follows(one: FactChange, fact: Fact, changed: Mapping[str, FactChange]) -> FactChange:
    return replace(one, follows=tuple(key for key in fact.inputs if key in changed))


def _gone(before: Edition, fact: Fact, after: Edition) -> FactChange:
    values = {one.code: (Texts(before, one).value(fact), "") for one in before.report.languages}
    retired = after.retired.get(fact.id)
    return FactChange(
        id=fact.id,
        what=Kind.REMOVED,
        title=title_of(before, "facts", fact.id),
        values=values,
        reason={} if retired is None else _phrase(after, retired.reason.texts),
        formula=fact.formula,
    )


def _citation(evidence: Evidence) -> Citation:
    source = evidence.source
    at = {} if evidence.at is None else dict(evidence.at.texts)
    return Citation(
        id=source.id, publisher=source.publisher, title=source.title, date=written(source.date), url=source.url, at=at
    )


def compare_cells(before: Edition, after: Edition) -> Iterator[CellChange]:
    """Cells of series that hold something else, row by row; those of new and removed series are not told one by one."""
    for key, series in after.series.items():
        if (old := before.series.get(key)) is None:
            continue
        rows = [{row.key: row for row in one.rows} for one in (old, series)]
        for name in {**rows[1], **rows[0]}:
            worded = [
                _cells(edition, one, table.get(name))
                for edition, one, table in ((before, old, rows[0]), (after, series, rows[1]))
            ]
            for column in {**worded[1], **worded[0]}:
                pairs = {
                    code: (worded[0].get(column, {}).get(code, ""), worded[1].get(column, {}).get(code, ""))
                    for code in {**worded[1].get(column, {}), **worded[0].get(column, {})}
                }
                if differing := {code: pair for code, pair in pairs.items() if pair[0] != pair[1]}:
                    yield CellChange(series=key, row=name, column=column, values=differing)


def _cells(edition: Edition, series: Series, row: Row | None) -> dict[str, dict[str, str]]:
    """The cells of a row by column, each worded in every language."""
    found = dict[str, dict[str, str]]()
    if row is None:
        return found
    for language in edition.report.languages:
        texts = Texts(edition, language)
        for column, value in row.values.items():
            unit = series.columns[column].unit if column in series.columns else None
            found.setdefault(column, {})[language.code] = texts.word_value(value, unit) if unit else written(value)
        for column, words in row.words.items():
            found.setdefault(column, {})[language.code] = words[language.code]
        for column, plain in {**row.plain, **row.missing}.items():
            found.setdefault(column, {})[language.code] = plain
    return found


def compare_verdicts(before: Edition, after: Edition) -> Iterator[VerdictChange]:
    """Claims that have another verdict than before."""
    for key, claim in after.claims.items():
        old = before.claims.get(key)
        if old is None or old.verdict == claim.verdict:
            continue
        words = {}
        for language in after.report.languages:
            word = language.words.get
            words[language.code] = tuple(word(f"verdict.{one}", one) for one in (old.verdict, claim.verdict))
        yield VerdictChange(
            id=key,
            title=title_of(after, "claims", key),
            codes=(old.verdict, claim.verdict),
            words={code: (pair[0], pair[1]) for code, pair in words.items()},
            reason={one.code: Texts(after, one).fill(claim.reason, claim) for one in after.report.languages},
        )


def compare_judgments(before: Edition, after: Edition, moved: frozenset[str]) -> Iterator[JudgmentChange]:
    """Conclusions that differ, or that rest on facts whose value changed (`moved`)."""
    for key in {**after.judgments, **before.judgments}:
        old, new = before.judgments.get(key), after.judgments.get(key)
        said = [_said(edition, one) for edition, one in ((before, old), (after, new))]
        pairs = {code: (said[0].get(code, ""), said[1].get(code, "")) for code in {**said[1], **said[0]}}
        texts = {code: pair for code, pair in pairs.items() if pair[0] != pair[1]}
        conditions = (_conditions(old), _conditions(new))
        rests = tuple(one for one in (new.rests_on if new is not None and old is not None else ()) if one in moved)
        if texts or conditions[0] != conditions[1] or rests:
            what = Kind.ADDED if old is None else Kind.REMOVED if new is None else Kind.CHANGED
            yield JudgmentChange(id=key, what=what, texts=texts or pairs, conditions=conditions, moved=rests)


def _said(edition: Edition, judgment: Judgment | None) -> dict[str, str]:
    if judgment is None:
        return {}
    return {one.code: Texts(edition, one).fill(judgment.text) for one in edition.report.languages}


def _conditions(judgment: Judgment | None) -> str:
    return "; ".join(one.test for one in judgment.holds_while) if judgment is not None else ""
