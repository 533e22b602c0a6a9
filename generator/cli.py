"""Flags in, exit code out: each command is one call. Exit 0: done; 1: findings; 2: wrong use."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator import __version__
from generator.build import BuildError, build_site
from generator.checking import check_project
from generator.diagnostics import FORMS, Diagnostic, messages, render

_ROOT = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    show_default="the current folder",
    help="The folder that holds data/ and templates/.",
)
_FORM = click.option(
    "--format",
    "form",
    type=click.Choice(sorted(FORMS)),
    default="full",
    show_default=True,
    help="How findings are printed.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="factloom")
def main() -> None:
    """Factloom: sourced facts become a report in every language it is written in."""


@main.command()
@_ROOT
@_FORM
def check(root: Path, form: str) -> None:
    """Check data/ and templates/ and say what is wrong, all in one run."""
    checked = check_project(root)
    _print(list(checked.found), form, root)
    if form in ("full", "concise"):
        click.echo(_summary(list(checked.found)), err=True)
    sys.exit(1 if checked.errors else 0)


@main.command()
@_ROOT
@_FORM
@click.option("--jobs", type=click.IntRange(min=1), default=None, help="Worker processes (default: one per core).")
@click.option("--render-only", is_flag=True, help="Stop after build/docs: what a plain `mkdocs build` reads.")
def build(root: Path, form: str, jobs: int | None, *, render_only: bool) -> None:
    """Check, render, draw and publish the site in every language."""
    try:
        told = build_site(root.resolve(), jobs=jobs, render_only=render_only, progress=lambda text: click.echo(text, err=True))
    except BuildError as error:
        _print(list(error.found), form, root)
        click.echo(_summary(list(error.found)) + "; the published site was left as it was", err=True)
        sys.exit(1)
    click.echo(told)


@main.command()
@click.argument("rule")
def explain(rule: str) -> None:
    """Say what a rule is about."""
    entry = messages("en").get(rule)
    if entry is None:
        raise click.UsageError(f"there is no rule {rule}; rules: {', '.join(sorted(messages('en')))}")
    click.echo(f"{rule}: {entry.get('message', '')}\n  {entry.get('help', '')}")


def _print(found: list[Diagnostic], form: str, root: Path) -> None:
    text = render(found, form=form, root=root)
    if text:
        click.echo(text, nl=not text.endswith("\n"))


def _summary(found: list[Diagnostic]) -> str:
    errors = sum(1 for one in found if one.severity == "error")
    warnings = len(found) - errors
    return "no findings" if not found else f"{errors} error(s), {warnings} warning(s)"
