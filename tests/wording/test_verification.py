"""Verification of evidence: sample source texts in three languages, and the facts and claims that cite their paragraphs."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.checks.project_check import check_project
from generator.commands.main import main
from generator.model.languages import Phrase
from generator.model.values import Interval, Point
from generator.records.struct import replace
from generator.wording.verification import Outcome, paragraphs, verify_source


def test_a_text_is_divided_into_places() -> None:
    text = "Masthead\n\n# First heading\n\nOne.\nTwo.\n\nHow many?\nThree. Why? Because.\n"
    assert paragraphs(text) == {"0.1": "Masthead", "1.1": "One.", "1.2": "Two.", "2.1": "Three. Why? Because."}


FACTS = """
lamps:
  label: {en: Lamps, de: Lampen}
  value: 500e3
  unit: lamps
  status: reported
  review: durable
  evidence: [{source: paper, at: "1.1"}]
workers:
  label: {en: Workers, de: Beschäftigte}
  value: {about: 10e3}
  unit: lamps
  status: reported
  review: durable
  evidence: [{source: paper, at: "1.1"}]
budget:
  label: {en: Budget, de: Haushalt}
  value: [66e9, 72e9]
  unit: USD
  status: reported
  review: durable
  evidence: [{source: paper, at: "1.2"}]
power:
  label: {en: Power, de: Leistung}
  value: {at_most: 5e9}
  unit: W
  status: reported
  review: durable
  evidence: [{source: paper, at: "1.3"}]
rise:
  label: {en: Rise, de: Anstieg}
  value: 0.22
  unit: ratio
  status: reported
  review: durable
  evidence: [{source: paper, at: "1.3"}]
started:
  label: {en: Start, de: Beginn}
  value: 2025-08-30
  unit: date
  status: reported
  review: durable
  evidence: [{source: paper, at: "2.1"}]
ended:
  label: {en: End, de: Ende}
  value: 2026-11
  unit: date
  status: reported
  review: durable
  evidence: [{source: paper, at: "2.1"}]
"""

UNITS = """
lamps:
  dimension: {lamps: 1}
W:
  dimension: {power: 1}
  compact: false
  ladder:
    - {from: 1, icu: watt}
    - {from: 1e6, icu: megawatt}
    - {from: 1e9, icu: gigawatt}
"""

CLAIMS = """
nobody:
  text: {en: Nobody came, de: Niemand kam}
  source: paper
  at: "2.2"
  as_written: AS_WRITTEN
  stance: claimed
  claimed: 0
  unit: lamps
  verdict: confirmed
  settled_by: [nobody]
  reason: {en: So it says, de: So steht es da}
  evidence: [{source: survey}]
"""

NOBODY = """
nobody:
  label: {en: Guests, de: Gäste}
  value: 0
  unit: lamps
  status: reported
  review: durable
  evidence: [{source: survey}]
"""

TEXTS = {
    "en-US": """# The lake by night

Half a million lamps light the dam, and about ten thousand people work there.

The city will pay 66–72 billion dollars.

It uses up to 5 gigawatts, a rise of 22 percent.

# When

Work began on August 30, 2025 and ends in November 2026.

None of the guests came.
""",
    "de-DE": """# Der See bei Nacht

Eine halbe Million Lampen beleuchtet den Damm, rund zehntausend Menschen (10.000) arbeiten dort.

Die Stadt zahlt 66 bis 72 Milliarden Dollar.

Er braucht bis zu 5 GW, ein Anstieg um 22 Prozent.

# Wann

Begonnen wurde am 30. August 2025, Ende ist im Nov. 2026.

Keiner der Gäste kam.
""",
    "ja-JP": """夜の湖はどう見えるか？

ダムを照らす照明は５０万個、働く人は約１万人である。

市は660億ドルから720億ドルを払う。

使う電力は最大５ＧＷで、22％の増加である。

それはいつか？

工事は2025年8月30日に始まり、2026年11月に終わる。

客は一人も来なかった。
""",
}

QUOTES = {"en-US": "None of the guests", "de-DE": "Keiner der Gäste", "ja-JP": "一人も来なかった"}


@pytest.fixture
def cited(project: Path) -> Path:
    """The good project with a paper that its new facts cite by heading and paragraph."""
    for file, more in (
        ("data/facts/water.yml", FACTS + NOBODY),
        ("data/units.yml", UNITS),
        ("data/claims/water.yml", CLAIMS),
        ("data/sources.yml", "paper:\n  publisher: Paper\n  title: Lamps\n  language: en\n  read: full\n"),
        (
            "data/words.yml",
            'lock.half: {en: "half an?", de: "(?:eine )?halbe"}\nstatus.reported: {en: reported, de: berichtet}\n',
        ),
    ):
        with (project / file).open("a", encoding="utf-8") as target:
            target.write(more)
    return project


def _outcomes(root: Path, locale: str, text: str) -> dict[str, str]:
    path = root / "data/claims/water.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("AS_WRITTEN", QUOTES[locale]), encoding="utf-8")
    checked = check_project(root)
    assert checked.edition is not None
    assert not checked.errors, [error.sentence() for error in checked.errors]
    return {result.id: str(result.outcome) for result in verify_source(checked.edition, "paper", text, locale)}


@pytest.mark.parametrize("locale", TEXTS)
def test_every_cited_quantity_is_found(cited: Path, locale: str) -> None:
    outcomes = _outcomes(cited, locale, TEXTS[locale])
    assert outcomes.pop("nobody") == Outcome.IN_WORDS
    assert len(outcomes) == 7
    assert set(outcomes.values()) == {Outcome.FOUND}


@pytest.mark.parametrize(
    ("locale", "old", "new", "fact", "outcome"),
    [
        ("en-US", "66–72", "66–73", "budget", "different"),
        ("en-US", "66–72 billion", "plenty of", "budget", "missing"),
        ("en-US", "Half a million", "Two million", "lamps", "different"),
        ("en-US", "5 gigawatts", "5 megawatts", "power", "missing"),
        ("en-US", "22 percent", "23 percent", "rise", "different"),
        ("en-US", "22 percent", "22 gigawatts", "rise", "missing"),
        ("en-US", "August 30", "August 31", "started", "missing"),
        ("en-US", "November 2026", "December 2026", "ended", "missing"),
        ("en-US", "None", "Most", "nobody", "missing"),
        ("de-DE", "72 Milliarden", "73 Milliarden", "budget", "different"),
        ("de-DE", "5 GW", "6 GW", "power", "different"),
        ("de-DE", "30. August", "3. August", "started", "missing"),
        ("ja-JP", "720億", "721億", "budget", "different"),
        ("ja-JP", "５０万", "５１万", "lamps", "different"),
        ("ja-JP", "５ＧＷ", "５ＭＷ", "power", "missing"),
        ("ja-JP", "8月30日", "8月31日", "started", "missing"),
        ("ja-JP", "2026年11月", "2026年10月", "ended", "missing"),
    ],
)
def test_one_changed_digit_is_noticed(cited: Path, *, locale: str, old: str, new: str, fact: str, outcome: str) -> None:
    assert old in TEXTS[locale]
    outcomes = _outcomes(cited, locale, TEXTS[locale].replace(old, new))
    assert outcomes[fact] == outcome
    assert sum(other not in ("found", "in-words") for other in outcomes.values()) == 1


@pytest.mark.parametrize(
    ("claimed", "as_written", "outcome"),
    [
        ("10e3", "ten thousand people", "found"),
        ("500e3", "ten thousand people", "missing"),  # it stands elsewhere in the paragraph
        ("500e3", "zehntausend Menschen", "found"),  # the words of another edition of the source
        ("10e3..500e3", "", "found"),
        ("10e3..10e3", "", "different"),  # each end needs a number of its own
    ],
)
def test_a_number_is_looked_for_inside_the_quote(cited: Path, claimed: str, as_written: str, outcome: str) -> None:
    _outcomes(cited, "en-US", "")
    edition = check_project(cited).edition
    assert edition is not None
    low, _, high = claimed.partition("..")
    value = Interval(low=Decimal(low), high=Decimal(high)) if high else Point(number=Decimal(low))
    claim = replace(edition.claims["nobody"], at="1.1", as_written=as_written, claimed=value)
    results = verify_source(replace(edition, claims={"nobody": claim}, facts={}), "paper", TEXTS["en-US"])
    assert [result.outcome for result in results] == [outcome]


@pytest.mark.parametrize(
    ("text", "outcomes"),
    [
        ("It has 4 gates and 4 locks.", ["found", "found"]),
        ("It has 3 gates and 4 locks.", ["different", "found"]),
        ("It has 4 gates and 3 locks.", ["found", "different"]),
    ],
)
def test_the_number_of_another_quantity_is_no_proof(cited: Path, text: str, outcomes: list[str]) -> None:
    _outcomes(cited, "en-US", "")
    edition = check_project(cited).edition
    assert edition is not None
    four = replace(edition.claims["nobody"], at="1.1", claimed=Point(number=Decimal(4)))
    gates = replace(four, id="gates", as_written="4 gates")
    locks = replace(four, id="locks", as_written="4 locks", unit=edition.units["USD"])
    results = verify_source(
        replace(edition, claims={"gates": gates, "locks": locks}, facts={}), "paper", f"# Lakes\n\n{text}\n"
    )
    assert [str(result.outcome) for result in results] == outcomes


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("It is fed by Lake 4/Lake 5.", "in-words"),
        ("It is fed by Lake 4/Lake 6.", "different"),
        ("It is fed by Lake 4.", "missing"),
    ],
)
def test_digits_in_names_are_no_numbers(cited: Path, text: str, outcome: str) -> None:
    _outcomes(cited, "en-US", "")
    edition = check_project(cited).edition
    assert edition is not None
    lake = edition.names["lake_4"]
    fifth = replace(lake, id="lake_5", name=Phrase({"en": "Lake 5"}), short=Phrase({"en": "Lake 5"}))
    claim = replace(edition.claims["nobody"], at="1.1", as_written="Lake 4/Lake 5", claimed=Point(number=Decimal(2)))
    fact = replace(edition.facts["lamps"], value=Point(number=Decimal(2)))
    changed = replace(edition, names={"lake_4": lake, "lake_5": fifth}, claims={"nobody": claim}, facts={"lamps": fact})
    results = verify_source(changed, "paper", f"# Lakes\n\n{text}\n")
    assert [(result.kind, str(result.outcome)) for result in results] == [("claim", outcome), ("fact", outcome)]


def test_a_missing_place_is_reported(cited: Path) -> None:
    outcomes = _outcomes(cited, "en-US", TEXTS["en-US"].partition("# When")[0])
    assert outcomes["started"] == outcomes["ended"] == outcomes["nobody"] == Outcome.NO_PLACE


def _verify(root: Path, text: str, *arguments: str) -> Result:
    file = root / "paper.txt"
    file.write_text(text, encoding="utf-8")
    return CliRunner().invoke(main, ["verify", *arguments, "--text", str(file), "--root", str(root), "--language", "en"])


def test_the_command_reports_every_outcome(cited: Path) -> None:
    _outcomes(cited, "en-US", "")
    run = _verify(cited, TEXTS["en-US"], "paper")
    assert run.exit_code == 0
    assert "found: fact budget (1.2): 66e9..72e9 USD\n" in run.output
    assert run.output.endswith("7 found, 1 found in words\n")
    run = _verify(cited, TEXTS["en-US"].replace("66–72", "66–73"), "paper")
    assert run.exit_code == 1
    assert "different: fact budget (1.2): 66e9..72e9 USD; there stands 66, 73 billion dollars\n" in run.output
    assert run.output.endswith("6 found, 1 found in words, 1 different\n")


def test_the_locale_can_be_given(cited: Path) -> None:
    _outcomes(cited, "de-DE", "")
    assert _verify(cited, TEXTS["de-DE"], "paper", "--locale", "de-DE").exit_code == 0
    assert _verify(cited, TEXTS["de-DE"], "paper").exit_code == 1  # read as English


def test_only_sources_of_the_report_are_looked_up(cited: Path) -> None:
    _outcomes(cited, "en-US", "")
    assert _verify(cited, "", "nothing").exit_code == 2
    assert "no such place: claim grew (1.2)" in _verify(cited, "", "survey").output
    path = cited / "data/claims/water.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("source: survey\n  at:", "source: paper\n  at:"), encoding="utf-8")
    facts = cited / "data/facts/water.yml"
    facts.write_text(re.sub(r"survey, at: [\w ]+}", "survey}", facts.read_text(encoding="utf-8")), encoding="utf-8")
    assert "nothing cites a place in survey" in _verify(cited, "", "survey").output


LOSSES = """
loss:
  label: {en: Loss, de: Verlust}
  value: -5e8
  unit: USD
  status: reported
  review: durable
  evidence: [{source: paper, at: "1.1"}]
third:
  label: {en: Share, de: Anteil}
  value: 0.3
  unit: ratio
  status: reported
  review: durable
  evidence: [{source: paper, at: "1.1"}]
"""
NEGATIVE = 'lock.negative: {en: "loss of|deficit", de: "赤字|損失"}\nlock.tenth: {en: "out of ten", de: 割}\n'


@pytest.mark.parametrize(
    ("locale", "text", "outcome"),
    [
        ("en-US", "It made -$500 million on 30%.", "found"),
        ("en-US", "It made ($500 million) on 30%.", "found"),
        ("en-US", "It made \u2212$500 million on 3 out of ten.", "found"),
        ("en-US", "A loss of $500 million on 30%.", "found"),
        ("en-US", "A deficit: $500 million on three out of ten.", "found"),
        ("en-US", "It made $500 million on 30%.", "missing"),
        ("de-DE", "Es waren -500 Millionen Dollar bei 30 Prozent.", "found"),
        ("de-DE", "Es waren ▲500 Millionen Dollar bei 30 Prozent.", "found"),
        ("de-DE", "Es waren △500 Millionen Dollar bei 30 Prozent.", "found"),
        ("de-DE", "Es waren 500 Millionen Dollar (赤字) bei 3割.", "found"),
    ],
)
def test_negative_amounts_and_tenths_are_found_in_any_writing(cited: Path, locale: str, text: str, outcome: str) -> None:
    for file, more in (("data/facts/water.yml", LOSSES), ("data/words.yml", NEGATIVE)):
        path = cited / file
        path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    outcomes = _outcomes(cited, locale, f"# Lakes\n\n{text}\n")
    assert (outcomes["loss"], outcomes["third"]) == (outcome, "found")


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en-US", "It lost $500 million."),
        ("en-US", "It had a $500 million loss."),
        ("en-US", "It was $-500 million."),
        ("en-US", "It was minus $500 million."),
        ("en-US", "A shortfall of $500 million."),
        ("en-US", "It ended $500 million in the red."),
        ("en-US", "It was (500,000,000) dollars."),
        ("en-US", "Losses came to half a billion dollars."),
        ("en-US", "It fell by $500 million."),
        ("en-US", "It was $(500) million."),
        ("en-US", "It was \u2013$500 million."),
        ("en-US", "It was -$0.5bn."),
        ("en-US", "It was \u2212US$500m."),
        ("de-DE", "Ein Verlust von 500 Millionen Dollar."),
        ("de-DE", "Ein Minus von 500 Millionen Dollar."),
        ("de-DE", "Es waren \u2212500 Mio. Dollar."),
        ("de-DE", "Ein Defizit von 0,5 Milliarden Dollar."),
        ("de-DE", "Es verlor 500 Millionen Dollar."),
    ],
)
def test_the_words_that_come_with_the_package_find_losses(cited: Path, locale: str, text: str) -> None:
    path = cited / "data/facts/water.yml"
    path.write_text(path.read_text(encoding="utf-8") + LOSSES, encoding="utf-8")
    assert _outcomes(cited, locale, f"# Lakes\n\n{text}\n")["loss"] == "found"


@pytest.mark.parametrize(
    ("locale", "value", "text"),
    [
        ("en-US", "0.05", "It rose 5 per cent."),
        ("en-US", "0.333", "One third of it."),
        ("en-US", "0.67", "Two-thirds of it."),
        ("ja-JP", "0.35", "打率は三割五分。"),
        ("ja-JP", "0.3", "全体の１０分の３。"),
        ("ja-JP", "0.33", "全体の3分の1。"),
        ("de-DE", "0.053", "Es sind 5,3 v. H."),
    ],
)
def test_shares_are_found_in_any_writing(cited: Path, locale: str, value: str, text: str) -> None:
    path = cited / "data/facts/water.yml"
    path.write_text(path.read_text(encoding="utf-8") + LOSSES.replace("value: 0.3", f"value: {value}"), encoding="utf-8")
    assert _outcomes(cited, locale, f"# Lakes\n\n{text}\n")["third"] == "found"


@pytest.mark.parametrize("text", ["Model H500000 of it.", "Call 030-500000-12.", "Form AB-500000.", "Line 0500000."])
def test_codes_and_telephone_numbers_are_no_quantities(cited: Path, text: str) -> None:
    assert _outcomes(cited, "en-US", f"# Lakes\n\n{text}\n")["lamps"] == "missing"


@pytest.mark.parametrize(
    "text", ["It made $500 million; losses are over.", "It made $500 million. Losses fell.", "It made $500 million in profit."]
)
def test_a_loss_in_another_clause_is_none_here(cited: Path, text: str) -> None:
    path = cited / "data/facts/water.yml"
    path.write_text(path.read_text(encoding="utf-8") + LOSSES, encoding="utf-8")
    assert _outcomes(cited, "en-US", f"# Lakes\n\n{text}\n")["loss"] == "missing"


@pytest.mark.parametrize(
    ("place", "text", "outcome"),
    [
        ("page 3", "# A\n\nNothing.\n\n# B\n\nThe dam costs 66 to 72 billion dollars.", "somewhere"),
        ("page 3", "# A\n\nNothing.\n\n# B\n\nThe dam costs 66 to 73 billion dollars.", "nowhere"),
        ("{en: table 2, de: Tabelle 2}", "# A\n\nThe dam costs 66-72 billion dollars.", "somewhere"),
    ],
)
def test_other_places_are_looked_up_in_the_whole_text(cited: Path, place: str, text: str, outcome: str) -> None:
    path = cited / "data/facts/water.yml"
    written = path.read_text(encoding="utf-8")
    assert "{source: survey, at: table 4}" in written
    path.write_text(written.replace("{source: survey, at: table 4}", f"{{source: paper, at: {place}}}"), encoding="utf-8")
    assert _outcomes(cited, "en-US", text)["dam_cost"] == outcome
