"""Names of files that not every system can have: a project with one cannot be checked out there, or becomes another one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

# https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file: devices, whatever suffix is behind them
_DEVICE = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)[0-9¹²³])(?:\..*)?", re.IGNORECASE)
# Besides, what nobody sees in a name, or what turns the rest of it round.
_CHARACTERS = re.compile(r"[\x00-\x1f\x7f-\x9f<>:\"|?*\\\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|[. ]\Z")


def refused_names(paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The paths that name a file as not every system can, each with why as the name of a clause."""
    known = set[str]()
    for path in paths:
        names = path.split("/")
        as_others_see_it = unicodedata.normalize("NFC", path).casefold()
        if any(_DEVICE.fullmatch(name) for name in names):
            yield path, "name-device"
        elif any(_CHARACTERS.search(name) for name in names):
            yield path, "name-characters"
        elif as_others_see_it in known:
            yield path, "name-twice"
        known.add(as_others_see_it)
