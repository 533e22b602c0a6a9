"""Checks a project with what earlier runs left in build/cache, for all commands that need its edition."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

from ..build.background import CAN_FORK, BackgroundTask
from ..build.folders import CACHE
from ..checks.project_check import CheckResult, check_project
from ..checks.read_ahead import ReadAhead, is_worth_reading_ahead, read_shard
from ..diagnostics.finding import Diagnostic, Span
from ..model.report import Edition
from ..reading.draft import Draft
from ..reading.template_summary import Outlines
from ..rules import CheckOptions
from ..settling.incremental import load_settled_state, save_settled_state, settled_state
from ..store.cache import Cache
from ..store.code_fingerprint import code_fingerprint
from ..store.generated_folders import remove_links
from ..store.hashing import content_hash
from ..store.input_paths import refused_inputs
from ..store.inputs import Inputs, InputsChangedError, hash_subset, read_inputs
from ..store.known_inputs import read_changed_inputs
from ..store.parse_cache import ParseCache
from .findings import print_findings

Result = TypeVar("Result")
_ATTEMPTS = 3  # to check files that nobody writes to meanwhile
_MOST_PROCESSES = 16  # each has some hundred megabytes, and what all read is put together by one
_FINDINGS = content_hash(b"findings")  # the key of the kept ones


def check_with_cache(root: Path, options: CheckOptions | None = None) -> CheckResult:
    """Check a project; only what changed since the last run is read again.

    A project that somebody writes to meanwhile is checked once more; where that goes on, this is the finding.
    """
    return check_inputs(root, options or CheckOptions(), None)[0]


def check_inputs(root: Path, options: CheckOptions, inputs: Inputs | None) -> tuple[CheckResult, bool]:
    """The same, and whether the `inputs`, which may all be read, are those that were checked, and still are the same."""
    for _ in range(_ATTEMPTS):
        with suppress(InputsChangedError):
            checked, unchanged = _check(root, options, inputs or read_inputs(root), inputs_are_safe=inputs is not None)
            return checked, unchanged and inputs is not None
        inputs = None
    changing = Diagnostic(rule="inputs-changing", span=Span("data"), args={"count": str(_ATTEMPTS)})
    return CheckResult(draft=Draft(root=root), edition=None, outlines=Outlines(()), findings=(changing,)), False


def _check(root: Path, options: CheckOptions, inputs: Inputs, *, inputs_are_safe: bool) -> tuple[CheckResult, bool]:
    cache = root / CACHE
    if not _removed_links(root):
        return check_project(root, options), False
    parse_cache, previous = ParseCache(cache / "read", code_fingerprint()), load_settled_state(cache, code_fingerprint())
    ahead = _read_ahead(root, parse_cache, options.as_of) if previous is None else None
    checked = check_project(
        root,
        options,
        parse_cache=parse_cache,
        previous=previous,
        files=inputs.hashes,
        over_shards=_in_processes,
        ahead=ahead,
        inputs_are_safe=inputs_are_safe,
    )
    unchanged = checked.draft.files_read <= inputs.hashes.keys() and read_inputs(root, inputs) == inputs
    with suppress(OSError):  # the disk is full, or build/ may not be written: the findings are the same without it
        parse_cache.save()
        if checked.edition is not None and checked.settled_cleanly and options.as_of is None and unchanged:
            save_settled_state(cache, code_fingerprint(), settled_state(checked.edition, inputs.hashes, None), previous)
    return checked, unchanged


def _read_ahead(root: Path, parse_cache: ParseCache, day: date | None) -> ReadAhead | None:
    """Read the files of a large project of which nothing is known."""
    if is_worth_reading_ahead(root, ParseCache(parse_cache.folder, parse_cache.code_fingerprint)) and not refused_inputs(root):
        with suppress(OSError):  # as above
            ahead = ReadAhead()
            for one in _in_processes(partial(read_shard, root, parse_cache, day)):
                ahead.add(one)
            ahead.keep(parse_cache)
            return ahead
    return None


def _in_processes(function: Callable[[int, int], Result]) -> list[Result]:
    """What a function gives for each of as many shards as there are processors, up to a limit, each in a process."""
    count = min(os.cpu_count() or 1, _MOST_PROCESSES)
    if count == 1 or not CAN_FORK:
        return [function(0, 1)]
    tasks = [BackgroundTask(partial(function, shard, count)) for shard in range(count)]
    try:
        return [task.result() for task in tasks]
    finally:
        for task in tasks:  # where one failed, the others have nothing to do any more
            task.cancel()


def findings_with_cache(root: Path, options: CheckOptions) -> tuple[Diagnostic, ...]:
    """The findings of a check; those of the last one with the same options where nothing was changed since."""
    # Nothing is kept of what no hash stands for: another state of the report, and files that must not be read.
    if options.base is not None or refused_inputs(root) or not _removed_links(root):
        return check_with_cache(root, options).findings
    fingerprint, kept = code_fingerprint(), Cache(root / CACHE / "findings")
    inputs = read_changed_inputs(root, root / CACHE, fingerprint)
    made_of = (hash_subset(inputs.hashes, ""), str(options.as_of), options.strict, options.strict_languages)
    match kept.load(_FINDINGS, fingerprint):
        case (known, tuple() as findings) if known == made_of:
            return findings
    checked, unchanged = check_inputs(root, options, inputs)
    if unchanged and checked.draft.files_read:
        with suppress(OSError):
            kept.save(_FINDINGS, fingerprint, (made_of, checked.findings))
    return checked.findings


def _removed_links(root: Path) -> bool:
    """Remove all links below build/; False where nothing there may be read or written."""
    try:
        remove_links(root)
    except OSError:
        return False
    return True


def require_edition(root: Path, language: str) -> Edition:
    """The edition of a project; where there are errors, they are printed and the command exits with 1."""
    checked = check_with_cache(root)
    if checked.edition is None or checked.errors:
        print_findings(checked.errors, "full", root, language)
        sys.exit(1)
    return checked.edition
