"""Rule: nothing is published while an entry or a page is a draft."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..diagnostics.finding import Diagnostic
from ..reading.front_matter import read_front_matter
from ..reading.located_values import Entry
from ..reading.references import ENTRY_KINDS
from ..reading.yaml_nodes import ScalarNode
from .context import RuleContext, of_fact_files

_KEY = "draft"


def drafts_are_finished(context: RuleContext) -> Iterator[Diagnostic]:
    """Entries and pages that say draft: true."""
    for kind in ENTRY_KINDS:
        yield from context.in_fact_files(_facts) if kind == "facts" else _drafts(getattr(context.draft, kind))
    for template in context.templates:
        if _KEY not in template.summary.words:
            continue
        outline = template.outline
        node = read_front_matter(outline.file, outline.source, []).values.get(_KEY)
        if isinstance(node, ScalarNode) and node.text == "true":
            yield Diagnostic(rule="draft-entry", span=node.span, args={"id": outline.page})


@of_fact_files
def _facts(context: RuleContext, file: str) -> Iterator[Diagnostic]:
    return _drafts(context.fact_files.entries(file))


def _drafts(entries: Mapping[str, Entry]) -> Iterator[Diagnostic]:
    for key, entry in entries.items():
        if entry.get(_KEY) is True:
            yield Diagnostic(rule="draft-entry", span=entry.keys[_KEY], args={"id": key})
