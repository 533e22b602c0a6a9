"""Hostile data/: YAML, CSV, names of files, ids, numbers, dates, formulas and patterns, each with what `check` must say of it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from attack import Attack, check, held, lay_out

WATER, REPORT, WORDS, LEVELS = "data/facts/water.yml", "data/report.yml", "data/words.yml", "data/series/levels.csv"
LABELS = "label: {en: Area, de: Fläche}, unit: m2, status: observed, review: durable"
EVIDENCE = "evidence: [{source: survey, at: table}]"


def fact(name: str, value: str, *, label: str = "{en: Area, de: Fläche}", more: str = "") -> str:
    """One more fact in flow style."""
    return f"{name}: {{label: {label}, value: {value}, unit: m2, status: observed, review: durable, {EVIDENCE}{more}}}\n"


def derived(name: str, formula: str) -> str:
    """One more fact with a formula."""
    return f"{name}: {{{LABELS}, formula: {formula!r}}}\n"


def after(text: str) -> Callable[[str], str]:
    """What stands there, and more."""
    return lambda there: there.rstrip("\n") + "\n" + text


def instead(old: str, new: str) -> Callable[[str], str]:
    """What stands there with one part exchanged."""

    def exchange(there: str) -> str:
        assert old in there
        return there.replace(old, new, 1)

    return exchange


def bomb(levels: int, width: int = 10) -> str:
    """Lists of aliases of lists of aliases: a billion laughs."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * width)}]" for n in range(1, levels)]
    return "\n".join(lines) + "\n"


def label_of(text: str) -> str:
    """A fact with a text in its label, quoted for YAML."""
    quoted = '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    return fact("hostile", "1", label=f"{{en: {quoted}, de: {quoted}}}")


def yaml_attacks() -> list[Attack]:
    """Ways to make a parser of YAML run, recurse or grow without end."""
    texts = {
        "bomb of 10 levels": bomb(10),
        "bomb of 40 levels": bomb(40, 9),
        "one alias": "a: &x b\nc: *x\n",
        "an alias to itself": "a: &x [*x]\n",
        "an alias to nothing": "a: *x\n",
        "a merge key": fact("hostile", "1") + "other:\n  <<: *hostile\n",
        "40,000 lists": "a: " + "[" * 40_000,
        "40,000 closed lists": "a: " + "[" * 40_000 + "]" * 40_000,
        "40,000 mappings": "a: " + "{a: " * 40_000,
        "40,000 indicators": "- " * 40_000,
        "40,000 keys of keys": "? " * 40_000,
        "1,500 indented levels": "".join(f"{' ' * n}a:\n" for n in range(1_500)),
        "a python tag": "a: !!python/object/apply:os.system [id]\n",
        "a tag of its own": "a: !ENV HOME\n",
        "a binary tag": "a: !!binary aGVsbG8=\n",
        "a timestamp tag": "a: !!timestamp 2025-01-01\n",
        "a set": "a: !!set {b, c}\n",
        "a tag with a long name": f"a: !<{'x' * 30_000}> b\n",
        "a percent directive": "%TAG ! tag:x,2000:\n---\na: !b c\n",
        "two documents": "a: b\n---\na: b\n",
        "27 KB of braces": "{" * 27_000,
        "27 KB of brackets that close": "]" * 27_000,
        "27 KB of anchors": "&a " * 9_000,
        "27 KB of exclamation marks": "!" * 27_000,
        "27 KB of colons": ": " * 13_500,
        "27 KB of quotes": '"' * 27_001,
        "27 KB of backslashes": '"' + "\\" * 27_001,
        "27 KB of percent signs": "%" * 27_000,
        "a null character": "a: b\0c\n",
        "an escape character": "a: b\x1b[31m\n",
    }
    found = [
        Attack(name=name, kind="yaml", files={WATER: text.encode("utf-8", "surrogatepass")}, rule="yaml-syntax")
        for name, text in texts.items()
    ]
    half = Attack(name="half a character", kind="yaml", files={WATER: b"a: \xed\xa0\x80\n"}, rule="not-utf8")
    return [*found, half]


def form_attacks() -> list[Attack]:
    """Files that are something else than a file of UTF-8 with entries."""
    long_list = ", ".join(["[x, y]"] * 3_000)
    return [
        Attack(name="UTF-16", kind="form", files={WATER: "a: b\n".encode("utf-16")}, rule="not-utf8"),
        Attack(name="UTF-16 without a mark", kind="form", files={WATER: "a: b\n".encode("utf-16-le")}, rule="yaml-syntax"),
        Attack(name="UTF-32", kind="form", files={WATER: "a: b\n".encode("utf-32")}, rule="not-utf8"),
        Attack(name="bytes of noise", kind="form", files={WATER: bytes(range(256)) * 80}, rule="not-utf8"),
        Attack(
            name="only a mark of order", kind="form", files={WATER: "\ufeff"}, rule="unknown-id", at="data/claims/water.yml"
        ),
        Attack(name="empty", kind="form", files={WATER: b""}, rule="unknown-id", at="data/claims/water.yml"),
        Attack(name="a number", kind="form", files={WATER: "7"}, rule="wrong-shape"),
        Attack(name="a list", kind="form", files={WATER: "[a, b]"}, rule="wrong-shape"),
        Attack(name="lists as keys", kind="form", files={WATER: after("? [a]\n: b\n? {c: d}\n: e\n")}, rule="wrong-shape"),
        Attack(name="a key twice", kind="form", files={WATER: after(fact("x", "1") * 2)}, rule="duplicate-key"),
        Attack(name="a key 5,000 times", kind="form", files={WATER: after("x: y\n" * 5_000)}, rule="duplicate-key"),
        Attack(name="a file of 5 MB", kind="form", files={WATER: after("#" * 5_000_000)}, rule="too-large"),
        Attack(name="500,000 nodes", kind="form", files={WATER: "a: [" + "x," * 500_000 + "]"}, rule="too-large"),
        Attack(name="a text of 60 KB", kind="form", files={WATER: after(label_of("word " * 12_000))}, rule="too-large"),
        Attack(name="many lists", kind="form", files={WATER: after(f"x: [{long_list}]\n")}, rule="wrong-shape"),
        Attack(name="a null character in a text", kind="form", files={WATER: after('x: "a\\0b"\n')}, rule="control-character"),
        Attack(name="an escaped escape", kind="form", files={WATER: after('x: "\\e[2J"\n')}, rule="control-character"),
        Attack(name="a text turned round", kind="form", files={WATER: after('x: "\\u202Egpj"\n')}, rule="control-character"),
        Attack(name="a noncharacter", kind="form", files={WATER: after('x: "\\uFFFF"\n')}, rule="control-character"),
        Attack(name="limits of nothing", kind="form", files={REPORT: after("limits: {bytes: 0}\n")}, rule="wrong-shape"),
        Attack(name="limits without end", kind="form", files={REPORT: after("limits: {bytes: 1e30}\n")}, rule="wrong-shape"),
        Attack(name="a report of nothing", kind="form", files={REPORT: b""}, rule="missing-key"),
        Attack(name="a report that is a list", kind="form", files={REPORT: "[a]"}, rule="missing-key"),
    ]


def language_attacks() -> list[Attack]:
    """Codes of languages become folders."""
    codes = [
        "..",
        ".",
        "/etc",
        "en/../..",
        "a" * 300,
        "EN",
        "e",
        "en_US",
        "en-",
        "x-private",
        "c:",
        "../../x",
        "日本",
        "en ",
        "CON",
    ]
    found = [
        Attack(name=repr(code), kind="language", files={REPORT: instead("  de:", f"  {code!r}:")}, rule="wrong-shape")
        for code in codes
    ]
    many = "".join(f"  a{chr(97 + n % 26)}{chr(97 + n // 26)}: {{name: x, locale: en}}\n" for n in range(300))
    return [
        *found,
        Attack(
            name="300 more",
            kind="language",
            files={REPORT: instead("languages:\n", "languages:\n" + many)},
            rule="missing-language",
        ),
        Attack(
            name="none", kind="language", files={REPORT: instead("languages:\n", "languages: {}\nx:\n")}, rule="missing-key"
        ),
        Attack(
            name="a locale of noise",
            kind="language",
            files={REPORT: instead("locale: de-DE", "locale: " + "de-" * 2_000)},
            rule="wrong-shape",
        ),
        Attack(
            name="a locale nobody knows",
            kind="language",
            files={REPORT: instead("locale: de-DE", "locale: zzz-Zzzz-ZZ")},
            rule="unknown-locale",
        ),
    ]


def report_attacks() -> list[Attack]:
    """Addresses, pages and names that become paths."""
    addresses = [
        "https://[::1]/", "https://[::1/", "https://[zz]/", "https://a b/", "https://x:99999999/", "https://user:pw@x/", "https:///",
        "https://x/\\u0000/", "https://x/?a/", "https://x/#/", "http://x/", "javascript:alert(1)/", f"https://{'a' * 3000}/", "https://x/../",
    ]  # fmt: skip
    pages = ["..", "../x", "/etc/passwd", "a//b", "a/../b", "a" * 300, "a/" * 50 + "b", "A", ".hidden", "con:", "a b", "日本"]
    return [
        *(
            Attack(name=address[:30], kind="site_url", files={REPORT: instead("https://lakes.example/", f'"{address}"')}, rule="wrong-shape")
            for address in addresses
        ),
        *(
            Attack(name=page[:30], kind="page", files={REPORT: instead("pages: [index]", f"pages: [index, {page!r}]")}, rule="wrong-shape")
            for page in pages
        ),
        Attack(name="a section of 300 letters", kind="page", files={REPORT: instead("sections: [water]", f"sections: [water, {'a' * 300}]")}, rule="wrong-shape"),
    ]  # fmt: skip


def id_attacks() -> list[Attack]:
    """Ids become names of files, anchors and words."""
    ids = ["a" * 300, "a" * 101, "../x", "a/b", "__class__", "constructor.x", "a\u0301", "ａ", "a-b", "0", "a b", "a\\u0000"]
    return [
        *(Attack(name=one[:20], kind="id", files={WATER: after(fact(f'"{one}"', "1"))}, rule="control-character" if "0000" in one else "bad-id") for one in ids),
        Attack(name="a unit of 300 letters", kind="id", files={"data/units.yml": after(f"{'a' * 300}: {{dimension: {{x: 1}}}}\n")}, rule="bad-id"),
        Attack(name="an alias of 300 letters", kind="id", files={WATER: after(fact("x", "1", more=f", aliases: [{'a' * 300}]"))}, rule="wrong-shape"),
        Attack(name="an alias out of the folder", kind="id", files={WATER: after(fact("x", "1", more=", aliases: [../../x]"))}, rule="wrong-shape"),
        Attack(name="5,000 unknown ids", kind="id", files={"data/claims/water.yml": after(f"x: {{settled_by: [{', '.join(f'unknown_{n}' for n in range(5_000))}]}}\n")}, rule="unknown-id"),
        Attack(name="an unknown id of 40 KB", kind="id", files={WATER: after(fact("x", "1", more=f", entity: {'a' * 40_000}"))}, rule="unknown-id"),
        Attack(name="an unknown key of 40 KB", kind="id", files={WATER: after(f"x: {{{'a' * 900}: 1, '{'b' * 40_000}': 1}}\n")}, rule="yaml-syntax"),
        Attack(name="a word of 40 KB among choices", kind="id", files={WATER: after(fact("x", "1").replace("observed", "o" * 40_000))}, rule="unknown-word"),
    ]  # fmt: skip


def number_attacks() -> list[Attack]:
    """Numbers and dates beyond all sizes."""
    numbers = [
        "1e999999", "1e1000", "-1e300", "1e-400", "1e100", "1E+999", "0e-999", "9" * 200, "0." + "0" * 3_000 + "1", "1" * 40_000, ".inf", "-.inf", ".nan", "0x" + "f" * 5_000,
        "1_" * 500 + "1", "~1e400", ">=1e400", "[1, 1e400]", "{about: 1e400}", "{at_least: .nan}", "1..1e500", "٣", "１２", "1e٣", "+-1", "--1",
    ]  # fmt: skip
    dates = [
        "10000-01-01",
        "0000-01-01",
        "9999-99-99",
        "2025-02-30",
        "FY99999",
        "2025-Q5",
        "2025/" * 5_000 + "2026",
        "9999/1000",
        "２０２５",
        "2025-" + "0" * 9_000 + "1",
    ]
    return [
        *(Attack(name=one[:20], kind="number", files={WATER: after(fact("x", f'"{one}"' if one[0] not in "[{" else one))}, rule="bad-value") for one in numbers),
        *(Attack(name=one[:20], kind="date", files={WATER: after(fact("x", "1", more=f', as_of: "{one}"'))}, rule="bad-date") for one in dates),
        Attack(name="the last day there is", kind="date", files={WATER: after(fact("x", "1", more=", as_of: 9999-12-31"))}, rule="unused-fact"),
        Attack(name="reviewed on the last day", kind="date", files={
            REPORT: after("review: {durable: 9999, volatile: 9999}\n"), WATER: after(fact("x", "1", more=", as_of: 9999-12-31, period: 9999-12/9999-12-31")),
        }, rule="unused-fact", at=WATER),
        Attack(name="a horizon at the end", kind="date", files={REPORT: instead("as_of: 2025-06-30", "as_of: 9999-12-31")}),
        Attack(name="digits without end", kind="number", files={WATER: after(fact("x", "1", more=f", digits: {'9' * 5_000}"))}, rule="wrong-shape"),
        Attack(name="a size beyond all", kind="number", files={"data/units.yml": after("x: {dimension: {area: 1}, size: 1e400}\n")}, rule="wrong-shape"),
        Attack(name="a step of 10 MB", kind="number", files={"data/units.yml": after(f"x: {{dimension: {{area: 1}}, size: {'1' * 3_900_000}}}\n")}, rule="too-large"),
    ]  # fmt: skip


def formula_attacks() -> list[Attack]:
    """Formulas that are long, deep, circular or beyond all sizes."""
    bases = "".join(fact(f"b{n}", "1").replace("at: table", f"at: row {n}") for n in range(60))
    sums = bases + "".join(derived(f"s{n}", f"s{n - 1} + b{n}" if n else "b0 + b1") for n in range(60))
    chain = "".join(derived(f"c{n}", f"c{n - 1} + 1 * area_2025" if n else "area_2025") for n in range(600))
    diamond = "".join(derived(f"d{n}", f"d{n - 1} + low(d{n - 1})" if n else "area_2025") for n in range(80))
    circles = "".join(derived(f"a{n}", f"b{n} + area_2025") + derived(f"b{n}", f"a{n} - area_2025") for n in range(300))
    ring = "".join(derived(f"r{n}", f"r{(n + 1) % 500} + area_2025") for n in range(500))
    refused = {
        "not closed": "(" * 5_000, "closed": "(" * 5_000 + "area_2025" + ")" * 5_000, "minus": "-" * 15_000 + "area_2025", "not": "not " * 4_000 + "area_2025",
        "numbers": "9" * 19_000, "an exponent": "area_2025 * 1e999999", "powers": "area_2025 ** 9 ** 9 ** 9", "a product beyond all sizes": "*".join(["area_2025 * area_2025"] * 30) + "/ area_2025",
        "calls": "low(" * 5_000 + "area_2025" + ")" * 5_000, "attributes": "area_2025" + ".low" * 4_000, "an import": "__import__('os')", "a class": "area_2025.__class__",
        "a lambda": "(lambda: area_2025)()", "a comprehension": "sum(area_2025 for x in area_2025)", "a walrus": "(area_2025 := 1)", "a format": "f'{area_2025}'", "bytes": "b'x' * area_2025",
        "division by zero": "area_2025 / (area_2025 - area_2025)", "round to 1.5 digits": "round(area_2025, 1.5)", "round to a range": "round(area_2025, area_2024)", "round to none": "round(area_2025, 0)",
        "round to less than none": "round(area_2025, -3)", "an argument too many": "low(" + "area_2025," * 2_000 + "area_2025)", "a star": "sum(*area_2025)", "a keyword": "round(area_2025, digits=3)",
        "full width": "ａrea_2025 ＋ area_2024", "a comparison": "area_2025 < area_2024", "a comment": "area_2025 # " + "x" * 9_000 + "\n(", "too long": "area_2025 + " * 2_000 + "area_2025",
        "imaginary": "area_2025 * 3j", "ellipsis": "area_2025 * ...", "a text": "'a' * area_2025", "complex": "sum(area_2025, area_2025) if area_2025 else 1", "units": "convert(area_2025, m2, m2)",
    }  # fmt: skip
    return [
        *(Attack(name=name, kind="formula", files={WATER: after(f"x: {{{LABELS}, formula: {_quoted(text)}}}\n")}, rule="bad-formula") for name, text in refused.items()),
        *(Attack(name=f"a sum of {count}", kind="formula", files={WATER: after(derived("x", " + ".join(["area_2025"] * count)))}, rule="unused-fact") for count in (62, 200, 900)),
        Attack(name="a sum( ) of 900", kind="formula", files={WATER: after(derived("x", f"sum({', '.join(['area_2025'] * 900)})"))}, rule="unused-fact"),
        Attack(
            name="a chain of sums, each with evidence of its own",
            kind="formula",
            files={REPORT: after("limits: {evidence: 1000}\n"), WATER: after(sums)},
            rule="too-large",
            at=WATER,
        ),
        Attack(name="a chain of 600", kind="formula", files={WATER: after(chain)}, rule="unused-fact"),
        Attack(name="80 diamonds", kind="formula", files={WATER: after(diamond)}, rule="unused-fact"),
        Attack(name="300 circles", kind="formula", files={WATER: after(circles)}, rule="formula-cycle"),
        Attack(name="a ring of 500", kind="formula", files={WATER: after(ring)}, rule="formula-cycle"),
        Attack(name="itself", kind="formula", files={WATER: after(derived("x", "x + area_2025"))}, rule="formula-cycle"),
        Attack(name="a check of 10,000 operands", kind="formula", files={"data/checks.yml": instead("area_2025 > area_2024", " + ".join(["area_2025"] * 1_600) + " > area_2024")}),
        Attack(name="a check of many comparisons", kind="formula", files={"data/checks.yml": instead("area_2025 > area_2024", " >= ".join(["area_2025"] * 1_500))}),
        Attack(name="a check nested deep", kind="formula", files={"data/checks.yml": instead("area_2025 > area_2024", "not (" * 70 + "area_2025 > area_2024" + ")" * 70)}, rule="bad-formula"),
    ]  # fmt: skip


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '\\"').replace("\n", "\\n") + '"'


def table_attacks() -> list[Attack]:
    """CSV files that are none, or too much of one."""
    head = "year,area,source\n"
    row = "2024,20e6,survey\n2025,25e6,survey\n"
    texts: dict[str, tuple[str | bytes, str]] = {
        "a cell of 200 KB": (head + row + f"2026,{'1' * 200_000},survey\n", "too-large"),
        "a quoted cell of 200 KB": (head + row + f'2026,"{"x" * 200_000}",survey\n', "too-large"),
        "a lone quote": (head + row + '2026,"25e6,survey\n', "bad-row"),
        "a quote in the middle": (head + row + '2026,2"5e6,survey\n', "bad-value"),
        "9,000 quotes": (head + row + '"' * 9_001, "bad-row"),
        "5,000 lone quotes": (head + row + 'a"b\n"c"d\n' * 5_000, "bad-row"),
        "20,000 columns": ("year,area,source" + ",x" * 20_000 + "\n" + row, "duplicate-key"),
        "20,000 empty cells": (head + row + "," * 20_000, "bad-row"),
        "20,000 empty lines": (head + row + "\n" * 20_000, ""),
        "20,000 rows of one name": (head + row + "2026,1,survey\n" * 2_000, "duplicate-id"),
        "a null character": (head + row + "2026,\0,survey\n", "control-character"),
        "an escape": (head + row + "\x1b[2J,1,survey\n", "control-character"),
        "carriage returns alone": ((head + row).replace("\n", "\r"), ""),
        "UTF-16": ((head + row).encode("utf-16"), ""),
        "UTF-16 without a mark": ((head + row).encode("utf-16-le"), ""),
        "nothing": (b"", "unknown-id"),
        "a header alone": (head, "unknown-id"),
        "a mark of order": ("\ufeff" + head + row, ""),
        "a number beyond all sizes": (head + row + "2026,1e5000,survey\n", "bad-value"),
        "a formula": (head + row + "2026,=1+1,survey\n", "bad-value"),
        "40,000 sources": (head + row + f"2026,1,{'x ' * 20_000}\n", "unknown-id"),
        "40,000 different sources": (head + row + f"2026,1,{' '.join(f's{n}' for n in range(6_000))}\n", "unknown-id"),
        "a file of 5 MB": (head + row + "2026,1,survey\n" * 400_000, "too-large"),
        "a row of line ends": (head + row + '2026,"' + "\n" * 20_000 + '1",survey\n', ""),
        "many languages": ("year,area,source,a:en,a:xx,a:en\n2024,20e6,survey,a,b,c\n2025,25e6,survey,a,b,c\n", "missing-language"),
    }  # fmt: skip
    return [
        Attack(name=name, kind="table", files={LEVELS: content}, rule=rule, at=WATER if rule == "unknown-id" and len(content) < 20 else LEVELS)
        for name, (content, rule) in texts.items()
    ]  # fmt: skip


def text_attacks() -> list[Attack]:
    """Texts made to slow down whatever looks for placeholders, numbers and markup in them."""
    units = {
        "{": "bad-placeholder", "}": "bad-placeholder", "{{": "bad-placeholder", "{a": "bad-placeholder", "{a}": "unknown-id", "{value": "bad-placeholder", "{literal:a|": "bad-placeholder",
        "1": "typed-number", "1 ": "typed-number", "1,": "typed-number", "1.": "typed-number", "½": "typed-number", "１": "typed-number", "1–": "typed-number",
        "<!--": "unused-fact", "<a ": "unused-fact", "<": "unused-fact", "&": "unused-fact", "](": "unused-fact", "[": "unused-fact", "[^": "unused-fact", "](<": "unused-fact", "((": "unused-fact",
        "`": "unused-fact", "http://": "unused-fact", ":a-": "unused-fact", "{: a=": "bad-placeholder", "alt=": "unused-fact", "*": "unused-fact", "\\": "unused-fact", "|": "unused-fact", "two ": "typed-number",
        "a ": "unused-fact", "é": "unused-fact", "漢": "unused-fact", "\u3000": "missing-language", "\u00a0": "missing-language",
    }  # fmt: skip
    found = [
        Attack(name=f"27 KB of {unit!r}", kind="text", files={WATER: after(label_of("x" * (unit.strip() != "") + unit * (27_000 // len(unit))))}, rule=rule)
        for unit, rule in units.items()
    ]  # fmt: skip
    mixed = "x1" + "<a title=" * 2_000
    return [
        *found,
        Attack(name="a number and open tags", kind="text", files={WATER: after(label_of(mixed))}, rule="typed-number"),
    ]


def pattern_attacks() -> list[Attack]:
    """Regular expressions of authors that explode."""
    slow = [r"(x|xx)+$", r"(?:x|x|x)+$"]
    clever = [r"(x+)+$", r"(\w+\s?)*$", r"(x*)*(x*)*(x*)*y", r"(?:(?:x+)+)+!$", r"(.*?,?){20}$"]
    refused = [
        "((a{1000}){1000}){1000}",
        "(",
        "[",
        "a{9999999}",
        "(" * 3_000 + ")" * 3_000,
        "a" * 6_000,
        "(?P<a>x)(?P<a>",
        "*",
        r"\8",
        "(?<=a",
        "(?z)a",
    ]
    victim = label_of(f"Area of {'x' * 60}, {'x' * 400}, the end")
    line = 'lock.spelled: {en: "\\\\b(two|three|seventy|billion|thirds)\\\\b", de: "\\\\b(zwei|drei|Milliarden)\\\\b"}'
    return [
        *(Attack(name=one, kind="pattern", files={WORDS: instead(line, f"lock.spelled: {{en: '{one}', de: x9}}"), WATER: after(victim)}, rule="slow-pattern") for one in slow),
        *(Attack(name=one, kind="pattern", files={WORDS: instead(line, f"lock.spelled: {{en: x9, de: '{one}'}}"), WATER: after(victim)}, rule="unused-fact", at=WATER) for one in clever),
        *(Attack(name=one[:30], kind="pattern", files={WORDS: instead(line, f"lock.spelled: {{en: '{one}', de: x9}}")}, rule="wrong-shape") for one in refused),
        *(Attack(name=f"half {one[:30]}", kind="pattern", files={WORDS: after(f"lock.half: {{en: '{one}', de: x9}}\n")}, rule="wrong-shape") for one in (*refused[:4], "(?P<number>x)", "a)|(b", "(?i)x")),
    ]  # fmt: skip


ATTACKS = (
    *yaml_attacks(), *form_attacks(), *language_attacks(), *report_attacks(), *id_attacks(), *number_attacks(), *formula_attacks(), *table_attacks(), *text_attacks(), *pattern_attacks(),
)  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: f"{attack.kind}: {attack.name}")
def test_a_hostile_input_is_a_finding(attack: Attack, tmp_path: Path) -> None:
    held(attack, check(lay_out(tmp_path, attack.files)))


def test_hidden_files_are_no_data(tmp_path: Path) -> None:
    root = lay_out(
        tmp_path,
        {
            "data/facts/.#water.yml": "[",
            "data/facts/.water.yml.swp": "[",
            "data/claims/.x.yml": "\0",
            "data/charts/.y.yml": b"\xff",
        },
    )
    (root / "data/facts/.#dams.yml").symlink_to("nobody@nowhere.1:2")
    assert check(root).rules == set()


@pytest.mark.parametrize("kind", ["folder", "link to itself", "pipe", "link to nothing", "unreadable name", "long name"])
def test_what_is_no_file_is_a_finding(kind: str, tmp_path: Path) -> None:
    root = lay_out(tmp_path, {})
    folder, rule = root / "data/facts", "unsafe-file"
    if kind == "folder":
        (folder / "x.yml").mkdir()
        rule = "file-missing"
    elif kind == "link to itself":
        (folder / "x.yml").symlink_to("x.yml")
    elif kind == "link to nothing":
        (folder / "x.yml").symlink_to("nothing")
    elif kind == "pipe":
        os.mkfifo(folder / "x.yml")
    else:
        name = b"\xff\x1b[2J.yml" if kind == "unreadable name" else b"x" * 200 + b".yml"
        (Path(os.fsdecode(os.path.join(os.fsencode(folder), name)))).write_bytes(b"{}")  # noqa: PTH118  bytes
        rule = "unsafe-file" if kind == "unreadable name" else "bad-file-name"
    answer = check(root)
    assert not answer.crashed, answer.stderr[-2000:]
    assert answer.rules == {rule}
