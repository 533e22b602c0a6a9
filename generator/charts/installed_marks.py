"""Marks that installed packages add, beside those of the generator."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeVar

from ..diagnostics.finding import DiagnosticError
from ..extensions.registry import Registry
from ..records.struct import Struct
from .needs import NEEDS, Needs
from .options import OPTIONS, Option

if TYPE_CHECKING:
    from .resolved_spec import ResolvedSpec
    from .scene import Scene
    from .table_cells import Table
    from .theme import Canvas


class Mark(Struct, frozen=True, kw_only=True):
    """A kind of chart.

    `options` are the keys that a specification of it takes besides those of all charts; each is one that some mark of the
    generator takes (see charts/options), and is read and checked as there. `needs` is what it needs of a series, where it
    draws one. `draw` gives the scene of a specification for a canvas; it may raise no error for a specification that these two
    admit. `describe` says in sentences what the chart shows, in the language of the specification; `tabulate` gives its values
    as a table.
    """

    options: Mapping[str, Option]
    draw: Callable[[ResolvedSpec, Canvas], Scene]
    describe: Callable[[ResolvedSpec], list[str]]
    tabulate: Callable[[ResolvedSpec], Table]
    needs: Needs | None = None


def _mark(found: object) -> Mark:
    if not isinstance(found, Mark):
        msg = f"it is no Mark of factloom.api.marks but {type(found).__name__}"
        raise TypeError(msg)
    if unknown := sorted(found.options.keys() - _KNOWN):
        msg = f"no mark of the generator takes {', '.join(unknown)}"
        raise TypeError(msg)
    return found


Made = TypeVar("Made")
_KNOWN = {key for options in OPTIONS.values() for key in options}
INSTALLED_MARKS: Registry[Mark] = Registry("marks", lambda: OPTIONS, r"[a-z][a-z0-9_]{2,99}", _mark)


def mark_names() -> tuple[str, ...]:
    """The names of all marks."""
    return (*OPTIONS, *INSTALLED_MARKS.installed)


def options_of(mark: str) -> Mapping[str, Option] | None:
    """The keys that a mark takes; None where there is no such mark."""
    return INSTALLED_MARKS.get(mark).options if mark in INSTALLED_MARKS.installed else OPTIONS.get(mark)


def needs_of(mark: str) -> Needs | None:
    """What a mark needs of a series; None where it draws none."""
    return INSTALLED_MARKS.get(mark).needs if mark in INSTALLED_MARKS.installed else NEEDS.get(mark)


def tabulate_installed(spec: ResolvedSpec) -> Table:
    """The table of a chart whose mark an installed package brings; DiagnosticError where that fails."""
    return _used(spec, lambda mark: mark.tabulate(spec))


def describe_installed(spec: ResolvedSpec) -> list[str]:
    """What a chart shows in sentences, by its installed mark; DiagnosticError where that fails."""
    return _used(spec, lambda mark: mark.describe(spec))


def draw_installed(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """The scene of a chart for a canvas, by its installed mark; DiagnosticError where that fails."""
    return _used(spec, lambda mark: mark.draw(spec, canvas))


def _used(spec: ResolvedSpec, use: Callable[[Mark], Made]) -> Made:
    name = spec.chart.mark
    mark = INSTALLED_MARKS.get(name)
    try:
        return use(mark)
    except Exception as error:
        raise DiagnosticError(INSTALLED_MARKS.failure(name, error)) from error
