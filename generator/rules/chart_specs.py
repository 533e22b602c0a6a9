"""A chart spec has the keys that its mark needs, and no others."""

from __future__ import annotations

from collections.abc import Iterator

from generator.charts.options import OPTIONS
from generator.diagnostics import Diagnostic
from generator.rules.project import Project
from generator.spelling import suggest


def charts_fit(project: Project) -> Iterator[Diagnostic]:
    """A chart spec has the keys that its mark needs, and no others."""
    for chart in project.edition.charts.values():
        entry = project.draft.charts[chart.id]
        options = OPTIONS.get(chart.mark)
        if options is None:
            yield Diagnostic(
                rule="unknown-mark",
                span=entry.span_of("mark"),
                args={"found": chart.mark, "suggestion": suggest(chart.mark, OPTIONS)},
            )
            continue
        for key in chart.options:
            if key not in options:
                yield Diagnostic(
                    rule="unknown-key", span=entry.keys[key], args={"key": key, "suggestion": suggest(key, options)}
                )
        for key, option in options.items():
            if option.required and key not in entry.keys:
                yield Diagnostic(
                    rule="missing-key", span=entry.span, args={"id": chart.id, "key": key, "hint": f"{key}: …"}
                )
