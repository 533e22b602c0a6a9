"""Charts: a chart specification becomes SVG and PNG pictures, a text alternative, and a table of its values.

matplotlib is loaded only when something is drawn.

Modules for other rooms:
    drawing: draws a chart as SVG for each canvas width
    drawn: what that gives, with the text alternative and table
    layout: a chart as a scene graph: shapes and labels at pixel positions
    alt_text: a chart as sentences for readers who do not see it
    sources: the sources of a chart's numbers
    table_cells: a table of worded values with the values behind them
    tables: a chart's values as a table
    options: the keys that a chart specification may hold, for each kind of mark
    needs: what a mark that draws a series needs of it
    installed_marks: marks that other packages add, and the options and needs of any mark
    raster: a scene as PNG
    resolved_spec: a specification with its facts, series and words looked up
    scene: the scene graph: paths, labels and functions that make them
    svg_links: where the links of a chart's SVG lead from the page that it stands in
    fonts: the fonts of pictures, and which characters they lack
    matplotlib_defaults: loads matplotlib with its own settings
    theme: colours, fonts and canvas widths
    text_layout: the width of a text, and where its lines break
"""

__all__ = [
    "alt_text",
    "drawing",
    "drawn",
    "fonts",
    "installed_marks",
    "layout",
    "matplotlib_defaults",
    "needs",
    "options",
    "raster",
    "resolved_spec",
    "scene",
    "sources",
    "svg_links",
    "table_cells",
    "tables",
    "text_layout",
    "theme",
]
