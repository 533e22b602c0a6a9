"""The JSON Schema (draft 2020-12) of a fact's JSON file: its keys stay, more may be added."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..model.code_lists import CHANGES, READ_LEVELS, RESOLUTIONS, REVIEWS, STATUSES, VERDICTS
from ..model.machine_values import BOUNDS

VERSION = 1
_TEXT, _FLAG = {"type": "string"}, {"type": "boolean"}
_DECIMAL = {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}
_VALUE = {"$ref": "#/$defs/value"}


def _object(properties: Mapping[str, object]) -> dict[str, object]:
    return {"type": "object", "required": list(properties), "properties": dict(properties)}


def _array(items: object) -> dict[str, object]:
    return {"type": "array", "items": items}


def _nullable(schema: Mapping[str, object]) -> dict[str, object]:
    return {"anyOf": [dict(schema), {"type": "null"}]}


_PERIOD = _object({"date": _TEXT, "first": {"type": "string", "format": "date"}, "last": {"type": "string", "format": "date"}})
_QUANTITY = _object({"low": _nullable(_DECIMAL), "high": _nullable(_DECIMAL), "bounds": {"enum": list(BOUNDS)}, "about": _FLAG})


def fact_schema(codes: Sequence[str]) -> dict[str, object]:
    """The schema of api/facts/<id>.json for a report in languages with these codes."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$defs": {"value": {"oneOf": [_QUANTITY, _PERIOD]}, "evidence": _evidence(codes)},
        **_object({**_identity(), **_texts(codes), **_provenance(codes), **_uses(codes)}),
    }


def _identity() -> dict[str, object]:
    """What a fact is: value, unit, dates, status, topic, entity."""
    return {
        "version": {"const": VERSION},
        "id": _TEXT,
        "value": _VALUE,
        "unit": _object(
            {
                "id": _TEXT,
                "dimension": {"type": "object", "additionalProperties": {"type": "integer"}},
                "size": _DECIMAL,
                "currency": _nullable(_TEXT),
                "percent": _FLAG,
            }
        ),
        "period": _nullable(_PERIOD),
        "as_of": _nullable(_PERIOD),
        "status": {"enum": list(STATUSES)},
        "review": {"enum": list(REVIEWS)},
        "reviewed": _nullable(_object({"on": _PERIOD, "by": _TEXT})),
        "topic": _TEXT,
        "entity": _nullable(_object({"id": _TEXT, "type": _TEXT})),
    }


def _texts(codes: Sequence[str]) -> dict[str, object]:
    """A fact in the words of each language."""
    words = _object(
        {
            **dict.fromkeys(("label", "value", "value_short", "status", "topic", "citation"), _TEXT),
            **{key: _nullable(_TEXT) for key in ("period", "as_of", "entity", "note", "working", "preferred_because")},
            "items": _array(_TEXT),
        }
    )
    return {"words": _object(dict.fromkeys(codes, words))}


def _provenance(codes: Sequence[str]) -> dict[str, object]:
    """Where a value comes from: evidence, formula, rival values, earlier values, forecast."""
    phrase = _object(dict.fromkeys(codes, _TEXT))
    evidence = _array({"$ref": "#/$defs/evidence"})
    change = {
        "value": _VALUE,
        "as_of": _PERIOD,
        "kind": {"enum": list(CHANGES)},
        "words": phrase,
        "reason": phrase,
        "source": _nullable(_TEXT),
    }
    forecast = {"due": _PERIOD, "outcome": _nullable(_TEXT), "resolution": {"enum": list(RESOLUTIONS)}}
    return {
        "evidence": evidence,
        "formula": _nullable(_TEXT),
        "inputs": _array(_object({"id": _TEXT, "href": _TEXT})),
        "rivals": _array(_object({"value": _VALUE, "words": phrase, "reason": phrase, "evidence": evidence})),
        "history": _array(_object(change)),
        "forecast": _nullable(_object(forecast)),
    }


def _uses(codes: Sequence[str]) -> dict[str, object]:
    """Where a fact appears, and links to its pages and citations."""
    links = _object({"page": _TEXT, "cite": {"type": "object", "additionalProperties": _TEXT}})
    return {
        "claims": _array(_object({"id": _TEXT, "verdict": {"enum": list(VERDICTS)}})),
        "pages": _array(_TEXT),
        "charts": _array(_TEXT),
        "judgments": _array(_object({"id": _TEXT, "links": _object(dict.fromkeys(codes, _TEXT))})),
        "links": _object(dict.fromkeys(codes, links)),
        "index": _TEXT,
    }


def _evidence(codes: Sequence[str]) -> dict[str, object]:
    return _object(
        {
            **dict.fromkeys(("source", "publisher", "title", "language"), _TEXT),
            "date": _nullable(_TEXT),
            "url": _nullable(_TEXT),
            "read": {"enum": list(READ_LEVELS)},
            "independent": _FLAG,
            "accessed": _nullable(_PERIOD),
            "archived": _nullable(_object({"url": _TEXT, "on": _PERIOD})),
            "quote": _nullable(_TEXT),
            "at": _nullable(_object(dict.fromkeys(codes, _TEXT))),
        }
    )
