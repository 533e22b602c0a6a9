"""The web application that browsers see while a report is edited: files as they are now, and a stream of changes per open page.

It makes nothing itself: for a file that is not made yet, it waits until the thread that makes the site has made it.
"""

from __future__ import annotations

import asyncio
import mimetypes
from collections.abc import AsyncIterator, Sequence
from functools import cache
from html import escape
from http import HTTPStatus
from importlib import resources
from json import dumps
from posixpath import splitext
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from ..build.live_site import NOT_FOUND_FILE
from ..diagnostics.finding import languages, tool_message
from ..store.hashing import content_hash
from .editor import Editor
from .state import ServerState

_OWN = ".factloom/"  # the server's own addresses below the site: no input's name begins like that
_EVENTS, _SCRIPT = f"{_OWN}events", f"{_OWN}reload.js"
_ALIVE = 15.0  # seconds between signs of life in a stream
_RETRY = 300  # milliseconds until a page connects again when its stream was cut
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


def create_app(state: ServerState, allowed_hosts: Sequence[str], editor: Editor | None = None) -> Starlette:
    """The application, with an editor where there is to be one. Requests whose Host header names another host are refused.

    Otherwise any web page could read the report through a name of its own that leads to this machine (DNS rebinding).
    """
    guards = [Middleware(TrustedHostMiddleware, allowed_hosts=allowed_hosts, www_redirect=False)]
    return Starlette(
        routes=[Route("/{path:path}", _Responder(state, editor).respond, methods=["GET", "POST"])], middleware=guards
    )


class _Responder:
    """Answers requests from the state of the site."""

    def __init__(self, state: ServerState, editor: Editor | None) -> None:
        self.state, self.editor = state, editor

    async def respond(self, request: Request) -> Response:
        """Answer with a file, a redirect to it, or the stream of changes."""
        path, base = str(request.scope["path"]), self.state.base
        if self.editor is not None and path.startswith(self.editor.home):
            language = self.state.language or _language(request.headers.get("Accept-Language", ""))
            return await self.editor.respond(request, language)
        if request.method == "POST":
            return Response(status_code=HTTPStatus.METHOD_NOT_ALLOWED, headers={"Allow": "GET, HEAD"})
        return await self._own_or_site(request, path, base)

    async def _own_or_site(self, request: Request, path: str, base: str) -> Response:
        """Answer with what is below the site's path: the server's own files, and those of the site."""
        if not path.startswith(base):
            return _redirect(base) if path in ("/", base.rstrip("/")) else await self._not_found(request, base)
        path = path.removeprefix(base)
        if path == _EVENTS:
            return self._events(request)
        if path == _SCRIPT:
            return _file(request, _script(), ".js", content_hash(_script()))
        if not path or path.endswith("/"):
            return await self._site_file(request, f"{path}index.html")
        if not splitext(path)[1] and self.state.site.file(f"{path}/index.html") is not None:
            return _redirect(f"{base}{path}/")
        return await self._site_file(request, path)

    async def _site_file(self, request: Request, path: str) -> Response:
        found = await self.state.content(path)
        if found is None:
            return await self._not_found(request, self.state.base, path)
        version, content = found
        if path.endswith(".html"):
            return self._page(request, content, path, version)
        return _file(request, content, splitext(path)[1], version)

    async def _not_found(self, request: Request, base: str, path: str = "") -> Response:
        """The site's own page for that, or where there is no site yet, one that waits for it."""
        found = await self.state.content(NOT_FOUND_FILE) if path else None
        if found is None:
            head = '<!doctype html><head><meta charset="utf-8"><title>404</title></head>'
            content = f'{head}<a href="{escape(base)}">404</a>'.encode()
        else:
            content = found[1]
        return self._page(request, content, path, "", HTTPStatus.NOT_FOUND)

    def _page(self, request: Request, content: bytes, path: str, version: str, status: HTTPStatus = HTTPStatus.OK) -> Response:
        """A page with the script that listens for a newer version; for whoever may edit, it links numbers to the editor."""
        base = self.state.base
        data = {"events": base + _EVENTS, "page": path, "version": version}
        kept_as = version
        if self.editor is not None and self.editor.access.is_granted(request):
            language = self.state.language or _language(request.headers.get("Accept-Language", ""))
            data |= {
                "edit": f"{self.editor.home}facts/",
                "word": tool_message("editor-edit-this", language),
                "language": language,
            }
            kept_as = version and f"{version}-edit-{language}"
        attributes = "".join(f' data-{name}="{escape(text)}"' for name, text in data.items())
        script = f'<script src="{escape(base + _SCRIPT)}"{attributes}></script></head>'
        return _file(request, content.replace(b"</head>", script.encode(), 1), ".html", kept_as, status)

    def _events(self, request: Request) -> Response:
        """Tell a page when it has changed and what is wrong, as long as it is open.

        https://html.spec.whatwg.org/#server-sent-events
        """
        page, version = (request.query_params.get(name, "") for name in ("page", "version"))
        language = _language(request.headers.get("Accept-Language", ""))
        headers = {"Cache-Control": "no-store", "Connection": "close"}
        if request.method == "HEAD":
            return Response(headers=headers, media_type="text/event-stream")
        return StreamingResponse(self._stream(page, version, language), headers=headers, media_type="text/event-stream")

    async def _stream(self, page: str, version: str, language: str) -> AsyncIterator[str]:
        state, reported = self.state, ""
        with state.open_page(page) as changed:
            yield f"retry: {_RETRY}\n\n"
            while not state.closed:
                changed.clear()
                report = state.error_report(language)
                if report["text"] != reported:
                    reported = report["text"]
                    yield f"event: findings\ndata: {dumps(report)}\n\n"
                # a page that cannot be made is shown as it was: until it can, it would be loaded again and again
                current = state.site.version(page) if state.failure is None else None
                if current is not None and current != version:
                    version = current
                    yield "event: reload\ndata: \n\n"
                yield ":\n\n"  # a comment, as a sign of life
                await _wait(changed, _ALIVE)


async def _wait(event: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return


def _redirect(target: str) -> Response:
    return Response(status_code=HTTPStatus.FOUND, headers={"Location": quote(target)})


def _file(request: Request, content: bytes, kind: str, version: str, status: HTTPStatus = HTTPStatus.OK) -> Response:
    """Some bytes, which the browser may keep but has to ask for each time."""
    tag = f'"{version}"'
    headers = {"ETag": tag} if version else {}
    if version and request.headers.get("If-None-Match") == tag:
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    headers |= {"Content-Type": _content_type(kind), "Cache-Control": "no-cache"}
    return Response(content, status_code=status, headers=headers)


def _language(accepted: str) -> str:
    """The first language of a browser that the tool speaks, or its default one."""
    wanted = (part.partition(";")[0].strip().partition("-")[0].lower() for part in accepted.split(","))
    return next((code for code in wanted if code in languages()), languages()[0])


def _content_type(extension: str) -> str:
    found = _TYPES.get(extension) or mimetypes.types_map.get(extension, "application/octet-stream")
    textual = found.startswith("text/") or found.endswith(("json", "xml", "bibtex", "systems"))
    return f"{found}; charset=utf-8" if textual else found


@cache
def _script() -> bytes:
    return (resources.files(__package__) / "live/reload.js").read_bytes()
