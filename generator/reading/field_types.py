"""The validators that many records share."""

from __future__ import annotations

from ..diagnostics.finding import Clause
from .localized_validators import LocalizedText
from .record_validators import Either, Field, ListOf, Record
from .validators import DateOrPeriod, FormulaText, Quantity, Reference, Text

TEXT = Text()
FORMULA = FormulaText()
LOCALIZED = LocalizedText()
ID = r"[a-z][a-z0-9_]{0,99}"
PERIOD = DateOrPeriod()
VALUE = Quantity()

CONDITION = Record(
    {
        "test": Field(FORMULA, required=True, hint='test: "a > b"'),
        "because": Field(LOCALIZED),
    },
    what="condition",
)
CONDITIONS = ListOf(Either(FORMULA, CONDITION), expected=Clause("conditions"))


def ref(kind: str) -> Reference:
    """The id of an entry of some kind."""
    return Reference(kind=kind, expected=Clause("id-of", {"kind": kind}))


def refs(kind: str) -> ListOf:
    """Several of them."""
    return ListOf(ref(kind), expected=Clause("ids-of", {"kind": kind}), unique=True)
