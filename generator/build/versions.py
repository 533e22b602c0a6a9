"""The programs that make a site, with their versions: Python, this one, the engine's package, and all that these require."""

from __future__ import annotations

import platform
import re
from collections.abc import Iterator
from pathlib import Path

from .. import __version__
from ..engines.registry import Engine
from ..store.cache import Cache
from ..store.hashing import fingerprint

_LIST = Path(__file__).parents[2] / "requirements.in"  # in a checkout, where nothing is installed under our own name
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_PACKAGE = "factloom"
_KEY = "versions"


def known_versions(folder: Path, code_fingerprint: str, engine: Engine) -> dict[str, str]:
    """What `versions` gives, kept in a folder for as long as the installed packages stay the same."""
    listed = _LIST.read_text(encoding="utf-8") if _LIST.is_file() else ""
    kept, made_of = Cache(folder), fingerprint(listed, engine.name, __version__)
    found = kept.load(_KEY, code_fingerprint)
    if isinstance(found, tuple) and found[0] == made_of:
        return dict(found[1])
    found = versions(engine)
    kept.save(_KEY, code_fingerprint, (made_of, found))
    return found


def versions(engine: Engine) -> dict[str, str]:
    """Versions by name. Packages that are installed but not required do not count: they have no part in the site."""
    from importlib import metadata  # noqa: PLC0415  in most runs they are known

    found = {"python": platform.python_version(), _PACKAGE: __version__}
    waiting = [*_direct_requirements(), *engine.libraries]
    while waiting:
        name = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if name in found:
            continue
        try:
            package = metadata.distribution(name)
        except metadata.PackageNotFoundError:  # for another system
            continue
        found[name] = package.version
        waiting += _names(package.requires or ())
    return found


def _direct_requirements() -> Iterator[str]:
    from importlib import metadata  # noqa: PLC0415  as above

    try:
        yield from _names(metadata.requires(_PACKAGE) or ())
    except metadata.PackageNotFoundError:
        yield from _names(_LIST.read_text(encoding="utf-8").splitlines() if _LIST.is_file() else ())


def _names(requirements: Iterator[str] | list[str] | tuple[str, ...]) -> Iterator[str]:
    for requirement in requirements:
        if "extra ==" not in requirement and (match := _NAME.match(requirement.strip())):
            yield match[0]
