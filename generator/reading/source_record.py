"""The records of sources, and of the pieces of evidence that lead to a place in one."""

from __future__ import annotations

from ..diagnostics.finding import Clause
from ..model.code_lists import READ_LEVELS
from .field_types import LOCALIZED, PERIOD, TEXT, ref
from .localized_validators import LocalizedText
from .quotes import QuoteText
from .record_validators import Field, ListOf, Record
from .validators import Boolean, Choice, Text

QUOTE = QuoteText()
EVIDENCE_ITEM = Record(
    {
        "source": Field(ref("sources"), required=True),
        "at": Field(LocalizedText(plain=True)),
        "quote": Field(QUOTE),
        "plausible": Field(TEXT),
    },
    what="piece-of-evidence",
)
EVIDENCE = ListOf(EVIDENCE_ITEM, least=1, expected=Clause("evidence-list"))
EVIDENCE_OR_NONE = ListOf(EVIDENCE_ITEM, expected=Clause("evidence-list"))
ADDRESS = Text(pattern=r"https?://\S+", expected=Clause("address"))
STORED_COPY = Record(
    {
        "url": Field(ADDRESS, required=True, hint="url: https://…"),
        "on": Field(PERIOD, required=True, hint="on: 2025-08-30"),
    },
    what="stored-copy",
)
SOURCE = Record(
    {
        "publisher": Field(TEXT, required=True, hint="publisher: City Survey"),
        "title": Field(TEXT, required=True, hint="title: Annual report"),
        "title_from": Field(Choice(("page", "url", "other"))),
        "date": Field(PERIOD),
        "url": Field(ADDRESS),
        "accessed": Field(PERIOD),
        "archived": Field(STORED_COPY),
        "language": Field(Text(pattern=r"[a-z]{2,3}(-[A-Za-z0-9]{1,8}){0,5}", expected=Clause("language-code"))),
        "read": Field(Choice(READ_LEVELS), required=True, hint="read: excerpt"),
        "independent": Field(Boolean()),
        "quote": Field(QUOTE),
        "note": Field(LOCALIZED),
        "plausible": Field(TEXT),
        "draft": Field(Boolean()),
    },
    what="source",
)
