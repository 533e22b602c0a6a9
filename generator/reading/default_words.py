"""The words that come with the package: for each of its languages one text for every key, and what each key is for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import yaml

FOLDER = Path(__file__).parent.parent / "defaults" / "words"
_FALLBACKS, _MEANINGS = "fallbacks", "meanings"
# What a language may do without: ranges and changes then take other forms, and numbers spelled in words are not found.
_OPTIONAL = ("lock.", "value.range_signed", "value.after_scale", "growth.between", "growth.flat_", "growth.up_", "growth.down_")


@cache
def default_languages() -> tuple[str, ...]:
    """The tags of the languages that have words."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yml") if path.stem not in (_FALLBACKS, _MEANINGS)))


@cache
def reference() -> Mapping[str, str]:
    """Every key with its text in the language that all others are translated from."""
    return _read(reference_language())


@cache
def required_keys() -> tuple[str, ...]:
    """The keys that every language of a report needs a text for."""
    return tuple(key for key in reference() if not key.startswith(_OPTIONAL))


def is_package_key(key: str) -> bool:
    """Whether a word is one that the package has in each of its languages, or one that only some languages need."""
    return key in reference() or key.startswith(_OPTIONAL)


def default_words(*tags: str) -> Mapping[str, str]:
    """The words of the first of some tags of BCP 47 that has any, by itself or as `lookup` finds; empty where none has."""
    found = next((one for tag in tags if (one := lookup(tag))), "")
    return _read(found) if found else {}


def lookup(tag: str) -> str:
    """The language with words that is meant by a tag: its own, that of a longer tag without its end, or that of a fallback.

    This is the lookup of RFC 4647, 3.4, with the fallbacks of the package. An empty text where there is none.
    """
    for shorter in _shortened(tag):
        found = _read(_FALLBACKS).get(shorter, shorter)
        if found in default_languages():
            return found
    return ""


def meaning(key: str) -> str:
    """What a word is for, in the language of the reference: of the key itself, else of the keys that begin as it does."""
    meanings = _read(_MEANINGS)
    groups = (f"{key[: at + 1]}*" for at in range(len(key) - 1, 0, -1) if key[at] in "._")
    return next((meanings[one] for one in (key, *groups) if one in meanings), "")


def _shortened(tag: str) -> Iterator[str]:
    parts = tag.split("-")
    while parts:
        yield "-".join(parts)
        parts.pop()
        if parts and len(parts[-1]) == 1:  # an extension's letter goes with what it begins
            parts.pop()


def reference_language() -> str:
    """The tag of the language that all others are translated from."""
    return _read(_MEANINGS)["language"]


@cache
def _read(name: str) -> Mapping[str, str]:
    """A file of texts by key; all are texts, numbers too."""
    with (FOLDER / f"{name}.yml").open(encoding="utf-8") as file:
        found: dict[str, str] = yaml.load(file, Loader=yaml.CBaseLoader)  # noqa: S506  texts and mappings only, of the package
    return found
