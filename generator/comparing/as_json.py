"""Changes as JSON: every field of `ReportChanges`, and the findings with their sentences."""

from __future__ import annotations

from collections.abc import Mapping

from ..diagnostics.finding import Diagnostic
from ..markup.json_text import json_text
from ..records.struct import Struct, asdict
from .changes import ReportChanges

VERSION = 1  # of the form; a key that is removed or means something else is another version


def as_json(changes: ReportChanges, language: str) -> str:
    """An object with `version`, `seen`, `counts` and all that differs."""
    record = {
        "version": VERSION,
        "seen": changes.seen,
        "counts": dict(changes.counts),
        **{name: _plain(value, language) for name, value in asdict(changes).items()},
    }
    return json_text(record, indent=2)


def _plain(value: object, language: str) -> object:
    if isinstance(value, Diagnostic):
        place = {"file": value.span.file, "line": value.span.line, "column": value.span.column}
        texts = {"message": value.sentence(language), "help": value.help(language)}
        return {"rule": value.rule, "severity": value.severity, **place, **texts}
    if isinstance(value, Struct):
        return {name: _plain(part, language) for name, part in asdict(value).items()}
    if isinstance(value, Mapping):
        return {key: _plain(one, language) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(one, language) for one in value]
    return value
