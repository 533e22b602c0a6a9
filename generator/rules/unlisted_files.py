"""Rule: every file of data/ and templates/pages is one that something reads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..diagnostics.finding import Diagnostic, Span
from ..model.spelling import suggest
from .context import RuleContext

_LOCK = "data/translations.lock"


def files_are_listed(context: RuleContext) -> Iterator[Diagnostic]:
    """Pages of no language or of no list, tables that no series names, and files of data/ with a name that nothing reads."""
    if not context.complete:
        return  # what is wrong in a list may be why a file is in none
    root, report = context.draft.root, context.edition.report
    codes = [language.code for language in report.languages]
    pages = {f"{page}.{code}.md.j2" for page in report.pages for code in codes}
    for path in _files(root / "templates/pages"):
        name = path.relative_to(root / "templates/pages").as_posix()
        if name not in pages:
            file, page = path.relative_to(root).as_posix(), name.removesuffix(".md.j2").rpartition(".")[0]
            known = page in report.pages
            args = {"file": file, "page": page or name, "languages": ", ".join(codes)}
            yield Diagnostic(
                rule="unlisted-file", variant="language" if known else "page", severity="warning", span=Span(file), args=args
            )
    read = set(context.draft.content_hashes) | {f"data/series/{key}.csv" for key in context.draft.series}
    for path in _files(root / "data"):
        file = path.relative_to(root).as_posix()
        if file in read or file in (_LOCK, "data/report.yml"):
            continue
        is_table = file.startswith("data/series/")
        suggestion = suggest(file, sorted(read)) if not is_table else suggest(path.stem, context.draft.series)
        yield Diagnostic(
            rule="unlisted-file",
            variant="series" if is_table else "",
            severity="warning",
            span=Span(file),
            args={"file": file, "name": path.stem, "suggestion": suggestion},
        )


def _files(folder: Path) -> Iterator[Path]:
    """The files below a folder in order, without hidden ones and links, which have rules of their own."""
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.is_file() and not path.is_symlink() and not any(part.startswith((".", "~")) for part in path.parts[-2:]):
            yield path
