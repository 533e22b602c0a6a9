"""Renders a page template of one language to Markdown with front matter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache, partial

import jinja2

from ..diagnostics.finding import Diagnostic, DiagnosticError, Span
from ..markup.escaping import protect
from ..model import changelog, periods
from ..reading.front_matter import FrontMatter, body_of, read_front_matter, write_front_matter
from ..records.struct import replace
from ..wording.texts import Texts
from . import notices
from .block_functions import BlockFunctions
from .line_breaks import keep_punctuation, keep_units
from .minus_signs import with_minus_signs
from .page import Page, Uses
from .render_cache import RenderCache
from .rich_text import language_attributes
from .templates import MISTAKES, Templates, refusal
from .view_models import ChartDescriptions, ViewModels


class PageRenderer:
    """Renders the pages of one language."""

    def __init__(
        self,
        templates: Templates,
        texts: Texts,
        charts: ChartDescriptions,
        last_change: Callable[[], date | None] | None = None,
        cache: RenderCache | None = None,
    ) -> None:
        """`charts` describes a chart; `last_change` gives the day when anything of the edition changed last.

        `cache` has texts of the one page that is rendered.
        """
        self.cache = cache
        self.templates, self.texts, self.charts = templates, texts, charts
        templates.allow(frozenset((*function_names(), notices.STALE_CALL)))
        self.last_change = last_change or partial(changelog.last_change_of_all, texts.edition)
        self.edition = texts.edition
        self.stale = notices.stale_entries(templates.stale, texts.language.code)
        self.files_read: set[str] = set()  # templates whose front matter was read

    def front_matter(self, page: str) -> FrontMatter:
        """A template's front matter with calls in it rendered; raises the first mistake of its YAML as a DiagnosticError."""
        file = self.templates.file(page, self.texts.language.code)
        self.files_read.add(file)
        if (other := self._standing_in(page)) is not None:
            head = other.front_matter(page)
            self.files_read |= other.files_read
            return head
        sink: list[Diagnostic] = []
        head = read_front_matter(file, (self.templates.root / file).read_text(encoding="utf-8"), sink)
        if sink:
            raise DiagnosticError(sink[0])
        return head.rendered(lambda text: with_minus_signs(self.render_text(text, page), self.texts.language.words))

    def render_text(self, text: str, page: str) -> str:
        """A part of a page's template in one line, with calls rendered and conclusions without their anchors."""
        functions = self._functions(ViewModels(self.texts, page))
        plain = {"judgment": functions.judgment_text, "term": functions.term_words}
        rendered = self.templates.environment.from_string(text).render({**functions.by_name(), **plain})
        return " ".join(rendered.split())

    def render_sentence(self, text: str, page: str) -> str:
        """A sentence of a page's template as plain text; as it is written where it is no template by itself."""
        try:
            return self.render_text(text, page)
        except (DiagnosticError, jinja2.TemplateError, KeyError, TypeError, ValueError, AttributeError):  # half of a loop
            return text

    def _functions(self, views: ViewModels) -> BlockFunctions:
        return BlockFunctions(self.templates, views, self.charts, self.front_matter)

    def _standing_in(self, page: str) -> PageRenderer | None:
        """The renderer of the language that stands in for this one, where a page is not translated; else None."""
        report = self.edition.report
        code = self.templates.language_of(page, self.texts.language, [one.code for one in report.languages])
        if code == self.texts.language.code:
            return None
        return PageRenderer(
            self.templates, Texts(self.edition, report.language(code)), self.charts, self.last_change, self.cache
        )

    def render(self, page: str) -> Page:
        """One page; raises DiagnosticError where its template cannot be rendered.

        A page that a language in progress lacks is that of another language, under a notice in this one.
        """
        if (other := self._standing_in(page)) is None:
            return self._render(page)
        self.files_read.add(self.templates.file(page, self.texts.language.code))  # as soon as there is one, it is the page
        found, code = other.render(page), other.texts.language.code
        self.files_read |= {*other.files_read, self.templates.file(page, code)}
        original = ViewModels(self.texts, page).links.to_translation(code, page, "")
        original.attributes = language_attributes(self.texts.language.code, code)
        notice = self.templates.render_part("untranslated", self.texts, original)
        head = {**other.front_matter(page).protected().values, **self._footer(found.changed, found.uses)}
        body = body_of(found.markdown)
        return replace(
            found, language=self.texts.language.code, written_in=code, markdown=f"{write_front_matter(head)}\n{notice}\n{body}"
        )

    def _render(self, page: str) -> Page:
        file = self.templates.file(page, self.texts.language.code)
        views = ViewModels(self.texts, page, self.cache, stale=self.stale)
        functions = self._functions(views)
        text = self._render_template(file, functions)
        head = self.front_matter(page)
        changed = self._last_changed(head, views.uses)
        self.files_read.update(views.uses.files)
        body = keep_punctuation(keep_units(body_of(text)))
        if corrected := notices.corrections(self.edition, views.uses.facts):
            block = functions.part("corrections", [views.correction(correction) for correction in corrected])
            body = notices.insert_after_lead(body, str(block))
        body = with_minus_signs(body, self.texts.language.words)
        return Page(
            name=page,
            language=self.texts.language.code,
            title=head.text("title", page),
            description=head.text("description"),
            markdown=write_front_matter({**head.protected().values, **self._footer(changed, views.uses)}) + body,
            uses=views.uses.without_repetitions(),
            changed=changed,
        )

    def _render_template(self, file: str, functions: BlockFunctions) -> str:
        try:
            return self.templates.render_page(file.removeprefix("templates/"), functions.by_name())
        except jinja2.TemplateSyntaxError as error:
            broken = file if error.name is None else f"templates/{error.name}"
            raise DiagnosticError(refusal(broken, error.source or "", error)) from error
        except DiagnosticError as error:
            if error.diagnostic.rule == "missing-word":  # the place that asks for it is told, not where it could stand
                raise DiagnosticError(replace(error.diagnostic, span=Span(file, _line_of(error, file)))) from error
            raise
        except MISTAKES as error:
            finding = Diagnostic(rule="template-error", span=Span(file, _line_of(error, file)), args={"why": str(error)})
            raise DiagnosticError(finding) from error

    def _last_changed(self, head: FrontMatter, uses: Uses) -> date | None:
        """The latest change of what a page uses (of all entries, where it uses none or lists all), or of its text."""
        if uses.lists_all or not (uses.facts or uses.claims or uses.events):
            of_data = self.last_change()
        else:
            of_data = changelog.last_change(self.edition, facts=uses.facts, claims=uses.claims, events=uses.events)
        return max((day for day in (head.changed, of_data) if day), default=None)

    def _footer(self, changed: date | None, uses: Uses) -> dict[str, str]:
        """Front matter for the footer of a page: what the mark of an overdue fact means, and the day of the last change."""
        due = {"due_text": protect(self.texts.language.word("due.note"))} if uses.overdue else {}
        if changed is None:
            return due
        words = self.texts.word_period(periods.parse(changed.isoformat()))
        return {
            **due,
            "changed": changed.isoformat(),
            "changed_text": protect(self.texts.language.word("page.changed").replace("{0}", words)),
        }


@cache
def function_names() -> tuple[str, ...]:
    """Names of the functions that page templates can call."""
    return ("t", *(name.removeprefix("call_") for name in dir(BlockFunctions) if name.startswith("call_")))


def _line_of(error: BaseException, file: str) -> int:
    """The line of a template that raised an error."""
    line, trace = 1, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename.replace("\\", "/").endswith(file):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
