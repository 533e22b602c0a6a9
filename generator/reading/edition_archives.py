"""Dated editions as they are kept: editions/DATE.tar.xz, which holds what is known of the edition, then the files of its site.

Whoever makes a pull request can change such an archive, and nobody can read it in review. So it holds nothing that runs: pages
whose policy forbids scripts, pictures, styles and data, each with the digest that the archive lists.
"""

from __future__ import annotations

import hashlib
import io
import json
import lzma
import re
import tarfile
from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from posixpath import splitext

from ..diagnostics.finding import Diagnostic, Span
from ..markup.active_files import active_file, is_published_as_code
from ..markup.scriptless import is_scriptless
from ..model.publication import DatedEdition
from ..records.struct import asdict, replace
from ..store.hashing import content_hash
from ..store.parse_cache import ParseCache

FOLDER, SUFFIX = "editions", ".tar.xz"
HEAD = "edition.json"
# What a site serves as something that runs no code.
KINDS = frozenset(
    (
        ".css",
        ".csv",
        ".html",
        ".ico",
        ".jpg",
        ".json",
        ".md",
        ".png",
        ".svg",
        ".txt",
        ".webp",
        ".woff",
        ".woff2",
        ".xlsx",
        ".zip",
    )
)
_MOST_BYTES = 1_000_000_000  # of all files of an edition
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_PART = re.compile(r"[^\x00-\x1f\\/:]+")


class EditionArchiveError(Exception):
    """An archive that holds something else than a dated edition; the text says what."""


def archives(root: Path) -> dict[str, Path]:
    """The archives of a project by their dates, the newest first."""
    found = {path.name.removesuffix(SUFFIX): path for path in (root / FOLDER).glob(f"*{SUFFIX}") if path.name[0] != "."}
    return dict(sorted(found.items(), reverse=True))


def read_editions(root: Path, sink: list[Diagnostic], parse_cache: ParseCache) -> tuple[DatedEdition, ...]:
    """The dated editions of a project, the newest first, and a finding for each archive that is none."""
    found = []
    for day, path in archives(root).items():
        file = f"{FOLDER}/{path.name}"
        try:
            content = path.read_bytes()
        except OSError as error:
            sink.append(Diagnostic(rule="bad-edition", span=Span(file), args={"why": error.strerror or str(error)}))
            continue
        read = parse_cache.get_or_parse(file, FOLDER, content_hash(content), partial(_read, day, content))
        if isinstance(read, str):
            sink.append(Diagnostic(rule="bad-edition", span=Span(file), args={"why": read}))
        else:
            found.append(read)
    return tuple(found)


def _read(day: str, content: bytes) -> DatedEdition | str:
    """An edition whose files were all looked at; what is wrong with it as a text."""
    try:
        edition = read_head(content)
        if edition.date != day or not _is_date(day):
            return f"{edition.date} is not the date of its name"
        for path, file in read_files(content, edition):
            _require_passive(path, file)
    except EditionArchiveError as error:
        return str(error)
    return edition


def _is_date(text: str) -> bool:
    try:
        return bool(_DATE.fullmatch(text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def read_head(content: bytes) -> DatedEdition:
    """What an archive says of its edition; EditionArchiveError where it says nothing."""
    for path, file in _members(content):
        if path != HEAD:
            break
        try:
            told = json.loads(file)
            facts, files = ({str(key): str(value) for key, value in told[name].items()} for name in ("facts", "files"))
            day, as_of, inputs = (str(told[name]) for name in ("date", "as_of", "inputs"))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            msg = f"{HEAD} is not what it has to be"
            raise EditionArchiveError(msg) from error
        return DatedEdition(date=day, as_of=as_of, inputs=inputs, facts=facts, files=files)
    msg = f"it does not begin with {HEAD}"
    raise EditionArchiveError(msg)


def read_files(content: bytes, edition: DatedEdition) -> Iterator[tuple[str, bytes]]:
    """Path and content of every file that an edition lists; EditionArchiveError where one is missing or another one."""
    missing = set(edition.files)
    for path, file in _members(content):
        if path == HEAD:
            continue
        if edition.files.get(path) != hashlib.sha256(file).hexdigest() or path not in missing:
            msg = f"{path} is not the file that it lists"
            raise EditionArchiveError(msg)
        missing.discard(path)
        yield path, file
    if missing:
        msg = f"{min(missing)} is missing"
        raise EditionArchiveError(msg)


def _members(content: bytes) -> Iterator[tuple[str, bytes]]:
    total = 0
    try:
        with tarfile.open(fileobj=io.BytesIO(content), mode="r|xz") as archive:
            for member in archive:
                total += member.size
                opened = archive.extractfile(member) if member.isreg() and total <= _MOST_BYTES else None
                if opened is None or not all(
                    _PART.fullmatch(part) and part not in (".", "..") for part in member.name.split("/")
                ):
                    msg = f"{member.name} is no file of a site"
                    raise EditionArchiveError(msg)
                yield member.name, opened.read()
    except (tarfile.TarError, lzma.LZMAError, EOFError, OSError) as error:
        msg = "it is no archive"
        raise EditionArchiveError(msg) from error


def _require_passive(path: str, file: bytes) -> None:
    kind = splitext(path)[1].lower()
    if kind not in KINDS:
        msg = f"{path} is of no kind that an edition holds"
        raise EditionArchiveError(msg)
    if not is_published_as_code(path) or kind == ".css":  # styles run no code, and the policy keeps them from asking others
        return
    text = file.decode("utf-8", errors="replace")
    if not is_scriptless(text) if kind == ".html" else any(active_file(path, text)):
        msg = f"{path} could run code"
        raise EditionArchiveError(msg)


def archive(edition: DatedEdition, files: Mapping[str, bytes]) -> bytes:
    """An edition with its files as an archive; the same bytes for the same files."""
    listed = replace(edition, files={path: hashlib.sha256(file).hexdigest() for path, file in sorted(files.items())})
    head = json.dumps(asdict(listed), ensure_ascii=False, indent=1, sort_keys=True).encode()
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:xz", format=tarfile.PAX_FORMAT) as packed:
        for path, file in ((HEAD, head), *sorted(files.items())):
            member = tarfile.TarInfo(path)
            member.size = len(file)
            packed.addfile(member, io.BytesIO(file))
    return buffer.getvalue()
