"""What sources answer: told apart by a local server, asked politely, and nobody else is asked."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner
from sample_projects import edit

from generator.checks.polite_http import Answer, PoliteClient, is_public
from generator.checks.project_check import check_project
from generator.checks.source_answers import (
    ALIVE,
    BLOCKED,
    GONE,
    MOVED,
    QUOTE,
    UNREACHABLE,
    SourceAnswer,
    ask_sources,
    holds_quote,
    is_offline,
    kind_of,
    read_answers,
    write_answers,
)
from generator.commands.main import main
from generator.comparing.as_markdown import as_markdown
from generator.comparing.freshness import freshness_sections
from generator.model.sources import Source

TODAY = date(2026, 11, 28)
PAGES: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/robots.txt": (200, {}, b"User-agent: *\nDisallow: /private/\nCrawl-delay: 5\n"),
    "/alive": (200, {"ETag": '"1"', "Content-Type": "text/html"}, "<p>The  lake\u2019s area\nis 25 km</p>".encode()),
    "/moved": (301, {"Location": "/new"}, b""),
    "/for-now": (302, {"Location": "/new"}, b""),
    "/new": (200, {"Content-Type": "text/html"}, b"<p>new</p>"),
    "/slash": (308, {"Location": "/slash/"}, b""),
    "/slash/": (200, {}, b""),
    "/gone": (410, {}, b""),
    "/forbidden": (403, {}, b""),
    "/broken": (500, {}, b""),
    "/circle": (302, {"Location": "/circle"}, b""),
    "/inside": (302, {"Location": "http://169.254.169.254/latest/"}, b""),
    "/other-port": (302, {"Location": "http://127.0.0.1:22/"}, b""),
    "/file": (302, {"Location": "file:///etc/passwd"}, b""),
    "/private/page": (200, {}, b"secret"),
    "/large": (200, {"Content-Type": "text/html"}, b"x" * 300_000),
}


class Server(ThreadingHTTPServer):
    """A server with the pages above, which notes what it was asked."""

    asked: list[tuple[str, dict[str, str]]]


class Handler(BaseHTTPRequestHandler):
    """Answers with a page above."""

    server: Server

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))
        status, headers, body = PAGES.get(self.path, (404, {}, b""))
        if headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
            status, body = 304, b""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Log nothing."""


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(("127.0.0.1", 0), Handler) as running:
        running.asked = []
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()


class Clock:
    """A clock that only moves when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def client(server: Server, clock: Clock | None = None, most_bytes: int = 5_000_000) -> PoliteClient:
    clock = clock or Clock()
    return PoliteClient(
        is_allowed=lambda ip: ip == "127.0.0.1",
        ports=frozenset({server.server_port}),
        clock=lambda: clock.now,
        sleep=clock.sleep,
        most_bytes=most_bytes,
    )


def source(key: str, url: str) -> Source:
    return Source(
        id=key, publisher="P", title="T", title_from="page", date=None, url=url, language="en", read="full", independent=True
    )


@pytest.mark.parametrize(
    ("path", "kind", "why"),
    [
        ("/alive", ALIVE, ""),
        ("/moved", MOVED, ""),
        ("/for-now", ALIVE, ""),
        ("/slash", ALIVE, ""),
        ("/gone", GONE, ""),
        ("/nowhere", GONE, ""),
        ("/forbidden", BLOCKED, ""),
        ("/broken", UNREACHABLE, ""),
        ("/circle", UNREACHABLE, "redirects"),
        ("/inside", BLOCKED, "private"),
        ("/other-port", BLOCKED, "no-address"),
        ("/file", BLOCKED, "no-address"),
        ("/private/page", BLOCKED, "robots"),
    ],
)
def test_answers_are_told_apart(server: Server, path: str, kind: str, why: str) -> None:
    url = f"http://127.0.0.1:{server.server_port}{path}"
    found = ask_sources([source("a", url)], client(server), {}, TODAY)["a"]
    assert (found.kind, found.why) == (kind, why)
    assert found.url == (url.replace("/moved", "/new") if kind == MOVED else "")
    assert "/private/page" not in [asked for asked, _ in server.asked]


def test_a_host_is_asked_at_intervals_and_for_its_rules_once(server: Server) -> None:
    clock, home = Clock(), f"http://127.0.0.1:{server.server_port}"
    ask_sources(
        [source(str(n), f"{home}{path}") for n, path in enumerate(("/alive", "/new", "/slash/"))],
        client(server, clock),
        {},
        TODAY,
    )
    assert [path for path, _ in server.asked] == ["/robots.txt", "/alive", "/new", "/slash/"]
    assert clock.slept == [5.0, 5.0, 5.0]  # as robots.txt asks for
    assert all(headers["User-Agent"].startswith("factloom") for _, headers in server.asked)


def test_what_answered_lately_is_not_asked_and_later_only_whether_it_changed(server: Server, tmp_path: Path) -> None:
    one = source("a", f"http://127.0.0.1:{server.server_port}/alive")
    kept = tmp_path / "kept.json"
    first = ask_sources([one], client(server), {}, TODAY)
    write_answers(kept, [one], first)
    assert ask_sources([one], client(server), read_answers(kept), TODAY.replace(day=30)) == first
    assert len(server.asked) == 2
    later = ask_sources([one], client(server), read_answers(kept), date(2026, 12, 20))["a"]
    assert server.asked[-1][1]["If-None-Match"] == '"1"'
    assert (later.kind, later.status, later.since, later.asked) == (ALIVE, 304, "2026-11-28", "2026-12-20")
    assert later.validators["etag"] == '"1"'


def test_a_quote_is_found_whatever_its_white_space_and_quotation_marks(server: Server) -> None:
    url = f"http://127.0.0.1:{server.server_port}/alive"
    for quotes, kind in (
        (["lake's […] 25 km"], ALIVE),
        (["The lake's area"], ALIVE),
        (["the lake is 26 km"], QUOTE),
        (["lake's area", "26"], QUOTE),
    ):
        found = ask_sources([source("a", url)], client(server), {}, TODAY, quotes={"a": quotes})["a"]
        assert found.kind == kind, quotes


@pytest.mark.parametrize(
    ("headers", "body", "whole", "found"),
    [
        ({"content-type": "application/pdf"}, b"%PDF", True, None),
        ({"content-type": "text/html; charset=Shift_JIS"}, "湖の面積".encode("shift_jis"), True, True),
        ({"content-type": "text/html"}, "<meta charset=euc-jp><p>湖の面積".encode("euc_jp"), True, True),
        ({"content-type": "text/html; charset=none"}, "湖の面積".encode(), True, True),
        ({"content-type": "text/html"}, "<script>湖の面積</script>".encode(), True, False),
        ({"content-type": "text/html"}, b"cut off", False, None),
    ],
)
def test_a_quote_is_missing_only_where_all_of_a_text_was_read(
    headers: dict[str, str],
    body: bytes,
    whole: bool,  # noqa: FBT001  a table
    found: bool | None,  # noqa: FBT001
) -> None:
    assert holds_quote(Answer(url="", status=200, headers=headers, body=body, whole=whole), "湖の面積") is found


def test_a_body_is_read_up_to_a_limit(server: Server) -> None:
    answer = client(server, most_bytes=100_000).get(f"http://127.0.0.1:{server.server_port}/large")
    assert (answer.status, len(answer.body), answer.whole) == (200, 100_000, False)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),  # noqa: S104  nothing is bound
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("2002:a00:1::", False),
    ],
)
def test_only_the_public_internet_is_asked(address: str, public: bool) -> None:  # noqa: FBT001  a table
    assert is_public(address) is public


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://2130706433/",
        "https://a:b@example.org/",
        "ftp://example.org/",
    ],
)
def test_a_machine_is_not_asked_for_itself(url: str) -> None:
    assert PoliteClient().get(url).problem in ("private", "no-address", "name")


def test_an_answer_without_a_status_has_a_kind() -> None:
    kinds = {
        why: kind_of(Answer(url="", problem=why), "https://a.example/", ()) for why in ("name", "tls", "timeout", "network")
    }
    assert kinds == {"name": UNREACHABLE, "tls": UNREACHABLE, "timeout": UNREACHABLE, "network": UNREACHABLE}


def test_a_machine_without_network_is_told_from_sources_that_are_gone() -> None:
    def answers(*whys: str) -> dict[str, SourceAnswer]:
        made = (SourceAnswer(kind=UNREACHABLE, asked="2026-11-28", since="2026-11-28", why=why) for why in whys)
        return {str(number): one for number, one in enumerate(made)}

    assert is_offline(answers("name", "name", "timeout"), TODAY)
    assert not is_offline(answers("name", "name", ""), TODAY)
    assert not is_offline(answers("name", "name"), TODAY)  # two dead hosts are no reason
    assert not is_offline(answers("name", "name", "name"), date(2026, 11, 29))  # asked on another day


def test_a_file_that_holds_something_else_is_no_answer(tmp_path: Path) -> None:
    for text in (
        "",
        "[]",
        '{"https://a.example/": 5}',
        '{"https://a.example/": {"kind": "alive", "asked": "soon", "since": "x"}}',
    ):
        (tmp_path / "kept.json").write_text(text, encoding="utf-8")
        assert read_answers(tmp_path / "kept.json") == {}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("What is due on 2026-11-28", "Facts to be reviewed", "Sources that are gone", "cited by")),
        ("ja", ("期日", "見直す", "なくなった出典", "使うファクト")),
    ],
)
def test_what_is_due_is_told_with_what_it_touches(project: Path, language: str, words: tuple[str, ...]) -> None:
    edit(project, "data/facts/water.yml", "review: durable", "review: volatile")
    edition = check_project(project).edition
    assert edition is not None
    answers = {"survey": SourceAnswer(kind=GONE, asked="2026-11-28", since="2026-11-01", status=404)}
    text = as_markdown(*freshness_sections(edition, answers, TODAY, language), language)
    assert all(word in text for word in (*words, "404", "2026-11-01")), text
    nothing = freshness_sections(edition, {}, date(2020, 1, 1), language)
    assert nothing[1] == []


def test_the_command_asks_nobody_by_itself_and_writes_each_form(project: Path) -> None:
    output = [f"--output={project / name}" for name in ("due.md", "due.json", "due.txt")]
    done = CliRunner().invoke(main, ["freshness", "--root", str(project), "--as-of", "2026-11-28", "--language", "en", *output])
    assert done.exit_code == 0, done.output
    assert json.loads((project / "due.json").read_text(encoding="utf-8"))["sources"] == {}
    assert not (project / "build/freshness.json").exists()
    assert (project / "due.md").read_text(encoding="utf-8").startswith("## What is due")
