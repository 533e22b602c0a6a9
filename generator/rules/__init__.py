"""What `check` holds a report to: one generator of findings for each rule, listed in one tuple.

Modules for other rooms:
    check: all findings of all rules
    CheckOptions: what a check reports besides the rules that always hold
    RuleContext: what a rule can look at
    find_ahead: lets processes look for what rules want
    fact_files: what rules find in files of facts
    number_patterns: the patterns of numbers in words
    typed_numbers: quantities typed into a page
    installed_rules: rules that other packages add
"""

from __future__ import annotations

from ..diagnostics.finding import Diagnostic
from . import fact_files
from .changes_of_values import differences_of_rates_in_points, growth_compares_like_with_like
from .changes_since import changes_are_told, rows_are_kept
from .chart_series import chart_series_suit
from .chart_specs import chart_specs_valid, find_quantities_ahead
from .context import CheckOptions, Rule, RuleContext
from .currencies import currencies_have_own_dimensions
from .drafts import drafts_are_finished
from .formulas import uncertain_operands_used_once
from .freshness import past_forecasts_resolved, resolutions_match_numbers, reviews_due, sign_offs_hold
from .history import changed_values_have_history, corrections_have_their_day
from .horizon import dates_within_horizon, horizon_moves_forward
from .ids import template_references_exist
from .installed_rules import installed_rules_hold
from .interface_words import icu_units_known, interface_words_complete, interface_words_valid, locales_known
from .judgments import findings_of_charts_hold, judgments_hold, judgments_shown, relations_hold
from .page_links import page_links_lead_somewhere, sources_on_the_site_are_there
from .parity import languages_in_parity
from .places import evidence_has_places
from .plausible_series import rows_are_plausible
from .plausible_sources import addresses_have_hosts, evidence_is_named_once, values_fit_their_sources
from .plausible_texts import texts_are_in_their_language
from .plausible_times import dates_are_plausible, events_are_near, rows_are_not_observed_early
from .plausible_values import currencies_are_usual, values_are_plausible
from .precision import one_precision_per_page
from .series_rows import cells_have_one_scale, changed_cells_are_told, series_have_rows_in_order
from .sources import evidence_is_not_older_than_its_value, quotations_hold_their_numbers, sources_are_read_after_they_appeared
from .translations import translations_current
from .typed_numbers import no_typed_numbers
from .unlisted_files import files_are_listed
from .untranslated import languages_translated
from .unused_entries import no_unused_entries
from .vanished import addresses_stay
from .verdicts import claims_are_borne_out_by_others, verdicts_match_numbers

__all__ = [
    "CheckOptions",
    "RuleContext",
    "check",
    "fact_files",
    "find_ahead",
    "installed_rules",
    "number_patterns",
    "typed_numbers",
]

RULES: tuple[Rule, ...] = (
    template_references_exist,
    no_typed_numbers,
    page_links_lead_somewhere,
    sources_on_the_site_are_there,
    no_unused_entries,
    drafts_are_finished,
    languages_in_parity,
    interface_words_complete,
    interface_words_valid,
    icu_units_known,
    locales_known,
    chart_specs_valid,
    chart_series_suit,
    verdicts_match_numbers,
    claims_are_borne_out_by_others,
    judgments_hold,
    findings_of_charts_hold,
    judgments_shown,
    relations_hold,
    uncertain_operands_used_once,
    growth_compares_like_with_like,
    currencies_have_own_dimensions,
    differences_of_rates_in_points,
    one_precision_per_page,
    dates_within_horizon,
    horizon_moves_forward,
    translations_current,
    languages_translated,
    reviews_due,
    sign_offs_hold,
    past_forecasts_resolved,
    resolutions_match_numbers,
    changed_values_have_history,
    corrections_have_their_day,
    series_have_rows_in_order,
    cells_have_one_scale,
    changed_cells_are_told,
    values_are_plausible,
    currencies_are_usual,
    values_fit_their_sources,
    events_are_near,
    addresses_have_hosts,
    evidence_is_named_once,
    dates_are_plausible,
    rows_are_not_observed_early,
    rows_are_plausible,
    texts_are_in_their_language,
    evidence_has_places,
    quotations_hold_their_numbers,
    sources_are_read_after_they_appeared,
    evidence_is_not_older_than_its_value,
    files_are_listed,
    addresses_stay,
    changes_are_told,
    rows_are_kept,
    installed_rules_hold,
)


def find_ahead(context: RuleContext, over_shards: fact_files.OverShards) -> None:
    """Let processes look for what rules want of facts and charts, before these ask for it."""
    context.fact_files.find_ahead(over_shards)
    find_quantities_ahead(context, over_shards)


def check(context: RuleContext) -> list[Diagnostic]:
    """The findings of all rules, in the order of the rules."""
    return [finding for rule in RULES for finding in rule(context)]
