"""Fuzzing of everything that reads what authors write: mutated files must give findings or results, never another exception.

    python -m tests.attacks.fuzz 600          ten minutes over all targets, with a new seed each time
    python -m tests.attacks.fuzz 60 outline 7  one minute of one target from seed 7

What fails is printed with its target and seed, smallest input first; each becomes a test. Where atheris is installed, `--atheris`
behind a target lets libFuzzer look for inputs by coverage.
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from generator.checks.project_check import check_project
from generator.diagnostics.finding import Diagnostic, Span
from generator.diagnostics.renderers import FORMATS, render
from generator.model import periods, spelling, values
from generator.model.dimensions import DimensionedValue
from generator.model.evaluation import evaluate
from generator.model.formulas import FormulaError, arithmetic_notation, interval_operands, parse
from generator.model.languages import placeholders
from generator.model.operand_comparison import Operand
from generator.reading.front_matter import read_front_matter, write_front_matter
from generator.reading.outline import read_outline
from generator.reading.paragraphs import paragraphs
from generator.reading.series_files import read_rows
from generator.reading.validators import ReadContext
from generator.reading.yaml_nodes import parse_yaml, subspan
from generator.wording.author_patterns import AuthorPattern, AuthorPatternError, PatternTimeoutError

GOOD = Path(__file__).parent.parent / "projects/good"
SECONDS = 2.0  # of processor time that one input of some kilobytes may take
_FILES = {path.relative_to(GOOD).as_posix(): path.read_text(encoding="utf-8") for path in sorted(GOOD.rglob("*")) if path.is_file() and "schema" not in path.parts}  # fmt: skip
_TOKENS = (
    "{", "}", "{{", "}}", "{%", "%}", "{#", "#}", "[", "]", "](", "(", ")", "<", ">", "<!--", "-->", "<a title=", '"', "'", "`", "```\n", "~~~\n", "---\n", "...\n", ": ", ":\n", "- ", "? ", "&a ", "*a",
    "!", "!!binary ", "|", "|\n", ">\n", "%", "#", "# ", "## x {#", "@", "\\", "\\x00", "\\uD800", "\\U0001F600", "\0", "\x1b", "\r", "\r\n", "\n", "\n\n", "\t", " ", "\u00a0", "\u2028", "\x85", "\ufeff", "\u202e",
    "0", "1e999", "-1", "1..2", ">=", "~", ".inf", "9999-12-31", "0000-00-00", "2025-Q5", "FY", "1/2", "½", "１", "億", "area_2025", "growth(", "low(", "convert(area_2025, m2)", " + ", " ** ", " and ", "not ", "lambda: ",
    "fact(", 'fact("area_2025"', "t(", "{{ fact(", "{% raw %}", "{% endraw %}", "{% for x in [1] %}", "{value}", "{literal:a|b}", "null", "true", "<<: ", ",", ",\n", '""', "=", "é", "日本", "\N{WOMAN}\N{ZERO WIDTH JOINER}",
)  # fmt: skip


def _operand(kind: str, key: str) -> Operand:
    return DimensionedValue(values.parse(str(len(key) + len(kind))), ())


def fuzz_yaml(text: str) -> None:
    """Any text as YAML, and places in it."""
    parse_yaml(text, "data/x.yml", [])


def fuzz_formula(text: str) -> None:
    """Any text as a formula: parsed, worked out, shown."""
    offset = 0
    try:
        formula = parse(text)
        interval_operands(formula)
        arithmetic_notation(text)
        evaluate(formula, _operand)
    except FormulaError as error:
        offset = error.offset
    assert offset >= 0


def fuzz_head(text: str) -> None:
    """Any text as a page's front matter, read and written."""
    head = read_front_matter("templates/pages/x.en.md.j2", text, [])
    write_front_matter(head.values)


def fuzz_outline(text: str) -> None:
    """Any text as a template."""
    outline = read_outline("templates/pages/x.en.md.j2", "x", "en", text, [])
    for found, span in outline.typed_numbers([AuthorPattern("two|three")]):
        assert found
        assert span.line > 0
    list(paragraphs(text))


def fuzz_values(text: str) -> None:
    """Any text as a value, a date, an id, and a text with placeholders."""
    for read in (values.parse, periods.parse):
        try:
            read(text)
        except ValueError:
            continue
    spelling.explain_bad_date(text)
    spelling.suggest(text, ("area_2025", "area_2024", text[:5]))
    placeholders(text)


def fuzz_pattern(text: str) -> None:
    """Any text as a regular expression of an author."""
    try:
        AuthorPattern(text[:300]).finditer("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa 1 x two b!" + text[:300])
    except (AuthorPatternError, PatternTimeoutError):
        return


def fuzz_csv(text: str) -> None:
    """Any text as the table of a series."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "s.csv").write_bytes(text.encode("utf-8", "surrogatepass"))
        for row in read_rows(Path(folder), "s.csv", Span("data/series.yml"), ReadContext([])):
            for cell in row.values():
                assert cell.span.line > 0 < cell.span.column


def fuzz_findings(text: str) -> None:
    """Any text quoted by a finding, in every format, and looked for in its file."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "x.yml").write_bytes(text.encode("utf-8", "surrogatepass"))
        place = subspan(Span("x.yml", 1, 1), root, text[: len(text) // 2], max(0, len(text) // 2 - 1), 1)
        found = [
            Diagnostic(rule="bad-value", span=one, args={"found": text}) for one in (place, Span("x.yml", 1, len(text) + 1))
        ]
        for form in FORMATS:
            render(found, output_format=form, root=root, language="ja").encode()


def fuzz_project(text: str) -> None:
    """The good project with one file exchanged: the first line of the text says which, modulo their number."""
    number, _, content = text.partition("\n")
    file = list(_FILES)[sum(map(ord, number)) % len(_FILES)]
    with tempfile.TemporaryDirectory() as folder:
        root = shutil.copytree(GOOD, Path(folder) / "project")
        (root / file).write_bytes(content.encode("utf-8", "surrogatepass"))
        findings = check_project(root).findings
        for form in FORMATS:
            render(findings, output_format=form, root=root, language="en").encode()


TARGETS: Mapping[str, Callable[[str], None]] = {
    "yaml": fuzz_yaml,
    "formula": fuzz_formula,
    "head": fuzz_head,
    "outline": fuzz_outline,
    "values": fuzz_values,
    "pattern": fuzz_pattern,
    "csv": fuzz_csv,
    "findings": fuzz_findings,
    "project": fuzz_project,
}


def inputs(target: str, seed: int) -> Iterator[str]:
    """Endless inputs for a target: files of the good project, cut, joined, repeated, and mixed with tokens."""
    chance = random.Random(f"{target} {seed}")  # noqa: S311  reproducible, not secret
    numbers = list(enumerate(_FILES.values()))
    while True:
        number, text = chance.choice(numbers)
        if target == "formula":
            text = "growth(area_2025, low(area_2024)) + 1.5e3 * (dam_cost - 2)"
        elif target in ("values", "pattern"):
            text = chance.choice(
                ("66e9..72e9", ">=50", "2025-08-30/2026", "area_2025", "(a+|b)*[^c]{2,3}", "{fact|digits=3} and {name:x}")
            )
        for _ in range(chance.choice((1, 1, 2, 3, 5, 8, 20))):
            text = _mutated(text, chance)
        yield f"{chr(number)}\n{text}" if target == "project" else text


def _mutated(text: str, chance: random.Random) -> str:
    start = chance.randrange(len(text) + 1)
    end = min(len(text), start + chance.choice((0, 1, 2, 5, 20, 200)))
    piece = chance.choice((
        lambda: "",
        lambda: chance.choice(_TOKENS),
        lambda: "".join(chance.choices(_TOKENS, k=chance.randrange(1, 6))),
        lambda: chance.choice(_TOKENS) * chance.choice((2, 50, 1000)),
        lambda: text[end : end + 50],
        lambda: text[start:end] * chance.choice((2, 3, 50)),
        lambda: chr(chance.choice((chance.randrange(128), chance.randrange(0xD800), chance.randrange(0xE000, 0x11_0000)))),
    ))()  # fmt: skip
    return (text[:start] + piece + text[end:])[:20_000]


def failure(target: str, text: str) -> str:
    """Why an input fails; an empty text for one that does not."""
    began = time.process_time()
    try:
        TARGETS[target](text)
    except Exception:  # noqa: BLE001  that is what is looked for
        return traceback.format_exc()
    took = time.process_time() - began
    return f"{took:.1f} s" if took > SECONDS + 3 * (target == "pattern") else ""


def fuzz(target: str, seconds: float, seed: int) -> tuple[int, float, list[tuple[str, str]]]:
    """How many inputs were tried in so many seconds, the slowest one's time, and those that failed with the reason."""
    ends, count, slowest, failed = time.monotonic() + seconds, 0, 0.0, list[tuple[str, str]]()
    for text in inputs(target, seed):
        if time.monotonic() >= ends:
            break
        began = time.process_time()
        if why := failure(target, text):
            failed.append((text, why))
        slowest, count = max(slowest, time.process_time() - began), count + 1
    return count, slowest, failed


def main(arguments: list[str]) -> int:
    """Fuzz for a number of seconds, all targets or one; 1 where something failed."""
    if "--atheris" in arguments:
        return _with_coverage(arguments[1], float(arguments[0]))
    seconds, targets = float(arguments[0]), arguments[1:2] or list(TARGETS)
    seed = int(arguments[2]) if len(arguments) > 2 else int(time.time())
    bad = 0
    for target in targets:
        count, slowest, failed = fuzz(target, seconds / len(targets), seed)
        print(f"{target}: {count} inputs from seed {seed}, slowest {slowest:.2f} s, {len(failed)} failed", flush=True)
        for text, why in sorted(failed, key=lambda pair: len(pair[0]))[:3]:
            print(f"{text[:2000]!r}\n{why}")
        bad += len(failed)
    return int(bad > 0)


def _with_coverage(target: str, seconds: float) -> int:
    import atheris  # noqa: PLC0415  no part of what is installed

    atheris.instrument_all()
    run = TARGETS[target]
    atheris.Setup(
        [sys.argv[0], f"-max_total_time={int(seconds)}", "-timeout=10"], lambda raw: run(raw.decode("utf-8", "replace"))
    )
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
