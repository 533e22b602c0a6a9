"""One contract for the pages, whichever engine makes them: the same small report built by each, compared, and used in a browser."""

from __future__ import annotations

import functools
import hashlib
import http.server
import json
import re
import subprocess
import sys
import threading
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import lxml.html
import pytest
from conftest import window
from playwright.sync_api import Browser, Page
from sample_servers import wait_until

from bench.project import write_project
from bench.workload import LANGUAGES, Size, make_workload
from generator.build.errors import BuildError
from generator.build.pipeline import build_site
from generator.build.plan import BuildOptions, take_snapshot, up_to_date
from generator.engines.registry import ENGINES, Engine
from generator.engines.zensical_worker import keep_links, warnings_in
from generator.model import addresses

ROOT = Path(__file__).parents[2]
URL = "https://report.example/"
WORKLOAD = make_workload(Size(20, 2))
FACT = next(iter(WORKLOAD.facts.values()))


def built(root: Path, engine: str, said: list[str] | None = None) -> Path:
    """The site as an engine makes it."""
    build_site(BuildOptions(root=root, jobs=1, engine=ENGINES[engine]), progress=(said if said is not None else []).append)
    return root / "site"


def files(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    found = {}
    for engine in ENGINES:
        root = tmp_path_factory.mktemp(engine)
        write_project(root, WORKLOAD, full=True)
        found[engine] = built(root, engine)
    return found


@pytest.fixture(params=list(ENGINES))
def site(sites: Mapping[str, Path], request: pytest.FixtureRequest) -> Path:
    return sites[request.param]


def pages(site: Path) -> Iterator[tuple[str, str, lxml.html.HtmlElement]]:
    """Every page of the report: its language, its address below it, and what it says."""
    for code in LANGUAGES:
        for path in sorted((site / code).rglob("*.html")):
            address = path.relative_to(site / code).as_posix().removesuffix("index.html")
            if address != addresses.PRINT:  # no engine has a part in the print edition
                yield code, address, lxml.html.document_fromstring(path.read_text(encoding="utf-8"))


def find(node: lxml.html.HtmlElement, path: str) -> list[Any]:
    """What an XPath leads to: elements, or texts."""
    found: Any = node.xpath(path)
    return list(found)


def test_engines_agree_on_addresses_and_articles(sites: Mapping[str, Path]) -> None:
    def articles(site: Path) -> dict[str, str]:
        found = {}
        for code, address, page in pages(site):
            (article,) = find(page, "//article")
            for skipped in find(article, ".//a[@id='__skip']"):
                skipped.drop_tag()
            for details in find(article, ".//*[@data-search-exclude]"):
                del details.attrib["data-search-exclude"]
            found[f"{code}/{address}"] = " ".join(lxml.html.tostring(article, encoding="unicode").split())
        return found

    first, *others = [articles(site) for site in sites.values()]
    assert len(first) == len(LANGUAGES) * (3 + len(WORKLOAD.pages) + len(WORKLOAD.facts))
    for other in others:
        assert other == first


def test_engines_agree_on_all_that_is_not_theirs(sites: Mapping[str, Path]) -> None:
    def own(site: Path) -> dict[str, bytes]:
        theirs = re.compile(
            r"\w\w/(assets/(javascripts|stylesheets|images)/|search)|\.factloom|build\.json|(?!../print/).*\.html"
        )  # the last but one holds digests of the others
        return {path: content for path, content in files(site).items() if not theirs.match(path)}

    first, *others = [own(site) for site in sites.values()]
    assert "en/feed.xml" in first
    for other in others:
        assert other == first


def test_every_page_has_its_head(site: Path) -> None:
    for code, address, page in pages(site):
        assert page.get("lang") == code
        assert page.findtext(".//title")
        (description,) = find(page, "//meta[@name='description']/@content")
        assert description
        (canonical,) = find(page, "//link[@rel='canonical']/@href")
        assert canonical == f"{URL}{code}/{address}"
        twins = {one.get("hreflang"): one.get("href") for one in find(page, "//link[@hreflang]")}
        expected = {one: f"{URL}{one}/{address}" for one in LANGUAGES}
        assert twins == {**expected, "x-default": f"{URL}{LANGUAGES[0]}/{address}"}
        assert find(page, "//meta[@property='og:image']/@content")
        assert find(page, "//link[@type='application/atom+xml']/@href")


def test_every_page_has_one_title_and_headings_that_can_be_linked(site: Path) -> None:
    for _, address, page in pages(site):
        assert len(find(page, "//article//h1")) == 1, address
        assert find(page, "//article//h2[not(@id)]") == []
        levels = [int(one.tag[1]) for one in find(page, "//article//*[self::h1 or self::h2 or self::h3]")]
        assert all(after <= before + 1 for before, after in pairwise(levels)), address


def test_scripts_are_the_sites_own_and_named_by_the_policy(site: Path) -> None:
    for code, address, page in pages(site):
        (policy,) = find(page, "//meta[@http-equiv='Content-Security-Policy']/@content")
        scripts = next(one for one in policy.split("; ") if one.startswith("script-src"))
        assert "unsafe" not in scripts
        for script in find(page, "//script[not(@src) and not(contains(@type, 'json'))]"):
            if (script.text or "").strip():
                digest = b64encode(hashlib.sha256(script.text.encode()).digest()).decode()
                assert f"'sha256-{digest}'" in scripts, address
        options = find(page, "//script/@src | //img/@src | //link[not(@hreflang) and not(@rel='canonical')]/@href")
        own = f"{URL}{code}/{address}"
        assert {one for one in options if not urljoin(own, one).startswith((URL, "data:"))} == set()


def test_charts_stand_in_the_page_and_numbers_lead_to_their_facts(site: Path) -> None:
    for code in LANGUAGES:
        for one in WORKLOAD.pages:
            page = lxml.html.document_fromstring((site / code / one.name / "index.html").read_text(encoding="utf-8"))
            assert find(page, "//figure//div[@class='fl-chart']//svg")
            assert not find(page, "//figure//div[@class='fl-chart']//img")
            for link in find(page, "//a[@class='fl-n']"):
                told = urljoin(f"{URL}{code}/{one.name}/", link.get("href"))
                assert told == f"{URL}{code}/facts/{link.get('data-fact')}/"
            assert {link.get("data-fact") for link in find(page, "//a[@class='fl-n']")} >= {fact.id for fact in one.facts}


def test_every_page_leads_to_its_twins(site: Path) -> None:
    for code, address, page in pages(site):
        links = {one.get("hreflang"): one.get("href") for one in find(page, "//a[@class='fl-languages__link']")}
        own = f"{URL}{code}/{address}"
        assert {lang: urljoin(own, href) for lang, href in links.items()} == {
            lang: f"{URL}{lang}/{address}" for lang in LANGUAGES if lang != code
        }


def test_one_page_for_what_is_missing(site: Path) -> None:
    page = lxml.html.document_fromstring((site / "404.html").read_text(encoding="utf-8"))
    assert len(find(page, "//article//h1")) == 1
    assert [one.get("lang") for one in find(page, "//article/div[@lang]")] == list(LANGUAGES[1:])


def documents(site: Path, code: str) -> list[list[object]]:
    """What readers can search for."""
    script = site / code / "search/documents.js"
    if script.is_file():
        told = json.loads(script.read_text(encoding="utf-8").removeprefix("self.factloomDocuments(").removesuffix(");\n"))
        return list(told["documents"])
    items = json.loads((site / code / "search.json").read_text(encoding="utf-8"))["items"]
    return [[one["location"], one["title"], one["text"], one["values"], one["kind"]] for one in items]


@pytest.mark.parametrize("code", LANGUAGES)
def test_engines_agree_on_what_can_be_found(sites: Mapping[str, Path], code: str) -> None:
    first, *others = [documents(site, code) for site in sites.values()]
    assert [one[0] for one in first if one[4] == "fact"] == [f"facts/{key}/" for key in WORKLOAD.facts]
    for other in others:
        assert [[one[0], one[1], one[3], one[4]] for one in other] == [[one[0], one[1], one[3], one[4]] for one in first]
        assert [one[2] for one in other if one[4] == "fact"] == [one[2] for one in first if one[4] == "fact"]


@contextmanager
def served(site: Path) -> Iterator[str]:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    handler = functools.partial(Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with window(browser, console=True, color_scheme="light") as opened:
        yield opened


def test_a_reader_finds_a_fact_in_each_language(site: Path, page: Page) -> None:
    with served(site) as address:
        for code in LANGUAGES:
            for query in (FACT.label[code], f"{Decimal(FACT.value):,}"):
                page.goto(f"{address}/{code}/")
                page.keyboard.press("/")
                page.wait_for_timeout(500)  # the box slides in
                page.keyboard.insert_text(query)
                found = page.locator(".md-search-result__link, a[role=option]").first
                found.wait_for(timeout=20_000)
                assert found.get_attribute("href", timeout=1000)
                target = page.evaluate("href => new URL(href, location.href).pathname", found.get_attribute("href"))
                assert target.partition("?")[0] == f"/{code}/facts/{FACT.id}/"
        page.goto("about:blank")  # it asks for nothing more when the server goes


def test_a_reader_finds_a_fact_on_a_page_opened_from_disk(site: Path, page: Page) -> None:
    page.goto((site / LANGUAGES[1] / "index.html").as_uri())
    page.keyboard.press("/")
    page.wait_for_timeout(500)
    page.keyboard.insert_text(FACT.label[LANGUAGES[1]])
    found = page.locator(".md-search-result__link, a[role=option]").first
    found.wait_for(timeout=20_000)
    assert f"/facts/{FACT.id}/" in str(found.get_attribute("href"))


def test_a_reader_switches_colours_and_languages(site: Path, page: Page) -> None:
    first, second = LANGUAGES
    name = WORKLOAD.pages[0].name
    with served(site) as address:
        page.goto(f"{address}/{first}/{name}/")
        assert page.evaluate("document.body.dataset.mdColorScheme") == "default"
        page.locator("label[for^=__palette]:visible").click()
        wait_until(lambda: page.evaluate("document.body.dataset.mdColorScheme") == "slate")
        page.locator(f".fl-languages a[hreflang={second}]").click()
        page.wait_for_url(f"{address}/{second}/{name}/*")
        assert page.locator("figure .fl-chart svg:visible").count() > 0
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
        page.goto(f"{address}/{first}/{name}/")
        assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"  # remembered
        page.goto("about:blank")


@pytest.fixture
def small(tmp_path: Path) -> Path:
    write_project(tmp_path, make_workload(Size(4, 1)))
    return tmp_path


def test_the_same_bytes_again_and_after_the_other_engine(small: Path) -> None:
    first = files(built(small, "zensical"))
    orders = BuildOptions(root=small, engine=ENGINES["zensical"]), BuildOptions(root=small)
    assert [up_to_date(options, take_snapshot(options)) for options in orders] == [True, False]
    other = files(built(small, "mkdocs"))
    assert other.keys() != first.keys()
    said: list[str] = []
    again = files(built(small, "zensical", said))
    assert [one for one in said if "settings changed" in one]
    assert again == first


def test_a_changed_page_has_its_language_built_anew(small: Path) -> None:
    before = files(built(small, "zensical"))
    template = small / "templates/pages/index.en.md.j2"
    template.write_text(template.read_text(encoding="utf-8") + "\nMore to read.\n", encoding="utf-8")
    said: list[str] = []
    after = files(built(small, "zensical", said))
    assert [one.split(" in ")[0] for one in said if one.startswith("built")] == ["built     en: 2 pages"]
    changed = {path for path in after if after[path] != before.get(path)}
    assert {"en/index.html", "en/search.json"} <= changed
    assert not [path for path in changed if path.startswith("ja/") and path.endswith(".html")]


def test_a_warning_is_a_failure(small: Path) -> None:
    template = small / "templates/pages/index.en.md.j2"
    template.write_text(template.read_text(encoding="utf-8") + "\n[gone](#gone)\n", encoding="utf-8")
    with pytest.raises(BuildError) as failed:
        built(small, "zensical")
    (found,) = failed.value.findings
    assert found.rule == "engine-failed"
    assert re.fullmatch(r"index\.md:\d+:\d+: anchor does not exist", str(found.args["why"]))
    assert not (small / "site").exists()


def test_an_engine_that_is_not_there_is_told(tmp_path: Path) -> None:
    nowhere = Engine(
        name="nowhere",
        libraries=("nowhere_at_all",),
        package="factloom[nowhere]",
        process="generator.nowhere",
        some_pages=False,
        leaves_fragments=False,
        index="index.json",
        listed="items",
        whole_index=True,
    )
    with pytest.raises(BuildError) as failed:
        build_site(BuildOptions(root=tmp_path, engine=nowhere), progress=lambda _: None)
    assert [(one.rule, one.args["package"]) for one in failed.value.findings] == [("missing-extra", "factloom[nowhere]")]


WITHOUT = """
import sys

class Filtered:
    def __init__(self, finder):
        self.finder = finder

    def find_spec(self, name, path=None, target=None):
        absent = name.partition(".")[0] in {"mkdocs", "material", "zensical", "distributed", "dask"}
        return None if absent else self.finder.find_spec(name, path, target)

sys.meta_path[:] = [Filtered(one) for one in sys.meta_path]
from generator.commands import run
run()
"""


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["check"], 0, ""),
        (["build", "--render-only"], 0, "rendered to"),
        (["cite", "--in", "en"], 0, "Statistics Office"),
        (["schema", "--write"], 0, ""),
        (["build"], 1, "mkdocs is not installed"),
        (["build", "--engine", "zensical"], 1, "pip install 'factloom[zensical]'"),
        (["build", "--render-only", "--dask", "tcp://127.0.0.1:1"], 1, "pip install 'factloom[dask]'"),
    ],
    ids=["check", "render", "cite", "schema", "build", "zensical", "dask"],
)
def test_what_works_without_an_engine(small: Path, arguments: list[str], code: int, said: str) -> None:
    command = [sys.executable, "-c", WITHOUT, *arguments, "--root", str(small), "--language", "en"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == code, done.stderr
    assert said in done.stdout
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ('<a href="../facts/x/">1</a>', '<a href="https://as-written.invalid/../facts/x/">1</a>'),
        ('<p><img alt="a > b" src="charts/a.svg"></p>', '<p><img alt="a > b" src="charts/a.svg"></p>'),
        ('<img src="charts/a.svg" alt="">', '<img src="https://as-written.invalid/charts/a.svg" alt="">'),
        ('<a href="#here">1</a>', '<a href="#here">1</a>'),
        ('<a href="https://example.com/">1</a>', '<a href="https://example.com/">1</a>'),
        ('<a href="/absolute/">1</a>', '<a href="/absolute/">1</a>'),
        ("[page](costs.md)", "[page](costs.md)"),
    ],
)
def test_raw_links_stay_as_they_are_written(written: str, kept: str) -> None:
    assert keep_links(written) == kept


def test_issues_are_a_line_each() -> None:
    output = (
        "Warning: page does not exist\n    ╭─[ index.md:11:5 ]\n    │\n 11 │ [a](gone.md)\n────╯\n"
        "Warning: anchor does not exist\n    ╭─[ costs.md:2:1 ]\n2 issues found\n"
    )
    assert warnings_in(output) == ["index.md:11:5: page does not exist", "costs.md:2:1: anchor does not exist"]
