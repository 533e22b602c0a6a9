"""How a report is published: its licence, where readers tell of errors, and its dated editions."""

from __future__ import annotations

from collections.abc import Mapping

from ..records.struct import Struct, field


class Licence(Struct, frozen=True, kw_only=True):
    """The licence of the report: its SPDX identifier, its name, and the URL of its text."""

    id: str
    title: str
    url: str


class Contact(Struct, frozen=True, kw_only=True):
    """Where readers tell of errors: the URL of a page that opens a new issue, and a mailbox; either may be empty."""

    issues: str = ""
    mail: str = ""


class DatedEdition(Struct, frozen=True, kw_only=True):
    """A state of the site that is kept: `date` and `as_of` as they are written, `inputs` a hash of all it was made of.

    `facts` maps ids to what was stated (`statement` in wording/references), `files` paths to SHA-256 digests; there are
    no files as long as the edition is being made.
    """

    date: str
    as_of: str
    inputs: str
    facts: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
