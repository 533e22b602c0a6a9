"""PNG images of charts and of the cards that link previews show: painted over processes, kept from one build to the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import astuple, dataclass
from functools import partial
from pathlib import Path

from ..charts.matplotlib_defaults import load_matplotlib
from ..charts.scene import Scene
from ..diagnostics.finding import Diagnostic, Span
from ..exports import images
from ..model import addresses
from ..store.cache import Cache
from ..store.hashing import fingerprint
from ..wording.texts import Texts
from .artifacts import BuildContext
from .errors import BuildError
from .plan import CACHE
from .publish import SiteFile
from .site import RenderedLanguage
from .site_trees import SiteTrees

OUTPUT = "pictures"  # the name in the report's list of outputs


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageJob:
    """An image to paint: its path below the site, a fingerprint of all it is made of, its layout, and whose image it is."""

    path: str
    fingerprint: str
    scene: partial[Scene]
    margin: float
    span: Span


def image_files(
    root: Path, context: BuildContext, rendered: Sequence[RenderedLanguage], trees: SiteTrees, *, jobs: int
) -> dict[str, SiteFile]:
    """Every PNG of the site by path, where the report asks for them; painted now are those that no site tree has."""
    if OUTPUT not in context.task_inputs.edition.report.outputs:
        return {}
    wanted = [job for language in rendered for job in image_jobs(context, language)]
    missing = trees.missing({job.path: job.fingerprint for job in wanted})
    cache = image_cache(root)
    painted = paint([job for job in wanted if job.path in missing], cache, jobs=jobs)
    cache.retain(job.fingerprint for job in wanted)
    return {job.path: SiteFile(job.fingerprint, partial(painted.__getitem__, job.path)) for job in wanted}


def image_cache(root: Path) -> Cache:
    """Where painted images are kept."""
    return Cache(root / CACHE / "pictures")


def image_jobs(context: BuildContext, rendered: RenderedLanguage) -> Iterator[ImageJob]:
    """Every chart and card of a language."""
    edition, code_fingerprint = context.task_inputs.edition, context.store.code_fingerprint
    texts = Texts(edition, next(one for one in edition.report.languages if one.code == rendered.language))
    for key, artifact in rendered.charts.items():
        chart = edition.charts[key]
        yield ImageJob(
            path=addresses.in_language(addresses.chart(key, "png"), rendered.language),
            fingerprint=fingerprint(code_fingerprint, artifact.fingerprint, *images.chart_lines(chart, texts)),
            scene=partial(images.chart_scene, chart, edition, texts),
            margin=images.MARGIN,
            span=chart.span,
        )
    for page in rendered.pages:
        card = images.card(page, texts)
        yield ImageJob(
            path=addresses.card(page.name, rendered.language, edition.report.pages),
            fingerprint=fingerprint(code_fingerprint, *astuple(card)),
            scene=partial(images.card_scene, card),
            margin=0,
            span=Span(f"templates/pages/{page.name}.{rendered.language}.md.j2"),
        )


def paint(wanted: Sequence[ImageJob], cache: Cache, *, jobs: int) -> dict[str, bytes]:
    """The images as PNG by path, painted where the cache has none; BuildError where a font lacks a glyph."""
    painted = {job.path: content for job in wanted if (content := cache.get(job.fingerprint)) is not None}
    missing = [job for job in wanted if job.path not in painted]
    findings = []
    for job, result in zip(missing, _paint_all(missing, jobs), strict=True):
        if isinstance(result, str):
            findings.append(Diagnostic(rule="missing-glyph", span=job.span, args={"picture": job.path, "why": result}))
        else:
            cache.put(job.fingerprint, result)
            painted[job.path] = result
    if findings:
        raise BuildError(findings)
    return painted


def _paint_all(wanted: Sequence[ImageJob], jobs: int) -> list[bytes | str]:
    """Each image's bytes, or why there are none."""
    scenes = [(job.scene(), job.margin) for job in wanted]
    if jobs == 1 or len(scenes) <= 1:
        return [_paint(scene) for scene in scenes]
    with ProcessPoolExecutor(max_workers=min(jobs, len(scenes))) as pool:
        return list(pool.map(_paint, scenes, chunksize=4))


def _paint(task: tuple[Scene, float]) -> bytes | str:
    load_matplotlib()
    from ..charts.raster import MissingGlyphError, rasterize  # noqa: PLC0415  matplotlib is loaded only to draw

    try:
        return rasterize(task[0], margin=task[1])
    except MissingGlyphError as error:
        return str(error)
