"""Findings on the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from ..diagnostics.finding import Diagnostic, Span, tool_message
from ..diagnostics.renderers import render


def print_findings(findings: Sequence[Diagnostic], form: str, root: Path, language: str, *, err: bool = False) -> None:
    """Print findings to standard output (or error) in one of the forms of `--format`."""
    text = render(findings, output_format=form, root=root, language=language)
    if text:
        click.echo(text, nl=not text.endswith("\n"), err=err)


def cannot_write(error: OSError, root: Path) -> Diagnostic:
    """The finding that something below build/ or site/ cannot be written; a full disk names no path."""
    path = Path(error.filename) if isinstance(error.filename, str) and error.filename else root / "build"
    shown = (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()
    args = {"path": shown, "why": error.strerror or str(error)}
    return Diagnostic(rule="cannot-write", span=Span(shown), args=args)


def summarize(findings: Sequence[Diagnostic], language: str) -> str:
    """How many errors and warnings there are, in words."""
    errors = sum(1 for finding in findings if finding.severity == "error")
    counts = {"errors": str(errors), "warnings": str(len(findings) - errors)}
    return tool_message("summary", language, **counts) if findings else tool_message("none", language)
