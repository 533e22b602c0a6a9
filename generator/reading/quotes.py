"""Short quotations from sources: how long they may be, so that they stay quotations in the sense of the law.

Words in square brackets are the editor's, as in "60,801 [million]"; they are not counted.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from .located_values import Located
from .validators import ReadContext, Text
from .yaml_nodes import Node

MOST_WORDS = 25
_CHARACTERS_OF_A_WORD = 3  # in writing without spaces, about what a word of other writing takes
_WITHOUT_SPACES = {
    "BOPOMOFO",
    "CJK",
    "HIRAGANA",
    "KATAKANA",
    "KATAKANA-HIRAGANA",
    "KHMER",
    "LAO",
    "MYANMAR",
    "THAI",
    "TIBETAN",
    "YI",
}
_INSERTED = re.compile(r"\[[^\[\]]*\]")


class QuoteText(Text, frozen=True):
    """A passage of a source in its own words, at most MOST_WORDS long."""

    def read(self, node: Node, context: ReadContext) -> Located | None:
        """The passage, with single blanks."""
        located = Text.read(self, node, context)
        if located is None:
            return None
        text = " ".join(str(located.value).split())
        if (words := length_in_words(text)) > MOST_WORDS:
            context.report("quote-too-long", node.span, words=str(words), most=str(MOST_WORDS), shorter=_shorter(text))
            return None
        return Located(text, node.span)


def length_in_words(text: str) -> int:
    """How many words a quotation has; in writing without spaces, three characters count as one."""
    plain = _INSERTED.sub(" ", text)
    dense = sum(map(_is_without_spaces, plain))
    spaced = "".join(" " if _is_without_spaces(one) else one for one in plain)
    words = sum(any(map(str.isalnum, word)) for word in spaced.split())
    return words + -(-dense // _CHARACTERS_OF_A_WORD)


def _shorter(text: str) -> str:
    """The longest beginning of a text that is short enough: what may be typed instead."""
    ends = [match.end() for match in re.finditer(r"\S+", text)]
    if not any(length_in_words(text[:end]) <= MOST_WORDS for end in ends):
        ends = list(range(1, len(text) + 1))
    return text[: max((end for end in ends if length_in_words(text[:end]) <= MOST_WORDS), default=0)]


@cache
def _is_without_spaces(character: str) -> bool:
    return unicodedata.category(character)[0] == "L" and unicodedata.name(character, "").partition(" ")[0] in _WITHOUT_SPACES
