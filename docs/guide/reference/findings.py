"""Every rule with what it promises, from the messages of the findings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from generator.diagnostics.finding import explain_rule, messages

from .writing import Writing, sections


def findings_page(writing: Writing) -> str:
    """What each rule says and why, with an example of what is wrong and what is right."""
    return sections((f"`{rule}`", rule, _rule(writing, rule)) for rule in sorted(messages()))


def _rule(writing: Writing, rule: str) -> Iterator[str]:
    known = messages(writing.code)[rule]
    yield f"**{writing.prose(str(known['message']).format_map(defaultdict(lambda: '…')))}**"
    explained = explain_rule(rule, writing.code)
    yield writing.prose(_joined(explained["explain"], "" if writing.code == "ja" else " "))
    for part in ("before", "after"):
        yield f"{writing.word(part)}:"
        yield writing.code_block(explained[part])


def _joined(text: str, between: str) -> str:
    return between.join(text.strip().splitlines())
