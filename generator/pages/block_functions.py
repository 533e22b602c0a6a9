"""Functions that templates call for blocks: tables, lists, cards and charts, each made by a macro of templates/parts/."""

from __future__ import annotations

from collections import Counter

from markupsafe import Markup

from ..model import report
from ..model.code_lists import VERDICTS
from ..model.dependencies import column
from ..model.freshness import forecast_counts
from ..reading.listings import fenced, read_listing
from . import downloads
from .list_functions import ListFunctions
from .page import ViewModel
from .render_cache import LazyView
from .sandbox import Block


class BlockFunctions(ListFunctions):
    """All functions of one page: those for running text, those for lists, and those for other blocks."""

    def call_masthead(self) -> Block:
        """Who publishes the report and what they are, up to when it holds, and how many facts, sources and claims it has."""
        word, integer, edition = self.texts.language.word, self.texts.formatter.integer, self.edition
        counts = {"unit.facts": edition.facts, "unit.sources": edition.sources, "unit.claims": edition.claims}
        view = ViewModel(
            publisher=edition.report.publisher[self.texts.language.code],
            note=self.texts.fill(edition.report.publisher_note) if edition.report.publisher_note else "",
            about=self.views.links.to("about") if "about" in edition.report.pages else "",
            as_of=self.call_as_of(),
            counts=[word(key).replace("{0}", integer(len(found))) for key, found in counts.items() if found],
        )
        return self.part("masthead", view)

    def call_fact_table(self, keys: list[str] | None = None, *, topic: str = "", caption: str = "") -> Block:
        """A table of the facts with these ids, or of all facts of a topic."""
        chosen = keys or [key for key, found in column(self.edition.facts, "topic").items() if found == topic]
        self.views.uses.facts.extend(chosen)
        numbers = {source: number for number, source in enumerate(self.used_sources(), start=1)}
        cited = {key: dict.fromkeys(one.source.id for one in self.edition.facts[key].evidence) for key in chosen}
        rows = [self.views.numbered_fact(key, [numbers[source] for source in sources]) for key, sources in cited.items()]
        return self.part("fact_table", rows, caption=caption)

    def call_key_figures(self, keys: list[str]) -> Block:
        """Facts as cards with large values."""
        self.views.uses.facts.extend(keys)
        return self.part("key_figures", [self.views.lazy_fact(key) for key in keys])

    def call_figure(self, key: str, *others: str) -> Block:
        """A chart with caption, sources and table; of several, which are views of one matter, readers choose one."""
        shown = ("figure", self.texts.language.code, key, *others)
        return Block(self.views.cache.text(shown, lambda: self._figure(*shown[2:])))

    def _figure(self, *keys: str) -> Block:
        charts = [self.edition.charts[key] for key in keys]
        self.views.uses.facts.extend(fact for chart in charts for fact in chart.facts)
        found = [self.views.chart(chart, self.charts(chart, self.texts)) for chart in charts]
        return self.part("figures", found) if len(found) > 1 else self.part("figure", found[0])

    def call_listing(self, file: str, *, entry: str = "") -> Block:
        """A file of data/ or templates/ as it is written, or one entry of it, as a code block."""
        self.views.uses.files.append(file)
        return Block(fenced(file, read_listing(self.templates.root, file, entry)))

    def call_claims_table(self, keys: list[str] | None = None, *, section: str = "") -> Block:
        """A table of the claims with these ids, or of all claims of a section, each with its verdict."""
        chosen = keys or [key for key, found in column(self.edition.claims, "section").items() if found == section]
        self.views.uses.claims.extend(chosen)
        return self.part("claims_table", [self.views.lazy_claim(key) for key in chosen])

    def call_events_table(self, *, section: str = "", after_article: bool | None = None) -> Block:
        """A table of events: all, those of a section, those before or after the checked article."""
        chosen = [
            event.id
            for event in self.edition.events.values()
            if section in ("", event.section) and after_article in (None, event.after_article)
        ]
        self.views.uses.events.extend(chosen)
        return self.part("events_table", [self.views.lazy_event(key) for key in chosen])

    def call_timeline(self) -> Block:
        """All events, grouped by year."""
        self.views.uses.events.extend(self.edition.events)
        years: dict[str, list[LazyView]] = {}
        for key, date in column(self.edition.events, "date").items():
            years.setdefault(self.views.year_text(date), []).append(self.views.lazy_event(key))
        return self.part("timeline", [ViewModel(year=year, events=events) for year, events in years.items()])

    def call_verdict_counts(self) -> Block:
        """The number of claims with each verdict."""
        counts = Counter(column(self.edition.claims, "verdict").values())
        rows = [
            ViewModel(
                verdict=verdict,
                verdict_text=self.texts.language.word(f"verdict.{verdict}"),
                count=self.texts.formatter.integer(counts[verdict]),
                url=self.views.links.to("fact-check", f"?verdict={verdict}"),
            )
            for verdict in VERDICTS
            if counts[verdict]
        ]
        return self.part("verdict_counts", rows)

    def call_risk_register(self) -> Block:
        """Every risk with the report's own judgement."""
        return self.part(
            "risk_register", [self._lazy("risk", key, self.edition.risks, self.views.risk) for key in self.edition.risks]
        )

    def call_judgment(self, key: str) -> Markup:
        """A conclusion: on the page that owns it with an anchor, where first shown; elsewhere quoted with a link to that."""
        judgment, uses = self.edition.judgments[key], self.views.uses.judgments
        owned = judgment.page == self.views.page and key not in uses
        uses.append(key)
        html = self.part("judgment", self._judgment(judgment), owned=owned)
        return Markup("").join(html.splitlines())

    def judgment_text(self, key: str) -> str:
        """A conclusion in front matter, which has no links."""
        return self.texts.fill(self.edition.judgments[key].text)

    def call_judgments_list(self) -> Block:
        """Every conclusion with what would change it, each linked to the page that owns it."""
        return self.part("judgments_list", [self._judgment(judgment) for judgment in self.edition.judgments.values()])

    def _judgment(self, judgment: report.Judgment) -> ViewModel:
        """A judgment with the title of the page that owns it."""
        title = self.front_matter(judgment.page).text("title", judgment.page)
        return ViewModel(**vars(self.views.judgment(judgment)), page_title=title)

    def call_checks_table(self) -> Block:
        """Every relation between facts that the build evaluates, with its result."""
        return self.part(
            "checks_table", [self._lazy("check", key, self.edition.checks, self.views.check) for key in self.edition.checks]
        )

    def call_forecasts_table(self) -> Block:
        """Every forecast with its outcome."""
        chosen = [key for key, forecast in column(self.edition.facts, "forecast").items() if forecast]
        self.views.uses.facts.extend(chosen)
        return self.part("forecasts_table", [self.views.lazy_fact(key) for key in chosen])

    def call_scorecard(self) -> Block:
        """The number of forecasts with each resolution."""
        rows = [
            ViewModel(
                resolution=resolution,
                resolution_text=self.texts.language.word(f"resolution.{resolution}"),
                count=self.texts.formatter.integer(count),
            )
            for resolution, count in forecast_counts(self.edition).items()
        ]
        return self.part("scorecard", rows)

    def call_citation(self) -> Block:
        """How to cite the report, and files for reference managers."""
        return self.part("citation", downloads.citation(self.views))

    def call_contact(self) -> Block:
        """Links by which readers report an error; nothing where data/report.yml has no `contact`."""
        return self.part("contact", downloads.contact(self.views))
