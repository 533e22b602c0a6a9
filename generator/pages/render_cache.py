"""Texts that functions and macros made when a page was last rendered: one is used again while nothing that it read changes."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Any, TypeVar

from ..model.dependencies import Accesses
from ..records.struct import Struct
from .page import AddedUses, Uses

Result = TypeVar("Result")


Memoize = Callable[[Hashable, Callable[[], str]], str]  # gives a text by key: one made before, or by the function


def make_anew(_key: Hashable, make: Callable[[], str]) -> str:
    """A `Memoize` that keeps nothing: the text is made each time."""
    return make()


class CachedText(Struct, frozen=True):
    """A text, the names of the entries that were read for it, and what it adds to the uses of its page."""

    text: str
    names: tuple[str, ...]
    uses: AddedUses
    within: tuple[Hashable, ...] = ()  # the keys of the texts that it was put together from


def names_of(texts: Mapping[Hashable, CachedText]) -> tuple[str, ...]:
    """The names of all entries that were read for some texts, in order."""
    return tuple(sorted({name for text in texts.values() for name in text.names}))


class RenderCache:
    """The texts of one page by key: those `known` from before, of which nothing has changed, and those that it has now."""

    def __init__(
        self, uses: Uses | None = None, accesses: Accesses | None = None, known: Mapping[Hashable, CachedText] | None = None
    ) -> None:
        """`uses` are those of the page; `accesses` records what is read of the edition."""
        self.uses = uses if uses is not None else Uses()
        self.accesses = accesses if accesses is not None else Accesses()
        self.known = known or {}
        self.texts: dict[Hashable, CachedText] = {}
        self._within: list[Hashable] = []  # the keys of texts for the one that is being made

    def text(self, key: Hashable, make: Callable[[], str]) -> str:
        """The text of a key, as it was before or made now."""
        found = self.texts.get(key) or self.known.get(key)
        if found is None:
            found = self._made(make)
        else:
            self.repeat(found.names, found.uses)
            for one in found.within:  # for when this one has to be made again
                if one not in self.texts:
                    self.texts[one] = self.known[one]
        self._within += (key, *found.within)
        self.texts[key] = found
        return found.text

    def _made(self, make: Callable[[], str]) -> CachedText:
        outer, self._within = self._within, []
        try:
            text, names, uses = self.collect(make)
            return CachedText(str(text), names, uses, tuple(self._within))
        finally:
            self._within = outer

    def collect(self, make: Callable[[], Result]) -> tuple[Result, tuple[str, ...], AddedUses]:
        """What a function returns, the names of what it read, and what it added to the uses of the page."""
        (result, uses), names = self.accesses.collect(lambda: self.uses.collect(make))
        return result, tuple(names), uses

    def repeat(self, names: tuple[str, ...], uses: AddedUses) -> None:
        """Record what the making of something recorded that is now used once more."""
        self.accesses.names.update(names)
        if uses:
            self.uses.add(uses)


class LazyView:
    """The view model of an entry that is made when a template reads it, not before.

    Given to a macro as its only argument, the macro's text is kept by the key. `shown` are fields known without it.
    """

    __slots__ = ("_cache", "_key", "_make", "_shown", "_view")

    def __init__(self, cache: RenderCache, key: Hashable, make: Callable[[], Any], **shown: str) -> None:
        self._cache, self._key, self._make, self._shown = cache, key, make, shown
        self._view: Any = None

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  a field of any view model
        """A field of the view model."""
        if name in self._shown:
            return self._shown[name]
        if self._view is None:
            self._view = self._make()
        return getattr(self._view, name)

    def shown(self, name: str, default: str = "") -> str:
        """A field that is known without the view model."""
        return self._shown.get(name, default)

    def text_of(self, macro: str, render: Callable[[LazyView], str]) -> str:
        """The text of a macro for this view. It is rendered with a view of its own, to which all counts that is read."""
        again = LazyView(self._cache, self._key, self._make, **self._shown)
        return self._cache.text((macro, self._key), lambda: render(again))
