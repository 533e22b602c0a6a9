"""Hostile texts in every text field of a report: readers see them as written, and no browser runs or fetches anything for them.

The fields are found in the records that `data/` is read by, so that a new field is attacked without a change here.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
import yaml
from attack import TESTS, run
from conftest import serve
from playwright.sync_api import Browser, Dialog, Page, Route, expect
from sample_projects import GOOD

from generator.engines.registry import ENGINES
from generator.model.code_lists import OUTPUTS
from generator.reading.chart_record import CHART
from generator.reading.localized_validators import LocalizedText
from generator.reading.record_validators import Either, ListOf, MapOf, Record
from generator.reading.records import CHANGE, CLAIM, COLUMN, SINGLE_FILES
from generator.reading.records import FACT as FACT_RECORD
from generator.reading.report_record import REPORT
from generator.reading.source_record import EVIDENCE_ITEM
from generator.reading.validators import Boolean, Choice, DateOrPeriod, Number, Quantity, Reference, Text, Validator
from generator.rules.interface_words import PATTERN_WORDS

FLAGSHIP = TESTS.parent
FOREIGN = "https://evil.example"
# Class and text. None may run `ran()`, ask another host, or be shown otherwise than it stands here.
TEXTS: tuple[tuple[str, str], ...] = (
    ("script", "<script>ran()</script>"),
    ("script", "</script><script>ran()</script>"),
    ("script", "</title><script>ran()</script>"),
    ("script", "</textarea></style><script>ran()</script>"),
    ("script", f"<script src={FOREIGN}/a.js></script>"),
    ("script", "<SCRIPT>ran()</SCRIPT>"),
    ("script", "<scr<script>ipt>ran()</scr</script>ipt>"),
    ("script", "<svg><script>ran()</script></svg>"),
    ("script", "]]><script>ran()</script>"),
    ("script", "--><script>ran()</script><!--"),
    ("script", "<!--<script>ran()</script>-->"),
    ("script", '<noscript><p title="</noscript><script>ran()</script>">'),
    ("script", "<template><script>ran()</script></template>"),
    ("script", "<math><mtext><script>ran()</script></mtext></math>"),
    ("script", "<xmp><script>ran()</script></xmp>"),
    ("script", "<plaintext><script>ran()</script>"),
    ("handler", "<img src=x onerror=ran()>"),
    ("handler", '<img src=x onerror="ran()">'),
    ("handler", "<svg onload=ran()>"),
    ("handler", "<svg/onload=ran()>"),
    ("handler", "<body onload=ran()>"),
    ("handler", "<details open ontoggle=ran()>x</details>"),
    ("handler", "<input autofocus onfocus=ran()>"),
    ("handler", "<video><source onerror=ran()></video>"),
    ("handler", "<marquee onstart=ran()>x</marquee>"),
    ("handler", "<style onload=ran()></style>"),
    ("handler", '" onmouseover="ran()" x="'),
    ("handler", "' onmouseover='ran()' x='"),
    ("handler", '" autofocus onfocus=ran() x="'),
    ("handler", '"><img src=x onerror=ran()>'),
    ("handler", "'><img src=x onerror=ran()>"),
    ("handler", "` onmouseover=ran() `"),
    ("handler", "<a href=x onclick=ran()>x</a>"),
    ("handler", "<p style=animation-name:x onanimationstart=ran()>"),
    ("address", '<a href="javascript:ran()">x</a>'),
    ("address", '<a href="data:text/html,<script>ran()</script>">x</a>'),
    ("address", "<iframe src=javascript:ran()></iframe>"),
    ("address", '<iframe srcdoc="<script>ran()</script>"></iframe>'),
    ("address", "<object data=javascript:ran()></object>"),
    ("address", "<embed src=javascript:ran()>"),
    ("address", "<form action=javascript:ran()><button>x</button></form>"),
    ("address", "<base href=javascript:ran()//>"),
    ("address", '<meta http-equiv=refresh content="x;url=javascript:ran()">'),
    ("address", '<svg><a xlink:href="javascript:ran()"><text>x</text></a></svg>'),
    ("address", "javascript:ran()"),
    ("address", "data:text/html,<b>x</b>"),
    ("foreign", f"<img src={FOREIGN}/a.png>"),
    ("foreign", f"<link rel=stylesheet href={FOREIGN}/a.css>"),
    ("foreign", f"<style>@import '{FOREIGN}/a.css';</style>"),
    ("foreign", f'<div style="background:url({FOREIGN}/a.png)">x</div>'),
    ("foreign", f"<iframe src={FOREIGN}></iframe>"),
    ("foreign", f"<video poster={FOREIGN}/a.png></video>"),
    ("foreign", f"<img srcset={FOREIGN}/a.png>"),
    ("foreign", f"<svg><image href={FOREIGN}/a.png /></svg>"),
    ("foreign", f'<meta http-equiv=refresh content="x;url={FOREIGN}">'),
    ("foreign", f"<base href={FOREIGN}/>"),
    ("foreign", f"<form action={FOREIGN}><input type=submit></form>"),
    ("foreign", f"<body background={FOREIGN}/a.png>"),
    ("markdown", "[x](javascript:ran())"),
    ("markdown", f"![x]({FOREIGN}/a.png)"),
    ("markdown", '[x](//evil.example "title")'),
    ("markdown", "[x]: javascript:ran()"),
    ("markdown", "<javascript:ran()>"),
    ("markdown", f"<{FOREIGN}>"),
    ("markdown", "*emphasis* and **strong**"),
    ("markdown", "_emphasis_ and __strong__"),
    ("markdown", "`code` and ``more`` code"),
    ("markdown", "a \\* b \\_ c \\` d"),
    ("markdown", "~~gone~~ ==marked== ^up^ ~down~"),
    ("markdown", "| a | b |"),
    ("markdown", "[^note] and *[HTML]: x"),
    ("markdown", "x &amp; y &lt;b&gt; &#x; &copy;"),
    ("markdown", "# no heading, + no list, - no list"),
    ("markdown", "!!! note"),
    ("markdown", "[TOC] [[x]] [x][y]"),
    ("markdown", "-- --- ... <<x>> (c) \"quoted\" 'quoted'"),
    ("template", "%s %(x)s $x &x; <% x %> #x"),
    ("style", "</style><style>*:first-child </style>"),
    ("style", "; background: url(//evil.example/a.png)"),
    ("style", '\\"; @import url(//evil.example/a.css); \\a x'),
    ("structured", "]]> <?xml version='x'?> <!DOCTYPE x>"),
    ("structured", '", "@type": "Person", "x": "'),
    ("structured", '\\x \\u \\n \\" escapes'),
    ("structured", "</script><!--<script>"),
    ("unicode", "\uff1cscript\uff1eran()\uff1c/script\uff1e"),
    ("unicode", "\uff1cimg src=x onerror=ran()\uff1e Å"),
)
# Texts that mean something: what stands in them is checked against the rest of the data.
MEANINGFUL: Mapping[tuple[str, str], Any] = {
    ("fact", "status"): "observed",
    ("fact", "unit"): "m2",
    ("fact", "value"): 5,
    ("fact", "as_of"): "2025-05",
    ("fact", "evidence"): None,
    ("change", "value"): 4,
    ("change", "as_of"): "2025-03",
    ("change", "until"): "2025-04",
    ("change", "kind"): "correction",
    ("rival-value", "value"): 6,
    ("claim", "at"): "1.2",
    ("claim", "also_at"): ["1.3"],
    ("claim", "claimed"): 5,
    ("claim", "unit"): "m2",
    ("claim", "verdict"): "confirmed",
    ("claim", "basis"): "official",
    ("claim", "settled_by"): ["hostile_one"],
    ("event", "section"): "water",
    ("event", "date"): "2025-03-01",
    ("source", "url"): f"{FOREIGN}/source",
    ("report", "text_fragments"): None,
    ("contact", "issues"): f"{FOREIGN}/issues/new",
    ("contact", "mail"): "x@evil.example",
    ("stored-copy", "url"): f"{FOREIGN}/copy",
    ("source", "language"): "en",
    ("source", "title_from"): "other",
    ("source", "date"): "2025-05",
    ("name", "type"): "place",
    ("condition", "test"): "area_2025 > area_2024",
    ("judgment", "page"): "index",
    ("retired-entry", "kind"): "pages",
    ("retired-entry", "instead"): None,
    ("check", "test"): "area_2025 > area_2024",
    ("check", "expect"): True,
    ("check", "relation"): "holds",
    ("series", "key"): "year",
    ("series", "topic"): "water",
    ("series", "columns"): None,
    ("chart", "mark"): "bars",
    ("chart", "section"): "water",
}
LEFT_OUT = {  # what excludes other fields, or is made by hand below
    ("fact", "from"),
    ("fact", "formula"),
    ("fact", "aliases"),
    ("fact", "digits"),
    ("fact", "forecast"),
    ("place-in-a-series", "column"),
    ("place-in-a-series", "at"),
    ("row", "note"),  # no mark draws these two
    ("chart", "unit_label"),
    ("chart", "cited_first"),  # names sources of the chart
    ("chart", "by"),
    ("chart", "split"),
    ("series", "table"),  # says how a file is written, as the next two do
    ("column", "estimate_of"),
    ("column", "estimate"),
    ("chart", "totals"),  # names of rows
    ("chart", "highlight"),
    ("chart", "planned"),  # ids of facts
    ("chart", "claimed"),
    ("chart", "marked"),
    ("chart", "labels"),  # names of columns
    ("language", "fonts"),  # of pictures
}
IDS = {
    "sources": "hostile_one",
    "names": "hostile_one",
    "facts": "hostile_one",
    "events": "hostile_one",
    "claims": "hostile_one",
    "units": "m2",
    "series": "levels",
}
PLAIN: Mapping[type[Validator], Any] = {Boolean: True, Number: 1, DateOrPeriod: "2025-03-01", Quantity: 5}
LANGUAGES = ("en", "de")
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
OWN_REFRESH = '<meta http-equiv="refresh" content="0; url=en/">'  # of the first page, which is to be read here
EDITORS = (
    "fact", "claim", "event", "series", "chart", "risk", "check", "judgment", "term", "retired-entry", "source", "piece-of-evidence",
)  # fmt: skip
UNSEEN = {
    "series note",
    "condition because",
    "chart title",  # the finding stands in its place
    "chart carried_label",  # of a dotted line that is too short for it
    *(f"{what} plausible" for what in EDITORS),
}  # what only downloads and findings show
WHERE = re.compile(r"Z([a-j]+)\.(.*?)\.\1Z", re.DOTALL)


class Writer:
    """Writes hostile texts, each once, and knows which field holds which."""

    def __init__(self) -> None:
        self.texts = cycle(text for _, text in TEXTS)
        self.written: dict[str, tuple[str, str]] = {}  # mark -> field and text
        self.fields: set[tuple[str, str]] = set()

    def text(self, *field: str, text: str = "") -> str:
        mark = "".join("abcdefghij"[int(digit)] for digit in str(len(self.written)))
        text = text or next(self.texts)
        self.written[mark] = (" ".join(field[:2]), text)
        return f"Z{mark}.{text}.{mark}Z"

    def value(self, validator: Validator, what: str, key: str) -> Any:  # noqa: ANN401, PLR0911  any YAML
        """A value that a validator accepts; a hostile one where that is a text."""
        if (what, key) in MEANINGFUL:
            return MEANINGFUL[what, key]
        match validator:
            case LocalizedText():
                self.fields.add((what, key))
                return {code: self.text(what, key, code) for code in LANGUAGES}
            case Reference():
                return IDS[validator.kind]
            case Text():
                assert not validator.pattern, f"say in MEANINGFUL what stands in {what}.{key}"
                self.fields.add((what, key))
                return self.text(what, key)
            case ListOf():
                return [self.value(validator.validator, what, key)]
            case MapOf():
                return {code: self.value(validator.validator, what, key) for code in LANGUAGES}
            case Either():
                return self.value(validator.mapping, what, key)
            case Record():
                return self.entry(validator)
            case Choice():
                return validator.choices[0]
        return PLAIN[type(validator)]

    def entry(self, record: Record, **given: Any) -> dict[str, Any]:  # noqa: ANN401  any YAML
        """An entry with every field of a record."""
        found = {
            key: self.value(field.validator, record.what, key)
            for key, field in record.fields.items()
            if (record.what, key) not in LEFT_OUT and key not in given and key != "draft"  # which is not published
        }
        return {key: value for key, value in {**found, **given}.items() if value is not None}


def text_fields(validator: Validator, what: str, key: str = "") -> Iterator[tuple[str, str]]:
    """Every field below a validator that holds a free text."""
    match validator:
        case Record():
            fields = {**{name: field.validator for name, field in validator.fields.items()}, **validator.more}
            for name, one in fields.items():
                if (validator.what, name) not in LEFT_OUT:
                    yield from text_fields(one, validator.what, name)
        case ListOf() | MapOf():
            yield from text_fields(validator.validator, what, key)
        case Either():
            yield from text_fields(validator.mapping, what, key)
        case LocalizedText():
            yield what, key
        case Text() if not isinstance(validator, Reference) and not validator.pattern and (what, key) not in MEANINGFUL:
            yield what, key


def charts(writer: Writer) -> dict[str, Any]:
    """A chart of each mark that has texts of its own."""

    def both(*field: str) -> dict[str, str]:
        writer.fields.add((field[0], field[1]))
        return {code: writer.text(*field, code) for code in LANGUAGES}

    def short(*field: str) -> dict[str, str]:
        """A text that stands only where it has room in one line."""
        writer.fields.add((field[0], field[1]))
        return {code: writer.text(*field, code, text="<svg/onload=ran()>") for code in LANGUAGES}

    def chart(mark: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401  any YAML
        return {**writer.entry(CHART, mark=mark), **more}

    one, other = "area_2025", "hostile_one"

    def node() -> dict[str, Any]:
        return {key: both("node", key) for key in ("label", "note", "outcome", "then")}

    return {
        "bars": chart(
            "bars",
            rows=[
                {"fact": one, "label": both("row", "label"), "part": other, "group": both("row", "group")},
                {
                    "fact": other,
                    "label": both("row", "label"),
                    "group": both("row", "group"),
                    "value": both("row", "value"),
                    "comparison": both("row", "comparison"),
                },
            ],
            part_label=both("chart", "part_label"),
        ),
        "pairs": chart(
            "pairs",
            rows=[
                {
                    "label": both("row", "label"),
                    "from": one,
                    "from_label": both("row", "from_label"),
                    "to": other,
                    "to_label": both("row", "to_label"),
                    "gap": other,
                    "gap_text": both("row", "gap_text"),
                    "group": both("row", "group"),
                }
            ],
            from_label=both("chart", "from_label"),
            to_label=both("chart", "to_label"),
        ),
        "organisation": chart(
            "organisation",
            root=node(),
            nodes=[node()],
            from_label=both("chart", "from_label"),
            to_label=both("chart", "to_label"),
            then_label=both("chart", "then_label"),
        ),
        "stack": chart("stack", parts=[one], total=one, comparison=both("chart", "comparison")),
        "flows": chart(
            "flows", links=[{"from": "lake_4", "to": "hostile_one", "fact": "dam_cost", "label": both("link", "label")}]
        ),
        "ranges": chart(
            "ranges",
            series="outcomes",
            columns=["area"],
            claimed=["2024"],
            outcome_note=both("chart", "outcome_note"),
            claimed_note=both("chart", "claimed_note"),
        ),
        "area": chart(
            "area", series="levels", columns=["area"], highlight=["2024"], highlight_note=both("chart", "highlight_note")
        ),
        "trend": chart("trend", series="levels", columns=["area"], view=both("chart", "view")),
        "line": chart(
            "line",
            series="levels",
            columns=["area"],
            references=[{"fact": one, "label": both("reference", "label")}],
            end_label=both("chart", "end_label"),
            start_label=both("chart", "start_label"),
            carried=["area"],
            carried_label=both("chart", "carried_label"),
            whole_label=both("chart", "whole_label"),
            view=both("chart", "view"),
        ),
        "lanes": chart(
            "timeline",
            lanes=[{"label": both("lane", "label"), "events": ["opening", "hostile_one"]}],
            divider={"event": "opening", "label": both("divider", "label")},
        ),
        "events": chart("timeline", events=["opening", "hostile_one"]),
        "counts": chart(
            "counts",
            of="facts",
            by="review",
            split="status",
            counted=short("chart", "counted"),
            marked=["durable"],
            marked_label=short("chart", "marked_label"),
        ),
        "line_of_parts": chart(
            "line",
            series="parts",
            columns=["area"],
            known_label=short("chart", "known_label"),
            expected_label=short("chart", "expected_label"),
        ),
    }


PAGES = {
    "index": '{{{{ masthead() }}}}\n\nA {name}, {label}, {term}, {{{{ term("dam") }}}}.\n\n- {name}\n- {label}\n\n| {name} | x |\n|---|---|\n| {label} | {name} |\n\n'
    '{{{{ section_cards() }}}}\n\n{{{{ claimed("hostile_one") }}}} {{{{ verdict("hostile_one") }}}} {{{{ judgment("hostile_one") }}}} {{{{ judgment("grows") }}}}\n\n{{{{ judgments_list() }}}}\n\n {{{{ event("hostile_one") }}}}',
    "facts": "{{{{ all_facts() }}}}",
    "sources": "{{{{ source_list() }}}}",
    "glossary": "{{{{ glossary() }}}}",
    "people": "{{{{ names_list() }}}}",
    "fact-check": "{{{{ verdict_counts() }}}}\n\n{{{{ all_claims() }}}}",
    "timeline": "{{{{ timeline() }}}}",
    "changes": "{{{{ changes_list() }}}}\n\n{{{{ feeds_list() }}}}",
    "reuse": "## Cite {{ #cite }}\n\n{{{{ citation() }}}}\n\n{{{{ downloads_list() }}}}\n\n{{{{ series_list() }}}}\n\n{{{{ contact() }}}}",
    "water": '{{{{ fact_table(topic="water") }}}}\n\n{{{{ key_figures(["hostile_one"]) }}}}\n\n{{{{ claims_table(section="water") }}}}\n\n'
    '{{{{ events_table(section="water") }}}}\n\n{{{{ forecasts_table() }}}}\n\n{{{{ scorecard() }}}}\n\n{{{{ risk_register() }}}}\n\n'
    "{{{{ checks_table() }}}}\n\n{figures}\n\n{{{{ section_sources() }}}}",
}


def write_page(root: Path, writer: Writer, page: str, code: str, figures: str, texts: Sequence[str]) -> None:
    """A page of one language whose head is hostile, by what is typed in it and by what data say in it."""
    title, description, author = (
        writer.text("page", key, code, text=text) for key, text in zip(("title", "description", "author"), texts, strict=True)
    )
    head = {"title": f"{title} {{{{ name('hostile_one') }}}}", "description": description, "author": author}
    body = PAGES[page].format(
        name='{{ name("hostile_one") }}',
        label='{{ fact_label("hostile_one") }}',
        term='{{ term("hostile_one") }}',
        figures=figures,
    )
    lines = "".join(f"{key}: {json.dumps(text, ensure_ascii=False)}\n" for key, text in head.items())
    file = root / f"templates/pages/{page}.{code}.md.j2"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"---\n{lines}---\n# {page} {{ #top }}\n\n{body}\n", encoding="utf-8")


def hostile_words(writer: Writer) -> dict[str, dict[str, str]]:
    """Every interface word of the flagship and of the good project, each with a hostile text behind it."""
    known = {
        **yaml.safe_load((FLAGSHIP / "data/words.yml").read_text(encoding="utf-8")),
        **yaml.safe_load((GOOD / "data/words.yml").read_text(encoding="utf-8")),
    }
    meant = {*PATTERN_WORDS, "cite.list", "theme.language", "theme.search"}
    return {
        key: {code: texts["en"] if key in meant else f"{texts['en']} {writer.text('word', key, code)}" for code in LANGUAGES}
        for key, texts in known.items()
    }


def write_project(root: Path, writer: Writer) -> None:
    """The good project with a hostile text in every text field, the flagship's outputs."""
    shutil.copytree(GOOD, root)
    shutil.copytree(FLAGSHIP / "docs", root / "docs", dirs_exist_ok=True)
    shutil.copy(FLAGSHIP / "mkdocs.yml", root)
    data: dict[str, Any] = {
        **{
            kind: {"hostile_one": writer.entry(record)}
            for kind, record in SINGLE_FILES.items()
            if kind not in ("units", "series")
        },
        "facts/water": {
            "hostile_one": writer.entry(FACT_RECORD, evidence=[writer.entry(EVIDENCE_ITEM)], history=[writer.entry(CHANGE)]),
            "hostile_two": writer.entry(
                FACT_RECORD,
                status="forecast",
                evidence=[writer.entry(EVIDENCE_ITEM)],
                history=None,
                rivals=None,
                preferred_because=None,
                forecast=writer.value(FACT_RECORD.fields["forecast"].validator, "fact", "forecast"),
            ),
        },
        "claims/water": {"hostile_one": writer.entry(CLAIM)},
    }
    data["facts/water"]["hostile_two"]["forecast"] |= {"due": "2026-06", "resolution": "open", "outcome": None}
    series = yaml.safe_load((root / "data/series.yml").read_text(encoding="utf-8"))
    series["levels"] |= writer.entry(SINGLE_FILES["series"], columns={"area": writer.entry(COLUMN, unit="m2")}, sources=None)
    series["outcomes"] = {
        **series["levels"],
        "label": {"en": "Area and outcome", "de": "Fläche und Ergebnis"},
        "columns": {"area": {"label": {"en": "Area", "de": "Fläche"}, "unit": "m2"}},
    }
    series["outcomes"].pop("note", None)
    series["parts"] = {**series["outcomes"], "columns": {"area": {"label": {"en": "Area", "de": "Fläche"}, "unit": "m2"}}}
    (root / "data/series/parts.csv").write_text(
        "year,area,status,source\n2022,10e6,,survey\n2023,15e6,,survey\n2024,20e6,forecast,survey\n2025,25e6,forecast,survey\n",
        encoding="utf-8",
    )
    (root / "data/series/outcomes.csv").write_text(
        "year,area,actual,source\n2024,20e6..24e6,,survey\n2025,25e6,true,survey\n", encoding="utf-8"
    )
    for file, entries in data.items():
        path = root / f"data/{file}.yml"
        before = yaml.safe_load(path.read_text(encoding="utf-8")) if path.is_file() else {}
        write_yaml(path, {**before, **entries})
    write_yaml(root / "data/series.yml", series)
    drawn = charts(writer)
    write_yaml(root / "data/charts/water.yml", drawn)
    write_yaml(root / "data/words.yml", hostile_words(writer))
    report = yaml.safe_load((root / "data/report.yml").read_text(encoding="utf-8"))
    texts = writer.entry(
        REPORT,
        **dict.fromkeys(
            ("site_url", "languages", "as_of", "pages", "sections", "places", "review", "licence", "outputs", "limits")
        ),
    )
    writer.fields |= {("language", "name"), ("licence", "title"), ("report", "places")}
    report |= texts | {
        "languages": {
            code: {"name": writer.text("language", "name", code), "locale": f"{code}-{place}"}
            for code, place in zip(LANGUAGES, ("US", "DE"), strict=True)
        },
        "licence": {"id": "MIT", "title": writer.text("licence", "title"), "url": "https://licence.example/"},
        "places": {"1": {code: writer.text("report", "places", code) for code in LANGUAGES}},
        "pages": list(PAGES),
        "outputs": list(OUTPUTS),
    }
    write_yaml(root / "data/report.yml", report)
    figures = "\n\n".join([*(f'{{{{ figure("{chart}") }}}}' for chart in drawn), '{{ figure("trend", "line") }}'])
    for page in PAGES:
        texts_of_head = [next(writer.texts) for _ in range(3)]  # the same in all languages, which have the same links
        for code in LANGUAGES:
            write_page(root, writer, page, code, figures, texts_of_head)


def write_yaml(path: Path, content: object) -> None:
    """A file of data; JSON is YAML."""

    def plain(value: object) -> object:
        if isinstance(value, dict):
            return {str(key): plain(one) for key, one in value.items() if one is not None}
        if isinstance(value, list):
            return [plain(one) for one in value]
        return value if isinstance(value, str | bool | int | float) else str(value)

    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(plain(content), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


@pytest.fixture(scope="module")
def writer() -> Writer:
    """What is written where."""
    return Writer()


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, writer: Writer) -> Path:
    """The hostile project, in which `check` finds nothing."""
    root = tmp_path_factory.mktemp("hostile") / "project"
    write_project(root, writer)
    checked = run(root, "check", "--format", "concise", "--language", "en")
    assert checked.stdout + checked.stderr == "no findings\n"
    return root


@pytest.fixture(scope="module", params=[name for name, engine in ENGINES.items() if engine.installed])
def site(project: Path, request: pytest.FixtureRequest) -> Path:
    """Its site, as each engine makes it."""
    built = run(project, "build", "--jobs", "1", "--format", "concise", "--engine", str(request.param), seconds=300)
    assert built.status == 0, built.stderr[-3000:]
    return project / "site"


def pages(site: Path) -> list[str]:
    """Every page of a site, by its path."""
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))


def test_there_are_texts_enough() -> None:
    assert len(TEXTS) >= 75
    assert len(dict(TEXTS)) == len({kind for kind, _ in TEXTS})


def test_every_text_field_is_attacked(project: Path, writer: Writer) -> None:
    assert project.is_dir()
    records = (REPORT, FACT_RECORD, CLAIM, CHART, *SINGLE_FILES.values())
    wanted = {field for record in records for field in text_fields(record, record.what)}
    assert wanted <= writer.fields
    assert {text for _, text in writer.written.values()} == {text for _, text in TEXTS}


# All that a page says: its texts, without those of scripts, and the values of all attributes.
READ = """within => {
  const said = [document.title];
  for (const part of document.querySelectorAll(within)) {
    for (const node of [part, ...part.querySelectorAll("*")])
      for (const attribute of node.attributes) // an address may hold texts, as those of a form that is filled in
        said.push(attribute.name === "href" ? decodeURIComponent(attribute.value) : attribute.value);
    const copy = part.cloneNode(true);
    for (const hidden of copy.querySelectorAll("script, style")) hidden.remove();
    for (const code of copy.querySelectorAll("#share code")) { // of a frame: its title is what it says where it is pasted
      said.push(new DOMParser().parseFromString(code.textContent, "text/html").querySelector("iframe").title);
      code.remove();
    }
    said.push(copy.textContent);
  }
  return said;
}"""


def joined(text: str) -> str:
    """A text without what charts add where they break a line: a space, or a hyphen within a word."""
    return "".join(text.split()).replace("-", "")


@dataclass
class Reader:
    """A browser that reads pages, and remembers what ran, what was asked of other hosts, and each marked text that it saw."""

    address: str
    policy: bool
    ran: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    shown: dict[str, set[str]] = field(default_factory=dict)

    def open(self, browser: Browser, paths: Sequence[str]) -> None:
        """Read pages of the site."""
        context = browser.new_context()
        context.expose_function("ran", lambda: self.ran.append("ran"))
        context.route("**/*", self._answer)
        page = context.new_page()
        page.on("dialog", self._dismiss)
        for path in paths:
            page.goto(f"{self.address}/{path}", wait_until="load")
            self._read(page)
        page.goto(f"{self.address}/en/water/", wait_until="load")
        page.locator('article a.fl-n[data-fact="hostile_one"]').first.hover()
        expect(page.locator("#fl-tip")).to_be_visible()
        page.keyboard.press("/")
        box = page.locator(".md-search__input")  # which only one of the themes has before it is asked for
        for question in ("ran", "evil", "script", "javascript") if box.count() else ():
            box.fill(question)
            expect(page.locator(".md-search-result__link").first).to_be_visible()
            self._read(page, "#fl-tip, .md-search-result")
        context.close()

    def _read(self, page: Page, within: str = "html") -> None:
        for said in page.evaluate(READ, within):
            for mark, text in WHERE.findall(said.replace("-", "")):  # a narrow chart may break a line within a mark, too
                if "…" not in text:  # a result of search shows only parts
                    self.shown.setdefault(mark, set()).add(joined(text))

    def _dismiss(self, dialog: Dialog) -> None:
        self.ran.append(dialog.message)
        dialog.dismiss()

    def _answer(self, route: Route) -> None:
        if not route.request.url.startswith((self.address, "data:")):
            self.foreign.append(route.request.url)
            route.abort()
        elif route.request.resource_type != "document":
            route.continue_()
        else:
            response = route.fetch()
            html = response.text().replace(OWN_REFRESH, "")
            route.fulfill(response=response, body=html if self.policy else POLICY.sub("", html))


@pytest.mark.parametrize("policy", [True, False], ids=["with the policy", "without the policy"])
def test_nothing_runs_and_texts_stand_as_written(site: Path, writer: Writer, browser: Browser, *, policy: bool) -> None:
    for address in serve(site):
        reader = Reader(address, policy)
        reader.open(browser, pages(site))
    assert (reader.ran, reader.foreign) == ([], [])
    wrong = {
        (*writer.written[mark], text)
        for mark, texts in reader.shown.items()
        for text in texts - {joined(writer.written[mark][1])}
    }
    assert wrong == set()
    seen = {writer.written[mark][0] for mark in reader.shown}
    assert {" ".join(field) for field in writer.fields} - seen == UNSEEN
