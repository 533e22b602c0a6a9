"""What the sources of a report answer: whether each is still where it was, and still says what it is quoted for.

Answers are kept in a file from one time to the next, so that a source is asked seldom, and by what it said of itself last time.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

from ..markup.document import Document
from ..model.sources import Source
from ..store.cache import write_atomically
from ..store.hashing import fingerprint
from .polite_http import Answer, PoliteClient, ascii_address, headers_of

ALIVE, MOVED, BLOCKED, GONE, UNREACHABLE, QUOTE = "alive", "moved", "blocked", "gone", "unreachable", "quote-missing"
KINDS = (GONE, QUOTE, MOVED, UNREACHABLE, BLOCKED, ALIVE)  # the most urgent first
_OK, _NOT_MODIFIED = range(200, 300), 304
_GONE = (404, 410)
_BLOCKED = (401, 402, 403, 406, 429, 451, 503)  # who asks without a browser is often turned away by these
_BLOCKED_BY = frozenset({"robots", "robots-unknown", "private", "no-address"})
_DASHES = str.maketrans({"–": "-", "—": "-", "‑": "-", "−": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "\xad": None})
_DAYS_BETWEEN = 6  # of a source that answered: a weekly run asks for it again


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceAnswer:
    """What a source answered when it was asked last: one of KINDS, and why; `since` is the first day on which it did."""

    kind: str
    asked: str  # days as YYYY-MM-DD
    since: str
    status: int = 0
    why: str = ""  # the problem of an Answer
    url: str = ""  # where it stands now, if it moved
    quote: str = ""  # a fingerprint of the quote that was looked for
    validators: Mapping[str, str] = field(default_factory=dict)


def ask_sources(
    sources: Iterable[Source],
    client: PoliteClient,
    known: Mapping[str, SourceAnswer],
    today: date,
    *,
    progress: Callable[[str], None] = lambda _: None,
) -> dict[str, SourceAnswer]:
    """The answer of each source that has an address, by its id; those asked lately are not asked again."""
    found: dict[str, SourceAnswer] = {}
    for source in sources:
        if not source.url:
            continue
        before = known.get(source.url)
        if before is None or not _is_recent(before, source, today):
            progress(source.url)
            before = _ask(source, client, before, today)
        found[source.id] = before
    return found


def _is_recent(answer: SourceAnswer, source: Source, today: date) -> bool:
    age = (today - date.fromisoformat(answer.asked)).days
    days = _DAYS_BETWEEN if answer.kind == ALIVE else 1
    return 0 <= age < days and answer.quote == _fingerprint(quote_of(source))


def quote_of(source: Source) -> str:
    """The words that a source is quoted for; empty where it is not quoted."""
    quote = getattr(source, "quote", None)
    return quote if isinstance(quote, str) else ""


def _fingerprint(quote: str) -> str:
    return fingerprint(quote) if quote else ""


def _ask(source: Source, client: PoliteClient, before: SourceAnswer | None, today: date) -> SourceAnswer:
    quote = quote_of(source)
    same_quote = before is not None and before.quote == _fingerprint(quote) and before.kind == ALIVE
    conditional = dict(headers_of(before.validators)) if before is not None and same_quote else {}
    answer = client.get(source.url, conditional)
    kind = kind_of(answer, source.url, quote)
    day = today.isoformat()
    validators = {name: answer.headers[name] for name in ("etag", "last-modified") if name in answer.headers}
    return SourceAnswer(
        kind=kind,
        asked=day,
        since=before.since if before is not None and before.kind == kind else day,
        status=answer.status,
        why=answer.problem,
        url=answer.url if kind == MOVED else "",
        quote=_fingerprint(quote),
        validators=validators or (before.validators if before is not None and answer.status == _NOT_MODIFIED else {}),
    )


def kind_of(answer: Answer, url: str, quote: str) -> str:
    """One of KINDS for an answer to a request of an address, and of a page that should hold a quote."""
    if answer.problem:
        return GONE if answer.problem == "name" else BLOCKED if answer.problem in _BLOCKED_BY else UNREACHABLE
    if answer.status == _NOT_MODIFIED:
        return ALIVE
    if answer.status not in _OK:
        return GONE if answer.status in _GONE else BLOCKED if answer.status in _BLOCKED else UNREACHABLE
    if quote and holds_quote(answer, quote) is False:
        return QUOTE
    return MOVED if answer.permanent and _plain(answer.url) != _plain(url) else ALIVE


def _plain(url: str) -> str:
    """An address without what redirects change although nothing moved: scheme, www and a slash at the end."""
    return re.sub(r"^https?://(www\.)?", "", ascii_address(url)).rstrip("/").lower()


def holds_quote(answer: Answer, quote: str) -> bool | None:
    """Whether the text of an answer holds the words of a quote; None where it cannot be known."""
    kind = answer.headers.get("content-type", "text/html").partition(";")[0].strip().lower()
    if kind not in ("text/html", "application/xhtml+xml", "text/plain", "text/markdown"):
        return None
    charset = re.search(
        r"charset=[\"']?([\w.-]+)", answer.headers.get("content-type", "") + answer.body[:1024].decode("latin-1")
    )
    try:
        text = answer.body.decode(charset[1] if charset else "utf-8", errors="replace")
    except LookupError:
        text = answer.body.decode("utf-8", errors="replace")
    if "html" in kind:
        document = Document(text)
        document.remove("script, style, noscript, template")
        text = document.text()
    plain = _words(text)
    parts = [_words(part) for part in re.split(r"\[?…\]?|\[?\.\.\.\]?", quote)]
    if all(part in plain for part in parts):
        return True
    return False if answer.whole else None


def _words(text: str) -> str:
    """A text without what differs between a page and its quote: white space, kinds of dashes and quotation marks, case."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text).translate(_DASHES)).casefold()


# --- kept from one time to the next ------------------------------------------------------------


def read_answers(path: Path) -> dict[str, SourceAnswer]:
    """The answers that a file keeps, by address; none where it is missing or is something else."""
    try:
        return dict(_read(json.loads(path.read_text(encoding="utf-8"))))
    except (OSError, ValueError, TypeError, AttributeError, KeyError, RecursionError):
        return {}


def _read(told: Mapping[str, Mapping[str, object]]) -> Iterator[tuple[str, SourceAnswer]]:
    for url, one in told.items():
        texts = {name: str(one.get(name, "")) for name in ("why", "url", "quote")}
        days = {name: date.fromisoformat(str(one[name])).isoformat() for name in ("asked", "since")}
        validators = one.get("validators")
        status = one.get("status")
        yield (
            url,
            SourceAnswer(
                kind=str(one["kind"]) if one["kind"] in KINDS else UNREACHABLE,
                asked=days["asked"],
                since=days["since"],
                status=status if isinstance(status, int) else 0,
                why=texts["why"],
                url=texts["url"],
                quote=texts["quote"],
                validators={str(key): str(value) for key, value in validators.items()} if isinstance(validators, dict) else {},
            ),
        )


def write_answers(path: Path, sources: Iterable[Source], answers: Mapping[str, SourceAnswer]) -> None:
    """Keep the answers of sources, by address."""
    kept = {source.url: asdict(answers[source.id]) for source in sources if source.id in answers}
    write_atomically(path, (json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode())
