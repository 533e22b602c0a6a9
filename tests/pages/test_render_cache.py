"""Texts of a page are used again only while nothing that they read has changed, and bring with them what they refer to."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any

import jinja2
import pytest
from markupsafe import Markup
from sample_projects import GOOD
from sample_reports import check_edition

from generator.model.dependencies import Accesses, track_accesses
from generator.model.report import Edition
from generator.pages.page import Uses, ViewModel
from generator.pages.render_cache import CachedText, LazyView, RenderCache
from generator.pages.sandbox import ReportSandbox


@pytest.fixture(scope="module")
def edition() -> Edition:
    """That of the good project."""
    return check_edition(GOOD)


class Page:
    """What one rendering of a page reads, refers to and makes."""

    def __init__(self, edition: Edition, known: dict[Hashable, CachedText] | None = None) -> None:
        self.accesses, self.uses = Accesses(), Uses()
        self.edition = track_accesses(edition, self.accesses)
        self.cache = RenderCache(self.uses, self.accesses, known)
        self.made: list[str] = []

    def row(self, key: str) -> str:
        """A text of one fact that refers to it."""
        self.made.append(key)
        self.uses.facts.append(key)
        self.uses.overdue = True
        return f"<b>{self.edition.facts[key].id}</b>"

    def text(self, key: str) -> str:
        """The same, as it is kept."""
        return self.cache.text(key, lambda: self.row(key))


def test_a_text_that_is_known_brings_what_it_read_and_refers_to(edition: Edition) -> None:
    keys = list(edition.facts)[:3]
    first = Page(edition)
    texts = [first.text(key) for key in keys]
    known = {key: found for key, found in first.cache.texts.items() if key != keys[1]}
    second = Page(edition, known)
    assert [second.text(key) for key in keys] == texts
    assert second.made == [keys[1]]
    assert second.accesses.names == first.accesses.names == {f"facts/{key}" for key in keys}
    assert second.uses == first.uses == Uses(facts=keys, overdue=True)
    assert second.cache.texts == first.cache.texts


def test_what_an_inner_text_reads_counts_for_the_outer_one(edition: Edition) -> None:
    one, other = list(edition.facts)[:2]
    page = Page(edition)
    page.cache.text("both", lambda: page.text(one) + page.text(other))
    assert set(page.cache.texts["both"].names) == {f"facts/{one}", f"facts/{other}"}
    assert page.cache.texts["both"].uses == page.cache.collect(lambda: [page.text(one), page.text(other)])[2]


def test_a_failure_loses_nothing_of_what_was_read_before(edition: Edition) -> None:
    key = next(iter(edition.facts))
    page = Page(edition)
    page.text(key)

    def fail() -> str:
        page.row(key)
        raise ValueError

    with pytest.raises(ValueError, match=r"^$"):
        page.cache.text("fails", fail)
    assert page.accesses.names == {f"facts/{key}"}
    assert page.uses.facts == [key, key]
    assert "fails" not in page.cache.texts


MACROS = """{% macro row(one) %}<i>{{ one.name }}</i>{% endmacro %}
{% macro table(rows, mark) %}{% macro inner(one) %}<u>{{ mark }}{{ one.name }}</u>{% endmacro %}
{%- for one in rows %}WHAT{% endfor %}{% endmacro %}"""


def _macro(call: str) -> Callable[..., str]:
    environment = ReportSandbox(loader=jinja2.DictLoader({"parts/table.html.j2": MACROS.replace("WHAT", "{{ " + call + " }}")}))

    def table(*arguments: object) -> str:
        with environment.budget:
            module: Any = environment.get_template("parts/table.html.j2").make_module()
            return str(module.table(*arguments))

    return table


def _rows(cache: RenderCache, names: str) -> list[LazyView]:
    return [LazyView(cache, name, lambda name=name: ViewModel(name=Markup.escape(name.upper()))) for name in names]  # type: ignore[misc]


def test_a_macro_of_one_view_is_kept_and_its_text_is_not_escaped_again() -> None:
    cache = RenderCache()
    assert _macro("row(one)")(_rows(cache, "ab<"), "") == "<i>A</i><i>B</i><i>&lt;</i>"
    assert {key: found.text for key, found in cache.texts.items()} == {
        ("parts/table.html.j2:row", "a"): "<i>A</i>",
        ("parts/table.html.j2:row", "b"): "<i>B</i>",
        ("parts/table.html.j2:row", "<"): "<i>&lt;</i>",
    }


@pytest.mark.parametrize("call", ["inner(one)", "one.name"])
def test_what_depends_on_more_than_the_view_is_not_kept(call: str) -> None:
    cache = RenderCache()
    table = _macro(call)
    assert table(_rows(cache, "a"), "1").replace("1", "2") == table(_rows(cache, "a"), "2").replace("1", "2")
    assert not cache.texts


@pytest.mark.parametrize("name", ["_make", "_cache", "text_of", "shown"])
def test_templates_read_the_fields_of_a_view_and_nothing_else(name: str, tmp_path: Path) -> None:
    environment = ReportSandbox(loader=jinja2.FileSystemLoader(tmp_path))
    view = LazyView(RenderCache(), "a", lambda: ViewModel(name="A"), topic="lakes")
    assert environment.from_string("{{ one.name }} {{ one.topic }}").render(one=view) == "A lakes"
    with pytest.raises((jinja2.TemplateError, AttributeError)):
        environment.from_string("{{ one.%s }}" % name).render(one=view)  # noqa: UP031  braces
