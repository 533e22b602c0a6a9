"""A report while somebody edits it: every file of the site as it would be published, made when it is looked at.

After an edit the pages that are open come first. What is left follows in small steps, between which something else may be
asked for. site/ is not touched.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice

from ..build import image_jobs, outputs, publish
from ..build.artifacts import Artifact, ArtifactStore, BuildContext, Executor, ProcessExecutor, Task
from ..build.engine_cache import MISSING, SHELL, EngineCache, Record
from ..build.manifest import SiteContents, fact_product, kept_by_hand, look_over, page_product, products
from ..build.pipeline import CACHE, BuildError, FingerprintCache, failures, language_config, open_context
from ..build.plan import BuildOptions, Progress
from ..build.publish import SITE, SiteFile
from ..build.site import CHART, PAGE, TASK_FUNCTIONS, EngineSource, Rendered, key, render_pages, tell_all
from ..checks.project_check import CheckResult, check_project
from ..diagnostics.finding import Diagnostic
from ..engines.processes import BUILD, EnginePool, Outcome
from ..model import addresses
from ..pages.fact_pages import shell_markdown
from ..settling.incremental import SettledState, settled_state
from ..store import inputs
from ..store.cache import Cache, write_atomically
from ..store.inputs import hash_subset
from ..store.parse_cache import ParseCache

NOT_FOUND = "404.html"
_BATCH = 8  # what is made between two looks at what else is asked for
_QUIET = 0.5  # seconds without an edit before the last look
_MANY = 64  # artifacts: worth a pool of processes
Pages = dict[str, list[str]]  # names by language


@dataclass(frozen=True, slots=True)
class SiteState:
    """What there is to be seen: files by path, the print of what every page loads, and whether that is everything."""

    site_url: str = ""
    products: Mapping[str, SiteFile] = field(default_factory=dict)
    assets: str = ""
    others: Mapping[str, SiteFile] = field(default_factory=dict)  # what an editor rarely looks at, once somebody did
    whole: bool = False

    def product(self, path: str) -> SiteFile | None:
        """A file of the site."""
        return self.products.get(path) or self.others.get(path)

    def fingerprint_of(self, path: str) -> str | None:
        """What a file looks like at present: an empty text where there is none, None where that is not known yet."""
        product = self.product(path)
        if product is None:
            return "" if self.whole else None
        return f"{product.fingerprint}-{self.assets}" if path.endswith(".html") else product.fingerprint


@dataclass(slots=True)
class _Stand:
    """One state of the project, and what was made of it so far."""

    shop: BuildContext
    rendered: dict[str, Rendered]
    engine_cache: EngineCache
    files: Mapping[str, str]
    told: bool = False  # whether the pages of facts are up to date

    @property
    def contents(self) -> SiteContents:
        """What there is to put together now."""
        made = outputs.making(self.shop, list(self.rendered.values()))
        return SiteContents(made=made, engine_cache=self.engine_cache, files=self.files)

    @property
    def listed(self) -> tuple[str, ...]:
        """The files that pages may link to besides each other."""
        return (*self.shop.materials.edition.charts, *(path for path in self.files if path.startswith("docs/")))

    def tell(self) -> None:
        """Bring the pages of facts up to date."""
        if not self.told:
            self.rendered, self.told = _told(self.shop, self.rendered), True

    def draw(self, wanted: Mapping[str, Sequence[str]], *, whole: bool = False) -> None:
        """Have charts drawn, by language."""
        tasks = {(code, name): Task(CHART, key(code, name)) for code, names in wanted.items() for name in names}
        made, mistakes = self.shop.make(TASK_FUNCTIONS, list(tasks.values()), whole=whole)
        if mistakes:
            raise BuildError([one.diagnostic for one in mistakes])
        for code, names in wanted.items():
            drawn = {name: made[tasks[code, name]] for name in names}
            one = self.rendered[code]
            self.rendered[code] = replace(one, drawn=drawn if whole else {**one.drawn, **drawn})

    def warm_up(self) -> None:
        """Draw a chart and render a page for nobody: what that loads is there for the first edit."""
        for code in self.rendered:
            for kind, names in ((CHART, self.shop.materials.edition.charts), (PAGE, self.rendered[code].sheets)):
                for name in islice(names, 1):
                    TASK_FUNCTIONS[kind](self.shop.materials.tracked(), key(code, name))

    def page(self, path: str) -> tuple[str, str] | None:
        """The language and name of the page of the report that is a file of the site."""
        code, name = _split(path)
        return (code, name) if code in self.rendered and name in self.rendered[code].sheets else None

    def fact(self, path: str) -> tuple[str, Artifact] | None:
        """The language and the fact whose own page is a file of the site."""
        code, name = _split(path)
        fact = name.rpartition("/")[2]
        if code not in self.rendered or addresses.fact(fact).rstrip("/") != name or fact not in self.rendered[code].facts:
            return None
        return code, self.rendered[code].facts[fact]

    def behind(self, path: str) -> list[tuple[str, str]]:
        """What the engine has to build for a file of the site: languages and names of pages."""
        if path == NOT_FOUND:
            return [(code, MISSING) for code in self.rendered]
        if (page := self.page(path)) is not None:
            return [page]
        fact = self.fact(path)
        return [(fact[0], SHELL)] if fact else []


def _told(shop: BuildContext, rendered: Mapping[str, Rendered]) -> dict[str, Rendered]:
    """The same with the pages of facts up to date."""
    found, mistakes = tell_all(shop, list(rendered.values()))
    if mistakes:
        raise BuildError([one.diagnostic for one in mistakes])
    return {one.language: one for one in found}


def _split(path: str) -> tuple[str, str]:
    code, _, rest = path.removesuffix("index.html").partition("/")
    return code, rest.rstrip("/") or "index"


class Preview:
    """The site as it is while somebody edits. One thread makes it; any may read `show` and `kept`."""

    def __init__(self, options: BuildOptions, engine_pool: EnginePool, progress: Progress) -> None:
        self.options, self.root, self.engine_pool, self.progress = options, options.root, engine_pool, progress
        self.executor: Executor = ProcessExecutor(options.at_once)
        self.parse_cache = ParseCache(self.root / CACHE / "read", inputs.code_fingerprint())
        self.store = ArtifactStore(self.root / CACHE, inputs.code_fingerprint())
        self.show = SiteState()
        self.kept: dict[str, tuple[str, bytes]] = {}  # what was asked for: path -> print and content
        self.found: tuple[Diagnostic, ...] = ()
        self.files: Mapping[str, str] = {}
        self._stand: _Stand | None = None
        self._prints: FingerprintCache | None = None
        self._standing: SettledState | None = None
        self._known: Mapping[str, Record] = {}
        self._listed: tuple[str, ...] | None = None  # files that pages may link to, as they lie before the engine
        self._written: dict[tuple[str, str], str] = {}  # pages as they lie before the engine
        self._looked: Mapping[str, str] | None = None  # the files that were looked over
        self._rest: Iterator[float] = iter(())
        self._warm = False

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """Why what there is now cannot be seen."""
        return tuple(one for one in self.found if one.severity == "error")

    def notice(self) -> list[str]:
        """The files that changed since the last time."""
        before, self.files = self.files, inputs.hash_inputs(self.root)
        return sorted(path for path in before.keys() | self.files.keys() if before.get(path) != self.files.get(path))

    def renew(self, opened: Collection[str]) -> None:
        """Make the open pages of what was noticed; on mistakes everything stays as it was, and `found` says why."""
        self._rest = iter(())
        day = self.options.as_of
        checked = check_project(self.root, judged_on=day, parse_cache=self.parse_cache, before=(self._standing, self.files))
        self.found = checked.findings
        if checked.edition is not None and checked.settled_cleanly:
            self._standing = settled_state(checked.edition, self.files, day, pack=False)
        if checked.edition is not None and not self.show.site_url:
            self.show = SiteState(site_url=checked.edition.report.site_url)  # where to wait for the first good state
        if checked.edition is not None and not checked.errors:
            self._try(partial(self._take_up, checked, opened))

    def more(self) -> float | None:
        """Do some of what is left; for how long to wait for something better before the next bit, None at the end."""
        pauses: list[float] = []
        self._try(lambda: pauses.extend(islice(self._rest, 1)))
        return pauses[0] if pauses else None

    def content(self, path: str) -> bytes | None:
        """A file as it is at present; None where there is none, or where it cannot be made (`found` says why)."""
        stand = self._stand
        if stand is not None and stand.behind(path):
            self._try(partial(self._open, stand, [path]))
        while self.show.product(path) is None and not self.show.whole and self.more() is not None:
            pass
        if stand is not None and self.show.product(path) is None and not self.show.others:
            self.show = replace(self.show, others=self._others(stand))
        product = self.show.product(path)
        return None if product is None else self._made(path, product)

    def _made(self, path: str, product: SiteFile) -> bytes:
        known = self.kept.get(path)
        if known is None or known[0] != product.fingerprint:
            content = product.make()
            known = self.kept[path] = (product.fingerprint, content.encode() if isinstance(content, str) else content)
        return known[1]

    def _try(self, do: Callable[[], None]) -> None:
        try:
            do()
        except BuildError as error:
            warnings = (one for one in self.found if one.severity != "error")
            self.found = (*warnings, *error.found)
            self._rest = iter(())

    # --- the pages that are open --------------------------------------------------------------

    def _take_up(self, checked: CheckResult, opened: Collection[str]) -> None:
        """Begin with a new state of the project."""
        edition, files = checked.edition, self.files
        assert edition is not None  # noqa: S101  it has no errors
        shop = open_context(self.root, edition, checked.stale, files, self.store, self.executor)
        prints = FingerprintCache(shop, files, self._prints)
        prints.recall()
        rendered, mistakes = render_pages(shop)
        prints.gather()
        if mistakes:
            raise BuildError([one.diagnostic for one in mistakes])
        before = self._stand.rendered if self._stand else {}  # whose pages of facts do, until somebody looks at one
        rendered = [replace(one, facts=before[one.language].facts) if one.language in before else one for one in rendered]
        engine_cache = EngineCache(
            self.root, inputs.code_fingerprint(), self.engine_pool, files, jobs=self.executor.jobs, known=self._known
        )
        engine_cache.configure([language_config(edition, one) for one in rendered], site_url=edition.report.site_url)
        stand = _Stand(shop, {one.language: one for one in rendered}, engine_cache, files)
        if self._stand is None:
            stand.tell()
        few = engine_cache.plan_few(rendered, edition.charts)
        if not few or stand.listed != self._listed:
            self._write_all(stand)
        if not few:
            engine_cache.begin(list(stand.rendered.values()))
            self._judge([one.outcome for one in engine_cache.finish()])
        still = {path: product for path, product in self.show.products.items() if not path.endswith(".html")}
        show = SiteState(
            site_url=edition.report.site_url,
            products={**still, **self._kept_by_hand(stand)},
            assets=hash_subset(files, "docs/"),
        )
        shown, self.show = self.show, show
        try:
            self._open(stand, opened)
        except BuildError:
            self.show = shown
            raise
        self._prints = prints
        self._stand, self._known = stand, {code: job.record for code, job in engine_cache.jobs.items()}
        self._rest = self._complete(stand)
        self.executor = ProcessExecutor(self.options.at_once, least=_MANY, threads=True)

    def _kept_by_hand(self, stand: _Stand) -> dict[str, SiteFile]:
        contents = stand.contents
        return {path: product for code in stand.rendered for path, product in kept_by_hand(contents, code)}

    def _open(self, stand: _Stand, opened: Collection[str]) -> None:
        """Make some pages at once, and show them."""
        if any(stand.fact(path) for path in opened):
            stand.tell()
        charts: Pages = {}
        for path in opened:
            if (page := stand.page(path)) is not None:
                sheet, drawn = stand.rendered[page[0]].sheets[page[1]], stand.rendered[page[0]].drawn
                known = stand.shop.materials.edition.charts
                charts.setdefault(page[0], []).extend(one for one in sheet.charts if one in known and one not in drawn)
        stand.draw(charts)
        self._press(stand, [page for path in opened for page in stand.behind(path)])
        contents, found = stand.contents, dict(self.show.products)
        for path in opened:
            if (page := stand.page(path)) is not None:
                found[path] = page_product(contents, stand.rendered[page[0]], page[1])
            elif (fact := stand.fact(path)) is not None:
                found[path] = fact_product(contents, *fact)
            else:
                continue
            self._made(path, found[path])
        self.show = replace(self.show, products=found)

    def _press(self, stand: _Stand, pages: Collection[tuple[str, str]]) -> None:
        """Have the engine build pages that are not built yet."""
        wanted: Pages = {}
        for code, name in dict.fromkeys(pages):
            if not stand.engine_cache.has(code, name):
                wanted.setdefault(code, []).append(name)
        if wanted:
            self._write_pages(stand)
            self._judge(stand.engine_cache.press(wanted))

    def _judge(self, outcomes: Sequence[Outcome]) -> None:
        if found := failures(outcomes, self.progress):
            raise BuildError(found)

    def _write_pages(self, stand: _Stand) -> None:
        """Lay the pages that changed before the engine."""
        for code, one in stand.rendered.items():
            folder = self.root / BUILD / "docs" / code
            for name, sheet in one.sheets.items():
                if self._written.get((code, name)) != sheet.fingerprint:
                    write_atomically(folder / f"{name}.md", one.markdown[name]().encode())
                    self._written[code, name] = sheet.fingerprint
            if one.tells and (code, SHELL) not in self._written:
                write_atomically(folder / f"{SHELL}.md", shell_markdown().encode())
                self._written[code, SHELL] = ""

    def _write_all(self, stand: _Stand) -> None:
        """Lay everything before the engine."""
        charts = tuple(stand.shop.materials.edition.charts)
        stand.draw(dict.fromkeys(stand.rendered, charts), whole=True)
        assets = {path.removeprefix("docs/"): own for path, own in stand.files.items() if path.startswith("docs/")}
        for code, one in stand.rendered.items():
            layer = EngineSource(stand.shop, code)
            layer.pages(one, assets)
            layer.rest(one)
            self._written.update({(code, name): sheet.fingerprint for name, sheet in one.sheets.items()})
        self._listed = stand.listed

    # --- what is left -------------------------------------------------------------------------

    def _complete(self, stand: _Stand) -> Iterator[float]:
        """Make everything else, in the order in which somebody may want it."""
        stand.tell()
        yield 0
        charts = list(stand.shop.materials.edition.charts)
        for code in stand.rendered:
            for start in range(0, len(charts), _BATCH):
                stand.draw({code: charts[start : start + _BATCH]})
                yield 0
        self._write_all(stand)
        yield 0
        self.show = replace(self.show, products=products(stand.contents), whole=True)
        yield 0
        self._judge(stand.engine_cache.press(dict.fromkeys(stand.rendered, ())))  # the engine is ready for the first edit
        yield 0
        if not self._warm:
            self._warm = True
            stand.warm_up()
        for code in stand.rendered:
            missing = stand.engine_cache.missing(code)
            for start in range(0, len(missing), _BATCH):
                yield 0
                self._press(stand, [(code, name) for name in missing[start : start + _BATCH]])
        yield _QUIET
        self._look_over(stand)
        yield 0
        stand.engine_cache.settle()
        self.store.save()
        self.parse_cache.save()

    def _others(self, stand: _Stand) -> dict[str, SiteFile]:
        """What is taken away or read by machines."""
        found = dict(outputs.collect(stand.contents.made))
        if "pictures" in stand.shop.materials.edition.report.outputs:
            kept = Cache(self.root / CACHE / "pictures")
            for one in stand.rendered.values():
                for picture in image_jobs.pictures_of(stand.shop, one):
                    found[picture.path] = SiteFile(picture.fingerprint, partial(_painted, picture, kept))
        return found

    def _look_over(self, stand: _Stand) -> None:
        """What a build would say of the finished pages: links that lead nowhere, languages that show other numbers."""
        self.show = replace(self.show, others=self._others(stand))
        files = {path: one.fingerprint for found in (self.show.products, self.show.others) for path, one in found.items()}
        before = self._looked if self._looked is not None else publish.read_tree(self.root, SITE).fingerprints
        site = _Site(
            files=files,
            changed={path for path, own in files.items() if before.get(path) != own},
            removed=before.keys() - files.keys(),
            before=before,
            show=self.show,
        )
        if found := look_over(stand.contents, site):
            raise BuildError(found)
        self._looked = files


@dataclass(frozen=True, slots=True, kw_only=True)
class _Site:
    """The site as it would be published."""

    files: Mapping[str, str]
    changed: Collection[str]
    removed: Collection[str]
    before: Mapping[str, str]
    seen: Mapping[str, object] = field(default_factory=dict)
    show: SiteState

    def read(self, path: str) -> str:
        """A page of it."""
        product = self.show.product(path)
        content = product.make() if product else ""
        return content if isinstance(content, str) else content.decode()


def _painted(picture: image_jobs.Picture, kept: Cache) -> bytes:
    found, mistakes = image_jobs.paint([picture], kept, jobs=1)
    if mistakes:
        raise BuildError(mistakes)
    return found[picture.path]
