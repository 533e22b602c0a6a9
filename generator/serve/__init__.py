"""A report is shown while it is edited: its files are watched, what is looked at is made, and browsers are answered.

Modules for other rooms:
    server: serve
"""

__all__ = ["server"]
