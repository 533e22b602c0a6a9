"""HTML, parsed as browsers do: pages to be read, fragments to be changed; knows nothing of a report.

Doors:
    document: whole pages, to be read with CSS selectors
    tree: fragments as elements that can be changed
"""

__all__ = ["document", "tree"]
