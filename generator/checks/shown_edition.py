"""The edition of a project with errors, for a preview: what cannot be settled is as it was when it could be, or is left out.

It is never published: what is made of it only shows an editor the rest of the report while something is unfinished.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from ..diagnostics.finding import Diagnostic
from ..model.report import Chart, Edition
from ..reading.located_values import Entry
from ..reading.references import ENTRY_KINDS
from ..records.struct import replace
from ..store.parse_cache import ParseCache
from .project_check import CheckResult, settle_project

_SHOWN = ("data/", "templates/pages/", "templates/parts/")  # where an error stands that a preview may have
_UNSAFE = ("active-markup", "unsafe-file", "unsafe-setting", "unsafe-template")  # what nobody's browser or machine is given

_UNDRAWABLE = ("bad-chart", "missing-key", "unknown-id", "unknown-key", "unknown-mark", "unknown-word", "wrong-shape")


def shown_edition(
    root: Path,
    checked: CheckResult,
    parse_cache: ParseCache,
    *,
    evaluation_date: date | None = None,
    last: Edition | None = None,
) -> Edition | None:
    """The edition that a preview shows of a checked project; None where nothing may or can be shown.

    Texts that are missing in a language are lent from another one; entries that cannot be settled are those of `last`.
    """
    if checked.edition is None or not checked.errors:
        return checked.edition
    if any(one.rule in _UNSAFE or not one.span.file.startswith(_SHOWN) for one in checked.errors):
        return None
    settled = settle_project(root, evaluation_date=evaluation_date, parse_cache=parse_cache, lends_texts=True)
    edition = settled.settled.edition
    return None if edition is None else _completed(edition, checked, last)


def is_of_draft(checked: CheckResult, finding: Diagnostic) -> bool:
    """Whether a finding stands in an entry or a page that is a draft: it keeps the report from being published, and no more."""
    if finding.rule == "draft-entry":
        return True
    owner = owner_of(checked, finding)
    if owner is None:
        return any(one.rule == "draft-entry" and one.span.file == finding.span.file for one in checked.findings)
    entries: Mapping[str, Entry] = getattr(checked.draft, owner[0])
    return entries[owner[1]].get("draft") is True


def owner_of(checked: CheckResult, finding: Diagnostic) -> tuple[str, str] | None:
    """The kind and id of the entry within which a finding stands; None outside of entries."""
    file, line = finding.span.file, finding.span.line
    kind = file.removeprefix("data/").partition("/")[0].removesuffix(".yml")
    if not file.endswith(".yml") or kind not in ENTRY_KINDS:
        return None
    entries: Mapping[str, Any] = getattr(checked.draft, kind)
    above = [(one.span.line, key) for key, one in entries.items() if one.span.file == file and one.span.line <= line]
    return (kind, max(above)[1]) if above else None


def _completed(edition: Edition, checked: CheckResult, last: Edition | None) -> Edition:
    """The edition with what it lacks of the last one, each kind in the order in which it is written."""
    lacking = dict(_lacking(edition, checked, last))
    edition = replace(edition, **lacking)
    owners = [owner_of(checked, one) for one in checked.errors if one.rule in _UNDRAWABLE]
    before = last.charts if last is not None else {}
    charts = {key: before.get(key) if ("charts", key) in owners else chart for key, chart in edition.charts.items()}
    return replace(edition, charts={key: one for key, one in charts.items() if one is not None and _is_whole(one, edition)})


def _lacking(edition: Edition, checked: CheckResult, last: Edition | None) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for kind in ENTRY_KINDS:
        now: Mapping[str, Any] = getattr(edition, kind)
        before: Mapping[str, Any] = getattr(last, kind) if last is not None else {}
        written: Mapping[str, Any] = getattr(checked.draft, kind)
        if kind in checked.draft.unreadable:
            written = {**before, **written}  # entries of a file that cannot be read
        if any(key not in now and key in before for key in written):
            ordered = {key: now[key] if key in now else before[key] for key in written if key in now or key in before}
            yield kind, {**ordered, **{key: one for key, one in now.items() if key not in ordered}}


def _is_whole(chart: Chart, edition: Edition) -> bool:
    """Whether all that a chart draws is there."""
    return all(key in edition.facts for key in chart.facts) and all(key in edition.series for key in chart.series)
