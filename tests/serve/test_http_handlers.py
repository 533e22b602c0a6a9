"""What the server of `serve` says of the version of a file: the one of the content that goes out, whatever happens meanwhile."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Coroutine, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from generator.build.publish import SiteFile, constant_file
from generator.build.site_state import SiteState
from generator.serve.http_handlers import create_app
from generator.serve.state import Failure, PendingFile, ServerState
from generator.store.hashing import content_hash

PAGE, DATA = "index.html", "facts.json"
OLD, NEW = (constant_file(f"<head></head>{name}") for name in ("old", "new"))
Answer = tuple[int, dict[str, str], bytes]


def site(file: SiteFile | None, *, complete: bool = True) -> SiteState:
    files = {} if file is None else {PAGE: file, DATA: file}
    return SiteState(site_url="https://lakes.example/", files=files, complete=complete)


def run_in_thread(asked: Coroutine[Any, Any, Answer]) -> Answer:
    """Run it in a thread of its own: a browser of another test has an event loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, asked).result()


async def ask(state: ServerState, path: str, query: str = "", *, until: Callable[[bytes], bool] = lambda _: False) -> Answer:
    """What the application answers: status, headers and body; of a stream, what came before the browser went away."""
    sent: list[MutableMapping[str, Any]] = []
    gone, asked = asyncio.Event(), False

    async def receive() -> MutableMapping[str, Any]:
        nonlocal asked
        if asked:
            await gone.wait()
            return {"type": "http.disconnect"}
        asked = True
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)
        if until(b"".join(one.get("body", b"") for one in sent)):
            gone.set()

    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "path": f"/{path}",
        "raw_path": f"/{path}".encode(),
        "query_string": query.encode(),
        "headers": [(b"host", b"localhost")],
    }
    await asyncio.wait_for(create_app(state, ["localhost"])(scope, receive, send), 10)
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers, b"".join(one.get("body", b"") for one in sent[1:])


async def pending_file(state: ServerState) -> PendingFile:
    """The file that is waited for, as soon as somebody asks for one."""
    found = await asyncio.to_thread(state.pending.get, timeout=10)
    assert isinstance(found, PendingFile)
    return found


@pytest.mark.parametrize("path", [PAGE, DATA])
def test_content_that_is_outdated_by_the_time_it_goes_out_has_its_own_version(path: str) -> None:
    state = ServerState(Path(), site=site(OLD))

    async def answer_while_an_edit_is_shown() -> Answer:
        asking = asyncio.create_task(ask(state, path))
        pending = await pending_file(state)
        pending.content.set_result((state.site.version(path) or "", b"<head></head>old"))
        state.post(site(NEW), ())
        return await asking

    status, headers, body = run_in_thread(answer_while_an_edit_is_shown())
    assert (status, headers["etag"]) == (200, f'"{site(OLD).version(path)}"')
    assert re.findall(rb'data-version="(.*?)"', body) == ([headers["etag"].strip('"').encode()] if path == PAGE else [])


def test_content_of_an_earlier_state_is_not_kept_by_browsers() -> None:
    state = ServerState(Path(), site=site(NEW))

    async def answer_with_what_was_made_before() -> Answer:
        asking = asyncio.create_task(ask(state, PAGE))
        (await pending_file(state)).content.set_result(("", b"<head></head>old"))
        return await asking

    status, headers, body = run_in_thread(answer_with_what_was_made_before())
    assert (status, "etag" in headers) == (200, False)
    assert b'data-version=""' in body


@pytest.mark.parametrize("failure", [None, Failure("broken-down")])
def test_a_page_that_cannot_be_made_is_not_loaded_again_and_again(failure: Failure | None) -> None:
    state = ServerState(Path(), site=site(NEW), failure=failure)
    query = f"page={PAGE}&version="
    _, _, told = run_in_thread(ask(state, ".factloom/events", query, until=lambda body: b":\n\n" in body))
    assert (b"event: reload" in told) is (failure is None)


def test_the_script_is_known_by_its_content() -> None:
    _, headers, body = run_in_thread(ask(ServerState(Path(), site=site(None)), ".factloom/reload.js"))
    assert headers["etag"] == f'"{content_hash(body)}"'


def test_a_state_without_its_makers_has_only_what_was_made() -> None:
    before = SiteState(files={"old": OLD, "new": NEW}, outputs={"other": NEW}, assets="assets", complete=True)
    after = before.only_made({"old": (NEW.fingerprint, b"new"), "new": (NEW.fingerprint, b"new")})
    assert {path: after.version(path) for path in ("old", "new", "other")} == {
        "old": None,
        "new": NEW.fingerprint,
        "other": None,
    }
