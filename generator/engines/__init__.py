"""Engines: programs that make a site of the rendered pages, each in a process of its own, and the work on the HTML they write.

Modules for other rooms:
    registry: the engines and how they differ
    configuration: what an engine is told of each language
    processes: engine processes: started, sent requests, ended
    page_html: the last changes to a page's HTML
    unchanged_parts: which parts of a page these leave alone
    shell: pages made of one empty page of the engine
    dated_page: a page as a dated edition keeps it
    links: links and anchors of finished pages
    browser: Chromium, for PDFs
"""

__all__ = ["browser", "configuration", "dated_page", "links", "page_html", "processes", "registry", "shell", "unchanged_parts"]
