"""Draws seconds over pages by the project's own charts: the numbers of a run become a small report, and its chart an SVG."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path

from generator.charts.drawing import draw_chart
from generator.checks.project_check import check_project
from generator.diagnostics.finding import Diagnostic
from generator.model.report import Edition
from generator.wording.texts import Texts

Lines = Mapping[str, Mapping[int, float]]  # name -> pages -> seconds
_REPORT = """\
title: {en: Cost}
subtitle: {en: Cost}
description: {en: Cost}
publisher: {en: Factloom}
site_url: https://report.example/
languages: {en: {name: English, locale: en-US}}
as_of: 2026-01-01
pages: [index]
sections: [index]
"""
_UNITS = "s:\n  dimension: {time: 1}\n  ladder: [{from: 1, icu: second}]\n"
_CHART = "cost:\n  mark: loglog\n  title: {en: Seconds over pages}\n  series: cost\n  columns: [COLUMNS]\n"


def draw(lines: Lines) -> str:
    """The graph as an SVG that stands alone."""
    edition = told(lines)
    return draw_chart(edition.charts["cost"], edition, Texts(edition, edition.report.default)).standalone


def told(lines: Lines) -> Edition:
    """The numbers as a report with one chart."""
    with tempfile.TemporaryDirectory() as folder:
        _write_report(Path(folder), lines)
        checked = check_project(Path(folder))
    if checked.edition is None or checked.errors:
        raise UndrawnError(checked.errors)
    return checked.edition


class UndrawnError(Exception):
    """The report of the numbers has errors: one of ours."""

    def __init__(self, found: tuple[Diagnostic, ...]) -> None:
        """Tell them."""
        super().__init__("\n".join(str(one) for one in found))


def _write_report(root: Path, lines: Lines) -> None:
    names = {f"line_{chr(ord('a') + at)}": name for at, name in enumerate(lines)}
    pages = sorted({size for line in lines.values() for size in line})
    rows = [",".join(["pages", *names])]
    rows += [",".join([str(size), *(f"{line[size]:.2g}" if size in line else "" for line in lines.values())]) for size in pages]
    columns = "".join(f"    {key}: {{unit: s, label: {{en: {json.dumps(name)}}}}}\n" for key, name in names.items())
    files = {
        "data/report.yml": _REPORT,
        "data/units.yml": _UNITS,
        "data/sources.yml": "run:\n  publisher: Bench\n  title: Bench\n  read: full\n",
        "data/series.yml": f"cost:\n  label: {{en: Cost}}\n  key: pages\n  sources: [run]\n  columns:\n{columns}",
        "data/series/cost.csv": "\n".join(rows) + "\n",
        "data/charts/cost.yml": _CHART.replace("COLUMNS", ", ".join(names)),
        "data/words.yml": "topic.index: {en: Cost}\n",
        "templates/pages/index.en.md.j2": '---\ntitle: Cost\ndescription: Cost\n---\n\n# Cost\n\n{{ figure("cost") }}\n',
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
