"""What a form brings as it will be: findings beside the fields that they are about, and charts as pictures."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from contextlib import suppress

from ..charts.drawing import draw_widths
from ..diagnostics.finding import Diagnostic, DiagnosticError
from ..editing.entry_fields import FormField, form_fields
from ..editing.project import EditError, open_project
from ..editing.splices import UnreadableFileError
from ..editing.trial import Trial
from ..records.struct import Struct
from ..wording.texts import Texts

_MOST_CHARTS = 2  # that are drawn of those that move


class FoundField(Struct, frozen=True):
    """A finding, and the name of the field that it is about; empty where that is none of the form."""

    field: str
    finding: Diagnostic


class DrawnChart(Struct, frozen=True, kw_only=True):
    """A chart in one language: its title and text alternative, and the address of its picture, which holds all of it."""

    id: str
    language: str
    alt: str
    address: str


def found_fields(trial: Trial, kind: str, key: str) -> Iterator[FoundField]:
    """The findings of a trial, those of the entry with the name of their field."""
    fields: list[FormField] = []
    project = open_project(trial.copy, trial.checked, trial.edition)
    if project is not None:
        with suppress(EditError, UnreadableFileError):
            fields = form_fields(project, kind, key)
    for one in trial.new:
        yield FoundField(_field_of(one, fields), one)


def _field_of(finding: Diagnostic, fields: list[FormField]) -> str:
    """The field within whose text a finding stands; a text of several lines counts with its first one."""
    span = finding.span
    if finding.rule == "missing-language":
        return _empty_field(finding, fields)
    behind = ""  # the first field behind it in its line: it stands at the key of that
    for one in fields:
        node = one.node
        if node is None or (node.span.file, node.span.line) != (span.file, span.line):
            continue
        if node.span.column <= span.column <= node.span.column + node.extent[1] - node.extent[0]:
            return one.name
        behind = behind or (one.name if span.column < node.span.column else "")
    return behind


def _empty_field(finding: Diagnostic, fields: list[FormField]) -> str:
    """The field of the first text that a language lacks at or behind a place."""
    codes = str(finding.args["language"]).split(", ")
    written = [one for one in fields if one.language and one.node is not None and one.node.span.line >= finding.span.line]
    for other in written if all(one.node is None or one.node.span.file == finding.span.file for one in fields) else ():
        for one in fields:
            if one.language in codes and one.path[:-1] == other.path[:-1] and not one.text:
                return one.name
    return ""


def drawn_charts(trial: Trial, kind: str, key: str) -> Iterator[DrawnChart]:
    """The chart that is edited, and some that move with an entry, in every language."""
    edition = trial.edition
    if edition is None:
        return
    moved = [one.id for one in trial.moved if one.kind == "charts"]
    wanted = [key, *moved] if kind == "charts" else moved
    for name in list(dict.fromkeys(one for one in wanted if one in edition.charts))[:_MOST_CHARTS]:
        for language in edition.report.languages:
            with suppress(DiagnosticError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
                drawing = draw_widths(edition.charts[name], edition, Texts(edition, language))["narrow"]
                picture = b64encode(drawing.standalone.encode()).decode()
                address = f"data:image/svg+xml;base64,{picture}"
                yield DrawnChart(id=name, language=language.code, alt=drawing.alt, address=address)
