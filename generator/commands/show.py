"""`factloom show`: says everything about an entry."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import click

from ..diagnostics.finding import tool_message
from ..editing.lookup import place_of_value, title_of, uses_of
from ..editing.project import EditedProject
from ..model.notation import written
from ..model.report import Fact
from ..model.sources import Evidence, Source
from ..model.spelling import suggest
from ..reading.located_values import Entry
from ..wording.texts import Texts
from .completion import complete_id
from .editing_session import kind_word, open_for_reading, place
from .options import language_option, root_option


@click.command("show")
@click.argument("id", metavar="ID", shell_complete=complete_id)
@root_option
@language_option
def command(id: str, root: Path, language: str) -> None:  # noqa: A002  the argument's name
    """Say everything about an entry: where it is written, what it says in each language, and all that names it."""
    project = open_for_reading(root, language)
    kinds = project.kinds_of(id) or tuple("facts" for fact in project.edition.facts.values() if id in fact.aliases)
    if not kinds:
        raise click.UsageError(_unknown(project, id, language))
    for number, kind in enumerate(kinds):
        key = id if id in project.entries(kind) else project.fact(id).id
        click.echo("\n" * bool(number) + "\n".join(_lines(project, kind, key, language)))


def _unknown(project: EditedProject, key: str, language: str) -> str:
    kinds = ("facts", "claims", "events", "charts", "sources", "names", "terms", "series", "judgments")
    known = [one for kind in kinds for one in project.entries(kind)]
    return tool_message("edit-no-entry", language, id=key, suggestion=suggest(key, known))


def _lines(project: EditedProject, kind: str, key: str, language: str) -> Iterator[str]:
    label = partial(tool_message, language=language)
    entry = project.entries(kind)[key]
    yield f"{kind_word(kind, language)} {key}  {place(entry.span)}"
    for one in project.languages:
        title = title_of(project, kind, key, one.code)
        value = ""
        if kind == "facts" and key in project.edition.facts:
            value = f" = {Texts(project.edition, one).value(project.edition.facts[key])}"
        yield f"  {one.code}  {title}{value}"
    if kind == "facts" and key in project.edition.facts:
        yield from _of_fact(project, project.edition.facts[key], language)
    if kind == "sources":
        yield from _of_source(project.edition.sources[key])
    uses = uses_of(project, kind, key)
    for other, names in sorted(uses.entries.items()):
        yield f"  {label('shown-named-by', kind=kind_word(other, language))}: {', '.join(names)}"
    for said in uses.pages:
        text = " ".join(said.sentences) if said.sentences else f"({said.block})"
        yield f"  {place(said.span)}: {text}"


def _of_source(source: Source) -> Iterator[str]:
    """What else is known of a source, under its keys."""
    for name in ("date", "url", "accessed", "archived", "read", "independent", "quote"):
        value = getattr(source, name)
        if value is not None and value != "":
            yield f"  {name}: {str(value).lower() if isinstance(value, bool) else written(value)}"


def _of_fact(project: EditedProject, fact: Fact, language: str) -> Iterator[str]:
    label = partial(tool_message, language=language)
    texts = Texts(project.edition, project.edition.report.default)
    yield f"  {label('shown-value')}: {place(place_of_value(project, fact))}"
    for name, value in (
        ("as_of", fact.as_of),
        ("period", fact.period),
    ):
        if value is not None:
            yield f"  {name}: {value.text}"
    if fact.formula:
        yield f"  {label('shown-formula')}: {fact.formula}"
        for key in fact.inputs:
            yield f"    {key} = {texts.value(project.edition.facts[key])}"
    if isinstance(signed := project.draft.facts[fact.id]["reviewed"], Entry):
        key = "shown-reviewed" if fact.reviewed else "shown-lapsed"
        yield f"  {label(key)}: {getattr(signed.get('on'), 'text', '')} ({signed.get('by')})"
    for evidence in fact.evidence:
        yield f"  {label('shown-source')}: {_evidence(evidence, texts)}"
    for change in fact.history:
        until = f" - {change.until.text}" if change.until else ""
        worded = texts.word_value(change.value, fact.unit)
        reason = change.reason[texts.language.code]
        yield f"  {label('shown-history')}: {worded} ({change.as_of.text}{until}, {change.kind}) {reason}"
    if following := [one.id for one in project.edition.facts.values() if fact.id in one.inputs]:
        yield f"  {label('shown-following')}: {', '.join(following)}"


def _evidence(evidence: Evidence, texts: Texts) -> str:
    at = f", {evidence.at[texts.language.code]}" if evidence.at else ""
    dated = f", {evidence.source.date.text}" if evidence.source.date else ""
    quote = f" {texts.language.word('text.quoted').replace('{0}', evidence.shown_quote)}" if evidence.shown_quote else ""
    return f"{evidence.source.id} ({evidence.source.publisher}{dated}){at}{quote}"
