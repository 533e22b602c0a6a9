"""What the outputs of a report are made of, as one value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..exports import api
from ..model import addresses
from ..model.report import Edition
from ..records.struct import Struct
from ..store.hashing import fingerprint
from ..wording.texts import Texts
from .artifacts import BuildContext
from .site import RenderedLanguage

PRINT = "print"  # the name of the print edition in the report's list of outputs
MENTIONS = "uses"  # which pages speak of a fact


class OutputContext(Struct, frozen=True, kw_only=True):
    """What outputs are made of: the build's context, the texts of each language, and what was rendered in it."""

    context: BuildContext
    texts: tuple[Texts, ...]  # of each language, the default one first
    rendered: Mapping[str, RenderedLanguage]  # by the language's code
    pdf: bool = False  # whether there will be a PDF of each print edition

    @property
    def edition(self) -> Edition:
        """The report as data."""
        return self.context.task_inputs.edition

    def untranslated(self) -> dict[str, list[str]]:
        """The names of pages that languages in progress lack, those of facts too, each with the languages that have it.

        A print edition is whole, or its language is still in progress.
        """
        in_progress = [one.code for one in self.edition.report.languages if one.in_progress]
        lacking: dict[str, set[str]] = {}
        for code in in_progress:
            pages = [addresses.PRINT.rstrip("/"), *(page.name for page in self.rendered[code].pages if page.written_in)]
            with_pages = self.edition.facts.values() if self.edition.has_fact_pages else ()
            borrowed = [fact.id for fact in with_pages if code in fact.label.borrowed]
            for name in (*pages, *(addresses.fact(key).rstrip("/") for key in borrowed)):
                lacking.setdefault(name, set()).add(code)
        codes = [one.code for one in self.edition.report.languages]
        return {name: [code for code in codes if code not in without] for name, without in lacking.items()}

    def pages_of(self, kind: str) -> dict[str, list[str]]:
        """Which pages mention each fact or chart (the kind names a field of Uses), in the order of the report."""
        pages: dict[str, list[str]] = {}
        for page in self.rendered[self.edition.report.default.code].pages:
            if page.uses.lists_all:  # a list of everything says nothing of any one
                continue
            for key in dict.fromkeys(getattr(page.uses, kind)):
                pages.setdefault(key, []).append(page.name)
        return pages


def create_output_context(context: BuildContext, rendered: Sequence[RenderedLanguage], *, pdf: bool = False) -> OutputContext:
    """The context of a report's outputs."""
    by_language = {one.language: one for one in rendered}
    texts = texts_of(context.task_inputs.edition)
    output_context = OutputContext(context=context, texts=texts, rendered=by_language, pdf=pdf)
    mentions = api.mentions(output_context.edition, output_context.pages_of("facts"))
    context.task_inputs.parameters[MENTIONS] = mentions
    context.fingerprints.known.update({f"{MENTIONS}/{key}": fingerprint(repr(pages)) for key, pages in mentions.items()})
    return output_context


def texts_of(edition: Edition) -> tuple[Texts, ...]:
    """The texts of every language, the default one first."""
    return tuple(Texts(edition, language) for language in edition.report.languages)
