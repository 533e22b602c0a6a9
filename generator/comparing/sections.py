"""What differs as sections of items with lines, in a language of the tool: the same for every output that people read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from ..diagnostics.finding import Diagnostic, tool_message
from ..records.struct import Struct
from .changes import Category, EntryChange, FactChange, FieldChange, Pair, ReportChanges, SentenceChange
from .word_marks import COME, GONE, KEPT, Marked, mark_words


class Line(Struct, frozen=True, kw_only=True):
    """A line below an item: a label in the tool's language, then a text, perhaps of a language of the report, with marks."""

    label: str = ""
    parts: tuple[Marked, ...] = ()
    language: str = ""  # code
    url: str = ""


class Item(Struct, frozen=True, kw_only=True):
    """Something that changed: its id, its name, and what there is to say; `chart` is the id of a chart to be shown."""

    id: str
    name: str = ""
    what: str = ""
    lines: tuple[Line, ...] = ()
    chart: str = ""


class Section(Struct, frozen=True, kw_only=True):
    """A heading with its items; `key` names it in every language."""

    key: str
    title: str
    items: tuple[Item, ...]


def sections(changes: ReportChanges, locales: Mapping[str, str], language: str) -> list[Section]:
    """The sections that have items; `locales` has the locale of each language of the report, the default one first."""
    return _Sections(changes, locales, language).all()


def headline(changes: ReportChanges, language: str) -> list[str]:
    """What was compared, and how much of which kind changed, or that readers see nothing of it."""
    names = [name or tool_message("diff-working-tree", language) for name in (changes.before, changes.after)]
    counts = {str(category): str(count) for category, count in changes.counts.items()}
    lines = [tool_message("diff-title", language, before=names[0], after=names[1])]
    if not changes.seen:
        lines.append(tool_message("diff-nothing", language))
    if any(changes.counts.values()):
        lines.append(tool_message("diff-counts", language, **counts))
    return lines


_TOLD_ELSEWHERE: Mapping[str, Sequence[str]] = {
    "facts": ("value",),
    "claims": ("verdict",),
    "series": ("rows",),
    "judgments": ("holds_while",),
    "report": ("as_of", "title", "subtitle", "description"),
}


class _Sections:
    def __init__(self, changes: ReportChanges, locales: Mapping[str, str], language: str) -> None:
        self.changes, self.locales, self.language = changes, locales, language
        self.say = partial(tool_message, language=language)

    def all(self) -> list[Section]:
        found = self.changes
        figures = [one for one in found.sentences if one.figures_only]
        worded = [one for one in found.sentences if not one.figures_only]
        told = {("facts", one.id) for one in found.facts}
        listed: Sequence[tuple[str, Iterator[Item]]] = (
            ("base-errors", self.of_findings(found.base_errors)),
            ("facts", self.of_facts([one for one in found.facts if not one.follows])),
            ("derived", self.of_facts([one for one in found.facts if one.follows])),
            ("cells", self.of_cells()),
            ("verdicts", self.of_verdicts()),
            ("judgments", self.of_judgments()),
            ("figures", self.of_sentences(figures)),
            ("sentences", self.of_sentences(worded)),
            ("charts", self.of_charts()),
            ("addresses", self.of_addresses()),
            ("entries", self.of_entries([one for one in found.entries if self.is_told_here(one, told)])),
            ("translations", self.of_translations()),
            ("freshness", self.of_freshness()),
            ("findings", self.of_findings(found.findings)),
        )
        made = (Section(key=key, title=self.say(f"diff-{key}"), items=tuple(items)) for key, items in listed)
        return [section for section in made if section.items]

    def moved(self, pair: Pair, code: str = "", label: str = "") -> Line:
        """A value before and after."""
        before, after = pair
        parts = ((Marked(before, GONE),) if before else ()) + ((Marked(after, COME),) if after else ())
        return Line(label=label or code, parts=parts, language=code)

    def marked(self, pair: Pair, code: str) -> Line:
        """A text before and after, with words marked."""
        parts = mark_words(*pair, self.locales.get(code, next(iter(self.locales.values()), "und")))
        return Line(label=code, parts=tuple(parts), language=code)

    def plain(self, text: str, label: str = "", *, code: str = "", url: str = "") -> Line:
        """A text without marks."""
        return Line(label=label, parts=(Marked(text, KEPT),), language=code, url=url)

    def name(self, title: Mapping[str, str]) -> str:
        """What something is called: in the tool's language where the report has it, else in the default one."""
        return title.get(self.language) or next(iter(title.values()), "")

    def of_facts(self, facts: Sequence[FactChange]) -> Iterator[Item]:
        for one in facts:
            lines = [self.moved(pair, code) for code, pair in one.values.items()]
            if one.follows:
                lines.append(self.plain(f"{', '.join(one.follows)}  ({one.formula})", self.say("diff-follows")))
            kind = self.say(f"diff-kind-{one.reason_kind}") if one.reason_kind else self.say("diff-reason")
            lines += [self.plain(text, f"{kind}, {code}", code=code) for code, text in one.reason.items() if text]
            if one.as_of and one.what != "removed":
                lines.append(self.plain(one.as_of, self.say("diff-as-of")))
            for source in one.sources:
                at = source.at.get(self.language) or next(iter(source.at.values()), "")
                text = ", ".join(part for part in (source.publisher, source.title, source.date, at) if part)
                lines.append(self.plain(f"{text} [{source.id}]", self.say("shown-source"), url=source.url))
            yield Item(id=one.id, name=self.name(one.title), what=self.what(one.what), lines=tuple(lines))

    def what(self, kind: str) -> str:
        """What happened to something; empty for a change, which is what this is about."""
        return "" if kind == "changed" else self.say(f"diff-{kind}")

    def of_cells(self) -> Iterator[Item]:
        for one in self.changes.cells:
            lines = tuple(self.moved(pair, code) for code, pair in one.values.items())
            if len(set(one.values.values())) == 1:  # the same in every language
                lines = (self.moved(next(iter(one.values.values()))),)
            yield Item(id=one.series, name=f"{one.row}, {one.column}", lines=lines)

    def of_verdicts(self) -> Iterator[Item]:
        for one in self.changes.verdicts:
            lines = [self.moved(pair, code) for code, pair in one.words.items()]
            lines += [self.plain(text, f"{self.say('diff-reason')}, {code}", code=code) for code, text in one.reason.items()]
            yield Item(id=one.id, name=self.name(one.title), what=" → ".join(one.codes), lines=tuple(lines))

    def of_judgments(self) -> Iterator[Item]:
        for one in self.changes.judgments:
            lines = [self.marked(pair, code) for code, pair in one.texts.items() if pair[0] != pair[1]]
            lines += [self.plain(pair[1], code, code=code) for code, pair in one.texts.items() if pair[0] == pair[1]]
            if one.conditions[0] != one.conditions[1]:
                lines.append(self.moved(one.conditions, label=self.say("diff-conditions")))
            if one.moved:
                lines.append(self.plain(", ".join(one.moved), self.say("diff-rests-on")))
            yield Item(id=one.id, what=self.what(one.what), lines=tuple(lines))

    def of_sentences(self, found: Sequence[SentenceChange]) -> Iterator[Item]:
        for one in found:
            kind = "" if one.before and one.after else self.what("added" if one.after else "removed")
            places = ", ".join(one.places[:3]) + (", …" if len(one.places) > 3 else "")  # noqa: PLR2004  enough to find it
            yield Item(id=places, what=kind, lines=(self.marked((one.before, one.after), one.language),))

    def of_charts(self) -> Iterator[Item]:
        for one in self.changes.charts:
            lines = [self.marked(pair, code) for code, pairs in one.says.items() for pair in pairs]
            if one.fields:
                lines.append(self.plain(", ".join(one.fields), self.say("diff-fields")))
            yield Item(id=one.id, name=self.name(one.title), what=self.what(one.what), lines=tuple(lines), chart=one.id)

    def of_addresses(self) -> Iterator[Item]:
        found = self.changes.addresses
        for key, addresses in (("gained", found.gained), ("lost", found.lost), ("kept", found.kept), ("files", found.files)):
            yield from (Item(id=address, what=self.say(f"diff-{key}")) for address in addresses)
        for page, codes in found.touched.items():
            yield Item(id=f"{page}/", name=", ".join(codes), what=self.say("diff-touched"))

    def is_told_here(self, entry: EntryChange, told: set[tuple[str, str]]) -> bool:
        """Whether there is more to say of an entry than its value, sentences or chart, which are told above."""
        if (entry.kind, entry.id) in told and entry.what != "changed":
            return False
        return bool(self.fields(entry)) or entry.what != "changed" or bool(entry.was)

    def fields(self, entry: EntryChange) -> list[Line]:
        """The fields of an entry that are not told as values, verdicts or sentences."""
        hidden = _TOLD_ELSEWHERE.get(entry.kind, ())
        if entry.kind == "facts" and any(field.name == "value" for field in entry.fields):
            hidden = (*hidden, "history")  # its newest entry is the value before, with the reason that is told with it
        return [
            self.moved((field.before, field.after), label=field.name)
            for field in entry.fields
            if field.name and field.name.partition(" ")[0] not in hidden and self.is_told_as_field(entry, field)
        ]

    @staticmethod
    def is_told_as_field(entry: EntryChange, field: FieldChange) -> bool:
        """Whether no list of sentences tells a field: of texts it tells those of entries, not those of their values."""
        return entry.kind == "report" or field.category is not Category.WORDING or field.name.endswith(")")

    def of_entries(self, entries: Sequence[EntryChange]) -> Iterator[Item]:
        for one in entries:
            lines = self.fields(one)
            if one.was:
                lines.insert(0, self.moved((one.was, one.id), label="id"))
            kind = self.say(f"kind-{one.kind}")
            yield Item(
                id=one.id, name=self.name(one.title), what=" ".join((kind, self.what(one.what))).strip(), lines=tuple(lines)
            )

    def of_translations(self) -> Iterator[Item]:
        found = self.changes.upkeep
        yield from (Item(id=one, what=self.say("diff-stale")) for one in found.stale)
        yield from (Item(id=one, what=self.say("diff-no-longer-stale")) for one in found.no_longer_stale)

    def of_freshness(self) -> Iterator[Item]:
        found = self.changes.upkeep
        if found.horizon != ("", ""):
            yield Item(id="as_of", lines=(self.moved(found.horizon),))
        yield from (Item(id=key, what=self.say("diff-due", day=day)) for key, day in found.due)
        yield from (Item(id=key, what=self.say("diff-no-longer-due")) for key in found.no_longer_due)

    def of_findings(self, findings: Sequence[Diagnostic]) -> Iterator[Item]:
        for one in sorted(findings, key=lambda finding: (finding.severity, finding.sort_key)):
            place = f"{one.span.file}:{one.span.line}"
            lines = [self.plain(one.sentence(self.language))]
            if hint := one.help(self.language):
                lines.append(self.plain(hint, self.say("help")))
            yield Item(id=place, what=f"{self.say(one.severity)}: {one.rule}", lines=tuple(lines))
