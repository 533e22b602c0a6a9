"""Plans what adds the words that a language lacks to its file, ready to be filled in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from ..checks.word_lists import Word, missing_words
from ..diagnostics.finding import Diagnostic
from ..model.languages import is_language_code
from ..reading.draft import Draft
from ..reading.words import FOLDER
from ..reading.yaml_nodes import MappingNode, parse_yaml
from .errors import EditError
from .splices import Edit, ProjectFiles, Splice, UnreadableFileError

_HEAD = "# The words of this language. Above each stands what it is for, and a text to translate; an empty one is missing.\n"


def plan_missing_words(root: Path, draft: Draft, code: str) -> tuple[str, int, Edit]:
    """The file of a language, how many words it lacks, and the edit that adds them; the rest of the file stays as it is.

    EditError where the file cannot be read, or no entries can be added at its end.
    """
    path, files = f"{FOLDER}/{code}.yml", ProjectFiles(root)
    if not is_language_code(code):
        raise EditError(message="words-unreadable", file=path)
    try:
        before = files.text(path)
    except (OSError, UnreadableFileError):
        raise EditError(message="words-unreadable", file=path) from None
    keys = _keys(before, path)
    added = [word for word in missing_words(draft, code) if word.key not in keys]
    text = "".join(_lines(added))
    start = _HEAD if not before else "" if before.endswith("\n") else "\n"
    edit = files.edit([Splice(path, len(before), len(before), f"{start}{text}")] if added else [])
    if added:
        after = (edit.after()[path] or b"").decode().removeprefix("\ufeff")
        if not {word.key for word in added} <= _keys(after, path):  # behind the end of the document
            raise EditError(message="words-unreadable", file=path)
    return path, len(added), edit


def _keys(text: str, path: str) -> frozenset[str]:
    found: list[Diagnostic] = []
    tree = parse_yaml(text, path, found)
    if found or (tree is not None and not isinstance(tree, MappingNode)):
        raise EditError(message="words-unreadable", file=path)
    return frozenset(key.text for key, _ in tree.entries) if isinstance(tree, MappingNode) else frozenset()


def _lines(words: Iterable[Word]) -> Iterator[str]:
    for word in words:
        comments = (word.meaning, word.reference)
        yield "\n" + "".join(f"# {line}\n" for text in comments if text for line in text.splitlines()) + f"{word.key}:\n"
