"""The programs that can turn the rendered pages into a site: what tells one from the other, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """One engine: what has to be installed for it, which module runs it, and where its ways part from the others'."""

    name: str
    libraries: tuple[str, ...]  # the modules it cannot do without
    package: str  # what brings them, for pip
    process: str  # our module that runs it in a process of its own
    some_pages: bool  # whether it can build some pages without the others
    index: str  # where its theme reads what can be searched for, below a language
    listed: str  # what the entries are called there
    whole_index: bool  # whether the theme finds nothing that does not stand there
    settings: Mapping[str, Any] = field(default_factory=dict)  # for every derived configuration, by section

    @property
    def installed(self) -> bool:
        """Whether it can be run here. Looks, and loads nothing."""
        return all(find_spec(one) is not None for one in self.libraries)


ENGINES: Mapping[str, Engine] = {
    one.name: one
    for one in (
        Engine(
            name="mkdocs",
            libraries=("mkdocs", "material"),
            package="factloom",
            process=f"{__package__}.mkdocs_worker",
            some_pages=True,
            index="search/search_index.json",
            listed="docs",
            whole_index=False,
        ),
        Engine(
            name="zensical",
            libraries=("zensical",),
            package="factloom[zensical]",
            process=f"{__package__}.zensical_worker",
            some_pages=False,
            index="search.json",
            listed="items",
            whole_index=True,
            settings={"theme": {"variant": "classic"}},  # the look that the report's styles are written for
        ),
    )
}
DEFAULT = next(iter(ENGINES))
