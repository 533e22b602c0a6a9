"""Compares two states of a report for whoever reviews a change: what readers will see otherwise, and what is left to do.

Modules for other rooms:
    states: a folder or a git revision, checked
    comparison: all that differs between two states
    changes: all that differs, as data
    charts: a chart as it was and as it is, drawn
    sections: what differs in words, section by section
    freshness: what is due, as sections
    as_text: for a terminal
    as_markdown: for the summary of a CI job or a comment
    as_json: for programs
    as_html: one page with everything in it
"""

__all__ = ["as_html", "as_json", "as_markdown", "as_text", "changes", "charts", "comparison", "freshness", "sections", "states"]
