"""Whatever reads a text takes a time that grows with it: no text of 27 KB is looked through again and again.

And the fuzzers in a short form; `python -m tests.attacks.fuzz SECONDS` is the long one.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import pytest
from fuzz import SECONDS, TARGETS, fuzz
from sample_projects import GOOD

from generator.checks.active_markup import active_parts
from generator.checks.project_check import check_project
from generator.model.languages import placeholders
from generator.reading.outline import read_outline
from generator.reading.typed_numbers import find_typed_numbers
from generator.store.parse_cache import ParseCache
from generator.wording.verification import verify_source

SIZE = 27_000
PARTS = (
    "{", "}", "{{", "}}", "{%", "%}", "{#", "#}", "<", "<!--", "-->", "<a ", "a=", 'alt="', '"', "'", "`", "``", "```", "~~~", "~", "\n", "\n\n", " ", "\t", "[", "]", "](", "](<", "(", ")", "![", "[^", "]:",
    "<http://", "http://", ":a-", ":", "&", "#", "# ", "# a {#", "{: ", "{ #a", "1", "1,", "1. ", "- ", "> ", "a", "\\", "|", "/", "f(", "{{ f(", 'f("', "set ", "{% set a =", "=", "*", "\r", "é", "---\n", "...\n", "!!!", "\0",
)  # fmt: skip
SCANS: dict[str, Callable[[str], object]] = {
    "typed numbers of a page": lambda text: list(find_typed_numbers(f"1 {text}", (), page=True)),
    "typed numbers of a text": lambda text: list(find_typed_numbers(f"1 {text}", ())),
    "outline": TARGETS["outline"],
    "a tag": lambda text: TARGETS["outline"]("{% raw %}{{" + text.replace("}}", "") + "}}{% endraw %}"),
    "front matter": lambda text: TARGETS["head"](f"---\ntitle: {text}\n---\n"),
    "YAML": TARGETS["yaml"],
    "placeholders": placeholders,
    "active markup": lambda text: list(active_parts([read_outline("p.j2", "p", "", text)], ParseCache())),
}


def texts() -> list[str]:
    """Each part again and again, and some of all sequences of up to four."""
    chance = random.Random(1)  # noqa: S311  reproducible, not secret
    mixed = ["".join(chance.choices(PARTS, k=chance.choice((2, 2, 3, 4)))) for _ in range(120)]
    return [chance.choice(("", *PARTS)) * (n % 2) + part * (SIZE // len(part)) for n, part in enumerate((*PARTS, *mixed))]


@pytest.mark.parametrize("scan", SCANS)
def test_time_grows_with_the_text(scan: str) -> None:
    slow = []
    for text in texts():
        began = time.process_time()
        SCANS[scan](text)
        if (took := time.process_time() - began) > SECONDS / 2:
            slow.append((took, text[:20]))
    assert slow == []


@pytest.mark.parametrize("target", TARGETS)
def test_no_mutated_input_fails(target: str) -> None:
    count, _, failed = fuzz(target, 2.0, seed=1)
    assert count
    assert failed == []


SOURCES = (
    "1,",
    "1.",
    "1億2万3千",
    "1-2–3 ",
    "½",
    "# a\n1 \n",
    "twenty hundred million ",
    "Lake 4 ",
    "\u202e25\u2066",
    "((1",
    "- 1",
)


@pytest.mark.parametrize("locale", ["en", "ja", "tr"])
@pytest.mark.parametrize("piece", SOURCES)
def test_the_text_of_a_source_is_read_in_time_that_grows_with_it(piece: str, locale: str) -> None:
    edition = check_project(GOOD).edition
    assert edition is not None

    def seconds(characters: int) -> float:
        began = time.process_time()
        verify_source(edition, "survey", piece * (characters // len(piece)), locale)
        return time.process_time() - began

    seconds(100)  # what is made once
    assert seconds(40_000) < seconds(10_000) * 9 + 0.3, "four times the text takes about four times as long, not sixteen times"
