"""Validators of lists, of mappings, and of records: mappings with known keys."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from ..diagnostics.finding import Arg, Clause, Diagnostic, Span
from ..model.spelling import closest_match, suggest
from ..records.struct import Struct, field
from .located_values import Entry, Located
from .validators import ReadContext, Validator
from .yaml_nodes import MappingNode, Node, SequenceNode

LONGEST_ID = 100


class ListOf(Validator, frozen=True):
    """A list, each item of which is valid by one validator; `least` is the smallest number of items."""

    validator: Validator
    least: int = 0
    expected: Clause = Clause("list")
    unique: bool = False

    def read(self, node: Node, context: ReadContext) -> Located | None:
        """A tuple of located values; items that are not valid are reported and left out."""
        if not isinstance(node, SequenceNode):
            context.report("wrong-shape", node.span, expected=self.expected)
            return None
        found = [self.validator.read(item, context) for item in node.items]
        if len(found) < self.least:
            context.report("wrong-shape", node.span, "short", expected=self.expected, least=str(self.least))
            return None
        valid = tuple(item for item in found if item is not None)
        return Located(tuple(_unique(valid, context)) if self.unique else valid, node.span)


def _unique(items: Iterable[Located], context: ReadContext) -> Iterator[Located]:
    first: dict[object, Span] = {}
    for item in items:
        if item.value in first:
            args: dict[str, Arg] = {"key": str(item.value)}
            context.sink.append(Diagnostic(rule="duplicate-key", span=item.span, second=first[item.value], args=args))
        else:
            first[item.value] = item.span
            yield item


class Either(Validator, frozen=True):
    """A mapping by one validator, or anything else by another."""

    scalar: Validator
    mapping: Validator

    def read(self, node: Node, context: ReadContext) -> Located | None:
        """The result of the validator for this kind of node."""
        return (self.mapping if isinstance(node, MappingNode) else self.scalar).read(node, context)


class MapOf(Validator, frozen=True):
    """A mapping with any keys, each value of which is valid by one validator; `least` is the smallest number of keys."""

    validator: Validator
    least: int = 0

    def read(self, node: Node, context: ReadContext) -> Located | None:
        """An Entry; values that are not valid are reported and left out."""
        if not isinstance(node, MappingNode) or len(node.entries) < self.least:
            context.report("wrong-shape", node.span, expected=Clause("mapped"))
            return None
        found = {key.text: self.validator.read(child, context) for key, child in node.entries}
        read = {key: located for key, located in found.items() if located is not None}
        return Entry(read, node.span, {key.text: key.span for key, _ in node.entries})


class Field(Struct, frozen=True):
    """What may stand under one key of a record."""

    validator: Validator
    required: bool = False
    hint: str = "{key}: …"  # example of what to type


class Record(Validator, frozen=True):
    """A mapping with known keys; findings call it a `what`."""

    fields: Mapping[str, Field]
    what: str = "entry"
    more: Mapping[str, Validator] = field(default_factory=dict)  # keys that only some such mappings may have
    elsewhere: tuple[str, ...] = ()  # keys that belong to another place: variants of the finding say where
    ids: str = r"[a-z][a-z0-9_]{0,99}"  # pattern of the ids of such entries, which are part of the names of files

    def read(self, node: Node, context: ReadContext) -> Entry | None:
        """An Entry, or None where the node is no mapping. Missing keys are reported at its start."""
        entry = self.read_fields(node, context)
        if entry is not None:
            self.report_missing(entry, Clause("the", {"what": Clause(self.what)}), context)
        return entry

    def read_fields(self, node: Node, context: ReadContext) -> Entry | None:
        """An Entry of the keys that are written, without looking for missing ones."""
        if not isinstance(node, MappingNode):
            context.report("wrong-shape", node.span, expected=Clause("mapping", {"what": Clause(self.what)}))
            return None
        found: dict[str, Located] = {}
        keys: dict[str, Span] = {}
        for key, child in node.entries:
            keys[key.text] = key.span
            validator = self.fields[key.text].validator if key.text in self.fields else self.more.get(key.text)
            if validator is None:
                variant = key.text if key.text in self.elsewhere else ""
                suggestion = suggest(key.text, self._unwritten(node))
                context.report("unknown-key", key.span, variant, key=key.text, suggestion=suggestion)
            elif (located := validator.read(child, context)) is not None:
                found[key.text] = located
        return Entry(found, node.span, keys)

    def _unwritten(self, node: MappingNode) -> list[str]:
        written = {key.text for key, _ in node.entries}
        return [key for key in (*self.fields, *self.more) if key not in written]

    def report_missing(self, entry: Entry, name: Arg, context: ReadContext) -> None:
        """Report required keys that are not written; one that is misspelled has its own finding."""
        misspelled = {closest_match(key, self.fields) for key in entry.keys if key not in self.fields and key not in self.more}
        for key, known in self.fields.items():
            if known.required and key not in entry.keys and key not in misspelled:
                rule = "missing-evidence" if key == "evidence" else "missing-key"
                context.report(rule, entry.span, id=name, key=key, hint=known.hint.replace("{key}", key))


def read_entries(node: Node, record: Record, context: ReadContext) -> Iterator[tuple[str, Entry | None]]:
    """The ids of a file with their entries, each with the span of its id; None for an entry that is no mapping."""
    if not isinstance(node, MappingNode):
        context.report("wrong-shape", node.span, expected=Clause("ids", {"what": Clause(record.what)}))
        yield "", None
        return
    for key, child in node.entries:
        if not re.fullmatch(record.ids, key.text):
            slug = re.sub(r"[^a-z0-9]+", "_", key.text.lower()[:LONGEST_ID]).strip("_")
            suggestion = slug if re.fullmatch(record.ids, slug) else f"{record.what}_{slug}".replace("-", "_").strip("_")
            variant = "long" if len(key.text) > LONGEST_ID else ""
            context.report("bad-id", key.span, variant, found=key.text, suggestion=suggestion, most=str(LONGEST_ID))
        entry = record.read_fields(child, context)
        if entry is not None:
            entry = Entry(entry.fields, key.span, entry.keys)
            record.report_missing(entry, key.text, context)
        yield key.text, entry
