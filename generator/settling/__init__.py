"""A Draft becomes an Edition: references followed, units checked, formulas evaluated, evidence inherited.

Doors:
    edition: settle and what it gives
    incremental: settling anew only what an edit touched
    lookup: ids looked up with a guess at what was meant
"""

__all__ = ["edition", "incremental", "lookup"]
