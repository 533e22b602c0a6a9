"""The promised shape of a fact's JSON file, as a JSON Schema (draft 2020-12). More keys may come; these stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..model.code_lists import CHANGES, READ_LEVELS, RESOLUTIONS, REVIEWS, STATUSES, VERDICTS
from ..model.machine_values import BOUNDS

VERSION = 1
_TEXT, _FLAG = {"type": "string"}, {"type": "boolean"}
_DECIMAL = {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}
_DATED = {
    "date": _TEXT,
    "first": {"type": "string", "format": "date"},
    "last": {"type": "string", "format": "date"},
}


def fact_schema(codes: Sequence[str]) -> dict[str, object]:
    """The schema of api/facts/<id>.json for a report in these languages."""
    words = _shape(
        {
            **dict.fromkeys(("label", "value", "value_short", "status", "topic", "citation"), _TEXT),
            **{key: _maybe(_TEXT) for key in ("period", "as_of", "entity", "note", "working", "preferred_because")},
            "items": _list(_TEXT),
        }
    )
    told, date, value = _shape(dict.fromkeys(codes, _TEXT)), _shape(_DATED), {"$ref": "#/$defs/value"}
    evidence = _list({"$ref": "#/$defs/evidence"})
    link = _shape({"page": _TEXT, "cite": {"type": "object", "additionalProperties": _TEXT}})
    keys: dict[str, object] = {
        "version": {"const": VERSION},
        "id": _TEXT,
        "value": value,
        "unit": _shape(
            {
                "id": _TEXT,
                "dimension": {"type": "object", "additionalProperties": {"type": "integer"}},
                "size": _DECIMAL,
                "currency": _maybe(_TEXT),
                "percent": _FLAG,
            }
        ),
        "period": _maybe(date),
        "as_of": _maybe(date),
        "status": {"enum": list(STATUSES)},
        "review": {"enum": list(REVIEWS)},
        "topic": _TEXT,
        "entity": _maybe(_shape({"id": _TEXT, "type": _TEXT})),
        "words": _shape(dict.fromkeys(codes, words)),
        "evidence": evidence,
        "formula": _maybe(_TEXT),
        "inputs": _list(_shape({"id": _TEXT, "href": _TEXT})),
        "rivals": _list(_shape({"value": value, "words": told, "reason": told, "evidence": evidence})),
        "history": _list(
            _shape(
                {
                    "value": value,
                    "as_of": date,
                    "kind": {"enum": list(CHANGES)},
                    "words": told,
                    "reason": told,
                    "source": _maybe(_TEXT),
                }
            )
        ),
        "forecast": _maybe(_shape({"due": date, "outcome": _maybe(_TEXT), "resolution": {"enum": list(RESOLUTIONS)}})),
        "claims": _list(_shape({"id": _TEXT, "verdict": {"enum": list(VERDICTS)}})),
        "pages": _list(_TEXT),
        "charts": _list(_TEXT),
        "links": _shape(dict.fromkeys(codes, link)),
        "index": _TEXT,
    }
    quantity = _shape({"low": _maybe(_DECIMAL), "high": _maybe(_DECIMAL), "bounds": {"enum": list(BOUNDS)}, "about": _FLAG})
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$defs": {
            "value": {"oneOf": [quantity, date]},
            "evidence": _shape(
                {
                    **dict.fromkeys(("source", "publisher", "title", "language"), _TEXT),
                    "date": _maybe(_TEXT),
                    "url": _maybe(_TEXT),
                    "read": {"enum": list(READ_LEVELS)},
                    "independent": _FLAG,
                    "at": _maybe(told),
                }
            ),
        },
        **_shape(keys),
    }


def _shape(keys: Mapping[str, object]) -> dict[str, object]:
    return {"type": "object", "required": list(keys), "properties": dict(keys)}


def _list(of: object) -> dict[str, object]:
    return {"type": "array", "items": of}


def _maybe(of: Mapping[str, object]) -> dict[str, object]:
    return {"anyOf": [dict(of), {"type": "null"}]}
