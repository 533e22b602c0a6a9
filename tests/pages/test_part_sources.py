"""A project's own macros beside those of the package's part of the same name."""

from __future__ import annotations

import pytest

from generator.pages.part_sources import completed

PACKAGE = """\
{#- A part. -#}
{% from "parts/_shared.html.j2" import tag, when with context %}
{% macro level(word) -%}
<b>{{ word }}</b>
{%- endmacro %}
{% macro risks(list) -%}
{{ level(tag(list)) }}
{%- endmacro %}
"""


@pytest.mark.parametrize(
    ("own", "added"),
    [
        (
            "{% macro level(word) %}{{ word }}{% endmacro %}",
            [
                '{% from "parts/_shared.html.j2" import tag, when with context %}',
                "{% macro risks(list) -%}\n{{ level(tag(list)) }}\n{%- endmacro %}",
            ],
        ),
        (
            '{%- from "parts/_shared.html.j2" import when as tag with context -%}\n{%- macro risks(list) -%}{%- endmacro -%}',
            [
                '{% from "parts/_shared.html.j2" import when with context %}',
                "{% macro level(word) -%}\n<b>{{ word }}</b>\n{%- endmacro %}",
            ],
        ),
        (
            "{% macro level() %}{% endmacro %}{% macro risks() %}{% endmacro %}{% macro tag() %}{% endmacro %}{% macro when() %}{% endmacro %}",
            [],
        ),
    ],
    ids=["one macro", "the other macro", "all"],
)
def test_what_a_part_has_not_is_added_behind_it(own: str, added: list[str]) -> None:
    assert completed(own, PACKAGE) == "\n".join([own, *added])
