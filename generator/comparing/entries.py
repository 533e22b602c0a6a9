"""Entries of data/ that were added, removed or changed, field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..model.languages import Phrase
from ..model.notation import written
from ..model.report import Claim, Edition, Fact, Report
from ..model.series import Series
from ..records.struct import Struct, field_names, replace
from ..wording.texts import Texts
from .changes import Category, EntryChange, FieldChange, Kind

KINDS = (
    "facts",
    "claims",
    "events",
    "series",
    "charts",
    "judgments",
    "risks",
    "checks",
    "terms",
    "names",
    "sources",
    "units",
    "retired",
)
_TITLES = ("label", "text", "title", "name", "term")  # the field of an entry's own name, by kind
_LEFT_OUT = {"span", "id", "inputs", "evaluation_date", "rests_on"}  # what follows from other fields
_METADATA = frozenset(
    {
        "topic",
        "review",
        "reviewed",
        "aliases",
        "section",
        "sections",
        "places",
        "site_url",
        "licence",
        "contact",
        "outputs",
        "url",
        "publisher",
        "title_from",
        "read",
        "independent",
        "accessed",
        "archived",
        "quote",
        "plausible",
        "text_fragments",
        "language",
        "at",
        "also_at",
        "as_written",
        "after_article",
        "digits",
        "compact",
        "ladder",
        "series",
        "page",
        "pages",
        "languages",
        "facts",
        "since",
        "holds_while",
        "mark",
    }
)
_WORDS_OF_KIND = {"names", "terms", "judgments", "risks", "retired"}  # kinds that are words when they come or go
_VALUES_WITH_REASONS = ("history", "rivals")  # fields of a fact
_LONGEST = 300  # characters of a field


def title_of(edition: Edition, kind: str, key: str) -> dict[str, str]:
    """An entry's own name by language, with its values filled in."""
    entry = getattr(edition, kind).get(key)
    for name in _TITLES:
        found = getattr(entry, name, None)
        if isinstance(found, Phrase):
            owner = entry if isinstance(entry, Fact | Claim) else None
            return {one.code: Texts(edition, one).fill(found, owner) for one in edition.report.languages}
        if isinstance(found, str) and found:
            return {one.code: found for one in edition.report.languages}
    return {}


def compare_entries(before: Edition, after: Edition) -> Iterator[EntryChange]:
    """Every entry that differs, by kind, in the order of the later edition; those that are gone come last."""
    renamed = {alias: fact.id for fact in after.facts.values() for alias in fact.aliases if alias in before.facts}
    former = {new: old for old, new in renamed.items() if new not in before.facts}
    for kind in KINDS:
        old: Mapping[str, object] = getattr(before, kind)
        new: Mapping[str, object] = getattr(after, kind)
        for key, entry in new.items():
            was = former.get(key, key) if kind == "facts" else key
            if was not in old:
                yield _whole(kind, key, Kind.ADDED, after)
            elif changed := tuple(_worded(_fields(old[was], entry), (before, old[was]), (after, entry))):
                title = title_of(after, kind, key)
                former_id = "" if was == key else was
                yield EntryChange(kind=kind, id=key, what=Kind.CHANGED, title=title, fields=changed, was=former_id)
        for key in old:
            if key not in new and not (kind == "facts" and renamed.get(key) in former):
                yield _whole(kind, key, Kind.REMOVED, before)
    if changed := tuple(_fields(before.report, after.report)):
        yield EntryChange(kind="report", id="report", what=Kind.CHANGED, title={}, fields=changed)


def _whole(kind: str, key: str, what: Kind, edition: Edition) -> EntryChange:
    category = (
        Category.WORDING if kind in _WORDS_OF_KIND else Category.METADATA if kind in ("sources", "units") else Category.DATA
    )
    field = FieldChange(name="", category=category, before="", after="")
    return EntryChange(kind=kind, id=key, what=what, title=title_of(edition, kind, key), fields=(field,))


def _fields(old: Any, new: Any) -> Iterator[FieldChange]:  # noqa: ANN401  entries of any kind
    left_out = _LEFT_OUT | ({"evidence"} if isinstance(new, Fact) and (new.formula or new.series) else set())
    if isinstance(new, Series):
        left_out = left_out | {"rows", "vintages", "columns"}
        yield from _table(old, new)
    if isinstance(new, Report):
        left_out = left_out | {"languages"}
        yield from _languages(old, new)
    for name in field_names(type(new)):
        if name in left_out:
            continue
        before, after = getattr(old, name), getattr(new, name)
        if _comparable(before) != _comparable(after):
            was, now = (_shown(one, other) for one, other in ((before, after), (after, before)))
            yield FieldChange(name=name, category=_category(name, before, after), before=was, after=now)


def _worded(found: Iterator[FieldChange], old: tuple[Edition, object], new: tuple[Edition, object]) -> Iterator[FieldChange]:
    """The fields with those of a fact that hold values and reasons in the words of each language, as readers see them."""
    (earlier, was_fact), (later, is_fact) = old, new
    for field in found:
        if field.name not in _VALUES_WITH_REASONS or not (isinstance(was_fact, Fact) and isinstance(is_fact, Fact)):
            yield field
            continue
        for language in later.report.languages:
            was = _reasoned(Texts(earlier, language), was_fact, field.name)
            now = _reasoned(Texts(later, language), is_fact, field.name)
            gone, come = "; ".join(one for one in was if one not in now), "; ".join(one for one in now if one not in was)
            if gone or come:
                yield replace(field, name=f"{field.name} ({language.code})", before=gone, after=come)


def _reasoned(texts: Texts, fact: Fact, name: str) -> list[str]:
    """The rival or earlier values of a fact, each with its reason, and with its sources or its date."""
    code = texts.language.code
    if code not in fact.label.texts:
        return []
    found = []
    for one in getattr(fact, name):
        sources = one.evidence if name == "rivals" else ()
        said = ", ".join(item.source.publisher for item in sources) or texts.word_period(one.as_of)
        found.append(f"{texts.word_value(one.value, fact.unit)} ({said}): {texts.fill(one.reason, fact)}")
    return found


def _languages(old: Report, new: Report) -> Iterator[FieldChange]:
    """Languages that come or go, their names and locales, and words of the interface that read otherwise."""
    named = [", ".join(f"{one.code} ({one.name}, {one.locale})" for one in report.languages) for report in (old, new)]
    if named[0] != named[1]:
        yield FieldChange(name="languages", category=Category.METADATA, before=named[0], after=named[1])
    words = {one.code: one.words for one in old.languages}
    for language in new.languages:
        known = words.get(language.code)
        for key in {**known, **language.words} if known is not None else ():
            before, after = (one.get(key, "") for one in (known or {}, language.words))
            if before != after:
                name = f"{key} ({language.code})"
                yield FieldChange(name=name, category=Category.WORDING, before=before, after=after)


def _table(old: object, new: Series) -> Iterator[FieldChange]:
    """How many rows of a series differ, and its columns; the cells are compared one by one elsewhere."""
    assert isinstance(old, Series)  # noqa: S101  of the same kind
    for name in ("columns", "rows", "vintages"):
        before, after = getattr(old, name), getattr(new, name)
        if _comparable(before) != _comparable(after):
            yield FieldChange(name=name, category=Category.DATA, before=f"{len(before)}", after=f"{len(after)}")


def _category(name: str, before: object, after: object) -> Category:
    if _without_words(before) == _without_words(after):
        return Category.WORDING
    return Category.METADATA if name in _METADATA else Category.DATA


def _comparable(value: object) -> object:
    """A field as it is compared: a text in all languages, another entry by its id."""
    if isinstance(value, Phrase):
        return tuple(value.texts.items())
    if isinstance(value, Mapping):
        return {key: _comparable(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [_comparable(one) for one in value]
    if isinstance(value, Struct) and not hasattr(value, "id"):
        return [_comparable(getattr(value, name)) for name in field_names(type(value))]
    return getattr(value, "id", value)


def _without_words(value: object) -> object:
    """A field without its texts, which are wording."""
    if isinstance(value, Phrase) or value is None:
        return None
    if isinstance(value, Mapping):
        return {key: _without_words(one) for key, one in value.items() if not isinstance(one, Phrase)}
    if isinstance(value, tuple | list):
        return [_without_words(one) for one in value]
    if isinstance(value, Struct) and not hasattr(value, "id"):
        return [_without_words(getattr(value, name)) for name in field_names(type(value))]
    return getattr(value, "id", value)


def _shown(value: object, other: object) -> str:
    """A field in one line; of a list or mapping only what the other one does not have."""
    if isinstance(value, tuple | list) and isinstance(other, tuple | list):
        theirs = [_comparable(one) for one in other]
        value = tuple(one for one in value if _comparable(one) not in theirs) or (value if len(value) == len(other) else ())
    elif isinstance(value, Mapping) and isinstance(other, Mapping):
        value = {key: one for key, one in value.items() if _comparable(one) != _comparable(other.get(key))}
    text = _line(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _line(value: object) -> str:
    """A field in the notation of data/; records that have none are shown by their fields."""
    if isinstance(value, tuple | list):
        return ", ".join(_line(one) for one in value)
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_line(one)}" for key, one in value.items())
    if hasattr(value, "reason") and hasattr(value, "value"):  # an earlier value
        return f"{written(value.value)} ({written(getattr(value, 'as_of', None))})"
    if hasattr(value, "by") and hasattr(value, "on"):
        return f"{written(value.on)} ({value.by})"
    return written(value) if not hasattr(value, "code") else str(value.code)
