"""Names of files that not every system can have: a project with one cannot be checked out there, or becomes another one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

# https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file: devices, whatever suffix is behind them
_DEVICE = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)[0-9¹²³])(?:\..*)?", re.IGNORECASE)
# Besides, what nobody sees in a name, or what turns the rest of it round.
_CHARACTERS = re.compile(r"[\x00-\x1f\x7f-\x9f<>:\"|?*\\\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|[. ]\Z")


# A path that nothing need be looked for in, as nearly all are; and names of devices in one.
_USUAL = re.compile(r"[A-Za-z0-9_-]+(?:[./][A-Za-z0-9_-]+)*")
_DEVICE_IN_PATH = re.compile(r"(?:^|/)(?:con|prn|aux|nul|(?:com|lpt)[0-9])(?:[./]|$)", re.IGNORECASE)


def refused_names(paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The paths that name a file as not every system can, each with why as the name of a clause."""
    known = set[str]()
    for path in paths:
        as_others_see_it = path.lower() if path.isascii() else unicodedata.normalize("NFC", path).casefold()
        is_usual = _USUAL.fullmatch(path) and not _DEVICE_IN_PATH.search(path)
        if why := "" if is_usual else max(map(_refused, path.split("/"))):
            yield path, why
        elif as_others_see_it in known:
            yield path, "name-twice"
        known.add(as_others_see_it)


def _refused(name: str) -> str:
    """Why a name is refused; of several reasons, the one that comes last in the alphabet is told."""
    if _DEVICE.fullmatch(name):
        return "name-device"
    return "name-characters" if _CHARACTERS.search(name) else ""
