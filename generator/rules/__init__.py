"""Every promise the report makes, one small generator each, in one tuple. They ask the Edition, the templates' outlines and the Draft's places."""

from __future__ import annotations

from generator.diagnostics import Diagnostic
from generator.rules.chart_specs import charts_fit
from generator.rules.ids import known_ids
from generator.rules.left_overs import everything_used
from generator.rules.numbers import no_typed_numbers
from generator.rules.parity import same_in_every_language
from generator.rules.project import Project, Rule
from generator.rules.words import every_word

__all__ = ["RULES", "Project", "Rule", "check"]

RULES: tuple[Rule, ...] = (
    known_ids,
    no_typed_numbers,
    everything_used,
    same_in_every_language,
    every_word,
    charts_fit,
)


def check(project: Project) -> list[Diagnostic]:
    """All findings of all rules."""
    return [found for rule in RULES for found in rule(project)]
