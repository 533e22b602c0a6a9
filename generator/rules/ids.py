"""Templates speak only of what exists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.diagnostics import Diagnostic, Span
from generator.outline import Outline
from generator.rules.project import Project
from generator.shapes import suggest

# What the first texts of a call name.
_NAMED = {
    "fact": "facts",
    "fact_label": "facts",
    "fact_table": "facts",
    "key_figures": "facts",
    "claimed": "claims",
    "verdict": "claims",
    "claims_table": "claims",
    "event": "events",
    "name": "names",
    "figure": "charts",
}


def known_ids(project: Project) -> Iterator[Diagnostic]:
    """Templates speak only of what exists."""
    for outline in project.outlines:
        for call in outline.calls:
            if call.name not in project.calls:
                yield Diagnostic(
                    rule="unknown-call",
                    span=call.span,
                    args={"name": call.name, "suggestion": suggest(call.name, project.calls)},
                )
            kind = _NAMED.get(call.name)
            if kind is None:
                continue
            known: Mapping[str, object] = getattr(project.draft, kind)
            for text in call.texts[:1] if call.name == "name" else call.texts:
                if text not in known:
                    yield Diagnostic(
                        rule="unknown-id",
                        span=_in_call(outline, call.span, text),
                        args={"id": text, "kind": kind, "suggestion": suggest(text, known)},
                    )


def _in_call(outline: Outline, span: Span, text: str) -> Span:
    lines = outline.source.splitlines()
    for number in range(span.line, min(span.line + 12, len(lines) + 1)):
        at = lines[number - 1].find(f'"{text}"', span.column - 1 if number == span.line else 0)
        if at >= 0:
            return Span(span.file, number, at + 2, len(text))
    return span
