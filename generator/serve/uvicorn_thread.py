"""The HTTP server: uvicorn in a thread of its own (see docs/decisions/0051-http-server.md)."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterable
from threading import Thread
from typing import Any

import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.h11_impl import H11Protocol

_STOP_SECONDS = 1
_CONNECTIONS = 500  # at a time, of all readers; a browser has at most six to a server, and a process may open 1024 files
# Browsers take every answer for what it says it is, and give it to no page of another origin, nor to its frames and windows. A
# script is loaded across origins whatever CORS says: so any web page could read a draft from the script of its facts.
_SAFE_HEADERS = (
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "SAMEORIGIN"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)
_ANY_ADDRESS = ("0.0.0.0", "::")  # noqa: S104  compared, not listened at
_LOCAL = ("localhost", "127.0.0.1", "[::1]")


class CannotListenError(Exception):
    """An address cannot be listened at; the text says why in the system's words."""


def open_socket(host: str, port: int) -> socket.socket:
    """A socket that is bound to an address; CannotListenError where that cannot be had. Port 0 is any that is free."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except (OSError, UnicodeError) as error:  # UnicodeError: no name of a host
        raise CannotListenError(getattr(error, "strerror", None) or str(error)) from error


def address_of(listening: socket.socket) -> str:
    """The address of a socket as a URL without a path."""
    host, port = listening.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def allowed_hosts(host: str, named: Iterable[str] = ()) -> tuple[str, ...]:
    """The hosts that a request may name in its Host header: this machine's, and those that were named by the user.

    Where the server listens at every address, these are the machine's name and the addresses that belong to that name.
    """
    hosts = [*_LOCAL, *named]
    if host not in _ANY_ADDRESS:
        return (*hosts, f"[{host}]" if ":" in host else host)
    name = socket.gethostname()
    try:
        addresses = {str(found[4][0]) for found in socket.getaddrinfo(name, None)}
    except OSError:
        addresses = set()
    return (*hosts, name, f"{name}.local", *(f"[{address}]" if ":" in address else address for address in sorted(addresses)))


class _Protocol(H11Protocol):
    """Closes connections that do not send a whole request, or do not take an answer, in time: uvicorn itself waits for ever."""

    _deadline: asyncio.TimerHandle | None = None
    _taken_until: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        super().connection_made(transport)
        self._set_deadline()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._set_deadline()

    def connection_lost(self, exc: Exception | None) -> None:
        for timer in (self._deadline, self._taken_until):
            if timer is not None:
                timer.cancel()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP; uvicorn's own answer has no other headers than these two."""
        headers = (("Content-Type", "text/plain; charset=utf-8"), ("Connection", "close"), *_SAFE_HEADERS)
        head = "".join(f"{name}: {value}\r\n" for name, value in headers)
        self.transport.write(f"HTTP/1.1 400 Bad Request\r\n{head}\r\n{msg}".encode("latin-1"))
        self.transport.close()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._taken_until = self.loop.call_later(self.timeout_keep_alive, self.transport.abort)

    def resume_writing(self) -> None:
        super().resume_writing()
        if self._taken_until is not None:
            self._taken_until.cancel()
            self._taken_until = None

    def _waits_for_request(self) -> bool:
        return self.cycle is None or self.cycle.response_complete

    def _set_deadline(self) -> None:
        if self._deadline is not None and not self._waits_for_request():
            self._deadline.cancel()
            self._deadline = None
        elif self._deadline is None and self._waits_for_request():
            self._deadline = self.loop.call_later(self.timeout_keep_alive, self._close_waiting)

    def _close_waiting(self) -> None:
        self._deadline = None
        if self._waits_for_request():
            self.transport.close()


class HttpServer:
    """Answers browsers at an open socket until it is stopped."""

    def __init__(self, app: Starlette, listening: socket.socket, *, request_seconds: int) -> None:
        """A request has to be there in that many seconds, and so has the next one on a connection; else this is closed."""
        settings: dict[str, Any] = {"lifespan": "off", "ws": "none", "loop": "asyncio", "server_header": False}
        settings["headers"] = list(_SAFE_HEADERS)
        quiet: dict[str, Any] = {"log_config": None, "log_level": "error", "access_log": False}  # the terminal is for findings
        limits: dict[str, Any] = {"timeout_keep_alive": request_seconds, "limit_concurrency": _CONNECTIONS}
        config = uvicorn.Config(app, http=_Protocol, **settings, **limits, **quiet)
        self._server = uvicorn.Server(config)
        self._thread = Thread(target=self._server.run, args=([listening],), daemon=True)

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def stop(self) -> None:
        """Answer what was asked for, and end; what takes longer than a second is cut off."""
        self._server.should_exit = True
        if self._thread.is_alive():
            self._thread.join(_STOP_SECONDS)
