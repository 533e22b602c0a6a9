"""Hostile requests to `serve`, what happens to it when its folders disappear, and many readers at the same time."""

from __future__ import annotations

import gc
import json
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from attack import lay_out
from load import served

from generator.serve.build_loop import BuildLoop
from generator.serve.state import ServerState

MARK = "not-for-readers"
PATIENCE = 30.0  # seconds
CLOSE = "Host: localhost\r\nConnection: close\r\n"
FACTS = "data/facts/water.yml"


@dataclass(slots=True)
class Server:
    """A project that is served."""

    root: Path
    address: str
    process: subprocess.Popen[str]

    @property
    def port(self) -> int:
        return int(re.findall(r":(\d+)/", self.address)[0])

    @property
    def log(self) -> str:
        return (self.root.parent / "serve.log").read_text(encoding="utf-8")

    def get(self, path: str) -> str:
        """A file of the site; empty where there is none."""
        try:
            with urlopen(self.address + path, timeout=PATIENCE) as answer:  # noqa: S310  our own server
                content: bytes = answer.read()
                return content.decode()
        except HTTPError:
            return ""

    def send(self, request: str | bytes, *, seconds: float = 5) -> bytes:
        """All that is answered until the connection is closed, or for some seconds."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=seconds) as connection:
            with suppress(ConnectionResetError, BrokenPipeError):  # refused before all of it was sent
                connection.sendall(request.encode("latin-1") if isinstance(request, str) else request)
            answer = b""
            try:  # a connection may be reset when it is closed before all was read
                while part := connection.recv(65536):
                    answer += part
            except (TimeoutError, ConnectionResetError):
                pass
            return answer


def until(what: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < end
        time.sleep(0.1)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    files = {"secret.txt": MARK, "docs/a b.txt": "with a space", "docs/%2e%2e.txt": "with signs", "data/.secret.txt": MARK}
    root = lay_out(tmp_path_factory.mktemp("served"), files, whole=True)
    with served(root) as (address, process):
        yield Server(root, address, process)
        assert process.poll() is None
        assert "Traceback" not in (root.parent / "serve.log").read_text(encoding="utf-8")


def request(path: str, headers: str = CLOSE, *, method: str = "GET", version: str = "1.1") -> str:
    return f"{method} {path} HTTP/{version}\r\n{headers}\r\n"


PATHS = {  # path -> status
    "/": 200,
    "/en/": 200,
    "/en/index.html": 200,
    "/en/a%20b.txt": 200,
    "/en/%252e%252e.txt": 200,
    "/en/?x=" + "a" * 30_000: 200,
    "/en": 302,
    "/../secret.txt": 404,
    "/en/../../secret.txt": 404,
    "/%2e%2e/secret.txt": 404,
    "/..%2fsecret.txt": 404,
    "/%2e%2e%2fsecret.txt": 404,
    "/%252e%252e%252fsecret.txt": 404,
    "/..\\secret.txt": 404,
    "/..%5csecret.txt": 404,
    "/en/..%c0%afsecret.txt": 404,
    "/en/%2e%2e/%2e%2e/data/.secret.txt": 404,
    "/secret.txt": 404,
    "/secret.txt%00.html": 404,
    "/en/%00": 404,
    "/en/%00/index.html": 404,
    "/en/%ff%fe/": 404,
    "/en/%ED%A0%80/": 404,
    "/en/%0d%0aSet-Cookie:%20x=1": 404,
    "/en%0d%0aSet-Cookie:%20x=1": 404,
    "//etc/passwd": 404,
    "/%2fetc/passwd": 404,
    "///": 404,
    "//evil.example/..": 404,
    "//evil.example/en": 404,
    "/%2Fevil.example": 404,
    "/en//": 404,
    "/en///": 404,
    "/en//index.html": 404,
    "//en/": 404,
    "/en/./": 404,
    "/en/index/": 404,
    "/en/facts/dam_cost//": 404,
    "/EN/": 404,
    "/mkdocs.yml": 404,
    "/data/report.yml": 404,
    "/build/": 404,
    "/site/en/": 404,
    "/en/.stamps": 404,
    "/.factloom": 404,
    "/.factloom/": 404,
    "/.factloom/x": 404,
    "/.factloom/../en/": 404,
    "/en/<script>alert(1)</script>": 404,
    '/en/"onload="alert(1)/': 404,
    "/" + "a" * 4000 + ".txt": 404,
    "/" + "a/" * 4000: 404,
}


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path[:40])
def test_a_path_leads_to_files_of_the_site_only(server: Server, path: str) -> None:
    answer = server.send(request(path))
    assert answer.startswith(b"HTTP/1.1 %d " % PATHS[path])
    head, _, content = answer.partition(b"\r\n\r\n")
    assert MARK.encode() not in answer
    assert b"root:" not in content
    assert b"set-cookie" not in head.lower()
    assert b"<script>alert" not in content
    assert b'"onload="' not in content


ODD = {  # requests that are not as a browser sends them -> the statuses of the answers
    "no host": ("GET /en/ HTTP/1.1\r\nConnection: close\r\n\r\n", [400]),
    "no host in 1.0": (request("/en/", "", version="1.0"), [400]),
    "1.0": (request("/en/", version="1.0"), [200]),
    "two hosts": (request("/en/", "Host: localhost\r\nHost: evil.example\r\n"), [400]),
    "two hosts, ours last": (request("/en/", "Host: evil.example\r\nHost: localhost\r\n"), [400]),
    "folded host": (request("/en/", "Host: evil.example\r\n localhost\r\nConnection: close\r\n"), [400]),
    "absolute form": (request("http://evil.example/en/"), [404]),
    "absolute form of another host": (request("http://localhost/en/", "Host: evil.example\r\nConnection: close\r\n"), [400]),
    "asterisk form": (request("*", method="OPTIONS"), [404]),
    "options": (request("/en/", method="OPTIONS"), [405]),
    "preflight": (request("/en/", CLOSE + "Origin: http://evil.example\r\nAccess-Control-Request-Method: GET\r\n"), [200]),
    "trace": (request("/en/", method="TRACE"), [405]),
    "connect": (request("localhost:80", method="CONNECT"), [404]),
    "no method": (request("/en/", method="<script>"), [400]),
    "put": (request("/en/", CLOSE + "Content-Length: 3\r\n", method="PUT") + "abc", [405]),
    "chunks": (request("/en/", CLOSE + "Transfer-Encoding: chunked\r\n", method="POST") + "3\r\nabc\r\n0\r\n\r\n", [405]),
    "two lengths": (request("/en/", CLOSE + "Content-Length: 3\r\nContent-Length: 4\r\n", method="POST") + "abcd", [400]),
    "negative length": (request("/en/", CLOSE + "Content-Length: -1\r\n"), [400]),
    "huge length": (request("/en/", CLOSE + "Content-Length: 99999999999999\r\n"), [200]),
    "pipelined": ("GET /en/ HTTP/1.1\r\nHost: localhost\r\n\r\n" * 3 + request("/de/"), [200, 200, 200, 200]),
    "pipelined to another host": (
        "GET /en/ HTTP/1.1\r\nHost: localhost\r\n\r\n" + request("/de/", "Host: evil.example\r\nConnection: close\r\n"),
        [200, 400],
    ),
    "no http": ("\x16\x03\x01\x02\x00\x01\x00" + "\xff" * 300, [400]),
    "many heads": (request("/en/", CLOSE + "X: y\r\n" * 5_000), [200]),
    "forwarded": (request("/en", CLOSE + "X-Forwarded-Host: evil.example\r\nForwarded: host=evil.example\r\n"), [302]),
    "websocket": (request("/en/", "Host: localhost\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n"), [200]),
    "ranges": (request("/en/", CLOSE + "Range: bytes=0-1,0-99999999\r\n"), [200]),
    "languages": (request("/.factloom/events", CLOSE + f"Accept-Language: {'ja;q=1,' * 5000}\r\n", method="HEAD"), [200]),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_requests_are_answered_or_refused(server: Server, name: str) -> None:
    sent, statuses = ODD[name]
    answer = server.send(sent)
    assert [int(one) for one in re.findall(rb"HTTP/1\.1 (\d{3}) ", answer)] == statuses
    assert b"access-control-" not in answer.lower()
    assert b"evil.example" not in answer


HOSTS = {
    "localhost": 200,
    "LocalHost:1": 200,
    "127.0.0.1:99999": 200,
    "[::1]": 200,
    "evil.example": 400,
    "evil.example:80": 400,
    "localhost.evil.example": 400,
    "evil.example:localhost": 400,
    "localhost@evil.example": 400,
    "localhost,evil.example": 400,
    "localhost/evil.example": 400,
    "localhost.": 400,
    "[::1].evil.example": 400,
    "[::1]evil": 400,
    "[::2]": 400,
    "::1": 400,
    "*": 400,
    "2130706433": 400,
    "127.1": 400,
    "0.0.0.0": 400,  # noqa: S104  not listened at
    "0177.0.0.1": 400,
    "l\xf6calhost": 400,
}


@pytest.mark.parametrize("host", HOSTS)
def test_only_this_machine_s_names_are_answered(server: Server, host: str) -> None:
    answer = server.send(request("/en/", f"Host: {host}\r\nConnection: close\r\n"))
    assert answer.startswith(b"HTTP/1.1 %d " % HOSTS[host])


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/en/", CLOSE),
        ("/.factloom/reload.js", CLOSE),
        ("/nowhere/", CLOSE),
        ("/en", CLOSE),
        ("/en/", "Host: evil.example\r\n"),
        ("/en/", "no header\r\n"),
        ("/en/ no version", CLOSE),
    ],
)
def test_no_answer_is_given_to_pages_of_other_origins(server: Server, path: str, headers: str) -> None:
    head = server.send(request(path, headers), seconds=2).partition(b"\r\n\r\n")[0].lower()
    assert b"cross-origin-resource-policy: same-origin" in head
    assert b"cross-origin-opener-policy: same-origin" in head
    assert b"x-content-type-options: nosniff" in head
    assert b"x-frame-options: sameorigin" in head
    assert b"access-control-" not in head


@pytest.mark.parametrize("query", ["", "?page=%0d%0aevent:%20x&version=%0d%0a", "?page=a&page=b", f"?page={'a' * 20_000}"])
def test_a_stream_says_nothing_that_was_asked(server: Server, query: str) -> None:
    answer = server.send(request(f"/.factloom/events{query}"), seconds=0.5)
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert b"retry: 300" in answer
    assert b"event: x" not in answer


def test_streams_that_are_opened_and_cut_leave_nothing_behind(server: Server) -> None:
    folder = Path(f"/proc/{server.process.pid}/fd")
    if not folder.is_dir():
        pytest.skip("only Linux says what a process has open")
    server.get("en/")
    before = len(list(folder.iterdir()))
    for _ in range(100):
        with socket.create_connection(("127.0.0.1", server.port), timeout=5) as connection:
            connection.sendall(request("/.factloom/events?page=en/index.html&version=x").encode())
            assert connection.recv(100)
    until(lambda: len(list(folder.iterdir())) <= before)


def edit(server: Server, number: int) -> None:
    """An edit is seen soon: everything works."""
    file = server.root / FACTS
    file.write_text(re.sub(r"\[66e9, \d+e9\]", f"[66e9, {number}e9]", file.read_text(encoding="utf-8")), encoding="utf-8")
    until(lambda: re.search(rf"\b{number}\W{{1,6}}billion", server.get("en/")))


def gone(path: str) -> Callable[[Path], object]:
    def remove(root: Path) -> None:
        until((root / path).exists)  # a server that recovers from the damage before shows a page before it has made all
        (root / path).rename(root.parent / "gone")  # at once: the server may be writing there
        shutil.rmtree(root.parent / "gone")

    return remove


def takes_the_place(source: Path, target: Path) -> bool:
    """Whether `source` now is at `target`, where the server may make a folder again at any moment."""
    with suppress(OSError):
        if target.is_dir():
            gone("")(target)
        source.rename(target)
        return True
    return False


def only(pattern: str) -> Callable[[Path], object]:
    def remove(root: Path) -> None:
        for path in root.glob(pattern):
            path.unlink(missing_ok=True)

    return remove


def replaced_by_a_file(path: str) -> Callable[[Path], object]:
    def replace(root: Path) -> None:
        gone(path)(root)
        with suppress(IsADirectoryError):  # it is there again
            (root / path).write_text("", encoding="utf-8")

    return replace


@pytest.mark.parametrize(
    "damage",
    [
        gone("build"),
        gone("build/cache"),
        gone("build/cache/page"),
        gone("build/cache/html"),
        gone("build/docs"),
        gone("build/docs/en"),
        gone("build/out"),
        only("build/*.yml"),
        only("build/docs/*/*.md"),
        only("build/cache/html/*/*"),
        replaced_by_a_file("build/cache/html"),
    ],
    ids=["build", "cache", "pages", "html", "docs", "docs of one", "out", "configurations", "sources", "results", "file"],
)
def test_it_recovers_when_what_it_works_in_is_deleted(server: Server, damage: Callable[[Path], object]) -> None:
    edit(server, 80)
    damage(server.root)
    assert "dam cost" in server.get("en/")
    edit(server, 81)
    edit(server, 82)


@pytest.mark.parametrize("path", ["", "data", "templates", "docs", "mkdocs.yml"])
def test_it_recovers_when_the_project_is_moved_away_and_comes_back(server: Server, path: str) -> None:
    (server.root / "docs").mkdir(exist_ok=True)
    edit(server, 83)
    assert "Der Damm" in server.get("de/")
    away, length = server.root.parent / "away", len(server.log)
    (server.root / path).rename(away)
    if path not in ("docs", "mkdocs.yml"):  # a project can do without these
        told = "No such file or directory" if not path else "error["
        until(lambda: told in server.log[length:])
    assert "dam cost" in server.get("en/")
    assert "Der Damm" in server.get("de/")
    until(lambda: takes_the_place(away, server.root / path))
    edit(server, 84)


def test_it_recovers_when_another_copy_takes_the_project_s_place(server: Server) -> None:
    edit(server, 85)
    shutil.copytree(server.root, server.root.parent / "copy", ignore=shutil.ignore_patterns("build"))
    gone("")(server.root)
    until(lambda: "No such file or directory" in server.log)
    until(lambda: takes_the_place(server.root.parent / "copy", server.root))
    edit(server, 86)


@pytest.mark.parametrize(
    "path",
    [
        "data/facts/loop.yml",
        "data/loop",
        "docs/loop",
        "docs/loop.svg",
        "templates/pages/loop.en.md.j2",
        "templates/overrides/loop.html",
    ],
)
def test_a_link_to_itself_is_told_and_ends_nothing(server: Server, path: str) -> None:
    edit(server, 87)
    link = server.root / path
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(link.name)
    try:
        time.sleep(1.5)
        assert "dam cost" in server.get("en/")
        assert server.process.poll() is None
    finally:
        link.unlink()
    edit(server, 88)


def test_many_readers_and_edits_meet_no_error_and_no_stale_page() -> None:
    script = Path(__file__).with_name("load.py")  # a process of its own: this one may have an event loop already
    done = subprocess.run([sys.executable, str(script), "5"], capture_output=True, text=True, check=False)
    figures = json.loads(done.stdout)
    assert figures["problems"] == []
    assert figures["requests"] > 100
    assert figures["edits"] > 20


def test_a_request_to_end_is_not_lost(tmp_path: Path) -> None:
    """What a signal's handler raises is lost where an object is being destroyed at that moment."""
    loop = object.__new__(BuildLoop)
    loop.state = ServerState(tmp_path, interrupted=True)
    try:
        loop.run()
    finally:
        gc.enable()
    assert loop.state.pending.empty()
