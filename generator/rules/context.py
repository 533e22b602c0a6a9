"""What every rule is given: draft, edition, outlines of the templates, and the options of the check."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any, TypeVar, cast

from ..diagnostics.finding import Diagnostic, Span
from ..model import report
from ..reading.draft import Draft
from ..reading.outline import Outline
from ..reading.template_summary import Outlines, TemplateFile
from ..reading.translations import Passage, StalePassage
from ..records.struct import Struct, field, replace
from ..settling.incremental import LazyFacts
from ..store.hashing import fingerprint
from ..store.objects import Pickled
from ..store.parse_cache import ParseCache
from .fact_files import FactFiles, FoundInFile, IsolatedFindings
from .number_patterns import NumberPatterns, number_patterns

Found = TypeVar("Found")
_OF_TEMPLATES = "rules of templates"


class CheckOptions(Struct, frozen=True, kw_only=True):
    """What a check reports besides the rules that always hold."""

    as_of: date | None = None  # report facts whose review is due on this day
    strict: bool = False  # a forecast past its date without a resolution is an error
    strict_languages: bool = False  # a text that is older than its translation is an error
    base: report.Edition | None = None  # an earlier edition: values that changed since need an entry in their history
    unedited: report.Edition | None = None  # the edition before an edit that is tried: findings say what that moves
    base_anchors: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)  # of its pages: (page, language)


class RuleContext(Struct, frozen=True, kw_only=True, dict=True):  # which keeps the computed property
    """What a rule can look at."""

    draft: Draft
    edition: report.Edition
    outlines: Outlines
    functions: tuple[str, ...]  # names of the functions that templates can call
    parts: tuple[Outline, ...]  # the project's own, which have no language
    words_of_parts: Mapping[str, Span]  # keys of interface words in parts and theme templates, each with the first place
    complete: bool = True  # whether data/ and templates were read and settled without a finding
    options: CheckOptions = CheckOptions()
    stale: tuple[StalePassage, ...] = ()  # texts whose translation changed
    parse_cache: ParseCache = field(default_factory=ParseCache)  # findings in files that did not change
    never_confirmed: tuple[Passage, ...] = ()  # texts whose translations were never confirmed
    isolated_findings: Mapping[str, IsolatedFindings] = field(default_factory=dict)  # in files of facts, by themselves

    @cached_property
    def fact_files(self) -> FactFiles:
        """The files of facts."""
        options = self.options
        usual = options.as_of is None and options.base is None and options.unedited is None
        facts, known = self.edition.facts, dict[str, IsolatedFindings]()
        if isinstance(facts, LazyFacts):
            known = {file: found for file, found in self.isolated_findings.items() if file not in facts.outdated}
        return FactFiles(
            self.draft, self.edition, self.parse_cache, self.find_in_file, keeps=usual and self.complete, known=known
        )

    @classmethod
    def of_isolated_files(cls, draft: Draft, edition: report.Edition) -> RuleContext:
        """What functions marked with `of_fact_files` look at, where only one file of facts is known at a time."""
        return cls(draft=draft, edition=edition, outlines=Outlines(()), functions=(), parts=(), words_of_parts={})

    def with_facts(self, draft: Draft, edition: report.Edition) -> RuleContext:
        """The same of a draft and an edition with other facts."""
        context = replace(self, draft=draft, edition=edition)
        context.__dict__["number_patterns"] = self.number_patterns  # of the same languages
        return context

    def find_in_file(self, file: str) -> FoundInFile:
        """What all functions marked with `of_fact_files` find in a file."""
        found = ((name, tuple(find(self, file))) for name, find in _OF_FACT_FILES.items())
        return {name: Pickled.of(one) for name, one in found if one}

    def in_fact_files(self, find: Callable[[RuleContext, str], Iterable[Found]]) -> Iterator[Found]:
        """What a function marked with `of_fact_files` finds in each file of facts."""
        return cast("Iterator[Found]", self.fact_files.each(_name(find)))

    @property
    def templates(self) -> tuple[TemplateFile, ...]:
        """The templates of all pages in all languages."""
        return self.outlines.templates

    @cached_property
    def _templates(self) -> str:
        """A fingerprint of all pages."""
        return fingerprint(*(text for one in self.templates for text in (one.file, one.summary.content_hash)))

    def in_templates(self, name: str, made_of: str, find: Callable[[], Iterable[Found]]) -> tuple[Found, ...]:
        """What a function finds in all pages, kept until one of them, or what is given besides, is another one."""
        if not self.fact_files.keeps:
            self.parse_cache.retain(_OF_TEMPLATES)
            return tuple(find())
        content = fingerprint(self._templates, made_of)
        return self.parse_cache.get_or_parse(_OF_TEMPLATES, name, content, lambda: tuple(find()))

    def kept_for_facts(
        self, group: str, name: str, facts: Iterable[str], find: Callable[[], Iterable[Found]]
    ) -> tuple[Found, ...]:
        """What a function finds of some facts, whose ids are given; kept as what is found in a file of facts."""
        return self.fact_files.of(group, name, facts, find)

    @cached_property
    def number_patterns(self) -> NumberPatterns:
        """As of the function."""
        return number_patterns(self.edition.report.languages)


Rule = Callable[[RuleContext], Iterator[Diagnostic]]
Find = TypeVar("Find", bound=Callable[[RuleContext, str], Iterable[Any]])
_OF_FACT_FILES: dict[str, Callable[[RuleContext, str], Iterable[Any]]] = {}


def of_fact_files(find: Find) -> Find:
    """Mark a function that finds something in one file of facts, given the context and the path of the file.

    All such functions are called for a file once it is loaded, and what they find is kept: they must look at nothing but the
    facts of the file, those that these name, other data, and the day of the report; not at options, templates, or the facts of
    other files.
    """
    _OF_FACT_FILES[_name(find)] = find
    return find


def _name(find: Callable[..., object]) -> str:
    return f"{find.__module__}.{find.__qualname__}"


def span_of_value(context: RuleContext, fact: str) -> Span:
    """Where a fact's value is written: as a value, a cell of a series, or a formula."""
    entry = context.draft.facts[fact]
    return next((entry.span_of(key) for key in ("value", "from", "formula") if entry[key] is not None), entry.span)
