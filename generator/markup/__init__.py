"""HTML as a tree: parsed as browsers do, searched, changed in place and written again; knows nothing of a report.

Doors:
    tree: Element, and the parser of fragments
"""

__all__ = ["tree"]
