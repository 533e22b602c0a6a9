"""Settles a Draft into an Edition: references followed, units checked, formulas evaluated, evidence inherited.

Modules for other rooms:
    edition: settle
    incremental: settling again only the fact files that an edit touched
    isolated_files: settling a file of facts by itself
    settled: the Edition with findings that settling gives
"""

__all__ = ["edition", "incremental", "isolated_files", "settled"]
