"""Who may ask the server of `serve`, and for how long it waits for a request."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from generator.build.publish import constant_file
from generator.build.site_state import SiteState
from generator.serve.http_handlers import create_app
from generator.serve.state import ServerState
from generator.serve.uvicorn_thread import HttpServer, address_of, allowed_hosts, open_socket

SECONDS = 1  # that the server waits for a request


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Where a site of one page is served."""
    page = constant_file("<head></head>Hello")
    state = ServerState(Path(), site=SiteState(site_url="https://lakes.example/", files={"index.html": page}, complete=True))
    state.contents["index.html"] = (page.fingerprint, b"<head></head>Hello")
    with closing(open_socket("127.0.0.1", 0)) as listening:
        server = HttpServer(
            create_app(state, allowed_hosts("127.0.0.1", ["editor.example"])), listening, request_seconds=SECONDS
        )
        server.start()
        yield int(address_of(listening).rpartition(":")[2])
        state.close()
        server.stop()


def exchange(port: int, request: str, *, seconds: float = 10) -> str:
    """What the server answers until it closes the connection."""
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as connection:
        connection.sendall(request.encode())
        answer = b""
        while part := connection.recv(65536):
            answer += part
        return answer.decode()


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8000", "200"),
        ("localhost", "200"),
        ("LOCALHOST:1", "200"),
        ("[::1]:8000", "200"),
        ("editor.example", "200"),
        ("lakes.example", "400"),  # a name that somebody else lets lead to this machine
        ("127.0.0.1.attacker.example", "400"),
        ("localhost.attacker.example", "400"),
        ("", "400"),
    ],
)
def test_only_requests_for_this_machine_are_answered(port: int, host: str, status: str) -> None:
    answer = exchange(port, f"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")
    assert answer.startswith(f"HTTP/1.1 {status} ")
    assert ("Hello" in answer) is (status == "200")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_written(port: int, method: str) -> None:
    answer = exchange(port, f"{method} / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx")
    assert answer.startswith("HTTP/1.1 405 ")


def test_a_head_request_is_answered_without_content(port: int) -> None:
    answer = exchange(port, "HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    assert answer.startswith("HTTP/1.1 200 ")
    assert answer.endswith("\r\n\r\n")


@pytest.mark.parametrize(
    "sent",
    ["", "GET / HT", "GET / HTTP/1.1\r\nHost: localhost\r\n", "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"],
    ids=["nothing", "part of a line", "part of a head", "one request and no other"],
)
def test_a_connection_without_a_request_is_closed(port: int, sent: str) -> None:
    began = time.monotonic()
    exchange(port, sent, seconds=20 * SECONDS)
    assert SECONDS / 2 < time.monotonic() - began < 10 * SECONDS


def test_a_head_that_is_too_long_is_refused(port: int) -> None:
    assert exchange(port, "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "x" * 100_000).startswith("HTTP/1.1 400 ")


@pytest.mark.parametrize(
    ("host", "allowed"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8::1", "[2001:db8::1]"),
        ("0.0.0.0", "localhost"),  # noqa: S104  not listened at here
    ],
)
def test_the_address_that_is_listened_at_is_allowed(host: str, allowed: str) -> None:
    assert allowed in allowed_hosts(host)
    assert "*" not in allowed_hosts(host)
