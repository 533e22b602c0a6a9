"""Diagnostics: what is wrong in a project and where, as data; their messages, output formats and automatic fixes.

Modules for other rooms:
    finding: Diagnostic, Span, Clause, and their messages in each language of the tool
    renderers: diagnostics as text, GitHub annotations, JSON or SARIF
    escaping: texts of a project, safe to print
    fixes: edits that diagnostics suggest, made in the files
"""

__all__ = ["escaping", "finding", "fixes", "renderers"]
