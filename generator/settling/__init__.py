"""Settles a Draft into an Edition: references followed, units checked, formulas evaluated, evidence inherited.

Doors:
    edition: settle, and the Edition with findings that it gives
    incremental: settling again only the fact files that an edit touched
"""

__all__ = ["edition", "incremental"]
