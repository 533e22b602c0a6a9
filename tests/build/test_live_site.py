"""A site that is made while its files change: what was made of files as they are is kept for builds, and nothing else."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from attack import lay_out

from generator.build import live_site, live_view, pipeline, plan
from generator.build.artifacts import ArtifactStore
from generator.build.folders import CACHE
from generator.build.live_site import LiveSite
from generator.build.plan import BuildOptions
from generator.build.site_tasks import PAGE
from generator.checks.project_check import CheckResult, SettledProject, check_settled
from generator.diagnostics.finding import Diagnostic, Span
from generator.editing.confirmations import confirm_texts
from generator.engines.processes import EnginePool
from generator.reading.translations import LOCK_FILE
from generator.records.struct import replace
from generator.store.code_fingerprint import code_fingerprint

FACTS, PAGE_FILE = "data/facts/water.yml", "templates/pages/index.en.md.j2"
NEW_LABEL = ("Cost of the dam", "Cost of a dyke")
STALE = b'<p class="fl-stale">'


@pytest.fixture
def site(tmp_path: Path) -> Iterator[LiveSite]:
    """A site that is open in a browser, and of which nothing else is made yet."""
    root = lay_out(tmp_path, {}, whole=True)
    options = BuildOptions(root=root, jobs=1)
    with EnginePool(root) as pool:
        site = LiveSite(options, pool, progress=lambda _: None)
        site.changed_inputs()
        site.update(["en/index.html"])
        yield site


def edit(site: LiveSite, path: str, change: Callable[[str], str]) -> None:
    file = site.root / path
    file.write_text(change(file.read_text(encoding="utf-8")), encoding="utf-8")


def finish(site: LiveSite) -> None:
    while site.do_step() is not None:
        pass


def follow(site: LiveSite) -> None:
    assert site.changed_inputs()
    site.update(["en/index.html"])
    finish(site)
    assert site.findings == ()


def kept_pages(site: LiveSite) -> dict[str, str]:
    index = ArtifactStore(site.root / CACHE, code_fingerprint()).index(PAGE)
    return {key: artifact.fingerprint for key, artifact in index.items()}


def built(root: Path) -> dict[str, bytes]:
    options = BuildOptions(root=root, jobs=1)
    pipeline.build_site(options, plan.take_snapshot(options), progress=lambda _: None)
    return {str(path.relative_to(root)): path.read_bytes() for path in (root / "site").rglob("*.html")}


def as_from_nothing(site: LiveSite, folder: Path) -> dict[str, bytes]:
    return built(shutil.copytree(site.root, folder, ignore=shutil.ignore_patterns("build", "site")))


def test_an_edit_in_the_middle_of_the_work_does_not_keep_later_work_from_being_saved(site: LiveSite) -> None:
    site.do_step()
    edit(site, FACTS, lambda text: text.replace(*NEW_LABEL))
    follow(site)
    first = kept_pages(site)
    assert first
    edit(site, PAGE_FILE, lambda text: text + "\nOne more sentence.\n")
    follow(site)
    assert kept_pages(site) != first


def test_what_was_made_of_two_states_is_not_kept(site: LiveSite, tmp_path: Path) -> None:
    finish(site)
    edit(site, FACTS, lambda text: text.replace(*NEW_LABEL))
    site.changed_inputs()  # of this state …
    edit(site, PAGE_FILE, lambda text: text + "\nOne more sentence.\n")
    site.update(["en/index.html"])  # … and of this one
    site.do_step()
    edit(site, PAGE_FILE, lambda text: text.removesuffix("\nOne more sentence.\n"))
    follow(site)
    assert b"One more sentence." not in (site.content("en/index.html") or b"")
    assert built(site.root) == as_from_nothing(site, tmp_path / "clean")


def test_a_state_with_mistakes_confirms_nothing(site: LiveSite, tmp_path: Path) -> None:
    edit(site, PAGE_FILE, lambda text: text + "{% if %}")
    site.changed_inputs()
    site.update(["en/index.html"])
    assert site.errors
    finish(site)
    edit(site, PAGE_FILE, lambda text: text.removesuffix("{% if %}"))
    follow(site)
    assert built(site.root) == as_from_nothing(site, tmp_path / "clean")


def test_what_has_an_error_stays_as_it_was_and_the_rest_goes_on(site: LiveSite) -> None:
    german = "templates/pages/index.de.md.j2"
    cost = ("label: {en: Cost of the dam, de: Kosten des Damms}", "label: {en: Cost of a dyke}")
    finish(site)
    for file, old, new, kept in (
        (FACTS, *cost, "The dam cost 66–72 billion"),
        (FACTS, "value: [66e9, 72e9]", "value: [66e9, 72e9, 3]", "The dam cost 66–72 billion"),
        (FACTS, "value: 25e6", "value: [25e6", "to 25 square kilometers"),
        (PAGE_FILE, 'fact("dam_cost")', 'fact("dam_costs")', "The dam cost 66–72 billion"),
        (PAGE_FILE, "The dam cost", "At 55 {% if", "The dam cost 66–72 billion"),
    ):
        before = {path: (site.root / path).read_text(encoding="utf-8") for path in (file, german)}
        edit(site, german, lambda text: text.replace("Der Damm kostete", "Der neue Damm kostete"))
        (site.root / file).write_text((site.root / file).read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
        assert site.changed_inputs()
        site.update(["en/index.html"])
        assert site.errors
        assert site.shows_present
        assert kept in words(site, "en/index.html")
        assert "Der neue Damm kostete" in words(site, "de/index.html")
        for path, text in before.items():
            (site.root / path).write_text(text, encoding="utf-8")
        follow(site)


def test_a_language_that_lacks_a_text_is_lent_that_of_another(site: LiveSite) -> None:
    edit(
        site,
        FACTS,
        lambda text: text.replace("{en: Cost of the dam, de: Kosten des Damms}", "{en: Cost of a dyke}\n  draft: true"),
    )
    site.changed_inputs()
    site.update(["en/index.html"])
    assert {one.rule for one in site.errors} == {"missing-language", "draft-entry"}
    assert "(en) Cost of a dyke" in words(site, "de/facts/dam_cost/index.html")


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '<img src="x" onerror="alert(1)">'])
def test_what_runs_code_is_not_shown_beside_other_errors(site: LiveSite, text: str) -> None:
    edit(site, PAGE_FILE, lambda page: f"{page}\n55\n\n{text}\n")
    site.changed_inputs()
    site.update(["en/index.html"])
    assert site.errors
    assert not site.shows_present
    assert "alert(1)" not in (site.content("en/index.html") or b"").decode()


def words(site: LiveSite, path: str) -> str:
    """The words of a page as it is shown."""
    return " ".join(re.sub(r"<[^>]+>", "", (site.content(path) or b"").decode()).split())


NEW_COST = ("value: [66e9, 72e9]", "value: [66e9, 77e9]")
OPEN = ("en/index.html", "en/facts/dam_cost/index.html")


def test_an_edit_of_a_number_shows_open_pages_as_they_will_be_published_before_it_is_checked(
    site: LiveSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish(site)
    edit(site, FACTS, lambda text: text.replace(*NEW_COST))
    with monkeypatch.context() as patch:
        patch.setattr(live_site, "check_settled", pytest.fail)
        assert site.changed_inputs()
        site.update(OPEN[:1])
        shown = {path: site.content(path) for path in OPEN}  # the second one was asked for just now
    assert set(shown) <= site.state.files.keys()
    assert "66–77 billion" in words(site, OPEN[0])
    clean = as_from_nothing(site, tmp_path / "clean")
    assert shown == {path: clean[f"site/{path}"] for path in OPEN}
    finish(site)
    assert {path: site.content(path) for path in OPEN} == shown
    assert built(site.root) == clean


def test_a_look_at_files_that_stay_the_same_takes_nothing_back(site: LiveSite, monkeypatch: pytest.MonkeyPatch) -> None:
    assert site.changed_inputs() == []
    finish(site)
    edit(site, FACTS, lambda text: text.replace(*NEW_COST))
    monkeypatch.setattr(live_site, "check_settled", pytest.fail)
    assert site.changed_inputs() == [FACTS]
    site.update(OPEN[:1])  # the theme that the engine wrote at first is still known to be right
    assert "66–77 billion" in words(site, OPEN[0])


@pytest.mark.parametrize("path", ["en/index.html", "en/facts/dam_cost/index.html", "en/print/index.html"])
def test_what_is_asked_for_before_an_edit_is_checked_is_of_this_edit(site: LiveSite, path: str) -> None:
    finish(site)
    edit(site, FACTS, lambda text: text.replace(*NEW_COST))
    assert site.changed_inputs()
    site.update([])
    shown = site.content(path)
    finish(site)
    assert site.findings == ()
    assert "66–77 billion".encode() in (shown or b"")
    assert site.content(path) == shown


def test_what_the_check_finds_is_told_after_the_number_is_shown(site: LiveSite, monkeypatch: pytest.MonkeyPatch) -> None:
    finish(site)
    refused = Diagnostic(rule="bad-id", span=Span(FACTS), args={"found": "x", "suggestion": "y"})
    monkeypatch.setattr(live_site, "check_settled", lambda project: replace(check_settled(project), findings=(refused,)))
    edit(site, FACTS, lambda text: text.replace(*NEW_COST))
    assert site.changed_inputs()
    site.update(OPEN)
    assert (site.errors, site.shows_present) == ((), True)
    assert "66–77 billion" in words(site, OPEN[0])
    finish(site)
    assert (site.errors, site.shows_present) == ((refused,), True)
    assert "66–77 billion" in words(site, OPEN[0])


@pytest.mark.parametrize(("path", "change"), [(FACTS, NEW_LABEL), (PAGE_FILE, ("The dam cost", "The new dam cost"))])
def test_an_edit_of_texts_is_checked_before_it_is_shown(
    site: LiveSite, path: str, change: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    finish(site)
    checked: list[SettledProject] = []

    def counted(project: SettledProject) -> CheckResult:
        checked.append(project)
        return check_settled(project)

    monkeypatch.setattr(live_site, "check_settled", counted)
    edit(site, path, lambda text: text.replace(*change))
    assert site.changed_inputs()
    site.update(OPEN)
    assert len(checked) == 1


def test_a_text_that_is_confirmed_loses_its_notice_though_nothing_else_changes(site: LiveSite, tmp_path: Path) -> None:
    confirm_texts(site.root, ())
    follow(site)
    edit(site, PAGE_FILE, lambda text: text.replace("The dam cost", "The new dam cost"))
    assert site.changed_inputs() == [PAGE_FILE]
    site.update(["de/index.html"])
    finish(site)
    assert {one.rule for one in site.findings} == {"stale-translation"}
    assert STALE in (site.content("de/index.html") or b"")
    confirm_texts(site.root, ())
    assert site.changed_inputs() == [LOCK_FILE]
    site.update(["de/index.html"])
    finish(site)
    clean = as_from_nothing(site, tmp_path / "clean")
    assert site.content("de/index.html") == clean["site/de/index.html"]
    assert not any(STALE in content for content in clean.values())
    assert built(site.root) == clean


def test_pages_of_the_whole_site_are_read_between_requests(site: LiveSite, monkeypatch: pytest.MonkeyPatch) -> None:
    at_once, read = 3, list[str]()
    monkeypatch.setattr(live_view, "_PAGES_AT_ONCE", at_once)
    read_page = live_view.LiveView.read

    def note(view: live_view.LiveView, path: str) -> str:
        read.append(path)
        return read_page(view, path)

    monkeypatch.setattr(live_view.LiveView, "read", note)
    most, before = 0, len(read)
    while site.do_step() is not None:
        most, before = max(most, len(read) - before), len(read)
    assert len(read) > 4 * at_once
    assert most <= at_once
