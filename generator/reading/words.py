"""The words of a report: those of the package, and before them those of data/words.yml and data/words/<code>.yml."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from ..diagnostics.finding import Diagnostic, Span
from ..model.languages import Language, fallbacks
from .default_words import default_words, is_package_key, reference, required_keys
from .located_values import Entry, Located, members_of
from .validators import ReadContext
from .yaml_nodes import MappingNode, Node, ScalarNode

FILE, FOLDER = "data/words.yml", "data/words"


def word_files(root: Path, codes: Iterable[str]) -> list[str]:
    """The files of a project's own words: one for all languages, and one for each that has its own."""
    files = [FILE, *(f"{FOLDER}/{code}.yml" for code in codes)]
    return [file for file in files if (root / file).exists()]


def by_language(tree: Node, file: str) -> Node:
    """A file of one language in the form of that for all: `key: text` becomes `key: {code: text}`; blank ones are left out."""
    if not isinstance(tree, MappingNode):
        return tree
    code = file.rpartition("/")[2].removesuffix(".yml")
    written = [
        (key, node) for key, node in tree.entries if not (isinstance(node, ScalarNode) and node.blank and not node.quoted)
    ]
    entries = ((key, MappingNode(((ScalarNode(code, key.span), node),), node.span)) for key, node in written)
    return MappingNode(tuple(entries), tree.span)


def add_words(words: dict[str, Entry], more: Mapping[str, Entry], sink: list[Diagnostic]) -> None:
    """Add the words of another file; one that has its text in a language already is a finding."""
    for key, entry in more.items():
        before = words.get(key)
        for code in entry.fields if before is not None else ():
            if before is not None and before[code] is not None:
                span, second = entry.span_of(code), before.span_of(code)
                sink.append(Diagnostic(rule="duplicate-id", span=span, second=second, args={"id": key}))
        if before is None:
            words[key] = entry
        else:
            words[key] = Entry({**entry.fields, **before.fields}, before.span, {**entry.keys, **before.keys})


def languages_of(report: Entry | None, words: Mapping[str, Entry], context: ReadContext) -> tuple[Language, ...]:
    """The languages of a report with their words; those of the package are found by the locale, then by the code.

    A language that the package does not have is reported once, with how many words it lacks; those of the reference stand in.
    A language in progress borrows the report's own words that it lacks.
    """
    found = []
    codes, in_progress = context.languages, context.in_progress
    for code in codes:
        name, locale = (_described(report, code, key) for key in ("name", "locale"))
        own = {key: str(located.value) for key, entry in words.items() if (located := entry[code]) is not None}
        defaults = default_words(locale, code)
        if not defaults:
            missing = [key for key in required_keys() if key not in own]
            if missing:
                args = {"language": code, "count": str(len(missing)), "key": missing[0]}
                context.report("missing-words", _span_of(report, code), **args)
            defaults = {key: reference()[key] for key in missing}
        known = {**_borrowed_words(words, codes, code), **defaults, **own} if code in in_progress else {**defaults, **own}
        found.append(_language(code, name, locale, tuple(known.items()), _fonts(report, code), in_progress=code in in_progress))
    return tuple(found)


@lru_cache(maxsize=64)
def _language(
    code: str, name: str, locale: str, words: tuple[tuple[str, str], ...], fonts: tuple[str, ...], *, in_progress: bool
) -> Language:
    """A language; the same object as long as nothing about it changes, for what is kept of its texts is kept by it."""
    return Language(code=code, name=name, locale=locale, words=dict(words), fonts=fonts, in_progress=in_progress)


def _borrowed_words(words: Mapping[str, Entry], codes: tuple[str, ...], code: str) -> dict[str, str]:
    """The report's own words in the languages that may stand in for one; the package has all others in each language."""
    return {
        key: str(located.value)
        for donor in reversed(fallbacks(codes, code))
        for key, entry in words.items()
        if not is_package_key(key) and (located := entry[donor]) is not None
    }


def _described(report: Entry | None, code: str, key: str) -> str:
    """What data/report.yml says of a language; its code where it says nothing."""
    described: Located | None = report["languages"] if report is not None else None
    entry = described[code] if isinstance(described, Entry) else None
    return str(entry.get(key, code)) if isinstance(entry, Entry) else code


def _fonts(report: Entry | None, code: str) -> tuple[str, ...]:
    """The fonts that data/report.yml names for a language."""
    described: Located | None = report["languages"] if report is not None else None
    entry = described[code] if isinstance(described, Entry) else None
    return tuple(str(font.value) for font in members_of(entry["fonts"])) if isinstance(entry, Entry) else ()


def _span_of(report: Entry | None, code: str) -> Span:
    described = report["languages"] if report is not None else None
    return described.span_of(code) if isinstance(described, Entry) else Span("data/report.yml")
