"""Settles a Draft into an Edition: references followed, units checked, formulas evaluated, evidence inherited.

Modules for other rooms:
    edition: settle, and the Edition with findings that it gives
    incremental: settling again only the fact files that an edit touched
"""

__all__ = ["edition", "incremental"]
