"""Templates of text and calls give what Jinja gives for them, and whatever else stands in a template is left to Jinja."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jinja2
import pytest
from markupsafe import Markup

from generator.diagnostics.finding import Diagnostic
from generator.pages.call_templates import text_and_calls
from generator.pages.renderer import function_names
from generator.pages.sandbox import Block
from generator.pages.templates import Templates, syntax_error

HOME = Path(__file__).resolve().parents[2]
NAME = "pages/index.en.md.j2"


class Functions:
    """What pages call, here to show what they were given; the sandbox calls methods only."""

    def show(self, *arguments: object, **options: object) -> str:
        return f"*{arguments}* <{options}>"

    def html(self, text: str) -> Markup:
        return Markup("<b>*{}*</b>").format(text)

    def block(self, *, of: list[str]) -> Block:
        return Block("<p>{}</p>").format(", ".join(of))

    def fail(self, number: int) -> str:
        raise ValueError(number)


def functions() -> dict[str, Any]:
    made = Functions()
    return {"show": made.show, "html": made.html, "block": made.block, "fail": made.fail}


def project(tmp_path: Path, source: str) -> Templates:
    file = tmp_path / "templates" / NAME
    file.parent.mkdir(parents=True)
    file.write_bytes(source.encode())
    templates = Templates(tmp_path)
    templates.allow(frozenset(functions()))
    return templates


@pytest.mark.parametrize(
    "source",
    [
        "",
        "no call at all, { one } brace }}\n\n",
        '{{ show("a_b") }}',
        "before {{show('<', \"'\", 0, 12, [\"x\", 'y'], [])}} after\n",
        '# 題{{ show("𠮷", a = 1,\n  b=["*"]) }}\n{{ html( "<é>" ) }}\n{{ block(of=["a", "b"]) }}\n',
        '{ {{ show() }} }{{ show("") }}',
    ],
)
def test_calls_with_written_arguments_give_what_jinja_gives(tmp_path: Path, source: str) -> None:
    templates = project(tmp_path, source)
    assert text_and_calls(source, functions()) is not None
    assert templates.render_page(NAME, functions()) == templates.environment.get_template(NAME).render(functions())
    assert syntax_error(templates, f"templates/{NAME}", source, functions()) is None


@pytest.mark.parametrize(
    "source",
    [
        "{# a comment #}",
        "{% if true %}a{% endif %}",
        '{{ show("a") | upper }}',
        '{{ show("a") ~ "b" }}',
        '{{- show("a") }}',
        '{{ show("a") -}}',
        '{{{ show("a") }}}',
        '{{ show("a\\n") }}',
        '{{ show("a" "b") }}',
        '{{ show("a",) }}',
        '{{ show(a="b", "c") }}',
        '{{ show(a="b", a="c") }}',
        "{{ show(01) }}",
        "{{ show(1.5) }}",
        "{{ show(-1) }}",
        "{{ show(true) }}",
        "{{ show(name) }}",
        '{{ show(show("a")) }}',
        '{{ show("a").b }}',
        '{{ other("a") }}',
        "{{ show }}",
        '{{ show("a")',
        'a\r\n{{ show("a") }}',
    ],
)
def test_anything_else_is_left_to_jinja(source: str) -> None:
    assert text_and_calls(source, functions()) is None


def test_an_error_names_its_line(tmp_path: Path) -> None:
    templates = project(tmp_path, 'one\n{{ show("a") }}\n{{ fail(3) }}\n')
    with pytest.raises(ValueError, match="3") as caught:
        templates.render_page(NAME, functions())
    assert [line for file, line in _places(caught.value) if file.endswith(NAME)] == [3]


class Failing(Functions):
    """A function that fails when it is called first, as for want of memory or of a file that is being replaced."""

    def __init__(self, error: Exception) -> None:
        self.error, self.calls = error, 0

    def show(self, *arguments: object, **options: object) -> str:
        self.calls += 1
        if self.calls == 1:
            raise self.error
        return super().show(*arguments, **options)


@pytest.mark.parametrize(("error", "calls"), [(ValueError("wrong"), 2), (FileNotFoundError("gone"), 1)])
def test_a_page_that_failed_once_is_not_made_by_another_attempt(tmp_path: Path, error: Exception, calls: int) -> None:
    """Its functions have recorded then what they were called for; where a mistake is to be told, Jinja only finds its line."""
    templates, failing = project(tmp_path, '{{ show("a") }}'), Failing(error)
    with pytest.raises(type(error), match=str(error)):
        templates.render_page(NAME, {"show": failing.show})
    assert failing.calls == calls


def _places(error: BaseException) -> list[tuple[str, int]]:
    trace, found = error.__traceback__, []
    while trace is not None:
        found.append((trace.tb_frame.f_code.co_filename.replace("\\", "/"), trace.tb_lineno))
        trace = trace.tb_next
    return found


def test_what_is_unknown_is_found_as_before(tmp_path: Path) -> None:
    templates = project(tmp_path, "")
    for source in ('{{ show("a") }}{{ "a" }}', '{{ show("a") }}'):
        assert syntax_error(templates, f"templates/{NAME}", source, functions()) is None
    found = syntax_error(templates, f"templates/{NAME}", '{{ show("a") }}{{ other }}', functions())
    assert isinstance(found, Diagnostic)
    assert found.rule == "unknown-call"
    with pytest.raises(jinja2.TemplateError):
        project(tmp_path / "other", "{{ other() }}").render_page(NAME, functions())


def test_the_pages_of_this_report_need_no_compiler() -> None:
    sources = [path.read_text(encoding="utf-8") for path in sorted((HOME / "templates/pages").rglob("*.j2"))]
    read = [text_and_calls(source, function_names()) is not None for source in sources]
    assert sum(read) > len(read) / 2
