"""What the columns of a table are likely to be: the key, measures and entities of each form."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from ..records.struct import Struct
from .dates import is_period
from .description import ColumnDescription, TableDescription
from .grid import Cell
from .likely_notation import Hints, ProposalError, flag_letters, is_number, likely_signs, marks, named_scale
from .numbers import plain

_MOST_COLUMNS = 60
_YEAR = re.compile("[0-9]{4}")
_PERCENT = re.compile(r"[%％]")
_WHICH_VALUE, _WHICH_ROWS = ("import-which-value",), ("import-which-rows",)
_NO_PERIOD = ("import-no-period",)
_NO_HEADING = ("import-no-heading",)
_WHERE_HEADING, _WHERE_NOTHING, _WHERE_PLAIN = ("import-where-heading",), ("import-where-nothing",), ("import-where-plain",)
_MANY, _SHARES = ("import-many",), ("import-shares",)


class Proposal(Struct, frozen=True, kw_only=True):
    """A description, the key of the series, its measures with their headings, those in percent, and rows that are left out."""

    table: TableDescription
    key: str
    labels: Mapping[str, str]
    percent: frozenset[str]
    left_out: tuple[Sequence[Cell], ...]
    unread: tuple[str, ...] = ()  # headings of columns with texts or numbers that are not read


class Seen(Struct, frozen=True, kw_only=True):
    """A whole grid, what is said of it, and the marks that may stand for missing values."""

    grid: Sequence[Sequence[Cell]]
    hints: Hints
    missing: tuple[str, ...]

    def is_period(self, text: str) -> bool:
        """Whether a text is a period that can be read."""
        return is_period(text, self.hints.locales)

    def is_number(self, text: str) -> bool:
        """Whether a text has digits and signs of numbers, or a mark for a missing one."""
        return is_number(text, self.missing)


class LikelyColumns:
    """The names of columns and their cells, of which the description is made."""

    def __init__(self, seen: Seen, names: list[str], rows: list[list[Cell]], base: dict[str, Any]) -> None:
        self.seen, self.hints, self.names, self.rows, self.base = seen, seen.hints, names, rows, base
        self.lines = {row[0].span.line for row in rows}
        self.columns = {name: [row[at].text for row in rows] for at, name in reversed(list(enumerate(names))) if name}
        self._refuse_headless()

    def _refuse_headless(self) -> None:
        """Refuse periods and numbers without a heading: a description could not name their column, so it would be lost."""
        for at, name in enumerate(self.names):
            texts = [row[at].text for row in self.rows if row[at].text]
            lost = [text for text in texts if self.seen.is_period(text) or re.search("[0-9]", plain(text))]
            if not name and len(lost) * 2 > len(texts):
                raise ProposalError(*_NO_HEADING, column=str(at + 1), found=lost[0])

    def refuse_unknown(self) -> None:
        """Refuse a choice of rows by a heading that is not there, or by a text that no row has there."""
        for name, text in self.hints.where.items():
            if name not in self.columns:
                raise ProposalError(*_WHERE_HEADING, heading=name, known=", ".join(filter(None, self.names)))
            if plain(text) not in {plain(cell) for cell in self.columns[name]}:
                raise ProposalError(*_WHERE_NOTHING, heading=name, found=text)

    def key(self) -> str:
        """The first column that holds periods, else the first one."""
        first = next(name for name in self.names if name)
        named = [text for text in self.columns[first] if not self.seen.is_period(text)]
        for name in self.names:
            texts = [text for text in self.columns.get(name, ()) if text]
            if name != first and len(named) == len(set(self.columns[first])) and all(map(_YEAR.fullmatch, texts)):
                continue  # each row is about something of its own, and numbers may look like years
            if texts and sum(self.seen.is_period(text) for text in texts) * 2 > len(texts):
                twin = self._twin(name)
                return twin or name
        return first

    def _twin(self, name: str) -> str:
        """A column that says the same periods in words, beside one of codes."""
        codes = self.columns[name]
        if all(re.fullmatch("[0-9]{10}", code) for code in codes):
            for other in self.names:
                if other not in ("", name) and all(self.seen.is_period(text) for text in self.columns[other]):
                    return other
        return ""

    def is_long(self) -> bool:
        """Whether periods stand in several rows each."""
        texts = self.columns[self.key()]
        dated = any(self.seen.is_period(text) for text in texts)
        return dated and (
            len(set(texts)) < len(texts) or any(name.lower() in marks()["columns"]["value"] for name in self.names)
        )

    def plain(self) -> Proposal:
        """A column per measure."""
        if self.hints.where:
            raise ProposalError(*_WHERE_PLAIN, where=", ".join(self.hints.where))
        key = self.key()
        periods = any(self.seen.is_period(text) for text in self.columns[key])
        left_out: list[list[Cell]] = []
        kept: list[list[Cell]] = []
        at = self.names.index(key)
        for row in self.rows:
            stays = self.seen.is_period(row[at].text) if periods else bool(row[at].text)
            (kept if stays else left_out).append(row)
        self.rows = kept
        self.columns = {name: [row[at].text for row in kept] for at, name in enumerate(self.names) if name}
        numbers = [name for name in self.names if name not in ("", key) and self._is_measure(name)]
        known = marks()["columns"]
        columns = {_slug(key, "period"): ColumnDescription(heading=key, type="period" if periods else "string")}
        labels: dict[str, str] = {}
        for name in self.names:
            if name and name != key and name.lower() in known["note"]:
                columns["note"] = ColumnDescription(heading=name)
        for at, name in enumerate(numbers, 1):
            own = _unused(_slug(name, f"column_{at}"), columns)
            columns[own] = ColumnDescription(heading=name, scale=self._scale(name), type="number")
            labels[own] = name
        for name in self.names:
            if name not in ("", key, *numbers) and re.search("[0-9]{4}", plain(name)):
                raise ProposalError(*_NO_PERIOD, heading=name)
        return self._made(numbers, columns, labels, next(iter(columns)), left_out, form="plain")

    def wide(self) -> Proposal:
        """Periods in the header."""
        heads = [name for name in self.names if name and self.seen.is_period(name)]
        first = self.names.index(heads[0])
        texts = [name for name in self.names[:first] if name]
        for name in self.names:
            among = self.names.index(name) > first or re.search("[0-9]", plain(name))
            if name and name not in heads and among and self._is_measure(name):
                raise ProposalError(*_NO_PERIOD, heading=name)
        skip = tuple(name for name in self.names[first:] if name and name not in heads)
        entity, where = self._entity(texts)
        return self._of_entities(heads, entity, where, form="wide", skip=skip)

    def long(self) -> Proposal:
        """A row per value."""
        known, key = marks()["columns"], self.key()
        numbers = [name for name in self.names if name not in ("", key) and self._is_measure(name)]
        named = [name for name in numbers if name.lower() in known["value"]]
        if len(named or numbers) != 1:
            raise ProposalError(*_WHICH_VALUE, headings=", ".join(numbers))
        value = (named or numbers)[0]
        status = next((name for name in self.names if name.lower() in known["status"]), "")
        left = [
            name
            for name in self.names
            if name not in ("", key, value, status) and not self.seen.is_period(self.columns[name][0])
        ]
        entity, where = self._entity(left, key)
        return self._of_entities([value], entity, where, form="long", period=key, value=value, status=status)

    def _entity(self, names: list[str], key: str = "") -> tuple[str, Mapping[str, str]]:
        """The column that tells rows apart, after the rows were chosen that have what is asked for."""
        where = self.hints.where
        wanted = {self.names.index(name): plain(text) for name, text in where.items()}
        chosen = [row for row in self.rows if all(plain(row[at].text) == text for at, text in wanted.items())]
        if not chosen:
            raise ProposalError(*_WHERE_NOTHING, heading=", ".join(where), found=", ".join(where.values()))
        self.rows = chosen
        self.columns = {name: [row[at].text for row in chosen] for at, name in enumerate(self.names) if name}
        times = self.columns[key] if key else [""] * len(chosen)
        several = [name for name in names if len(set(self.columns[name])) > 1]
        if key and not several and len(set(times)) == len(times):
            return "", where
        several = several or names[:1]
        for name in sorted(several, key=lambda one: max(map(len, self.columns[one]), default=0)):
            pairs = list(zip(self.columns[name], times, strict=True))
            if len(set(pairs)) == len(pairs) and all(self.columns[name]):
                return name, where
        raise ProposalError(*_WHICH_ROWS, headings=", ".join(several))

    def _of_entities(self, measured: list[str], entity: str, where: Mapping[str, str], **form: Any) -> Proposal:  # noqa: ANN401
        entities = list(dict.fromkeys(self.columns[entity])) if entity else [""]
        if len(entities) > _MOST_COLUMNS:
            raise ProposalError(*_MANY, count=str(len(entities)), most=str(_MOST_COLUMNS))
        columns: dict[str, ColumnDescription] = {}
        labels: dict[str, str] = {}
        for at, name in enumerate(entities, 1):
            own = _unused(_slug(name or measured[0], f"column_{at}"), {**columns, "period": 0})
            columns[own] = ColumnDescription(entity=name, scale=self._scale(entity or measured[0]), type="number")
            labels[own] = name or measured[0]
        return self._made(measured, columns, labels, "period", [], entity=entity, where=where, **form)

    def _made(
        self,
        measured: list[str],
        columns: dict[str, ColumnDescription],
        labels: Mapping[str, str],
        key: str,
        left_out: list[list[Cell]],
        **form: Any,  # noqa: ANN401
    ) -> Proposal:
        """The proposal, after signs, marks and flags were looked for in the numbers of some columns."""
        texts = [text for name in measured for text in self.columns[name] if text]
        decimal, group = likely_signs(texts, self.hints, self.seen.missing)
        used = tuple(dict.fromkeys(text for text in texts if plain(text) in {plain(mark) for mark in self.seen.missing}))
        flags = {flag: marks()["flags"][flag] for text in texts for flag in flag_letters(text) if flag in marks()["flags"]}
        if form.get("status"):
            own = "sdmx" if form["status"].lower() in marks()["columns"]["sdmx"] else "flags"
            written = set(filter(None, self.columns[form["status"]]))
            flags |= {flag: marks()[own][flag] for flag in sorted(written) if flag in marks()[own]}
        flags |= self.hints.flags
        percent = frozenset(
            name
            for name in labels
            if _PERCENT.search(labels[name]) or any(_PERCENT.search(text) for text in self._texts(columns[name], measured))
        )
        notes = [row for row in self.seen.grid if self._is_note(row[0].span.line)]
        out = [*left_out, *notes]
        table = TableDescription(
            **self.base,
            comment_rows=tuple(sorted({row[0].span.line for row in out})),
            decimal_char=decimal,
            group_char=group,
            missing_values=tuple(dict.fromkeys((*used, *self.hints.missing))),
            flags=dict(sorted(flags.items())),
            columns={
                name: self._of_percent(column, percent=name in percent, measured=measured) for name, column in columns.items()
            },
            **form,
        )
        read = {
            *measured,
            *(column.heading for column in columns.values()),
            *(form.get(name, "") for name in ("entity", "period", "status")),
            *form.get("where", ()),
        }
        unread = tuple(name for name in dict.fromkeys(self.names) if name and name not in read and any(self.columns[name]))
        return Proposal(table=table, key=key, labels=labels, percent=percent, left_out=tuple(out), unread=unread)

    def _is_note(self, line: int) -> bool:
        return line not in self.lines and (line > min(self.lines) or line in self.hints.leave_out)

    def _of_percent(self, column: ColumnDescription, *, percent: bool, measured: list[str]) -> ColumnDescription:
        """A column of percentages without signs counts in hundredths; in a spreadsheet that cannot be told."""
        if not percent or any(_PERCENT.search(text) for text in self._texts(column, measured)):
            return column
        if self.hints.spreadsheet:
            raise ProposalError(*_SHARES, heading=column.heading)
        return ColumnDescription(heading=column.heading, entity=column.entity, scale=Decimal("0.01"), type=column.type)

    def _texts(self, column: ColumnDescription, measured: list[str]) -> list[str]:
        if column.heading:
            return self.columns[column.heading]
        return [text for name in measured for text in self.columns[name]]

    def _is_measure(self, name: str) -> bool:
        """Whether half of a column or more are numbers, at least one of them no mark for a missing one, and not all periods."""
        texts = [text for text in self.columns[name] if text]
        numbers = [text for text in texts if self.seen.is_number(text)]
        digits = any(re.search("[0-9]", plain(text)) for text in numbers)
        codes = name != self.names[-1] and bool(texts) and all(re.fullmatch("[0-9]{10}", text) for text in texts)
        signs = bool(texts) and not any(map(str.isalnum, texts))  # marks for missing values only
        return (digits or (signs and len(numbers) == len(texts))) and len(numbers) * 2 >= len(texts) and not codes

    def _scale(self, heading: str) -> Decimal | None:
        """The power of ten that a heading, or else a title of the table or a column that says one thing only, names."""
        powers = [set(self.columns[name]) for name in self.names if name.lower() in marks()["columns"]["power"]]
        if any(len(found) > 1 for found in powers):
            raise ProposalError(*_WHICH_ROWS, headings=", ".join(marks()["columns"]["power"]))
        for text in sorted(next(iter(found), "") for found in powers):  # digits before words: 6, millions
            if re.fullmatch("-?[0-9]{1,2}", text):
                return Decimal(1).scaleb(int(text))
        header = min((row[0].span.line for row in self.rows), default=0)
        above = [row for row in self.seen.grid if row[0].span.line < header]
        titles = [cell.text for row in above for cell in row if cell.text not in self.names]
        constant = [
            texts[0] for texts in self.columns.values() if texts and len(set(texts)) == 1 and not self.seen.is_number(texts[0])
        ]
        return next((scale for text in (heading, *titles, *constant) if (scale := named_scale(text, self.hints.locales))), None)


def _slug(text: str, otherwise: str) -> str:
    slug = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")[:60] if text.isascii() else ""
    return slug if re.fullmatch("[a-z][a-z0-9_]*", slug) else otherwise


def _unused(name: str, taken: Mapping[str, object]) -> str:
    number = 2
    found = name
    while found in taken:
        found, number = f"{name}_{number}", number + 1
    return found
