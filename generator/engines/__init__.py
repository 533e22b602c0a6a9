"""Programs that make a site of the pages, each in a process of its own, and what is done to their HTML.

Doors:
    registry: the engines and how they differ
    processes: engine processes started, asked and ended
    page_html: the last changes to a page's HTML
    links: links and anchors of finished pages
    browser: Chromium, for PDF
"""

__all__ = ["browser", "links", "page_html", "processes", "registry"]
