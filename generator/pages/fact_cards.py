"""The card that opens at a fact's numbers.

Its HTML is the part `card` (templates/parts/card.html.j2); a site's cards are collected in one script (build/site), from which
the report's own script shows them.
"""

from __future__ import annotations

from .minus_signs import with_minus_signs
from .renderer import PageRenderer
from .view_models import ViewModels

PART = "card"


def fact_card(renderer: PageRenderer, key: str) -> str:
    """The HTML of a fact's card; links in it are relative to the language's folder."""
    views = ViewModels(renderer.texts, "index")
    part = renderer.templates.render_part(PART, renderer.texts, views.fact_to_judge(key))
    return with_minus_signs(" ".join(str(part).split()), renderer.texts.language.words)
