"""Makes tables as messy as published ones, each with the values that it holds; the same seed makes the same table."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp932", "euc_jp", "iso2022_jp")
SIGNS = ((".", ""), (".", ","), (",", "."), (",", " "), (".", "\u00a0"), (",", "\u202f"), (".", "'"))
FLAGS = {"p": "provisional", "e": "estimated", "b": "break", "r": "revised"}
MISSING = ("..", ":", "-", "***", "n/a", "x", "…", "")
GARBAGE = (
    "TBD",
    "$1.2M",
    "=SUM(B2:B4)",
    "#REF!",
    "1,2,3",
    "12 or 13",
    "5億",
    "1.2.3",
    "約5",
    "see note",
    "1/2",
    "½",
    "7¹",
    "--5",
)
AMBIGUOUS = ("2024/25", "01/02/2024", "2024.1", "24年", "Total", "Q1 24", "R6", "2567")
SCALES = {"百万円": 6, "千人": 3, "million euro": 6, "in thousands": 3, "億円": 8}


@dataclass(slots=True)
class MessyTable:
    """A file, and what it says: by period and column the value, the flag or that there is none (None)."""

    name: str
    content: bytes
    truth: dict[tuple[str, str], Decimal | None] = field(default_factory=dict)
    flags: dict[tuple[str, str], str] = field(default_factory=dict)
    spoilt: bool = False  # holds a cell or a row that nobody can read for certain


class Writer:
    """Writes one table; every choice is one of chance."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311  not for secrets
        pick = self.chance.choice
        self.decimal, self.group = pick(SIGNS)
        self.delimiter = pick(";\t" if self.decimal == "," else ",;\t")
        self.encoding = pick(ENCODINGS)
        self.form = pick(("plain", "plain", "plain", "wide", "wide", "long"))
        self.negative = pick(("-", "\u2212", "▲", "△", "()"))
        self.width = pick(("", "", "", "full"))
        self.periods = pick((self._years, self._era, self._quarters, self._months, self._business_years, self._codes))()
        self.names = [f"Area {chr(65 + at)}" for at in range(pick((1, 2, 3)))]
        self.scales = {name: pick(("", "", *SCALES)) if self.form == "plain" else "" for name in self.names}
        self.percent = {
            name: self.form == "plain" and not self.scales[name] and self.chance.random() < 0.15 for name in self.names
        }

    # --- periods: as written -> as meant -----------------------------------------------------------

    def _count(self) -> int:
        return self.chance.randint(3, 8)

    def _years(self) -> dict[str, str]:
        form = self.chance.choice(("{}", "{}年", " {} "))
        return {form.format(year): str(year) for year in range(2015, 2015 + self._count())}

    def _era(self) -> dict[str, str]:
        return {f"令和{year if year > 1 else '元'}年": str(2018 + year) for year in range(1, 1 + self._count())}

    def _quarters(self) -> dict[str, str]:
        form = self.chance.choice(("Q{1} {0}", "{0}Q{1}", "{0}-Q{1}", "{0}年第{1}四半期"))
        return {form.format(2020 + at // 4, at % 4 + 1): f"{2020 + at // 4}-Q{at % 4 + 1}" for at in range(self._count())}

    def _months(self) -> dict[str, str]:
        form = self.chance.choice(("{0}M{1:02}", "{0}年{1}月", "{0}-{1:02}", "{0}/{1:02}"))
        return {form.format(2023 + at // 12, at % 12 + 1): f"{2023 + at // 12}-{at % 12 + 1:02}" for at in range(self._count())}

    def _business_years(self) -> dict[str, str]:
        return {f"{year}年3月期": f"{year - 1}-04/{year}-03" for year in range(2018, 2018 + self._count())}

    def _codes(self) -> dict[str, str]:
        return {f"{year}000000": str(year) for year in range(2015, 2015 + self._count())}

    # --- cells -------------------------------------------------------------------------------------

    def number(self, value: Decimal) -> str:
        """A number in the signs of this table."""
        whole, _, fraction = f"{abs(value):f}".partition(".")
        if self.group:
            parts: list[str] = []
            while len(whole) > 3:
                whole, part = whole[:-3], whole[-3:]
                parts.insert(0, part)
            whole = self.group.join((whole, *parts))
        text = whole + (self.decimal + fraction if fraction else "")
        if value < 0:
            text = f"({text})" if self.negative == "()" else self.negative + text
        if self.width == "full":
            text = text.translate({code: code + 0xFEE0 for code in range(0x30, 0x3A)})
        return text

    def cell(self, table: MessyTable, key: tuple[str, str]) -> str:
        """A cell, and what it says into the truth."""
        kind = self.chance.random()
        if kind < 0.12:
            table.truth[key] = None
            return self.chance.choice(MISSING)
        value = Decimal(self.chance.randint(-99_999_999, 999_999_999)).scaleb(-self.chance.choice((0, 1, 2, 2)))
        value = value.scaleb(-self.chance.choice((0, 0, 3, 4))).quantize(Decimal("0.01"))
        power = SCALES.get(self.scales[key[1]], 0)
        if self.percent[key[1]]:
            value = Decimal(self.chance.randint(-999, 999)).scaleb(-1)
            table.truth[key] = value.scaleb(-2)
            return self.number(value) + self.chance.choice(("%", "％", " %"))
        table.truth[key] = value.scaleb(power)
        text = self.number(value)
        if kind > 0.9:
            flag = self.chance.choice(tuple(FLAGS))
            table.flags[key] = FLAGS[flag]
            return f"{text} {flag}"
        return text

    # --- tables ------------------------------------------------------------------------------------

    def table(self, name: str) -> MessyTable:
        """The whole table."""
        table = MessyTable(name, b"")
        rows = {"plain": self._plain, "wide": self._wide, "long": self._long}[self.form](table)
        if self.chance.random() < 0.15:
            rows = [[*row, ""] for row in rows]
        elif self.chance.random() < 0.25:
            self._spoil(rows, table)
        if self.chance.random() < 0.3:
            rows = [*(self._title(at) for at in range(self.chance.randint(1, 3))), *rows]
        if self.chance.random() < 0.3:
            rows += [["注１）　概数である。"]]
        table.content = self._encoded(rows)
        return table

    def _spoil(self, rows: list[list[str]], table: MessyTable) -> None:
        """Put something into a table that nobody can read for certain."""
        row = self.chance.choice(rows[1:])
        table.spoilt = True
        match self.chance.choice(("cell", "cell", "cell", "cell", "period", "repeated", "short")):
            case "cell":
                row[-1] = self.chance.choice(GARBAGE)
            case "period":
                (rows[0] if self.form == "wide" else row)[1 if self.form == "wide" else 0] = self.chance.choice(AMBIGUOUS)
            case "repeated":
                rows.append([*row[:-1], "12345678"])
            case "short":
                rows[rows.index(row)] = row[:-1]

    def _title(self, at: int) -> list[str]:
        return [["家計に関するしらべ"], ["表番号：", "1-1"], ["更新しました"]][at]

    def _heading(self, name: str) -> str:
        scale = self.scales[name]
        return f"{name} ({scale})" if scale else name

    def _plain(self, table: MessyTable) -> list[list[str]]:
        header = ["時点", *(self._heading(name) for name in self.names)]
        return [
            header,
            *([written, *(self.cell(table, (meant, name)) for name in self.names)] for written, meant in self.periods.items()),
        ]

    def _wide(self, table: MessyTable) -> list[list[str]]:
        rows = [["地域", *self.periods]]
        return [*rows, *([name, *(self.cell(table, (meant, name)) for meant in self.periods.values())] for name in self.names)]

    def _long(self, table: MessyTable) -> list[list[str]]:
        rows = [["時点", "地域", "value"]]
        for written, meant in self.periods.items():
            rows += [[written, name, self.cell(table, (meant, name))] for name in self.names]
        return rows

    def _encoded(self, rows: list[list[str]]) -> bytes:
        out = io.StringIO()
        end = self.chance.choice(("\n", "\r\n"))
        if self.chance.random() < 0.5:
            csv.writer(out, delimiter=self.delimiter, lineterminator=end).writerows(rows)
        else:
            csv.writer(out, delimiter=self.delimiter, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(rows)
        return out.getvalue().encode(self.encoding, errors="replace" if self.encoding.startswith("utf") else "strict")


def messy_tables(seeds: range) -> Mapping[int, MessyTable]:
    """A table for each seed; one whose signs its encoding does not have is written in UTF-8."""
    found = {}
    for seed in seeds:
        try:
            found[seed] = Writer(seed).table(f"t{seed}.csv")
        except UnicodeEncodeError:
            writer = Writer(seed)
            writer.encoding = "utf-8"
            found[seed] = writer.table(f"t{seed}.csv")
    return found
