"""Plans a new value of a fact: where it is written (the fact or the cell of a series), its history, day and evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from ..model import arithmetic, changelog, periods
from ..model.periods import Period
from ..model.report import Fact
from ..model.spelling import suggest
from ..model.values import Interval
from ..reading.references import SOURCE_COLUMNS
from ..reading.yaml_nodes import MappingNode, Node, ScalarNode, SequenceNode
from ..records.struct import Struct, field, replace
from . import yaml_text
from .csv_text import WrittenCell
from .new_value import NewValue, read_value
from .project import EditedProject, EditError
from .series_table import SeriesTable
from .splices import Edit, Splice
from .yaml_text import Fields

UPDATE = "update"  # the kind of change by which a new value becomes known; the others mend an old one
_BOUNDS = {"at_least": ">=", "at_most": "<=", "more_than": ">", "less_than": "<", "about": "~"}


class ValueChange(Struct, frozen=True, kw_only=True):
    """What an editor says of a new value. `at` and `reason` are texts by language; `at` under "" is one for all."""

    id: str
    value: str
    as_of: str = ""
    sources: tuple[str, ...] = ()
    at: Mapping[str, str] = field(default_factory=dict)
    quote: str = ""  # of the first source
    kind: str = ""
    reason: Mapping[str, str] = field(default_factory=dict)
    today: date
    keeps_evidence: bool = False
    keeps_history: bool = True  # an entry for the old value; not needed for what was never published


def missing_parts(project: EditedProject, change: ValueChange) -> list[str]:
    """What a change still has to say: `kind`, `as_of`, `source`, and `reason.CODE` of every language not in progress."""
    missing = [] if change.kind else ["kind"]
    if change.kind in ("", UPDATE):
        missing += [name for name, given in (("as_of", change.as_of), ("source", change.sources)) if not given]
    missing += [f"reason.{code}" for code in project.complete if not change.reason.get(code)]
    return missing if change.keeps_history else []


def plan_set(project: EditedProject, change: ValueChange) -> Edit:
    """The splices of a new value; EditError where the fact, the value or a source is not as they have to be."""
    fact = project.fact(change.id)
    if fact.formula:
        raise EditError(message="edit-derived", id=fact.id, formula=fact.formula)
    for source in change.sources:
        if source not in project.edition.sources:
            raise EditError(message="edit-no-source", id=source, suggestion=suggest(source, project.edition.sources))
    _refuse_lost(project, change)
    if missing := missing_parts(project, change):
        raise EditError(message="edit-missing", options=", ".join(f"--{name.replace('_', '-')}" for name in missing))
    new = read_value(project, fact, change.value)
    if _same(fact, new):
        raise EditError(message="edit-same-value", id=fact.id, found=new.notation)
    place = Place.of(project, fact)
    splices = [*place.value_splices(new), *place.source_splices(change.sources)]
    if change.keeps_history:
        splices.append(place.history_splice(change))
    if change.as_of:
        splices += place.as_of_splices(change.as_of)
    if change.sources and place.has_evidence:
        splices += place.evidence_splices(change)
    elif change.at or change.quote:
        raise EditError(message="edit-place-of-row", id=fact.id, file=place.table.file if place.table else place.file)
    return project.files.edit(splices)


def _refuse_lost(project: EditedProject, change: ValueChange) -> None:
    """Refuse what would not be written anywhere."""
    project.require_languages("reason", change.reason)
    project.require_languages("at", change.at)
    if (change.at or change.quote) and not change.sources:
        raise EditError(message="edit-missing", options="--source")


def _same(fact: Fact, new: NewValue) -> bool:
    if isinstance(fact.value, Period) or isinstance(new.value, Period):
        return isinstance(fact.value, Period) and isinstance(new.value, Period) and fact.value.text == new.value.text
    return arithmetic.same(fact.value, new.value) and fact.value.about == new.value.about


class Place(Struct, frozen=True, kw_only=True):
    """Where a fact is written: its mapping in a YAML file, and the row of a series that its value is taken from."""

    project: EditedProject
    fact: Fact
    file: str
    text: str
    mapping: MappingNode
    table: SeriesTable | None = None
    row: Mapping[str, WrittenCell] = field(default_factory=dict)

    @classmethod
    def of(cls, project: EditedProject, fact: Fact) -> Place:
        """The place of a fact; EditError where a file is not as the fact says."""
        span = project.draft.facts[fact.id].span
        mapping = yaml_text.child(project.files.tree(span.file), fact.id)
        if not isinstance(mapping, MappingNode):
            raise EditError(message="edit-no-fact", id=fact.id, suggestion="")
        place = cls(project=project, fact=fact, file=span.file, text=project.files.text(span.file), mapping=mapping)
        if fact.series is None:
            return place
        series, column, at = fact.series
        table = SeriesTable(project, series)
        row = table.row(at)
        if column not in row:
            raise EditError(message="edit-no-cell", id=fact.id, file=table.file)
        return replace(place, table=table, row=row)

    @property
    def entry_keys(self) -> frozenset[str]:
        """The keys that the fact has."""
        return frozenset(key.text for key, _ in self.mapping.entries)

    @property
    def has_evidence(self) -> bool:
        """Whether its sources are named in the fact, not in the row alone that its value is taken from."""
        return "evidence" in self.entry_keys or not any(name in self.row for name in SOURCE_COLUMNS)

    @property
    def cell(self) -> WrittenCell | None:
        """The cell that the value is taken from."""
        return self.row.get(self.fact.series[1]) if self.fact.series else None

    def written(self, node: Node) -> str:
        """A node as it is written."""
        return self.text[node.extent[0] : yaml_text.end_of(self.text, node)]

    def value_splices(self, new: NewValue) -> Iterator[Splice]:
        """The new value in the place of the old, in its style."""
        if (cell := self.cell) is not None and self.table is not None and self.fact.series is not None:
            yield self.table.with_value(cell, self.fact.series[1], new.notation)
            return
        node = yaml_text.child(self.mapping, "value")
        parts = self._parts(node, new)
        if parts:
            for part, written in parts:
                yield Splice(self.file, *part.extent, written)
        elif isinstance(node, ScalarNode) and node.quoted and self.written(node)[:1] in ("'", '"'):
            quote = self.written(node)[0]
            yield Splice(self.file, *node.extent, f"{quote}{new.notation}{quote}")
        elif node is not None:
            yield from self._replaced(node, yaml_text.as_value(new.notation, flow=self.mapping.flow))

    def _replaced(self, node: Node, written: str) -> Iterator[Splice]:
        """Another scalar in the place of a node: where that stands in lines below its key, it moves up to the key."""
        start, end = node.extent[0], yaml_text.end_of(self.text, node)
        if isinstance(node, ScalarNode) or node.flow:
            yield Splice(self.file, start, end, written)
            return
        key = next(key for key, value in self.mapping.entries if value is node)
        colon = self.text.index(":", key.extent[1]) + 1
        yield Splice(self.file, colon, colon, f" {written}")
        yield Splice(self.file, yaml_text.line_end(self.text, colon), end, "")

    @staticmethod
    def _parts(node: Node | None, new: NewValue) -> list[tuple[ScalarNode, str]]:
        """The numbers of a range or bound that is written as a list or mapping, where the new value can be written so, too."""
        closed = isinstance(new.value, Interval) and not new.sign
        match node:
            case SequenceNode(items=(ScalarNode() as low, ScalarNode() as high)) if closed:
                return [(low, new.ends[0]), (high, new.ends[-1])]
            case MappingNode(entries=((key, ScalarNode() as end),)) if _BOUNDS.get(key.text) == new.sign:
                return [(end, new.ends[0])]
            case MappingNode(entries=((first, ScalarNode() as one), (_, ScalarNode() as other))) if closed:
                return list(zip((one, other), new.ends if first.text == "low" else reversed(new.ends), strict=True))
        return []

    def old_notation(self, *, flow: bool = False) -> str:
        """The value as it is written, for one line of YAML, or within a mapping in brackets."""
        if (cell := self.cell) is not None:
            return yaml_text.as_value(cell.text, flow=flow)
        match yaml_text.child(self.mapping, "value"):
            case SequenceNode(items=items, flow=False):
                return f"[{', '.join(item.text for item in items if isinstance(item, ScalarNode))}]"
            case MappingNode(entries=entries, flow=False):
                return f"{{{', '.join(f'{key.text}: {end.text}' for key, end in entries if isinstance(end, ScalarNode))}}}"
            case ScalarNode() as node if self.text[node.extent[0]] in "|>":
                return yaml_text.as_value(node.text.strip(), flow=flow)
            case None:
                return ""
            case node:
                return self.written(node)

    def history_splice(self, change: ValueChange) -> Splice:
        """An entry for the old value, behind the others."""
        fact, horizon = self.fact, self.project.edition.report.as_of
        known = changelog.known_since(fact) or fact.period
        if known is None:
            raise EditError(message="edit-no-day", id=fact.id)
        until = {"until": min(change.today, horizon.last).isoformat()} if change.kind != UPDATE else {}
        source = {"source": fact.evidence[0].source.id} if change.sources and fact.evidence else {}
        codes = [one.code for one in self.project.languages]
        reason = {"reason": {code: text for code in codes if (text := change.reason.get(code, ""))}}
        fields: Fields = {"value": self.old_notation(), "as_of": known.text, **until, "kind": change.kind, **source, **reason}
        items = yaml_text.child(self.mapping, "history")
        if isinstance(items, SequenceNode) and items.items:
            return yaml_text.insert_item(self.file, self.text, items, fields)
        return yaml_text.insert_list(self.file, self.text, self.mapping, "history", fields)

    def as_of_splices(self, as_of: str) -> Iterator[Splice]:
        """The day on which the new value was known."""
        try:
            periods.parse(as_of)
        except ValueError:
            raise EditError(message="edit-bad-date", found=as_of, unit="") from None
        node = yaml_text.child(self.mapping, "as_of")
        if isinstance(node, ScalarNode):
            yield Splice(self.file, *node.extent, as_of)
        else:
            after = "period" if "period" in self.entry_keys else "unit"
            yield yaml_text.insert_fields(self.file, self.text, self.mapping, {"as_of": as_of}, after=after)

    def source_splices(self, sources: tuple[str, ...]) -> Iterator[Splice]:
        """The sources of the row: those of a row with other values, too, stay."""
        cell = next((self.row[name] for name in SOURCE_COLUMNS if name in self.row), None)
        if cell is None or not sources or self.fact.series is None or self.table is None:
            return
        series, column, at = self.fact.series
        row = next((row for row in self.project.edition.series[series].rows if row.key == at), None)
        alone = row is not None and set(row.values) == {column}
        named = [*(() if alone else cell.text.split()), *sources]
        yield self.table.with_text(cell, " ".join(dict.fromkeys(named)))

    def evidence_splices(self, change: ValueChange) -> Iterator[Splice]:
        """The new evidence in the place of the old."""
        at: dict[str, str | Mapping[str, str]] = {}
        if "" in change.at:
            at = {"at": yaml_text.as_text(change.at[""], flow=True)}
        elif change.at:
            at = {"at": change.at}
        quote = {"quote": yaml_text.as_text(change.quote, flow=True)} if change.quote else {}
        new: list[Fields] = [{"source": source, **at, **({} if n else quote)} for n, source in enumerate(change.sources)]
        items = yaml_text.child(self.mapping, "evidence")
        if not isinstance(items, SequenceNode) or not items.items:
            yield yaml_text.insert_list(self.file, self.text, self.mapping, "evidence", new[0], flow=True)
        else:
            yield from yaml_text.replace_items(self.file, self.text, items, new, keeps=change.keeps_evidence)
