"""What the thread that makes the site shares with the thread that answers browsers."""

from __future__ import annotations

import asyncio
import queue
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar
from urllib.parse import urlsplit

from ..build.site_state import SiteState
from ..diagnostics.finding import Diagnostic, tool_message
from ..diagnostics.renderers import render
from ..records.struct import Struct, field

Value = TypeVar("Value")
VersionedContent = tuple[str, bytes]  # of a file in one state of the site; content of an earlier state has an empty version


class PendingFile(Struct, frozen=True):
    """A file that a browser waits for; its content is None where there is no such file."""

    path: str
    content: Future[VersionedContent | None] = field(default_factory=Future)
    attempts: int = 0  # that were in vain, because the project's files changed meanwhile


class PendingCall(Struct, frozen=True):
    """Work that a browser waits for; the thread that makes the site does it, so that nothing else runs beside."""

    work: Callable[[], object]
    result: Future[Any] = field(default_factory=Future)

    def run(self) -> None:
        """Do it; what is raised goes to whoever waits."""
        if not self.result.set_running_or_notify_cancel():  # the browser is gone
            return
        try:
            self.result.set_result(self.work())
        except Exception as error:  # noqa: BLE001  whoever waits has to know of it
            self.result.set_exception(error)


class Failure(Struct, frozen=True):
    """Why nothing can be made although the report may be right: the key of a message in the table [tool], and what fills it."""

    key: str
    args: Mapping[str, str] = field(default_factory=dict)

    def message(self, language: str) -> str:
        """It in words."""
        return tool_message(self.key, language, **self.args)


class ServerState(Struct):
    """The site as it can be seen, what is wrong with the project, which pages are open, and which files are waited for.

    The thread that makes the site calls `post`, `close` and `open_paths`; the one that answers browsers, what follows these.
    """

    root: Path
    language: str = ""  # the language of findings in pages; empty: each reader's own
    site: SiteState = field(default_factory=SiteState)
    findings: Sequence[Diagnostic] = ()
    failure: Failure | None = None
    # What waits; None: files may have changed.
    pending: queue.SimpleQueue[PendingFile | PendingCall | None] = field(default_factory=queue.SimpleQueue)
    contents: dict[str, tuple[str, bytes]] = field(default_factory=dict)  # path -> fingerprint and content, as last made
    is_current: bool = True  # whether what can be seen is of the files as they are, as far as that is possible
    posted: bool = False  # whether there was anything to see yet
    closed: bool = False
    interrupted: bool = False  # whether the process was asked to end
    _open_pages: dict[object, tuple[str, Callable[[], object]]] = field(default_factory=dict)  # path, how to wake its stream
    _lock: Lock = field(default_factory=Lock)

    def inputs_changed(self) -> None:
        """The project's files may have changed."""
        self.pending.put(None)

    def post(
        self, site: SiteState, findings: Sequence[Diagnostic], failure: Failure | None = None, *, is_current: bool = True
    ) -> None:
        """Show a new state to all open pages."""
        self.site, self.findings, self.failure, self.posted = site, findings, failure, True
        self.is_current = is_current
        self._wake_all()

    def close(self) -> None:
        """End all streams to open pages."""
        self.closed = True
        self._wake_all()

    def _wake_all(self) -> None:
        with self._lock:
            for _, wake in self._open_pages.values():
                wake()

    def open_paths(self) -> list[str]:
        """The paths of the open pages, those that were opened last first."""
        with self._lock:
            return list(dict.fromkeys(path for path, _ in reversed(self._open_pages.values())))

    @contextmanager
    def open_page(self, path: str) -> Iterator[asyncio.Event]:
        """Count a page as open; the event is set whenever something new was posted."""
        event, key = asyncio.Event(), object()
        wake = partial(asyncio.get_running_loop().call_soon_threadsafe, event.set)
        with self._lock:
            self._open_pages[key] = (path, wake)
        try:
            yield event
        finally:
            with self._lock:
                del self._open_pages[key]

    async def content(self, path: str) -> VersionedContent | None:
        """A file as it is now; None where there is none, or where it cannot be made."""
        site, known = self.site, self.contents.get(path)
        file = site.file(path)
        if file is not None and known is not None and known[0] == file.fingerprint:
            return site.version(path) or "", known[1]
        pending = PendingFile(path)
        self.pending.put(pending)
        return await asyncio.wrap_future(pending.content)

    async def call(self, work: Callable[[], Value]) -> Value:
        """What a function gives that the thread of the site calls."""
        pending = PendingCall(work)
        self.pending.put(pending)
        result: Value = await asyncio.wrap_future(pending.result)
        return result

    def error_report(self, language: str) -> dict[str, str]:
        """What is wrong, in words; an empty text where nothing is."""
        language = self.language or language
        text = render(self.findings, output_format="full", root=self.root, language=language)
        if self.failure is not None:
            text = self.failure.message(language)
        title, close = (
            tool_message(word, language) for word in ("shown-with-errors" if self.is_current else "unchanged-view", "close")
        )
        return {"text": text, "title": title, "close": close, "language": language}

    @property
    def base(self) -> str:
        """The path below which the site is served, as it will be where it is published."""
        return urlsplit(self.site.site_url).path.rstrip("/") + "/"
