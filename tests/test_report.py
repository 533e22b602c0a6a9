"""The report of this repository as a piece of work: its verdicts are even-handed, and its readers are shown words instead of code."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise

import pytest
from sample_reports import FLAGSHIP, flagship_texts

from generator.checks.project_check import check_project
from generator.model import report
from generator.pages.formula_text import formula_text, without_verdicts
from generator.pages.view_models import ViewModels
from generator.wording.texts import Texts

INFERENCE = "What the article infers from the fact is opinion, even where the fact is confirmed (method, inferences)."

# Claims that rest on one fact and differ in verdict: each verdict with its claims, and why that is even-handed.
UNEVEN: dict[str, tuple[dict[str, str], str]] = {
    "llama4_maverick_score": ({"confirmed": "meta_lagging", "opinion": "closing_gap_hard_openai_lead_technical"}, INFERENCE),
    "glasses_sold_2025": (
        {"corrected": "ar_glasses_key_interface", "confirmed": "glasses_cognitive_disadvantage"},
        "One claim calls AI glasses AR glasses, a wrong term for a right thing; the other has the term right.",
    ),
    "hires_total": ({"confirmed": "hires_total freeze_follows_hiring_spree", "opinion": "talent_mobility_up"}, INFERENCE),
    "chen_memo_date": ({"confirmed": "chen_break_in_memo", "opinion": "openai_reacted_harshest"}, INFERENCE),
    "altman_memo_date": (
        {
            "corrected": "altman_mercenary_label",
            "confirmed": "altman_missionaries_line altman_relies_on_culture altman_cultural_problems_warning",
        },
        "What the memo says is confirmed; only one claim says that it was said in public, a word of degree that fails.",
    ),
    "google_cloud_deal_reported": (
        {"confirmed": "google_wins_meta_as_customer", "opinion": "rivals_cooperate_on_infrastructure coopetition_pattern"},
        INFERENCE,
    ),
    "top_offers_accepted": ({"confirmed": "top_offers_zero_accepted", "opinion": "many_stayed_loyal"}, INFERENCE),
    "llama_license_threshold": (
        {"corrected": "llama_open", "misleading": "meta_ai_free_of_charge"},
        "Open source is a wrong term for open weights; that all developments stay free leaves out what turns the sense around.",
    ),
    "facebook_time_spent_gain": (
        {"confirmed": "ai_personalises_feeds facebook_time_spent_up", "opinion": "outlook_proven_ai_deployment"},
        INFERENCE,
    ),
    "instagram_time_spent_gain": (
        {"confirmed": "ai_personalises_feeds instagram_time_spent_up", "opinion": "outlook_proven_ai_deployment"},
        INFERENCE,
    ),
    "capex_2025_guidance_jul": (
        {
            "confirmed": "headline_investment_billions capex_2025_range capex_exceeds_gdp_of_many outlook_bet_size",
            "corrected": "capex_2025_over_70bn",
        },
        "Only one claim names a sum that the plan of that day did not reach at its low end; vague sums have no value.",
    ),
    "capex_2025_actual": (
        {
            "confirmed": "ai_infrastructure_hundreds_of_billions capex_2025_range outlook_bet_size",
            "corrected": "capex_2025_over_70bn",
        },
        "The outcome came later and changes no verdict: the claim of more than the plan said is corrected all the same.",
    ),
    "capex_2026_guidance_jul": (
        {"confirmed": "ai_infrastructure_hundreds_of_billions outlook_bet_size", "opinion": "risk_size_of_outlay"},
        INFERENCE,
    ),
    "revenue_q2_2025": (
        {
            "confirmed": "meta_social_revenue_billions",
            "corrected": "q2_2025_ad_revenue_as_claimed quarterly_ad_revenue_over_47bn",
        },
        "Both claims that give total revenue as advertising are corrected; the other speaks of revenue, without a number.",
    ),
    "capex_q2_2025": (
        {"corrected": "q2_2025_capex", "confirmed": "spending_financed_by_ads", "opinion": "talent_especially_costly"},
        "The word alone in the first fails; who pays and what is costly are other questions.",
    ),
    "capex_share_of_cash_flow_q2_2026": (
        {"confirmed": "spending_financed_by_ads", "opinion": "risk_size_of_outlay"},
        INFERENCE,
    ),
    "external_financing_aug": (
        {"corrected": "external_financing_29bn", "contradicted": "external_financing_purpose"},
        "The sum was right and not yet secured; of the purpose sources say the opposite.",
    ),
    "external_financing_aug_debt": (
        {"corrected": "external_financing_29bn", "confirmed": "external_financing_instruments"},
        "The kinds of money were right, that it was secured was not.",
    ),
    "external_financing_aug_equity": (
        {"corrected": "external_financing_29bn", "confirmed": "external_financing_instruments"},
        "The kinds of money were right, that it was secured was not.",
    ),
    "scale_ai_price": (
        {
            "confirmed": "scale_ai_price",
            "opinion": "talent_especially_costly",
            "misleading": "talent_spend_hundreds_of_millions",
        },
        "The price is right; a total that names an order of magnitude far below it is not (method, vague sums).",
    ),
    "scale_ai_stake": (
        {"confirmed": "scale_ai_stake", "corrected": "reverse_acquisition"},
        "The share is right, the term for the deal is wrong.",
    ),
    "pay_package_max": (
        {"confirmed": "pay_package_max_4y", "misleading": "talent_spend_hundreds_of_millions"},
        "One package is as reported; as a total for all, its order of magnitude is not (method, vague sums).",
    ),
    "prometheus_capacity": (
        {"misleading": "prometheus_first_multi_gw", "confirmed": "hyperion_larger_than_prometheus"},
        "That Hyperion is larger holds; words said of several clusters together mislead about the single site.",
    ),
    "amd_deal_power": (
        {"unverified": "prometheus_chip_types", "opinion": "risk_nvidia_dependence"},
        "Which chips a site has can be known and was not found; how heavy a dependence is, is a judgment.",
    ),
    "hyperion_capacity_max": (
        {
            "confirmed": "hyperion_capacity_max hyperion_larger_than_prometheus risk_energy_demand",
            "opinion": "unprecedented_scale",
        },
        INFERENCE,
    ),
    "land_share_of_manhattan": (
        {"misleading": "hyperion_manhattan_size", "confirmed": "titan_cluster_manhattan"},
        "One claim has the words of the post; the other makes of them a comparison with the center that nobody drew.",
    ),
    "stargate_capacity_jul": (
        {
            "opinion": "unprecedented_scale compute_race_intensifies",
            "corrected": "stargate_capacity",
            "confirmed": "outlook_rivals_invest_billions",
        },
        "One claim gives a single site as the whole; another names no number; the rest are inferences.",
    ),
    "msl_exits_aug_2025": (
        {"opinion": "outlook_freeze_and_exits_signal", "confirmed": "risk_internal_tension"},
        INFERENCE,
    ),
    "ai_reorganisations_in_six_months": (
        {"opinion": "outlook_execution_doubt", "confirmed": "msl_repeated_reorganisation"},
        INFERENCE,
    ),
    "knight_verma_stay": (
        {"opinion": "pay_not_always_enough", "confirmed": "knight_verma_left knight_verma_stay"},
        INFERENCE,
    ),
    "dma_fine": (
        {"confirmed": "risk_regulation_europe", "corrected": "eu_personalised_ads_rules"},
        "That the risk grows holds; that rules were only being considered does not.",
    ),
}

# Claims of one kind, whatever fact they rest on: the rule of the method page, the verdict it leads to, and the claims.
EVEN: list[tuple[str, str, str]] = [
    ("lower bounds", "confirmed", "hires_total hires_from_openai hires_from_google google_cloud_contract_rounded"),
    ("comparisons", "misleading", "hyperion_german_households hyperion_us_households"),
    (
        "vague sums",
        "confirmed",
        "headline_investment_billions ai_infrastructure_hundreds_of_billions meta_social_revenue_billions "
        "outlook_rivals_invest_billions outlook_bet_size",
    ),
    (
        "wrong terms",
        "corrected",
        "strategy_four_pillars behemoth_failed llama_open reverse_acquisition ar_glasses_key_interface zhao_valued_hire "
        "shareholder_criticism xai_capacity",
    ),
    ("words of degree", "corrected", "hiring_freeze altman_mercenary_label q2_2025_capex external_financing_29bn"),
    ("the party's words as a fact, misleading", "misleading", "rivals_centralised_ai outlook_rivals_silo"),
    ("the party's words as a fact, not shown", "unverified", "infrastructure_as_talent_magnet names_from_mythology"),
    ("omissions that turn the sense around", "misleading", "openai_more_closed open_source_differentiator"),
    ("inferences", "opinion", "outlook_proven_ai_deployment rivals_cooperate_on_infrastructure"),
    ("faults of translation", "confirmed", "hyperion_location freeze_official_reason google_cloud_contract_value"),
    ("the whole for the part", "corrected", "q2_2025_ad_revenue_as_claimed quarterly_ad_revenue_over_47bn"),
    ("dimensions", "corrected", "hyperion_length hyperion_width"),
]


def test_claims_that_rest_on_one_fact_have_one_verdict_or_a_reason(edition: report.Edition) -> None:
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for claim in edition.claims.values():
        for fact in claim.settled_by:
            found[fact][claim.verdict].add(claim.id)
    uneven = {fact: dict(verdicts) for fact, verdicts in found.items() if len(verdicts) > 1}
    assert uneven == {
        fact: {verdict: set(claims.split()) for verdict, claims in verdicts.items()} for fact, (verdicts, _) in UNEVEN.items()
    }


def test_claims_that_write_the_same_figure_have_one_verdict(edition: report.Edition) -> None:
    found: dict[tuple[object, ...], set[str]] = defaultdict(set)
    for claim in edition.claims.values():
        if claim.as_written:
            found[claim.as_written, claim.unit.id if claim.unit else None].add(claim.verdict)
    assert {written for written, verdicts in found.items() if len(verdicts) > 1} == set()


@pytest.mark.parametrize(("rule", "verdict", "claims"), EVEN)
def test_claims_of_one_kind_have_one_verdict(edition: report.Edition, rule: str, verdict: str, claims: str) -> None:
    assert {claim: edition.claims[claim].verdict for claim in claims.split()} == dict.fromkeys(claims.split(), verdict), rule


def test_workings_are_shown_in_words(edition: report.Edition) -> None:
    """No function, id, key of a word or sign of set theory reaches a reader."""
    code = re.compile(r"[a-z]+_[a-z_]+|[∈∧∨]|\bwork\.|\b(?:low|high|mid|round|growth|share|claimed|event|verdict|count)\(|[{}]")
    for texts in flagship_texts():
        shown = {fact.id: formula_text(texts, fact.formula) for fact in edition.facts.values() if fact.formula}
        shown |= {check.id: formula_text(texts, without_verdicts(check.test)) for check in edition.checks.values()}
        assert shown
        assert {key: text for key, text in shown.items() if code.search(text)} == {}, texts.language.code


SAYS_WHY = re.compile(r"\bsecond source\b")
PRIMARY = {"Meta Platforms", "European Commission", "US Securities and Exchange Commission"}


def written_down(edition: report.Edition, fact: report.Fact) -> list[report.Fact]:
    """The facts with a value of their own that a fact is worked out from; the fact itself if it has one."""
    return [leaf for one in fact.inputs for leaf in written_down(edition, edition.facts[one])] if fact.formula else [fact]


def test_a_fact_on_a_first_screen_has_a_second_source_or_says_why_not(edition: report.Edition) -> None:
    pages = {"index", *edition.report.sections}
    shown = {
        text
        for outline in check_project(FLAGSHIP).outlines
        if outline.page in pages
        for call in outline.calls
        if call.name in {"fact", "key_figures"} and not call.section
        for text in call.texts
        if text in edition.facts
    }
    assert len(shown) > len(pages)
    alone = {
        key
        for key in shown
        for leaf in written_down(edition, edition.facts[key])
        if len({one.source.publisher for one in leaf.evidence if one.source.independent}) < 2
        and not any(fact.note and SAYS_WHY.search(fact.note["en"]) for fact in (edition.facts[key], leaf))
    }
    assert alone == set()


def test_what_was_observed_of_the_company_rests_on_its_own_documents_or_has_a_note(edition: report.Edition) -> None:
    observed = [
        fact
        for fact in edition.facts.values()
        if fact.status == "observed" and not fact.formula and fact.entity and fact.entity.id in {"meta", "reality_labs"}
    ]
    assert observed
    assert [
        fact.id for fact in observed if not {one.source.publisher for one in fact.evidence} & PRIMARY and not fact.note
    ] == []


def test_earlier_values_read_differently_where_they_differ(edition: report.Edition) -> None:
    language = edition.report.languages[0]
    views = ViewModels(Texts(edition, language), "facts")
    for fact in (one for one in edition.facts.values() if one.history):
        view = views.fact(fact.id)
        shown = [*(one.value for one in view.history), view.value_last]
        values = [*(one.value for one in fact.history), fact.value]
        assert [a == b for a, b in pairwise(shown)] == [a == b for a, b in pairwise(values)], fact.id


def test_what_is_worked_out_from_facts_names_each_place_in_a_source_once(edition: report.Edition) -> None:
    for fact in edition.facts.values():
        places = [(one.source.id, str(one.at and one.at.texts), one.quote) for one in fact.evidence if fact.formula]
        assert len(places) == len(set(places)), fact.id
