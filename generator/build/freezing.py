"""Makes a dated edition: the project's state is built apart, as a site whose citations name the edition, and packed."""

from __future__ import annotations

import shutil
import tempfile
from datetime import date
from pathlib import Path
from posixpath import splitext

from ..checks.project_check import check_project
from ..diagnostics.finding import Diagnostic
from ..engines.dated_page import DatedNotice, dated_page
from ..model.periods import parse
from ..model.publication import DatedEdition
from ..model.report import Edition
from ..reading.edition_archives import FOLDER, KINDS, SUFFIX, archive, archives, read_head
from ..records.struct import replace
from ..store.cache import write_atomically
from ..store.input_paths import FILES, FOLDERS
from ..store.inputs import hash_inputs, hash_subset
from ..wording.citations import statement
from ..wording.texts import Texts
from .errors import BuildError
from .folders import SITE
from .pipeline import build_site
from .plan import BuildOptions, Progress

_ONCE = ("404.html", "build.json", "robots.txt", "search/", "sitemap")  # what a site has once


def newest_edition(root: Path) -> DatedEdition | None:
    """The newest edition that a project keeps; EditionArchiveError where its archive is none."""
    path = next(iter(archives(root).values()), None)
    return None if path is None else read_head(path.read_bytes())


def inputs_of(root: Path) -> str:
    """The hash of all that a project's site is made of, without its editions."""
    return hash_subset({path: digest for path, digest in hash_inputs(root).items() if not path.startswith(f"{FOLDER}/")}, "")


def freeze(options: BuildOptions, day: date, *, progress: Progress) -> tuple[str, int]:
    """Make the edition of a day; gives the path of its archive and its size in bytes. BuildError where it fails."""
    checked = check_project(options.root)
    if checked.edition is None or checked.errors:
        raise BuildError(list[Diagnostic](checked.errors))
    edition = checked.edition
    dated = DatedEdition(
        date=day.isoformat(),
        as_of=edition.report.as_of.text,
        inputs=inputs_of(options.root),
        facts={key: statement(fact) for key, fact in edition.facts.items()},
    )
    file = f"{FOLDER}/{dated.date}{SUFFIX}"
    with tempfile.TemporaryDirectory(prefix="factloom-") as folder:
        root = Path(folder).resolve() / "project"
        _copy(options.root, root)
        write_atomically(root / file, archive(dated, {}))
        build_site(replace(options, root=root), progress=progress)
        packed = archive(dated, _files(root / SITE, edition, dated.date))
    write_atomically(options.root / file, packed)
    return file, len(packed)


def _copy(source: Path, target: Path) -> None:
    for name in FOLDERS:
        if name != FOLDER and (source / name).is_dir():
            shutil.copytree(source / name, target / name, symlinks=True)
    for name in FILES:
        if (source / name).is_file():
            shutil.copy2(source / name, target / name)


def _files(site: Path, edition: Edition, day: str) -> dict[str, bytes]:
    """The files of a site that a dated edition keeps, by their paths, with pages as it keeps them."""
    paths = {path.relative_to(site).as_posix(): path for path in sorted(site.rglob("*")) if path.is_file()}
    kept = {
        path: file
        for path, file in paths.items()
        if splitext(path)[1].lower() in KINDS and not path.startswith(_ONCE) and "/search/" not in path
    }
    notices = {language.code: _notice(Texts(edition, language), day) for language in edition.report.languages}
    files = {}
    for path, file in kept.items():
        content = file.read_bytes()
        if path.endswith(".html"):
            notice = notices.get(path.partition("/")[0], notices[edition.report.default.code])
            url = edition.report.site_url
            html = dated_page(content.decode(), path=path, date=day, site_url=url, kept=kept, notice=notice)
            content = html.encode()
        files[path] = content
    return files


def _notice(texts: Texts, day: str) -> DatedNotice:
    word = texts.language.word
    return DatedNotice(
        language=texts.language.code,
        text=word("edition.dated").replace("{0}", texts.word_period(parse(day))),
        link=word("edition.newest"),
    )
