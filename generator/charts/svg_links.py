"""Where the links of a chart's SVG lead from the page that it stands in."""

from __future__ import annotations

FOLDER = "language-folder:/"  # what links begin with until `with_links`


def with_links(svg: str, folder: str, *, here: str = "", target: str = "") -> str:
    """An SVG whose links begin at the folder of a language, a relative URL, and open in a browsing context if one is named.

    A link to the page `here`, an address below that folder, is a fragment or a query.
    """
    named = f'target="{target}" ' if target else ""
    if here:
        for mark in "#?":
            svg = svg.replace(f'href="{FOLDER}{here}{mark}', f'{named}href="{mark}')
    return svg.replace(f'href="{FOLDER}', f'{named}href="{folder}')
