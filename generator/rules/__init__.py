"""Every promise the report makes, one small generator each, in one tuple."""

from __future__ import annotations

from generator.diagnostics import Diagnostic
from generator.rules.chart_specs import charts_fit
from generator.rules.claims import verdicts_hold
from generator.rules.formulas import uncertain_once
from generator.rules.freshness import forecasts_judged, resolutions_hold, reviews_due
from generator.rules.history import changes_told
from generator.rules.ids import known_ids
from generator.rules.left_overs import everything_used
from generator.rules.numbers import no_typed_numbers
from generator.rules.parity import same_in_every_language
from generator.rules.project import Asked, Project, Rule
from generator.rules.translations import texts_current
from generator.rules.words import every_word, units_known, words_fit

__all__ = ["RULES", "Asked", "Project", "Rule", "check"]

RULES: tuple[Rule, ...] = (
    known_ids,
    no_typed_numbers,
    everything_used,
    same_in_every_language,
    every_word,
    words_fit,
    units_known,
    charts_fit,
    verdicts_hold,
    uncertain_once,
    texts_current,
    reviews_due,
    forecasts_judged,
    resolutions_hold,
    changes_told,
)


def check(project: Project) -> list[Diagnostic]:
    """All findings of all rules."""
    return [found for rule in RULES for found in rule(project)]
