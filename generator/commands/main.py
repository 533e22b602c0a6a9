"""The command `factloom`: a group whose commands are modules of this folder, each loaded only when it is called.

So a build that finds nothing to do is over before ICU, Jinja or matplotlib are loaded. Exit codes: 0 done, 1 findings,
2 wrong use.
"""

from __future__ import annotations

import os
import sys
from copy import copy
from importlib import import_module
from keyword import iskeyword
from pathlib import Path

import click

from .. import __version__
from ..diagnostics.finding import preferred_language

COMMANDS = (
    "build",
    "check",
    "cite",
    "completion",
    "confirm",
    "diff",
    "edition",
    "eject",
    "explain",
    "find",
    "freshness",
    "import",
    "init",
    "languages",
    "new",
    "rename",
    "retire",
    "reviewed",
    "schema",
    "serve",
    "set",
    "show",
    "verify",
    "verify-site",
    "words",
)


class _CommandGroup(click.Group):
    """Each command is the function `command` of the module with its name."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  what click calls
        """The names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """A command by its name; None where there is no such command."""
        if cmd_name not in COMMANDS:
            return None
        name = cmd_name.replace("-", "_")
        command: click.Command = import_module(f".{name}{'_' * iskeyword(name)}", __package__).command
        return _translate(command)


def _translate(command: click.Command) -> click.Command:
    """A command with its help in the language that the environment asks for, where that has a file in help/."""
    command = copy(command)
    command.params = [copy(one) for one in command.params]
    path = Path(__file__).with_name("help") / f"{preferred_language(os.environ)}.toml"
    if path.is_file():
        import tomllib  # noqa: PLC0415  most runs have their words in the code

        texts = tomllib.loads(path.read_text(encoding="utf-8"))
        own = texts.get(command.name or "", {})
        command.help, command.short_help = own.get("help", command.help), own.get("help")
        for option in command.params:
            if isinstance(option, click.Option):
                option.help = own.get(option.opts[-1]) or texts["options"].get(option.opts[-1], option.help)
                if isinstance(option.show_default, str):
                    option.show_default = texts["defaults"].get(option.show_default, option.show_default)
    return command


@click.group(cls=_CommandGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="factloom")
def main() -> None:
    """Factloom: sourced facts become a report in every language it is written in."""


def run() -> None:
    """Run the command, and exit without freeing memory: with a big report that takes longer than building an edit."""
    try:
        main()
    except SystemExit as ended:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(ended.code if isinstance(ended.code, int) else int(ended.code is not None))
