"""What is wrong and where, as data; how it is told in each language, printed, and mended.

Doors:
    finding: Diagnostic, Span, Clause, and their sentences in each language of the tool
    renderers: findings as text, GitHub annotations, JSON or SARIF
    fixes: repairs that a finding knows, typed in its place
"""

__all__ = ["finding", "fixes", "renderers"]
