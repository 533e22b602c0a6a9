"""The story of a build: check, render and draw, run the engine, finish, and swap the whole site in."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path

from ..checks.project_check import SettledProject, check_settled, settle_project
from ..diagnostics.finding import Diagnostic, DiagnosticError, Span
from ..engines import browser
from ..engines.processes import EnginePool, LanguageConfig, Outcome
from ..exports import print_edition
from ..model import addresses
from ..model.dependencies import KINDS, Fingerprints
from ..model.report import Edition
from ..reading.translations import FILE as CONFIRMED
from ..reading.translations import StalePassage
from ..settling.incremental import last_change, load_settled_state, save_settled_state, settled_state
from ..store import inputs
from ..store.cache import Cache
from ..store.hashing import fingerprint
from ..store.inputs import hash_subset
from ..store.parse_cache import ParseCache
from ..wording.texts import Texts
from . import image_jobs, outputs, publish
from .artifacts import ArtifactStore, BuildContext, Executor, ProcessExecutor, TaskInputs, map_batches
from .background import BackgroundTask
from .engine_cache import CorruptCacheError, EngineCache
from .manifest import SiteContents, links_of, look_over, products
from .plan import BuildOptions, InputSnapshot, Progress, build_fingerprint, closing_line, take_snapshot
from .publish import SiteFile
from .site import EngineSource, Rendered, begin_drawing, render_in_turn, tell_all

CACHE = "build/cache"
_SHARED = "data"
_WITH_FACTS = ("facts", "checks")  # the kinds that facts have a part in


class BuildError(Exception):
    """The report cannot be published; the findings say why."""

    def __init__(self, found: Sequence[Diagnostic]) -> None:
        """Carry the findings."""
        super().__init__("; ".join(one.sentence() for one in found))
        self.found = tuple(found)


@contextmanager
def open_executor(options: BuildOptions) -> Iterator[Executor]:
    """Whose hands do the work: processes of this machine, or the cluster that the order names."""
    if not options.dask:
        pool = ProcessExecutor(options.at_once)
        try:
            yield pool
        finally:
            pool.leave()
        return
    try:
        from .dask_executor import ClusterError, DaskExecutor  # noqa: PLC0415  an extra, and heavy
    except ImportError:
        raise BuildError([_missing("dask", "factloom[dask]")]) from None
    try:
        with DaskExecutor(options.dask) as executor:
            yield executor
    except ClusterError as error:
        args = {"address": options.dask, "why": str(error)}
        raise BuildError([Diagnostic(rule="cluster-failed", span=Span("mkdocs.yml"), args=args)]) from error


def build_site(
    options: BuildOptions,
    seen: InputSnapshot | None = None,
    *,
    progress: Progress,
    executor: Executor | None = None,
    engine_pool: EnginePool | None = None,
    kept: list[object] | None = None,
) -> str:
    """Build and publish the site; the last line for the reader. BuildError leaves the published site as it was.

    `seen` is what somebody has just looked at already, `presses` an engine that somebody has already started. Into `kept` goes
    what was needed for it, for a caller that ends right after: taking all of it apart would take longer than an edit.
    """
    began = time.monotonic()
    if not (options.render_only or options.engine.installed):
        raise BuildError([_missing(options.engine.name, options.engine.package)])
    begun = nullcontext(engine_pool) if engine_pool else EnginePool(options.root, options.engine)
    with begun as engine, nullcontext(executor) if executor else open_executor(options) as own:
        if options.early:
            engine.start(1)
        try:
            builder = Builder(options, seen or take_snapshot(options), engine, progress, own)
            if kept is not None:
                kept += [builder, builder.used]
            said = builder.build()
        except CorruptCacheError:
            shutil.rmtree(options.root / CACHE, ignore_errors=True)
            progress("damaged   what an earlier build kept; everything is made anew")
            engine.forget()
            said = Builder(options, take_snapshot(options), engine, progress, own).build()
    if not options.render_only:
        progress(f"published {options.root / 'site'} in {time.monotonic() - began:.1f} s")
    return said


def _missing(name: str, package: str) -> Diagnostic:
    """That something is not installed, and what brings it."""
    return Diagnostic(rule="missing-extra", span=Span("mkdocs.yml"), args={"name": name, "package": package})


_Verdict = tuple[tuple[Diagnostic, ...], tuple[StalePassage, ...]]  # every finding; and what is older than its twin


def _judged(told: SettledProject) -> _Verdict:
    """Check a project, and keep what was read of it."""
    checked = check_settled(told)
    told.parse_cache.save()
    return checked.findings, checked.stale


def errors(found: Sequence[Diagnostic]) -> bool:
    """Whether something keeps the report from being published."""
    return any(one.severity == "error" for one in found)


class Builder:
    """One build, step by step."""

    def __init__(
        self, options: BuildOptions, seen: InputSnapshot, engine_pool: EnginePool, progress: Progress, executor: Executor
    ) -> None:
        self.options, self.root, self.engine_pool = options, options.root, engine_pool
        self.progress, self.executor = progress, executor
        self.files, self.trees = seen.files, seen.trees
        self.chromium = _chromium() if options.pdf else None
        self._heeded = False
        self.used: list[object] = []

    def build(self) -> str:
        """Everything from the project's files to the published site."""
        engine_cache = EngineCache(
            self.root, inputs.code_fingerprint(), self.engine_pool, self.files, jobs=self.options.at_once
        )
        if not self.options.render_only and self.options.at_once > 1:
            engine_cache.prepare()
        parse_cache, standing = (
            ParseCache(self.root / CACHE / "read", inputs.code_fingerprint()),
            load_settled_state(self.root / CACHE, inputs.code_fingerprint()),
        )
        told = settle_project(self.root, judged_on=self.options.as_of, parse_cache=parse_cache, before=(standing, self.files))
        verdict = self.executor.submit(partial(_judged, told))
        edition = told.settled.edition
        stale: tuple[StalePassage, ...] = ()
        self.used += [told, verdict]
        confirms = CONFIRMED in self.files  # pages show what is older than its twin
        if edition is None or errors(told.findings) or confirms or self.options.render_only or not verdict.begun:
            edition, stale = self._heed(verdict, edition)
        shop = open_context(
            self.root, edition, stale, self.files, ArtifactStore(self.root / CACHE, inputs.code_fingerprint()), self.executor
        )
        kept = FingerprintCache(shop, self.files)
        kept.recall()
        try:
            rendered = self._render(shop, engine_cache)
            if self.options.render_only:
                shop.store.save()
                return f"rendered to {self.root / 'build/docs'}; `mkdocs serve` shows it"
            made = outputs.making(shop, rendered, pdf=self.options.pdf)
            extra = {**outputs.collect(made), **self._paint(shop, rendered)}
            extra.update(self._print(edition, extra))
            self._set(engine_cache)
            staged = self._stage(SiteContents(made=made, engine_cache=engine_cache, files=self.files), extra)
        except Exception:
            self._heed(verdict, edition)  # what is wrong with the data explains what went wrong with the pages
            raise
        self._heed(verdict, edition)
        publish.publish(self.root, staged, note=build_fingerprint(self.options, self.files))
        kept.save()
        shop.store.save()
        if not told.findings:
            save_settled_state(
                self.root / CACHE, inputs.code_fingerprint(), settled_state(edition, self.files, self.options.as_of), standing
            )
        return closing_line(self.root)

    def _heed(self, verdict: BackgroundTask[_Verdict], edition: Edition | None) -> tuple[Edition, tuple[StalePassage, ...]]:
        """Go on only with what may be published."""
        found, stale = verdict.result()
        if edition is None or errors(found):
            raise BuildError(found)
        if not self._heeded:
            self._heeded = True
            self.progress(
                f"checked   {len(edition.facts)} facts, {len(edition.claims)} claims, {len(edition.checks)} relations,"
                f" {len(edition.sources)} sources"
            )
        return edition, stale

    def _render(self, shop: BuildContext, engine_cache: EngineCache) -> list[Rendered]:
        """Pages, charts and pages of facts; the engine begins as soon as there are pages."""
        edition = shop.materials.edition
        drawing, one_by_one = begin_drawing(shop), self.options.at_once == 1
        assets = {path.removeprefix("docs/"): own for path, own in self.files.items() if path.startswith("docs/")}
        layers: dict[str, EngineSource] = {}
        rendered: list[Rendered] = []
        mistakes: list[DiagnosticError] = []
        for one, wrong in render_in_turn(shop):
            mistakes += wrong
            if one is None or mistakes:
                continue
            rendered.append(one)
            layers[one.language] = EngineSource(shop, one.language)
            layers[one.language].pages(one, assets)
            engine_cache.configure(
                [language_config(edition, one)], site_url=edition.report.site_url, spoken=edition.report.languages
            )
            if not (self.options.render_only or one_by_one):
                engine_cache.begin([one])
        if mistakes:
            raise BuildError([one.diagnostic for one in (*drawing(())[1], *mistakes)])
        if one_by_one and not self.options.render_only:
            engine_cache.begin(rendered)
            self._set(engine_cache)
        rendered, mistakes = drawing(rendered)
        if not mistakes:
            rendered, mistakes = tell_all(shop, rendered)
        if mistakes:
            raise BuildError([one.diagnostic for one in mistakes])
        for one in rendered:
            layers[one.language].rest(one)
            count = layers[one.language].count
            self.progress(f"rendered  {one.language}: {len(one.sheets)} pages, {len(one.drawn)} charts ({count} files changed)")
        return rendered

    def _stage(self, contents: SiteContents, extra: Mapping[str, SiteFile]) -> publish.Staged:
        """Put everything together, and look at it once more."""
        try:
            wanted, look = {**products(contents), **extra}, partial(links_of, contents.edition.report.site_url)
            staged = publish.stage(self.root, self.trees, wanted, partial(map_batches, self.executor), look=look)
        except DiagnosticError as mistake:
            raise BuildError([mistake.diagnostic]) from mistake
        if found := look_over(contents, staged):
            raise BuildError(found)
        return staged

    def _print(self, edition: Edition, extra: Mapping[str, SiteFile]) -> dict[str, SiteFile]:
        """Each language's print edition as a PDF, where that is asked for."""
        found = {}
        for language in edition.report.languages:
            path = f"{addresses.in_language(addresses.PRINT, language.code)}index.html"
            if self.chromium and path in extra:
                own = fingerprint(extra[path].fingerprint, extra[print_edition.STYLE].fingerprint)
                make = partial(_pdf, self.chromium, self.root / publish.NEW / path, edition, language.code)
                found[addresses.pdf(edition.report.site_url, language.code)] = SiteFile(own, make, late=True)
        return found

    def _set(self, engine_cache: EngineCache) -> None:
        outcomes = []
        for one in engine_cache.finish():
            outcomes.append(one.outcome)
            self.progress(f"built     {one.outcome.code}: {one.told} in {one.outcome.seconds:.1f} s")
        if found := failures(outcomes, self.progress):
            raise BuildError(found)

    def _paint(self, shop: BuildContext, rendered: Sequence[Rendered]) -> dict[str, SiteFile]:
        if "pictures" not in shop.materials.edition.report.outputs:
            return {}
        wanted = [picture for one in rendered for picture in image_jobs.pictures_of(shop, one)]
        missing = self.trees.missing({one.path: one.fingerprint for one in wanted})
        kept = Cache(self.root / CACHE / "pictures")
        painted, mistakes = image_jobs.paint([one for one in wanted if one.path in missing], kept, jobs=self.options.at_once)
        if mistakes:
            raise BuildError(mistakes)
        kept.retain(one.fingerprint for one in wanted)
        return {one.path: SiteFile(one.fingerprint, partial(painted.__getitem__, one.path)) for one in wanted}


def _chromium() -> Path:
    try:
        return browser.find_chromium()
    except browser.NoBrowserError as error:
        raise BuildError([Diagnostic(rule="no-browser", span=Span("mkdocs.yml"))]) from error


def _pdf(chromium: Path, page: Path, edition: Edition, code: str) -> bytes:
    """A page as a PDF; laid out twice, because only then are the numbers for its contents known."""
    day, numbered = edition.report.as_of.last, page.with_name("numbered.html")
    try:
        numbers = browser.page_numbers(browser.print_pdf(chromium, page, day=day))
        numbered.write_text(
            print_edition.number_pages(page.read_text(encoding="utf-8"), numbers).replace(print_edition.LAZY, ""),
            encoding="utf-8",
        )
        return browser.print_pdf(chromium, numbered, day=day)
    except browser.PrintError as error:
        found = Diagnostic(rule="pdf-failed", span=Span("mkdocs.yml"), args={"language": code, "why": str(error)})
        raise DiagnosticError(found) from error
    finally:
        numbered.unlink(missing_ok=True)


def failures(outcomes: Sequence[Outcome], progress: Progress) -> list[Diagnostic]:
    """What the engine could not build; all that it said goes to the terminal."""
    found = []
    for one in outcomes:
        if not one.ok:
            progress(one.output)
            why = one.warnings[0] if one.warnings else "the engine stopped"
            found.append(Diagnostic(rule="engine-failed", span=Span("mkdocs.yml"), args={"language": one.code, "why": why}))
    return found


def open_context(  # noqa: PLR0917  each is a thing of its own
    root: Path,
    edition: Edition,
    stale: Sequence[StalePassage],
    files: Mapping[str, str],
    store: ArtifactStore,
    executor: Executor,
) -> BuildContext:
    """Where everything of an edition is made, with the prints of all that it can be made of; `files` are the inputs' hashes."""
    report = edition.report
    others = ("templates/pages/", "templates/overrides/")
    parts = [path for path in files if path.startswith("templates/") and not path.startswith(others)]
    known = {
        **{f"file/{path}": own for path, own in files.items()},
        **{f"language/{one.code}": fingerprint(repr(one)) for one in report.languages},
        "parts": fingerprint(*(text for path in parts for text in (path, files[path]))),
        "report": fingerprint(repr(replace(report, languages=())), *(one.code for one in report.languages)),
        "stale": fingerprint(repr(stale)),
    }
    latest = last_change(edition)
    known["latest"] = fingerprint(str(latest))
    materials = TaskInputs(
        root=root, edition=edition, stale=tuple(stale), templates=hash_subset(files, "templates/"), latest=latest
    )
    return BuildContext(materials=materials, fingerprints=Fingerprints(edition, known), store=store, executor=executor)


class FingerprintCache:
    """The prints of entries from one build to the next, as long as all that their kind is settled from stays the same.

    Of facts that is their own file, where they are stated in it, and all data besides facts; of other kinds the latter.
    """

    def __init__(self, shop: BuildContext, files: Mapping[str, str], before: FingerprintCache | None = None) -> None:
        """`before` is of an earlier build of the same process."""
        self.shop, self.cache, self.before = shop, Cache(shop.store.folder), before
        shared = inputs.hash_subset({path: own for path, own in files.items() if not path.startswith("data/facts/")}, "data/")
        self.contents = {path: own + shared for path, own in files.items() if path.startswith("data/facts/")}
        self.contents[_SHARED] = shared
        self.known: dict[str, tuple[str, dict[str, str]]] = {}

    def recall(self) -> None:
        """Take what is still true from the build before."""
        found = self.before.known if self.before else self.cache.load("prints", self.shop.store.code_fingerprint)
        self.before = None
        if isinstance(found, dict):
            self.known = {path: one for path, one in found.items() if one[0] == self.contents.get(path)}
        for _, prints in self.known.values():
            self.shop.fingerprints.known.update(prints)

    def save(self) -> None:
        """Keep what this build worked out."""
        before = self.known
        self.gather()
        if self.known != before:
            self.cache.save("prints", self.shop.store.code_fingerprint, self.known)

    def gather(self) -> None:
        """Take over what this build worked out."""
        found = {path: (own, dict(prints)) for path, (own, prints) in self.known.items()}
        facts = self.shop.materials.edition.facts
        for name in self.shop.fingerprints.fresh:
            kind, _, key = name.partition("/")
            path = _SHARED
            if kind == "facts" and (fact := facts.get(key)):
                if fact.formula or fact.series:
                    continue  # what follows from other files is worked out anew
                path = fact.span.file
            elif kind in _WITH_FACTS or kind not in KINDS:
                continue
            found.setdefault(path, (self.contents[path], {}))[1][name] = self.shop.fingerprints.known[name]
        self.known = found


def language_config(edition: Edition, rendered: Rendered) -> LanguageConfig:
    """What the engine is told of a language."""
    language = next(one for one in edition.report.languages if one.code == rendered.language)
    texts = Texts(edition, language)
    word = language.word
    titles = {page.name: page.title for page in rendered.pages}
    folders = {name.rpartition("/")[0] for name in titles if "/" in name}
    return LanguageConfig(
        code=language.code,
        name=language.name,
        title=edition.report.title[language.code],
        description=edition.report.description[language.code],
        theme=word("theme.language"),
        search=word("theme.search"),
        pages=titles,
        folders={
            name: titles.get(name) or titles.get(f"{name}/index") or language.words.get(f"topic.{name}", "") for name in folders
        },
        as_of=word("theme.as_of").replace("{0}", texts.word_period(edition.report.as_of)),
        words={
            key.removeprefix("theme."): text
            for key, text in language.words.items()
            if key.startswith("theme.") and key not in ("theme.language", "theme.search", "theme.as_of")
        },
    )
