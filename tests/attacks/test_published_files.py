"""Files of docs/ are published as they are: none of them may run code in a reader's browser, or ask another host."""

from __future__ import annotations

from pathlib import Path

import pytest
from attack import Attack, check, held, lay_out

from generator.markup.active_files import active_file

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'
XHTML = 'xmlns:h="http://www.w3.org/1999/xhtml"'
IN_SVG = (
    "<script>run()</script>",
    "<SCRIPT>run()</SCRIPT>",
    f"<h:script {XHTML}>run()</h:script>",
    "<style><script>run()</script></style>",
    "<title><script>run()</script></title>",
    '<script xlink:href="x.js"/>',
    '<g onload="run()"/>',
    '<animate onbegin="run()"/>',
    '<a xlink:href="javascript:run()"><text>x</text></a>',
    '<a xlink:href="java&#9;script:run()"><text>x</text></a>',
    '<a xmlns:y="http://www.w3.org/1999/xlink" y:href="javascript:run()"/>',
    '<a><set attributeName="href" to="javascript:run()"/></a>',
    '<a><animate attributeName="href" values="#;javascript:run()"/></a>',
    '<image href="https://other.example/a.png"/>',
    '<image xlink:href="//other.example/a.png"/>',
    '<image href="data:image/svg+xml,x"/>',
    '<use href="https://other.example/a.svg#x"/>',
    '<use href="data:image/svg+xml,x#y"/>',
    '<filter><feImage href="https://other.example/a.png"/></filter>',
    '<rect fill="url(https://other.example/a.svg#x)"/>',
    '<rect style="fill:url(//other.example/a.svg#x)"/>',
    "<style>@import 'https://other.example/a.css';</style>",
    "<style><![CDATA[@import url(//other.example/a.css);]]></style>",
    f"<foreignObject><h:iframe {XHTML} src='x.html'/></foreignObject>",
    f"<foreignObject><h:body {XHTML} onload='run()'/></foreignObject>",
    f"<foreignObject><h:meta {XHTML} http-equiv='refresh' content='0;x'/></foreignObject>",
)
FILES = (
    *(("x.svg", SVG.format(inner)) for inner in IN_SVG),
    ("x.SVG", SVG.format("<script/>")),
    ("x.svg", '<!DOCTYPE svg [<!ENTITY x "<script>run()</script>">]>' + SVG.format("&x;")),
    (
        "x.svg",
        "<!DOCTYPE svg [" + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 9}">' for n in range(1, 20)) + "]><svg>&a19;</svg>",
    ),
    ("x.svg", '<?xml-stylesheet href="x.xsl"?>' + SVG.format("")),
    ("x.svg", SVG.format("<script>run()</script>") + "<"),
    ("x.svg", "<svg><script>run()"),
    ("x.xml", f'<a {XHTML}><h:script src="x.js"/></a>'),
    ("x.xhtml", '<html xmlns="http://www.w3.org/1999/xhtml"><body onload="run()"/></html>'),
    ("x.html", "<script>run()</script>"),
    ("x.html", "<script src=x.js></script>"),
    ("x.htm", "<p onclick=run()>"),
    ("x.html", "<iframe src=x.html></iframe>"),
    ("x.html", "<meta http-equiv=refresh content='0;url=https://other.example/'>"),
    ("x.html", "<link rel=stylesheet href=https://other.example/a.css>"),
    ("x.html", "<base href=//other.example/>"),
    ("x.svgz", "x"),
    ("x.mhtml", "x"),
    ("x.xslt", "<x/>"),
    ("x.css", "@import 'https://other.example/a.css';"),
    ("x.css", "@\\69mport '//other.example/a.css';"),
    ("x.css", "a{background:u\\72 l(https://other.example/a.png)}"),
    ("x.css", "a{background:/**/url(/**/'https://other.example/a.png')}"),
    ("x.css", "a{background:image-set('a.png' 1x, 'https://other.example/a.png' 2x)}"),
    ("x.css", "@font-face{src:local(x),url(//other.example/a.woff2)}"),
)
QUIET = (
    ("x.svg", SVG.format('<path d="M0 0" style="fill:url(#a)"/><a href="https://other.example/">x</a><use href="#b"/>')),
    (
        "x.svg",
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">' + SVG.format(""),
    ),
    ("x.svg", SVG.format('<image href="data:image/png;base64,xx"/><style>a{fill:url("#b")}</style><rect fill="url(#b)"/>')),
    (
        "x.html",
        "<!doctype html><meta charset=utf-8><link rel=stylesheet href=x.css><p>javascript:run() <a href=https://x.example/>x</a>",
    ),
    ("x.css", "@namespace svg url(http://www.w3.org/2000/svg); @import 'y.css'; a{background:url(data:image/png;base64,xx)}"),
    ("x.css", "a::after{content:'https://other.example/'} /* @import 'https://other.example/a.css' */"),
    ("x.xml", "<feed><link>x</link></feed>".replace("link", "entry")),
)


@pytest.mark.parametrize(("name", "text"), FILES)
def test_what_would_run_or_ask_other_hosts_is_found(name: str, text: str) -> None:
    assert list(active_file(name, text))


@pytest.mark.parametrize(("name", "text"), QUIET)
def test_pictures_pages_and_styles_are_none_of_it(name: str, text: str) -> None:
    assert list(active_file(name, text)) == []


CHECKED = (
    Attack(name="picture", kind="docs", files={"docs/x.svg": SVG.format("<script/>")}, rule="active-markup"),
    Attack(name="page", kind="docs", files={"docs/deep/x.html": "<script>run()</script>"}, rule="active-markup"),
    Attack(name="style", kind="docs", files={"docs/x.css": "@import '//other.example/a.css';"}, rule="active-markup"),
    Attack(name="UTF-16", kind="docs", files={"docs/x.svg": SVG.format("<script/>").encode("utf-16")}, rule="not-utf8"),
    Attack(name="unpublished", kind="docs", files={"docs/decisions/x.svg": SVG.format("<script/>")}),
    Attack(name="hidden", kind="docs", files={"docs/.x.svg": SVG.format("<script/>")}),
)


@pytest.mark.parametrize("attack", CHECKED, ids=lambda attack: attack.name)
def test_a_check_finds_it(attack: Attack, tmp_path: Path) -> None:
    held(attack, check(lay_out(tmp_path, attack.files)))
