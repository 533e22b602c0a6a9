"""PNG images of charts and of the cards that link previews show: painted over processes, kept from one build to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ..charts.fonts import PictureFonts, family_to_install, hash_of_named, picture_fonts
from ..charts.matplotlib_defaults import load_matplotlib
from ..diagnostics.finding import Diagnostic, Span
from ..exports import image_texts
from ..model import addresses
from ..model.report import Chart, Edition
from ..records.struct import Struct, astuple
from ..store.cache import Cache
from ..store.hashing import content_hash, fingerprint
from ..wording.texts import Texts
from .artifacts import BuildContext
from .background import BackgroundTask
from .plan import CACHE
from .publish import SiteFile
from .site import RenderedLanguage
from .site_trees import SiteTrees

if TYPE_CHECKING:
    from ..charts.scene import Scene

OUTPUT = "pictures"  # the name in the report's list of outputs
Painted = tuple[bytes, list[str]]  # a PNG, none where the cache keeps it; and the characters that no font has
_TOLD = 8  # characters that a warning names
_UNEVEN = 1.2  # how much larger than another a share may be
_ENOUGH = 8  # images to be worth a process, which loads for itself what draws them


class ImageJob(Struct, frozen=True, kw_only=True):
    """An image to paint: its path below the site, a fingerprint of all it is made of, its layout and margin, whose it is."""

    path: str
    fingerprint: str
    scene: Callable[[], tuple[Scene, float]]
    span: Span
    fonts: PictureFonts


def start_images(
    root: Path,
    context: BuildContext,
    rendered: Sequence[RenderedLanguage],
    trees: SiteTrees,
    *,
    warn: Callable[[Diagnostic], None],
    jobs: int,
) -> Callable[[], dict[str, SiteFile]]:
    """Begin to paint the PNGs that no site tree has, where the report asks for them; what is returned waits for them all.

    A picture that lacks a text for want of a glyph is a warning, and is made again by every build, until a font is installed.
    """
    if OUTPUT not in context.task_inputs.edition.report.outputs:
        return dict
    wanted = [job for language in rendered for job in image_jobs(context, language)]
    missing = trees.missing({job.path: job.fingerprint for job in wanted})
    cache = image_cache(root)
    painting = Painting([job for job in wanted if job.path in missing], cache, jobs=jobs, submit=context.executor.submit)

    def files() -> dict[str, SiteFile]:
        not_kept = painting.finish(warn)
        cache.retain(job.fingerprint for job in wanted)
        return {job.path: _site_file(job, not_kept, cache) for job in wanted}

    return files


def _site_file(job: ImageJob, not_kept: Mapping[str, bytes], cache: Cache) -> SiteFile:
    """A picture as a file of the site: read when it is written there. One that is not kept is known by its content."""
    if content := not_kept.get(job.path):
        return SiteFile(content_hash(content), lambda: content)
    return SiteFile(job.fingerprint, partial(paint_one, job, cache))


def image_cache(root: Path) -> Cache:
    """Where painted images are kept."""
    return Cache(root / CACHE / "pictures")


def image_jobs(context: BuildContext, rendered: RenderedLanguage) -> Iterator[ImageJob]:
    """Every chart and card of a language."""
    edition, code_fingerprint = context.task_inputs.edition, context.store.code_fingerprint
    texts = Texts(edition, next(one for one in edition.report.languages if one.code == rendered.language))
    fonts = picture_fonts(texts.language)
    drawn_with = fingerprint(code_fingerprint, repr(fonts), hash_of_named(fonts))
    for key, artifact in rendered.charts.items():
        chart = edition.charts[key]
        yield ImageJob(
            path=addresses.in_language(addresses.chart(key, "png"), rendered.language),
            fingerprint=fingerprint(drawn_with, artifact.fingerprint, *image_texts.chart_lines(chart, texts)),
            scene=partial(_chart_scene, chart, edition, texts),
            span=chart.span,
            fonts=fonts,
        )
    for page in rendered.pages:
        card = image_texts.card(page, texts)
        yield ImageJob(
            path=addresses.card(page.name, rendered.language, edition.report.pages),
            fingerprint=fingerprint(drawn_with, *astuple(card)),
            scene=partial(_card_scene, card),
            span=Span(f"templates/pages/{page.name}.{rendered.language}.md.j2"),
            fonts=fonts,
        )


def _chart_scene(chart: Chart, edition: Edition, texts: Texts) -> tuple[Scene, float]:
    from ..exports import images  # noqa: PLC0415  most edits change no picture

    return images.chart_scene(chart, edition, texts), images.MARGIN


def _card_scene(card: image_texts.Card) -> tuple[Scene, float]:
    from ..exports import images  # noqa: PLC0415  as above

    return images.card_scene(card), 0


def paint_one(job: ImageJob, cache: Cache) -> bytes:
    """An image as PNG, as it is kept or painted now."""
    not_kept = Painting([job], cache, jobs=1).finish(lambda _: None)
    return not_kept.get(job.path) or cache.get(job.fingerprint) or _paint((*job.scene(), job.fonts))[0]


class Painting:
    """Images that are painted where the cache has none, by up to as many processes as `jobs` says."""

    def __init__(
        self,
        wanted: Sequence[ImageJob],
        cache: Cache,
        *,
        jobs: int,
        submit: Callable[[Callable[[], list[Painted]]], BackgroundTask[list[Painted]]] | None = None,
    ) -> None:
        self.cache, self.jobs = cache, jobs
        self.missing = [job for job in wanted if cache.get(job.fingerprint) is None]
        count = 0 if jobs == 1 or submit is None else min(jobs, len(self.missing) // _ENOUGH)
        if count:
            _load_painting()  # once for all children
        self.shares = _shares(self.missing, count)
        self.started = [submit(partial(_paint_and_keep, cache, share, 1)) for share in self.shares] if submit else []

    def finish(self, warn: Callable[[Diagnostic], None]) -> dict[str, bytes]:
        """Wait for the images; what no font has a glyph for is told. Those images are not kept but returned, as PNG by path."""
        if not self.missing:
            return {}
        if self.started and all(task.started for task in self.started):
            done = [(share, task.result()) for share, task in zip(self.shares, self.started, strict=True)]
        else:  # this process must not be forked
            done = [(self.missing, _paint_and_keep(self.cache, self.missing, self.jobs))]
        painted = {job.path: one for share, images in done for job, one in zip(share, images, strict=True)}
        not_kept: dict[str, bytes] = {}
        for job in self.missing:
            content, characters = painted[job.path]
            if characters:
                warn(_missing_glyph(job, characters))
                not_kept[job.path] = content
        return not_kept


def _shares(wanted: Sequence[ImageJob], count: int) -> list[Sequence[ImageJob]]:
    """So many shares; where they are even, one for each language's fonts, as every process draws a glyph for itself once."""
    by_fonts: dict[PictureFonts, list[ImageJob]] = {}
    for job in wanted:
        by_fonts.setdefault(job.fonts, []).append(job)
    sizes = [len(share) for share in by_fonts.values()]
    if len(sizes) == count > 1 and max(sizes) <= _UNEVEN * min(sizes):
        return list(by_fonts.values())
    return [wanted[start::count] for start in range(count)]


def _missing_glyph(job: ImageJob, characters: Sequence[str]) -> Diagnostic:
    args = {
        "picture": job.path,
        "characters": ", ".join(f"{one} (U+{ord(one):04X})" for one in characters[:_TOLD]),
        "fonts": ", ".join(dict.fromkeys(map(family_to_install, characters))),
    }
    return Diagnostic(rule="missing-glyph", span=job.span, args=args, severity="warning")


def _paint_and_keep(cache: Cache, wanted: Sequence[ImageJob], jobs: int) -> list[Painted]:
    """Paint images and keep them, in the process that paints: of thousands, no other one has to hold all."""
    scenes = [(*job.scene(), job.fonts) for job in wanted]
    if jobs == 1 or len(scenes) < 2 * _ENOUGH:
        return [_kept(cache, job, _paint(scene)) for job, scene in zip(wanted, scenes, strict=True)]
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415  most builds need none

    with ProcessPoolExecutor(max_workers=min(jobs, len(scenes))) as pool:
        painted = pool.map(_paint, scenes, chunksize=4)
        return [_kept(cache, job, one) for job, one in zip(wanted, painted, strict=True)]


def _kept(cache: Cache, job: ImageJob, painted: Painted) -> Painted:
    content, characters = painted
    if characters:
        return painted
    cache.put(job.fingerprint, content)
    return b"", characters


def _load_painting() -> None:
    load_matplotlib()
    from ..charts import raster  # noqa: F401, PLC0415  matplotlib is loaded only to draw


def _paint(task: tuple[Scene, float, PictureFonts]) -> Painted:
    load_matplotlib()
    from ..charts.raster import missing_glyphs, rasterize  # noqa: PLC0415  matplotlib is loaded only to draw

    scene, margin, fonts = task
    return rasterize(scene, fonts, margin=margin), missing_glyphs(scene, fonts)
