"""The languages of a report, and texts with placeholders that exist in all of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache

from ..diagnostics.finding import Diagnostic, DiagnosticError, Span
from ..records.struct import Struct, field

# A language, then a script, a region and variants where it has them, in the letters that BCP 47 (RFC 5646, 2.1) recommends.
_TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-(?:[A-Z]{2}|[0-9]{3}))?(-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*")
_LONGEST_TAG = 35  # RFC 5646, 4.4.1
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def is_language_code(code: str) -> bool:
    """Whether a text is a tag of BCP 47 as it is usually written: en, zh-Hant, pt-BR."""
    return len(code) <= _LONGEST_TAG and _TAG.fullmatch(code) is not None


class Language(Struct, frozen=True, kw_only=True):
    """One language: its code in paths and data, its own name, its CLDR locale, and its words for the interface of the site.

    `fonts` names the font families that its pictures are drawn with, in the order in which they are asked for a character.
    A language that is being translated (`in_progress`) may lack pages and texts: those of another language stand in.
    """

    code: str
    name: str
    locale: str
    words: Mapping[str, str] = field(default_factory=dict)
    fonts: tuple[str, ...] = ()
    in_progress: bool = False

    def word(self, key: str) -> str:
        """The language's word for a key. Where it is missing nothing can be published: DiagnosticError."""
        try:
            return self.words[key]
        except KeyError:
            args = {"key": key, "language": self.code}
            raise DiagnosticError(Diagnostic(rule="missing-word", span=Span("data/words.yml"), args=args)) from None


def fallbacks(codes: Sequence[str], code: str) -> tuple[str, ...]:
    """The languages that may stand in for one, in the order in which they are asked: as declared, the default one last.

    `codes` are those of the report, the default language first.
    """
    return tuple(one for one in (*codes[1:], *codes[:1]) if one != code)


class Phrase(Struct, frozen=True):
    """A text in every language of the report, as it is written; languages in progress may borrow it from another one."""

    texts: Mapping[str, str]
    borrowed: Mapping[str, str] = field(default_factory=dict)  # a language without the text -> the language that stands in

    def __getitem__(self, code: str) -> str:
        """The text in one language, or that of the language that stands in for it."""
        return self.texts[self.borrowed.get(code, code)]

    def language_of(self, code: str) -> str:
        """The language that the text for a language is in: that language, or the one that stands in for it."""
        return self.borrowed.get(code, code)


def borrowed_texts(texts: Collection[str], codes: Sequence[str], in_progress: Collection[str]) -> dict[str, str]:
    """Which language stands in for each language in progress that has no text; `texts` are the languages that have one."""
    lacking = [code for code in codes if code in in_progress and code not in texts]
    found = {code: next((one for one in fallbacks(codes, code) if one in texts), "") for code in lacking}
    return {code: donor for code, donor in found.items() if donor}


class Placeholder(Struct, frozen=True, kw_only=True):
    """A placeholder in a text: `{capex_2025|growth}` names a fact, `{event:freeze}` an event, and so on."""

    kind: str  # `fact`, `own` (a field of the fact or claim whose text this is), or one of PREFIXES
    target: str
    option: str = ""
    offset: int = 0  # of the opening brace in the text


SELF_TARGETS = ("value", "period", "as_of", "claimed")
PREFIXES = ("period", "event", "name", "claim", "literal")


@lru_cache(maxsize=16_384)
def split_placeholders(text: str) -> tuple[str | Placeholder, ...]:
    """The literal strings and the placeholders of a text, in order."""
    return tuple(_split(text))


def _split(text: str) -> Iterator[str | Placeholder]:
    end = 0
    for match in _PLACEHOLDER.finditer(text):
        if match.start() > end:
            yield text[end : match.start()]
        yield _placeholder(match[1], match.start())
        end = match.end()
    if end < len(text):
        yield text[end:]


def placeholders(text: str) -> list[Placeholder]:
    """The placeholders of a text, in order."""
    return [piece for piece in split_placeholders(text) if isinstance(piece, Placeholder)]


def _placeholder(inner: str, offset: int) -> Placeholder:
    target, _, option = (part.strip() for part in inner.partition("|"))
    kind, colon, rest = target.partition(":")
    if colon and kind in PREFIXES:
        return Placeholder(kind=kind, target=rest.strip(), option=option, offset=offset)
    return Placeholder(kind="own" if target in SELF_TARGETS else "fact", target=target, option=option, offset=offset)
