"""The validators that many records share."""

from __future__ import annotations

from decimal import Decimal

from ..diagnostics.finding import Clause
from .localized_validators import LocalizedText
from .record_validators import Either, Field, ListOf, Record
from .validators import Choice, DateOrPeriod, FormulaText, Number, Quantity, Reference, Text

TEXT = Text()
FORMULA = FormulaText()
LOCALIZED = LocalizedText()
ID = r"[a-z][a-z0-9_]{0,99}"
PERIOD = DateOrPeriod()
VALUE = Quantity()
MONTH = Number(Clause("whole-number-to", {"least": "1", "most": "12"}), least=Decimal(1), most=Decimal(12), whole=True)
FISCAL_YEAR = Record(
    {
        "begins": Field(MONTH, required=True, hint="begins: 4"),
        "named_by": Field(Choice(("start", "end")), required=True, hint="named_by: start"),
    },
    what="fiscal-year",
)

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
