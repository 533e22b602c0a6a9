"""Every picture in dots that a site needs, painted over a pool of processes and kept from one build to the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import astuple, dataclass
from functools import partial

from ..charts.scene import Scene
from ..diagnostics.finding import Diagnostic, Span
from ..exports import images
from ..model import addresses
from ..store.cache import Cache
from ..store.hashing import fingerprint
from ..wording.texts import Texts
from .artifacts import BuildContext
from .site import Rendered


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture to paint: where it will stand, the print of all it is made of, how it is laid out, and whose it is."""

    path: str
    fingerprint: str
    scene: partial[Scene]
    margin: float
    span: Span


def pictures_of(shop: BuildContext, rendered: Rendered) -> Iterator[Picture]:
    """Every chart and card of a language as a picture in dots."""
    edition, code_fingerprint = shop.materials.edition, shop.store.code_fingerprint
    texts = Texts(edition, next(one for one in edition.report.languages if one.code == rendered.language))
    for key, made in rendered.drawn.items():
        chart = edition.charts[key]
        yield Picture(
            path=addresses.in_language(addresses.chart(key, "png"), rendered.language),
            fingerprint=fingerprint(code_fingerprint, made.fingerprint, *images.chart_lines(chart, texts)),
            scene=partial(images.chart_scene, chart, edition, texts),
            margin=images.MARGIN,
            span=chart.span,
        )
    for page in rendered.pages:
        told = images.card(page, texts)
        yield Picture(
            path=addresses.card(page.name, rendered.language, edition.report.pages),
            fingerprint=fingerprint(code_fingerprint, *astuple(told)),
            scene=partial(images.card_scene, told),
            margin=0,
            span=Span(f"templates/pages/{page.name}.{rendered.language}.md.j2"),
        )


def paint(wanted: Sequence[Picture], kept: Cache, *, jobs: int) -> tuple[dict[str, bytes], list[Diagnostic]]:
    """The pictures as PNG by path, painted where they are not kept; and a finding for each that cannot be."""
    found = {one.path: content for one in wanted if (content := kept.get(one.fingerprint)) is not None}
    missing = [one for one in wanted if one.path not in found]
    mistakes = []
    for picture, painted in zip(missing, _paint_all(missing, jobs), strict=True):
        if isinstance(painted, str):
            mistakes.append(Diagnostic(rule="missing-glyph", span=picture.span, args={"picture": picture.path, "why": painted}))
        else:
            kept.put(picture.fingerprint, painted)
            found[picture.path] = painted
    return found, mistakes


def _paint_all(wanted: Sequence[Picture], jobs: int) -> list[bytes | str]:
    """Each picture's bytes, or why there are none."""
    tasks = [(one.scene(), one.margin) for one in wanted]
    if jobs == 1 or len(tasks) <= 1:
        return [_paint(task) for task in tasks]
    with ProcessPoolExecutor(max_workers=min(jobs, len(tasks))) as pool:
        return list(pool.map(_paint, tasks, chunksize=4))


def _paint(task: tuple[Scene, float]) -> bytes | str:
    from ..charts.raster import MissingGlyphError, rasterize  # noqa: PLC0415  matplotlib is loaded only to draw

    try:
        return rasterize(task[0], margin=task[1])
    except MissingGlyphError as error:
        return str(error)
