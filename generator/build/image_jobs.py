"""PNG images of charts and of the cards that link previews show: rasterized by several processes, kept for the next build."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
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
from .folders import CACHE
from .publish import SiteFile
from .site import RenderedLanguage
from .site_trees import SiteTrees

if TYPE_CHECKING:
    from ..charts.scene import Scene

OUTPUT = "pictures"  # the name in the report's list of outputs
RasterizedImage = tuple[bytes, list[str]]  # a PNG, none where the cache keeps it; and the characters that no font has
_TOLD = 8  # characters that a warning names
_UNEVEN = 1.2  # how much larger than another a shard may be
_ENOUGH = 8  # images to be worth a process, which loads for itself what draws them


class ImageJob(Struct, frozen=True, kw_only=True):
    """An image to rasterize: its path below the site, a fingerprint of all it is made of, layout and margin, whose it is."""

    path: str
    fingerprint: str
    scene: Callable[[], tuple[Scene, float]]
    span: Span
    fonts: PictureFonts


def start_images(
    context: BuildContext,
    rendered: Sequence[RenderedLanguage],
    trees: SiteTrees,
    *,
    warn: Callable[[Diagnostic], None],
    jobs: int,
) -> Callable[[], dict[str, SiteFile]]:
    """Begin to rasterize the PNGs that no site tree has, where the report asks for them; what is returned waits for them all.

    A picture that lacks a text for want of a glyph is a warning, and is made again by every build, until a font is installed.
    """
    if OUTPUT not in context.task_inputs.edition.report.outputs:
        return dict
    wanted = [job for language in rendered for job in image_jobs(context, language)]
    missing = trees.missing({job.path: job.fingerprint for job in wanted})
    cache = image_cache(context)
    missing_jobs = [job for job in wanted if job.path in missing]
    rasterization = Rasterization(missing_jobs, cache, jobs=jobs, submit=context.executor.submit)

    def files() -> dict[str, SiteFile]:
        not_kept = rasterization.finish(warn)
        cache.retain(job.fingerprint for job in wanted)
        return {job.path: _site_file(job, not_kept, cache) for job in wanted}

    return files


def _site_file(job: ImageJob, not_kept: Mapping[str, bytes], cache: Cache) -> SiteFile:
    """A picture as a file of the site: read when it is written there. One that is not kept is known by its content."""
    if content := not_kept.get(job.path):
        return SiteFile(content_hash(content), lambda: content)
    return SiteFile(job.fingerprint, partial(rasterize_one, job, cache))


def image_cache(context: BuildContext) -> Cache:
    """Where rasterized images are kept, below the project's folder."""
    return Cache(context.task_inputs.root / CACHE / "pictures")


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


def rasterize_one(job: ImageJob, cache: Cache) -> bytes:
    """An image as PNG, as it is kept or rasterized now."""
    not_kept = Rasterization([job], cache, jobs=1).finish(lambda _: None)
    return not_kept.get(job.path) or cache.get(job.fingerprint) or _rasterize((*job.scene(), job.fonts))[0]


class Rasterization:
    """Images that are rasterized where the cache has none, by up to as many processes as `jobs` says."""

    def __init__(
        self,
        wanted: Sequence[ImageJob],
        cache: Cache,
        *,
        jobs: int,
        submit: Callable[[Callable[[], list[RasterizedImage]]], BackgroundTask[list[RasterizedImage]]] | None = None,
    ) -> None:
        self.cache, self.jobs = cache, jobs
        self.missing = [job for job in wanted if cache.get(job.fingerprint) is None]
        count = 0 if jobs == 1 or submit is None else min(jobs, len(self.missing) // _ENOUGH)
        if count:
            _load_rasterizer()  # once for all children
        self.shards = _shards(self.missing, count)
        self.started = [submit(partial(_rasterize_and_keep, cache, shard, 1)) for shard in self.shards] if submit else []

    def finish(self, warn: Callable[[Diagnostic], None]) -> dict[str, bytes]:
        """Wait for the images; what no font has a glyph for is told. Those images are not kept but returned, as PNG by path."""
        if not self.missing:
            return {}
        if self.started and all(task.started for task in self.started):
            done = [(shard, task.result()) for shard, task in zip(self.shards, self.started, strict=True)]
        else:  # this process must not be forked
            done = [(self.missing, _rasterize_and_keep(self.cache, self.missing, self.jobs))]
        made = {job.path: one for shard, images in done for job, one in zip(shard, images, strict=True)}
        not_kept: dict[str, bytes] = {}
        for job in self.missing:
            content, characters = made[job.path]
            if characters:
                warn(_missing_glyph(job, characters))
                not_kept[job.path] = content
        return not_kept


def _shards(wanted: Sequence[ImageJob], count: int) -> list[Sequence[ImageJob]]:
    """So many shards; where they are even, one for each language's fonts, as every process draws a glyph for itself once."""
    by_fonts: dict[PictureFonts, list[ImageJob]] = {}
    for job in wanted:
        by_fonts.setdefault(job.fonts, []).append(job)
    sizes = [len(shard) for shard in by_fonts.values()]
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


def _rasterize_and_keep(cache: Cache, wanted: Sequence[ImageJob], jobs: int) -> list[RasterizedImage]:
    """Rasterize images and keep them, in the process that does it: of thousands, no other one has to hold all."""
    scenes = [(*job.scene(), job.fonts) for job in wanted]
    if jobs == 1 or len(scenes) < 2 * _ENOUGH:
        return [_kept(cache, job, _rasterize(scene)) for job, scene in zip(wanted, scenes, strict=True)]
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415  most builds need none

    with ProcessPoolExecutor(max_workers=min(jobs, len(scenes))) as pool:
        made = pool.map(_rasterize, scenes, chunksize=4)
        return [_kept(cache, job, one) for job, one in zip(wanted, made, strict=True)]


def _kept(cache: Cache, job: ImageJob, made: RasterizedImage) -> RasterizedImage:
    content, characters = made
    if characters:
        return made
    cache.put(job.fingerprint, content)
    return b"", characters


def _load_rasterizer() -> None:
    load_matplotlib()
    from ..charts import raster  # noqa: F401, PLC0415  matplotlib is loaded only to draw


def _rasterize(task: tuple[Scene, float, PictureFonts]) -> RasterizedImage:
    load_matplotlib()
    from ..charts.raster import missing_glyphs, rasterize  # noqa: PLC0415  matplotlib is loaded only to draw

    scene, margin, fonts = task
    return rasterize(scene, fonts, margin=margin), missing_glyphs(scene, fonts)
