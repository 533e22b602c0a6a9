"""Signatures on what is kept below build/: only bytes that this user's own runs wrote there are ever read back.

A folder of a project may come from somebody else, as the checkout of a pull request does, and what is kept holds pickles and
compiled templates, which run code when they are loaded. So each value carries an HMAC-SHA256 (RFC 2104) made with a secret key
that lies outside every project: in the environment variable FACTLOOM_CACHE_KEY (for runs that share a cache, as in CI), else in
the user's own state folder, where the first run makes it. A missing or another key means only that everything is made anew.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import stat
from contextlib import suppress
from functools import cache
from pathlib import Path

import platformdirs

ENVIRONMENT_VARIABLE = "FACTLOOM_CACHE_KEY"
_KEY_BYTES = 32
_SIGNATURE_BYTES = 32
_OTHERS_MAY = stat.S_IRWXG | stat.S_IRWXO
_KEY_OF_THIS_PROCESS = os.urandom(_KEY_BYTES)  # where no key can be kept; processes forked from this one share it


def sign(content: bytes, purpose: str) -> bytes:
    """The content with a signature behind it that is valid for one purpose (what it is and where it is kept)."""
    return content + signature(content, purpose)


def verify(signed: bytes, purpose: str) -> bytes | None:
    """The content before the signature; None where that was made with another key, for another purpose or other content."""
    content, found = signed[:-_SIGNATURE_BYTES], signed[-_SIGNATURE_BYTES:]
    return content if hmac.compare_digest(found, signature(content, purpose)) else None


def signature(content: bytes, purpose: str) -> bytes:
    """What `sign` puts behind the content (32 bytes)."""
    name = purpose.encode()
    return hmac.digest(_key(os.environ.get(ENVIRONMENT_VARIABLE, "")), b"%d:%b%b" % (len(name), name, content), "sha256")


def key_file() -> Path:
    """Where the key of this user is kept: below XDG_STATE_HOME or the folder that the platform has for such things."""
    return platformdirs.user_state_path("factloom", appauthor=False) / "cache.key"


@cache
def _key(given: str) -> bytes:
    if given:
        return hashlib.sha256(os.fsencode(given)).digest()
    path = key_file()
    if not path.is_absolute() or any((folder / "mkdocs.yml").exists() for folder in path.parents):
        return _KEY_OF_THIS_PROCESS  # below a report, or wherever this was started: a stranger may have put it there
    try:
        return _kept_key(path) or _new_key(path)
    except OSError:
        return _KEY_OF_THIS_PROCESS


def _kept_key(path: Path) -> bytes | None:
    """The key in a file that belongs to this user and that nobody else may read or write; None for any other file."""
    try:
        with path.open("rb") as file:
            found, status = file.read(), os.fstat(file.fileno())
    except FileNotFoundError:
        return None
    is_private = os.name != "posix" or (status.st_uid == os.getuid() and not status.st_mode & _OTHERS_MAY)
    return found if len(found) == _KEY_BYTES and is_private else None


def _new_key(path: Path) -> bytes:
    """Make a key and keep it; where another process was faster, its key."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=stat.S_IRWXU)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.part")
    unfinished.unlink(missing_ok=True)
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), stat.S_IRUSR | stat.S_IWUSR)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(os.urandom(_KEY_BYTES))
        if path.exists() and _kept_key(path) is None:  # others may have read it, or it is damaged
            path.unlink()
        with suppress(FileExistsError):
            os.link(unfinished, path)  # unlike a rename, this leaves alone what is there
    finally:
        unfinished.unlink()
    found = _kept_key(path)
    if found is None:
        raise PermissionError(path)
    return found
