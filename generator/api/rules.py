"""A rule is a function that is given the edition and gives findings.

A finding has a sentence, a place (`fact.span`; lines and columns are counted from 1) and what to type instead. It is a warning,
or with `error=True` keeps the report from being published. A rule runs only for a report whose data/ can be read and settled.

    def short_labels(edition: Edition) -> Iterator[Finding]:
        for fact in edition.facts.values():
            if any(len(text) > 40 for text in fact.label.texts.values()):
                yield Finding(message=f"the label of {fact.id} is long", span=fact.span, help="write at most 40 characters")
"""

from __future__ import annotations

from ..diagnostics.finding import Span
from ..model.report import Claim, Edition, Event, Fact
from ..rules.installed_rules import Finding, RuleFunction

__all__ = ["Claim", "Edition", "Event", "Fact", "Finding", "RuleFunction", "Span"]
