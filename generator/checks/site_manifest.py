"""The manifest of a published site, site/build.json: what the site was made of and by, and the SHA-256 digest of every file.

Whoever has a digest of the manifest itself, as an attestation of provenance states it, can check the whole site by it.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from urllib.parse import quote, urlsplit

from ..markup.json_text import json_text
from ..model.addresses import MARKER
from ..records.struct import Struct, field

NAME = "build.json"
_DIGEST = re.compile(r"[0-9a-f]{64}")
_SECONDS = 30
_MOST_BYTES = 1 << 30  # of a file


class ManifestError(Exception):
    """There is no manifest, or none that can be read; the text says why."""


class SiteManifest(Struct, frozen=True, kw_only=True):
    """What a site was made of and by: `inputs` is the hash of all its inputs, `versions` those of the programs by name.

    `commit` is a git commit, `date` a UTC time from SOURCE_DATE_EPOCH; both are empty where they are not known.
    """

    inputs: str
    versions: Mapping[str, str]
    files: Mapping[str, str]  # path -> SHA-256 digest
    commit: str = ""
    date: str = ""

    def text(self) -> str:
        """The manifest as JSON; the same bytes for the same manifest."""
        head = {"commit": self.commit, "date": self.date}
        content = {
            **{key: value for key, value in head.items() if value},
            "inputs": self.inputs,
            "versions": dict(sorted(self.versions.items())),
            "files": dict(sorted(self.files.items())),
        }
        return json_text(content)


class SiteDifferences(Struct, frozen=True, kw_only=True):
    """How a site differs from its manifest, as paths; `digest` is the manifest's own, `count` how many files it lists."""

    digest: str
    count: int
    changed: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)  # known of folders only

    @property
    def none(self) -> bool:
        """Whether the site is what the manifest says."""
        return not (self.changed or self.missing or self.added)


def verify_site(place: str) -> SiteDifferences:
    """Compare a site with its manifest; `place` is a folder or an http(s) address. ManifestError where there is none."""
    is_address = urlsplit(place).scheme in ("http", "https")
    folder = Path(place)
    read: Callable[[str], bytes | None] = _reader_of_address(place) if is_address else _reader_of_folder(folder)
    content = read(NAME)
    if content is None:
        msg = f"{NAME} cannot be read"
        raise ManifestError(msg)
    files = _listed(content)
    found = SiteDifferences(digest=hashlib.sha256(content).hexdigest(), count=len(files))
    for path, digest in files.items():
        file = read(path)
        if file is None:
            found.missing.append(path)
        elif hashlib.sha256(file).hexdigest() != digest:
            found.changed.append(path)
    if not is_address:
        found.added.extend(sorted(set(_paths_below(folder)) - files.keys() - {NAME, MARKER}))
    return found


def _listed(content: bytes) -> dict[str, str]:
    """The digests by path; ManifestError where a path leads out of the site, or anything is not as it must be."""
    try:
        files = json.loads(content)["files"]
        if not all(_is_path(path) and _DIGEST.fullmatch(digest) for path, digest in files.items()):
            msg = f"{NAME} lists what is no file of a site"
            raise ManifestError(msg)
        return dict(files)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        msg = f"{NAME} is no manifest"
        raise ManifestError(msg) from error


def _is_path(path: str) -> bool:
    parts = path.split("/")
    return not PurePosixPath(path).is_absolute() and "\\" not in path and not {"", ".", ".."} & set(parts)


def _reader_of_folder(folder: Path) -> Callable[[str], bytes | None]:
    root = folder.resolve()

    def read(path: str) -> bytes | None:
        file = root / path
        try:
            is_own = file.resolve() == file and stat.S_ISREG(file.lstat().st_mode)  # no link: it would be published otherwise
            return file.read_bytes() if is_own else None
        except OSError:
            return None

    return read


def _paths_below(folder: Path) -> Iterator[str]:
    for current, folders, names in os.walk(folder):
        for name in (*names, *(one for one in folders if (Path(current) / one).is_symlink())):
            yield (Path(current) / name).relative_to(folder).as_posix()


def _reader_of_address(address: str) -> Callable[[str], bytes | None]:
    import urllib.request  # noqa: PLC0415  with TLS, which only this needs

    def read(path: str) -> bytes | None:
        url = f"{address.rstrip('/')}/{quote(path)}"
        try:
            with urllib.request.urlopen(url, timeout=_SECONDS) as answer:  # noqa: S310  http(s): see verify_site
                content: bytes = answer.read(_MOST_BYTES)
        except (OSError, ValueError):  # one of urllib is an OSError
            return None
        return content

    return read
