"""Checks a whole project, compares two editions of it, and confirms its translations.

Modules for other rooms:
    project_check: read, settle, and apply every rule
    number_parity: whether finished pages show the same numbers in every language
    revisions: the edition of a git revision
    confirmation: confirming that texts say the same in every language
"""

__all__ = ["confirmation", "number_parity", "project_check", "revisions"]
