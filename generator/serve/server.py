"""Serves a report while it is edited: a thread watches its files, one answers browsers, and the main thread makes the site."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import closing, contextmanager
from threading import Event, Thread
from types import FrameType

from ..build.plan import BuildOptions, Progress
from ..diagnostics.finding import tool_message
from ..engines.processes import EnginePool
from ..records.struct import Struct
from ..store.project_lock import ProjectLock
from .build_loop import BuildLoop
from .editor import Editor
from .editor_access import PARAMETER, Access, is_loopback
from .editor_session import EditorSession
from .http_handlers import create_app
from .state import ServerState
from .uvicorn_thread import CannotListenError, HttpServer, address_of, allowed_hosts, open_socket
from .watch import watch_inputs

__all__ = ["CannotListenError", "ServeOptions", "serve"]
_REQUEST_SECONDS = 20


class ServeOptions(Struct, frozen=True, kw_only=True):
    """Where to listen (port 0: any that is free), the terminal's language, and that of pages (empty: each reader's own).

    `allowed_hosts` are names besides this machine's own that browsers may reach it by.
    """

    host: str
    port: int
    language: str
    page_language: str = ""
    allowed_hosts: tuple[str, ...] = ()


def serve(options: BuildOptions, serve_options: ServeOptions, *, progress: Progress) -> None:
    """Serve a report until the process is interrupted; CannotListenError where the address cannot be had."""
    state = ServerState(options.root, serve_options.page_language)
    hosts = allowed_hosts(serve_options.host, serve_options.allowed_hosts)
    with (
        closing(open_socket(serve_options.host, serve_options.port)) as listening,
        closing(ProjectLock(options.root)) as lock,
        _interrupted_by_termination(state),
        EnginePool(options.root) as engine_pool,
    ):
        engine_pool.start(1)  # loads the engine while the project is read
        loop = BuildLoop(options, engine_pool, state, lock, language=serve_options.language, progress=progress)
        editor = _editor(state, listening.getsockname()[0])
        app, stop = create_app(state, hosts, editor), Event()
        server = HttpServer(app, listening, request_seconds=_REQUEST_SECONDS)
        try:
            loop.update()  # before there are threads: it may fork
            Thread(target=watch_inputs, args=(options.root, state.inputs_changed, stop), daemon=True).start()
            server.start()
            progress(tool_message("serving", serve_options.language, address=address_of(listening) + state.base))
            if editor is not None:
                address = f"{address_of(listening)}{editor.home}?{PARAMETER}={editor.access.token}"
                progress(tool_message("editor-address", serve_options.language, address=address))
            loop.run()
        except KeyboardInterrupt:
            engine_pool.kill()
        finally:
            stop.set()
            state.close()
            server.stop()


def _editor(state: ServerState, host: str) -> Editor | None:
    """The editor, where only this machine can reach the address that is listened at."""
    return Editor(state, Access(), EditorSession(state.root)) if is_loopback(host) else None


@contextmanager
def _interrupted_by_termination(state: ServerState) -> Iterator[None]:
    """Let a request to end (SIGTERM) be the same as an interrupt from the keyboard.

    What is raised while an object is being destroyed is lost, so `state` remembers it for the loop.
    """

    def interrupt(_signal: int, _frame: FrameType | None) -> None:
        state.interrupted = True
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
