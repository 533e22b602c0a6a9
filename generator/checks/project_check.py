"""Checks a whole project before any page is made: reads data/, settles it, reads the templates, and applies every rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ..charts.installed_marks import INSTALLED_MARKS
from ..diagnostics.finding import Clause, Diagnostic, Span
from ..model import report
from ..pages.renderer import function_names
from ..pages.templates import Templates
from ..reading.draft import Draft, read_draft
from ..reading.installed_outputs import INSTALLED_OUTPUTS
from ..reading.outline import Outline
from ..reading.site_settings import read_site_settings
from ..reading.template_summary import Outlines
from ..reading.translations import Confirmed, Passage, StalePassage, find_stale, passages, read_confirmed
from ..records.struct import Struct, field
from ..settling.incremental import SettledState
from ..settling.settled import Settled
from ..store.input_paths import refused_inputs
from ..store.parse_cache import ParseCache
from .active_markup import active_documents, active_pages, active_parts, unsafe_overrides
from .template_outlines import missing_imports, page_outlines, part_outlines, words_of_overrides, words_of_parts

if TYPE_CHECKING:
    from ..rules import CheckOptions
    from ..rules.fact_files import IsolatedFindings, OverShards
    from .read_ahead import ReadAhead


class CheckResult(Struct, frozen=True, kw_only=True):
    """What a check gives: all findings, and the edition; None where data/report.yml cannot be read."""

    draft: Draft
    edition: report.Edition | None
    outlines: Outlines
    parts: tuple[Outline, ...] = ()  # of templates/parts
    findings: tuple[Diagnostic, ...]
    settled_cleanly: bool = False  # whether data/ was read and settled without a finding
    is_whole: bool = False  # whether templates were, too: what the findings are about does not hide anything else
    stale: tuple[StalePassage, ...] = ()
    confirmed: Confirmed = field(default_factory=Confirmed)

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Every text that has translations."""
        return tuple(passages(self.draft, self.outlines))

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The findings that keep the report from being published."""
        return tuple(finding for finding in self.findings if finding.severity == "error")


class UnreadableProjectError(Exception):
    """A project whose errors keep something from being done with it; the findings say what they are."""

    def __init__(self, findings: Sequence[Diagnostic]) -> None:
        """Carry them."""
        super().__init__("; ".join(finding.sentence() for finding in findings))
        self.findings = tuple(findings)


class SettledProject(Struct, frozen=True, kw_only=True):
    """The draft and edition of a project, before templates are read and rules are applied."""

    draft: Draft
    settled: Settled
    findings: tuple[Diagnostic, ...]  # of reading and settling
    parse_cache: ParseCache
    files: Mapping[str, str] = field(default_factory=dict)  # the hash of each of the project's files by path, if known


def unsafe_file(path: str, why: str) -> Diagnostic:
    """The finding that something among the project's files must not be read; `why` is the name of a clause."""
    shown = path.encode(errors="surrogateescape").decode(errors="backslashreplace")
    variant = next((kind for kind in ("name", "large") if why.startswith(f"{kind}-")), "")
    return Diagnostic(rule="unsafe-file", variant=variant, span=Span(shown), args={"path": shown, "what": Clause(why)})


def check_project(
    root: Path,
    options: CheckOptions | None = None,
    *,
    evaluation_date: date | None = None,
    parse_cache: ParseCache | None = None,
    previous: SettledState | None = None,
    files: Mapping[str, str] | None = None,
    over_shards: OverShards | None = None,
    ahead: ReadAhead | None = None,
    inputs_are_safe: bool = False,
) -> CheckResult:
    """Check a project. Ages are judged on `evaluation_date`, else on the day of the options, else on the day of the report.

    `files` are the hashes of the project's files by path, where they are known. With `parse_cache` and a `previous` state,
    only files that changed since are read and settled. With `over_shards`, processes may look for what rules want in shards of
    the facts; `ahead` is what they read of the files before.
    `inputs_are_safe` says that the caller has seen that every input may be read.
    """
    day = evaluation_date or (options.as_of if options else None)
    project = settle_project(
        root,
        evaluation_date=day,
        parse_cache=parse_cache or ParseCache(),
        previous=previous,
        files=files,
        ahead=ahead,
        inputs_are_safe=inputs_are_safe,
    )
    return check_settled(project, options, over_shards, {} if ahead is None else ahead.found)


def settle_project(
    root: Path,
    *,
    evaluation_date: date | None,
    parse_cache: ParseCache,
    previous: SettledState | None = None,
    files: Mapping[str, str] | None = None,
    lends_texts: bool = False,
    ahead: ReadAhead | None = None,
    inputs_are_safe: bool = False,
) -> SettledProject:
    """Read and settle data/; with a `previous` state only what changed since, where that is enough.

    `lends_texts` is as of `read_draft`, all else as of `check_project`.

    Where anything stands among the project's files that must not be read, nothing is.
    """
    if refused := [] if inputs_are_safe else refused_inputs(root):
        return SettledProject(
            draft=Draft(root=root),
            settled=Settled(None, ()),
            findings=tuple(unsafe_file(path, why) for path, why in refused),
            parse_cache=parse_cache,
        )
    files = files or {}
    unsafe: list[Diagnostic] = []
    read_site_settings(root, unsafe)
    unsafe += [*unsafe_overrides(root), *active_documents(root)]
    updated = None if unsafe or previous is None else previous.update(root, files, evaluation_date, parse_cache)
    if updated is not None:
        draft, edition = updated
        return SettledProject(draft=draft, settled=Settled(edition, ()), findings=(), parse_cache=parse_cache, files=files)
    from ..settling.edition import settle  # noqa: PLC0415  an edit of facts needs only a part of it

    draft, findings = read_draft(root, parse_cache, lends_texts=lends_texts, in_turn=ahead is not None)
    read = {} if ahead is None else ahead.settled
    isolated = {file: one.of_content(files[file]) for file, one in read.items() if file in files}
    settled = settle(draft, evaluation_date=evaluation_date, isolated=isolated)
    findings = [*unsafe, *findings, *settled.findings, *_broken_extensions()]
    return SettledProject(draft=draft, settled=settled, findings=tuple(findings), parse_cache=parse_cache, files=files)


def _broken_extensions() -> Iterator[Diagnostic]:
    """Findings about installed marks, outputs and rules that cannot be used."""
    from ..rules.installed_rules import INSTALLED_RULES  # noqa: PLC0415  as above

    for registry in (INSTALLED_MARKS, INSTALLED_OUTPUTS, INSTALLED_RULES):
        yield from registry.findings()


def stale_texts(project: SettledProject) -> tuple[StalePassage, ...]:
    """The texts that are older than their translation. What is read of templates for it is kept for `check_settled`."""
    draft, edition = project.draft, project.settled.edition
    confirmed = read_confirmed(draft.root, [])
    if edition is None or not confirmed.digests:
        return ()
    outlines = page_outlines(draft, Templates(draft.root), edition, project.parse_cache, project.files).outlines
    stale, _ = find_stale(passages(draft, outlines), confirmed)
    return tuple(stale)


def check_settled(
    project: SettledProject,
    options: CheckOptions | None = None,
    over_shards: OverShards | None = None,
    isolated_findings: Mapping[str, IsolatedFindings] | None = None,
) -> CheckResult:
    """Read the templates of a settled project and apply every rule.

    `isolated_findings` is what rules found in some files of facts, each by itself.
    """
    from ..rules import CheckOptions, RuleContext, check, find_ahead  # noqa: PLC0415  a build checks in a process of its own

    options = options or CheckOptions()
    draft, parse_cache, edition = project.draft, project.parse_cache, project.settled.edition
    if edition is None:
        return CheckResult(draft=draft, edition=None, outlines=Outlines(()), findings=project.findings)
    templates = Templates(draft.root)
    pages = page_outlines(draft, templates, edition, parse_cache, project.files)
    outlines = pages.outlines
    parts, part_findings = part_outlines(templates, parse_cache)
    findings = [*project.findings, *pages.findings, *part_findings]
    findings += [*active_pages(outlines, parse_cache), *active_parts(parts, parse_cache)]
    findings += missing_imports(templates, outlines, parts)
    confirmed = read_confirmed(draft.root, findings)
    compares_translations = bool(confirmed.digests) or options.strict_languages  # without confirmed texts none is stale
    stale, never_confirmed = find_stale(passages(draft, outlines), confirmed) if compares_translations else ([], [])
    context = RuleContext(
        draft=draft,
        edition=edition,
        outlines=outlines,
        functions=function_names(),
        parts=parts,
        words_of_parts={**words_of_overrides(draft.root), **words_of_parts(parts)},
        complete=not findings,
        options=options,
        parse_cache=parse_cache,
        stale=tuple(stale),
        never_confirmed=tuple(never_confirmed),
        isolated_findings=isolated_findings or {},
    )
    if over_shards is not None and draft.derived is not None:  # else facts are in memory, or were looked at before
        find_ahead(context, over_shards)
    return CheckResult(
        draft=draft,
        edition=edition,
        outlines=outlines,
        parts=parts,
        findings=(*findings, *check(context)),
        settled_cleanly=not project.findings,
        is_whole=not findings,
        stale=tuple(stale),
        confirmed=confirmed,
    )
