"""What a spec may say to each mark: the keys, what stands under them, and which must be there.

Reading checks specs against this table; nothing here draws, so nothing here costs an import.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One key of a spec: its kind, and for lists of records the keys of one member.

    Kinds: fact, facts, claim, name, phrase, flag, choice, series, columns, events, rows, links, node, nodes.
    A fact that is drawn must be a quantity, not a date. Of the keys in `one_of` a member has at least one.
    """

    kind: str
    required: bool = False
    choices: tuple[str, ...] = ()
    members: Mapping[str, Option] = field(default_factory=dict)
    one_of: tuple[str, ...] = ()


_FACT = Option(kind="fact")
_NEEDED_FACT = Option(kind="fact", required=True)
_PHRASE = Option(kind="phrase")
_NEEDED_PHRASE = Option(kind="phrase", required=True)
_NEEDED_NAME = Option(kind="name", required=True)
_FLAG = Option(kind="flag")
_NODE = {"label": _NEEDED_PHRASE, "note": _PHRASE}


def _choice(*choices: str) -> Option:
    return Option(kind="choice", choices=choices)


def _rows(*one_of: str, **members: Option) -> Option:
    return Option(kind="rows", required=True, members=members, one_of=one_of)


OPTIONS: Mapping[str, Mapping[str, Option]] = {
    "bars": {
        "rows": _rows("fact", "claim", fact=_FACT, claim=Option(kind="claim"), label=_PHRASE, emphasis=_FLAG),
        "scale": _choice("linear", "log"),
        "order": _choice("given", "value"),
    },
    "pairs": {
        "rows": _rows(**{"label": _NEEDED_PHRASE, "from": _NEEDED_FACT, "to": _NEEDED_FACT}),
        "from_label": _NEEDED_PHRASE,
        "to_label": _NEEDED_PHRASE,
    },
    "ranges": {
        "series": Option(kind="series", required=True),
        "columns": Option(kind="columns"),
    },
    "trend": {
        "series": Option(kind="series", required=True),
        "columns": Option(kind="columns", required=True),
        "kind": _choice("line", "column"),
    },
    "loglog": {
        "series": Option(kind="series", required=True),
        "columns": Option(kind="columns", required=True),
    },
    "stack": {
        "parts": Option(kind="facts", required=True),
        "total": Option(kind="fact"),
    },
    "areas": {
        "rows": _rows("width", "area", label=_NEEDED_PHRASE, width=_FACT, height=_FACT, area=_FACT, emphasis=_FLAG),
    },
    "organisation": {
        "root": Option(kind="node", required=True, members=_NODE),
        "nodes": Option(kind="nodes", required=True, members=_NODE),
    },
    "flows": {
        "links": Option(
            kind="links",
            required=True,
            members={"from": _NEEDED_NAME, "to": _NEEDED_NAME, "fact": _NEEDED_FACT, "label": _PHRASE},
        ),
    },
    "timeline": {"events": Option(kind="events", required=True)},
    "matrix": {},
    "counts": {
        "of": _choice("claims", "facts", "sources"),
        "by": Option(kind="text"),
        "split": Option(kind="text"),
    },
}
