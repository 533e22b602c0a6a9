"""Each chart as an HTML page for an iframe on another site: without scripts and third-party requests.

It follows the reader's colour scheme; an address that ends in #light or #dark keeps to that one.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from ..charts.drawn import Drawing
from ..charts.sources import publisher_names
from ..charts.svg_links import with_links
from ..charts.theme import COLOURS, CSS_PREFIX, FONTS, FORCED_COLOURS
from ..model import addresses
from ..model.report import Chart
from ..pages.line_breaks import whole_names
from ..pages.open_graph import LinkPreview, tags
from ..pages.rich_text import unlinked_html
from ..wording import citations
from ..wording.language_names import html_language
from ..wording.texts import Texts
from . import sharing
from .image_texts import chart_lines, source_heading

STYLE = "embed/embed.css"
# Inline styles are harmless where no script runs; accessibility tools set some.
_POLICY = "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self'; base-uri 'none'; form-action 'none'"


def style() -> str:
    """The style sheet of all these pages, with the colours of charts in both schemes."""
    colours = "".join(f"{CSS_PREFIX}{name}:light-dark({colour.light},{colour.dark});" for name, colour in COLOURS.items())
    forced_colours = "".join(f"{CSS_PREFIX}{name}:{colour};" for name, colour in FORCED_COLOURS.items())
    return (
        f":root{{color-scheme:light dark;{colours}}}\n@media(forced-colors:active){{:root{{{forced_colours}}}}}\n"
        ":root:has(#light:target){color-scheme:light}\n:root:has(#dark:target){color-scheme:dark}\n"
        f"body{{margin:0;background:var({CSS_PREFIX}paper);color:var({CSS_PREFIX}ink);font:.875rem/1.55 {FONTS}}}\n"
        "main{max-width:45rem;margin:0 auto;padding:.75rem}\n"
        "h1{margin:0 0 .5rem;font-size:1.0625rem;line-height:1.4;text-wrap:balance}\n"
        f"p{{margin:.4rem 0 0;font-size:.8125rem;color:var({CSS_PREFIX}muted);overflow-wrap:anywhere;text-wrap:pretty}}\n"
        ":is(h1,p):lang(ja){word-break:auto-phrase}\n.fl-n,.fl-whole{white-space:nowrap}\n.fl-name{display:inline-block}\nwbr{display:none}\n"
        f"a{{color:var({CSS_PREFIX}ink)}}\n"
        "nav a{display:inline-block;min-height:1.5rem;margin-inline-end:1rem}\n"
        "svg{display:block;width:100%;height:auto;margin-top:.625rem}\n.fl-svg--narrow{display:none}\n"
        f"@media(max-width:30rem){{.fl-svg--wide{{display:none}}.fl-svg--narrow{{display:block;max-width:{sharing.NARROW:g}px}}}}\n"
        + sharing.style()
    )


def page(chart: Chart, texts: Texts, widths: Mapping[str, Drawing], first_page: str) -> str:
    """The page of a chart in one language; `widths` are its drawings, `first_page` is the first page with it."""
    report, code, here = texts.edition.report, texts.language.code, addresses.embed(chart.id, texts.language.code)
    title, sources, _ = chart_lines(chart, texts)
    report_url = f"{code}/{addresses.page(first_page)}#fig-{chart.id}"
    preview = LinkPreview(
        title=title,
        description=widths["wide"].alt,
        address=addresses.absolute(report.site_url, here),
        image=addresses.absolute(report.site_url, addresses.chart(chart.id, "png"), code),
    )
    around = [texts.fill(text) if text else "" for text in (chart.measure, chart.note)]
    measure, note = (f"<p>{unlinked_html(texts, text)}</p>\n" if text else "" for text in (chart.measure, chart.note))
    source_line = f"<p>{_source_words(chart, texts)}</p>\n" if sources else ""
    folder = addresses.relative(addresses.in_language("", code), here)
    reference = citations.report_reference(texts)
    whole = [name.replace(" ", "\u00a0") for name in publisher_names(chart, texts)]
    measured = source_heading(texts, count=len(whole)).replace("{1}", texts.language.word("cite.list").join(whole))
    height = sharing.frame_height(title, [*filter(None, around), *([measured] if sources else [])], widths)
    share = sharing.section(chart, texts, height, preview.address, addresses.absolute(report.site_url, report_url))
    translations = "".join(
        f'<link rel="alternate" hreflang="{language.code}"'
        f' href="{escape(addresses.absolute(report.site_url, addresses.embed(chart.id, language.code)))}">\n'
        for language in report.languages
        if language.code in chart.title.texts
    )
    others = "".join(
        f' <a href="{addresses.relative(addresses.embed(chart.id, other.code), here)}"'
        f' hreflang="{other.code}" lang="{other.code}">'
        f"{escape(other.name, quote=False)}</a>"
        for other in report.languages
        if other.code != code
    )
    return (
        f'<!doctype html>\n<html {html_language(code)}>\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(title)} - {escape(reference.title)}</title>\n"
        f'<meta name="description" content="{escape(preview.description)}">\n'
        f'<link rel="canonical" href="{escape(preview.address)}">\n{translations}{tags(texts, preview)}'
        f'<link rel="icon" href="{addresses.relative(f"{code}/assets/favicon.svg", here)}">\n'
        f'<link rel="stylesheet" href="{addresses.relative(STYLE, here)}">\n</head>\n'
        f'<body id="light">\n<main id="dark">\n<h1>{unlinked_html(texts, chart.title)}</h1>\n{measure}'
        f"{with_links(widths['wide'].svg + widths['narrow'].svg, folder, target='_top')}\n{note}{source_line}"
        f'<nav><p><a href="{addresses.relative(report_url, here)}" target="_top">{escape(reference.publisher, quote=False)}:'
        f" {escape(reference.title, quote=False)}</a>{others}</p></nav>\n{share}</main>\n</body>\n</html>\n"
    )


def _source_words(chart: Chart, texts: Texts) -> str:
    """The publishers of a chart's sources as HTML: a line breaks within none of their names unless it is longer itself."""
    names = publisher_names(chart, texts)
    before, after = (escape(part, quote=False) for part in source_heading(texts, count=len(names)).split("{1}"))
    return f"{before}{whole_names(names, texts.language.word('cite.list'))}{after}"
