"""The story of a build: check, draw and render, run the engine, finish, and swap the whole site in."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from generator import addresses, dossiers, finishing, links, model, outputs, parity, publishing, search
from generator.cache import Cache
from generator.checking import check_project
from generator.diagnostics import Diagnostic, Span
from generator.engine import Tongue, run_engine, write_configurations
from generator.painting import paint
from generator.site import Rendered, render_all, write_rendered
from generator.texts import Texts

Progress = Callable[[str], None]


class BuildError(Exception):
    """The report cannot be published; the findings say why."""

    def __init__(self, found: Sequence[Diagnostic]) -> None:
        """Carry the findings."""
        super().__init__(f"{len(found)} findings")
        self.found = tuple(found)


def build_site(root: Path, *, jobs: int | None, render_only: bool, progress: Progress, as_of: date | None = None) -> str:
    """Build and publish the site; the last line for the reader. BuildError leaves the published site as it was.

    Ages and due dates are judged on the report's horizon, or on the day `as_of`.
    """
    began = time.monotonic()
    jobs = jobs or os.cpu_count() or 1
    checked = check_project(root, judged_on=as_of)
    edition = checked.edition
    if edition is None or checked.errors:
        raise BuildError(checked.found)
    progress(
        f"checked   {len(edition.facts)} facts, {len(edition.claims)} claims, {len(edition.checks)} relations,"
        f" {len(edition.sources)} sources"
    )
    rendered, mistakes = render_all(root, edition, jobs=jobs, stale=checked.stale)
    if mistakes:
        raise BuildError([one.diagnostic for one in mistakes])
    for one in rendered:
        count = write_rendered(root, one)
        progress(f"rendered  {one.language}: {len(one.pages)} pages, {len(one.drawn)} charts ({count} files changed)")
    tongues = [_tongue(edition, language.code) for language in edition.report.languages]
    write_configurations(root, tongues, site_url=edition.report.site_url)
    if render_only:
        return f"rendered to {root / 'build/docs'}; `mkdocs serve` shows it"
    pictures, unpaintable = paint(edition, rendered, Cache(root / "build/cache/pictures"), jobs=jobs)
    if unpaintable:
        raise BuildError(unpaintable)
    _run_engine(root, edition, progress)
    _publish(root, edition, rendered, pictures)
    progress(f"published {root / 'site'} in {time.monotonic() - began:.1f} s")
    return f"site: {root / 'site/index.html'} - open it with  python3 -m http.server -d site  and http://localhost:8000/"


def _run_engine(root: Path, edition: model.Edition, progress: Progress) -> None:
    found = []
    for outcome in run_engine(root, [language.code for language in edition.report.languages]):
        progress(f"built     {outcome.code} in {outcome.seconds:.1f} s")
        if not outcome.ok:
            progress(outcome.output)
            why = outcome.warnings[0] if outcome.warnings else "the engine stopped"
            found.append(Diagnostic(rule="engine-failed", span=Span("mkdocs.yml"), args={"language": outcome.code, "why": why}))
    if found:
        raise BuildError(found)


def _tongue(edition: model.Edition, code: str) -> Tongue:
    language = next(one for one in edition.report.languages if one.code == code)
    texts = Texts(edition, language)
    word = language.word
    return Tongue(
        code=code,
        name=language.name,
        title=edition.report.title[code],
        description=edition.report.description[code],
        theme=word("theme.language"),
        search=word("theme.search"),
        as_of=word("theme.as_of").replace("{0}", texts.word_period(edition.report.as_of)),
        words={
            key.removeprefix("theme."): text
            for key, text in language.words.items()
            if key.startswith("theme.") and key not in ("theme.language", "theme.search", "theme.as_of")
        },
    )


def _search_files(root: Path, made: outputs.Making) -> dict[str, str]:
    """What the report's own search reads, and what the theme's script is left with."""
    files = {}
    for texts in made.every:
        code = texts.language.code
        index = (root / publishing.OUT / code / search.INDEX).read_text(encoding="utf-8")
        files[f"{code}/{search.DOCUMENTS}"] = search.documents(texts, index)
        files[f"{code}/{search.INDEX}"] = search.emptied(index)
    return files


def _publish(root: Path, edition: model.Edition, rendered: Sequence[Rendered], pictures: Mapping[str, bytes]) -> None:
    report = edition.report
    codes = [language.code for language in report.languages]
    drawn = {
        one.language: {key: widths["wide"].svg + widths["narrow"].svg for key, widths in one.drawn.items()} for one in rendered
    }

    made = outputs.making(edition, rendered)
    heads = outputs.heads(made)

    own_search = (root / "docs" / search.SCRIPT).is_file()

    def finished(code: str, path: str, html: str) -> str:
        head = heads.get((code, path), "")
        if own_search:
            html = search.use_own(html)
        return finishing.finish(html, path=path, codes=codes, site_url=report.site_url, charts=drawn[code], head=head)

    doors = [
        finishing.Door(
            code=language.code,
            name=language.name,
            title=report.title[language.code],
            description=report.description[language.code],
        )
        for language in report.languages
    ]
    missing = {code: (root / publishing.OUT / code / "404.html").read_text(encoding="utf-8") for code in codes}
    copied = [
        (one.language, address, html)
        for one in rendered
        if one.facts
        for address, html in finishing.copies(publishing.shell(root, one.language), one.facts)
    ]
    extra: dict[str, str | bytes] = {
        **(_search_files(root, made) if own_search else {}),
        **{
            f"{language.code}/{old}index.html": finishing.moved(
                addresses.relative(new, old),
                title=report.title[language.code],
                language=language.code,
                canonical=addresses.absolute(report.site_url, new, language.code),
            )
            for language in report.languages
            for old, new in (dossiers.aliases(edition) if copied else ())
        },
        **outputs.collect(made),
        **pictures,
        "index.html": finishing.root_page(doors, site_url=report.site_url),
        "404.html": finishing.not_found(missing),
        "robots.txt": finishing.robots(report.site_url),
        **outputs.sitemaps(made, [*publishing.pages(root, codes[0]), *(path for code, path, _ in copied if code == codes[0])]),
        ".nojekyll": "",
    }
    extra = {
        path: finishing.guard(text) if path.endswith(".html") and isinstance(text, str) else text
        for path, text in extra.items()
    }
    publishing.assemble(root, codes, finish=finished, extra=extra, copied=copied)
    broken = links.broken_links(root / publishing.NEW, site_url=report.site_url)
    if broken:
        raise BuildError(
            [
                Diagnostic(rule="broken-link", span=Span(f"site/{one.page}"), args={"page": one.page, "link": one.link})
                for one in broken
            ]
        )
    _compare_languages(root / publishing.NEW, edition)
    publishing.swap(root)


def _compare_languages(site: Path, edition: model.Edition) -> None:
    """The same numbers stand on each page in every language."""
    found: list[Diagnostic] = []
    for page in edition.report.pages:
        files = {one.code: site / one.code / addresses.page(page) / "index.html" for one in edition.report.languages}
        pages = {code: file.read_text(encoding="utf-8") for code, file in files.items() if file.is_file()}
        found += parity.compare_pages(edition, page, pages)
    if found:
        raise BuildError(found)
