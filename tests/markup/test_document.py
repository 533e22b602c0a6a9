"""Pages of HTML that are read with CSS selectors."""

from __future__ import annotations

import pytest

from generator.markup.document import Document

PAGE = """<!doctype html><head><link rel=icon href='a.svg'></head>
<article><p id=one>1 <b>&amp;</b> 2<p id="two" hidden>3<!-- <i id=no>4</i> --></article><script>"<i id=no>"</script>"""


@pytest.mark.parametrize(
    ("selector", "attributes"),
    [
        ("[id]", [{"id": "one"}, {"id": "two", "hidden": ""}]),
        ("b,link", [{"rel": "icon", "href": "a.svg"}, {}]),
        ("i", []),
    ],
)
def test_attributes_come_in_document_order(selector: str, attributes: list[dict[str, str]]) -> None:
    assert list(Document(PAGE).attributes(selector)) == attributes


def test_texts_are_plain() -> None:
    assert [text for _, text in Document(PAGE).elements("article p")] == ["1 & 2", "3"]
