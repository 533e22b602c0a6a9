"""Templates, theme overrides and settings of strangers: what reaches for code, files, other hosts or endless work is refused."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import jinja2
import pytest
from attack import Attack, Content, check, held, lay_out, run
from jinja2.compiler import CodeGenerator

from generator.diagnostics.finding import Diagnostic
from generator.markup.active import active_in_article, active_markup
from generator.markup.document import Document
from generator.pages.render_budget import BudgetExceededError
from generator.pages.sandbox import ReportSandbox
from generator.pages.template_syntax import ForbiddenSyntaxError
from generator.pages.theme_sandbox import ThemeSandbox
from generator.reading.site_settings import FILE, read_site_settings

# Of a page: none of these is rendered, not even in part.
REFUSED = (
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ fact.__globals__ }}",
    "{{ fact.__self__ }}",
    "{{ fact['__globals__'] }}",
    "{{ (fact).__func__ }}",
    "{{ ''.__class__.__mro__ }}",
    "{{ ''['__class__'] }}",
    "{{ self.__init__ }}",
    "{{ fact | attr('__globals__') }}",
    "{{ ['__globals__'] | map('attr') }}",
    "{{ '{0.__class__}'.format(fact) }}",
    "{{ '%s' % fact }}",
    "{{ fact | format }}",
    "{{ 'a' | center(9) }}",
    "{{ 'a' | indent(9) }}",
    "{{ 'a' | wordwrap(9) }}",
    "{{ ['a'] | batch(9) }}",
    "{{ ['a'] | tojson }}",
    "{{ ['a'] | pprint }}",
    "{{ 'a' | xmlattr }}",
    "{{ '<script>' | safe }}",
    "{{ 'a' | urlize }}",
    "{{ ['a'] | random }}",
    "{{ ['a'] | groupby('x') }}",
    "{{ ['a'] | selectattr('x') }}",
    "{{ 'a' * 9 }}",
    "{{ 9 ** 9 }}",
    "{{ 9 // 9 }}",
    "{{ 9 / 9 }}",
    "{{ {'a': 1} }}",
    "{% for i in range(9) recursive %}{% endfor %}",
    "{% include 'pages/index.en.md.j2' %}",
    "{% extends 'pages/index.en.md.j2' %}",
    "{% import 'parts/term.html.j2' as x %}{{ x.term() }}",
    "{% from 'pages/index.en.md.j2' import x %}",
    "{% from name import x %}",
    "{% block x %}{% endblock %}",
    "{% call fact() %}{% endcall %}",
    "{% filter upper %}{% endfilter %}",
    "{% set x %}{% endset %}",
    "{% set x.y = 1 %}",
    "{% with x = 1 %}{% endwith %}",
    "{% autoescape false %}<script>{% endautoescape %}",
    "{% do fact() %}",
    "{% debug %}",
    "{% trans %}x{% endtrans %}",
    "{{ fact(*[1]) }}",
    "{{ fact(**x) }}",
    "{{ fact()() }}",
    "{{ t.word }}{{ t.word('x') }}",
    "{{ loop.__class__ }}",
    "{{ range(9) }}",
    "{{ dict(a=1) }}",
    "{{ lipsum() }}",
    "{{ joiner() }}",
    "{{ namespace() }}",
    "{{ cycler('a') }}",
    "{{ open('/etc/hostname') }}",
    "{{ evaluate('1') }}",
)


def sandbox(**files: str) -> ReportSandbox:
    """A sandbox whose pages can call `fact` and `t`."""
    found = ReportSandbox(loader=jinja2.DictLoader({f"pages/{name}": text for name, text in files.items()}))
    found.functions = ("fact", "t")
    return found


@pytest.mark.parametrize("source", REFUSED)
def test_a_page_that_reaches_out_is_refused_before_it_is_rendered(source: str) -> None:
    with pytest.raises(jinja2.TemplateSyntaxError):
        sandbox(page=f"before {source}").get_template("pages/page")


@pytest.mark.parametrize("source", [one for one in REFUSED if "range" not in one])
def test_a_part_cannot_do_more(source: str) -> None:
    with pytest.raises(jinja2.TemplateSyntaxError):
        sandbox().parse(source, "parts/x.html.j2")


class Secret:
    """An object of ours that a view may hold by mistake."""

    word = "secret"

    def method(self) -> str:
        """Not for templates."""
        return "secret"


@pytest.mark.parametrize("source", ["{{ x.word }}", "{{ x['word'] }}", "{{ x.method }}", "{{ x.nothing }}", "{{ fact.word }}"])
def test_templates_read_only_what_views_hold(source: str) -> None:
    with pytest.raises(jinja2.TemplateError):
        sandbox(page=source).get_template("pages/page").render(x=Secret(), fact=Secret().method)


def test_nothing_is_rendered_with_a_jinja_that_parses_in_another_way() -> None:
    class OtherReportParser(ReportSandbox):
        _parse = jinja2.Environment._parse  # noqa: SLF001  as if it had another name by now

    class OtherThemeParser(ThemeSandbox):
        _parse = jinja2.Environment._parse  # noqa: SLF001

    class OtherGenerator(ReportSandbox):
        code_generator_class = CodeGenerator  # type: ignore[assignment]  # as if its methods had other names by now

    for other in (OtherReportParser, OtherThemeParser, OtherGenerator):
        with pytest.raises(RuntimeError, match="Jinja"):
            other(loader=jinja2.DictLoader({}))


ENDLESS = (
    "{% set a = 'xxxxxxxxxx' %}" + "{% set a = a ~ a ~ a ~ a ~ a ~ a ~ a ~ a ~ a ~ a %}" * 12,
    "{% set a = 'xxxxxxxxxx' %}" + "{% set a = a + a %}" * 40,
    "{% set a = 'xxxxxxxxxx' %}" + "{% set a = a | replace('x', a) %}" * 9,
    "".join(f"{{% for a{n} in [1,2,3,4,5,6,7,8,9,0] %}}" for n in range(12)) + "x" + "{% endfor %}" * 12,
    "".join(f"{{% for a{n} in [1,2,3,4,5,6,7,8,9,0] %}}" for n in range(6)) + "x" * 5000 + "{% endfor %}" * 6,
    "{% macro f(a) %}{% if a %}{{ f(a[1:]) }}{{ f(a[1:]) }}{% endif %}{% endmacro %}{{ f('" + "x" * 60 + "') }}",
    "{% macro f() %}{{ f() }}{{ f() }}{% endmacro %}{{ f() }}",
    "{% macro f(a) %}" + "x" * 1000 + "{% for b in a %}{{ f(a[1:]) }}{% endfor %}{% endmacro %}{{ f('" + "x" * 30 + "') }}",
)


@pytest.mark.parametrize("source", ENDLESS)
def test_endless_work_ends(source: str) -> None:
    with pytest.raises((BudgetExceededError, RecursionError, jinja2.TemplateError)):
        sandbox(page=source).get_template("pages/page").render()


OVERRIDES = (
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ config.__class__ }}",
    "{{ config['__class__'] }}",
    "{{ page.__init__ }}",
    "{{ range(9) }}",
    "{{ lipsum() }}",
    "{{ 'a' | center(9) }}",
    "{{ ['a'] | batch(9) }}",
    "{{ 'a' | format }}",
    "{% for a in b recursive %}{% endfor %}",
)


@pytest.mark.parametrize("source", OVERRIDES)
def test_an_override_of_the_theme_that_reaches_out_is_refused(source: str) -> None:
    with pytest.raises(ForbiddenSyntaxError):
        ThemeSandbox(loader=None).from_string(source)


@pytest.mark.parametrize(
    "source",
    ["{{ x.method() }}", "{{ x.word.__class__ }}", "{{ (x | attr('__class__')).y }}", "{% set y = x.method %}{{ y() }}"],
)
def test_an_override_calls_no_method_of_ours(source: str) -> None:
    with pytest.raises(jinja2.TemplateError):
        ThemeSandbox(loader=None).from_string(source).render(x=Secret())


def test_an_override_changes_no_list_whatever_was_read_before() -> None:
    template = ThemeSandbox(loader=None).from_string("{{ x.pop }}")
    for _ in range(2):
        assert template.render(x=SimpleNamespace(pop="a value")) == "a value"
        assert template.render(x=[1]) == ""


ACTIVE = (
    "<script>run()</script>",
    "<script src=a.js></script>",
    "<SCRIPT/x>run()</SCRIPT>",
    "<svg><script>run()</script></svg>",
    "<iframe src=a.html></iframe>",
    "<iframe srcdoc=x></iframe>",
    "<object data=a.swf></object>",
    "<embed src=a.swf>",
    "<base href=/>",
    "<meta http-equiv=refresh content=x>",
    "<link rel=stylesheet href=a.css>",
    "<p onclick=run()>x</p>",
    "<p/onclick=run()>x</p>",
    "<p\nonclick\n=\nrun()>x</p>",
    '<p title="x"onclick=run()>x</p>',
    "<svg onload=run()></svg>",
    "<a href=javascript:run()>x</a>",
    "<a href='JaVaScRiPt:run()'>x</a>",
    "<a href=' javascript:run()'>x</a>",
    "<a href='java&#115;cript:run()'>x</a>",
    "<a href='java&Tab;script:run()'>x</a>",
    "<a href='java\nscript:run()'>x</a>",
    "<a href='vbscript:run()'>x</a>",
    "<a href='data:text/html,x'>x</a>",
    "<svg><a xlink:href='javascript:run()'>x</a></svg>",
    "<form action=javascript:run()></form>",
    "<form action=https://other.example></form>",
    "<button formaction=javascript:run()>x</button>",
    "<button formaction=//other.example>x</button>",
    "<img src=https://other.example/a.png>",
    "<img src=//other.example/a.png>",
    "<img src='\\\\other.example/a.png'>",
    "<img src='ht&#116;ps://other.example/a.png'>",
    "<img src=data:image/svg+xml,x>",
    "<img srcset='a.png, https://other.example/a.png x'>",
    "<video poster=https://other.example/a.png></video>",
    "<video src=https://other.example/a.mp></video>",
    "<svg><image href=https://other.example/a.png /></svg>",
    "<svg><use href=https://other.example/a.svg#x /></svg>",
    "<table background=https://other.example/a.png></table>",
    "<a href=x ping=https://other.example>x</a>",
    "<p style='background:url(https://other.example/a.png)'>x</p>",
    "<p style='background:url(//other.example/a.png)'>x</p>",
    "<style>@import 'https://other.example/a.css';</style>",
    "<style>p{background:url(https://other.example/a.png)}</style>",
)
QUIET = (
    "<a href=https://other.example/>x</a>",
    "<a href=mailto:x@other.example>x</a>",
    "<img src=../charts/a.svg alt='javascript:run() onclick=x'>",
    "<p>&lt;script&gt;run()&lt;/script&gt; javascript:run() onclick=x https://other.example/a.png</p>",
    "<button popovertarget=x>x</button>",
    "<form class=x hidden><input name=text></form>",
    "<p style='color:red'>x</p>",
)


@pytest.mark.parametrize("html", ACTIVE)
def test_what_would_run_or_ask_other_hosts_is_found(html: str) -> None:
    assert list(active_markup(f"<p>before</p>{html}"))


@pytest.mark.parametrize(
    ("sources", "foreign"),
    [
        ('srcset="../a/b.svg"', False),
        ('srcset="a.svg" media="print"', False),
        ('srcset="a.svg, https://other.example/a.svg"', True),
        ('srcset="//other.example/a.svg"', True),
        ('srcset="..//other.example/a.svg"', False),
        ("srcset='https://other.example/a.svg'", True),
        ('srcset = "https://other.example/a.svg"', True),
        ('srcset="a.svg"><img srcset="https://other.example/a.svg"', True),
    ],
)
def test_sources_of_pictures_in_finished_pages_are_looked_at_where_one_is_more_than_a_path(sources: str, foreign: bool) -> None:  # noqa: FBT001
    html = f"<main><picture><source {sources}><img src='a.svg'></picture></main>"
    assert bool(list(active_in_article(html, Document(html)))) is foreign


@pytest.mark.parametrize("html", QUIET)
def test_links_and_texts_are_none_of_it(html: str) -> None:
    assert list(active_markup(html)) == []


SETTINGS = (
    "site_name: !!python/object/apply:os.system ['id']",
    "site_name: !!python/name:os.system",
    "site_name: !ENV HOME",
    "site_name: !relative x",
    "INHERIT: ../other.yml",
    "hooks: [run.py]",
    "plugins: [macros]",
    "plugins: [search, {macros: {module_name: run}}]",
    "plugins: {gen-files: {scripts: [run.py]}}",
    "plugins: {search: {hooks: run.py}}",
    "plugins: {material/social: {}}",
    "plugins: {material/privacy: {}}",
    "markdown_extensions: [pymdownx.snippets]",
    "markdown_extensions: {pymdownx.b64: {base_path: /}}",
    "markdown_extensions: {pymdownx.emoji: {emoji_generator: x}}",
    "markdown_extensions: {pymdownx.superfences: {custom_fences: [{format: x}]}}",
    "markdown_extensions: {toc: {slugify: x}}",
    "markdown_extensions: [run.py]",
    "markdown_extensions: {os: {}}",
    "theme: mkdocs",
    "theme: {name: readthedocs}",
    "theme: {name: material, custom_dir: ..}",
    "theme: {name: material, custom_dir: /tmp}",
    "theme: {name: material, custom_dir: docs}",
    "theme: {name: material, static_templates: [x.html]}",
    "theme: {name: material, logo: ../../x.svg}",
    "theme: {name: material, logo: 'https://other.example/x.svg'}",
    "theme: {name: material, favicon: /etc/passwd}",
    "theme: {name: material, language: ../x}",
    "docs_dir: ..",
    "docs_dir: /",
    "site_dir: ../..",
    "extra_css: [//other.example/a.css]",
    "extra_javascript: [https://other.example/a.js]",
    "extra_javascript: [{path: 'https://other.example/a.js'}]",
    "extra_javascript: ['data:text/javascript,run()']",
    "extra_javascript: ['../a.js']",
    "extra: {analytics: {provider: google}}",
    "extra: {scope: '\");run(\"'}",
    "extra: {polyfills: ['https://other.example/a.js']}",
    "extra: {social: [{link: 'javascript:run()'}]}",
    "repo_url: javascript:run()",
    "extra_templates: [x.html]",
    "watch: [/]",
    "[1, 2]",
    "x",
)


@pytest.mark.parametrize("text", SETTINGS)
def test_settings_that_reach_out_are_findings_with_a_place(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(f"# settings\n{text}\n", encoding="utf-8")
    found: list[Diagnostic] = []
    assert read_site_settings(tmp_path, found) == {}
    assert {one.rule for one in found} <= {"unsafe-setting", "yaml-syntax"}
    assert {one.span.line for one in found} == {2}


MKDOCS = "site_name: x\nstrict: true\ntheme: {name: material, custom_dir: templates/overrides}\n"
PAGE = "templates/pages/index.en.md.j2"


def with_line(line: str, text: str) -> str:
    """A page with one more line of front matter."""
    assert text.startswith("---\n")
    return text.replace("---\n", f"---\n{line}\n", 1)


def with_template(name: str, text: str) -> str:
    """A page whose front matter names a template of the theme."""
    return with_line(f"template: {name}", text)


CHECKED = (
    Attack(name="tag", kind="settings", files={FILE: MKDOCS + "extra: {x: !!python/name:os.system }"}, rule="yaml-syntax"),
    Attack(name="hook", kind="settings", files={FILE: MKDOCS + "hooks: [run.py]"}, rule="unsafe-setting"),
    Attack(name="globals", kind="page", files={PAGE: lambda text: text + "{{ fact.__globals__ }}"}, rule="unsafe-template"),
    Attack(name="unknown call", kind="page", files={PAGE: lambda text: text + "{{ system() }}"}, rule="unknown-call"),
    Attack(name="script", kind="page", files={PAGE: lambda text: text + "<script>run()</script>"}, rule="active-markup"),
    Attack(name="comment", kind="page", files={PAGE: lambda text: text + "<scr{# #}ipt>run()</script>"}, rule="active-markup"),
    Attack(
        name="constant", kind="page", files={PAGE: lambda text: text + '<scr{{ "ipt" }}>run()</script>'}, rule="active-markup"
    ),
    Attack(name="image", kind="page", files={PAGE: lambda text: text + "![x](data:image/png,x)"}, rule="active-markup"),
    Attack(name="link", kind="page", files={PAGE: lambda text: text + "[x](javascript:run())"}, rule="active-markup"),
    Attack(
        name="reference",
        kind="page",
        files={PAGE: lambda text: text + "[x][y]\n\n[y]: javascript:run()\n"},
        rule="active-markup",
    ),
    Attack(name="attribute", kind="page", files={PAGE: lambda text: text + "*x*{: onclick=run() }"}, rule="active-markup"),
    *(
        Attack(
            name=f"template {name}",
            kind="page",
            files={PAGE: partial(with_template, name)},
            rule="file-missing",
        )
        for name in ("partials/footer.html", "../main.html", "/etc/passwd", "nowhere.html", "[main.html]", "sitemap.xml")
    ),
    *(
        Attack(name=f"front matter {line}", kind="page", files={PAGE: partial(with_line, line)}, rule="wrong-shape")
        for line in ("hide: 5", "hide: {a: b}", "search: x", "search: [x]")
    ),
    Attack(
        name="icon",
        kind="page",
        files={PAGE: lambda text: text.replace("---\n", "---\nicon: ../../x\n", 1)},
        rule="file-missing",
    ),
    Attack(name="part", kind="part", files={"templates/parts/x.html.j2": "<p onclick=run()>"}, rule="active-markup"),
    Attack(
        name="class", kind="override", files={"templates/overrides/main.html": "{{ config.__class__ }}"}, rule="unsafe-template"
    ),
    Attack(
        name="script", kind="override", files={"templates/overrides/main.html": "<script>run()</script>"}, rule="active-markup"
    ),
    Attack(
        name="foreign script",
        kind="override",
        files={"templates/overrides/main.html": "<script src=https://other.example/a.js></script>"},
        rule="active-markup",
    ),
)


@pytest.mark.parametrize("attack", CHECKED, ids=lambda attack: f"{attack.kind}/{attack.name}")
def test_a_check_finds_it(attack: Attack, tmp_path: Path) -> None:
    held(attack, check(lay_out(tmp_path, attack.files)))


COMPOSED = {  # what only shows when data and template come together: the finished page is looked at
    "an address from data": (
        '\n<a href="{{ name("lake_4") }}">x</a>\n',
        {"data/names.yml": lambda text: text.replace("Lake 4", "javascript:run()")},
    ),
    "a picture from data": (
        '\n<img src="{{ name("lake_4") }}" alt="x">\n',
        {"data/names.yml": lambda text: text.replace("Lake 4", "https://other.example/a.png")},
    ),
    "a name of an element in parts": ('\n<scr{{ "i" ~ "pt" }}>run()</script>\n', {}),
    "a name of an attribute in parts": ('\n<p {{ "on" ~ "click" }}="run()">x</p>\n', {}),
    "a scheme in parts": ('\n[x]({{ "java" ~ "script" }}:run())\n', {}),
}


@pytest.mark.parametrize("name", COMPOSED)
def test_a_build_looks_at_finished_pages(name: str, tmp_path: Path) -> None:
    source, files = COMPOSED[name]
    pages = {f"templates/pages/index.{code}.md.j2": lambda text: text + source for code in ("en", "de")}
    root = lay_out(tmp_path, {**pages, **files}, whole=True)
    answer = run(root, "build", "--jobs", "1", "--format", "concise", "--language", "en")
    assert answer.status == 1
    assert "active-markup" in answer.stdout + answer.stderr
    assert not (root / "site").exists()


COMMAND = "{{ cycler.__init__.__globals__.os.popen('echo x > " + "RAN').read() }}"
BUILT: Mapping[str, Mapping[str, Content]] = {
    "a page": {PAGE: lambda text: text + COMMAND},
    "an override": {
        "templates/overrides/main.html": '{% extends "base.html" %}{% block content %}' + COMMAND + "{% endblock %}"
    },
    "settings": {FILE: MKDOCS + 'extra: {x: !!python/object/apply:os.system ["echo x > RAN"]}\n'},
    "settings of an earlier build": {
        "build/mkdocs.en.yml": MKDOCS + 'extra: {x: !!python/object/apply:os.system ["echo x > RAN"]}\nhooks: [run.py]\n',
        "build/run.py": "open('RAN', 'w').close()",
    },
}


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("name", BUILT)
def test_a_build_runs_no_command(name: str, jobs: str, tmp_path: Path) -> None:
    root = lay_out(tmp_path, BUILT[name], whole=True)
    answer = run(root, "build", "--jobs", jobs)
    assert not answer.crashed, answer.stderr
    assert list(tmp_path.rglob("RAN")) == []
    assert not (Path.cwd() / "RAN").exists()
    assert answer.status == (0 if name.endswith("build") else 1)
