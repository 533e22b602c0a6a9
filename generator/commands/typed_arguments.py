"""What is typed behind the commands that edit: texts by language, negative numbers, and nothing that is lost in silence."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence

import click

from ..diagnostics.finding import languages, preferred_language, tool_message

LANGUAGE_SEPARATOR = "\x1f"
_DOTTED = re.compile(r"--([a-z][a-z0-9_-]*)\.([A-Za-z][A-Za-z0-9-]*)(?:=(.*))?", re.DOTALL)
_NEGATIVE = re.compile(r"-[^-A-Za-z].*", re.DOTALL)  # no option begins so
_ANY_OF = ("--root", "--language")  # the last one counts: scripts add them


class EditingCommand(click.Command):
    """A command whose arguments may be negative numbers; with `takes_pairs`, every unknown `--key` has a text."""

    takes_pairs = False

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put what is no option of the command behind `--`; UsageError for what would be lost, or is no text."""
        known = {name: one for one in self.get_params(ctx) if isinstance(one, click.Option) for name in one.opts}
        options: list[str] = []
        behind: list[str] = []
        said: list[tuple[str, str]] = []
        rest = iter(args)
        for arg in rest:
            name, equals, text = arg.partition("=")
            if arg == "--":
                behind += rest
            elif name in known:
                takes_text = not (equals or known[name].is_flag)
                texts = [one for one in (next(rest, None),) if one is not None] if takes_text else []
                options += [arg, *texts]
                said += [(name, (texts or [text])[0])] * (not known[name].is_flag)
            elif _NEGATIVE.fullmatch(arg):
                behind.append(arg)
            elif self.takes_pairs and arg.startswith("--"):
                behind += [arg] if equals else [arg, *(one for one in (next(rest, None),) if one is not None)]
            else:
                options.append(arg)
        _refuse_undecoded([*behind, *options], _language(said))
        _refuse_repeated(said, known, _language(said))
        return super().parse_args(ctx, [*options, *(["--", *behind] if behind else [])])


class CommandWithLanguages(EditingCommand):
    """A command whose options may name a language of the report: `--reason.de "…"`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read `--name.CODE text` as one value of the option `--name`."""
        known = {name: one for one in self.get_params(ctx) for name in one.opts}
        written: list[str] = []
        rest = iter(args)
        for arg in rest:
            match = _DOTTED.fullmatch(arg)
            name = f"--{match[1]}" if match else ""
            if match is None or (name in known and known[name].callback is not texts_by_language):
                written.append(arg)
                continue
            text = next(rest, "") if match[3] is None else match[3]
            written += [name, f"{match[2]}{LANGUAGE_SEPARATOR}{text}"]
        return super().parse_args(ctx, written)


class CommandWithPairs(CommandWithLanguages):
    """A command whose further arguments are pairs of a key and a text: `--unit USD`."""

    takes_pairs = True


def texts_by_language(_context: click.Context, _option: click.Parameter, given: Sequence[str]) -> dict[str, str]:
    """The texts of an option by language code; one without a code is that of "" (a callback of click)."""
    return dict(_by_language(given))


def _by_language(given: Sequence[str]) -> Iterator[tuple[str, str]]:
    for text in given:
        code, separator, rest = text.partition(LANGUAGE_SEPARATOR)
        yield (code, rest) if separator else ("", text)


def _language(said: Sequence[tuple[str, str]]) -> str:
    """The language that findings are told in, as far as that is known before the options are read."""
    asked = dict(said).get("--language", "")
    return asked if asked in languages() else preferred_language(os.environ)


def _refuse_undecoded(args: Sequence[str], language: str) -> None:
    """Refuse bytes that are no text; the path of a file may have them."""
    for arg in args:
        if any("\ud800" <= char <= "\udfff" for char in arg) and not os.path.lexists(arg.removeprefix("--root=")):
            raise click.UsageError(tool_message("edit-not-text", language, found=arg.encode(errors="replace").decode()))


def _refuse_repeated(said: Sequence[tuple[str, str]], known: dict[str, click.Option], language: str) -> None:
    """Refuse an option of which one of two texts would be lost, and a text for all languages beside that of one."""
    for name, option in known.items():
        texts = [text for one, text in said if known[one] is option]
        if option.callback is texts_by_language:
            codes = [code for code, _ in _by_language(texts)]
            for code in codes:
                if codes.count(code) > 1:
                    repeated = f"{name}.{code}".rstrip(".")
                    raise click.UsageError(tool_message("edit-said-twice", language, option=repeated))
            if "" in codes and len(codes) > 1:
                raise click.UsageError(tool_message("edit-mixed-languages", language, option=name))
        elif len(set(texts)) > 1 and not option.multiple and name not in _ANY_OF:
            raise click.UsageError(tool_message("edit-said-twice", language, option=name))
