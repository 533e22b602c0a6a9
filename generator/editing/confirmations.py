"""Confirms that texts say the same in every language: those that somebody names, and those of an edit.

Texts stay confirmed that an edit changed without changing what they say, or wrote in every language at once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from ..checks.project_check import CheckResult, UnreadableProjectError, check_project
from ..reading.translations import LOCK_FILE, Confirmed, Passage, confirm, matches_name
from ..records.struct import replace
from .applying import EditConflictError, restore_files
from .journal import read
from .splices import Edit, ProjectFiles, Splice, line_end_of

Digests = Mapping[str, Mapping[str, tuple[str, ...]]]  # of texts by key and language
_ATTEMPTS = 5  # where others confirm texts meanwhile


class UnknownNameError(Exception):
    """A name that selects no text."""


def confirm_texts(root: Path, names: Sequence[str], *, on_wait: Callable[[], None] = lambda: None) -> int:
    """Confirm the named texts (a page, `facts`, `claims/grew`; without names all) as they are; how many keys that changes.

    What others confirm meanwhile stays. Errors as of `apply_edit`; UnreadableProjectError where not all texts can be read.
    """
    for _ in range(_ATTEMPTS - 1):
        with suppress(EditConflictError):
            return _confirm(root, names, on_wait)
    return _confirm(root, names, on_wait)


def _confirm(root: Path, names: Sequence[str], on_wait: Callable[[], None]) -> int:
    before = read(root / LOCK_FILE)
    checked = check_project(root)
    # what cannot be read of the file itself is written anew where all texts are confirmed, and would be lost else
    errors = [error for error in checked.errors if error.span.file != LOCK_FILE or names]
    if checked.edition is None or errors:  # of what cannot be read, nothing would stay confirmed
        raise UnreadableProjectError(errors)
    keys = {text.key for text in checked.passages}
    for name in names:
        if not any(matches_name(key, name) for key in keys):
            raise UnknownNameError(name)
    text, changed = confirm(checked.passages, checked.confirmed, names)
    after = {LOCK_FILE: text.replace("\n", line_end_of((before or b"").decode(errors="replace"))).encode()}
    restore_files(root, before={LOCK_FILE: before}, after=after, on_wait=on_wait)
    return changed


def with_confirmations(
    files: ProjectFiles,
    edit: Edit,
    before: CheckResult,
    after: CheckResult,
    *,
    written: Collection[str] | None = None,
    former: Callable[[str], str] = lambda key: key,
) -> Edit:
    """The edit, and data/translations.lock as it should be after it.

    Confirmed are the texts that the edit has `written` in every language (None: all that it touches), unless they were stale
    before. `former` gives the key that a text had before.
    """
    confirmed = before.confirmed.digests
    old, new = _digests(before.passages), _digests(after.passages)
    known = {key: confirmed[former(key)] for key in new if former(key) in confirmed}
    names = [
        key
        for key, digests in new.items()
        if digests != known.get(key)
        and (written is None or key in written)
        and (old.get(former(key)) == known[key] if key in known else former(key) not in old)
    ]
    if not confirmed or not (names or any(former(key) != key for key in known)):
        return edit
    text, _ = confirm(after.passages, Confirmed(known), names or ["\0"])
    splices = (*edit.splices, *_lines(files.text(LOCK_FILE), text))
    return replace(edit, splices=splices, before={**edit.before, LOCK_FILE: files.content(LOCK_FILE)})


def _digests(passages: Iterable[Passage]) -> Digests:
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for passage in passages:
        languages = found.setdefault(passage.key, {})
        languages[passage.language] = (*languages.get(passage.language, ()), passage.digest)
    return found


def _lines(old: str, new: str) -> Iterable[Splice]:
    """The splice from the first to the last line that differs."""
    if old == new:
        return ()
    if "\r" in old:  # places differ: all of it is written, with the line ends that it has
        return (Splice(LOCK_FILE, 0, len(old), new),) if old.replace("\r\n", "\n") != new else ()
    start = next((at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), min(len(old), len(new)))
    start = old.rfind("\n", 0, start) + 1
    end = next((at for at, (one, other) in enumerate(zip(reversed(old), reversed(new), strict=False)) if one != other), 0)
    end = min(end, len(old) - start, len(new) - start)
    return (Splice(LOCK_FILE, start, len(old) - end, new[start : len(new) - end]),)
