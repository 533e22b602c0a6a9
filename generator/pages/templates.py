"""The Jinja templates of a report: pages below templates/pages/, and macros for blocks of HTML, which are called parts.

Parts come with the package, and a project has its own below templates/parts/. The macros of a file there with the name of one
of the package's are used in place of the package's, also by its other parts, and can import these from `defaults/parts/`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jinja2
from jinja2.environment import TemplateModule

from ..defaults.files import FOLDER, default_files
from ..diagnostics.finding import Clause, Diagnostic, DiagnosticError, Span
from ..model.languages import Language, fallbacks
from ..reading.translations import StalePassage
from ..wording.texts import Texts
from . import notices
from .call_templates import text_and_calls
from .compiled_templates import CompiledTemplates
from .part_sources import completed
from .sandbox import Block, ReportSandbox
from .template_syntax import ForbiddenSyntaxError, UnknownCallError, place_of, unknown_name
from .theme_sandbox import ThemeSandbox

# What an author's mistake in a template raises, or in the call of a function; all else is no mistake of the template.
MISTAKES: tuple[type[Exception], ...] = (
    *(DiagnosticError, jinja2.TemplateError, RecursionError),
    *(KeyError, TypeError, ValueError, AttributeError),
)
_PARTS = "templates/parts/"
_NO_ADDRESS = ' href=""'  # of a link to a page that the report lacks


class _Loader(jinja2.FileSystemLoader):
    """Reads templates, and puts a notice behind each paragraph that is older than its translation."""

    def __init__(self, folder: Path, stale: Sequence[StalePassage]) -> None:
        super().__init__([folder, FOLDER])
        self.package = jinja2.FileSystemLoader(FOLDER.parent)
        self.stale = stale

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """A template's text, its file, and a function that tells whether the text is current."""
        if template.startswith(f"{FOLDER.name}/"):
            return self.package.get_source(environment, template)
        source, file, current = super().get_source(environment, template)
        package = default_files().get(f"templates/{template}")
        if template.startswith("parts/") and package is not None and package != Path(file):
            return completed(source, package.read_text(encoding="utf-8")), file, current
        stale = notices.stale_of_page(self.stale, f"templates/{template}")
        return notices.insert_stale_calls(source, stale), file, current


@dataclass(slots=True)
class Templates:
    """The templates of a project; each is compiled once."""

    root: Path  # of the project
    stale: Sequence[StalePassage] = ()  # texts that are older than their translations
    compiled: Path | None = None  # the folder in which compiled templates are kept, if they are
    loader: _Loader = field(init=False)
    environment: ReportSandbox = field(init=False)
    _macros: dict[tuple[str, int], tuple[TemplateModule, Language]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Make the environment that all templates share."""
        self.loader = _Loader(self.root / "templates", self.stale)
        self.environment = ReportSandbox(loader=self.loader)

    def allow(self, functions: Collection[str]) -> None:
        """Say what pages can call besides macros: all else is refused when a template is compiled."""
        if functions == self.environment.functions:
            return
        self.environment.functions = functions
        if self.compiled is not None:
            self.environment.bytecode_cache = CompiledTemplates(self.compiled, *sorted(functions))

    def file(self, page: str, language: str) -> str:
        """The path of a page's template, relative to the project's root."""
        return f"templates/pages/{page}.{language}.md.j2"

    def language_of(self, page: str, language: Language, codes: Sequence[str]) -> str:
        """The language that a page is written in for readers of a language: its own, or the one that stands in for it.

        `codes` are the languages of the report. Only a language in progress lacks pages.
        """
        for code in (language.code, *fallbacks(codes, language.code)) if language.in_progress else ():
            if (self.root / self.file(page, code)).is_file():
                return code
        return language.code

    def render_page(self, name: str, functions: Mapping[str, Any]) -> str:
        """The template of a page with the results of its calls; raises what Jinja raises."""
        environment = self.environment
        source, _, _ = self.loader.get_source(environment, name)
        pieces = text_and_calls(source, environment.functions or ())
        if pieces is None:
            return environment.get_template(name).render(functions)
        try:
            return environment.render_calls(name, pieces, functions)
        except MISTAKES:
            environment.get_template(name).render(functions)  # comes to the mistake as well, and names its line
            raise  # what the functions recorded was recorded twice: no page is made of it

    def parts(self) -> tuple[str, ...]:
        """Names of the macros that pages can use, sorted; files whose name starts with an underscore are for other parts."""
        names = (file.removeprefix(_PARTS) for file in part_files(self.root))
        return tuple(name.removesuffix(".html.j2") for name in names if name.endswith(".html.j2") and name[0] != "_")

    def render_part(self, name: str, texts: Texts, views: object, **options: object) -> Block:
        """The macro of a part, called with view models, as one block of HTML within Markdown."""
        with self.environment.budget:
            text = str(getattr(self._module(name, texts.language), name)(views, **options)).replace(_NO_ADDRESS, "")
        return Block("\n".join(_without_empty_lines(text.splitlines())) + "\n")

    def _module(self, name: str, language: Language) -> TemplateModule:
        """The macros of a part, with the words of a language; made once for each, because nothing in it changes."""
        key = (name, id(language))  # the entry keeps the language alive
        if key not in self._macros:
            module = self.environment.get_template(f"parts/{name}.html.j2").make_module({"t": language.word})
            self._macros[key] = (module, language)
        return self._macros[key][0]


def part_files(root: Path) -> tuple[str, ...]:
    """The paths of all parts that a project's pages can use, its own and the package's, from the project's root, sorted."""
    own = (f"{_PARTS}{path.name}" for path in (root / _PARTS).glob("*.j2"))
    return tuple(sorted({*own, *(path for path in default_files() if path.startswith(_PARTS))}))


def _without_empty_lines(lines: Iterable[str]) -> Iterator[str]:
    """Lines of HTML with empty ones only around Markdown headings: elsewhere they would end a block of HTML."""
    for line in lines:
        if line.startswith("#"):
            yield from ("", line, "")
        elif line.strip():
            yield line


def syntax_error(templates: Templates, file: str, source: str, functions: Collection[str]) -> Diagnostic | None:
    """The diagnostic of a template that Jinja cannot parse, or that asks for something there is not; None where it can be used.

    `functions` are what it can call.
    """
    if text_and_calls(source, functions) is not None:
        return None
    try:
        tree = templates.environment.parse(source, file.removeprefix("templates/"))
    except jinja2.TemplateSyntaxError as error:
        return refusal(file, source, error)
    except RecursionError:
        return _too_deep(file)
    if (unknown := unknown_name(tree, functions)) is None:
        return None
    name, number = unknown
    line = source.splitlines()[number - 1]
    span = Span(file, number, place_of(name, line), len(name))
    return Diagnostic(rule="unknown-call", variant="name", span=span, args={"name": name})


def theme_template_error(file: str, source: str) -> Diagnostic | None:
    """The diagnostic of a template that stands in place of one of the theme's and cannot be used; None where it can."""
    try:
        ThemeSandbox(loader=None).parse(source, file)
    except jinja2.TemplateSyntaxError as error:
        return refusal(file, source, error)
    except RecursionError:
        return _too_deep(file)
    return None


def _too_deep(file: str) -> Diagnostic:
    return Diagnostic(rule="template-syntax", span=Span(file), args={"why": "it is nested too deeply"})


def refusal(file: str, source: str, error: jinja2.TemplateSyntaxError) -> Diagnostic:
    """Why a template is not rendered."""
    if not isinstance(error, ForbiddenSyntaxError):
        return Diagnostic(rule="template-syntax", span=Span(file, error.lineno), args={"why": error.message or ""})
    lines = source.splitlines()
    line = lines[error.lineno - 1] if error.lineno <= len(lines) else ""
    span = Span(file, error.lineno, place_of(error.found, line), max(1, len(error.found)))
    if isinstance(error, UnknownCallError):
        return Diagnostic(rule="unknown-call", span=span, args={"name": error.found, "suggestion": Clause("check-spelling")})
    return Diagnostic(rule="unsafe-template", span=span, args={"found": error.found})
