"""Checks a whole project, and compares two editions of it.

Modules for other rooms:
    project_check: read, settle, and apply every rule
    read_ahead: read shards of the files of a large project
    number_parity: whether finished pages show the same numbers in every language
    revisions: the edition of a git revision
    shown_edition: what a preview shows of a project with errors
    commit: the git commit that a project stands at
    site_manifest: what a published site was made of, and whether it still is what was published
    polite_http: single pages of public servers
    source_answers: what sources answer, and whether they still hold their quotes
    word_lists: the words of a language, and those that it lacks
"""

__all__ = [
    "commit",
    "number_parity",
    "polite_http",
    "project_check",
    "read_ahead",
    "revisions",
    "shown_edition",
    "site_manifest",
    "source_answers",
    "word_lists",
]
