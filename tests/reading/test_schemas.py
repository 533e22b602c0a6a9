"""The schemas that editors use: current, explained in every language of the tool, and of one mind with the loader."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, ValidationError, validators

from generator.diagnostics import finding
from generator.diagnostics.finding import Clause, Diagnostic, Span
from generator.reading import records
from generator.reading.localized_validators import PLURAL, LocalizedPlurals, LocalizedText
from generator.reading.record_validators import Either, ListOf, MapOf, Record, read_entries
from generator.reading.report_record import REPORT
from generator.reading.schemas import schemas, stale_files, write_files
from generator.reading.validators import (
    Boolean,
    Choice,
    DateOrPeriod,
    Number,
    Quantity,
    ReadContext,
    Reference,
    Text,
    Validator,
)
from generator.reading.yaml_nodes import MappingNode, Node, ScalarNode, SequenceNode, parse_yaml

ROOT = Path(__file__).parents[2]
GOOD = ROOT / "tests/projects/good"
LANGUAGES = ("en", "de")
EXAMPLES = int(os.environ.get("FACTLOOM_EXAMPLES", "150"))
SCHEMAS = schemas(LANGUAGES)
RECORDS = {"words": records.interface_word(LANGUAGES), **records.SINGLE_FILES, **records.FOLDERS}


@pytest.mark.parametrize("root", [ROOT, GOOD], ids=["flagship", "good"])
def test_schemas_and_the_lines_that_name_them_are_current(root: Path) -> None:
    assert stale_files(root) == []  # else: factloom schema --write


def test_writing_adds_what_is_missing_and_nothing_else(tmp_path: Path) -> None:
    shutil.copytree(GOOD / "data", tmp_path / "data")
    facts = tmp_path / "data/facts/water.yml"
    text = facts.read_text(encoding="utf-8")
    line, _, rest = text.partition("\n")
    assert line == "# yaml-language-server: $schema=../../schema/facts.json"
    facts.write_text(rest, encoding="utf-8")
    assert write_files(tmp_path) == [*sorted_by_kind(), "data/facts/water.yml"]
    assert facts.read_text(encoding="utf-8") == text
    assert write_files(tmp_path) == []


@pytest.mark.parametrize("first", ["", "# yaml-language-server: $schema=old.json\r\n"])
def test_a_file_that_is_given_its_schema_keeps_its_manner(tmp_path: Path, first: str) -> None:
    shutil.copytree(GOOD / "data", tmp_path / "data")
    facts = tmp_path / "data/facts/water.yml"
    line, _, rest = facts.read_text(encoding="utf-8").partition("\n")
    rest = rest.replace("\n", "\r\n")
    facts.write_bytes(f"\ufeff{first}{rest}".encode())
    facts.chmod(0o664)
    write_files(tmp_path)
    assert facts.read_bytes() == f"\ufeff{line}\r\n{rest}".encode()
    assert facts.stat().st_mode & 0o777 == 0o664


def sorted_by_kind() -> list[str]:
    return [f"schema/{kind}.json" for kind in SCHEMAS]


@pytest.mark.parametrize("kind", SCHEMAS)
def test_schemas_are_schemas(kind: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[kind])


@pytest.mark.parametrize("kind", SCHEMAS)
def test_every_key_is_explained_in_every_language(kind: str) -> None:
    for place, told in described(SCHEMAS[kind], kind):
        assert len(told.split("\n\n")) >= len(finding.languages()), place


def described(schema: Mapping[str, Any], place: str) -> Iterator[tuple[str, str]]:
    yield place, schema["description"]
    for name, one in schema["$defs"].items():
        if name not in ("phrase", "plurals", "quantity"):  # their keys are languages, or plain in themselves
            yield from ((f"{place}/{name}/{key}", sub.get("description", "")) for key, sub in one.get("properties", {}).items())


def whole(validator: Any, pattern: str, instance: object, _schema: object) -> Iterator[ValidationError]:  # noqa: ANN401
    """Patterns are those of ECMA 262, where $ is the very end."""
    if validator.is_type(instance, "string") and not re.search(re.sub(r"\$$", r"\\Z", pattern), instance):  # type: ignore[call-overload]
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


VALIDATOR = validators.extend(Draft202012Validator, {"pattern": whole})  # type: ignore[no-untyped-call]
VALIDATORS = {kind: VALIDATOR(schema) for kind, schema in SCHEMAS.items()}


def as_read_by_editors(node: Node | None) -> object:
    """What the core schema of YAML 1.2 makes of a file."""
    match node:
        case None:
            return None
        case SequenceNode():
            return [as_read_by_editors(one) for one in node.items]
        case MappingNode():
            return {key.text: as_read_by_editors(child) for key, child in node.entries}
        case ScalarNode() if node.value_type == "number":
            whole = re.fullmatch(r"[-+]?[0-9]+", node.text)
            return int(node.text) if whole else int(node.text, 0) if "x" in node.text else float(node.text)
        case ScalarNode() if node.value_type == "boolean":
            return node.text.lower() == "true"
        case ScalarNode():
            return None if node.value_type == "null" else node.text


def sayable(one: Diagnostic) -> bool:
    """A schema cannot compare two ends."""
    why = one.args.get("why")
    return one.variant != "order" and not (isinstance(why, Clause) and why.name == "span-turned")


def read(kind: str, node: Node | None) -> list[Diagnostic]:
    context = ReadContext([], LANGUAGES)
    if kind == "report":
        REPORT.read(node or MappingNode((), Span("data.yml")), context)
    elif node is not None:
        list(read_entries(node, RECORDS[kind], context))
    return [one for one in context.sink if sayable(one)]


def agree(kind: str, text: str) -> bool:
    sink: list[Diagnostic] = []
    node = parse_yaml(text, "data.yml", sink)
    assert not sink, text  # it is YAML
    found = read(kind, node)
    mistakes = list(VALIDATORS[kind].iter_errors(as_read_by_editors(node)))
    assert bool(found) == bool(mistakes), f"{text}\nloader: {[one.sentence() for one in found]}\nschema: {mistakes}"
    return not found


# Scalars as they may be typed. An editor cannot see what its parser hides: 0x7E9 and 2.025e3 are the number 2025 to it,
# .inf is one too, << merges, and a tag changes what a scalar is.
TYPED = [
    *("", "~", "null", "true", "False", "TRUE", "yes", "'true'", "0", "5", "-3", "16", "2.5", "5e2", ".5", "5.", "-1", "+2"),
    *("1_000", "'5'", "'5.'", "five", "66e9", "66e9..72e9", "~5", "'>=50'", "'<1'", "'> 1e9'", "1e", "0999", "2025", "'2025'"),
    *("2025-02-29", "2024-02-29", "2000-02-29", "2100-02-29", "2025-04-31", "2025-12-31", "2025-13", "2025-00", "2025-08"),
    *("2025-Q2", "2025-Q5", "2025-H1", "2025-H3", "FY2025", "FY25", "2025/2027-06", "2026/2025", "2025 / 2026", "2025/8/30"),
    *(
        '""',
        '" "',
        '" a "',
        '"a\\nb"',
        '"　"',
        "a",
        "b",
        "lake_4",
        "Lake-4",
        "２０２５",
        "水",
        "USD",
        "usd",
        "m2",
        "en",
        "english",
    ),
    *("https://lakes.example/", "https://lakes.example", "http://x", "ftp://x/", "observed", "full", "low", "confirmed", "log"),
    *("{0} lakes", "lakes", "'{1}'", "CC-BY-4.0", "index", "Index", "bars", "rising", "holds", "given", "open", "update"),
]
KEYS = ["a", "lake_4", "en", "de", "fr", "other", "one", "low", "high", "at_least", "about", "source", "at", "A1", "9"]


def as_list(members: list[str]) -> str:
    return f"[{', '.join(one or '~' for one in members)}]"


def as_mapping(members: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{key}: {one}" for key, one in members.items()) + "}"


class RandomYaml:
    """Random YAML that is valid by a validator, except for so many faults in a hundred values. A seed gives the same text."""

    def __init__(self, seed: int, faults: int) -> None:
        self.random, self.faults = random.Random(seed), faults  # noqa: S311  no secret

    def file(self, kind: str) -> str:
        if kind == "report":
            return self.type(REPORT)
        entries = {self.random.choice(["a", "lake_4"]): self.type(RECORDS[kind]) for _ in range(self.random.randint(0, 2))}
        if self.slips():
            entries[self.random.choice(KEYS)] = self.junk()
        return self.junk() if self.slips() else as_mapping(entries)

    def slips(self) -> bool:
        return self.random.randrange(100) < self.faults

    def junk(self, depth: int = 0) -> str:
        match self.random.randrange(4 if depth < 3 else 2):
            case 2:
                return as_list([self.junk(depth + 1) for _ in range(self.random.randint(0, 2))])
            case 3:
                return as_mapping({self.random.choice(KEYS): self.junk(depth + 1) for _ in range(self.random.randint(0, 2))})
            case _:
                typed = self.random.choice(TYPED)
                return json.dumps(typed) if typed[:1] == "{" else typed

    def type(self, validator: Validator) -> str:  # noqa: PLR0911, C901, PLR0912  a line for each shape
        if self.slips():
            return self.junk()
        match validator:
            case Record():
                return as_mapping(self.fields(validator))
            case Reference():
                return self.random.choice(["a", "lake_4", "'b c'", "USD", "yes"])
            case Text(pattern=""):
                return self.random.choice(["a", "2025", "'2.1'", "true", "table 3", "0x1F", "水", "'{0}'"])
            case Text():
                fitting = (
                    one
                    for one in (*TYPED, "CC0-1.0", "SEK", "fr", "a@lakes.example", "lakes.example")
                    if re.fullmatch(validator.pattern, one)
                )
                return json.dumps(self.random.choice(list(fitting)))
            case Choice():
                word = self.random.choice(validator.choices)
                return word if word[:1].isalnum() else json.dumps(word)  # signs mean something in YAML
            case Boolean():
                return self.random.choice(["true", "false", "True"])
            case Number():
                return self.random.choice(
                    [one for one in ("1", "2.0", "5", "1e0") if validator.least <= Decimal(one) <= validator.most]
                )
            case LocalizedText(plain=True):
                return self.type(self.random.choice([Text(), LocalizedText()]))
            case LocalizedText():
                return as_mapping(self.without_some({code: self.type(Text()) for code in LANGUAGES}))
            case LocalizedPlurals():
                return as_mapping(self.without_some({code: as_mapping(self.fields(PLURAL)) for code in LANGUAGES}))
            case DateOrPeriod():
                return self.random.choice(["2025", "2025-08-30", "2024-02-29", "FY2025", "'2025-Q2'", "2025 / 2026-03"])
            case Quantity():
                return self.random.choice(["66e9", "[66e9, '72e9']", "{at_least: 50}", "{high: 5, low: 3}", "~5", "2025-08"])
            case ListOf():
                members = [
                    self.type(validator.validator) for _ in range(self.random.randint(validator.least, validator.least + 2))
                ]
                # 2025, '2025' and " 2025 " are twice the same only as texts, and only to the loader.
                spelled = {one.strip("'\"").strip(): one for one in members}
                members = [spelled[one.strip("'\"").strip()] for one in members]
                if validator.unique and not self.faults:
                    is_number = isinstance(validator.validator, Number)  # 1 and 1e0 are one
                    members = list({Decimal(one) if is_number else one: one for one in members}.values())
                return as_list(members)
            case Either():
                return self.type(self.random.choice([validator.scalar, validator.mapping]))
            case MapOf():
                chosen = self.random.sample(KEYS, self.random.randint(validator.least, validator.least + 2))
                return as_mapping({key: self.type(validator.validator) for key in chosen})
        raise AssertionError(validator)

    def fields(self, record: Record) -> dict[str, str]:
        shapes = {**{key: one.validator for key, one in record.fields.items()}, **record.more}
        needed = [key for key, one in record.fields.items() if one.required]
        more = self.random.sample(sorted(shapes), min(len(shapes), self.random.randint(0, 4)))
        typed = {key: self.type(shapes[key]) for key in shapes if key in more or key in needed}
        return self.without_some({**typed, **({self.random.choice(KEYS): self.junk()} if self.slips() else {})})

    def without_some(self, members: Mapping[str, str]) -> dict[str, str]:
        return {key: one for key, one in members.items() if not self.slips()}


seeds = st.integers(0, 2**32)


@pytest.mark.parametrize("kind", SCHEMAS)
def test_valid_text_passes_loader_and_schema(kind: str) -> None:
    @settings(max_examples=EXAMPLES // 3, deadline=None)
    @given(seeds)
    def check(seed: int) -> None:
        text = RandomYaml(seed, 0).file(kind)
        assert agree(kind, text), text

    check()


@pytest.mark.parametrize("kind", SCHEMAS)
def test_a_file_passes_the_schema_if_and_only_if_it_passes_the_loader(kind: str) -> None:
    passed: Counter[bool] = Counter()

    @settings(max_examples=EXAMPLES, deadline=None)
    @given(seeds, st.sampled_from([1, 3, 10, 25]))
    def check(seed: int, faults: int) -> None:
        passed[agree(kind, RandomYaml(seed, faults).file(kind))] += 1

    check()
    assert min(passed[True], passed[False]) > EXAMPLES / 20  # else the test says little


@pytest.mark.parametrize("root", [ROOT, GOOD], ids=["flagship", "good"])
def test_what_is_written_passes_its_schema(root: Path) -> None:
    for path in sorted((root / "data").rglob("*.yml")):
        text = path.read_text(encoding="utf-8")
        match = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)
        assert match, path
        schema = json.loads((path.parent / match[1]).read_text(encoding="utf-8"))
        assert not list(VALIDATOR(schema).iter_errors(as_read_by_editors(parse_yaml(text, path.name, [])))), path


@pytest.mark.parametrize("typed", TYPED)
def test_the_schema_of_values_and_dates_agrees_on_each_form(typed: str) -> None:
    plain = typed if typed[:1] != "{" else json.dumps(typed)
    agree("facts", f"a: {{label: {{en: x, de: y}}, unit: m2, status: observed, review: durable, value: {plain}}}")
    agree("facts", f"a: {{label: {{en: x, de: y}}, unit: m2, status: observed, review: durable, period: {plain}}}")


def test_nothing_is_written_through_links(tmp_path: Path) -> None:
    elsewhere, root = tmp_path / "elsewhere", shutil.copytree(GOOD, tmp_path / "project")
    elsewhere.mkdir()
    (elsewhere / "kept").write_text("kept", encoding="utf-8")
    (root / "schema/facts.json").unlink()
    (root / "schema/facts.new").symlink_to(elsewhere / "kept")
    assert write_files(root) == ["schema/facts.json"]
    shutil.rmtree(root / "schema")
    (root / "schema").symlink_to(elsewhere)
    assert write_files(root) == []
    assert [path.name for path in elsewhere.iterdir()] == ["kept"]
    assert (elsewhere / "kept").read_text(encoding="utf-8") == "kept"
