"""Rules: texts that stand in the wrong language: swapped, left in another language, or the same in two.

No language is known by name. Which writing a language has, and which words where two share one, is seen from all texts of
the report.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import chain
from typing import NamedTuple

from ..diagnostics.finding import Diagnostic, Span
from ..model.languages import Phrase
from ..reading.draft import kind_of
from ..reading.located_values import Entry, LocatedPhrase, phrases
from ..records.struct import replace
from ..store.hashing import fingerprint
from .context import RuleContext, of_fact_files
from .plausible_values import implausible, is_meant

_KINDS = ("claims", "events", "series", "charts", "risks", "checks", "judgments", "terms", "retired")
_RARE, _COMMON = 0.02, 0.3  # share of a language's texts that hold a writing which is foreign to it, or its own
_LEAST_TEXTS = 20  # of a language, before anything is concluded from them
_SAMPLE = 500  # texts from which the writings of languages are seen
_LEAST_WORDS = 2  # in small letters: names have capitals
_RUN = 4  # such words in a row: a sentence that was left in another language
_WORD, _SMALL = re.compile(r"[^\W\d_]{3,}"), re.compile(r"[^\W\d_]{2,}")
_PLACEHOLDER = re.compile(r"\{[^{}]*\}|https?://\S+")
_QUOTED = re.compile(r"[「『“„«‹\"'][^」』”“»›\"']{0,200}[」』”“»›\"']")
_CODE = (("<pre", "</pre>"), ("<code", "</code>"), ("```", "```"), ("~~~", "~~~"), ("`", "`"))  # what it stands between
_TIMES = 3  # a word is of a language that has it so many times as often as the other


def texts_are_in_their_language(context: RuleContext) -> Iterator[Diagnostic]:
    """Texts of data/ and pages that are probably in another language than the one they are written under."""
    languages = [language.code for language in context.edition.report.languages]
    if len(languages) < _LEAST_WORDS:
        return
    files = list(_files(context))
    writing = _Writing(languages, files)
    for one in files:
        content = f"{context.draft.content_hashes[one.file]} {one.written} {writing.fingerprint}"  # some may be lent
        yield from context.parse_cache.get_or_parse("writing", one.file, content, partial(_in_file, context, writing, one))
    yield from context.in_templates("writing", writing.fingerprint, partial(_in_templates, context, writing))


def _in_templates(context: RuleContext, writing: _Writing) -> Iterator[Diagnostic]:
    for template in context.templates:
        if not writing.has_foreign(template.language, template.summary.characters):
            continue
        outline = template.outline
        for part in outline.prose:
            for match in writing.foreign_text(outline.language, part.text):
                span = outline.span(part.offset + match.start(), len(match[0]))
                yield implausible("wrong-language", span, "left", language=outline.language, found=match[0])


class _File(NamedTuple):
    """A file of data/, its texts in all languages, and the characters in these."""

    file: str
    texts: Mapping[str, tuple[str | None, ...]]  # by language; None where one lacks a text
    characters: str
    number: int  # of texts
    written: int  # the same with each language by itself, without those that lack it

    def each(self) -> Iterator[Mapping[str, str]]:
        """Each text in all its languages."""
        return map(self.text, range(self.number))

    def text(self, number: int) -> Mapping[str, str]:
        """One text in all its languages."""
        return {code: text for code, texts in self.texts.items() if (text := texts[number]) is not None}


def _files(context: RuleContext) -> Iterator[_File]:
    """The files of data/ with texts; those of facts come first."""
    yield from context.in_fact_files(_texts)
    files: dict[str, list[str]] = {kind: [] for kind in _KINDS}
    for file in context.draft.content_hashes:
        files.get(kind_of(file), []).append(file)
    for file in chain(*files.values()):
        yield from _texts(context, file)


@of_fact_files
def _texts(context: RuleContext, file: str) -> Iterator[_File]:
    texts = [phrase.value.texts for _, phrase in _phrases(context, file) if isinstance(phrase.value, Phrase)]
    codes = dict.fromkeys(code for text in texts for code in text)
    characters = "".join(sorted(set[str]().union(*(words for text in texts for words in text.values()))))
    by_language = {code: tuple(text.get(code) for text in texts) for code in codes}
    yield _File(file, by_language, characters, len(texts) if codes else 0, sum(len(text) for text in texts))


def _phrases(context: RuleContext, file: str) -> Iterator[tuple[Entry, LocatedPhrase]]:
    _, entries = context.draft.entries_of(file)
    return ((entry, phrase) for entry in entries for _, phrase in phrases(entry))


def _in_file(context: RuleContext, writing: _Writing, one: _File) -> tuple[Diagnostic, ...]:
    if not any(writing.doubts(text) for text in one.each()):
        return ()  # as nearly always: no need to load the entries
    return tuple(
        finding
        for entry, phrase in _phrases(context, one.file)
        if not is_meant(entry) and isinstance(phrase.value, Phrase)
        for finding in writing.findings(phrase.value.texts, phrase.spans)
    )


@cache
def _script(character: str) -> str:
    """The writing that a letter belongs to, by the first word of its Unicode name; empty for what is no letter."""
    if not character.isalpha():
        return ""
    return unicodedata.name(character, "").partition(" ")[0].removesuffix("-")


def _sample(files: Sequence[_File]) -> Iterator[Mapping[str, str]]:
    """Some of all texts, at the same distance from each other."""
    step, at = sum(one.number for one in files) // _SAMPLE + 1, 0
    for one in files:
        yield from map(one.text, range(-at % step, one.number, step))
        at += one.number


class _Writing:
    """Which writings and words each language has, from texts in all of them."""

    def __init__(self, languages: list[str], files: Sequence[_File]) -> None:
        self.languages = languages
        sample = list(_sample(files))
        counts: dict[str, Counter[str]] = {code: Counter() for code in languages}
        for text in sample:
            for code, words in text.items():
                if code in counts:
                    counts[code].update({_script(character) for character in set(words)} - {""})
        count = len(sample)
        enough = count >= _LEAST_TEXTS
        rare = {code: {one for one in _all(counts) if counts[code][one] < _RARE * count} for code in languages}
        common = {code: {one for one in counts[code] if counts[code][one] >= _COMMON * count} for code in languages}
        others = {code: {one for other in languages if other != code for one in common[other]} for code in languages}
        self.foreign = {code: rare[code] & others[code] if enough else set() for code in languages}
        self.own = {
            code: {one for one in common[code] if any(one in self.foreign[other] for other in languages)} for code in languages
        }
        letters = sorted(set[str]().union(*(one.characters for one in files)))
        self.patterns = {code: _pattern(letters, self.foreign[code]) for code in languages}
        self.own_letters = {code: _pattern(letters, self.own[code]) for code in languages}
        self.words = {code: Counter[str]() for code in languages}
        told = [(self.patterns[code].pattern, self.own_letters[code].pattern, sorted(self.own[code])) for code in languages]
        if enough and not any(self.own.values()):  # else writings tell
            for one in files:
                for text in one.each():
                    for code, words in text.items():
                        self.words[code].update({word.lower() for word in _WORD.findall(words)})
        self.fingerprint = fingerprint(repr(told), *(repr(sorted(words.items())) for words in self.words.values()))

    def doubts(self, texts: Mapping[str, str]) -> bool:
        """Whether something is wrong with one text in all its languages."""
        return any(self.findings(texts, defaultdict(lambda: Span(""))))

    def findings(self, texts: Mapping[str, str], spans: Mapping[str, Span]) -> Iterator[Diagnostic]:
        """What is wrong with one text in all its languages: one finding."""
        plain = {code: text for code, text in texts.items() if code in self.foreign}
        found = [code for code, text in plain.items() if self._is_foreign(code, text)]
        found = [code for code in found if self._is_foreign(code, _blanked(plain[code]))]
        if len(found) == 1:  # a short text in another writing than its own tells of the other
            found += [code for code, text in plain.items() if code not in found and self._is_bare(code, _blanked(text))]
        if len(found) > 1:
            swapped = implausible("wrong-language", spans[found[0]], "swapped", languages=", ".join(found))
            yield replace(swapped, second=spans[found[1]])
        elif found:
            yield implausible("wrong-language", spans[found[0]], language=found[0])
        elif len(plain) > 1 and self._is_same(plain):
            code = list(plain)[1]
            yield implausible("wrong-language", spans[code], "same", language=code)

    def _is_foreign(self, code: str, text: str) -> bool:
        if self.patterns[code].search(text):
            return True
        if not self.own[code]:
            return self._has_words_of_another(code, text)
        if self.own_letters[code].search(text):
            return _longest_run(text, self.own[code]) >= _RUN
        return _small_words(text) >= _LEAST_WORDS

    def _is_bare(self, code: str, text: str) -> bool:
        """Whether a text of a language with a writing of its own has words, and no letter of that."""
        return bool(self.own[code] and _SMALL.search(text)) and not self.own_letters[code].search(text)

    def _has_words_of_another(self, code: str, text: str) -> bool:
        """Whether all words that tell a language are those of another one."""
        words = {word.lower() for word in _WORD.findall(text)}
        for other in self.languages:
            if other == code or not words:
                continue
            theirs = [word for word in words if self.words[other][word] > _TIMES * self.words[code][word]]
            ours = [word for word in words if self.words[code][word] > _TIMES * self.words[other][word]]
            if len(theirs) >= _LEAST_WORDS and not ours:
                return True
        return False

    def _is_same(self, plain: Mapping[str, str]) -> bool:
        """Whether two languages have one text, of words that are no names."""
        first, second, *_ = plain.values()
        return first == second and _small_words(_blanked(first)) >= _LEAST_WORDS

    def has_foreign(self, code: str, characters: str) -> bool:
        """Whether some characters, those of a page, are of a writing that is not its language's."""
        pattern = self.patterns.get(code)
        return pattern is not None and pattern.search(characters) is not None

    def foreign_text(self, code: str, text: str) -> Iterator[re.Match[str]]:
        """Where a page has letters of a writing that is not its language's, outside of quotes and code."""
        pattern = self.patterns.get(code)
        if pattern is not None and pattern.search(text) and (match := pattern.search(_blanked(_without_code(text)))):
            yield match


def _pattern(letters: Iterable[str], scripts: set[str]) -> re.Pattern[str]:
    """Runs of those letters that are of some writings."""
    if not scripts:
        return re.compile(r"(?!)")
    return re.compile(f"[{''.join(re.escape(character) for character in letters if _script(character) in scripts)}]+")


def _small_words(text: str) -> int:
    """How many words begin with a small letter, as names do not."""
    words: list[str] = _SMALL.findall(text)
    return sum(word.islower() for word in words)


def _all(counts: Mapping[str, Counter[str]]) -> set[str]:
    return {one for counter in counts.values() for one in counter}


def _scripts(word: str) -> set[str]:
    return {_script(character) for character in word}


def _longest_run(text: str, own: set[str]) -> int:
    """How many words in small letters of another writing follow each other, with nothing but blanks between."""
    longest = run = 0
    if text.count(" ") < _RUN - 1:
        return 0
    for part in text.split():
        is_word = part.isalpha() and part.islower() and not _scripts(part) & own
        run = run + 1 if is_word else 0
        longest = max(longest, run)
    return longest


def _blanked(text: str) -> str:
    """A text with blanks in place of what is quoted; offsets stay."""
    for pattern in (_PLACEHOLDER, _QUOTED):
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    return text


def _without_code(text: str) -> str:
    """A page with blanks in place of code; offsets stay. What is opened and not closed is no code."""
    for opening, closing in _CODE:
        found, at = [], 0
        while (start := text.find(opening, at)) >= 0 and (end := text.find(closing, start + len(opening))) >= 0:
            end += len(closing)
            found += [text[at:start], " " * (end - start)]
            at = end
        text = "".join([*found, text[at:]])
    return text
