"""HTML, parsed as browsers do: pages to be read, fragments to be changed; and JSON. Knows nothing of a report.

Modules for other rooms:
    active: what in HTML would run code or ask another host
    active_files: what in a file that is published as it is would do so
    document: whole pages, to be read with CSS selectors
    escaping: plain texts as other formats write them
    fragments: finished HTML in Markdown, taken out before an engine reads it and put back after
    json_text: JSON as it is published
    scriptless: pages that run no script
    to_markdown: HTML as Markdown
    tree: fragments as elements that can be changed
"""

__all__ = ["active", "active_files", "document", "escaping", "fragments", "json_text", "scriptless", "to_markdown", "tree"]
