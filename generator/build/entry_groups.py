"""Groups of entries: outputs that list all entries of a kind are made group by group, so that an edit makes only one again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..model.report import Edition
from ..reading.draft import topic_of
from ..store.hashing import fingerprint
from ..store.lazy_mapping import LazyMapping
from .artifacts import BuildContext
from .tasks import TaskInputs

GROUPS = "group"  # the kind of their names among dependencies, and of their keys among parameters
_MOST = 48  # entries of a group: more compress better, fewer are made again faster; a new one moves those behind it
_WITH_TOPIC = "facts"


def group_entries(context: BuildContext, kind: str) -> list[str]:
    """The names of all groups of a kind of entries, in order; `entries_of` gives the ids of one to a task."""
    groups = _groups(context.task_inputs.edition, kind)
    known = context.task_inputs.parameters.get(GROUPS, {})
    context.task_inputs.parameters[GROUPS] = {**known, **groups}
    context.fingerprints.known.update({f"{GROUPS}/{name}": fingerprint(*keys) for name, keys in groups.items()})
    return list(groups)


def entries_of(task_inputs: TaskInputs, name: str) -> Sequence[str]:
    """The ids of the entries of a group; records that they were asked for."""
    task_inputs.record(f"{GROUPS}/{name}")
    keys: Sequence[str] = task_inputs.parameters[GROUPS][name]
    return keys


def _groups(edition: Edition, kind: str) -> Mapping[str, list[str]]:
    """The ids of entries by their group: neighbours, those of facts with the same topic; one is empty where there are none."""
    groups: dict[str, list[str]] = {}
    numbers: dict[str, int] = {}  # of groups by topic
    last = None
    for key, topic in _topics(edition, kind):
        name = f"{kind}/{topic}/{numbers.get(topic, 0)}"
        if topic != last or len(groups[name]) == _MOST:
            numbers[topic] = numbers.get(topic, 0) + 1
            name = f"{kind}/{topic}/{numbers[topic]}"
            groups[name], last = [], topic
        groups[name].append(key)
    return groups or {f"{kind}//0": []}


def _topics(edition: Edition, kind: str) -> Iterator[tuple[str, str]]:
    """The id of each entry with its topic, if it has one: the name of its file, so that no entry is loaded for it."""
    entries: Mapping[str, Any] = getattr(edition, kind)
    if kind != _WITH_TOPIC:
        yield from ((key, "") for key in entries)
    elif isinstance(entries, LazyMapping):
        yield from ((key, topic_of(file)) for key, file in entries.file_of.items())
    else:
        yield from ((key, fact.topic) for key, fact in entries.items())
