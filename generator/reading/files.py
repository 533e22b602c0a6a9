"""The text of one file of a project, or a finding that says why it cannot be read."""

from __future__ import annotations

import errno
import os
import re
import stat
from pathlib import Path

from ..diagnostics.finding import Clause, Diagnostic, Span
from ..tables import encodings
from .limits import DEFAULT_LIMITS, Limits

_BOM, _NO_FILE = "\ufeff", errno.EISDIR
FILE_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")  # of data, without folder and suffix


def read_text(
    root: Path, file: str, sink: list[Diagnostic], limits: Limits = DEFAULT_LIMITS, at: Span | None = None
) -> str | None:
    """The text of a file without a byte order mark; None after reporting why there is none. `at` is what asks for the file."""
    try:
        content = read_bytes(root, file, sink, limits)
    except OSError as error:
        sink.append(unreadable(file, error, at))
        return None
    return None if content is None else decode(content, file, sink)


def unreadable(file: str, error: OSError, at: Span | None = None) -> Diagnostic:
    """The finding that a file cannot be read; `at` is what asks for it."""
    args = {"file": file, "why": error.strerror or str(error)}
    return Diagnostic(rule="file-missing", span=at or Span(file), args=args)


def read_bytes(root: Path, file: str, sink: list[Diagnostic], limits: Limits = DEFAULT_LIMITS) -> bytes | None:
    """The content of a file; None after reporting that it is too large. Raises OSError for what is no file."""
    path = root / file
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError(_NO_FILE, os.strerror(_NO_FILE))  # a folder, or what would wait for others: a pipe, a device
    with path.open("rb") as stream:
        content = stream.read(limits.bytes + 1)
    if len(content) > limits.bytes:
        sink.append(too_large(Span(file), Clause("bytes"), limits.bytes, "bytes"))
        return None
    return content


def data_files(root: Path, kind: str, sink: list[Diagnostic]) -> list[str]:
    """The YAML files of a folder of data/, in order, without hidden ones: editors lock and save by such files.

    A name is part of addresses and of words: one of other characters is reported and left out.
    """
    found = []
    for path in sorted((root / "data" / kind).glob("*.yml")):
        if path.name.startswith("."):
            continue
        if FILE_NAME.fullmatch(path.stem):
            found.append(f"data/{kind}/{path.name}")
        else:
            shown = path.name.encode(errors="surrogateescape").decode(errors="backslashreplace")
            sink.append(Diagnostic(rule="bad-file-name", span=Span(f"data/{kind}"), args={"found": shown}))
    return found


def decode(content: bytes, file: str, sink: list[Diagnostic]) -> str | None:
    """The text of some bytes of UTF-8, or None after reporting that they are none, or have two byte order marks."""
    try:
        text = content.decode().removeprefix(_BOM)
    except UnicodeDecodeError as error:
        found = encodings.decode(content)
        likely = found.encoding if isinstance(found, encodings.Decoded) else found.likely
        sink.append(not_utf8(file, error.start, likely, "convert"))
        return None
    if text.startswith(_BOM):  # YAML and CSV pass over it, so that edits would be written one character off
        sink.append(Diagnostic(rule="control-character", span=Span(file), args={"code": "U+FEFF"}))
        return None
    return text


def not_utf8(file: str, byte: int, likely: str, variant: str) -> Diagnostic:
    """The finding that a file has another encoding than it should, with the command that converts what it is likely to be."""
    args = (
        {"byte": str(byte), "encoding": likely, "command": encodings.conversion(file, likely)}
        if likely
        else {"byte": str(byte)}
    )
    return Diagnostic(rule="not-utf8", variant=variant if likely else "", span=Span(file), args=args)


def too_large(span: Span, what: Clause, most: int, key: str) -> Diagnostic:
    """The finding that something is larger than a limit of the report; `key` is the limit's name."""
    return Diagnostic(rule="too-large", span=span, args={"what": what, "most": str(most), "key": key})
