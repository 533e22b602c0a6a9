"""Pictures are rasterized: by one process or several, kept from one build to the next, and told where a font lacks a glyph."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from generator.build.executors import Executor, ProcessExecutor, SerialExecutor
from generator.build.image_jobs import ImageJob, Rasterization, rasterize_one
from generator.charts.fonts import PictureFonts
from generator.charts.scene import Label, Scene
from generator.diagnostics.finding import Diagnostic, Span
from generator.records.struct import replace
from generator.store.cache import Cache

NO_SUCH = "\U0010fffd"  # the last character of a private plane: no font has it


def _scene(text: str) -> tuple[Scene, float]:
    return Scene(width=60, height=20, shapes=(Label(x=5, y=15, text=text, size=12),)), 0


def _jobs(*texts: str) -> list[ImageJob]:
    return [
        ImageJob(
            path=f"{text}.png",
            fingerprint=f"of {text}",
            scene=partial(_scene, text),
            span=Span("x"),
            fonts=PictureFonts(),
        )
        for text in texts
    ]


def _rasterized(folder: Path, executor: Executor, jobs: list[ImageJob]) -> tuple[dict[str, bytes], list[str]]:
    told: list[Diagnostic] = []
    not_kept = Rasterization(jobs, Cache(folder), jobs=2, submit=executor.submit).finish(told.append)
    images = {job.path: not_kept.get(job.path) or Cache(folder).get(job.fingerprint) or b"" for job in jobs}
    return images, [str(one.args["picture"]) for one in told]


@pytest.mark.parametrize("executor", [ProcessExecutor(2), ProcessExecutor(2, threads=True), SerialExecutor()])
def test_pictures_are_the_same_whoever_rasterizes_them(tmp_path: Path, executor: Executor) -> None:
    texts = ("a", f"b{NO_SUCH}", *"cefghijklmnopq", f"d{NO_SUCH}")  # enough for two processes
    images, told = _rasterized(tmp_path / "several", executor, _jobs(*texts))
    assert told == [f"b{NO_SUCH}.png", f"d{NO_SUCH}.png"]
    assert all(content.startswith(b"\x89PNG") for content in images.values())
    assert {text: images[f"{text}.png"] for text in texts} == {
        text: _rasterized(tmp_path / text, SerialExecutor(), _jobs(text))[0][f"{text}.png"] for text in texts
    }


@pytest.mark.parametrize(("first", "second", "apart"), [(8, 8, True), (9, 8, True), (12, 8, False), (16, 0, False)])
def test_each_process_has_the_fonts_of_one_language_where_that_is_even(
    tmp_path: Path,
    first: int,
    second: int,
    apart: bool,  # noqa: FBT001
) -> None:
    """Every process draws a glyph for itself; with fonts of one kind, or many more pictures in one, shards are mixed."""
    jobs = [
        replace(job, fonts=PictureFonts(ideographic=number < first))
        for number, job in enumerate(_jobs(*(f"p{number}" for number in range(first + second))))
    ]
    rasterization = Rasterization(jobs, Cache(tmp_path), jobs=2, submit=ProcessExecutor(2).submit)
    rasterization.finish(lambda _: None)
    assert sorted(job.path for shard in rasterization.shards for job in shard) == sorted(job.path for job in jobs)
    assert [len({job.fonts for job in shard}) for shard in rasterization.shards] == (
        [1, 1] if apart else [min(2, second + 1)] * 2
    )
    assert abs(len(rasterization.shards[0]) - len(rasterization.shards[1])) <= 1


def test_a_picture_is_kept_unless_a_glyph_is_missing(tmp_path: Path) -> None:
    jobs = _jobs("a", f"b{NO_SUCH}")
    images, _ = _rasterized(tmp_path, SerialExecutor(), jobs)
    assert {job.path: rasterize_one(job, Cache(tmp_path)) for job in jobs} == images
    assert [one.path for one in Rasterization(jobs, Cache(tmp_path), jobs=1).missing] == [f"b{NO_SUCH}.png"]
