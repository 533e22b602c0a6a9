"""Settles a Draft into an Edition: references followed, units checked, formulas evaluated, evidence inherited.

Modules for other rooms:
    alone: settling a file of facts by itself
    edition: settle
    incremental: settling again only the fact files that an edit touched
    settled: the Edition with findings that settling gives
"""

__all__ = ["alone", "edition", "incremental", "settled"]
