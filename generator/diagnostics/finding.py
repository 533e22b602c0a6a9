"""Diagnostics: what is wrong in a project and where, as data, and their messages in each language with a file in messages/."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from stat import S_ISREG
from typing import Any

from ..records.struct import Struct, field
from .escaping import escape_text

_TOOL, _CLAUSES, _REASONS = (
    "tool",
    "clauses",
    "reasons",
)  # tables that are no rules; names of rules have a hyphen
_MESSAGES = Path(__file__).with_name("messages")
_IS_DEFAULT = re.compile(r"^default = true\b", re.MULTILINE)  # in [tool]: parsing a whole file takes long


class Span(Struct, frozen=True, order=True, gc=False):
    """A place in a file: its path from the project's root, line and column counted from 1, length; columns count characters.

    A big report has millions, which are pickled between runs: the collector need not follow them, as they hold no containers.
    """

    file: str
    line: int = 1
    column: int = 1
    length: int = 1


class Clause(Struct, frozen=True):
    """A part of a message that is translated with it: its name in the table [clauses], and what fills its placeholders.

    `fix` is the text that may replace what is at the diagnostic's place, where that is certain.
    """

    name: str
    args: Mapping[str, Arg] = field(default_factory=dict)
    fix: str = ""


class Localized(Struct, frozen=True):
    """A part of a message that a report words itself: its text by language code, and the text for every other language."""

    texts: Mapping[str, str]
    default: str


Arg = str | Clause | Localized


class Diagnostic(Struct, frozen=True, kw_only=True):
    """One finding: the name of its rule, what fills the rule's message, its place, and a second place if two clash.

    Severity is `error` (keeps the report from being published) or `warning`; `variant` selects one of a rule's messages.
    """

    rule: str
    span: Span
    args: Mapping[str, Arg] = field(default_factory=dict)
    variant: str = ""
    severity: str = "error"
    second: Span | None = None

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Orders diagnostics by file and place."""
        return (self.span.file, self.span.line, self.span.column, self.rule, self.variant)

    @property
    def fix(self) -> str:
        """The text that may replace what is at the place; empty where somebody has to decide."""
        return next((arg.fix for arg in self.args.values() if isinstance(arg, Clause) and arg.fix), "")

    def sentence(self, language: str = "") -> str:
        """What is wrong, in one sentence that can be understood alone."""
        return self._text("message", language)

    def help(self, language: str = "") -> str:
        """What to type instead; may be empty."""
        return self._text("help", language)

    def _text(self, part: str, language: str) -> str:
        for entry in (messages(language).get(self.rule), messages().get(self.rule, _INSTALLED)):
            if entry is not None:
                return _fill(str(entry.get(self.variant, entry).get(part, "")), self.args, language)
        return ""


_INSTALLED = {"message": "{message}", "help": "{help}"}  # a rule of an installed package words its findings itself


class DiagnosticError(Exception):
    """A finding of an author's mistake, raised where nothing can go on; whoever catches it adds it to the other findings."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        """Carry the finding."""
        super().__init__(diagnostic)
        self.diagnostic = diagnostic


def _fill(text: str, args: Mapping[str, Arg], language: str) -> str:
    return text.format_map({name: translate_argument(arg, language) for name, arg in args.items()})


def translate_argument(arg: Arg, language: str = "") -> str:
    """A part of a message in words. Texts of libraries and of the system are translated where they are known."""
    if isinstance(arg, Localized):
        return arg.texts.get(language or languages()[0], arg.default)
    if isinstance(arg, str):
        return escape_text(str(_read(language).get(_REASONS, {}).get(arg, arg)))
    return _fill(_read(language)[_CLAUSES].get(arg.name) or _read("")[_CLAUSES][arg.name], arg.args, language)


# What ends a line: https://yaml.org/spec/1.1/#id871136 for YAML, and for other files what their readers take for it.
_YAML, _YAML_BREAK, _BREAK = (".yml", ".yaml"), re.compile(r"\r\n|[\r\n\x85\u2028\u2029]"), re.compile(r"\r\n|[\r\n]")


def source_lines(path: Path) -> Sequence[str]:
    """The lines of a file as it is now; none where it cannot be read, or is a link, which could lead to any file."""
    try:
        state = path.lstat()
    except (OSError, ValueError):
        return ()
    return _lines(path, state.st_mtime_ns, state.st_size, state.st_ino) if S_ISREG(state.st_mode) else ()


@lru_cache(maxsize=8)  # a file has many findings
def _lines(path: Path, *_state: int) -> tuple[str, ...]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return ()
    lines = (_YAML_BREAK if path.suffix in _YAML else _BREAK).split(text)
    return tuple(lines if lines[-1] else lines[:-1])


def messages(language: str = "") -> dict[str, dict[str, Any]]:
    """The messages of all rules by name, in one language of the tool; in its default language where none is named."""
    return {name: entry for name, entry in _read(language).items() if name not in (_TOOL, _CLAUSES, _REASONS)}


def explain_rule(rule: str, language: str = "") -> dict[str, str]:
    """What a rule promises (`explain`) and an example (`before`, `after`), which is the same in every language."""
    return {part: _read(language)[rule].get(part) or _read("")[rule][part] for part in ("explain", "before", "after")}


GUIDE = "https://factloom.github.io/factloom/guide/"  # a report in the languages of the tool


def rule_address(rule: str, language: str = "") -> str:
    """The place of the guide that explains a rule, in one language of the tool."""
    return f"{GUIDE}{language if language in languages() else languages()[0]}/reference/findings/#{rule}"


def tool_message(key: str, language: str = "", **args: Arg) -> str:
    """A message of the commands themselves, by its key in the table [tool]."""
    return _fill(str(_read(language)[_TOOL].get(key) or _read("")[_TOOL][key]), args, language)


@cache
def languages() -> tuple[str, ...]:
    """The languages of the tool: those that have a file of messages; the default one first."""
    found = sorted(_MESSAGES.glob("*.toml"))
    return tuple(path.stem for path in sorted(found, key=lambda path: not _IS_DEFAULT.search(path.read_text(encoding="utf-8"))))


def preferred_language(environment: Mapping[str, str]) -> str:
    """The language that the environment asks for, or the default one."""
    asked = next((found for key in ("LC_ALL", "LC_MESSAGES", "LANG") if (found := environment.get(key))), "")
    code = asked.partition(".")[0].partition("_")[0]
    return code if code in languages() else languages()[0]


def _read(language: str) -> dict[str, dict[str, Any]]:
    return _load(language if language in languages() else languages()[0])


@cache
def _load(language: str) -> dict[str, dict[str, Any]]:
    import tomllib  # noqa: PLC0415  most runs have nothing to say

    return tomllib.loads((_MESSAGES / f"{language}.toml").read_text(encoding="utf-8"))
