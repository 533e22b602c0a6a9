"""Makes files for download and for other programs from an edition: data, feeds, embeds, images, print edition.

Modules for other rooms:
    api: facts as JSON files
    feeds: Atom and JSON Feed
    markdown_twins: each page as Markdown
    data_package: the Data Package and its zip
    embeds: charts for iframes on other sites
    chart_tables: the tables of charts to take away
    tables: the edition as tables
    table_cells: their columns, rows and cells
    series_tables: the table of a series
    workbook: all tables for spreadsheets
    workbook_rows: the rows of its sheets
    zip_parts: files and zips joined from parts
    search: the search index
    image_texts: the texts of PNG images besides what a chart draws
    images: scenes of PNG images
    print_edition: the whole report as one page
"""

__all__ = [
    "api",
    "chart_tables",
    "data_package",
    "embeds",
    "feeds",
    "image_texts",
    "images",
    "markdown_twins",
    "print_edition",
    "search",
    "series_tables",
    "table_cells",
    "tables",
    "workbook",
    "workbook_rows",
    "zip_parts",
]
