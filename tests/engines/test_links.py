"""Links that lead nowhere in a finished site."""

from __future__ import annotations

import pytest

from generator.engines.links import BrokenLink, broken_links, has_same_links, read_links

URL = "https://example.org/report/"


@pytest.mark.parametrize(
    ("link", "broken"),
    [
        ("../costs/#bill", False),
        ("../costs/index.html", False),
        ("#here", False),
        ("./", False),
        ("../", False),
        ("../../", False),
        ("../charts/a.svg", False),
        ("/report/ja/costs/", False),
        ("https://example.org/report/ja/costs/#bill", False),
        ("https://example.com/gone", False),
        ("mailto:a@example.org", False),
        ("../costs/?q=1#%E8%B2%BB", False),
        ("../costs/#?status=observed", False),
        ("../gone/", True),
        ("../costs/#gone", True),
        ("#gone", True),
        ("../charts/b.svg", True),
        ("/report/gone", True),
        ("https://example.org/report/fr/", True),
    ],
)
def test_links(link: str, *, broken: bool) -> None:
    pages = {
        "index.html": "",
        "ja/index.html": "",
        "ja/costs/index.html": '<h2 id="bill">a</h2><p id="費">b</p>',
        "ja/risks/index.html": f'<h2 id="here">c</h2><a class="fl-n" href="{link}">d</a>',
        "ja/charts/a.svg": "<svg/>",
    }
    book = {name: read_links(name, text, site_url=URL) for name, text in pages.items() if name.endswith(".html")}
    expected = [BrokenLink(page="ja/risks/index.html", link=link)] if broken else []
    assert broken_links(book, pages) == expected
    assert broken_links(book, pages, ["ja/costs/index.html"]) == []


@pytest.mark.parametrize(
    ("html", "links"),
    [
        ('<a href="gone/">a</a>', ["gone/"]),
        ("<a class='x' href='gone/'>a</a>", ["gone/"]),
        ("<A HREF=gone/>a</A>", ["gone/"]),
        ('<a\nhref="a/?x=1&amp;y=%20">a</a>', ["a/?x=1&y=%20"]),
        ('<iframe src="gone/"></iframe><video src="gone.mp4"></video>', ["gone/", "gone.mp4"]),
        ('<!-- <a href="gone/">a</a> -->', []),
        ("<script>'<a href=\"gone/\">'</script>", []),
        ("<p title='<a href=\"gone/\">'>a</p>", []),
        ('<p data-href="gone/">a</p>', []),
    ],
)
def test_links_are_found_as_browsers_do(html: str, links: list[str]) -> None:
    assert [written for written, _, _ in read_links("index.html", html, site_url=URL).targets] == links


ROW = '<tr id="r{0}"><td data-sort="{0}">{0}</td><td><a href="../x/#a{0}" title="a > b">x</a></td></tr>\n'
LONG = f"<!doctype html><head><style>p {{}}</style></head><body><table>{''.join(map(ROW.format, range(900)))}</table></body>"


@pytest.mark.parametrize(
    ("old", "new", "is_same"),
    [
        ("", "", True),
        (">450</td>", ">9,450 km</td>", True),
        ('data-sort="450"', 'data-sort="9450"', True),
        ('data-sort="450">450<', 'data-sort="1">1<', True),
        ('id="r450"', 'id="r9450"', False),
        ('"../x/#a450"', '"../x/#b450"', False),
        ('#a450" title="a > b"', '#a450" title="a, b"', True),
        ('#a450" title="a > b"', '#a450" title="a" src="a"', False),
        (">450</td>", '><a href="../y/">450</a></td>', False),
        (">450</td>", "><script>450</script></td>", False),
        (">450</td>", "><!-- 450 --></td>", False),
        (ROW.format(450), "", False),
        (ROW.format(899), "", False),
        ("p {}", "p {background:url(//x)}", False),
        ("</body>", "", False),
        ("</body>", "</body>more", True),
    ],
)
def test_pages_have_the_same_links_where_only_texts_differ(old: str, new: str, *, is_same: bool) -> None:
    changed = LONG.replace(old, new, 1) if old else LONG
    assert old in LONG
    assert has_same_links(LONG, changed) is is_same
    assert has_same_links(changed, LONG) is is_same
