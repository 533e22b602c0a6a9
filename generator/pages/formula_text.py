"""Formulas of facts and checks as readers see them: each operand replaced by its value, functions and operators in words."""

from __future__ import annotations

import re
from decimal import Decimal

from ..model import formulas
from ..wording.formatting import SHORT
from ..wording.texts import Texts

_VERDICT = "verdict("
_QUOTED = re.compile(r"\"([a-z_]+)\"")
_FUNCTION = re.compile(r"\b(low|high|mid|round|growth|share)\(")
_SUM = re.compile(r" [-+*/] ")
_OPERATOR_WORD = re.compile(r"(?<= )(and|or|in|not in)(?= )")
_SCIENTIFIC = re.compile(r"\b\d+(?:\.\d+)?e\d+\b")
_OPERATOR_SIGNS = {" * ": " × ", " / ": " ÷ ", " - ": " − ", "<=": "≤", ">=": "≥", "==": "=", "!=": "≠"}


def without_verdicts(test: str) -> str:
    """A check's test without its conditions on verdicts; empty where these are alternatives, which cannot be left out."""
    if _VERDICT not in test:
        return test
    return "" if " or " in test else " and ".join(part for part in test.split(" and ") if _VERDICT not in part)


def formula_text(texts: Texts, written: str) -> str:
    """A formula or test in the words of a language, with values instead of ids; empty for an empty one."""
    if not written:
        return ""
    formula = formulas.parse(formulas.arithmetic_notation(written))
    parts: list[str] = []
    position = 0
    for use in sorted(formula.references, key=lambda use: use.offset):
        before = formula.text[position : use.offset]
        if use.kind != "fact":
            before = before.removesuffix(f"{use.kind}(")
        parts += before, _operand(texts, use)
        position = use.offset + len(use.id) + (1 if use.kind != "fact" else 0)
    parts.append(formula.text[position:])
    return _operators(texts, "".join(parts))


def _operators(texts: Texts, text: str) -> str:
    """A formula with its functions, operators, verdicts and plain numbers in the words of a language."""
    word = texts.language.word
    text = _QUOTED.sub(lambda match: word(f"verdict.{match[1]}"), text)
    text = _OPERATOR_WORD.sub(lambda match: word(f"work.{match[1]}"), text)
    text = _functions(texts, text)
    text = _SCIENTIFIC.sub(lambda match: texts.formatter.number(Decimal(match[0])), text)
    for written, sign in _OPERATOR_SIGNS.items():
        text = text.replace(written, sign)
    return text


def _functions(texts: Texts, text: str) -> str:
    """A formula in which each function is the language's pattern, such as "{1}から{0}への伸び", filled with its arguments."""
    call = _FUNCTION.search(text)
    if call is None:
        return text
    arguments, end = _arguments(text, call.end())
    filled = [_functions(texts, one) for one in arguments]
    filled = [f"({one})" if _SUM.search(one) else one for one in filled]
    pattern = texts.language.word(f"work.{call[1]}")
    if "{0}" not in pattern:
        pattern += f"({', '.join(filled)})"
    for number, argument in enumerate(filled):
        pattern = pattern.replace(f"{{{number}}}", argument)
    return text[: call.start()] + pattern + _functions(texts, text[end:])


def _arguments(text: str, start: int) -> tuple[list[str], int]:
    """The arguments of a call whose parenthesis opens just before the start, and the offset behind its end."""
    arguments: list[str] = []
    depth, begin = 1, start
    for at in range(start, len(text)):
        depth += (text[at] == "(") - (text[at] == ")")
        if depth == 0:
            return [*arguments, text[begin:at]], at + 1
        if depth == 1 and text.startswith(", ", at):
            arguments.append(text[begin:at])
            begin = at + 2
    return [*arguments, text[begin:]], len(text)


def _operand(texts: Texts, use: formulas.OperandReference) -> str:
    edition = texts.edition
    match use.kind:
        case "fact":
            return texts.value(edition.facts[use.id], SHORT)
        case "claimed":
            return texts.claim_value(edition.claims[use.id], SHORT)
        case "event":
            return texts.word_period(edition.events[use.id].date)
        case "verdict":
            return texts.language.word(f"verdict.{edition.claims[use.id].verdict}")
        case _:
            return texts.formatter.integer(len(edition.facts[use.id].items))
