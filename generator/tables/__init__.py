"""Tables as statistics offices, filings and newsrooms publish them become rows of cells in the notation of this project.

Modules for other rooms:
    encodings: bytes as text: recognised where certain, else refused with the command that converts them
    grid: delimited text as cells with places
    description: how a publisher wrote a table, as data/series.yml says it
    layout: a grid and its description as the rows of a series
"""

__all__ = ["description", "encodings", "grid", "layout"]
