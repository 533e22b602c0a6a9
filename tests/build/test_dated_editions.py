"""Dated editions: frozen once, published by each build as they were, cited as long as they state the same."""

from __future__ import annotations

import io
import re
import shutil
import tarfile
from datetime import date
from pathlib import Path

import pytest
from sample_projects import PLAIN, edit

from generator.build.freezing import freeze, inputs_of, newest_edition
from generator.build.pipeline import build_site
from generator.build.plan import BuildOptions
from generator.checks.project_check import check_project
from generator.checks.site_manifest import verify_site
from generator.markup.scriptless import is_scriptless, without_scripts
from generator.model.publication import DatedEdition
from generator.reading.edition_archives import HEAD, EditionArchiveError, archive, read_editions, read_files, read_head
from generator.records.struct import replace
from generator.store.parse_cache import ParseCache
from generator.wording import citations
from generator.wording.texts import Texts

DAY = date(2025, 7, 1)


def build(root: Path) -> None:
    build_site(BuildOptions(root=root, jobs=1), progress=lambda _: None)


def cited(root: Path, fact: str = "") -> str:
    edition = check_project(root).edition
    assert edition is not None
    return citations.cite(Texts(edition, edition.report.default), edition.facts[fact] if fact else None, "txt")


@pytest.fixture(scope="module")
def frozen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The good project with a dated edition, built."""
    root = shutil.copytree(PLAIN, tmp_path_factory.mktemp("edition") / "project")
    edit(root, "templates/pages/index.en.md.j2", "# ", "{{ citation() }}\n\n# ")
    edit(root, "templates/pages/index.de.md.j2", "# ", "{{ citation() }}\n\n# ")
    freeze(BuildOptions(root=root, jobs=1), DAY, progress=lambda _: None)
    build(root)
    return root


def test_a_page_says_which_edition_it_is_in_its_language_and_leads_to_the_newest(frozen: Path) -> None:
    for code, words in (("en", "This is the edition of July 1, 2025"), ("de", "Dies ist die Ausgabe vom 1. Juli 2025")):
        html = (frozen / f"site/v/2025-07-01/{code}/facts/area_2025/index.html").read_text(encoding="utf-8")
        assert words in html
        assert f'<link rel="canonical" href="https://lakes.example/{code}/facts/area_2025/">' in html
        assert f'<link rel="latest-version" href="https://lakes.example/{code}/facts/area_2025/">' in html
        (newest,) = re.findall(r'<a href="([^"]+)" rel="latest-version">', html)
        assert (frozen / f"site/v/2025-07-01/{code}/facts/area_2025" / newest / "index.html").is_file()
        assert f"https://lakes.example/v/2025-07-01/{code}/facts/area_2025/" in html  # how to cite it
        assert is_scriptless(html)
        assert "<script" not in html


def test_every_link_of_an_edition_leads_somewhere(frozen: Path) -> None:
    site, count = frozen / "site", 0
    for page in (site / "v").rglob("*.html"):
        for link in re.findall(r'\s(?:href|src)="([^"#?:]+)["#?]', page.read_text(encoding="utf-8")):
            target = page.parent / link
            count += 1
            assert target.is_file() or (target / "index.html").is_file(), (page, link)
    assert count > 100


def test_an_edition_is_listed_once_and_in_no_search_and_no_sitemap(frozen: Path) -> None:
    site = frozen / "site"
    assert all("/v/" not in path.read_text(encoding="utf-8") for path in site.glob("sitemap*.xml"))
    assert all('"v/2025' not in path.read_text(encoding="utf-8") for path in site.rglob("search/*.js*"))
    assert 'href="2025-07-01/"' in (site / "v/index.html").read_text(encoding="utf-8")
    assert 'href="../v/"' in (site / "en/index.html").read_text(encoding="utf-8")
    assert list((site / "v").rglob("*.js")) == []


def test_the_manifest_covers_editions(frozen: Path, tmp_path: Path) -> None:
    site = shutil.copytree(frozen / "site", tmp_path / "site")
    assert verify_site(str(site)).none
    page = site / "v/2025-07-01/en/index.html"
    page.write_text(page.read_text(encoding="utf-8") + " ", encoding="utf-8")
    assert verify_site(str(site)).changed == ["v/2025-07-01/en/index.html"]


def test_citations_lead_to_the_edition_that_states_the_same(frozen: Path, tmp_path: Path) -> None:
    root = shutil.copytree(frozen, tmp_path / "project")
    before = {path.name: path.read_bytes() for path in (root / "site/v").rglob("*.html")}
    assert "https://lakes.example/v/2025-07-01/en/" in cited(root)
    newest = newest_edition(root)
    assert newest is not None
    assert newest.inputs == inputs_of(root)
    edit(root, "data/facts/water.yml", "value: 25e6", "value: 25e6\n  as_of: 2025-05-31")
    assert newest.inputs != inputs_of(root)
    assert "https://lakes.example/en/facts/area_2025/" in cited(root, "area_2025")
    assert "https://lakes.example/v/2025-07-01/en/facts/area_2024/" in cited(root, "area_2024")
    build(root)
    assert {path.name: path.read_bytes() for path in (root / "site/v").rglob("*.html")} == before
    edit(root, "data/report.yml", "as_of: 2025-06-30", "as_of: 2025-07-31")
    assert "https://lakes.example/en/" in cited(root)


def test_the_same_state_gives_the_same_archive(frozen: Path, tmp_path: Path) -> None:
    root = shutil.copytree(frozen, tmp_path / "project", ignore=shutil.ignore_patterns("build", "site"))
    kept = (root / "editions/2025-07-01.tar.xz").read_bytes()
    freeze(BuildOptions(root=root, jobs=1), DAY, progress=lambda _: None)
    assert (root / "editions/2025-07-01.tar.xz").read_bytes() == kept


PASSIVE = without_scripts('<!doctype html>\n<html lang="en">\n<head>\n<title>x</title></head></html>')
EDITION = DatedEdition(date="2025-07-01", as_of="2025-06-30", inputs="x")


@pytest.mark.parametrize(
    ("path", "content", "why"),
    [
        ("en/a.js", "alert(1)", "of no kind"),
        ("en/index.html", "<!doctype html>\n<html>\n<head>\n<script>alert(1)</script>", "could run code"),
        ("en/index.html", PASSIVE.replace("<html lang", '<html x="><!--" lang'), "could run code"),
        (
            "en/index.html",
            PASSIVE.replace("</head>", '<meta http-equiv="refresh" content="0; url=//x.example/"></head>'),
            "could run",
        ),
        ("en/a.svg", '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "could run code"),
        ("../a.html", PASSIVE, "no file of a site"),
        ("/etc/a.html", PASSIVE, "no file of a site"),
    ],
)
def test_an_archive_that_could_run_code_is_an_error(project: Path, path: str, content: str, why: str) -> None:
    (project / "editions").mkdir()
    (project / "editions/2025-07-01.tar.xz").write_bytes(archive(EDITION, {path: content.encode()}))
    (found,) = check_project(project).findings
    assert (found.rule, why in str(found.args["why"])) == ("bad-edition", True), found


def test_a_page_without_scripts_may_lead_on_within_the_site(project: Path) -> None:
    passive = PASSIVE.replace("</head>", '<meta http-equiv="refresh" content="0; url=../x/"></head>')
    (project / "editions").mkdir()
    (project / "editions/2025-07-01.tar.xz").write_bytes(archive(EDITION, {"en/index.html": passive.encode()}))
    assert check_project(project).findings == ()


def test_an_archive_holds_what_it_lists(tmp_path: Path) -> None:
    packed = archive(EDITION, {"a.txt": b"a", "b.txt": b"b"})
    edition = read_head(packed)
    assert dict(read_files(packed, edition)) == {"a.txt": b"a", "b.txt": b"b"}
    lists_more = replace(edition, files={**edition.files, "c.txt": "0" * 64})
    lists_less = replace(edition, files={"a.txt": edition.files["a.txt"]})
    for listed in (lists_more, lists_less):
        with pytest.raises(EditionArchiveError):
            dict(read_files(packed, listed))
    (tmp_path / "editions").mkdir()
    (tmp_path / "editions/2025-08-01.tar.xz").write_bytes(packed)  # another date than it says
    sink: list[object] = []
    assert read_editions(tmp_path, sink, ParseCache()) == ()  # type: ignore[arg-type]
    assert len(sink) == 1


def test_links_and_folders_are_no_members() -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:xz") as packed:
        link = tarfile.TarInfo(HEAD)
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        packed.addfile(link)
    with pytest.raises(EditionArchiveError):
        read_head(buffer.getvalue())
