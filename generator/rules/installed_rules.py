"""Rules that installed packages add, beside those of the generator."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from ..diagnostics.finding import Diagnostic, DiagnosticError, Localized, Span
from ..diagnostics.finding import messages as messages_of_rules
from ..extensions.registry import Registry
from ..model.report import Edition
from ..records.struct import Struct
from .context import RuleContext


class Finding(Struct, frozen=True, kw_only=True):
    """What an installed rule found: one sentence that is understood alone, its place, and what to type instead.

    `message` and `help` are texts, or texts by the language of the tool, the first of which is for all others. `span` is one
    below the project; entries of an edition have theirs (`fact.span`). An error keeps the report from being published.
    """

    message: str | Mapping[str, str]
    span: Span
    help: str | Mapping[str, str] = ""
    error: bool = False


RuleFunction = Callable[[Edition], Iterable[Finding]]


def _function(found: object) -> RuleFunction:
    if not callable(found):
        msg = f"it is no function but {type(found).__name__}"
        raise TypeError(msg)
    return found


# Names of rules have a hyphen; an installed one cannot take the name of a rule of the generator.
INSTALLED_RULES: Registry[RuleFunction] = Registry("rules", messages_of_rules, r"[a-z][a-z0-9]*(?:-[a-z0-9]+)+", _function)


def installed_rules_hold(context: RuleContext) -> Iterator[Diagnostic]:
    """The findings of all installed rules that can be loaded; one that raises an error is a finding itself."""
    for name in INSTALLED_RULES.installed:
        try:
            found = [_diagnostic(name, one) for one in INSTALLED_RULES.get(name)(context.edition)]
        except DiagnosticError:
            continue  # it has its finding where extensions are looked for
        except Exception as error:  # noqa: BLE001  whatever a function of somebody else raises
            found = [INSTALLED_RULES.failure(name, error)]
        yield from found


def _diagnostic(name: str, found: Finding) -> Diagnostic:
    return Diagnostic(
        rule=name,
        span=found.span,
        severity="error" if found.error else "warning",
        args={"message": _text(found.message), "help": _text(found.help)},
    )


def _text(text: str | Mapping[str, str]) -> Localized:
    return Localized({}, text) if isinstance(text, str) else Localized(text, next(iter(text.values()), ""))
