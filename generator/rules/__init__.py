"""Every promise the report makes, one small generator each, in one tuple.

Doors:
    check: all findings of all rules
    CheckOptions: what a check is asked for
    RuleContext: what rules may ask
"""

from __future__ import annotations

from ..diagnostics.finding import Diagnostic
from .chart_specs import charts_fit
from .claims import verdicts_hold
from .context import CheckOptions, Rule, RuleContext
from .formulas import uncertain_once
from .freshness import forecasts_judged, resolutions_hold, reviews_due
from .history import changes_told
from .ids import known_ids
from .left_overs import everything_used
from .numbers import no_typed_numbers
from .parity import same_in_every_language
from .translations import texts_current
from .words import every_word, units_known, words_fit

__all__ = ["CheckOptions", "RuleContext", "check"]

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


def check(context: RuleContext) -> list[Diagnostic]:
    """All findings of all rules."""
    return [found for rule in RULES for found in rule(context)]
