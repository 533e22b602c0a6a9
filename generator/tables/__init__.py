"""Tables as statistics offices, filings and newsrooms publish them become rows of cells in the notation of this project.

Modules for other rooms:
    encodings: bytes as text: recognised where certain, else refused with the command that converts them
    grid: delimited text as cells with places
    dates: periods as tables write them
    description: how a publisher wrote a table, as data/series.yml says it
    likely_columns: the columns of a table that nobody described
    likely_notation: how its numbers are likely to be written
    proposal: how a table that nobody described is likely to be written
    workbooks: spreadsheets and JSON as grids
    layout: a grid and its description as the rows of a series
    written_numbers: values as a published table writes them
"""

__all__ = [
    "dates",
    "description",
    "encodings",
    "grid",
    "layout",
    "likely_columns",
    "likely_notation",
    "proposal",
    "workbooks",
    "written_numbers",
]
