"""Renders the pages of an edition in one language: Markdown, and the metadata of a page's head.

Modules for other rooms:
    page: a rendered page, and what it refers to
    renderer: page templates to Markdown
    templates: the Jinja templates of a project
    sandbox, theme_sandbox: environments in which templates of strangers can be rendered
    render_cache: texts of a page that are used again while nothing that they read changes
    compiled_templates: compiled templates, kept in signed files
    error_reports: addresses by which readers report an error
    fact_cards: the card that opens at the numbers of a fact
    fact_pages: the page of each fact
    mentions: where each fact appears
    formula_text: formulas with values and words
    json_ld: schema.org metadata
    open_graph: metadata for shared links
    rich_text: texts of data as HTML
    line_breaks: where lines of running text may break
"""

__all__ = [
    "compiled_templates",
    "error_reports",
    "fact_cards",
    "fact_pages",
    "formula_text",
    "json_ld",
    "line_breaks",
    "mentions",
    "open_graph",
    "page",
    "render_cache",
    "renderer",
    "rich_text",
    "sandbox",
    "templates",
    "theme_sandbox",
]
