"""Edits of data/ and templates/: planned as splices of the files as read, checked with all rules, then written all or none.

Modules for other rooms:
    project: a project as it is edited
    lookup: everything about an entry, and entries by words, number or address
    sentences: what pages say of an entry
"""

__all__ = ["lookup", "project", "sentences"]
