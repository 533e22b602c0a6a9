"""What the sources of a report answer: whether each is still where it was, and still says what it is quoted for.

Answers are kept in a file from one time to the next, so that a source is asked seldom, and by what it said of itself last time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from ..markup.document import Document
from ..model.report import Edition
from ..model.sources import Source
from ..records.struct import Struct, asdict, field
from ..store.cache import write_atomically
from ..store.hashing import fingerprint
from ..wording.quotations import holds_quotation, quotations
from .polite_http import Answer, PoliteClient, ascii_address, headers_of

ALIVE, MOVED, BLOCKED, GONE, UNREACHABLE, QUOTE = "alive", "moved", "blocked", "gone", "unreachable", "quote-missing"
KINDS = (GONE, QUOTE, MOVED, UNREACHABLE, BLOCKED, ALIVE)  # the most urgent first
_OK, _NOT_MODIFIED = range(200, 300), 304
_GONE = (404, 410)
_BLOCKED = (401, 402, 403, 406, 429, 451, 503)  # who asks without a browser is often turned away by these
_BLOCKED_BY = frozenset({"robots", "robots-unknown", "private", "no-address"})
_WITHOUT_NETWORK = frozenset({"name", "network", "timeout"})
_SEVERAL = 3
_DAYS_BETWEEN = 6  # of a source that answered: a weekly run asks for it again


class SourceAnswer(Struct, frozen=True, kw_only=True):
    """What a source answered when it was asked last: one of KINDS, and why; `since` is the first day on which it did."""

    kind: str
    asked: str  # days as YYYY-MM-DD
    since: str
    status: int = 0
    why: str = ""  # the problem of an Answer
    url: str = ""  # where it stands now, if it moved
    quotes: str = ""  # a fingerprint of the quotations that were looked for
    validators: Mapping[str, str] = field(default_factory=dict)


def ask_sources(
    sources: Iterable[Source],
    client: PoliteClient,
    known: Mapping[str, SourceAnswer],
    today: date,
    *,
    quotes: Mapping[str, Sequence[str]] = {},
    progress: Callable[[str], None] = lambda _: None,
) -> dict[str, SourceAnswer]:
    """The answer of each source that has an address, by its id; those asked lately are not asked again.

    `quotes` has the passages that each source is quoted for, by its id.
    """
    found: dict[str, SourceAnswer] = {}
    for source in sources:
        if not source.url:
            continue
        before, quoted = known.get(source.url), tuple(quotes.get(source.id, ()))
        if before is None or not _is_recent(before, quoted, today):
            progress(source.url)
            before = _ask(source.url, quoted, client, before, today)
        found[source.id] = before
    return found


def quotes_of(edition: Edition) -> dict[str, list[str]]:
    """The passages that each source is quoted for, by its id, each once."""
    found: dict[str, dict[str, None]] = {}
    for one in quotations(edition):
        found.setdefault(one.source.id, {})[one.text] = None
    return {key: list(texts) for key, texts in found.items()}


def is_offline(answers: Mapping[str, SourceAnswer], today: date) -> bool:
    """Whether none of several hosts that were asked on a day could be reached: then this machine has no network."""
    asked = [one for one in answers.values() if one.asked == today.isoformat()]
    return len(asked) >= _SEVERAL and all(one.why in _WITHOUT_NETWORK for one in asked)


def _is_recent(answer: SourceAnswer, quotes: Sequence[str], today: date) -> bool:
    age = (today - date.fromisoformat(answer.asked)).days
    days = _DAYS_BETWEEN if answer.kind == ALIVE else 1
    return 0 <= age < days and answer.quotes == _fingerprint(quotes)


def _fingerprint(quotes: Sequence[str]) -> str:
    return fingerprint(*quotes) if quotes else ""


def _ask(url: str, quotes: Sequence[str], client: PoliteClient, before: SourceAnswer | None, today: date) -> SourceAnswer:
    same = before is not None and before.quotes == _fingerprint(quotes) and before.kind == ALIVE
    conditional = dict(headers_of(before.validators)) if before is not None and same else {}
    answer = client.get(url, conditional)
    kind = kind_of(answer, url, quotes)
    day = today.isoformat()
    validators = {name: answer.headers[name] for name in ("etag", "last-modified") if name in answer.headers}
    return SourceAnswer(
        kind=kind,
        asked=day,
        since=before.since if before is not None and before.kind == kind else day,
        status=answer.status,
        why=answer.problem,
        url=answer.url if kind == MOVED else "",
        quotes=_fingerprint(quotes),
        validators=validators or (before.validators if before is not None and answer.status == _NOT_MODIFIED else {}),
    )


def kind_of(answer: Answer, url: str, quotes: Sequence[str]) -> str:
    """One of KINDS for an answer to a request of an address, and of a page that should hold some quotations."""
    if answer.problem:
        return BLOCKED if answer.problem in _BLOCKED_BY else UNREACHABLE
    if answer.status == _NOT_MODIFIED:
        return ALIVE
    if answer.status not in _OK:
        return GONE if answer.status in _GONE else BLOCKED if answer.status in _BLOCKED else UNREACHABLE
    if any(holds_quote(answer, quote) is False for quote in quotes):
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
    if holds_quotation(text, quote):
        return True
    return False if answer.whole else None


def read_answers(path: Path) -> dict[str, SourceAnswer]:
    """The answers that a file keeps, by address; none where it is missing or is something else."""
    try:
        return dict(_read(json.loads(path.read_text(encoding="utf-8"))))
    except (OSError, ValueError, TypeError, AttributeError, KeyError, RecursionError):
        return {}


def _read(told: Mapping[str, Mapping[str, object]]) -> Iterator[tuple[str, SourceAnswer]]:
    for url, one in told.items():
        texts = {name: str(one.get(name, "")) for name in ("why", "url", "quotes")}
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
                quotes=texts["quotes"],
                validators={str(key): str(value) for key, value in validators.items()} if isinstance(validators, dict) else {},
            ),
        )


def write_answers(path: Path, sources: Iterable[Source], answers: Mapping[str, SourceAnswer]) -> None:
    """Keep the answers of sources, by address."""
    kept = {source.url: asdict(answers[source.id]) for source in sources if source.id in answers}
    write_atomically(path, (json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode())
