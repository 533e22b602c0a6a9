"""Puts a finished site together beside the published one and swaps them: a reader, or a crash, never meets half a site.

build/out/<language>/ (the engine's) -> build/site.new/ (finished, whole) -> site/. On Linux the swap is one step of the
kernel; elsewhere it is two renames, and `recover` mends what a crash between them leaves.
"""

from __future__ import annotations

import ctypes
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from generator import addresses

OUT = Path("build/out")
NEW = Path("build/site.new")
OLD = Path("build/site.old")
SITE = Path("site")

# What the engine writes per language and the whole site has once, or with the date of the build in it, or copied.
_LEFT_OUT = ("sitemap.xml", "sitemap.xml.gz", "404.html", f"{addresses.SHELL}index.html")

Finish = Callable[[str, str, str], str]  # language, the page's address below it, its HTML -> its final HTML


def assemble(
    root: Path,
    codes: Sequence[str],
    *,
    finish: Finish,
    extra: Mapping[str, str | bytes],
    copied: Iterable[tuple[str, str, str]] = (),
) -> int:
    """Make build/site.new from every language's output: pages through `finish`, all else as it is, then the `extra` files.

    The keys of `extra` are paths below the site; `copied` are more pages: language, address below it, HTML before `finish`.
    Returns how many files there are.
    """
    new = root / NEW
    shutil.rmtree(new, ignore_errors=True)
    count = 0
    for code in codes:
        for source in _files(root / OUT / code):
            relative = source.relative_to(root / OUT / code)
            if relative.as_posix() in _LEFT_OUT:
                continue
            target = new / code / relative
            target.parent.mkdir(parents=True, exist_ok=True)
            if source.suffix == ".html":
                html = finish(code, page_address(relative), source.read_text(encoding="utf-8"))
                target.write_text(html, encoding="utf-8")
            else:
                shutil.copyfile(source, target)
            count += 1
    for code, address, html in copied:
        target = new / code / address / "index.html"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(finish(code, address, html), encoding="utf-8")
        count += 1
    for name, content in extra.items():
        target = new / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
        count += 1
    return count


def page_address(relative: Path) -> str:
    """The address a reader uses for a file of a language: `costs/index.html` is "costs/", `index.html` is ""."""
    return relative.as_posix().removesuffix("index.html")


def shell(root: Path, code: str) -> str:
    """The empty page that the engine made to be copied."""
    return (root / OUT / code / addresses.SHELL / "index.html").read_text(encoding="utf-8")


def pages(root: Path, code: str) -> list[str]:
    """The addresses of all pages the engine made in a language, in order; not the page for what is missing."""
    folder = root / OUT / code
    found = (path.relative_to(folder) for path in _files(folder) if path.suffix == ".html")
    return sorted(page_address(path) for path in found if path.as_posix() not in _LEFT_OUT)


def swap(root: Path, *, at_once: bool = True) -> None:
    """Publish build/site.new as site/. The old site stays until the new one stands in its place.

    `at_once` asks for the one-step swap where the system has it; without it there are two renames.
    """
    recover(root)
    site, new, old = root / SITE, root / NEW, root / OLD
    shutil.rmtree(old, ignore_errors=True)
    if not site.exists():
        new.rename(site)
        return
    if at_once and _exchange(new, site):
        new.rename(old)
    else:
        site.rename(old)
        new.rename(site)
    shutil.rmtree(old, ignore_errors=True)


def recover(root: Path) -> bool:
    """Bring the old site back where a crash between two renames left none; True if it had to."""
    site, old = root / SITE, root / OLD
    if site.exists() or not old.exists():
        return False
    old.rename(site)
    return True


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step (renameat2 with RENAME_EXCHANGE); False where the system cannot."""
    at_cwd, exchange = -100, 2
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):  # not Linux, or an old C library
        return False
    return bool(renameat2(at_cwd, os.fsencode(one), at_cwd, os.fsencode(other), exchange) == 0)


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())
