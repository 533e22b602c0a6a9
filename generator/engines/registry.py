"""The programs that can make a site of the rendered pages, and how they differ, as data."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any

from ..records.struct import Struct, field


class Engine(Struct, frozen=True, kw_only=True):
    """One engine: what has to be installed for it, which module runs it, and how it differs from the others."""

    name: str
    libraries: tuple[str, ...]  # the modules that have to be installed
    package: str  # what to install for them, for pip
    process: str  # the module that runs it in a process of its own
    some_pages: bool  # whether it can build some pages without the others
    leaves_fragments: bool  # whether it reads pages without their finished HTML, which is put back afterwards (see fragments)
    index: str  # the path of its theme's search index below a language
    listed: str  # the key of the entries in it
    whole_index: bool  # whether the theme's search finds only what is in it
    settings: Mapping[str, Any] = field(default_factory=dict)  # for every derived configuration, by section

    @property
    def installed(self) -> bool:
        """Whether it can be run here; loads nothing."""
        return all(find_spec(name) is not None for name in self.libraries)


ENGINES: Mapping[str, Engine] = {
    engine.name: engine
    for engine in (
        Engine(
            name="mkdocs",
            libraries=("mkdocs", "material"),
            package="factloom",
            process=f"{__package__}.mkdocs_worker",
            some_pages=True,
            leaves_fragments=True,
            index="search/search_index.json",
            listed="docs",
            whole_index=False,
        ),
        Engine(
            name="properdocs",
            libraries=("properdocs", "material"),
            package="factloom[properdocs]",
            process=f"{__package__}.properdocs_worker",
            some_pages=True,
            leaves_fragments=True,
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
            leaves_fragments=False,
            index="search.json",
            listed="items",
            whole_index=True,
            settings={"theme": {"variant": "classic"}},  # the look that the report's styles are written for
        ),
    )
}
DEFAULT = next(iter(ENGINES))
