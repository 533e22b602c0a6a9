"""The record of `table` in data/series.yml: how the publisher of a table wrote it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from ..diagnostics.finding import Clause, Span
from ..model.code_lists import OBSERVATIONS
from ..model.periods import Period
from ..tables.description import DECIMAL_CHARS, DELIMITERS, FORMS, GROUP_CHARS, TYPES, ColumnDescription, TableDescription
from ..tables.encodings import ENCODINGS
from .field_types import PERIOD, TEXT
from .located_values import Entry, Located, members_of, text_of
from .record_validators import Field, ListOf, MapOf, Record
from .validators import Choice, Number, ReadContext, Text

_LINE = Number(Clause("whole-number-to", {"least": "1", "most": "999999"}), least=Decimal(1), most=Decimal(999999), whole=True)
_SCALE = Number(Clause("positive-number"), least=Decimal("1e-99"))
TABLE_COLUMN = Record(
    {
        "heading": Field(TEXT),
        "entity": Field(TEXT),
        "scale": Field(_SCALE),
        "type": Field(Choice(TYPES)),
    },
    what="described-column",
)
TABLE = Record(
    {
        "encoding": Field(Choice(tuple(ENCODINGS))),
        "delimiter": Field(Choice(DELIMITERS)),
        "headerRows": Field(ListOf(_LINE, unique=True)),
        "headerJoin": Field(Text(blank=True)),
        "commentRows": Field(ListOf(_LINE, unique=True)),
        "decimalChar": Field(Choice(DECIMAL_CHARS)),
        "groupChar": Field(Choice(GROUP_CHARS)),
        "missingValues": Field(ListOf(Text(blank=True), unique=True)),
        "flags": Field(MapOf(Choice(("normal", *OBSERVATIONS)))),
        "periods": Field(MapOf(PERIOD)),
        "skip": Field(ListOf(TEXT, unique=True)),
        "form": Field(Choice(FORMS)),
        "period": Field(TEXT),
        "entity": Field(TEXT),
        "value": Field(TEXT),
        "status": Field(TEXT),
        "where": Field(MapOf(TEXT)),
        "columns": Field(MapOf(TABLE_COLUMN)),
    },
    what="table",
)
_NEEDED = {"long": ("period", "value", "columns"), "wide": ("entity", "columns")}  # keys of a form


# The keys in the order in which a description is written, by the names of TableDescription.
TABLE_KEYS = {
    "encoding": "encoding",
    "delimiter": "delimiter",
    "header_rows": "headerRows",
    "header_join": "headerJoin",
    "comment_rows": "commentRows",
    "decimal_char": "decimalChar",
    "group_char": "groupChar",
    "missing_values": "missingValues",
    "flags": "flags",
    "periods": "periods",
    "form": "form",
    "period": "period",
    "entity": "entity",
    "value": "value",
    "status": "status",
    "where": "where",
    "skip": "skip",
    "columns": "columns",
}


def described(entry: Entry, context: ReadContext) -> TableDescription | None:
    """The description that an entry gives; None after reporting what its form lacks, or signs that are the same."""
    located = entry["table"]
    if not isinstance(located, Entry):
        return None
    form = text_of(located, "form", FORMS[0])
    if lacking := [key for key in _NEEDED.get(form, ()) if key not in located.keys]:
        the = Clause("the", {"what": Clause("table")})
        context.report("missing-key", located.span, id=the, key=lacking[0], hint=f"{lacking[0]}: …")
        return None
    decimal, group = text_of(located, "decimalChar", "."), text_of(located, "groupChar")
    if decimal in group:
        context.report("same-sign", located.span_of("groupChar"), sign=decimal)
        return None
    return TableDescription(
        encoding=text_of(located, "encoding"),
        delimiter=text_of(located, "delimiter", ","),
        header_rows=_lines(located["headerRows"]),
        header_join=text_of(located, "headerJoin", " "),
        comment_rows=_lines(located["commentRows"]),
        decimal_char=decimal,
        group_char=group,
        missing_values=_texts(located["missingValues"]),
        flags={key: "" if status == "normal" else status for key, status in _mapped(located["flags"]).items()},
        periods=_mapped(located["periods"]),
        skip=_texts(located["skip"]),
        form=form,
        period=text_of(located, "period"),
        entity=text_of(located, "entity"),
        value=text_of(located, "value"),
        status=text_of(located, "status"),
        where=_mapped(located["where"]),
        columns=_columns(located["columns"]),
        places=dict(_places(located)),
    )


def _columns(located: Located | None) -> dict[str, ColumnDescription]:
    found = {}
    for name, column in located.fields.items() if isinstance(located, Entry) else ():
        if isinstance(column, Entry):
            scale = column.get("scale")
            found[name] = ColumnDescription(
                heading=text_of(column, "heading"),
                entity=text_of(column, "entity"),
                scale=scale if isinstance(scale, Decimal) else None,
                type=text_of(column, "type"),
            )
    return found


def _places(located: Located) -> Iterator[tuple[str, Span]]:
    """Every text, number and key below a value, with its place."""
    if isinstance(located, Entry):
        yield from located.keys.items()
        for one in located.fields.values():
            yield from _places(one)
    elif isinstance(located.value, tuple):
        for one in members_of(located):
            yield from _places(one)
    else:
        yield str(located.value), located.span


def _lines(located: Located | None) -> tuple[int, ...]:
    return tuple(int(line.value) for line in members_of(located) if isinstance(line.value, Decimal))


def _texts(located: Located | None) -> tuple[str, ...]:
    return tuple(str(text.value) for text in members_of(located))


def _mapped(located: Located | None) -> Mapping[str, str]:
    if not isinstance(located, Entry):
        return {}
    found = {key: one.value for key, one in located.fields.items()}
    return {key: value.text if isinstance(value, Period) else str(value) for key, value in found.items()}
