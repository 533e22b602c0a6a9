"""Questions about a whole project: check it, compare it with a revision, confirm its translations.

Doors:
    project_check: read, settle and ask the rules
    number_parity: the same numbers in every language's finished pages
    revisions: an earlier state, from git
    confirmation: texts confirmed to say the same
"""

__all__ = ["confirmation", "number_parity", "project_check", "revisions"]
