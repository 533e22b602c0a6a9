"""A report while it is edited: watch its files, make what is looked at, answer browsers.

Doors:
    server: serve
"""

__all__ = ["server"]
