"""What all commands that look at or edit entries share: the project as it is, and how places and entries are printed."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..diagnostics.finding import Span, tool_message
from ..editing.project import EditedProject, EditError, open_project
from .cached_check import check_with_cache
from .findings import print_findings


def open_for_reading(root: Path, language: str) -> EditedProject:
    """The project; where data/report.yml cannot be read, the findings are printed and the command exits with 1."""
    checked = check_with_cache(root)
    project = open_project(root, checked)
    if project is None:
        print_findings(checked.errors, "full", root, language)
        sys.exit(1)
    return project


def place(span: Span) -> str:
    """A place as text editors open it: file, line and column."""
    return f"{span.file}:{span.line}:{span.column}"


def kind_word(kind: str, language: str) -> str:
    """A kind of entries in words."""
    return tool_message(f"kind-{kind}", language)


def usage_error(error: EditError, language: str) -> click.UsageError:
    """What cannot be planned, as wrong use of the command."""
    return click.UsageError(tool_message(error.message, language, **error.arguments))
