"""The command line: flags in, exit code out.

Doors:
    run: the command `factloom`
"""

from .cli import run

__all__ = ["run"]
