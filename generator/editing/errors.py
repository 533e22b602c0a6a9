"""What keeps an edit from being planned or written."""

from __future__ import annotations

from ..diagnostics.finding import Arg


class EditError(Exception):
    """An edit that cannot be planned: the key of a message of the tool, and what fills it."""

    def __init__(self, *, message: str, **args: Arg) -> None:
        """Name the message."""
        super().__init__(message)
        self.message, self.arguments = message, args
