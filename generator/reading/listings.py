"""Files of a project that its pages show as they are written: whole, or one entry of a file of data/."""

from __future__ import annotations

import re
from pathlib import Path

from ..store.input_paths import own_inputs, refusal
from .limits import DEFAULT_LIMITS

_FOLDERS = ("data/", "templates/")
_LANGUAGES = {".yml": "yaml", ".csv": "text", ".j2": "jinja", ".console": "console", ".py": "python", ".toml": "toml"}


def listed_files(root: Path) -> list[str]:
    """The paths of the files that can be shown: those of data/ and templates/ which a build reads."""
    return [path for path in own_inputs(root) if path.startswith(_FOLDERS)]


def read_listing(root: Path, file: str, entry: str = "") -> str:
    """The text of a file, or of the entry with that id in it.

    Raises ValueError with the name of what there is not: the file, or the entry.
    """
    place = root / file
    if ".." in place.parts or not _is_inside(root, place) or refusal(str(root), file) is not None or not place.is_file():
        raise ValueError(file)
    with place.open("rb") as stream:
        content = stream.read(DEFAULT_LIMITS.bytes + 1)
    if len(content) > DEFAULT_LIMITS.bytes:
        raise ValueError(file)
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        raise ValueError(file) from error
    return _entry(text, entry) if entry else text.strip("\n")


def _is_inside(root: Path, place: Path) -> bool:
    """Whether a path, with all its links followed, is one of a folder whose files can be shown."""
    real = place.resolve()
    return any(real.is_relative_to(root.resolve() / folder) for folder in _FOLDERS)


def entries_in(text: str) -> list[str]:
    """The ids of the entries of a YAML file, as they stand at the beginnings of its lines."""
    return re.findall(r"^([\w./-]+):", text, re.MULTILINE)


def _entry(text: str, entry: str) -> str:
    lines = text.splitlines()
    first = next((number for number, line in enumerate(lines) if re.match(rf"{re.escape(entry)}\s*:", line)), None)
    if first is None:
        raise ValueError(entry)
    after = next((number for number in range(first + 1, len(lines)) if lines[number][:1].strip()), len(lines))
    return "\n".join(lines[first:after]).rstrip()


def fenced(file: str, text: str) -> str:
    """A text as a code block of Markdown, in the language that the file's name tells; nothing in it can end the block."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"\n{fence} {_LANGUAGES.get(Path(file).suffix, 'text')}\n{text}\n{fence}\n"
