"""Answers browsers while a report is edited: files as they are now, and a line to every open page on which it hears of changes.

Each request has a thread of its own. None of them makes anything: what is not there yet is wished for, and waited for.
"""

from __future__ import annotations

import mimetypes
import queue
import socket
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from json import dumps
from pathlib import Path
from posixpath import splitext
from threading import Condition
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

from ..diagnostics.finding import Diagnostic, languages, tool_message
from ..diagnostics.renderers import render
from .preview import NOT_FOUND, SiteState

_OWN = ".factloom/"  # our own addresses below the site: no input's name begins like that
_EVENTS, _SCRIPT = f"{_OWN}events", f"{_OWN}reload.js"
_ALIVE = 15.0  # seconds between signs of life on an open line
_AGAIN = 300  # milliseconds until a page asks again when its line was cut
_TYPES = {  # what the system's own list may not know
    ".bib": "application/x-bibtex",
    ".csv": "text/csv",
    ".js": "text/javascript",
    ".json": "application/json",
    ".ris": "application/x-research-info-systems",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "application/xml",
}


@dataclass(frozen=True, slots=True)
class PendingFile:
    """A file that somebody waits for."""

    path: str
    granted: Future[bytes | None] = field(default_factory=Future)


@dataclass(slots=True)
class ServerState:
    """What everyone may know: what is to be seen, what is wrong, and which pages are open."""

    root: Path
    language: str = ""  # the one to speak; without one, each reader's own
    show: SiteState = field(default_factory=SiteState)
    found: Sequence[Diagnostic] = ()
    failed: bool = False  # the mistake is ours
    pending: queue.SimpleQueue[PendingFile | None] = field(default_factory=queue.SimpleQueue)  # None: files may have changed
    kept: dict[str, tuple[str, bytes]] = field(default_factory=dict)  # what was asked for: path -> print and content
    version: int = 0
    over: bool = False
    _changed: Condition = field(default_factory=Condition)
    _opened: dict[object, str] = field(default_factory=dict)

    def post(self, show: SiteState, found: Sequence[Diagnostic], *, failed: bool = False) -> None:
        """Let everyone know what there is now."""
        with self._changed:
            self.show, self.found, self.failed = show, found, failed
            self.version += 1
            self._changed.notify_all()

    def close(self) -> None:
        """Let everyone go."""
        with self._changed:
            self.over = True
            self._changed.notify_all()

    def wait(self, version: int) -> int:
        """Wait for another version, or until it is time for a sign of life."""
        with self._changed:
            self._changed.wait_for(lambda: self.over or self.version != version, _ALIVE)
            return self.version

    @contextmanager
    def opened(self, path: str) -> Iterator[None]:
        """While a page is open somewhere."""
        own = object()
        self._opened[own] = path
        try:
            yield
        finally:
            del self._opened[own]

    def pages(self) -> list[str]:
        """The open pages, those that were opened last first."""
        return list(dict.fromkeys(reversed(list(self._opened.values()))))

    def content(self, path: str) -> bytes | None:
        """A file as it is now; None where there is none, or where it cannot be made."""
        product, known = self.show.product(path), self.kept.get(path)
        if product is not None and known is not None and known[0] == product.fingerprint:
            return known[1]
        wish = PendingFile(path)
        self.pending.put(wish)
        return wish.granted.result()

    def told(self, language: str) -> dict[str, str]:
        """What is wrong, in words; an empty text where nothing is."""
        language = self.language or language
        text = render(self.found, output_format="full", root=self.root, language=language)
        if self.failed:
            text = tool_message("broken-down", language)
        title, close = (tool_message(word, language) for word in ("unchanged-view", "close"))
        return {"text": text, "title": title, "close": close, "language": language}

    @property
    def base(self) -> str:
        """The path that the site stands below."""
        return urlsplit(self.show.site_url).path.rstrip("/") + "/"


class HttpServer(ThreadingHTTPServer):
    """Listens at one address."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, host: str, port: int, state: ServerState) -> None:
        self.state = state
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, port), _Visit)

    def address(self) -> str:
        """Where the site can be seen."""
        host, port = self.server_address[:2]
        return f"http://{f'[{host!s}]' if ':' in str(host) else host!s}:{port}{self.state.base}"

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401  as the library has it
        """A browser that went away is no news; anything else is told as the library does."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class _Visit(BaseHTTPRequestHandler):
    """One browser's connection."""

    server: HttpServer
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """Answer with a file, or with the way to it."""
        path = unquote(urlsplit(self.path).path)
        base = self.server.state.base
        if not path.startswith(base):
            self._move(base) if path in ("/", base.rstrip("/")) else self._missing(base)
            return
        path = path.removeprefix(base)
        if path == _EVENTS:
            self._events()
        elif path == _SCRIPT:
            self._send(_script(), ".js", "script")
        elif not path or path.endswith("/"):
            self._file(f"{path}index.html")
        elif self._is_folder(path):
            self._move(f"{base}{path}/")
        else:
            self._file(path)

    do_HEAD = do_GET  # noqa: N815  the library's name

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002, ANN401  as the library has it
        """Say nothing: the terminal is for findings."""

    def _is_folder(self, path: str) -> bool:
        return not splitext(path)[1] and self.server.state.show.product(f"{path}/index.html") is not None

    def _file(self, path: str) -> None:
        state = self.server.state
        content = state.content(path)
        if content is None:
            self._missing(state.base, path)
        elif path.endswith(".html"):
            self._page(content, path, HTTPStatus.OK)
        else:
            self._send(content, splitext(path)[1], state.show.fingerprint_of(path) or "")

    def _missing(self, base: str, path: str = "") -> None:
        """The site's own page for that, or where there is no site yet, one that waits for it."""
        content = self.server.state.content(NOT_FOUND) if path else None
        if content is None:
            content = (
                f'<!doctype html><head><meta charset="utf-8"><title>404</title></head><a href="{escape(base)}">404</a>'.encode()
            )
        self._page(content, path, HTTPStatus.NOT_FOUND)

    def _page(self, content: bytes, path: str, status: HTTPStatus) -> None:
        """A page with the line on which it hears of changes."""
        state = self.server.state
        seen = (state.show.fingerprint_of(path) or "") if status is HTTPStatus.OK else ""
        data = {"events": state.base + _EVENTS, "page": path, "print": seen}
        told = "".join(f' data-{name}="{escape(text)}"' for name, text in data.items())
        script = f'<script src="{escape(state.base + _SCRIPT)}"{told}></script></head>'
        self._send(content.replace(b"</head>", script.encode(), 1), ".html", seen, status)

    def _move(self, target: str) -> None:
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", quote(target))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, content: bytes, kind: str, mark: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        """Some bytes, which the browser may keep but has to ask for each time."""
        tag = f'"{mark}"'
        if mark and self.headers.get("If-None-Match") == tag:
            self.send_response(HTTPStatus.NOT_MODIFIED)
            self.send_header("ETag", tag)
            self.end_headers()
            return
        self.send_response(status)
        self.send_header("Content-Type", _type_of(kind))
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-cache")
        self.send_header("X-Content-Type-Options", "nosniff")
        if mark:
            self.send_header("ETag", tag)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    # --- the line to an open page ---------------------------------------------------------------

    def _events(self) -> None:
        """Tell a page when it has changed and what is wrong, for as long as it is open (https://html.spec.whatwg.org/#server-sent-events)."""
        asked = parse_qs(urlsplit(self.path).query, keep_blank_values=True)
        page, shown = (asked.get(name, [""])[0] for name in ("page", "print"))
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        with suppress(OSError), self.server.state.opened(page):
            self.wfile.write(f"retry: {_AGAIN}\n\n".encode())
            self._keep_telling(page, shown)

    def _keep_telling(self, page: str, shown: str) -> None:
        state, version, said = self.server.state, -1, ""
        language = _language(self.headers.get("Accept-Language", ""))
        while not state.over:
            version = state.wait(version)
            told = state.told(language)
            if told["text"] != said:
                said = told["text"]
                self._tell("findings", dumps(told))
            now = state.show.fingerprint_of(page)
            if now is not None and now != shown:
                shown = now
                self._tell("reload", "")
            self.wfile.write(b":\n\n")  # fails where nobody listens any more

    def _tell(self, event: str, text: str) -> None:
        self.wfile.write(f"event: {event}\ndata: {text}\n\n".encode())


def _language(accepted: str) -> str:
    """The first language of a browser that the tool speaks, or its default one."""
    wanted = (one.partition(";")[0].strip().partition("-")[0].lower() for one in accepted.split(","))
    return next((one for one in wanted if one in languages()), languages()[0])


def _type_of(ending: str) -> str:
    found = _TYPES.get(ending) or mimetypes.types_map.get(ending, "application/octet-stream")
    textual = found.startswith("text/") or found.endswith(("json", "xml", "bibtex", "systems"))
    return f"{found}; charset=utf-8" if textual else found


@cache
def _script() -> bytes:
    return (resources.files(__package__) / "live/reload.js").read_bytes()
