"""The pages of the editor: what a session knows, in words and as HTML. All texts are escaped by the templates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from importlib import resources
from itertools import groupby
from urllib.parse import quote

from jinja2 import Environment, FunctionLoader, StrictUndefined

from ..diagnostics.finding import Arg, Diagnostic, tool_message
from ..editing.entry_change import normalized
from ..editing.entry_fields import RECORDS, FormField
from ..editing.lookup import find, title_of, uses_of
from ..editing.new_fields import CREATED
from ..editing.project import EditedProject
from ..editing.set_value import UPDATE
from ..model import addresses
from ..model.code_lists import CHANGES
from ..model.report import Fact
from ..reading.schemas import key_help
from ..records.struct import Struct, field, replace
from ..wording.texts import Texts
from .editor_forms import CHANGE, REVIEWED, TASKS, UNPUBLISHED, OpenedForm
from .editor_preview import FoundField
from .editor_session import Reviewed, Step

_FIRST = ("value", "as_of")  # the fields of a fact that change most
_SOUGHT = (*_FIRST, "source", "at")  # what a new one has
_LONG = 60  # characters of a text that gets several lines
_MOST = 200  # entries in a list


class Page(Struct, frozen=True, kw_only=True):
    """What every page of the editor is given: its language, the paths of editor and site, and what can be undone."""

    language: str
    home: str
    site: str
    step: Step | None = None
    notice: str = ""

    def render(self, template: str, **given: object) -> str:
        """The HTML of a page."""
        say = partial(tool_message, language=self.language)
        return _templates().get_template(f"{template}.html.j2").render(page=self, say=say, **given)

    def message(self, key: str, **args: Arg) -> str:
        """A page that says one thing."""
        return self.render("message", text=tool_message(key, self.language, **args), findings=())

    def unreadable(self, findings: Iterable[Diagnostic]) -> str:
        """A page that says why nothing can be edited."""
        text = tool_message("editor-unreadable", self.language)
        return self.render("message", text=text, findings=[FoundField("", one) for one in findings])


@cache
def _templates() -> Environment:
    def load(name: str) -> str:
        return (resources.files(__package__) / "edit" / name).read_text(encoding="utf-8")

    return Environment(
        loader=FunctionLoader(load), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def list_page(page: Page, project: EditedProject, kind: str, query: str) -> str:
    """The entries of a kind, or what some words, a number or an address lead to."""
    language = _language(project, page)
    rows: list[tuple[str, str, str]] = []
    if query:
        found = ((one.kind if one.kind != "history" else "facts", one.id, one.text) for one in find(project, query))
        rows = [one for one in dict.fromkeys(found) if one[0] in RECORDS]
    elif kind:
        rows = [(kind, key, title_of(project, kind, key, language)) for key in project.entries(kind)]
    shown = {(one, key): text for one, key, text in reversed(rows)}  # one line an entry, with the first text found
    entries = [(one, key, text) for (one, key), text in reversed(shown.items())]
    kinds = [(one, len(project.entries(one))) for one in RECORDS if project.entries(one)]
    more = len(entries) - _MOST
    return page.render("list", kinds=kinds, kind=kind, created=CREATED, query=query, entries=entries[:_MOST], more=max(0, more))


class Group(Struct, frozen=True, kw_only=True):
    """The fields of one key: a text in each language, or one scalar."""

    name: str
    help: str
    inputs: Sequence[FormField]
    required: bool = False

    @property
    def is_shown(self) -> bool:
        """Whether it is shown at once: it has a text, needs one, or goes with every new value."""
        return self.required or self.name in _SOUGHT or any(one.text for one in self.inputs)


class Form(Struct, frozen=True, kw_only=True):
    """What the form of an entry shows."""

    entry: OpenedForm
    title: str
    groups: Sequence[Group]
    others: Sequence[Group] = ()  # fields that are empty
    new: Sequence[Group] = ()  # what goes with a new value
    lists: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)  # ids with titles by kind
    typed: Mapping[str, str] = field(default_factory=dict)  # what was typed into fields that show what the file says


def entry_form(page: Page, entry: OpenedForm, typed: Mapping[str, str], *, keeps_file: bool = False) -> Form:
    """The form of an entry with what was typed so far; with `keeps_file`, with what the file says, and the other beside it."""
    project, language = entry.project, _language(entry.project, page)
    fields = [one if keeps_file else replace(one, text=typed.get(one.name, one.text)) for one in entry.fields]
    other = {one.name: found for one in fields if (found := normalized(typed.get(one.name, one.text))) != normalized(one.text)}
    if entry.task == CHANGE:
        fields.sort(key=lambda one: _FIRST.index(one.path[0]) if one.path[0] in _FIRST else len(_FIRST))  # stable
    groups = list(_groups(fields, page.language))
    has_value = entry.task == CHANGE and any(one.path == ("value",) for one in fields)
    new = list(_new_value(entry, typed, page)) if has_value else []
    used = {one.refers_to for group in (*groups, *new) for one in group.inputs if one.refers_to}
    lists = {kind: [(key, title_of(project, kind, key, language)) for key in _ids(project, kind)] for kind in sorted(used)}
    return Form(
        entry=entry,
        title=title_of(project, entry.kind, entry.id, language) if entry.id else "",
        groups=[one for one in groups if one.is_shown],
        others=[one for one in groups if not one.is_shown],
        new=new,
        lists=lists,
        typed=other,
    )


def _ids(project: EditedProject, kind: str) -> Iterable[str]:
    return project.edition.units if kind == "units" else project.entries(kind)


def _groups(fields: Iterable[FormField], language: str) -> Iterator[Group]:
    def owner(one: FormField) -> str:
        return "/".join(one.path[:-1] if one.language else one.path)

    for name, inputs in groupby(fields, key=owner):
        found = list(inputs)
        yield Group(name=name, help=_help(found[0], language), inputs=found, required=found[0].required)


def _help(one: FormField, language: str) -> str:
    if one.what.startswith("editor-"):
        return tool_message(f"{one.what}-{one.key}", language)
    return key_help(one.what, one.key, language)


def _new_value(entry: OpenedForm, typed: Mapping[str, str], page: Page) -> Iterator[Group]:
    """The fields of what goes with a new value of a fact: why it changed, and where it is said."""
    fact = entry.project.edition.facts[entry.id]
    codes = [one.code for one in entry.project.languages]
    evidence = fact.evidence[0] if fact.evidence else None
    at = evidence.at.texts if evidence is not None and evidence.at is not None else {}
    source = evidence.source.id if evidence is not None else ""

    def one(name: str, text: str, kind: str, **more: object) -> FormField:
        plain = FormField(path=("new", *name.split("/")), text=typed.get(f"new/{name}", text), type=kind, what="change")
        return replace(plain, **more)

    def texts(name: str, given: Mapping[str, str]) -> list[FormField]:
        return [one(f"{name}/{code}", given.get(code, ""), "text", language=code) for code in codes]

    def group(name: str, inputs: Sequence[FormField]) -> Group:
        return Group(name=name, help=tool_message(f"editor-new-{name}", page.language), inputs=inputs)

    yield group("kind", [one("kind", UPDATE, "choice", choices=(*CHANGES, UNPUBLISHED), required=True)])
    yield group("reason", texts("reason", {}))
    yield group("source", [one("source", source, "id", refers_to="sources")])
    yield group("at", texts("at", at))
    yield group("quote", [one("quote", "", "text")])
    yield group("keep", [one("keep", "", "choice", choices=("yes",))])


def form_page(page: Page, entry: OpenedForm, typed: Mapping[str, str], *, problem: str = "", keeps_file: bool = False) -> str:
    """The form of an entry; with what keeps a change from being written, where there is something."""
    is_entry = entry.task == CHANGE
    return page.render(
        "form",
        form=entry_form(page, entry, typed, keeps_file=keeps_file),
        worded=list(_worded(entry)) if is_entry else [],
        seen=list(_seen(page, entry)) if is_entry else [],
        tasks=[one for one in TASKS if one != REVIEWED or _has_own_value(entry)]
        if is_entry and entry.kind != "retired"
        else [],
        problem=problem,
        findings=[FoundField("", one) for one in entry.findings],
        is_long=lambda text: len(text) > _LONG,
    )


def _has_own_value(entry: OpenedForm) -> bool:
    fact = entry.project.edition.facts.get(entry.id) if entry.kind == "facts" else None
    return fact is not None and not fact.formula


def _worded(entry: OpenedForm) -> Iterator[tuple[str, str]]:
    """The value of a fact as each language words it."""
    fact = entry.project.edition.facts.get(entry.id) if entry.kind == "facts" else None
    if isinstance(fact, Fact):
        yield from ((one.code, Texts(entry.project.edition, one).value(fact)) for one in entry.project.languages)


def _seen(page: Page, entry: OpenedForm) -> Iterator[tuple[str, str, str]]:
    """Where readers meet the entry: language, address in the preview, and what is said there."""
    if entry.kind == "facts":
        for one in entry.project.languages:
            yield one.code, f"{page.site}{one.code}/{entry.project.edition.fact_address(entry.id)}", ""
    for told in uses_of(entry.project, entry.kind, entry.id).pages:
        text = " ".join(told.sentences) or told.block
        yield told.language, f"{page.site}{quote(f'{told.language}/{addresses.page(told.page)}')}", text


def review_page(page: Page, entry: OpenedForm, typed: Mapping[str, str], reviewed: Reviewed) -> str:
    """What a change moves and which findings it brings, with a button that writes it."""
    diff = [(line[:1] if line[:3] not in ("+++", "---") else "@", line) for line in reviewed.diff.splitlines()]
    title = title_of(entry.project, entry.kind, entry.id, _language(entry.project, page)) if entry.id else ""
    return page.render("review", entry=entry, title=title, typed=typed, reviewed=reviewed, diff=diff)


def live_part(page: Page, reviewed: Reviewed | None = None, *, problem: str = "", missing: Sequence[str] = ()) -> str:
    """The part of a page beside a form: what it brings as it is typed now, or what it still lacks."""
    return page.render("live", reviewed=reviewed, problem=problem, missing=missing)


def _language(project: EditedProject, page: Page) -> str:
    """The language of the report that titles are shown in: that of the page, where the report has it."""
    codes = [one.code for one in project.languages]
    return page.language if page.language in codes else codes[0]
