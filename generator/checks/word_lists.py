"""The words of a language with what they are for, and a file of those that it lacks, ready to be filled in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from ..diagnostics.finding import Diagnostic
from ..model.languages import is_language_code
from ..reading.default_words import default_words, meaning, reference
from ..reading.draft import Draft
from ..reading.files import read_text
from ..reading.words import FOLDER
from ..reading.yaml_nodes import MappingNode, parse_yaml
from ..records.struct import Struct
from ..store.cache import write_atomically

_HEAD = "# The words of this language. Above each stands what it is for, and a text to translate; an empty one is missing.\n"


class Word(Struct, frozen=True, kw_only=True):
    """One word of a language; `reference` is the text that it is translated from."""

    key: str
    text: str
    reference: str
    meaning: str
    missing: bool  # whether neither the report nor the package says it; an empty text may be meant


def words_of(draft: Draft, code: str) -> list[Word]:
    """Every word that the package or the report has in any language, as the language says it."""
    language = next((one for one in draft.languages if one.code == code), None)
    defaults = default_words(language.locale if language else code, code)
    found = []
    for key in dict.fromkeys((*reference(), *draft.words)):
        entry = draft.words.get(key)
        located = entry[code] if entry is not None else None
        others = [str(other.value) for other in entry.fields.values()] if entry is not None else []
        text = str(located.value) if located is not None else defaults.get(key, "")
        original = reference().get(key) or next(iter(others), "")
        missing = not text and key not in defaults
        found.append(Word(key=key, text=text, reference=original, meaning=meaning(key), missing=missing))
    return found


def missing_words(draft: Draft, code: str) -> list[Word]:
    """The words that the language has from nowhere."""
    return [word for word in words_of(draft, code) if word.missing]


def write_missing(root: Path, draft: Draft, code: str) -> tuple[str, int]:
    """Add what the language lacks to its file, which stays as it is otherwise: the path of the file, and how many were added.

    ValueError where the file cannot be read or would lie outside of the project.
    """
    path = f"{FOLDER}/{code}.yml"
    if not is_language_code(code) or not (root / path).parent.resolve().is_relative_to(root.resolve()):
        raise ValueError(path)
    before = _written(root, path)
    keys = _keys(before, path)
    added = [word for word in missing_words(draft, code) if word.key not in keys]
    if added:
        (root / path).parent.mkdir(exist_ok=True)
        start = before if not before or before.endswith("\n") else f"{before}\n"
        write_atomically(root / path, ((start or _HEAD) + "".join(_lines(added))).encode())
    return path, len(added)


def _written(root: Path, path: str) -> str:
    if not (root / path).exists() and not (root / path).is_symlink():
        return ""
    text = read_text(root, path, [])
    if text is None:
        raise ValueError(path)
    return text


def _keys(text: str, path: str) -> frozenset[str]:
    found: list[Diagnostic] = []
    tree = parse_yaml(text, path, found)
    if found or (tree is not None and not isinstance(tree, MappingNode)):
        raise ValueError(path)
    return frozenset(key.text for key, _ in tree.entries) if isinstance(tree, MappingNode) else frozenset()


def _lines(words: Iterable[Word]) -> Iterator[str]:
    for word in words:
        comments = (word.meaning, word.reference)
        yield "\n" + "".join(f"# {line}\n" for text in comments if text for line in text.splitlines()) + f"{word.key}:\n"
