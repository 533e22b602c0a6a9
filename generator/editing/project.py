"""A project as it is edited: what its files say, what they mean, and what the rules find in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from ..checks.project_check import CheckResult
from ..model.languages import Language
from ..model.report import Edition, Fact
from ..model.spelling import suggest
from ..reading.draft import Draft
from ..reading.located_values import Entry
from ..reading.references import ENTRY_KINDS, WrittenReference, references_in_data, references_in_template
from ..records.struct import Struct, field
from .errors import EditError
from .splices import ProjectFiles

__all__ = ["EditError", "EditedProject", "open_project"]


class EditedProject(Struct, frozen=True, kw_only=True):
    """A checked project, and its files as they were read."""

    root: Path
    checked: CheckResult
    edition: Edition
    files: ProjectFiles
    _references: list[tuple[str, WrittenReference]] = field(default_factory=list)

    @property
    def draft(self) -> Draft:
        """The entries as they are written, with their places."""
        return self.checked.draft

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages of the report, the default one first."""
        return self.edition.report.languages

    @property
    def complete(self) -> tuple[str, ...]:
        """The codes of the languages that need every text; those in progress may lack some."""
        return tuple(one.code for one in self.languages if not one.in_progress)

    def require_languages(self, name: str, codes: Iterable[str]) -> None:
        """Raise EditError where one of some codes ("" is none) is that of no language of the report."""
        known = [one.code for one in self.languages]
        if unknown := [code for code in codes if code and code not in known]:
            raise EditError(message="edit-no-language", option=f"--{name}.{unknown[0]}", known=", ".join(known))

    def entries(self, kind: str) -> Mapping[str, Entry]:
        """The entries of a kind as they are written, by id."""
        found: Mapping[str, Entry] = getattr(self.draft, kind)
        return found

    def kinds_of(self, key: str) -> tuple[str, ...]:
        """The kinds of which there is an entry with this id."""
        return tuple(kind for kind in ENTRY_KINDS if key in self.entries(kind))

    def kind_of(self, key: str, kind: str = "") -> str:
        """The kind of the entry with this id; EditError where there is none, or several of which none was asked for."""
        kinds = self.kinds_of(key)
        if kind in kinds or len(kinds) == 1:
            return kind if kind in kinds else kinds[0]
        if kinds:
            raise EditError(message="edit-many-kinds", id=key, kinds=", ".join(kinds))
        known = [one for kind in ENTRY_KINDS for one in self.entries(kind)]
        raise EditError(message="edit-no-entry", id=key, suggestion=suggest(key, known))

    def fact(self, key: str) -> Fact:
        """A fact by its id, or by one that it had; EditError where there is none."""
        if key in self.edition.facts:
            return self.edition.facts[key]
        for fact in self.edition.facts.values():
            if key in fact.aliases:
                return fact
        raise EditError(message="edit-no-fact", id=key, suggestion=suggest(key, self.edition.facts))

    def references(self) -> list[tuple[str, WrittenReference]]:
        """Every reference in data/ and in the templates of pages and parts, with its file."""
        if not self._references:
            for file in sorted(self.draft.content_hashes):
                kind = file.split("/")[1].removesuffix(".yml")
                if kind in ENTRY_KINDS and (tree := self.files.tree(file)) is not None:
                    self._references.extend((file, found) for found in references_in_data(self.files.text(file), tree, kind))
            for outline in (*self.checked.outlines, *self.checked.parts):
                text = self.files.text(outline.file)
                self._references.extend((outline.file, found) for found in references_in_template(text, outline))
        return self._references


def open_project(root: Path, checked: CheckResult, edition: Edition | None = None) -> EditedProject | None:
    """The project that was checked, with an edition that also has what is unfinished; None where there is no edition."""
    known = edition or checked.edition
    return None if known is None else EditedProject(root=root, checked=checked, edition=known, files=ProjectFiles(root))
