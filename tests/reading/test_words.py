"""Words of the package and of the report: which language's words a tag means, and what goes before what."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml
from sample_projects import PLAIN, edit

from generator.reading.default_words import FOLDER, default_languages, default_words, lookup, reference, required_keys
from generator.reading.draft import read_draft
from generator.rules.interface_words import PATTERN_WORDS
from generator.wording.author_patterns import AuthorPattern
from generator.wording.interface_words import OPTIONAL_PATTERN_KEYS

LANGUAGES = default_languages()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return shutil.copytree(PLAIN, tmp_path / "project")


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("en", "en"),
        ("en-GB", "en"),
        ("de-AT", "de"),
        ("ja-JP", "ja"),
        ("et", ""),
        ("et-EE", ""),
        ("", ""),
    ],
)
def test_a_tag_means_the_words_of_a_language(tag: str, expected: str) -> None:
    assert lookup(tag) == expected
    assert default_words(tag) == (default_words(expected) if expected else {})


def test_the_locale_goes_before_the_code() -> None:
    assert default_words("de-CH", "en") == default_words("de")
    assert default_words("et-EE", "en") == default_words("en")


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_has_the_same_keys(code: str) -> None:
    more = OPTIONAL_PATTERN_KEYS.keys() - reference().keys()  # forms that only some languages need
    assert [key for key in default_words(code) if key not in more] == list(reference())


def placeholders(text: str) -> list[str]:
    return sorted(set(re.findall(r"\{\w+\}", text)))


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_has_the_same_placeholders(code: str) -> None:
    other = [
        (key, text)
        for key, text in default_words(code).items()
        if text
        and key in reference()
        and not key.startswith(("lock.", "value.after_scale"))
        and placeholders(text) != placeholders(reference()[key])
    ]
    assert other == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_word_is_blank_or_typed_twice(code: str) -> None:
    words = default_words(code)
    assert [key for key in required_keys() if key not in PATTERN_WORDS and not words[key].strip()] == []
    text = (FOLDER / f"{code}.yml").read_text(encoding="utf-8")
    keys = re.findall(r"^([a-z][a-z0-9_.]*): ", text, re.MULTILINE)
    assert len(keys) == len(set(keys)) == len(words)
    assert yaml.safe_load(text).keys() == words.keys()


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_pattern_is_one(code: str) -> None:
    for key, text in default_words(code).items():
        if key.startswith("lock."):
            AuthorPattern(text)


def test_a_language_has_a_file_of_its_own(project: Path) -> None:
    (project / "data/words").mkdir()
    (project / "data/words/de.yml").write_text("col_fact: Tatsache\ncol_value:\n", encoding="utf-8")
    draft, findings = read_draft(project)
    assert findings == []
    english, german = draft.languages
    assert (german.word("col_fact"), german.word("col_value")) == ("Tatsache", default_words("de")["col_value"])
    assert english.word("col_fact") == "Fact"


def test_a_language_without_words_is_one_finding(project: Path) -> None:
    edit(project, "data/report.yml", "  de: {name: Deutsch, locale: de-DE}", "  et: {name: eesti, locale: et-EE}")
    (project / "data/words").mkdir()
    (project / "data/words/et.yml").write_text("value.about: umbes {0}\n", encoding="utf-8")
    draft, findings = read_draft(project)
    found = [finding for finding in findings if finding.rule == "missing-words"]
    assert [(one.span.file, one.args["language"], one.args["count"]) for one in found] == [
        ("data/report.yml", "et", str(len(required_keys()) - 1))
    ]
    assert draft.languages[1].word("value.about") == "umbes {0}"


def test_a_report_needs_no_words_of_its_own(project: Path) -> None:
    (project / "data/words.yml").unlink()
    draft, findings = read_draft(project)
    assert findings == []
    assert [language.word("col_fact") for language in draft.languages] == ["Fact", "Fakt"]
