"""Outputs that installed packages add, beside those of the generator."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from ..extensions.registry import Registry
from ..model.code_lists import OUTPUTS

if TYPE_CHECKING:
    from ..model.report import Edition
    from ..wording.texts import Texts

# The edition and its texts by language give the files of an output: address below the site, and content.
OutputFunction = Callable[["Edition", Mapping[str, "Texts"]], Iterable[tuple[str, str | bytes]]]


def _function(found: object) -> OutputFunction:
    if not callable(found):
        msg = f"it is no function but {type(found).__name__}"
        raise TypeError(msg)
    return found


INSTALLED_OUTPUTS: Registry[OutputFunction] = Registry("outputs", lambda: OUTPUTS, r"[a-z][a-z0-9_]{2,99}", _function)


def output_names() -> tuple[str, ...]:
    """The names of all outputs."""
    return (*OUTPUTS, *INSTALLED_OUTPUTS.installed)
