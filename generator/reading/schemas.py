"""Writes the records of data/ as JSON Schemas for editors, with the meaning of each key in every language of the tool."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping
from decimal import Decimal
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from ..diagnostics import finding
from ..model import periods, values
from ..store.cache import write_atomically
from . import field_types, records
from .localized_validators import PLURAL, LocalizedPlurals, LocalizedText
from .record_validators import Either, ListOf, MapOf, Record
from .report_languages import language_codes, languages_in_progress
from .report_record import REPORT
from .validators import ID, SIGNS, Boolean, Choice, DateOrPeriod, Number, Quantity, Reference, Text, Validator
from .yaml_nodes import read_yaml

Schema = dict[str, Any]
FOLDER = "schema"
_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_MODELINE, _BOM = "# yaml-language-server: $schema=", "\ufeff"
_SCALAR = ["string", "number", "boolean"]  # a text; editors read 2025 and true as other types


def schemas(languages: tuple[str, ...], in_progress: Collection[str] = ()) -> dict[str, Schema]:
    """The JSON Schema of each kind of file in data/, for a report in these languages; texts may lack in those in progress."""
    kinds = {"words": records.interface_word(languages), **records.SINGLE_FILES, **records.FOLDERS}
    found = {kind: _Writer(languages, in_progress).entries(kind, record) for kind, record in kinds.items()}
    return {"report": _Writer(languages, in_progress).single("report", REPORT), **found}


def schema_files(root: Path) -> dict[str, str]:
    """The files that give editors schemas, by path: the schemas, and data files with a first line that names their schema."""
    tree = read_yaml(root, "data/report.yml", [])
    written = {
        f"{FOLDER}/{kind}.json": json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
        for kind, schema in schemas(language_codes(tree), languages_in_progress(tree)).items()
    }
    return {**written, **dict(_with_modelines(root, {Path(path).stem for path in written}))}


def stale_files(root: Path) -> list[str]:
    """The paths of schema files that are missing or out of date."""
    return [path for path, text in schema_files(root).items() if _text(root / path) != text]


def write_files(root: Path) -> list[str]:
    """Write the schema files that are out of date; their paths. What a link leads out of the project for is left alone."""
    files, written = schema_files(root), []
    for path in stale_files(root):
        if not (root / path).resolve().is_relative_to(root.resolve()):
            continue
        (root / path).parent.mkdir(exist_ok=True)
        write_atomically((root / path).resolve(), files[path].encode(), keeps_mode=True)
        written.append(path)
    return written


def _with_modelines(root: Path, kinds: set[str]) -> Iterator[tuple[str, str]]:
    """Each data file with a first line that names its schema, as YAML Language Server reads it."""
    for path in sorted((root / "data").rglob("*.yml")):
        parts = path.relative_to(root / "data").with_suffix("").parts
        text = _text(path)
        if parts[0] in kinds and parts[:-1] != ("words",) and text is not None:  # data/words/ holds plain texts by key
            line = f"{_MODELINE}{'../' * len(parts)}{FOLDER}/{parts[0]}.json"
            mark, body = text[: text.startswith(_BOM)], text.removeprefix(_BOM)
            first, _, rest = body.partition("\n")
            end = "\r\n" if first.endswith("\r") else "\n"
            with_modeline = f"{mark}{line}{end}{rest if first.startswith(_MODELINE) else body}"
            yield path.relative_to(root).as_posix(), text if first.rstrip("\r") == line else with_modeline


def _text(path: Path) -> str | None:
    try:
        return path.read_bytes().decode()
    except (OSError, UnicodeDecodeError):
        return None


class _Writer:
    """Writes one schema; records in it become definitions, each once."""

    def __init__(self, languages: tuple[str, ...], in_progress: Collection[str]) -> None:
        self.languages = languages
        self.complete = [code for code in languages if code not in in_progress]
        self.definitions: dict[str, Schema] = {}

    def single(self, kind: str, record: Record) -> Schema:
        """The schema of a file that is one record."""
        return self._whole(kind, self.write(record))

    def entries(self, kind: str, record: Record) -> Schema:
        """The schema of a file that maps ids to records; it may be empty."""
        rest = {
            "type": ["object", "null"],
            "propertyNames": {"pattern": f"^(?:{record.ids})$"},
            "additionalProperties": self.write(record),
        }
        return self._whole(kind, rest)

    def _whole(self, kind: str, rest: Schema) -> Schema:
        head = {"$schema": _DRAFT, "title": kind, **_hover("files", kind)}
        return {**head, **rest, "$defs": dict(sorted(self.definitions.items()))}

    def write(self, validator: Validator) -> Schema:  # noqa: PLR0911  a line for each validator
        """The schema of what is valid by a validator."""
        match validator:
            case Record():
                return self._define(validator.what, lambda: self._record(validator))
            case LocalizedText(plain=True):
                return {"anyOf": [self.write(field_types.TEXT), self.write(LocalizedText())]}
            case LocalizedText():
                return self._define("phrase", lambda: self._per_language(field_types.TEXT))
            case LocalizedPlurals():
                return self._define("plurals", lambda: self._per_language(PLURAL))
            case ListOf():
                return {
                    "type": "array",
                    "items": self.write(validator.validator),
                    **_bounds(minItems=validator.least, uniqueItems=validator.unique),
                }
            case Either():
                return {"anyOf": [self.write(validator.scalar), self.write(validator.mapping)]}
            case MapOf():
                return {
                    "type": "object",
                    "additionalProperties": self.write(validator.validator),
                    **_bounds(minProperties=validator.least),
                }
        name, schema = _scalar(validator)
        return self._define(name, lambda: schema) if name else schema

    def _define(self, name: str, make: Callable[[], Schema]) -> Schema:
        if name not in self.definitions:
            self.definitions[name] = {}  # a record may hold itself
            self.definitions[name] = make()
        return {"$ref": f"#/$defs/{name}"}

    def _record(self, record: Record) -> Schema:
        shapes = {**{key: field.validator for key, field in record.fields.items()}, **record.more}
        examples = {key: field.hint for key, field in record.fields.items() if "…" not in field.hint}
        properties = {
            key: {**self.write(validator), **_hover(record.what, key, examples.get(key, ""))}
            for key, validator in shapes.items()
        }
        return _closed(properties, [key for key, field in record.fields.items() if field.required])

    def _per_language(self, validator: Validator) -> Schema:
        return _closed(dict.fromkeys(self.languages, self.write(validator)), self.complete)


def _scalar(validator: Validator) -> tuple[str, Schema]:  # noqa: PLR0911  a line for each validator
    """The name of the definition of a scalar, if it has one, and its schema."""
    match validator:
        case Reference():
            return "", {"type": "string", "pattern": f"^{ID}$"}
        case Text(blank=True):
            return "", {"type": _SCALAR}
        case Text(pattern=""):
            return "text", {"type": _SCALAR, "pattern": r"\S"}
        case Text():
            return "", {"type": "string", "pattern": f"^(?:{validator.pattern})$"}
        case Choice():
            return "", {"enum": list(validator.choices)}
        case Boolean():
            return "", {"type": "boolean"}
        case Number():
            return "", _number(validator)
        case DateOrPeriod():
            return "period", _period()
        case Quantity():
            return "quantity", _quantity()
    msg = f"a shape without a schema: {validator}"
    raise TypeError(msg)


def _closed(properties: Mapping[str, Schema], required: list[str]) -> Schema:
    return {"type": "object", "properties": properties, **_bounds(required=required), "additionalProperties": False}


def _bounds(**bounds: object) -> Schema:
    return {name: bound for name, bound in bounds.items() if bound}


def _padded(pattern: str) -> str:
    """A pattern for a whole text with white space around it."""
    return rf"^\s*(?:{pattern})\s*$"


def _number(validator: Number) -> Schema:
    bounds = {"minimum": validator.least, "maximum": validator.most}
    finite = {key: _plain(bound) for key, bound in bounds.items() if bound.is_finite()}
    return {"type": "integer" if validator.whole else "number", **finite}


def _plain(bound: Decimal) -> int | float:
    return int(bound) if bound == int(bound) else float(bound)


def _period() -> Schema:
    year = {"type": "integer", "minimum": 1000, "maximum": 9999}
    return {"anyOf": [year, {"type": "string", "pattern": _padded(periods.PATTERN)}]}


def _quantity() -> Schema:
    end = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": _padded(values.NUMBER.pattern)}]}
    return {
        "anyOf": [
            {"type": "number"},
            {"type": "string", "pattern": _padded(f"{values.PATTERN}|{periods.PATTERN}")},
            {"type": "array", "items": end, "minItems": 2, "maxItems": 2},
            _closed({"low": end, "high": end}, ["low", "high"]),
            {**_closed(dict.fromkeys(SIGNS, end), []), "minProperties": 1, "maxProperties": 1},
        ]
    }


def key_help(what: str, key: str, language: str) -> str:
    """What stands under a key of a record, in a language of the tool; empty where there is nothing to say."""
    texts = _hovers(language).get(what, {})
    return texts.get(key) or texts.get("each", "")


def _hover(what: str, key: str, example: str = "") -> Schema:
    """The description of a key: a paragraph for each language of the tool, and an example."""
    translations = [_hovers(code).get(what, {}) for code in finding.languages()]
    text = "\n\n".join(filter(None, (texts.get(key) or texts.get("each") for texts in translations)))
    return _bounds(description=text, markdownDescription=example and f"{text}\n\n```yaml\n{example}\n```")


@cache
def _hovers(code: str) -> Mapping[str, Mapping[str, str]]:
    path = resources.files(__package__) / "hovers" / f"{code}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
