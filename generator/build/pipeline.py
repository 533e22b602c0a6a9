"""The story of a build: check, render and draw, run the engine, finish, and swap the whole site in."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path

from ..checks.project_check import Told, judge, settle_project
from ..diagnostics.finding import Diagnostic, Mistake, Span
from ..engines import browser
from ..engines.processes import Outcome, Presses, Tongue
from ..exports import print_edition
from ..model import addresses
from ..model.report import Edition
from ..reading.translations import FILE as CONFIRMED
from ..reading.translations import Stale
from ..settling.incremental import keep, last_change, recall, standing_of
from ..store import inputs
from ..store.cache import Cache
from ..store.fingerprints import KINDS, Prints, print_of
from ..store.inputs import part
from ..store.parse_cache import Memory
from ..wording.texts import Texts
from . import image_jobs, outputs, publish
from .artifacts import Hands, Materials, Pool, Store, Workshop, share_out
from .background import Beside
from .engine_cache import DamagedError, Setter
from .manifest import Assembly, links_of, look_over, products
from .plan import Order, Progress, Survey, closing_line, survey, whole_print
from .publish import Product
from .site import Layer, Rendered, begin_drawing, render_in_turn, tell_all

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
def hands_for(order: Order) -> Iterator[Hands]:
    """Whose hands do the work: processes of this machine, or the cluster that the order names."""
    if not order.dask:
        pool = Pool(order.at_once)
        try:
            yield pool
        finally:
            pool.leave()
        return
    try:
        from .dask_executor import ClusterError, ClusterHands  # noqa: PLC0415  an extra, and heavy
    except ImportError:
        raise BuildError([_missing("dask", "factloom[dask]")]) from None
    try:
        with ClusterHands(order.dask) as hands:
            yield hands
    except ClusterError as error:
        args = {"address": order.dask, "why": str(error)}
        raise BuildError([Diagnostic(rule="cluster-failed", span=Span("mkdocs.yml"), args=args)]) from error


def build_site(
    order: Order,
    seen: Survey | None = None,
    *,
    progress: Progress,
    hands: Hands | None = None,
    presses: Presses | None = None,
    kept: list[object] | None = None,
) -> str:
    """Build and publish the site; the last line for the reader. BuildError leaves the published site as it was.

    `seen` is what somebody has just looked at already, `presses` an engine that somebody has already started. Into `kept` goes
    what was needed for it, for a caller that ends right after: taking all of it apart would take longer than an edit.
    """
    began = time.monotonic()
    if not (order.render_only or order.engine.installed):
        raise BuildError([_missing(order.engine.name, order.engine.package)])
    begun = nullcontext(presses) if presses else Presses(order.root, order.engine)
    with begun as engine, nullcontext(hands) if hands else hands_for(order) as own:
        if order.early:
            engine.start(1)
        try:
            builder = Builder(order, seen or survey(order), engine, progress, own)
            if kept is not None:
                kept += [builder, builder.used]
            said = builder.build()
        except DamagedError:
            shutil.rmtree(order.root / CACHE, ignore_errors=True)
            progress("damaged   what an earlier build kept; everything is made anew")
            engine.forget()
            said = Builder(order, survey(order), engine, progress, own).build()
    if not order.render_only:
        progress(f"published {order.root / 'site'} in {time.monotonic() - began:.1f} s")
    return said


def _missing(name: str, package: str) -> Diagnostic:
    """That something is not installed, and what brings it."""
    return Diagnostic(rule="missing-extra", span=Span("mkdocs.yml"), args={"name": name, "package": package})


_Verdict = tuple[tuple[Diagnostic, ...], tuple[Stale, ...]]  # every finding; and what is older than its twin


def _judged(told: Told) -> _Verdict:
    """Check a project, and keep what was read of it."""
    checked = judge(told)
    told.memory.save()
    return checked.found, checked.stale


def errors(found: Sequence[Diagnostic]) -> bool:
    """Whether something keeps the report from being published."""
    return any(one.severity == "error" for one in found)


class Builder:
    """One build, step by step."""

    def __init__(self, order: Order, seen: Survey, presses: Presses, progress: Progress, hands: Hands) -> None:
        self.order, self.root, self.presses = order, order.root, presses
        self.progress, self.hands = progress, hands
        self.files, self.trees = seen.files, seen.trees
        self.chromium = _chromium() if order.pdf else None
        self._heeded = False
        self.used: list[object] = []

    def build(self) -> str:
        """Everything from the project's files to the published site."""
        setter = Setter(self.root, inputs.ground(), self.presses, self.files, jobs=self.order.at_once)
        if not self.order.render_only and self.order.at_once > 1:
            setter.prepare()
        memory, standing = Memory(self.root / CACHE / "read", inputs.ground()), recall(self.root / CACHE, inputs.ground())
        told = settle_project(self.root, judged_on=self.order.as_of, memory=memory, before=(standing, self.files))
        verdict = self.hands.beside(partial(_judged, told))
        edition = told.settled.edition
        stale: tuple[Stale, ...] = ()
        self.used += [told, verdict]
        confirms = CONFIRMED in self.files  # pages show what is older than its twin
        if edition is None or errors(told.found) or confirms or self.order.render_only or not verdict.begun:
            edition, stale = self._heed(verdict, edition)
        shop = open_workshop(self.root, edition, stale, self.files, Store(self.root / CACHE, inputs.ground()), self.hands)
        kept = KeptPrints(shop, self.files)
        kept.recall()
        try:
            rendered = self._render(shop, setter)
            if self.order.render_only:
                shop.store.save()
                return f"rendered to {self.root / 'build/docs'}; `mkdocs serve` shows it"
            made = outputs.making(shop, rendered, pdf=self.order.pdf)
            extra = {**outputs.collect(made), **self._paint(shop, rendered)}
            extra.update(self._print(edition, extra))
            self._set(setter)
            staged = self._stage(Assembly(made=made, setter=setter, files=self.files), extra)
        except Exception:
            self._heed(verdict, edition)  # what is wrong with the data explains what went wrong with the pages
            raise
        self._heed(verdict, edition)
        publish.publish(self.root, staged, note=whole_print(self.order, self.files))
        kept.save()
        shop.store.save()
        if not told.found:
            keep(self.root / CACHE, inputs.ground(), standing_of(edition, self.files, self.order.as_of), standing)
        return closing_line(self.root)

    def _heed(self, verdict: Beside[_Verdict], edition: Edition | None) -> tuple[Edition, tuple[Stale, ...]]:
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

    def _render(self, shop: Workshop, setter: Setter) -> list[Rendered]:
        """Pages, charts and pages of facts; the engine begins as soon as there are pages."""
        edition = shop.materials.edition
        drawing, one_by_one = begin_drawing(shop), self.order.at_once == 1
        assets = {path.removeprefix("docs/"): own for path, own in self.files.items() if path.startswith("docs/")}
        layers: dict[str, Layer] = {}
        rendered: list[Rendered] = []
        mistakes: list[Mistake] = []
        for one, wrong in render_in_turn(shop):
            mistakes += wrong
            if one is None or mistakes:
                continue
            rendered.append(one)
            layers[one.language] = Layer(shop, one.language)
            layers[one.language].pages(one, assets)
            setter.configure([tongue(edition, one)], site_url=edition.report.site_url, spoken=edition.report.languages)
            if not (self.order.render_only or one_by_one):
                setter.begin([one])
        if mistakes:
            raise BuildError([one.diagnostic for one in (*drawing(())[1], *mistakes)])
        if one_by_one and not self.order.render_only:
            setter.begin(rendered)
            self._set(setter)
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

    def _stage(self, assembly: Assembly, extra: Mapping[str, Product]) -> publish.Staged:
        """Put everything together, and look at it once more."""
        try:
            wanted, look = {**products(assembly), **extra}, partial(links_of, assembly.edition.report.site_url)
            staged = publish.stage(self.root, self.trees, wanted, partial(share_out, self.hands), look=look)
        except Mistake as mistake:
            raise BuildError([mistake.diagnostic]) from mistake
        if found := look_over(assembly, staged):
            raise BuildError(found)
        return staged

    def _print(self, edition: Edition, extra: Mapping[str, Product]) -> dict[str, Product]:
        """Each language's print edition as a PDF, where that is asked for."""
        found = {}
        for language in edition.report.languages:
            path = f"{addresses.below(addresses.PRINT, language.code)}index.html"
            if self.chromium and path in extra:
                own = print_of(extra[path].print, extra[print_edition.STYLE].print)
                make = partial(_pdf, self.chromium, self.root / publish.NEW / path, edition, language.code)
                found[addresses.pdf(edition.report.site_url, language.code)] = Product(own, make, late=True)
        return found

    def _set(self, setter: Setter) -> None:
        outcomes = []
        for one in setter.finish():
            outcomes.append(one.outcome)
            self.progress(f"built     {one.outcome.code}: {one.told} in {one.outcome.seconds:.1f} s")
        if found := failures(outcomes, self.progress):
            raise BuildError(found)

    def _paint(self, shop: Workshop, rendered: Sequence[Rendered]) -> dict[str, Product]:
        if "pictures" not in shop.materials.edition.report.outputs:
            return {}
        wanted = [picture for one in rendered for picture in image_jobs.pictures_of(shop, one)]
        missing = self.trees.missing({one.path: one.print for one in wanted})
        kept = Cache(self.root / CACHE / "pictures")
        painted, mistakes = image_jobs.paint([one for one in wanted if one.path in missing], kept, jobs=self.order.at_once)
        if mistakes:
            raise BuildError(mistakes)
        kept.keep_only(one.print for one in wanted)
        return {one.path: Product(one.print, partial(painted.__getitem__, one.path)) for one in wanted}


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
        raise Mistake(found) from error
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


def open_workshop(  # noqa: PLR0917  each is a thing of its own
    root: Path, edition: Edition, stale: Sequence[Stale], files: Mapping[str, str], store: Store, hands: Hands
) -> Workshop:
    """Where everything of an edition is made, with the prints of all that it can be made of; `files` are the inputs' hashes."""
    report = edition.report
    others = ("templates/pages/", "templates/overrides/")
    parts = [path for path in files if path.startswith("templates/") and not path.startswith(others)]
    known = {
        **{f"file/{path}": own for path, own in files.items()},
        **{f"language/{one.code}": print_of(repr(one)) for one in report.languages},
        "parts": print_of(*(text for path in parts for text in (path, files[path]))),
        "report": print_of(repr(replace(report, languages=())), *(one.code for one in report.languages)),
        "stale": print_of(repr(stale)),
    }
    latest = last_change(edition)
    known["latest"] = print_of(str(latest))
    materials = Materials(root=root, edition=edition, stale=tuple(stale), templates=part(files, "templates/"), latest=latest)
    return Workshop(materials=materials, prints=Prints(edition, known), store=store, hands=hands)


class KeptPrints:
    """The prints of entries from one build to the next, as long as all that their kind is settled from stays the same.

    Of facts that is their own file, where they are stated in it, and all data besides facts; of other kinds the latter.
    """

    def __init__(self, shop: Workshop, files: Mapping[str, str], before: KeptPrints | None = None) -> None:
        """`before` is of an earlier build of the same process."""
        self.shop, self.cache, self.before = shop, Cache(shop.store.folder), before
        shared = inputs.part({path: own for path, own in files.items() if not path.startswith("data/facts/")}, "data/")
        self.contents = {path: own + shared for path, own in files.items() if path.startswith("data/facts/")}
        self.contents[_SHARED] = shared
        self.known: dict[str, tuple[str, dict[str, str]]] = {}

    def recall(self) -> None:
        """Take what is still true from the build before."""
        found = self.before.known if self.before else self.cache.load("prints", self.shop.store.ground)
        self.before = None
        if isinstance(found, dict):
            self.known = {path: one for path, one in found.items() if one[0] == self.contents.get(path)}
        for _, prints in self.known.values():
            self.shop.prints.known.update(prints)

    def save(self) -> None:
        """Keep what this build worked out."""
        before = self.known
        self.gather()
        if self.known != before:
            self.cache.save("prints", self.shop.store.ground, self.known)

    def gather(self) -> None:
        """Take over what this build worked out."""
        found = {path: (own, dict(prints)) for path, (own, prints) in self.known.items()}
        facts = self.shop.materials.edition.facts
        for name in self.shop.prints.fresh:
            kind, _, key = name.partition("/")
            path = _SHARED
            if kind == "facts" and (fact := facts.get(key)):
                if fact.formula or fact.series:
                    continue  # what follows from other files is worked out anew
                path = fact.span.file
            elif kind in _WITH_FACTS or kind not in KINDS:
                continue
            found.setdefault(path, (self.contents[path], {}))[1][name] = self.shop.prints.known[name]
        self.known = found


def tongue(edition: Edition, rendered: Rendered) -> Tongue:
    """What the engine is told of a language."""
    language = next(one for one in edition.report.languages if one.code == rendered.language)
    texts = Texts(edition, language)
    word = language.word
    titles = {page.name: page.title for page in rendered.pages}
    folders = {name.rpartition("/")[0] for name in titles if "/" in name}
    return Tongue(
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
