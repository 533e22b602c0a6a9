"""Fields of entries in the notation of data/, in one line: how they are compared and shown without the words of a language."""

from __future__ import annotations

from collections.abc import Mapping

from .comparison import short_notation
from .languages import Phrase
from .periods import Period
from .report import Condition, Forecast, Name, Rival
from .sources import Evidence, Source, StoredCopy
from .units import Unit
from .values import Interval, Point


def written(value: object) -> str:  # noqa: C901, PLR0911, PLR0912  a line for each type
    """A field in one line; empty for None. Of a text it is that in the first language."""
    match value:
        case None:
            return ""
        case Point() | Interval():
            return short_notation(value)
        case Period():
            return value.text
        case Name() | Source() | Unit():
            return value.id
        case Evidence():
            details = ([next(iter(value.at.texts.values()))] if value.at else []) + ([value.quote] if value.quote else [])
            return f"{value.source.id} ({', '.join(details)})" if details else value.source.id
        case StoredCopy():
            return f"{value.url} ({value.on.text})"
        case Rival():
            return f"{short_notation(value.value)} ({written(value.evidence)})"
        case Forecast():
            return " ".join(part for part in (value.due.text, value.outcome, value.resolution) if part)
        case Phrase():
            return next(iter(value.texts.values()))
        case Mapping():
            return ", ".join(f"{key}: {written(one)}" for key, one in value.items())
        case tuple() | list():
            return ", ".join(written(one) for one in value)
        case Condition():
            return value.test
        case _:
            return str(value)
