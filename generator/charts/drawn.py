"""A chart as it was drawn: kept from build to build, and read without anything that draws."""

from __future__ import annotations

from dataclasses import dataclass

from .table_cells import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A chart in one language and width: SVG to stand in a page, the same as an SVG file, its text alternative and table."""

    svg: str
    standalone: str
    alt: str
    table: Table
