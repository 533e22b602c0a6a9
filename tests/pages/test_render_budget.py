"""What one page may take is enough for the longest pages of large reports."""

from __future__ import annotations

from types import TracebackType

import pytest
from sample_reports import TESTS, flagship_texts

from generator.pages.render_budget import CHARACTERS, STEPS, Budget
from generator.pages.renderer import PageRenderer
from generator.pages.templates import Templates


def test_a_page_has_room_for_the_list_of_ten_thousand_facts(monkeypatch: pytest.MonkeyPatch) -> None:
    texts, taken = flagship_texts()[0], list[tuple[int, int]]()
    leave = Budget.__exit__

    def note(self: Budget, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        taken.append((STEPS - self.steps, CHARACTERS - self.characters))
        leave(self, kind, error, trace)

    monkeypatch.setattr(Budget, "__exit__", note)
    PageRenderer(Templates(TESTS.parent), texts, lambda _chart, _texts: None).render("facts")
    steps, characters = (max(column) for column in zip(*taken, strict=True))
    facts = len(texts.edition.facts)
    assert characters > facts * 1000  # the list is on the page
    assert steps * 10_000 < STEPS * facts
    assert characters * 10_000 < CHARACTERS * facts
