"""The record of data/report.yml: title, languages, pages, licence, and which outputs are made."""

from __future__ import annotations

from decimal import Decimal

from ..diagnostics.finding import Clause
from ..model.code_lists import REVIEWS
from .field_types import FISCAL_YEAR, LOCALIZED, PERIOD, TEXT
from .installed_outputs import output_names
from .limits import LIMIT_KEYS, MOST
from .record_validators import Field, ListOf, MapOf, Record
from .validators import Boolean, Choice, Number, Text

DAYS = Number(Clause("whole-number-to", {"least": "1", "most": "9999"}), least=Decimal(1), most=Decimal(9999), whole=True)
SECTION = Text(pattern=r"[a-z][a-z0-9_-]{0,99}", expected=Clause("page-name"))
# a page may stand in folders
PAGE = Text(pattern=r"[a-z][a-z0-9_-]{0,99}(/[a-z][a-z0-9_-]{0,99}){0,7}", expected=Clause("page-name"))
HOST = Text(pattern=r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.){1,9}[a-z]{2,63}", expected=Clause("host"))
LANGUAGE = Record(
    {
        "name": Field(TEXT, required=True),
        "locale": Field(Text(pattern=r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}", expected=Clause("locale")), required=True),
        "fonts": Field(ListOf(TEXT, unique=True)),
        "in_progress": Field(Boolean()),
    },
    what="language",
)
# https://html.spec.whatwg.org/#valid-e-mail-address, without the signs that begin a part of an address
MAILBOX = r"[A-Za-z0-9.!$'*+/=^_`{|}~-]{1,64}@[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?"
LICENCE = Record(
    {
        "id": Field(Text(pattern=r"[A-Za-z0-9.+-]{1,100}", expected=Clause("spdx")), required=True, hint="id: CC-BY-4.0"),
        "title": Field(TEXT, required=True, hint="title: …"),
        "url": Field(Text(pattern=r"https?://\S+", expected=Clause("address")), required=True, hint="url: https://…"),
    },
    what="licence",
)
# Where readers tell of an error: the page of a forge that opens a new issue, or a mailbox.
CONTACT = Record(
    {
        "issues": Field(
            Text(pattern=r"https://[^\s?#]+", expected=Clause("address-without-query")), hint="issues: https://…/issues/new"
        ),
        "mail": Field(Text(pattern=MAILBOX, expected=Clause("mailbox")), hint="mail: corrections@survey.example"),
    },
    what="contact",
)
AGES = Record({review: Field(DAYS) for review in REVIEWS}, what="ages")
LIMIT = Number(Clause("whole-number-to", {"least": "1", "most": str(MOST)}), least=Decimal(1), most=Decimal(MOST), whole=True)
LIMITS = Record(dict.fromkeys(LIMIT_KEYS, Field(LIMIT)), what="limits")
# A host name or an IPv4 address, a port where it has one, and folders of plain characters.
SITE_URL = r"https://[A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?(:[0-9]{1,5})?(/[A-Za-z0-9_~%-][A-Za-z0-9._~%-]{0,99}){0,9}/"
REPORT = Record(
    {
        "title": Field(LOCALIZED, required=True, hint="title: {…}"),
        "subtitle": Field(LOCALIZED, required=True, hint="subtitle: {…}"),
        "description": Field(LOCALIZED, required=True, hint="description: {…}"),
        "publisher": Field(LOCALIZED, required=True, hint="publisher: {…}"),
        "publisher_note": Field(LOCALIZED, hint="publisher_note: {…}"),
        "site_url": Field(Text(pattern=SITE_URL, expected=Clause("site-address")), required=True),
        "languages": Field(MapOf(LANGUAGE, least=1), required=True),
        "as_of": Field(PERIOD, required=True, hint="as_of: 2026-07-05"),
        "pages": Field(ListOf(PAGE, least=1, unique=True), required=True, hint="pages: [index, …]"),
        "sections": Field(ListOf(SECTION, least=1, unique=True), required=True, hint="sections: […]"),
        "places": Field(MapOf(LOCALIZED)),
        "review": Field(AGES),
        "licence": Field(LICENCE),
        "contact": Field(CONTACT),
        "text_fragments": Field(ListOf(HOST, unique=True)),
        "fiscal_year": Field(FISCAL_YEAR),
        "outputs": Field(ListOf(Choice(output_names()), unique=True)),
        "limits": Field(LIMITS),
    },
    what="report",
)
