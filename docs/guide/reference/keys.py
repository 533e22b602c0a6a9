"""Every key of data/, from the records that the schemas are made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from generator.diagnostics.finding import Clause, translate_argument
from generator.reading.localized_validators import PLURAL, LocalizedPlurals, LocalizedText
from generator.reading.record_validators import Either, ListOf, MapOf, Record
from generator.reading.records import FOLDERS, SINGLE_FILES
from generator.reading.report_record import REPORT
from generator.reading.schemas import key_help
from generator.reading.validators import Boolean, Choice, DateOrPeriod, FormulaText, Number, Quantity, Text, Validator

from .writing import Writing, blocks

# The kinds of files that a page is about; a record that several kinds hold stands on the first page.
PAGES: Mapping[str, tuple[str, ...]] = {
    "report": ("report",),
    "facts": ("facts",),
    "claims": ("claims",),
    "charts": ("charts",),
    "series": ("series",),
    "units": ("units",),
    "entries": ("sources", "names", "events", "terms", "risks", "checks", "judgments", "retired"),
}
RECORDS: Mapping[str, Record] = {"report": REPORT, **SINGLE_FILES, **FOLDERS}
_LONGEST = 100  # characters of an example that is taken from the guide's own data


def keys_of(record: Record) -> dict[str, Validator]:
    """The keys of a record with what may stand under each."""
    return {**{key: field.validator for key, field in record.fields.items()}, **record.more}


def records_in(validator: Validator) -> Iterator[Record]:
    """A record and all that it holds, outermost first."""
    match validator:
        case Record():
            yield validator
            for one in keys_of(validator).values():
                yield from records_in(one)
        case ListOf() | MapOf():
            yield from records_in(validator.validator)
        case Either():
            yield from (*records_in(validator.scalar), *records_in(validator.mapping))
        case LocalizedPlurals():
            yield PLURAL


def placed_records() -> dict[str, dict[str, Record]]:
    """The records of each page, by what they are called."""
    placed: dict[str, dict[str, Record]] = {}
    seen: set[str] = set()
    for page, kinds in PAGES.items():
        for record in (one for kind in kinds for one in records_in(RECORDS[kind])):
            if record.what not in seen:
                seen.add(record.what)
                placed.setdefault(page, {})[record.what] = record
    return placed


def key_pages(writing: Writing, guide: Path, own_examples: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """The text of each page about keys."""
    placed = placed_records()
    page_of = {what: page for page, records in placed.items() for what in records}
    examples = examples_in(guide)
    found = {}
    for page, records in placed.items():
        keys = _Keys(writing, page, page_of, {**examples, **_flat(own_examples)})
        found[page] = blocks(block for record in records.values() for block in keys.of_record(record))
    return found


def _flat(examples: Mapping[str, Mapping[str, str]]) -> dict[tuple[str, str], str]:
    return {(what, key): text for what, keys in examples.items() for key, text in keys.items()}


_LINKED: Mapping[type[Validator], str] = {FormulaText: "formula", Quantity: "value", DateOrPeriod: "period"}


def _expected(validator: Validator) -> Clause:
    """What a finding says should stand there."""
    match validator:
        case LocalizedText() | LocalizedPlurals():
            return Clause("per-language", {"example": "ja: …, en: …"})
        case Boolean():
            return Clause("truth")
        case Text() | Number() | ListOf():
            return validator.expected
    msg = f"a shape without words: {validator}"
    raise TypeError(msg)


class _Keys:
    """Writes the keys of the records of one page."""

    def __init__(
        self, writing: Writing, page: str, page_of: Mapping[str, str], examples: Mapping[tuple[str, str], str]
    ) -> None:
        self.writing, self.page, self.page_of, self.examples = writing, page, page_of, examples
        self.file_of = {RECORDS[kind].what: kind for kind in RECORDS}

    def of_record(self, record: Record) -> Iterator[str]:
        """The blocks of a record: heading, what it is for, and each key."""
        writing = self.writing
        name = translate_argument(Clause(record.what), writing.code)
        yield f"## {writing.prose(name[:1].upper() + name[1:])} {{ #{record.what} }}"
        if record.what in self.file_of:
            yield writing.prose(key_help("files", self.file_of[record.what], writing.code))
        for key, validator in keys_of(record).items():
            required = key in record.fields and record.fields[key].required
            yield f"### `{key}` {{ #{record.what}-{key} }}"
            yield writing.prose(key_help(record.what, key, writing.code))
            about = [f"**{writing.word('required')}**"] if required else []
            yield " · ".join([*about, f"{writing.word('type')}: {self.shape(validator)}"])
            hint = record.fields[key].hint.replace("{key}", key) if key in record.fields else f"{key}: …"
            yield writing.code_block(self.examples.get((record.what, key), hint))

    def shape(self, validator: Validator) -> str:  # noqa: PLR0911  a line for each validator
        """What may stand under a key, in words."""
        writing = self.writing
        match validator:
            case Record():
                page = self.page_of[validator.what]
                address = f"#{validator.what}" if page == self.page else f"{page}.md#{validator.what}"
                return f"[{writing.prose(translate_argument(Clause(validator.what), writing.code))}]({address})"
            case ListOf() if validator.expected.name == "list":
                return f"{writing.word('list-of')}: {self.shape(validator.validator)}"
            case MapOf():
                return f"{writing.word('map-of')}: {self.shape(validator.validator)}"
            case Either():
                return f"{self.shape(validator.scalar)} {writing.word('or')} {self.shape(validator.mapping)}"
            case Choice():
                return f"{writing.word('one-of')}: {', '.join(map(writing.code_span, validator.choices))}"
            case FormulaText() | Quantity() | DateOrPeriod():
                return writing.word(_LINKED[type(validator)])
        return self._clause(_expected(validator))

    def _clause(self, clause: Clause) -> str:
        return self.writing.prose(translate_argument(clause, self.writing.code))


def examples_in(guide: Path) -> dict[tuple[str, str], str]:
    """For each key that the guide's own data uses, one of the places where it does, as a line of YAML."""
    found: dict[tuple[str, str], str] = {}
    for kind, record in RECORDS.items():
        place = guide / "data" / kind
        for path in [place.with_suffix(".yml")] if kind not in FOLDERS else sorted(place.glob("*.yml")):
            content = yaml.safe_load(path.read_text(encoding="utf-8"))
            for entry in [content] if kind == "report" else content.values():
                _collect(record, entry, found)
    return found


def _collect(validator: Validator, value: Any, found: dict[tuple[str, str], str]) -> None:  # noqa: ANN401  any value of YAML
    if isinstance(validator, Record) and isinstance(value, dict):
        for key in (key for key in keys_of(validator) if key in value):
            line, known = _line(key, value[key]), found.get((validator.what, key))
            if known is None or len(known) > _LONGEST > len(line):
                found[validator.what, key] = line
    for below, one in _below(validator, value):
        _collect(below, one, found)


def _below(validator: Validator, value: Any) -> Iterator[tuple[Validator, Any]]:  # noqa: ANN401  any value of YAML
    """What a value holds, each with its validator."""
    match validator, value:
        case Record(), dict():
            yield from ((below, value[key]) for key, below in keys_of(validator).items() if key in value)
        case ListOf(), list():
            yield from ((validator.validator, one) for one in value)
        case MapOf(), dict():
            yield from ((validator.validator, one) for one in value.values())
        case Either(), _:
            yield validator.mapping if isinstance(value, dict) else validator.scalar, value
        case LocalizedPlurals(), dict():
            yield from ((PLURAL, one) for one in value.values())


def _line(key: str, value: object) -> str:
    dumped: str = yaml.safe_dump({key: value}, default_flow_style=True, allow_unicode=True, width=10_000, sort_keys=False)
    return dumped.strip().removeprefix("{").removesuffix("}")


__all__ = ["PAGES", "RECORDS", "key_pages", "keys_of", "placed_records", "records_in"]
