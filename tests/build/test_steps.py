"""Where a build begins again, nothing of its first attempt goes on."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from multiprocessing import active_children
from pathlib import Path

import pytest
from attack import lay_out

from generator.build.background import CAN_FORK
from generator.build.executors import ProcessExecutor
from generator.build.pipeline import open_build
from generator.build.plan import BuildOptions
from generator.build.steps import Build

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="this system cannot fork")


@pytest.mark.parametrize("begin_again", [Build.again, Build.without_caches])
def test_children_end_before_the_build_begins_again(tmp_path: Path, begin_again: Callable[[Build], Build]) -> None:
    options = BuildOptions(root=lay_out(tmp_path, {}, whole=True), jobs=2)
    with open_build(options, None, lambda _: None, ProcessExecutor(2), None) as build:
        build.executor.submit(partial(time.sleep, 600))
        build.lists.verify_in_background()
        assert begin_again(build) is not build
        assert active_children() == []
        assert build.lists.trees.live.fingerprints == {}
