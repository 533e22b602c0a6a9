"""Findings on the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from ..diagnostics.finding import Diagnostic, tool_message
from ..diagnostics.renderers import render


def print_findings(findings: Sequence[Diagnostic], form: str, root: Path, language: str) -> None:
    """Print findings to standard output in one of the forms of `--format`."""
    text = render(findings, output_format=form, root=root, language=language)
    if text:
        click.echo(text, nl=not text.endswith("\n"))


def summarize(findings: Sequence[Diagnostic], language: str) -> str:
    """How many errors and warnings there are, in words."""
    errors = sum(1 for finding in findings if finding.severity == "error")
    counts = {"errors": str(errors), "warnings": str(len(findings) - errors)}
    return tool_message("summary", language, **counts) if findings else tool_message("none", language)
