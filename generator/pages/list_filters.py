"""The filters above a list of all entries of a kind."""

from __future__ import annotations

from collections.abc import Sequence

from ..wording.icu import localize_digits
from .page import ViewModel
from .render_cache import LazyView


def list_filters(locale: str, views: Sequence[LazyView], *names: str) -> list[ViewModel]:
    """For each field the values that occur and their texts; years descending, entities by text."""
    filters = []
    for name in names:
        texts = {value: view.shown(f"{name}_text", value) for view in views if (value := view.shown(name))}
        options = list(texts.items())
        if name == "year":
            options = [(year, localize_digits(year, locale)) for year in sorted(texts, reverse=True)]
        if name == "entity":
            options.sort(key=lambda option: str(option[1]))
        filters.append(ViewModel(name=name, options=[ViewModel(value=value, text=text) for value, text in options]))
    return filters
