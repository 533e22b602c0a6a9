"""Edits as data: which characters of which files become which text. Everything else in a file stays as it is, to the byte."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from ..diagnostics.finding import Diagnostic
from ..reading.files import decode, read_bytes
from ..reading.yaml_nodes import Node, parse_yaml
from ..records.struct import Struct, field
from .edited_paths import check_paths
from .errors import EditError

_BOM = b"\xef\xbb\xbf"


class Splice(Struct, frozen=True):
    r"""The characters of a file from `start` up to `end` (counted behind a byte order mark) become `text`.

    `text` has \n for line ends; it is written with those of the file.
    """

    file: str
    start: int
    end: int
    text: str


class Edit(Struct, frozen=True, kw_only=True):
    """Splices, files that get another name, and the content of each file as it was when this was planned (None: a new file)."""

    splices: tuple[Splice, ...] = ()
    before: Mapping[str, bytes | None] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)  # old path -> new path
    created: Mapping[str, bytes] = field(default_factory=dict)  # new files that are no text of ours, such as tables

    def __bool__(self) -> bool:
        """Whether it changes anything."""
        return bool(self.splices or self.renamed or self.created)

    def after(self) -> dict[str, bytes | None]:
        """The content of each file with the edit applied, None for one that is gone; ValueError where two splices overlap."""
        by_file: dict[str, list[Splice]] = {}
        for splice in self.splices:
            by_file.setdefault(splice.file, []).append(splice)
        after: dict[str, bytes | None] = {file: _splice(self.before[file], splices) for file, splices in by_file.items()}
        for old, new in self.renamed.items():
            after[new], after[old] = after.get(old, self.before[old]), None
        return {**after, **self.created}

    def diff(self) -> str:
        """The edit as a unified diff."""
        return "".join(
            line for file, content in sorted(self.after().items()) for line in _diff(file, self.before[file], content)
        )


def line_end_of(text: str) -> str:
    r"""What most lines of a text end with: \r\n or \n."""
    return "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"


def _splice(before: bytes | None, splices: Iterable[Splice]) -> bytes:
    content = before or b""
    mark = _BOM if content.startswith(_BOM) else b""
    text = content.removeprefix(_BOM).decode()
    line_end = line_end_of(text)
    parts, at = [], 0
    for splice in sorted(splices, key=lambda one: (one.start, one.end)):  # stable: insertions stay in their order
        if splice.start < at:
            msg = f"{splice.file}: two changes of the characters at {splice.start}"
            raise ValueError(msg)
        parts += [text[at : splice.start], splice.text.replace("\n", line_end)]
        at = splice.end
    return mark + "".join([*parts, text[at:]]).encode()


def _diff(file: str, before: bytes | None, after: bytes | None) -> Iterator[str]:
    old, new = ((content or b"").decode(errors="replace").splitlines(keepends=True) for content in (before, after))
    names = ("/dev/null" if before is None else f"a/{file}", "/dev/null" if after is None else f"b/{file}")
    for line in difflib.unified_diff(old, new, *names):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


class UnreadableFileError(Exception):
    """A file that cannot be edited; the findings say why."""

    def __init__(self, findings: Iterable[Diagnostic]) -> None:
        """Carry them."""
        self.findings = tuple(findings)
        super().__init__("; ".join(finding.sentence() for finding in self.findings))


class ProjectFiles:
    """The files of a project as they were first read here, from which an edit is planned."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._content: dict[str, bytes | None] = {}
        self._trees: dict[str, Node | None] = {}

    def content(self, file: str) -> bytes | None:
        """The bytes of a file; None where there is none."""
        if file not in self._content:
            sink: list[Diagnostic] = []
            try:
                self._content[file] = read_bytes(self.root, file, sink)
            except FileNotFoundError:
                self._content[file] = None
            if sink:
                raise UnreadableFileError(sink)
        return self._content[file]

    def text(self, file: str) -> str:
        """The text of a file without a byte order mark, with its line ends as they are; empty where there is no file."""
        sink: list[Diagnostic] = []
        text = decode(self.content(file) or b"", file, sink)
        if text is None:
            raise UnreadableFileError(sink)
        return text

    def tree(self, file: str) -> Node | None:
        """The tree of a YAML file; None for an empty one."""
        if file not in self._trees:
            sink: list[Diagnostic] = []
            self._trees[file] = parse_yaml(self.text(file), file, sink)
            if self._trees[file] is None and sink:
                raise UnreadableFileError(sink)
        return self._trees[file]

    def created(self, file: str, text: str) -> Splice:
        """The splice of a new file; EditError where there is one already."""
        check_paths(self.root, [file])
        self._has_to_be_new(file)
        return Splice(file, 0, 0, text)

    def _has_to_be_new(self, file: str) -> None:
        if self.content(file) is not None:
            raise EditError(message="edit-file-exists", file=file)

    def edit(
        self,
        splices: Iterable[Splice],
        renamed: Mapping[str, str] | None = None,
        created: Mapping[str, bytes] | None = None,
    ) -> Edit:
        """The edit that splices, renamed and new files are, without splices that change nothing.

        EditError for a file that no edit may write, and where one that is renamed or new would take the place of another.
        """
        renamed, created = renamed or {}, created or {}
        splices = list(splices)
        check_paths(self.root, dict.fromkeys([*(one.file for one in splices), *renamed, *renamed.values(), *created]))
        for file in (*renamed.values(), *created):
            self._has_to_be_new(file)
        kept = tuple(one for one in dict.fromkeys(splices) if self.text(one.file)[one.start : one.end] != one.text)
        files = {one.file for one in kept} | {file for pair in renamed.items() for file in pair} | {*created}
        before = {file: self.content(file) for file in sorted(files)}
        return Edit(splices=kept, before=before, renamed=renamed, created=created)
