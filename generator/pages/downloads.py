"""View models of the lists of changes, feeds, citations and downloads."""

from __future__ import annotations

from functools import partial

from ..model import addresses
from ..model.changelog import Entry, changelog
from ..model.periods import Form, parse
from ..wording import citations
from ..wording.formatting import SHORT
from .error_reports import error_addresses
from .page import ViewModel
from .render_cache import LazyView
from .rich_text import UnbrokenText
from .view_models import ViewModels

_FEEDS = (("Atom", "feed.xml"), ("JSON Feed", "feed.json"))


def changes(views: ViewModels) -> list[ViewModel]:
    """New and changed facts and events by year, the newest first."""
    years: dict[int, list[LazyView]] = {}
    for entry in changelog(views.edition):
        view = views.lazy("change", f"{entry.key} {entry.when.text}", partial(_change, views, entry))
        years.setdefault(entry.date.year, []).append(view)
    return [
        ViewModel(year=views.texts.word_period(parse(str(year))), anchor=f"year-{year}", entries=entries)
        for year, entries in years.items()
    ]


def _change(views: ViewModels, entry: Entry) -> ViewModel:
    texts, edition = views.texts, views.edition
    fact = edition.facts[entry.fact.id] if entry.fact else None
    event = edition.events[entry.event.id] if entry.event else None
    before = None
    if fact and entry.before:
        before = ViewModel(
            text=UnbrokenText(
                views.word("change.before")
                .replace("{0}", texts.word_value(entry.before.value, fact.unit, SHORT))
                .replace("{1}", texts.word_period(entry.before.as_of))
            ),
            reason_html=views.html(entry.before.reason, fact),
        )
    exact = entry.when.form in (Form.DAY, Form.MONTH, Form.YEAR)
    return ViewModel(
        kind=entry.kind,
        kind_text=views.word(f"change.{entry.kind}"),
        date=texts.word_period(entry.when),
        datetime=entry.when.text if exact else entry.date.isoformat(),
        url=views.links.to_fact(fact.id) if fact else views.links.to("timeline", f"event-{event.id}") if event else "",
        title=views.rich_text.label(fact) if fact else views.text(event.title) if event else "",
        value=UnbrokenText(texts.word_value(entry.value, fact.unit, SHORT)) if fact and entry.value is not None else "",
        before=before,
        section_text=views.word(f"topic.{entry.section}"),
        sources=[views.source(source) for source in entry.sources],
    )


def feeds(views: ViewModels) -> list[ViewModel]:
    """The feed of the whole report and of each section, each in both formats; none where the report makes no feeds."""
    if "feeds" not in views.edition.report.outputs:
        return []
    sections = ["", *views.edition.report.sections]
    return [
        ViewModel(
            title=views.word(f"topic.{section}") if section else views.word("part_everything"),
            links=[
                ViewModel(name=name, url=_relative(views, (addresses.page(section) if section else "") + file))
                for name, file in _FEEDS
            ],
        )
        for section in sections
    ]


def citation(views: ViewModels) -> ViewModel:
    """How to cite the report: a sentence to copy, and files for reference managers."""
    reference = citations.report_reference(views.texts)
    endings = (*citations.FORMATS, "txt") if "citations" in views.edition.report.outputs else ()
    here = addresses.in_language(addresses.page(views.page), views.texts.language.code)
    return ViewModel(
        text=citations.plain(views.texts, reference),
        editions=addresses.relative(addresses.EDITIONS, here)
        if any(one.files for one in views.edition.report.editions)
        else "",
        links=[ViewModel(name=_FORMAT_NAMES[ending], url=_relative(views, f"cite/report.{ending}")) for ending in endings],
        all_links=[ViewModel(name=_FORMAT_NAMES[ending], url=_relative(views, f"cite/facts.{ending}")) for ending in endings],
    )


def contact(views: ViewModels) -> list[ViewModel]:
    """The ways to report an error in the report: what each is called, and its address."""
    found = views.edition.report.contact
    names = [name for name in (found.issues.removeprefix("https://").partition("/-/")[0], found.mail) if name]
    return [
        ViewModel(name=name.removesuffix("/issues/new"), url=address)
        for name, address in zip(names, error_addresses(views.texts), strict=True)
    ]


def downloads(views: ViewModels) -> list[ViewModel]:
    """Links to the files that the report makes (print edition, zip, Data Package, single files), and the licence."""
    report, code = views.edition.report, views.texts.language.code
    files = (  # output, word, address
        ("print", "print", addresses.in_language(addresses.PRINT, code)),
        ("package", "zip", "data.zip"),
        ("workbook", "workbook", addresses.workbook(code)),
        ("package", "package", "data/datapackage.json"),
        ("package", "facts_csv", "data/facts.csv"),
        ("package", "claims_csv", "data/claims.csv"),
        ("package", "events_csv", "data/events.csv"),
        ("package", "sources_csv", "data/sources.csv"),
        ("api", "facts_json", f"{code}/facts.json"),
        ("api", "api", "api/index.json"),
        ("package", "readme", "data/README.md"),
    )
    here = addresses.in_language(addresses.page(views.page), code)
    return [
        ViewModel(name=address, text=views.word(f"download.{key}"), url=addresses.relative(address, here))
        for output, key, address in files
        if output in report.outputs
    ] + (
        [ViewModel(name=report.licence.title, text=views.word("download.licence"), url=report.licence.url)]
        if report.licence
        else []
    )


def series_files(views: ViewModels) -> list[ViewModel]:
    """Links to the CSV file of every series; only their names where the report makes no such files."""
    made = "package" in views.edition.report.outputs
    here = addresses.in_language(addresses.page(views.page), views.texts.language.code)
    return [
        ViewModel(
            name=f"{series.id}.csv",
            text=views.texts.fill(series.label),
            url=addresses.relative(f"data/series/{series.id}.csv", here) if made else "",
        )
        for series in views.edition.series.values()
    ]


_FORMAT_NAMES = {"bib": "BibTeX", "json": "CSL-JSON", "ris": "RIS", "txt": "TXT"}


def _relative(views: ViewModels, address: str) -> str:
    """A link from the page to an address below its language."""
    return addresses.relative(address, addresses.page(views.page))
