"""Addresses by which readers report an error: a new issue of the report's repository, or a mail, with its text filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote

from ..model import addresses, report
from ..wording.formatting import SHORT
from ..wording.texts import Texts

_LONGEST = 300  # characters of a subject: forges refuse addresses of some 8,000 bytes, and mail programs far shorter ones
_NO_LETTERS_OF_OTHER_SCRIPTS = re.compile(r"(?:[\x00-\x7f]|\W)+")
_GITLAB = "/-/issues/new"  # the one forge whose form names its fields otherwise


def error_addresses(texts: Texts, fact: report.Fact | None = None) -> list[str]:
    """The addresses for errors in a fact, or in the report where `fact` is None: issues first, then mail; those it has."""
    contact, edition = texts.edition.report.contact, texts.edition.report
    path, subject = "", edition.title[texts.language.code]
    if fact is not None:
        titled = texts.language.word("text.titled")
        subject = titled.replace("{0}", texts.label(fact)).replace("{1}", texts.value(fact, SHORT))
        path = texts.edition.fact_address(fact.id)
    page = addresses.absolute(edition.site_url, path, texts.language.code)
    lines = (f"{page} ({edition.as_of.text})", "", texts.language.word("part_error_question"), "")
    subject = " ".join(subject.split())[:_LONGEST]
    found = []
    if contact.issues:
        names = ("issue[title]", "issue[description]") if contact.issues.endswith(_GITLAB) else ("title", "body")
        found.append(f"{contact.issues}?{_query({names[0]: subject, names[1]: chr(10).join(lines)})}")
    if contact.mail:  # https://www.rfc-editor.org/rfc/rfc6068: lines end in CR LF
        mailbox = quote(contact.mail, safe="@.!$'*+/^_`{|}~-")
        found.append(f"mailto:{mailbox}?{_query({'subject': subject, 'body': (chr(13) + chr(10)).join(lines)})}")
    return found


def _query(fields: Mapping[str, str]) -> str:
    return "&".join(f"{quote(name)}={_escaped(text)}" for name, text in fields.items())


def _escaped(text: str) -> str:
    """A text in a query. Letters of other scripts stay, a third as long as their escapes: HTML has them in addresses."""
    return _NO_LETTERS_OF_OTHER_SCRIPTS.sub(lambda found: quote(found[0], safe="/:"), text)
