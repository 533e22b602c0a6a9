"""One neutral report for every tool: facts, and pages whose text, table and chart show them; always the same bytes.

A page has some four hundred words, ten facts in its text, a table of the ten and one bar chart of them, in each language.
Ten facts in a row share a unit, so that a chart has one scale; names hold letters for numbers, so that no number is typed.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

LANGUAGES = ("ja", "en")
PER_PAGE, PER_SECTION, PER_FILE = 10, 20, 200
SOURCES = 40
Text = Mapping[str, str]  # per language


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is of what."""

    facts: int
    pages: int


# With a chart on each page.
SIZES: Mapping[str, Size] = {
    "S": Size(60, 8),
    "M": Size(1000, 100),
    "L": Size(10_000, 1000),
    "XL": Size(100_000, 10_000),
}

_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"  # no vowels: no code is a word
_PLACES = (
    ("北部", "north"),
    ("南部", "south"),
    ("沿岸", "coast"),
    ("内陸", "inland"),
    ("都市圏", "metro"),
    ("離島", "islands"),
)
_TOPICS = (
    ("人口", "population", "people", "人", "people"),
    ("出荷額", "shipment value", "yen", "円", "yen"),
    ("電力消費量", "power use", "energy", "GWh", "GWh"),
    ("降水量", "rainfall", "rain", "mm", "mm"),
    ("来訪者数", "visitor count", "people", "人", "people"),
    ("事業所数", "number of offices", "cases", "件", "cases"),
    ("輸出額", "export value", "yen", "円", "yen"),
    ("面積", "surface area", "area", "km²", "km²"),
)
_FILLING = {
    "ja": (
        "この値は前回の調査と比べて緩やかに変化しており、**季節要因**を除いても傾向は変わらない。",
        "調査の方法は年ごとに見直されるため、長い期間を比べるときには定義の違いに注意する必要がある。",
        "詳しい内訳は[出典](https://example.com/source)の統計表に示されており、地域ごとの差も確かめられる。",
        "関係者への聞き取りでは、設備の更新と人手の確保が今後の大きな課題として挙げられた。",
    ),
    "en": (
        "Compared with the last survey it moved little, and the way is the same once **seasonal effects** are taken out.",
        "The method of the survey is reviewed every year, so readers who compare long periods have to note differences.",
        "A detailed breakdown is in the tables of the [source](https://example.com/source), and so are the regions.",
        "In interviews the renewal of equipment and the hiring of enough staff were named as tasks for the next years.",
    ),
}
_SAYING = {
    "ja": (
        "{label}は{fact}であり、全体の中でも目立つ位置を占めている。",
        "直近の集計によれば、{label}は{fact}に達した。",
        "一方で、{label}は{fact}にとどまっている。",
    ),
    "en": (
        "The {label} stands at {fact}, which gives it a visible place in the overall picture of the area.",
        "According to the latest count the {label} has reached {fact}, a figure that was not expected.",
        "On the other hand the {label} remains at {fact} and shows no clear sign of a change.",
    ),
}
_HEADINGS = {
    "overview": ("概要", "Overview"),
    "breakdown": ("内訳", "Breakdown"),
    "table": ("表", "Table"),
    "chart": ("図", "Chart"),
}
_HEADED = {0: "overview", 6: "breakdown"}  # before which fact a heading stands


def _both(pair: Sequence[str]) -> Text:
    return dict(zip(LANGUAGES, pair, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A value with its unit, source and date. `value` is written as it is shown, without the grouping of its digits."""

    id: str
    value: str
    unit: str  # the id of the unit
    unit_text: Text
    label: Text
    source: str
    day: date

    def shown(self, language: str) -> str:
        """The value as every tool must show it."""
        decimals = len(self.value.partition(".")[2])
        return f"{float(self.value):,.{decimals}f}{' ' if language == 'en' else ''}{self.unit_text[language]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of text: where it stands, its title, its facts."""

    section: str
    slug: str
    title: Text
    facts: tuple[Fact, ...]
    number: int

    @property
    def name(self) -> str:
        """Its address below a language."""
        return f"{self.section}/{self.slug}"

    @property
    def chart(self) -> str:
        """The id of its chart."""
        return f"chart_{self.slug}"

    def body(self, language: str, *, fact: str, table: str, chart: str, anchor: str = "") -> str:
        """The page below its title with a tool's own calls in it; `fact` and `anchor` have {} for an id."""
        told = (*self._text(language, fact, anchor), _heading("table", language, anchor), table)
        return "\n\n".join((*told, _heading("chart", language, anchor), chart)) + "\n"

    def _text(self, language: str, fact: str, anchor: str) -> Iterator[str]:
        sayings, fillings = _SAYING[language], _FILLING[language]
        said: list[str] = []
        for number, one in enumerate(self.facts):
            if number in _HEADED:
                yield _heading(_HEADED[number], language, anchor)
            saying = sayings[number % len(sayings)]
            said.append(saying.format(label=one.label[language], fact=fact.format(one.id)))
            said.append(fillings[(number + self.number) % len(fillings)])
            if number % 2:
                yield ("" if language == "ja" else " ").join(said)
                said = []


def _heading(name: str, language: str, anchor: str) -> str:
    return f"## {_HEADINGS[name][LANGUAGES.index(language)]}{anchor.format(name)}"


@dataclass(frozen=True)
class Workload:
    """Facts and the pages that show them."""

    size: Size
    facts: Mapping[str, Fact]

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """Ten facts a page, over and over where there are more pages than facts for them."""
        every = list(self.facts.values())
        return tuple(
            Page(
                section=f"s{number // PER_SECTION + 1:03d}",
                slug=f"p{number + 1:04d}",
                title={"ja": f"報告 {letters(number)}", "en": f"Report {letters(number)}"},
                facts=tuple(every[(number * PER_PAGE + one) % len(every)] for one in range(PER_PAGE)),
                number=number,
            )
            for number in range(self.size.pages)
        )

    def edited(self, fact: str, value: str) -> Workload:
        """The same with another value of one fact."""
        return replace(self, facts={**self.facts, fact: replace(self.facts[fact], value=value)})


def letters(number: int) -> str:
    """A number written with letters alone."""
    text = _LETTERS[number % len(_LETTERS)]
    while number := number // len(_LETTERS):
        text = _LETTERS[number % len(_LETTERS)] + text
    return text


def make_workload(size: Size, seed: int = 7) -> Workload:
    """The report of a size."""
    chance = random.Random(seed)  # noqa: S311  nothing secret: the same report every time
    facts = {}
    for number in range(size.facts):
        if not number % PER_PAGE:
            topic = chance.choice(_TOPICS)
        place, code = chance.choice(_PLACES), letters(number)
        whole = chance.randint(1000, 900_000 if number % 2 else 9_000_000)
        key = f"f{number + 1:05d}"
        facts[key] = Fact(
            id=key,
            value=f"{whole}.{chance.randint(1, 9)}" if number % 2 else str(whole),
            unit=topic[2],
            unit_text=_both(topic[3:]),
            label={"ja": f"{place[0]}の{topic[0]}{code}", "en": f"{place[1]} {topic[1]} {code}"},
            source=f"survey_{number % SOURCES + 1:02d}",
            day=date(2025, 1, 1) + timedelta(days=number % 360),
        )
    return Workload(size, facts)


def source_name(source: str) -> str:
    """What a source is called."""
    return f"Survey {letters(int(source.rpartition('_')[2]) - 1)}"
