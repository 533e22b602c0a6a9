"""Edits of data/ and templates/: planned as splices of the files as read, checked with all rules, then written all or none.

Modules for other rooms:
    new_entry: new entries, rows and pages
    project: a project as it is edited, and what keeps an edit from being planned
    splices: edits as data
    applying: writing an edit
    confirmations: confirming that texts say the same in every language
    trial: an edit on a copy of the project: findings, and what moves
    entry_fields: the scalars and texts of an entry as fields of a form
    new_fields: what forms ask for of something new
    entry_change: new texts for such fields as splices
    journal: writing several files as one, also when that is interrupted
    effects: what an edit moves for readers
    lookup: everything about an entry, and entries by words, number or address
    import_options: what is said of a table that is imported
    table_import: a published table as a series
    sentences: what pages say of an entry
    rename: another id of an entry
    retire: the end of an entry
    review: sign-offs
    set_value: a new value of a fact
    starter: a small complete report to begin with
    word_file: the words that a language lacks, in its file
"""

__all__ = [
    "applying",
    "confirmations",
    "effects",
    "entry_change",
    "entry_fields",
    "import_options",
    "journal",
    "lookup",
    "new_entry",
    "new_fields",
    "project",
    "rename",
    "retire",
    "review",
    "sentences",
    "set_value",
    "splices",
    "starter",
    "table_import",
    "trial",
    "word_file",
]
