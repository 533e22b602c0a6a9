"""HTML, parsed as browsers do: pages to be read, fragments to be changed; knows nothing of a report.

Modules for other rooms:
    active: what in HTML would run code or ask another host
    document: whole pages, to be read with CSS selectors
    escaping: plain texts as other formats write them
    to_markdown: HTML as Markdown
    tree: fragments as elements that can be changed
"""

__all__ = ["active", "document", "escaping", "to_markdown", "tree"]
