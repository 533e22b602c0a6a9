"""What one chart costs in one process, once everything is loaded: python -m bench.charts PROJECT prints it as JSON."""

from __future__ import annotations

import json
import statistics
import sys
import time
from pathlib import Path

from generator.charts.drawing import draw_chart
from generator.checks.project_check import check_project
from generator.wording.texts import Texts

_MOST = 60


def main(root: Path) -> None:
    """Draw charts one after the other, wide, and say the median of their milliseconds and bytes."""
    edition = check_project(root).edition
    if edition is None:
        sys.exit("the project cannot be read")
    tasks = [(chart, language) for chart in edition.charts.values() for language in edition.report.languages][:_MOST]
    times, sizes = [], []
    for chart, language in tasks[:1] + tasks:  # the first loads fonts
        texts = Texts(edition, language)
        began = time.perf_counter()
        drawing = draw_chart(chart, edition, texts)
        times.append((time.perf_counter() - began) * 1000)
        sizes.append(len(drawing.standalone.encode()))
    print(json.dumps({"ms": statistics.median(times[1:]), "bytes": statistics.median(sizes[1:]), "charts": len(tasks)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
