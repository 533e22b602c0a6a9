"""A project's Jinja templates: pages below templates/pages/, and macros for blocks of HTML below templates/parts/."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import jinja2
from markupsafe import Markup

from ..diagnostics.finding import Diagnostic, Span
from ..reading.translations import StalePassage
from ..wording.texts import Texts
from . import notices


class _Loader(jinja2.FileSystemLoader):
    """Reads templates, and puts a notice behind each paragraph that is older than its translation."""

    def __init__(self, folder: Path, stale: Sequence[StalePassage]) -> None:
        super().__init__(folder)
        self.stale = stale

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """A template's text, its file, and a function that tells whether the text is current."""
        source, file, current = super().get_source(environment, template)
        stale = notices.stale_of_page(self.stale, f"templates/{template}")
        return notices.insert_stale_calls(source, stale), file, current


@dataclass(slots=True)
class Templates:
    """The templates of a project; each is compiled once."""

    root: Path  # of the project
    stale: Sequence[StalePassage] = ()  # texts that are older than their translations
    environment: jinja2.Environment = field(init=False)

    def __post_init__(self) -> None:
        """Make an environment that fails on unknown names, and escapes all texts so that data can never become markup."""
        self.environment = jinja2.Environment(
            loader=_Loader(self.root / "templates", self.stale),
            undefined=jinja2.StrictUndefined,
            autoescape=True,
            keep_trailing_newline=True,
            auto_reload=False,
            optimized=False,  # most templates are rendered once: looking for constants costs more than it saves
        )

    def file(self, page: str, language: str) -> str:
        """The path of a page's template, relative to the project's root."""
        return f"templates/pages/{page}.{language}.md.j2"

    def parts(self) -> tuple[str, ...]:
        """Names of the macros that pages can use, sorted; files whose name starts with an underscore are for other parts."""
        return tuple(
            sorted(
                path.name.removesuffix(".html.j2")
                for path in (self.root / "templates/parts").glob("*.html.j2")
                if not path.name.startswith("_")
            )
        )

    def render_part(self, name: str, texts: Texts, views: object, **options: object) -> Markup:
        """The macro of a part, called with view models, as one block of HTML within Markdown."""
        template = self.environment.get_template(f"parts/{name}.html.j2")
        module = template.make_module({"t": texts.language.word})
        text = str(getattr(module, name)(views, **options))
        return Markup("\n".join(_without_empty_lines(text.splitlines())) + "\n")  # noqa: S704  escaped by the part


def _without_empty_lines(lines: Iterable[str]) -> Iterator[str]:
    """Lines of HTML with empty ones only around Markdown headings: elsewhere they would end a block of HTML."""
    for line in lines:
        if line.startswith("#"):
            yield from ("", line, "")
        elif line.strip():
            yield line


def syntax_error(templates: Templates, file: str, source: str) -> Diagnostic | None:
    """The diagnostic of a template that Jinja cannot parse; None where it can."""
    try:
        templates.environment.parse(source)
    except jinja2.TemplateSyntaxError as error:
        return Diagnostic(rule="template-syntax", span=Span(file, error.lineno), args={"why": error.message or ""})
    return None
