"""Texts that were confirmed to say the same in every language, and texts whose translations changed since."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sample_projects import edit

from generator.checks.project_check import CheckResult, check_project
from generator.commands.main import main
from generator.editing import confirmations
from generator.editing.confirmations import confirm_texts
from generator.pages.renderer import PageRenderer
from generator.pages.templates import Templates
from generator.reading.paragraphs import paragraphs
from generator.reading.translations import LOCK_FILE, digest
from generator.rules import CheckOptions
from generator.wording.texts import Texts

ENGLISH, GERMAN = "templates/pages/index.en.md.j2", "templates/pages/index.de.md.j2"
CLAIMS, FACTS = "data/claims/water.yml", "data/facts/water.yml"


def _run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [arguments[0], *arguments[1:], "--root", str(root), "--language", "en"])


@pytest.fixture
def confirmed(project: Path) -> Path:
    """The good project with every text confirmed, and the words that show a stale one."""
    with (project / "data/words.yml").open("a", encoding="utf-8") as words:
        words.write('part_stale: {en: "changed since in %", de: "inzwischen geändert: %"}\n')
    assert _run(project, "confirm").exit_code == 0
    return project


def _stale(root: Path) -> list[tuple[str, int, str]]:
    """File, line and severity of what is stale."""
    return [
        (one.span.file, one.span.line, one.severity) for one in check_project(root).findings if one.rule == "stale-translation"
    ]


def test_confirmed_texts_are_current(confirmed: Path) -> None:
    assert _stale(confirmed) == []
    assert not check_project(confirmed, CheckOptions(strict_languages=True)).findings


def _white_space(root: Path) -> None:
    edit(root, ENGLISH, "The lake grew", "The  lake\n  grew")


def _another_value(root: Path) -> None:
    edit(root, FACTS, "value: 25e6", "value: 27e6")
    edit(root, CLAIMS, "claimed: 25e6", "claimed: 27e6")


def _folded_data(root: Path) -> None:
    edit(root, CLAIMS, 'en: "The lake covers {claimed}"', 'en: "The lake\n    covers {claimed}"')


def _another_id(root: Path) -> None:
    for path in sorted([*root.glob("data/**/*.yml"), *root.glob("templates/**/*.j2")]):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("area_2025", "area_now"), encoding="utf-8")


def _another_head(root: Path) -> None:
    edit(root, ENGLISH, "title: Lakes\n", "title: Lakes\nchanged: 2025-06-01\n")


def _another_language(root: Path) -> None:
    lock = root / LOCK_FILE  # as if German had not been there when the texts were confirmed
    lines = lock.read_text(encoding="utf-8").splitlines()
    known = [" ".join(part for part in line.split(" ") if not part.startswith("de=")) for line in lines]
    lock.write_text("".join(f"{line}\n" for line in known), encoding="utf-8")


@pytest.mark.parametrize("change", [_white_space, _another_value, _folded_data, _another_id, _another_head, _another_language])
def test_changes_without_new_words_make_nothing_stale(confirmed: Path, change: Callable[[Path], None]) -> None:
    change(confirmed)
    assert _stale(confirmed) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "stale"),
    [
        (ENGLISH, "The lake grew", "The lake swelled", (GERMAN, 7)),
        (GERMAN, "Der See wuchs", "Der See schwoll an", (ENGLISH, 7)),
        (ENGLISH, "1. The dam cost", "1. The dike cost", (GERMAN, 11)),
        (ENGLISH, "## Money", "## Costs", (GERMAN, 9)),
        (ENGLISH, "title: Lakes", "title: Waters", (GERMAN, 1)),
        (CLAIMS, "The lake covers", "The lake fills", (CLAIMS, 3)),
        (FACTS, "Growth of the area", "Growth of the surface", (FACTS, 20)),
    ],
)
def test_a_changed_translation_makes_a_text_stale(
    confirmed: Path, file: str, old: str, new: str, stale: tuple[str, int]
) -> None:
    edit(confirmed, file, old, new)
    assert _stale(confirmed) == [(*stale, "warning")]
    assert _run(confirmed, "check").exit_code == 0
    assert _run(confirmed, "check", "--strict-languages").exit_code == 1
    edit(confirmed, file, new, old)  # what was confirmed is there again
    assert _stale(confirmed) == []


def test_a_confirmed_text_is_not_stale(confirmed: Path) -> None:
    edit(confirmed, ENGLISH, "The lake grew", "The lake swelled")
    edit(confirmed, CLAIMS, "The lake covers", "The lake fills")
    assert _run(confirmed, "confirm", "index").output == "1 text(s) confirmed\n"
    assert _stale(confirmed) == [(CLAIMS, 3, "warning")]
    assert _run(confirmed, "confirm", "claims/grew").output == "1 text(s) confirmed\n"
    assert _run(confirmed, "check", "--strict-languages").exit_code == 0
    assert _run(confirmed, "confirm").output == "0 text(s) confirmed\n"


def test_what_others_confirm_meanwhile_stays(confirmed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(confirmed, ENGLISH, "The lake grew", "The lake swelled")
    edit(confirmed, CLAIMS, "The lake covers", "The lake fills")
    others = iter([("claims/grew",)])

    def check_while_others_confirm(root: Path) -> CheckResult:
        checked = check_project(root)
        for names in others:
            confirm_texts(root, names)
        return checked

    monkeypatch.setattr(confirmations, "check_project", check_while_others_confirm)
    assert confirm_texts(confirmed, ("index",)) == 1
    assert _stale(confirmed) == []


def test_the_file_of_confirmed_texts_keeps_its_manner(confirmed: Path) -> None:
    lock = confirmed / LOCK_FILE
    lock.write_bytes(lock.read_bytes().replace(b"\n", b"\r\n"))
    lock.chmod(0o664)
    edit(confirmed, ENGLISH, "The lake grew", "The lake swelled")
    assert _run(confirmed, "confirm").output == "1 text(s) confirmed\n"
    _ends_its_lines_with_both(lock)
    assert lock.stat().st_mode & 0o777 == 0o664
    assert _run(confirmed, "rename", "area_2025", "area_now", "--yes").exit_code == 0
    _ends_its_lines_with_both(lock)


def _ends_its_lines_with_both(file: Path) -> None:
    content = file.read_bytes()
    assert content.count(b"\n") == content.count(b"\r\n") > 0


def test_paragraphs_can_move_and_be_removed(confirmed: Path) -> None:
    more = {ENGLISH: ("It is deep.", "It is cold."), GERMAN: ("Er ist tief.", "Er ist kalt.")}
    before = {file: (confirmed / file).read_text(encoding="utf-8") for file in more}
    for file, texts in more.items():
        (confirmed / file).write_text("\n\n".join((before[file], *texts)), encoding="utf-8")
    assert _run(confirmed, "confirm").exit_code == 0
    for file, texts in more.items():
        (confirmed / file).write_text("\n\n".join((before[file], *reversed(texts))), encoding="utf-8")
    assert _stale(confirmed) == []
    for file in more:
        (confirmed / file).write_text(before[file], encoding="utf-8")
    assert _stale(confirmed) == []


def test_a_paragraph_more_in_one_language_makes_its_section_stale(confirmed: Path) -> None:
    with (confirmed / ENGLISH).open("a", encoding="utf-8") as page:
        page.write("\nIt is deep.\n")
    assert {(file, severity) for file, _, severity in _stale(confirmed)} == {(GERMAN, "warning")}


def _told(root: Path) -> list[tuple[str, str]]:
    return [(one.rule, one.variant) for one in check_project(root).findings]


def test_texts_that_are_new_in_all_languages_are_one_finding(confirmed: Path) -> None:
    for file, text in ((ENGLISH, "It is deep."), (GERMAN, "Er ist tief.")):
        with (confirmed / file).open("a", encoding="utf-8") as page:
            page.write(f"\n{text}\n")
    edit(confirmed, CLAIMS, '{en: "The lake covers {claimed}", de: "Der See bedeckt {claimed}"}', "{en: It is, de: Er ist}")
    assert _told(confirmed) == [("stale-translation", "both"), ("stale-translation", "both")]
    checked = check_project(confirmed)
    assert all("fl-stale" not in _rendered(confirmed, checked, code) for code in ("en", "de"))


def test_a_section_has_one_notice(confirmed: Path) -> None:
    edit(confirmed, ENGLISH, "1. The dam cost", "1. The dike cost")
    edit(confirmed, ENGLISH, "needs care", "needs no care")
    assert _rendered(confirmed, check_project(confirmed), "de").count("fl-stale") == 1


def test_nothing_unreadable_is_lost(confirmed: Path) -> None:
    path = confirmed / LOCK_FILE
    before = path.read_bytes() + b"<<<<<<< HEAD\n"
    path.write_bytes(before)
    edit(confirmed, ENGLISH, "The lake grew", "The lake swelled")
    assert _run(confirmed, "confirm", "index").exit_code == 1
    assert path.read_bytes() == before


def test_texts_confirmed_by_an_earlier_version_stay_confirmed(confirmed: Path) -> None:
    path = confirmed / LOCK_FILE
    text = path.read_text(encoding="utf-8")
    for words in ("The lake covers {claimed}", "Der See bedeckt {claimed}"):
        plain = hashlib.blake2b("".join(words.split()).encode(), digest_size=4).hexdigest()
        assert digest(words) in text
        text = text.replace(digest(words), plain)
    path.write_text(text, encoding="utf-8")
    assert _stale(confirmed) == []


def test_texts_never_confirmed_are_reported_with_strict_languages(project: Path) -> None:
    assert check_project(project).findings == ()
    found = check_project(project, CheckOptions(strict_languages=True)).findings
    assert {(one.rule, one.variant) for one in found} == {("stale-translation", "never")}
    assert ENGLISH in {one.span.file for one in found}


def test_only_what_exists_is_confirmed(confirmed: Path) -> None:
    assert _run(confirmed, "confirm", "costs").exit_code == 2
    edit(confirmed, FACTS, "  label: {en: Opening day, de: Tag der Öffnung}", "  label: {en: Opened, de: Geöffnet}")
    assert _run(confirmed, "confirm", "facts").output == "1 text(s) confirmed\n"


def test_keys_without_a_text_are_dropped(confirmed: Path) -> None:
    lines = (confirmed / LOCK_FILE).read_text(encoding="utf-8")
    (confirmed / LOCK_FILE).write_text(lines + "pages/gone/- en=00000000 de=00000000\n", encoding="utf-8")
    assert check_project(confirmed).findings == ()
    _run(confirmed, "confirm", "index")
    assert (confirmed / LOCK_FILE).read_text(encoding="utf-8") == lines


@pytest.mark.parametrize("line", ["<<<<<<< HEAD", "pages/index/- en=xyz", "pages/index/-", "=======", "a b c"])
def test_a_line_that_is_no_confirmation_is_reported(confirmed: Path, line: str) -> None:
    path = confirmed / LOCK_FILE
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    (found,) = check_project(confirmed).findings
    assert (found.rule, found.span.file, found.span.line) == (
        "bad-confirmation",
        LOCK_FILE,
        len(path.read_text(encoding="utf-8").splitlines()),
    )
    assert _run(confirmed, "confirm").exit_code == 0
    assert check_project(confirmed).findings == ()


def test_white_space_is_no_part_of_a_text() -> None:
    assert digest("一つの 文\n  である") == digest("一つの文である")
    assert digest("a b") != digest("a c")


def test_ids_are_no_part_of_a_text() -> None:
    assert digest('{area_2025|short} {{ fact("area", style="growth") }}') == digest('{b|short} {{ fact("b", style="growth") }}')
    for one, other in (
        ("{period:2025}", "{period:2026}"),
        ('{{ period("2025") }}', '{{ period("2026") }}'),
        ("{a|short}", "{a}"),
    ):
        assert digest(one) != digest(other)


def test_a_template_is_cut_into_paragraphs_with_words() -> None:
    source = (
        "---\ntitle: T\n---\n# T\n\nLead {{ fact('a') }}\nmore.\n\n{{ figure('x') }}\n\n## H { #h }\n\n<div>\n</div>\n\n"
        "- one\n- two\n"
    )
    assert [(one.anchor, one.text) for one in paragraphs(source)] == [
        ("@head", "---\ntitle: T\n---"),
        ("", "# T"),
        ("", "Lead {{ fact('a') }}\nmore."),
        ("h", "## H { #h }"),
        ("h", "- one\n- two"),
    ]
    assert all(source[one.start :].startswith(one.text) for one in paragraphs(source))


def _rendered(root: Path, checked: CheckResult, code: str) -> str:
    assert checked.edition is not None
    language = next(one for one in checked.edition.report.languages if one.code == code)
    templates = Templates(root, checked.stale)
    return PageRenderer(templates, Texts(checked.edition, language), lambda _chart, _texts: None).render("index").markdown


def test_readers_are_led_to_the_same_place_in_the_other_language(confirmed: Path) -> None:
    edit(confirmed, ENGLISH, "1. The dam cost", "1. The dike cost")
    checked = check_project(confirmed)
    german = _rendered(confirmed, checked, "de")
    assert '<p class="fl-stale"><a href="../en/#money" hreflang="en">inzwischen geändert: Englisch</a></p>' in german
    assert german.index("Der Damm kostete") < german.index("fl-stale")
    assert "fl-stale" not in _rendered(confirmed, checked, "en")


def test_a_current_text_has_no_notice(confirmed: Path) -> None:
    assert "fl-stale" not in _rendered(confirmed, check_project(confirmed), "de")
