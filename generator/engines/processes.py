"""Processes that run an engine: one per language in parallel, or one for all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Self

from ..markup.escaping import restore
from ..reading.site_settings import PLAIN
from ..records.struct import Struct, field
from ..store.project_lock import descriptors
from .configuration import configuration_path
from .protocol import PREPARED
from .registry import DEFAULT, ENGINES, Engine


class EngineRequest(Struct, frozen=True, kw_only=True):
    """What is to be built of one language: everything, or some Markdown files; `static`: the theme's own files too."""

    code: str
    pages: tuple[str, ...] | None = None
    static: bool = False
    shard: int = 0  # which of the processes that share the language
    site_fingerprint: str = ""  # of the configuration and of which files there are; these are read again where it changed


class EngineResult(Struct, frozen=True, kw_only=True):
    """What the engine made of a request: whether without a warning, and all that it printed."""

    code: str
    ok: bool
    warnings: tuple[str, ...]
    output: str
    seconds: float
    search: Mapping[str, Any] = field(default_factory=dict)  # the built pages' entries for search, and its setup


# Runs a module of this package; the folder that holds it comes last, because other files there are none of Python's modules.
_START = "import runpy, sys; sys.path.append(sys.argv.pop(1)); runpy.run_module(sys.argv.pop(1), run_name='__main__')"


def _absolute(python_path: str) -> Iterator[str]:
    """The folders of a search path. One that is relative is taken from where this process works, never from the project."""
    return (os.path.abspath(folder) for folder in python_path.split(os.pathsep) if folder)  # noqa: PTH100  need not be there


class EnginePool:
    """The engine's processes: started before there is anything to build, and asked again as long as they live."""

    def __init__(self, root: Path, engine: Engine = ENGINES[DEFAULT]) -> None:
        self.root, self.engine = root, engine
        self._idle: list[subprocess.Popen[str]] = []
        self._submitted: list[tuple[EngineRequest, subprocess.Popen[str]]] = []
        self._assigned: dict[tuple[str, int], subprocess.Popen[str]] = {}  # language and shard -> who read its configuration

    def start(self, count: int) -> None:
        """Have this many processes load the engine."""
        while len(self._idle) + len(set(self._assigned.values())) < count:
            self._idle.append(self._start_process())

    def submit(self, requests: Sequence[EngineRequest], *, parallel: bool = True) -> None:
        """Begin to build what is requested, each language in its own process or all in one; `results` waits for them."""
        for request in requests:
            process = self._process(request, shared=not parallel)
            self._submitted.append((request, process))
            self._send(process, self._message(request))

    def _message(self, request: EngineRequest) -> dict[str, object]:
        return {
            "configuration": str(configuration_path(self.root, request.code)),
            "pages": request.pages,
            "static": request.static,
            "fingerprint": request.site_fingerprint,
        }

    def _send(self, process: subprocess.Popen[str], message: Mapping[str, object]) -> None:
        with suppress(OSError):  # it ended: reading its answer will tell
            _stream(process.stdin).write(json.dumps(message) + "\n")
            _stream(process.stdin).flush()

    def prepare(self, requests: Sequence[EngineRequest]) -> None:
        """Have one idle process read the configurations of some languages; nothing is built."""
        self.start(1)
        for request in requests:
            self._send(self._idle[0], {**self._message(request), "prepare": True})

    def warm_up(self) -> None:
        """Have one idle process load what the pages of most reports need, where nothing is known of this one yet."""
        self.start(1)
        self._send(self._idle[0], {"configuration": str(self.root / PLAIN), "warm_up": True})

    def results(self) -> Iterator[EngineResult]:
        """The result of each request, in the order they were submitted."""
        submitted, self._submitted = self._submitted, []
        for request, process in submitted:
            yield self._result(request, process)

    def reset(self) -> None:
        """End all processes: their configuration, or something they read with it, has changed. New ones start when needed."""
        self._submitted.clear()
        for process in {*self._idle, *self._assigned.values()}:
            _end(process)
        self._idle.clear()
        self._assigned.clear()

    def kill(self) -> None:
        """End the processes at once, whatever they are doing."""
        for process in {*self._idle, *self._assigned.values()}:
            process.kill()

    def __enter__(self) -> Self:
        """No process yet."""
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        """No process any more; after an exception, whatever they are doing."""
        if kind is not None:
            self.kill()
        self.reset()

    def _process(self, request: EngineRequest, *, shared: bool) -> subprocess.Popen[str]:
        key = (request.code, request.shard)
        if key not in self._assigned:
            if shared and self._assigned:
                self._assigned[key] = next(iter(self._assigned.values()))
            else:
                self._assigned[key] = self._idle.pop(0) if self._idle else self._start_process()
        return self._assigned[key]

    def _start_process(self) -> subprocess.Popen[str]:
        python_path = os.pathsep.join(_absolute(os.environ.get("PYTHONPATH", "")))
        return subprocess.Popen(  # noqa: S603  one of our own modules
            [sys.executable, "-P", "-c", _START, str(Path(__file__).parents[2]), self.engine.process],
            cwd=self.root,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1", "PYTHONPATH": python_path},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            pass_fds=descriptors(),  # as long as it lives, nobody else builds this project
            start_new_session=True,  # an interrupt in the terminal is for this process, which ends the others
        )

    def _result(self, request: EngineRequest, process: subprocess.Popen[str]) -> EngineResult:
        line = PREPARED
        while line == PREPARED:  # closed: it ended before it answered an earlier request
            line = "" if _stream(process.stdout).closed else _stream(process.stdout).readline()
        if not line:
            _end(process)
            self._assigned = {key: one for key, one in self._assigned.items() if one is not process}
            return EngineResult(code=request.code, ok=False, warnings=("the engine's process ended",), output="", seconds=0)
        answer = json.loads(line)
        return EngineResult(
            code=request.code,
            ok=answer["ok"],
            warnings=tuple(answer["warnings"]),
            output=answer["output"],
            seconds=answer["seconds"],
            search=_restored(answer.get("search", {})),
        )


def _end(process: subprocess.Popen[str]) -> None:
    """Kill a process: it has answered, and shutting down in order would only take time."""
    process.kill()
    process.wait()
    with suppress(OSError):  # it may have ended before it read everything
        _stream(process.stdin).close()
    _stream(process.stdout).close()


def _stream(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None  # noqa: S101  every process is started with pipes
    return pipe


def _restored(search: Mapping[str, Any]) -> Mapping[str, Any]:
    """What an engine said of pages to search, with its texts as HTML."""
    pages = {
        url: [{key: restore(text) if isinstance(text, str) else text for key, text in entry.items()} for entry in entries]
        for url, entries in search.get("pages", {}).items()
    }
    return {**search, "pages": pages} if pages else search
