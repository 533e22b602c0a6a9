"""Reads the files of a large project before it is checked, in several processes that keep what they read in the parse cache.

They also settle the facts of each file that reads no other one, and look for what rules want of it while its entries are there.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from datetime import date
from pathlib import Path

from ..pages.templates import Templates
from ..reading import records
from ..reading.draft import Draft, open_draft, read_cells, read_files, read_single_files
from ..reading.facts_in_turn import HEADS, FactIds, ids_of
from ..reading.files import data_files
from ..reading.located_values import members_of
from ..reading.validators import ReadContext
from ..records.struct import Struct, field
from ..rules import RuleContext
from ..rules.fact_files import IsolatedFindings, find_in_isolated_file
from ..rules.number_patterns import number_patterns
from ..rules.typed_numbers import hash_of_patterns, numbers_in_page
from ..settling.isolated_files import FileSettler, IsolatedFacts, OutOfReachError
from ..store.parse_cache import ParseCache
from .active_markup import active_in
from .template_outlines import page_template

_ENOUGH_FILES = 40  # of facts, to be worth more than one process


def is_worth_reading_ahead(root: Path, parse_cache: ParseCache) -> bool:
    """Whether there are many files, and the parse cache knows nothing of them."""
    files = data_files(root, "facts", [])
    return len(files) >= _ENOUGH_FILES and parse_cache.last(files[0], "facts") is None


class ReadAhead(Struct, frozen=True):
    """What is known of files of facts before all of them are, by path."""

    heads: dict[str, tuple[str, FactIds]] = field(default_factory=dict)  # hash and ids of each file without a mistake
    settled: dict[str, IsolatedFacts] = field(default_factory=dict)
    found: dict[str, IsolatedFindings] = field(default_factory=dict)

    def add(self, other: ReadAhead) -> None:
        """Add what another process read."""
        self.heads.update(other.heads)
        self.settled.update(other.settled)
        self.found.update(other.found)

    def keep(self, parse_cache: ParseCache) -> None:
        """Keep the ids in the parse cache."""
        for file, (digest, ids) in self.heads.items():
            parse_cache.put(HEADS, file, digest, ids)


def read_shard(root: Path, parse_cache: ParseCache, day: date | None, shard: int, count: int) -> ReadAhead:
    """Read one of `count` shards of the files; what is wrong with them is found again when the project is checked.

    Ages are judged on a day, else on that of the report.
    """
    ahead = ReadAhead()
    parse_cache = ParseCache(parse_cache.folder, parse_cache.code_fingerprint)
    context = ReadContext([])
    draft = open_draft(root, context, parse_cache)
    if not draft.languages:
        return ahead
    read_single_files(draft, context, parse_cache)
    read_cells(draft, context)
    settler = FileSettler(draft, day)
    rules = None if settler.edition is None else RuleContext.of_isolated_files(draft, settler.edition)
    for kind, record in records.FOLDERS.items():
        for file in data_files(root, kind, [])[shard::count]:
            context.sink.clear()
            entries = read_files(draft, kind, [file], record, context, parse_cache)
            if kind != "facts" or context.sink:
                continue
            ahead.heads[file] = draft.content_hashes[file], ids_of(entries)
            if rules is not None and (settled := settler.settle(file, entries)) is not None:
                ahead.settled[file] = settled.kept
                with suppress(OutOfReachError):
                    ahead.found[file] = find_in_isolated_file(rules.with_facts(settled.draft, settled.edition), file)
    _read_templates(draft, parse_cache, shard, count)
    parse_cache.write()
    return ahead


def _read_templates(draft: Draft, parse_cache: ParseCache, shard: int, count: int) -> None:
    """Read the templates of a shard of the folders, as what is known of a folder is kept together."""
    templates, folders = Templates(draft.root), defaultdict[str, list[tuple[str, str, str]]](list)
    for located in members_of(None if draft.report is None else draft.report["pages"]):
        for language in draft.languages:
            file = templates.file(page := str(located.value), language.code)
            folders[file.rpartition("/")[0]].append((file, page, language.code))
    patterns = number_patterns(draft.languages)
    spelled = hash_of_patterns(patterns)
    for folder in sorted(folders)[shard::count]:
        for file, page, code in folders[folder]:
            if (template := page_template(templates, file, (page, code), [], parse_cache)) is not None:
                active_in(template, parse_cache)
                numbers_in_page(template, patterns, spelled, parse_cache)
