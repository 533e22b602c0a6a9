"""Everything that templates can call, from the functions themselves."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from typing import Any

from generator.pages.block_functions import BlockFunctions
from generator.reading.schemas import key_help

from .writing import Writing, sections


def call_names() -> list[str]:
    """The names of all calls, as templates write them."""
    return sorted(["t", *(name.removeprefix("call_") for name in dir(BlockFunctions) if name.startswith("call_"))])


def calls_page(writing: Writing, examples: Mapping[str, Any]) -> str:
    """What each call does, how it is written, and what comes of an example."""
    return sections((f"`{name}`", name, _call(writing, name, examples)) for name in call_names())


def _call(writing: Writing, name: str, examples: Mapping[str, Any]) -> Iterator[str]:
    yield writing.prose(key_help("call", name, writing.code))
    yield writing.code_span(_signature(name))
    if name in examples["elsewhere"]:
        yield f"{writing.word('result')}: [{writing.word('elsewhere')}](../{examples['elsewhere'][name]})"
        return
    if (text := examples["calls"].get(name)) is None:
        return
    yield writing.code_block(f"{{{{ {text} }}}}")
    if name in examples["without_result"]["names"]:
        return
    yield f"{writing.word('result')}:"
    yield f"{{{{ {text} }}}}"


def _signature(name: str) -> str:
    if name == "t":
        return "t(key)"
    parameters = list(inspect.signature(getattr(BlockFunctions, f"call_{name}")).parameters.values())[1:]
    written = [
        f"**{one.name}"
        if one.kind is one.VAR_KEYWORD
        else one.name
        if one.default is one.empty
        else f"{one.name}={one.default!r}"
        for one in parameters
        if one.kind is not one.VAR_POSITIONAL
    ]
    return f"{name}({', '.join(written)})".replace("'", '"').replace("**match", "key=value")
