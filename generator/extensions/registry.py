"""The extensions of one group by name, loaded when they are used, and findings about those that cannot be used.

An extension is an entry point (https://packaging.python.org/specifications/entry-points/) of a package that is installed in
the environment. Nothing in a project can be one, whatever the working folder is: only the folders of installed packages are
searched. Caches depend on the names and versions of all installed packages, and so on those of extensions (see
store/code_fingerprint).
"""

from __future__ import annotations

import re
import sys
import sysconfig
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import import_module
from pathlib import Path
from typing import Generic, TypeVar

from ..diagnostics.finding import Diagnostic, DiagnosticError, Span
from ..records.struct import Struct

_PREFIX = "factloom"
_API = ("", ".api", ".api.marks", ".api.outputs", ".api.rules")  # what extensions import
_OWN = __package__.partition(".")[0]
T = TypeVar("T")


class Extension(Struct, frozen=True, kw_only=True):
    """An entry point: its name, the module and attribute that it names, and the package that brings it."""

    name: str
    value: str
    package: str
    version: str
    span: Span  # in the package's entry_points.txt

    def load(self) -> object:
        """What the entry point names; DiagnosticError where that cannot be imported."""
        from importlib.metadata import EntryPoint  # noqa: PLC0415  only where there is one

        _make_api_importable()
        try:
            return EntryPoint(self.name, self.value, "").load()
        except Exception as error:
            raise DiagnosticError(self.finding("", why=told(error))) from error

    def finding(self, variant: str, **args: str) -> Diagnostic:
        """A finding about this extension."""
        said = {"name": self.name, "package": f"{self.package} {self.version}", **args}
        return Diagnostic(rule="broken-extension", variant=variant, span=self.span, args=said)


def told(error: BaseException) -> str:
    """An exception in one line, with the place in the code that raised it."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" ({Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno})" if trace is not None else ""
    return f"{type(error).__name__}: {' '.join(str(error).split())}{place}"


@dataclass(frozen=True)
class Registry(Generic[T]):
    """The extensions of a group, besides those of the generator itself.

    `own` gives the names that the generator has, which no extension can take; `pattern` is that of a name; `accept` gives what
    an entry point names as what it has to be, or raises TypeError with what is wrong.
    """

    group: str
    own: Callable[[], Collection[str]]
    pattern: str
    accept: Callable[[object], T]

    @cached_property
    def _found(self) -> tuple[Mapping[str, Extension], tuple[Diagnostic, ...]]:
        usable: dict[str, Extension] = {}
        problems: list[Diagnostic] = []
        for one in installed(f"{_PREFIX}.{self.group}"):
            if not re.fullmatch(self.pattern, one.name):
                problems.append(one.finding("name", pattern=self.pattern))
            elif one.name in self.own():
                problems.append(one.finding("own"))
            elif one.name in usable:
                problems.append(one.finding("clash", other=usable[one.name].package))
            else:
                usable[one.name] = one
        return usable, tuple(problems)

    @property
    def installed(self) -> tuple[str, ...]:
        """The names of all extensions, in order; nothing is imported."""
        return tuple(self._found[0])

    def get(self, name: str) -> T:
        """An extension by its name; DiagnosticError where it cannot be used, KeyError where there is none."""
        found = self._found[0][name]
        loaded = found.load()
        try:
            return self.accept(loaded)
        except TypeError as error:
            raise DiagnosticError(found.finding("shape", why=str(error))) from error

    def findings(self) -> list[Diagnostic]:
        """Why some cannot be used: names that clash, and what cannot be loaded."""
        found = list(self._found[1])
        for name in self.installed:
            try:
                self.get(name)
            except DiagnosticError as error:
                found.append(error.diagnostic)
        return found

    def failure(self, name: str, error: BaseException) -> Diagnostic:
        """The finding that an extension raised an error when it was used."""
        return self._found[0][name].finding("raised", why=told(error))

    def refusal(self, name: str, why: str) -> Diagnostic:
        """The finding that what an extension gave cannot be used."""
        return self._found[0][name].finding("shape", why=why)


@cache
def installed(group: str) -> tuple[Extension, ...]:
    """The entry points of a group in the order of their names, then of their packages."""
    found = (one for path in _declaring() for one in _entries(path, group))
    return tuple(sorted(found, key=lambda one: (one.name, one.package)))


@cache
def _declaring() -> tuple[Path, ...]:
    """The metadata folders of installed packages that declare an extension."""
    folders = dict.fromkeys(Path(sysconfig.get_path(kind)) for kind in ("purelib", "platlib"))
    paths = (path for folder in folders for path in sorted(folder.glob("*.dist-info/entry_points.txt")))
    return tuple(path.parent for path in paths if f"[{_PREFIX}." in path.read_text(encoding="utf-8", errors="replace"))


def _entries(path: Path, group: str) -> Iterator[Extension]:
    from importlib.metadata import PathDistribution  # noqa: PLC0415  only where there is one

    distribution = PathDistribution(path)
    file = path / "entry_points.txt"
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    for one in distribution.entry_points.select(group=group):
        line = next((at for at, text in enumerate(lines, start=1) if re.match(rf"{re.escape(one.name)}\s*=", text)), 1)
        yield Extension(
            name=one.name,
            value=one.value,
            package=distribution.metadata["Name"] or path.name,
            version=distribution.version,
            span=Span(f"{path.name}/{file.name}", line),
        )


def _make_api_importable() -> None:
    """Let extensions import `factloom.api` also where the package runs under the name of its folder."""
    if _OWN != _PREFIX:
        for name in _API:
            sys.modules.setdefault(f"{_PREFIX}{name}", import_module(f"{_OWN}{name}"))
