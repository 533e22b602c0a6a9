"""An Edition becomes files: pages and charts per language, made over a pool of processes and written where they differ."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from generator import addresses, model
from generator.charts import Drawing, draw_chart
from generator.dossiers import CARDS, make_dossiers, shell
from generator.pages import Page, PageError, Pages, Templates
from generator.texts import Texts
from generator.translations import Stale

WIDTHS = ("wide", "narrow")
Drawn = Mapping[str, Mapping[str, Drawing]]  # chart id -> width -> drawing


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """One language's pages and charts, before the engine."""

    language: str
    pages: tuple[Page, ...]
    drawn: Drawn
    facts: tuple[Page, ...] = ()  # the page of each fact; its text is finished HTML
    cards: str = ""  # a script with the card of each fact


def render_all(
    root: Path, edition: model.Edition, *, jobs: int, stale: Sequence[Stale] = ()
) -> tuple[list[Rendered], list[PageError]]:
    """Draw every chart and render every page in every language."""
    drawn = _draw_all(edition, jobs)
    rendered: list[Rendered] = []
    mistakes: list[PageError] = []
    for language in edition.report.languages:
        own = drawn[language.code]
        pages = Pages(Templates(root, stale), Texts(edition, language), lambda chart, _texts, own=own: own[chart.id]["wide"])
        made: list[Page] = []
        for name in edition.report.pages:
            try:
                made.append(pages.render(name))
            except PageError as error:
                mistakes.append(error)
        told = make_dossiers(pages, made)
        rendered.append(Rendered(language=language.code, pages=tuple(made), drawn=own, facts=told.pages, cards=told.cards))
    return rendered, mistakes


def write_rendered(root: Path, rendered: Rendered) -> int:
    """Write one language's tree below build/docs/ and give the number of files written.

    Files that stay the same are not touched, left-overs go.
    """
    folder = root / "build/docs" / rendered.language
    wanted: dict[Path, bytes] = {}
    for page in rendered.pages:
        wanted[folder / f"{page.name}.md"] = page.markdown.encode()
    if rendered.facts:
        wanted[folder / f"{addresses.SHELL.rstrip('/')}.md"] = shell().encode()
        wanted[folder / CARDS] = rendered.cards.encode()
    for key, widths in rendered.drawn.items():
        wanted[folder / f"charts/{key}.svg"] = widths["wide"].standalone.encode()
        wanted[folder / f"charts/{key}.csv"] = chart_csv(widths["wide"]).encode()
    for path in sorted((root / "docs").rglob("*")):
        if path.is_file():
            wanted[folder / path.relative_to(root / "docs")] = path.read_bytes()
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_file() and path not in wanted:
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()
    return sum(_write(path, content) for path, content in wanted.items())


def _write(path: Path, content: bytes) -> bool:
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return True


def chart_csv(drawing: Drawing) -> str:
    """The chart's table as a file: what is drawn, in the words of the language."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(drawing.table.columns)
    writer.writerows([cell.text for cell in row] for row in drawing.table.rows)
    return out.getvalue()


def _draw_all(edition: model.Edition, jobs: int) -> dict[str, dict[str, dict[str, Drawing]]]:
    codes = [language.code for language in edition.report.languages]
    tasks = [(code, key) for code in codes for key in edition.charts]
    found: dict[str, dict[str, dict[str, Drawing]]] = {code: {} for code in codes}
    share = [tasks[start::jobs] for start in range(jobs)]
    if jobs == 1:
        results = [_draw_share(edition, share[0])]
    else:
        with ProcessPoolExecutor(max_workers=jobs) as pool:
            results = list(pool.map(_draw_share, [edition] * jobs, share))
    for result in results:
        for (code, key), drawings in result:
            found[code][key] = drawings
    return {code: {key: found[code][key] for key in edition.charts} for code in codes}


def _draw_share(edition: model.Edition, tasks: Sequence[tuple[str, str]]) -> list[tuple[tuple[str, str], dict[str, Drawing]]]:
    languages = {language.code: language for language in edition.report.languages}
    return [
        (
            (code, key),
            {width: draw_chart(edition.charts[key], edition, Texts(edition, languages[code]), width=width) for width in WIDTHS},
        )
        for code, key in tasks
    ]


def clear(folder: Path) -> None:
    """Remove what an earlier build left in a folder of build/."""
    shutil.rmtree(folder, ignore_errors=True)
