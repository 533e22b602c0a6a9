"""A chart as it was drawn: kept from build to build, and read without anything that draws."""

from __future__ import annotations

from ..records.struct import Struct
from .table_cells import Table


class Drawing(Struct, frozen=True, kw_only=True):
    """A chart in one language and width: SVG to stand in a page, the same as an SVG file, its text alternative and table."""

    svg: str
    standalone: str
    alt: str
    table: Table
