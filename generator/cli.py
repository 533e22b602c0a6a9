"""Flags in, exit code out: each command is one call. Exit 0: done; 1: findings; 2: wrong use."""

from __future__ import annotations

import os
import sys
import textwrap
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click

from generator import __version__
from generator.build import BuildError, build_site
from generator.checking import check_project
from generator.diagnostics import Diagnostic, languages, messages, preferred_language, tool_word
from generator.fixing import fix_all
from generator.renderers import FORMS, render

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
_LANGUAGE = click.option(
    "--language",
    type=click.Choice(languages()),
    default=lambda: preferred_language(os.environ),
    show_default="what LANG asks for",
    help="The language that findings are told in.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="factloom")
def main() -> None:
    """Factloom: sourced facts become a report in every language it is written in."""


@main.command()
@_ROOT
@_FORM
@_LANGUAGE
@click.option("--fix", is_flag=True, help="First repair what is safe to repair: forms of dates, slips in ids, keys and words.")
@click.option("--statistics", is_flag=True, help="Print how many findings each rule has instead of the findings.")
def check(root: Path, form: str, language: str, *, fix: bool, statistics: bool) -> None:
    """Check data/ and templates/ and say what is wrong, all in one run."""
    if fix:
        _fix(root, language)
    checked = check_project(root)
    if statistics:
        for rule, count in Counter(one.rule for one in checked.found).most_common():
            click.echo(f"{count:>6} {rule}")
    else:
        _print(checked.found, form, root, language)
    if form in ("full", "concise"):
        click.echo(_summary(checked.found, language), err=True)
    sys.exit(1 if checked.errors else 0)


def _fix(root: Path, language: str) -> None:
    repairs = fix_all(root, lambda: check_project(root).found)
    for one in repairs:
        place = f"{one.span.file}:{one.span.line}:{one.span.column}"
        click.echo(tool_word("repaired", language, place=place, before=one.before, after=one.after), err=True)
    click.echo(tool_word("repairs", language, count=str(len(repairs))), err=True)


@main.command()
@_ROOT
@_FORM
@_LANGUAGE
@click.option("--jobs", type=click.IntRange(min=1), default=None, help="Worker processes (default: one per core).")
@click.option("--render-only", is_flag=True, help="Stop after build/docs: what a plain `mkdocs build` reads.")
def build(root: Path, form: str, language: str, jobs: int | None, *, render_only: bool) -> None:
    """Check, render, draw and publish the site in every language."""
    try:
        told = build_site(root.resolve(), jobs=jobs, render_only=render_only, progress=lambda text: click.echo(text, err=True))
    except BuildError as error:
        _print(error.found, form, root, language)
        click.echo(f"{_summary(error.found, language)}; {tool_word('kept', language)}", err=True)
        sys.exit(1)
    click.echo(told)


@main.command()
@click.argument("rule", required=False)
@_LANGUAGE
def explain(rule: str | None, language: str) -> None:
    """Say what a rule promises and why, with an example; without a rule, list them all."""
    rules = messages(language)
    if rule is None:
        click.echo("\n".join((tool_word("rules", language), *(f"  {name}" for name in sorted(rules)))))
        return
    if rule not in rules:
        raise click.UsageError(tool_word("no-rule", language, rule=rule))
    entry = rules[rule]
    click.echo(f"{rule}\n\n{_indented(entry['explain'])}")
    for part in ("before", "after"):
        click.echo(f"\n  {tool_word(part, language)}:\n{_indented(_indented(entry[part]))}")


def _indented(text: str) -> str:
    return textwrap.indent(text.rstrip(), "  ")


def _print(found: Sequence[Diagnostic], form: str, root: Path, language: str) -> None:
    text = render(found, form=form, root=root, language=language)
    if text:
        click.echo(text, nl=not text.endswith("\n"))


def _summary(found: Sequence[Diagnostic], language: str) -> str:
    errors = sum(1 for one in found if one.severity == "error")
    counts = {"errors": str(errors), "warnings": str(len(found) - errors)}
    return tool_word("summary", language, **counts) if found else tool_word("none", language)
