"""What readers need to share a chart: the code of a frame as high as the chart's page is, and how to cite the chart."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from html import escape

from ..charts.drawn import Drawing
from ..charts.sources import publisher_names
from ..model.report import Chart
from ..wording import citations
from ..wording.texts import Texts

SHARE, CITE = "share", "cite"  # anchors of the page of a chart; without one of them, the section is not shown
NARROW = 384.0  # the greatest width at which the narrow drawing stands
_FRAMES = (("narrow", 360.0), ("narrow", 408.0), ("wide", 744.0))  # drawings with widths of frames that are highest with them
_MARGIN = 24.0  # of the page, left and right together, and above and below
_TITLE, _TITLE_LINE = 17.0, 24.0  # font size and height of a line, in pixels
_TEXT, _TEXT_LINE, _TEXT_GAP = 13.0, 20.2, 6.4
_LINKS = 32.0  # the line of links below
_ABOVE_PICTURE = 10.0
_SLACK = 1.04  # for other fonts than the one that is measured
_STEP = 10  # heights are multiples of it
_VIEW_BOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')


def frame_height(title: str, paragraphs: Sequence[str], widths: Mapping[str, Drawing]) -> int:
    """The height in pixels of a frame that shows all of a chart's page, on a phone and in an article."""
    return max(
        _height(title, paragraphs, widths[name].svg, width, most=NARROW if name == "narrow" else width)
        for name, width in _FRAMES
    )


def _height(title: str, paragraphs: Sequence[str], svg: str, frame: float, *, most: float) -> int:
    """The height of the page in a frame of this width, whose picture is at most so wide."""
    from ..charts.text_layout import count_lines  # noqa: PLC0415  most edits change no chart

    found = _VIEW_BOX.search(svg)
    assert found is not None  # noqa: S101  every drawing has one
    inner = frame - _MARGIN
    picture = float(found[2]) / float(found[1]) * min(inner, most)
    lines = sum(count_lines(text, _TEXT * _SLACK, inner) for text in paragraphs)
    words = lines * _TEXT_LINE + len(paragraphs) * _TEXT_GAP
    words += count_lines(title, _TITLE * _SLACK, inner, bold=True) * _TITLE_LINE
    return math.ceil((picture + _ABOVE_PICTURE + words + _MARGIN + _LINKS + 8) / _STEP) * _STEP


def section(chart: Chart, texts: Texts, height: int, address: str, page: str) -> str:
    """The code of a frame, and the citation of a chart whose own page has this address; it stands on a page of the report."""
    word = texts.language.word
    title = texts.fill(chart.title)
    code = f'<iframe src="{escape(address)}" title="{escape(title)}" width="100%" height="{height}" loading="lazy"></iframe>'
    cited = citations.plain(texts, citations.chart_reference(texts, title, page, publisher_names(chart, texts)))
    return (
        f'<section id="{SHARE}">\n<h2>{escape(word("part_embed"), quote=False)}</h2>\n'
        f'<pre tabindex="0"><code>{escape(code, quote=False)}</code></pre>\n'
        f'<h2 id="{CITE}">{escape(word("part_cite_as"), quote=False)}</h2>\n<p>{escape(cited, quote=False)}</p>\n</section>\n'
    )


def style() -> str:
    """The rules of the section in the style sheet of these pages."""
    return (
        f"#{SHARE}{{display:none}}\n#{SHARE}:target,#{SHARE}:has(:target){{display:block}}\n"
        "h2{margin:1rem 0 .3rem;font-size:.875rem}\n"
        "pre{margin:0;padding:.5rem;font-size:.75rem;white-space:pre-wrap;overflow-wrap:anywhere;border:1px solid}\n"
    )
