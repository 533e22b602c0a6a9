"""`factloom explain`: says what a rule checks and why."""

from __future__ import annotations

import textwrap

import click

from ..diagnostics.finding import explain_rule, messages, rule_address, tool_message
from .options import language_option


@click.command("explain")
@click.argument("rule", required=False)
@language_option
def command(rule: str | None, language: str) -> None:
    """Say what a rule promises and why, with an example; without a rule, list them all."""
    rules = messages(language)
    if rule is None:
        click.echo("\n".join((tool_message("rules", language), *(f"  {name}" for name in sorted(rules)))))
        return
    if rule not in rules:
        raise click.UsageError(tool_message("no-rule", language, rule=rule))
    entry = explain_rule(rule, language)
    click.echo(f"{rule}\n\n{_indented(entry['explain'])}")
    for part in ("before", "after"):
        click.echo(f"\n  {tool_message(part, language)}:\n{_indented(_indented(entry[part]))}")
    click.echo(f"\n  {rule_address(rule, language)}")


def _indented(text: str) -> str:
    return textwrap.indent(text.rstrip(), "  ")
