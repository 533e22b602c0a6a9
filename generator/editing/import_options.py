"""What whoever imports a table says of it, and what of that would be lost in silence."""

from __future__ import annotations

from collections.abc import Sequence

from ..records.struct import Struct
from .project import EditError


class ImportOptions(Struct, frozen=True, kw_only=True):
    """What whoever imports a table says of it."""

    id: str = ""
    sheet: str = ""
    encoding: str = ""
    decimal_char: str = ""
    missing: tuple[str, ...] = ()
    where: tuple[tuple[str, str], ...] = ()
    flags: tuple[tuple[str, str], ...] = ()
    leave_out: tuple[int, ...] = ()  # lines of the file
    units: tuple[tuple[str, str], ...] = ()  # column -> unit; "" for all

    def refuse_repeated(self) -> None:
        """Refuse what says two things of one column, heading or flag, of which one would be lost."""
        for option, pairs in (("where", self.where), ("flag", self.flags), ("unit", self.units)):
            for name, text in pairs:
                if dict(pairs)[name] != text:
                    raise EditError(message="edit-said-twice", option=f"--{option} {name}".strip())

    def refuse_unused(self, file: str, *, is_sheet: bool) -> None:
        """Refuse a sheet of what is no spreadsheet, and an encoding of one."""
        for option, text, says_nothing in (("--sheet", self.sheet, not is_sheet), ("--encoding", self.encoding, is_sheet)):
            if text and says_nothing:
                raise EditError(message="import-unused", option=option, file=file)

    def refuse_other_columns(self, columns: Sequence[str]) -> None:
        """Refuse a unit of a column that is not there."""
        if unknown := [name for name, _ in self.units if name not in ("", *columns)]:
            raise EditError(message="import-no-column", name=unknown[0], known=", ".join(columns))
