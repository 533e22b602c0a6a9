"""Every command with its options, from the commands themselves."""

from __future__ import annotations

import os
from collections.abc import Iterator

import click

from generator.commands.main import COMMANDS, main

from .writing import Writing, sections

_OF_ALL = ("--root", "--language", "--help")


def commands_page(writing: Writing) -> str:
    """What each command does, how it is called, and its options."""
    before = os.environ.get("LC_ALL")
    os.environ["LC_ALL"] = writing.code
    try:
        context = click.Context(main, info_name="factloom")
        commands = {name: main.get_command(context, name) for name in COMMANDS}
        return sections((f"`{name}`", name, _command(writing, command)) for name, command in commands.items() if command)
    finally:
        if before is None:
            del os.environ["LC_ALL"]
        else:
            os.environ["LC_ALL"] = before


def _command(writing: Writing, command: click.Command) -> Iterator[str]:
    yield writing.prose(" ".join((command.help or "").split()))
    context = click.Context(command, info_name=command.name)
    yield writing.code_block(" ".join(["factloom", command.name or "", *command.collect_usage_pieces(context)]))
    options = [one for one in command.params if isinstance(one, click.Option) and one.opts[-1] not in _OF_ALL]
    if options:
        yield "\n".join(f"- {writing.code_span(', '.join(one.opts))} {writing.prose(one.help or '')}" for one in options)
