"""`factloom completion`: what makes a shell complete commands, options and ids."""

from __future__ import annotations

import re
from pathlib import Path

import click
from click.shell_completion import BashComplete, CompletionItem, FishComplete, ShellComplete, ZshComplete

from .options import language_option

_ID = re.compile(r"^([a-z][a-z0-9_]*):", re.MULTILINE)
_SHELLS: dict[str, type[ShellComplete]] = {"bash": BashComplete, "zsh": ZshComplete, "fish": FishComplete}
_NOT_ENTRIES = ("report.yml", "words.yml")


def complete_id(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The ids that begin with what is typed, read from data/ as it is (a callback of click)."""
    root = Path(str(context.params.get("root") or "."))
    found: dict[str, None] = {}
    for path in sorted((root / "data").glob("**/*.yml")):
        if path.name not in _NOT_ENTRIES and path.is_file():
            text = path.read_text(encoding="utf-8", errors="replace")
            found |= dict.fromkeys(key for key in _ID.findall(text) if key.startswith(incomplete))
    return [CompletionItem(key) for key in found]


@click.command("completion")
@click.argument("shell", type=click.Choice(sorted(_SHELLS)))
@language_option
@click.pass_context
def command(context: click.Context, shell: str, language: str) -> None:  # noqa: ARG001  every command has its language
    """Print what makes bash, zsh or fish complete commands, options and ids: `eval "$(factloom completion bash)"`."""
    group = context.find_root().command
    click.echo(_SHELLS[shell](group, {}, "factloom", "_FACTLOOM_COMPLETE").source())
