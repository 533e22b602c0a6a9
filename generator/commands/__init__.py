"""The command line: flags in, exit code out; one module a command.

Modules for other rooms:
    run: the command `factloom`
"""

from .main import run

__all__ = ["run"]
