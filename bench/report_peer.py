"""The report with another tool: MkDocs with Material, macros, static-i18n, rss and print-site, and a hook that draws.

It has the same pages in both languages, every number of a fact a call of a macro, a page for each fact, charts as SVG and
PNG by matplotlib, feeds, a print page and facts.json. It leaves out what no plugin makes: cards at numbers, the working and
the history of values, citations, workbooks and tables, pages as Markdown, embeds, search by kinds, and every proof. Charts
are plain bars of the same rows. Social cards are left out: their plugin fetches a font while it builds.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from bench import peers
from bench.tools import Peer
from bench.workload import LANGUAGES

_NUMBER = re.compile(r'<a class="fl-n"[^>]* data-fact="(\w+)"[^>]*>.*?</a>')
_FIGURE = re.compile(r'<figure class="fl-figure" id="fig-(\w+)">.*?</figure>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class ReportMacros(Peer):
    """MkDocs and plugins on the report that Factloom has built in the folder `built`."""

    built: Path = Path()
    name: ClassVar[str] = "MkDocs + plugins + matplotlib"
    made: ClassVar[tuple[str, ...]] = ("site", ".chartcache", "docs/charts", "__pycache__")
    program: ClassVar[str] = "mk/bin/mkdocs"

    def write(self) -> None:
        """Pages that call macros, facts and rows of charts, and the hook."""
        self.write_files(peers.REPORT)
        facts = {code: self._facts(code) for code in LANGUAGES}
        (self.root / "data").mkdir(exist_ok=True)
        for code in LANGUAGES:
            shutil.copytree(self.built / f"build/docs/{code}/assets", self.root / f"docs/{code}/assets", dirs_exist_ok=True)
            for page in sorted((self.built / f"build/docs/{code}").glob("*.md")):
                text = page.read_text(encoding="utf-8")
                (self.root / f"docs/{code}/{page.name}").write_text(_with_calls(text), encoding="utf-8")
            (self.root / f"docs/{code}/facts").mkdir(exist_ok=True)
            for key, fact in facts[code].items():
                text = f'# {fact["words"]["label"]}\n\n{{{{ fact_page("{key}") }}}}\n'
                (self.root / f"docs/{code}/facts/{key}.md").write_text(text, encoding="utf-8")
        data = {
            key: {
                "value": float(one["value"].get("high") or one["value"].get("low") or 0),
                "unit": one["unit"],
                "words": {code: facts[code][key]["words"] for code in LANGUAGES},
                "sources": one["sources"],
            }
            for key, one in facts[LANGUAGES[0]].items()
        }
        (self.root / "data/facts.yaml").write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
        charts = {code: dict(self._charts(code)) for code in LANGUAGES}
        (self.root / "data/charts.json").write_text(json.dumps(charts, ensure_ascii=False), encoding="utf-8")

    def command(self) -> Sequence[str]:
        """`mkdocs build`."""
        return (str(self.home / self.program), "build", "-q")

    def fact_page(self, fact: str) -> str:
        """The page of a fact in the default language, as it was built."""
        return (self.root / f"site/facts/{fact}/index.html").read_text(encoding="utf-8")

    def change(self, fact: str) -> None:
        """Save another value of a fact, which its rounding does not hide."""
        path = self.root / "data/facts.yaml"
        data = json.loads(path.read_text(encoding="utf-8"))
        data[fact]["value"] = data[fact]["value"] * 2 + 1
        path.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")

    def _facts(self, code: str) -> dict[str, dict[str, Any]]:
        found = json.loads((self.built / f"site/{code}/facts.json").read_text(encoding="utf-8"))
        return {one["id"]: one for one in found["facts"]}

    def _charts(self, code: str) -> Iterator[tuple[str, list[tuple[str, float]]]]:
        """The rows of each chart: label, and the first number that is written as one."""
        for path in sorted((self.built / f"site/{code}/charts").glob("*.csv")):
            with path.open(encoding="utf-8-sig", newline="") as file:
                rows = list(csv.reader(file))[1:]
            yield path.stem, [(row[0], next((float(cell) for cell in row[1:] if _is_number(cell)), 0.0)) for row in rows]


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", text) is not None


def _with_calls(text: str) -> str:
    text = _FIGURE.sub(r"![\1](charts/\1.svg)", text)
    return _NUMBER.sub(r'{{ fact("\1") }}', text)
