"""Which texts were confirmed to say the same in every language, and which are stale: a translation changed since.

A text is identified by what it belongs to (a section of a page, a field of an entry) and compared by a hash without white
space and ids; the values that fill its placeholders are no part of it, and of a page's head only what readers see is.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from ..diagnostics.finding import Diagnostic, Span
from ..model.languages import Phrase
from ..records.struct import Struct, field
from ..store.hashing import content_hash
from .draft import FACTS_FOLDER, Draft
from .located_values import Entry, phrases
from .outline import Outline
from .paragraphs import paragraphs

LOCK_FILE = "data/translations.lock"
_PAGES, _HEAD = "pages", "@head"
_KINDS = (
    "facts",
    "claims",
    "events",
    "series",
    "charts",
    "risks",
    "checks",
    "judgments",
    "names",
    "sources",
    "terms",
    "retired",
)
_LINE = re.compile(r"(\S+)((?: \S+=[0-9a-f]{8}(?:,[0-9a-f]{8})*)+)")
_NOTE = "# Which texts were confirmed to say the same in every language. Written by `factloom confirm`.\n"


class Passage(Struct, frozen=True, kw_only=True):
    """One text in one language; its translations have the same `key`."""

    key: str
    language: str
    digest: str  # hash of the text
    span: Span
    former: str = ""  # its hash as earlier versions made it, with ids; empty where it is the same
    anchor: str = ""  # of a page's paragraph: the section
    end: int = 0  # of a page's paragraph: its offset in the template


class StalePassage(Struct, frozen=True, kw_only=True):
    """A passage and its translation (`twin`) that changed since both were confirmed.

    With `both` the two are new or changed: neither is older than the other, but nobody confirmed that they say the same.
    """

    passage: Passage
    twin: Passage
    both: bool = False

    @property
    def identity(self) -> tuple[str, str, str, str, int, str, bool]:
        """What pages tell of it depends on; the line of an entry in its file is no part of that."""
        text = self.passage
        return (text.key, text.language, text.span.file, text.anchor, text.end, self.twin.language, self.both)


class Confirmed(Struct, frozen=True):
    """The digests that were confirmed: by key, by language."""

    digests: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)


def digest(text: str) -> str:
    """Hash of a text without white space and ids, as 8 hexadecimal digits (BLAKE2b)."""
    return _hashed(_without_ids(text))


def _hashed(text: str) -> str:
    return hashlib.blake2b("".join(text.split()).encode(), digest_size=4).hexdigest()


# Ids in placeholders of texts, and as arguments in tags of templates: an entry that is renamed says what it said.
_PLACEHOLDER_ID = re.compile(r"(?<=\{)((?:event|name|claim):)?[a-z]\w*(?=[|}])")
_TAG = re.compile(r"\{\{(?!\s*(?:period|literal|t)\b).*?\}\}", re.DOTALL)
_TAG_ID = re.compile(r"""(?<![=\w])(["'])[a-z]\w*\1""")
_SEEN_IN_HEAD = ("title:", "description:")


def _without_ids(text: str) -> str:
    if "{" not in text:
        return text
    return _PLACEHOLDER_ID.sub(lambda match: match[1] or "", _TAG.sub(lambda tag: _TAG_ID.sub("", tag[0]), text))


def _seen_in_head(head: str) -> str:
    """The lines of a page's head that readers see; those that go on belong to the line before."""
    kept: list[str] = []
    is_seen = False
    for line in head.splitlines():
        is_seen = is_seen if line[:1].isspace() else line.startswith(_SEEN_IN_HEAD)
        if is_seen:
            kept.append(line)
    return "\n".join(kept)


def passages(draft: Draft, outlines: Iterable[Outline]) -> list[Passage]:
    """Every text that has translations, in the order of outlines and entries."""
    found = [passage for outline in outlines for passage in _of_page(outline)]
    for kind in _KINDS:
        entries: Mapping[str, Entry] = getattr(draft, kind)
        for key, entry in entries.items():
            found += _of_entry(f"{kind}/{key}", entry)
    return found


def has_same_texts(file: str, before: Draft, now: Draft) -> bool:
    """Whether a file of facts has the same entries with the same texts in two drafts; never, if it is another file."""
    if not (file.startswith(FACTS_FOLDER) and file in before.content_hashes and file in now.content_hashes):
        return False
    return _texts(file, before) == _texts(file, now)


def texts_digest(file: str, draft: Draft) -> str:
    """A hash of a file's entries and their texts."""
    return content_hash(repr(_texts(file, draft)).encode())


def _texts(file: str, draft: Draft) -> list[list[tuple[str, object]]]:
    return [[(name, one.value) for name, one in phrases(entry)] for entry in draft.entries_of(file)[1]]


def _of_page(outline: Outline) -> Iterator[Passage]:
    for paragraph in paragraphs(outline.source):
        is_head = paragraph.anchor == _HEAD
        yield Passage(
            key=f"{_PAGES}/{outline.page}/{paragraph.anchor or '-'}",
            language=outline.language,
            digest=digest(_seen_in_head(paragraph.text) if is_head else paragraph.text),
            former=_hashed(paragraph.text) if is_head or "{" in paragraph.text else "",
            span=outline.span(paragraph.start, paragraph.text.find("\n") if "\n" in paragraph.text else len(paragraph.text)),
            anchor=paragraph.anchor,
            end=paragraph.start + len(paragraph.text),
        )


def _of_entry(owner: str, entry: Entry) -> Iterator[Passage]:
    for name, located in phrases(entry):
        assert isinstance(located.value, Phrase)  # noqa: S101  made by LocalizedText.read
        texts = located.value.texts
        if len(set(texts.values())) == 1:  # one plain text for all languages
            continue
        for code, text in texts.items():
            yield Passage(
                key=f"{owner}/{name}",
                language=code,
                digest=digest(text),
                span=located.spans[code],
                former=_hashed(text) if "{" in text else "",
            )


Twins = dict[str, dict[str, list[Passage]]]


def _by_key(found: Iterable[Passage]) -> Twins:
    groups: Twins = {}
    for passage in found:
        groups.setdefault(passage.key, {}).setdefault(passage.language, []).append(passage)
    return groups


def find_stale(found: Iterable[Passage], confirmed: Confirmed) -> tuple[list[StalePassage], list[Passage]]:
    """The stale passages, each with the first translation that changed; and those that were never confirmed."""
    stale: list[StalePassage] = []
    never_confirmed: list[Passage] = []
    for key, languages in _by_key(found).items():
        known = confirmed.digests.get(key)
        told: set[int] = set()  # places of texts that are new in all languages, which are one finding
        for code, texts in languages.items():
            if known is None:
                never_confirmed += texts
                continue
            for index, text in enumerate(texts):
                if (twin := _changed(index, texts, languages, known)) is None:
                    continue
                both = code not in known or not _is_known(text, known)
                if not both or len(languages[twin.language]) != len(texts):
                    stale.append(StalePassage(passage=text, twin=twin))
                elif index not in told:
                    told.add(index)
                    stale.append(StalePassage(passage=text, twin=twin, both=True))
    return stale, never_confirmed


def _changed(
    index: int, texts: list[Passage], languages: Mapping[str, list[Passage]], known: Mapping[str, tuple[str, ...]]
) -> Passage | None:
    """A translation of texts[index] that is not as confirmed: the one at the same index, or any where their numbers differ.

    A language that nothing was confirmed in is new, and makes no text stale.
    """
    for other, translations in languages.items():
        if other == texts[index].language or other not in known:
            continue
        for twin in translations[index : index + 1] if len(translations) == len(texts) else translations:
            if not _is_known(twin, known):
                return twin
    return None


def _is_known(text: Passage, known: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a text is as it was confirmed."""
    digests = known.get(text.language, ())
    return text.digest in digests or (bool(text.former) and text.former in digests)


def read_confirmed(root: Path, sink: list[Diagnostic]) -> Confirmed:
    """What data/translations.lock holds: a key and `code=digest,digest` on each line. Other lines are reported."""
    try:
        lines = (root / LOCK_FILE).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return Confirmed()
    except UnicodeDecodeError as error:
        sink.append(Diagnostic(rule="not-utf8", span=Span(LOCK_FILE), args={"byte": str(error.start)}))
        return Confirmed()
    except OSError as error:
        why = error.strerror or str(error)
        sink.append(Diagnostic(rule="file-missing", span=Span(LOCK_FILE), args={"file": LOCK_FILE, "why": why}))
        return Confirmed()
    digests: dict[str, dict[str, tuple[str, ...]]] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            sink.append(Diagnostic(rule="bad-confirmation", span=Span(LOCK_FILE, number, 1, len(line))))
            continue
        digests[match[1]] = {
            code: tuple(hashes.split(",")) for code, _, hashes in (part.partition("=") for part in match[2].split())
        }
    return Confirmed(digests)


def confirm(found: Iterable[Passage], before: Confirmed, names: Iterable[str]) -> tuple[str, int]:
    """The new text of the lock file, with the named passages confirmed as they are now; and how many keys that changes.

    Without names all are confirmed. A name is a page, or the beginning of a key: `facts`, `claims/grew`. Keys without a text
    are dropped.
    """
    wanted = tuple(names)
    lines, changed = [], 0
    for key, languages in sorted(_by_key(found).items()):
        now = {code: tuple(text.digest for text in texts) for code, texts in languages.items()}
        old = before.digests.get(key)
        kept = now if not wanted or any(matches_name(key, name) for name in wanted) else old
        if kept is None:
            continue
        changed += kept != old
        lines.append(" ".join((key, *(f"{code}={','.join(hashes)}" for code, hashes in kept.items()))))
    return _NOTE + "".join(f"{line}\n" for line in lines), changed


def matches_name(key: str, name: str) -> bool:
    """Whether a name given to `confirm` selects a key."""
    return any(f"{key}/".startswith(f"{start}/") for start in (name, f"{_PAGES}/{name}"))
