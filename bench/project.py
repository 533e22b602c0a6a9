"""The workload as a Factloom project: data/, templates/ and mkdocs.yml, made of this repository's own theme and words.

`lean` has what the other tools make too: pages with text, table and chart, navigation and search. `full` has all that Factloom
adds: a page per fact, cards, lists of facts and sources, and every file to take away.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import yaml

from bench.workload import LANGUAGES, PER_FILE, PER_SECTION, SIZES, Fact, Page, Workload, letters, make_workload, source_name

Item = TypeVar("Item")
HOME = Path(__file__).resolve().parent.parent
_FACT_TABLE = """\
{% from "parts/_shared.html.j2" import tag with context %}
{% macro fact_table(facts, caption="") -%}
<table>
<thead><tr>
{%- for one in ("fact", "value", "sources", "when") %}<th scope="col">{{ t("col_" ~ one) }}</th>{% endfor %}</tr></thead>
<tbody>
{%- for fact in facts %}
<tr><th scope="row">{{ fact.label }}</th><td>{{ fact.value_html }}</td><td>{{ fact.evidence[0].source.publisher }}</td>
<td>{{ fact.as_of }}</td></tr>
{%- endfor %}
</tbody>
</table>
{%- endmacro %}
"""
_FIGURE = """\
{% macro figure(chart) -%}
<figure id="{{ chart.anchor }}">
<div class="fl-chart" data-chart="{{ chart.id }}"><img src="{{ chart.src }}" alt="{{ chart.alt }}" loading="lazy"></div>
<figcaption>{{ chart.title_html }}</figcaption>
</figure>
{%- endmacro %}
"""
_LISTS = {
    "facts": ("すべての事実", "All facts", "all_facts"),
    "sources": ("すべての出典", "All sources", "source_list"),
}


def write_project(root: Path, workload: Workload, *, full: bool = False) -> None:
    """Write the whole project into a folder of its own."""
    for page in workload.pages:
        for code in LANGUAGES:
            _write(root / f"templates/pages/{page.name}.{code}.md.j2", _page(page, code))
    for name in ("index", *(_LISTS if full else ())):
        for code in LANGUAGES:
            _write(root / f"templates/pages/{name}.{code}.md.j2", _front_page(name, code))
    _write_theme(root, full=full)
    for number, facts in enumerate(_shares(list(workload.facts.values()), PER_FILE)):
        _write(root / f"data/facts/{_topic(number)}.yml", "\n".join(_fact(one) for one in facts))
    for number, pages in enumerate(_shares(workload.pages, PER_SECTION)):
        _write(root / f"data/charts/{_topic(number)}.yml", "\n".join(_chart(one) for one in pages))
    _write(root / "data/report.yml", _report(workload, full=full))
    _write(root / "data/units.yml", _units(workload))
    _write(root / "data/sources.yml", _sources(workload))
    _write(root / "data/words.yml", _words(workload))


def set_fact(root: Path, workload: Workload, fact: str) -> None:
    """Write the file that holds a fact anew: what an editor saves after changing its value."""
    every = list(workload.facts)
    number = every.index(fact) // PER_FILE
    share = every[number * PER_FILE : (number + 1) * PER_FILE]
    _write(root / f"data/facts/{_topic(number)}.yml", "\n".join(_fact(workload.facts[one]) for one in share))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _shares(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    return (items[start : start + size] for start in range(0, len(items), size))


def _topic(number: int) -> str:
    return f"group_{letters(number).lower()}"


def _texts(texts: dict[str, str]) -> str:
    return json.dumps(texts, ensure_ascii=False)


# --- templates --------------------------------------------------------------------------------


def _page(page: Page, code: str) -> str:
    title = page.title[code]
    head = f"---\ntitle: {title}\ndescription: {title}\n---\n\n# {title}\n\n"
    facts = json.dumps([one.id for one in page.facts])
    calls = {
        "fact": '{{{{ fact("{}") }}}}',
        "table": f"{{{{ fact_table({facts}) }}}}",
        "chart": f'{{{{ figure("{page.chart}") }}}}',
        "anchor": " {{ #{} }}",
    }
    return head + page.body(code, **calls)


def _front_page(name: str, code: str) -> str:
    at = LANGUAGES.index(code)
    title = _LISTS[name][at] if name in _LISTS else ("報告", "Report")[at]
    call = f"{{{{ {_LISTS[name][2]}() }}}}\n" if name in _LISTS else ""
    return f"---\ntitle: {title}\ndescription: {title}\n---\n\n# {title}\n\n{call}"


def _write_theme(root: Path, *, full: bool) -> None:
    shutil.copytree(HOME / "docs/assets", root / "docs/assets", dirs_exist_ok=True)
    if not full:
        _write(root / "templates/parts/fact_table.html.j2", _FACT_TABLE)
        _write(root / "templates/parts/figure.html.j2", _FIGURE)
    shutil.copyfile(HOME / "mkdocs.yml", root / "mkdocs.yml")


# --- data -------------------------------------------------------------------------------------


def _fact(fact: Fact) -> str:
    return (
        f"{fact.id}:\n"
        f"  label: {{ja: {fact.label['ja']}, en: {fact.label['en']}}}\n"
        f"  value: {fact.value}\n"
        f"  unit: {fact.unit}\n"
        f"  as_of: {fact.day.isoformat()}\n"
        f"  status: observed\n"
        f"  review: durable\n"
        f"  evidence:\n"
        f"    - {{source: {fact.source}, at: {{ja: 表, en: table}}}}\n"
    )


def _chart(page: Page) -> str:
    facts = ", ".join(one.id for one in page.facts)
    title = _texts({"ja": f"{page.title['ja']}の値", "en": f"Values of {page.title['en']}"})
    return f"{page.chart}:\n  mark: bars\n  title: {title}\n  order: given\n  rows: [{facts}]\n"


def _report(workload: Workload, *, full: bool) -> str:
    pages = ["index", *(_LISTS if full else ()), *(one.name for one in workload.pages)]
    return (
        "title: {ja: 報告, en: Report}\n"
        "subtitle: {ja: 地域の統計, en: Regional statistics}\n"
        "description: {ja: 地域の統計, en: Regional statistics}\n"
        "publisher: {ja: 統計室, en: Statistics Office}\n"
        "site_url: https://report.example/\n"
        "languages:\n"
        "  ja: {name: 日本語, locale: ja-JP}\n"
        "  en: {name: English, locale: en-US}\n"
        "as_of: 2026-01-01\n"
        "sections: [index]\n"
        f"{'' if full else 'outputs: []'}\n"
        "pages:\n"
    ) + "".join(f"  - {one}\n" for one in pages)


def _units(workload: Workload) -> str:
    found = {one.unit: one.unit_text for one in workload.facts.values()}
    return "".join(
        f"{key}:\n  dimension: {{{key}: 1}}\n  compact: false\n  ladder:\n    - from: 1\n      pattern:"
        f' {{ja: {{other: "{{0}}{text["ja"]}"}}, en: {{other: "{{0}} {text["en"]}"}}}}\n'
        for key, text in found.items()
    )


def _sources(workload: Workload) -> str:
    return "".join(
        f"{one}:\n  publisher: {source_name(one)}\n  title: {source_name(one)}\n  date: 2025\n"
        f"  url: https://example.com/source\n  language: en\n  read: full\n  independent: true\n"
        for one in sorted({fact.source for fact in workload.facts.values()})
    )


def _words(workload: Workload) -> str:
    own = yaml.safe_load((HOME / "data/words.yml").read_text(encoding="utf-8"))
    kept = {key: texts for key, texts in own.items() if not key.startswith("topic.")}
    groups = range(-(-max(len(workload.facts), len(workload.pages)) // PER_SECTION))
    kept |= {f"topic.{_topic(one)}": {"ja": f"統計 {letters(one)}", "en": f"Statistics {letters(one)}"} for one in groups}
    kept["topic.index"] = {"ja": "報告", "en": "Report"}
    return "".join(f"{key}: {_texts(texts)}\n" for key, texts in kept.items())


def main() -> None:
    """Make the project of a size to look at: python -m bench.project L FOLDER [--full]."""
    size, folder, *more = sys.argv[1:]
    write_project(Path(folder), make_workload(SIZES[size]), full="--full" in more)


if __name__ == "__main__":
    main()
