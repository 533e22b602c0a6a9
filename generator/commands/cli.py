"""Flags in, exit code out: each command is one call. Exit 0: done; 1: findings; 2: wrong use."""

from __future__ import annotations

import gc
import os
import sys
import textwrap
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .. import __version__
from ..build.plan import BuildOptions, closing_line, take_snapshot, up_to_date
from ..diagnostics.finding import Diagnostic, explain_rule, languages, messages, preferred_language, tool_message
from ..diagnostics.renderers import FORMATS, render
from ..engines.registry import DEFAULT, ENGINES
from ..model.code_lists import CITATIONS
from ..store.inputs import code_fingerprint, hash_inputs

if TYPE_CHECKING:
    from ..checks.project_check import CheckResult
    from ..rules import CheckOptions

# Commands load what they need when they are called: a build that finds nothing to do is over before ICU or Jinja are loaded.
# ruff: noqa: PLC0415

_JOBS = click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=None,
    help="Over how many processes the work is spread (default: one per core); 1: one thing after the other.",
)
_ROOT = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    show_default="the current folder",
    help="The folder that holds data/ and templates/.",
)
_FORM = click.option(
    "--format",
    "form",
    type=click.Choice(sorted(FORMATS)),
    default="full",
    show_default=True,
    help="How findings are printed.",
)
_LANGUAGE = click.option(
    "--language",
    type=click.Choice(languages()),
    default=lambda: preferred_language(os.environ),
    show_default="what LANG asks for",
    help="The language that findings are told in.",
)


_DAY = click.DateTime(formats=["%Y-%m-%d"])
_ENGINE = click.option(
    "--engine",
    type=click.Choice(list(ENGINES)),
    default=DEFAULT,
    show_default=True,
    help="What makes the site of the pages.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="factloom")
def main() -> None:
    """Factloom: sourced facts become a report in every language it is written in."""


@main.command()
@_ROOT
@_FORM
@_LANGUAGE
@click.option("--fix", is_flag=True, help="First repair what is safe to repair: forms of dates, slips in ids, keys and words.")
@click.option("--statistics", is_flag=True, help="Print how many findings each rule has instead of the findings.")
@click.option("--strict", is_flag=True, help="A forecast whose date has passed needs its resolution.")
@click.option("--strict-languages", is_flag=True, help="No text may be older than its twin in another language.")
@click.option("--as-of", type=_DAY, help="Judge ages on this day, and list what is due for review.")
@click.option("--base", metavar="REV", help="Compare with a git revision: changed values need a history entry.")
def check(  # one flag each
    root: Path,
    form: str,
    language: str,
    *,
    fix: bool,
    statistics: bool,
    strict: bool,
    strict_languages: bool,
    as_of: datetime | None,
    base: str | None,
) -> None:
    """Check data/ and templates/ and say what is wrong, all in one run."""
    gc.disable()  # a short run that keeps all it makes
    if fix:
        _fix(root, language)
    from ..checks.revisions import RevisionError, edition_at
    from ..rules import CheckOptions

    try:
        earlier = edition_at(root, base) if base else None
    except RevisionError as error:
        raise click.UsageError(str(error)) from error
    day = as_of.date() if as_of else None
    options = CheckOptions(as_of=day, strict=strict, strict_languages=strict_languages, base=earlier)
    checked = _check(root, options)
    if statistics:
        for rule, count in Counter(one.rule for one in checked.findings).most_common():
            click.echo(f"{count:>6} {rule}")
    else:
        _print(checked.findings, form, root, language)
    if form in ("full", "concise"):
        click.echo(_summary(checked.findings, language), err=True)
    sys.exit(1 if checked.errors else 0)


def _check(root: Path, options: CheckOptions | None = None) -> CheckResult:
    """Check a project with what earlier runs remember of it."""
    from ..checks.project_check import check_project
    from ..rules import CheckOptions
    from ..settling.incremental import load_settled_state, save_settled_state, settled_state
    from ..store.parse_cache import ParseCache

    options, cache, files = options or CheckOptions(), root / "build/cache", hash_inputs(root)
    parse_cache, standing = ParseCache(cache / "read", code_fingerprint()), load_settled_state(cache, code_fingerprint())
    checked = check_project(root, options, parse_cache=parse_cache, before=(standing, files))
    parse_cache.save()
    if checked.edition is not None and checked.settled_cleanly and options.as_of is None:
        save_settled_state(cache, code_fingerprint(), settled_state(checked.edition, files, None), standing)
    return checked


def _fix(root: Path, language: str) -> None:
    from ..diagnostics.fixes import fix_all

    repairs = fix_all(root, lambda: _check(root).findings)
    for one in repairs:
        place = f"{one.span.file}:{one.span.line}:{one.span.column}"
        click.echo(tool_message("repaired", language, place=place, before=one.before, after=one.after), err=True)
    click.echo(tool_message("repairs", language, count=str(len(repairs))), err=True)


@main.command()
@_ROOT
@_FORM
@_LANGUAGE
@_JOBS
@click.option("--render-only", is_flag=True, help="Stop after build/docs: what a plain `mkdocs build` reads.")
@click.option("--as-of", type=_DAY, help="Judge ages on this day instead of the report's horizon.")
@click.option("--pdf", is_flag=True, help="Make each language's PDF too, with a Chromium (on the PATH, or named in CHROMIUM).")
@_ENGINE
@click.option(
    "--dask",
    metavar="ADDRESS",
    help="Draw and render on a Dask cluster (tcp://host:port); its workers need this package and the same project folder.",
)
def build(  # one flag each
    root: Path,
    form: str,
    language: str,
    jobs: int | None,
    *,
    render_only: bool,
    as_of: datetime | None,
    pdf: bool,
    engine: str,
    dask: str | None,
) -> None:
    """Check, render, draw and publish the site in every language."""
    options = BuildOptions(
        root=root.resolve(),
        jobs=jobs or 0,
        render_only=render_only,
        as_of=as_of.date() if as_of else None,
        pdf=pdf,
        engine=ENGINES[engine],
        dask=dask or "",
    )
    seen = take_snapshot(options)
    if up_to_date(options, seen):
        click.echo("unchanged nothing to do", err=True)
        click.echo(closing_line(options.root))
        return
    from ..engines.processes import EnginePool

    gc.disable()  # all that is made is needed to the end
    kept: list[object] = []
    with EnginePool(options.root, options.engine) as engine_pool:
        if options.early:
            engine_pool.start(1)
        from ..build.pipeline import BuildError, build_site

        try:
            told = build_site(
                options, seen, progress=lambda text: click.echo(text, err=True), engine_pool=engine_pool, kept=kept
            )
        except BuildError as error:
            _print(error.found, form, root, language)
            click.echo(f"{_summary(error.found, language)}; {tool_message('kept', language)}", err=True)
            sys.exit(1)
    click.echo(told)


@main.command()
@_ROOT
@click.option(
    "--language",
    type=click.Choice(languages()),
    default=None,
    show_default="what LANG asks for; in a page, what the browser asks for",
    help="The language that findings are told in.",
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="The address to listen at; others than this machine's show it to all.",
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port; 0 for any that is free."
)
@_JOBS
@click.option("--as-of", type=_DAY, help="Judge ages on this day instead of the report's horizon.")
def serve(root: Path, language: str | None, host: str, port: int, *, jobs: int | None, as_of: datetime | None) -> None:
    """Show the report while it is edited: open pages follow each change. site/ stays as it is."""
    from ..serve import server

    options = BuildOptions(root=root.resolve(), jobs=jobs or 0, as_of=as_of.date() if as_of else None)
    spoken = language or preferred_language(os.environ)
    serve_options = server.ServeOptions(host=host, port=port, language=spoken, page_language=language or "")
    try:
        server.serve(options, serve_options, progress=lambda text: click.echo(text, err=True))
    except OSError as error:
        why = error.strerror or str(error)
        raise click.UsageError(tool_message("port-taken", spoken, host=host, port=str(port), why=why)) from error


@main.command()
@click.argument("names", metavar="[PAGE]...", nargs=-1)
@_ROOT
@_LANGUAGE
def confirm(names: tuple[str, ...], root: Path, language: str) -> None:
    """Remember that the texts say the same in every language: of pages, of `facts`, of `claims/ID`, or all."""
    from ..checks.confirmation import UnknownNameError, confirm_texts

    try:
        count = confirm_texts(root, names)
    except UnknownNameError as error:
        raise click.UsageError(tool_message("no-text", language, name=str(error))) from error
    click.echo(tool_message("confirmed", language, count=str(count)))


@main.command()
@click.argument("source")
@click.option(
    "--text", "file", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The source's own text."
)
@click.option("--locale", help="The locale of the text, for example de-DE (default: the source's language).")
@_ROOT
@_LANGUAGE
def verify(source: str, file: Path, locale: str | None, root: Path, language: str) -> None:
    """Look up in a source's text whether it says what facts and claims cite from it."""
    from ..wording.verification import FAILED, Outcome, verify_source

    checked = _check(root)
    if checked.edition is None or checked.errors:
        _print(checked.errors, "full", root, language)
        sys.exit(1)
    if source not in checked.edition.sources:
        raise click.UsageError(tool_message("no-source", language, source=source))
    found = verify_source(checked.edition, source, file.read_text(encoding="utf-8"), locale or "")
    for one in found:
        told = tool_message("verified-there", language, there=one.found) if one.found else ""
        outcome = tool_message(one.outcome, language)
        click.echo(f"{outcome}: {one.kind} {one.id} ({one.place}): {one.expected}{told}")
    counts = Counter(one.outcome for one in found)
    summary = ", ".join(f"{counts[outcome]} {tool_message(outcome, language)}" for outcome in Outcome if counts[outcome])
    click.echo(summary or tool_message("verified-none", language, source=source), err=True)
    sys.exit(1 if any(one.outcome in FAILED for one in found) else 0)


@main.command()
@click.argument("rule", required=False)
@_LANGUAGE
def explain(rule: str | None, language: str) -> None:
    """Say what a rule promises and why, with an example; without a rule, list them all."""
    rules = messages(language)
    if rule is None:
        click.echo("\n".join((tool_message("rules", language), *(f"  {name}" for name in sorted(rules)))))
        return
    if rule not in rules:
        raise click.UsageError(tool_message("no-rule", language, rule=rule))
    entry = explain_rule(rule, language)
    click.echo(f"{rule}\n\n{_indented(entry['explain'])}")
    for part in ("before", "after"):
        click.echo(f"\n  {tool_message(part, language)}:\n{_indented(_indented(entry[part]))}")


@main.command()
@_ROOT
@_LANGUAGE
@click.option(
    "--write", is_flag=True, help="Write what is not current: schema/<kind>.json, and the line in data/ that points there."
)
def schema(root: Path, language: str, *, write: bool) -> None:
    """Check that the schemas by which editors complete, explain and check data/ are current."""
    from ..reading.schemas import stale_files, write_files

    if write:
        click.echo(tool_message("schema-written", language, count=str(len(write_files(root)))))
        return
    stale = stale_files(root)
    for file in stale:
        click.echo(tool_message("schema-stale", language, file=file))
    if stale:
        sys.exit(1)
    click.echo(tool_message("schema-current", language))


@main.command()
@_ROOT
@_LANGUAGE
@click.option("--as", "kind", type=click.Choice(CITATIONS), default="txt", show_default=True, help="The form to write.")
@click.option("--fact", metavar="ID", help="Cite one fact instead of the report.")
@click.option("--in", "code", help="The report's language to cite in (default: its first).")
def cite(root: Path, language: str, kind: str, fact: str | None, code: str | None) -> None:
    """Say how to cite the report or a fact of it; `--as cff` is what CITATION.cff at the root should hold."""
    from ..wording import citations
    from ..wording.texts import Texts

    checked = _check(root)
    edition = checked.edition
    if edition is None or checked.errors:
        _print(checked.errors, "full", root, language)
        sys.exit(1)
    spoken = {one.code: one for one in edition.report.languages}
    if (code or edition.report.default.code) not in spoken:
        raise click.BadParameter(", ".join(spoken), param_hint="--in")
    if fact and fact not in edition.facts:
        raise click.BadParameter(fact, param_hint="--fact")
    texts = Texts(edition, spoken[code or edition.report.default.code])
    click.echo(citations.cite(texts, edition.facts[fact] if fact else None, kind), nl=False)


def _indented(text: str) -> str:
    return textwrap.indent(text.rstrip(), "  ")


def _print(found: Sequence[Diagnostic], form: str, root: Path, language: str) -> None:
    text = render(found, output_format=form, root=root, language=language)
    if text:
        click.echo(text, nl=not text.endswith("\n"))


def _summary(found: Sequence[Diagnostic], language: str) -> str:
    errors = sum(1 for one in found if one.severity == "error")
    counts = {"errors": str(errors), "warnings": str(len(found) - errors)}
    return tool_message("summary", language, **counts) if found else tool_message("none", language)


def run() -> None:
    """The command, and an end without taking apart what is gone anyway: with a big report that takes longer than an edit."""
    try:
        main()
    except SystemExit as ended:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(ended.code if isinstance(ended.code, int) else int(ended.code is not None))
