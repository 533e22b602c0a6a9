"""Renders the pages of an edition in one language: Markdown, and the metadata of a page's head.

Modules for other rooms:
    page: a rendered page, and what it refers to
    renderer: page templates to Markdown
    templates: the Jinja templates of a project
    sandbox: environments in which templates of strangers can be rendered
    fact_cards: the card that opens at the numbers of a fact
    fact_pages: the page of each fact
    mentions: where each fact appears
    formula_text: formulas with values and words
    json_ld: schema.org metadata
    open_graph: metadata for shared links
"""

__all__ = [
    "fact_cards",
    "fact_pages",
    "formula_text",
    "json_ld",
    "mentions",
    "open_graph",
    "page",
    "renderer",
    "sandbox",
    "templates",
]
