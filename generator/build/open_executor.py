"""Chooses the executor that a build's options ask for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ..diagnostics.finding import Diagnostic, Span
from .errors import BuildError, missing_extra
from .executors import Executor, ProcessExecutor
from .plan import BuildOptions


@contextmanager
def open_executor(options: BuildOptions) -> Iterator[Executor]:
    """Processes of this machine, or the Dask cluster that the options name; BuildError where that cannot be used."""
    if not options.dask:
        executor = ProcessExecutor(options.at_once)
        try:
            yield executor
        finally:
            executor.cancel_all()
        return
    try:
        from .dask_executor import ClusterError, DaskExecutor  # noqa: PLC0415  an extra, and heavy
    except ImportError:
        raise BuildError([missing_extra("dask", "factloom[dask]")]) from None
    try:
        with DaskExecutor(options.dask) as cluster:
            yield cluster
    except ClusterError as error:
        args = {"address": options.dask, "why": str(error)}
        raise BuildError([Diagnostic(rule="cluster-failed", span=Span("mkdocs.yml"), args=args)]) from error
