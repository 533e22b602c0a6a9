"""Which texts were confirmed to say the same in every language, and which have been left behind since.

A text is known by what it belongs to (a section of a page, a field of an entry) and remembered by a hash without white
space; the values that fill its placeholders are no part of it. It is stale where a twin has another hash than the one
that was confirmed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..diagnostics.finding import Diagnostic, Span
from ..model.languages import Phrase
from .draft import Draft
from .located import Entry, phrases
from .outline import Outline, paragraphs

FILE = "data/translations.lock"
PAGES = "pages"
_KINDS = ("facts", "claims", "events", "series", "charts", "risks", "checks", "names", "sources", "terms")
_LINE = re.compile(r"(\S+)((?: \S+=[0-9a-f]{8}(?:,[0-9a-f]{8})*)+)")
_NOTE = "# Which texts were confirmed to say the same in every language. Written by `factloom confirm`.\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One text in one language; `key` is shared by its twins. A page's paragraph knows its section and where it ends."""

    key: str
    language: str
    mark: str  # the hash
    span: Span
    anchor: str = ""
    end: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StalePassage:
    """A passage and the twin that changed since the two were confirmed."""

    passage: Passage
    twin: Passage


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What was confirmed: key -> language -> hashes."""

    marks: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)


def mark(text: str) -> str:
    """A text's hash; white space does not count."""
    return hashlib.blake2b("".join(text.split()).encode(), digest_size=4).hexdigest()


def passages(draft: Draft, outlines: Iterable[Outline]) -> list[Passage]:
    """Every text that has twins, in the order written."""
    found = [passage for outline in outlines for passage in _of_page(outline)]
    for kind in _KINDS:
        entries: Mapping[str, Entry] = getattr(draft, kind)
        for key, entry in entries.items():
            found += _of_entry(f"{kind}/{key}", entry)
    return found


def _of_page(outline: Outline) -> Iterator[Passage]:
    for one in paragraphs(outline.source):
        yield Passage(
            key=f"{PAGES}/{outline.page}/{one.anchor or '-'}",
            language=outline.language,
            mark=mark(one.text),
            span=outline.span(one.start, one.text.find("\n") if "\n" in one.text else len(one.text)),
            anchor=one.anchor,
            end=one.start + len(one.text),
        )


def _of_entry(owner: str, entry: Entry) -> Iterator[Passage]:
    for name, located in phrases(entry):
        assert isinstance(located.value, Phrase)  # noqa: S101  made by Words.read
        texts = located.value.texts
        if len(set(texts.values())) == 1:  # one plain text for all languages
            continue
        for code, text in texts.items():
            yield Passage(key=f"{owner}/{name}", language=code, mark=mark(text), span=located.spans[code])


Twins = dict[str, dict[str, list[Passage]]]


def _by_key(found: Iterable[Passage]) -> Twins:
    groups: Twins = {}
    for one in found:
        groups.setdefault(one.key, {}).setdefault(one.language, []).append(one)
    return groups


def find_stale(found: Iterable[Passage], confirmed: Confirmed) -> tuple[list[StalePassage], list[Passage]]:
    """The stale passages, each with the first twin that changed; and those that were never confirmed."""
    stale: list[StalePassage] = []
    never: list[Passage] = []
    for key, languages in _by_key(found).items():
        known = confirmed.marks.get(key)
        for code, own in languages.items():
            if known is None:
                never += own
                continue
            for index, one in enumerate(own):
                if (twin := _changed(index, own, languages, known, code)) is not None:
                    stale.append(StalePassage(passage=one, twin=twin))
    return stale, never


def _changed(
    index: int,
    own: list[Passage],
    languages: Mapping[str, list[Passage]],
    known: Mapping[str, tuple[str, ...]],
    code: str,
) -> Passage | None:
    """A twin of the passage that is not as it was confirmed: the one in the same place, or any of the section."""
    for other, texts in languages.items():
        if other == code:
            continue
        for twin in texts[index : index + 1] if len(texts) == len(own) else texts:
            if twin.mark not in known.get(other, ()):
                return twin
    return None


# --- the file ------------------------------------------------------------------------------------


def read_confirmed(root: Path, sink: list[Diagnostic]) -> Confirmed:
    """What data/translations.lock remembers; a line that says nothing is reported."""
    try:
        lines = (root / FILE).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return Confirmed()
    except UnicodeDecodeError as error:
        sink.append(Diagnostic(rule="not-utf8", span=Span(FILE), args={"byte": str(error.start)}))
        return Confirmed()
    except OSError as error:
        why = error.strerror or str(error)
        sink.append(Diagnostic(rule="file-missing", span=Span(FILE), args={"file": FILE, "why": why}))
        return Confirmed()
    marks: dict[str, dict[str, tuple[str, ...]]] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            sink.append(Diagnostic(rule="bad-confirmation", span=Span(FILE, number, 1, len(line))))
            continue
        marks[match[1]] = {
            code: tuple(hashes.split(",")) for code, _, hashes in (part.partition("=") for part in match[2].split())
        }
    return Confirmed(marks)


def confirm(found: Iterable[Passage], before: Confirmed, names: Iterable[str]) -> tuple[str, int]:
    """The file's new text with the named passages confirmed as they are now, and how many that changes.

    Without names all are. A name is a page, or the beginning of a key: `facts`, `claims/grew`. What is no longer
    written is forgotten.
    """
    wanted = tuple(names)
    lines, changed = [], 0
    for key, languages in sorted(_by_key(found).items()):
        now = {code: tuple(one.mark for one in own) for code, own in languages.items()}
        old = before.marks.get(key)
        kept = now if not wanted or any(matches_name(key, name) for name in wanted) else old
        if kept is None:
            continue
        changed += kept != old
        lines.append(" ".join((key, *(f"{code}={','.join(hashes)}" for code, hashes in kept.items()))))
    return _NOTE + "".join(f"{line}\n" for line in lines), changed


def matches_name(key: str, name: str) -> bool:
    """Whether a name given to `confirm` means this key."""
    return any(f"{key}/".startswith(f"{start}/") for start in (name, f"{PAGES}/{name}"))
