"""Keeps texts confirmed that an edit changed without changing what they say, or wrote in every language at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from ..checks.project_check import CheckResult
from ..reading.translations import LOCK_FILE, Confirmed, Passage, confirm
from .splices import Edit, ProjectFiles, Splice

Digests = Mapping[str, Mapping[str, tuple[str, ...]]]  # of texts by key and language


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
    return Edit(
        splices=(*edit.splices, *_lines(files.text(LOCK_FILE), text)),
        before={**edit.before, LOCK_FILE: files.content(LOCK_FILE)},
        renamed=edit.renamed,
    )


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
    start = next((at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), min(len(old), len(new)))
    start = old.rfind("\n", 0, start) + 1
    end = next((at for at, (one, other) in enumerate(zip(reversed(old), reversed(new), strict=False)) if one != other), 0)
    end = min(end, len(old) - start, len(new) - start)
    return (Splice(LOCK_FILE, start, len(old) - end, new[start : len(new) - end]),)
