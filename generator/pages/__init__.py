"""A template, an Edition and a language become a page: its Markdown and the metadata in its head.

Doors:
    templates: pages rendered with Jinja
    view_models: an edition as templates see it
    fact_pages: the page and card of each fact
    json_ld: schema.org metadata
    open_graph: metadata for shared links
"""

__all__ = ["fact_pages", "json_ld", "open_graph", "templates", "view_models"]
