"""Rule: every file of data/ and templates/pages is one that something reads."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

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
    for name in _files(root / "templates/pages"):
        if name not in pages:
            file, page = f"templates/pages/{name}", name.removesuffix(".md.j2").rpartition(".")[0]
            known = page in report.pages
            args = {"file": file, "page": page or name, "languages": ", ".join(codes)}
            yield Diagnostic(
                rule="unlisted-file", variant="language" if known else "page", severity="warning", span=Span(file), args=args
            )
    read = set(context.draft.content_hashes) | {f"data/series/{key}.csv" for key in context.draft.series}
    for name in _files(root / "data"):
        file, stem = f"data/{name}", PurePosixPath(name).stem
        if file in read or file in (_LOCK, "data/report.yml"):
            continue
        is_table = file.startswith("data/series/")
        suggestion = suggest(file, sorted(read)) if not is_table else suggest(stem, context.draft.series)
        yield Diagnostic(
            rule="unlisted-file",
            variant="series" if is_table else "",
            severity="warning",
            span=Span(file),
            args={"file": file, "name": stem, "suggestion": suggestion},
        )


def _files(folder: Path) -> list[str]:
    """The files below a folder by their paths from it, in order, but hidden ones and links, which have rules of their own."""
    return sorted(_files_below(str(folder), ""), key=lambda name: name.split("/"))


def _files_below(folder: str, above: str) -> Iterator[str]:
    try:
        with os.scandir(f"{folder}/{above}") as entries:
            found = list(entries)
    except OSError:
        return
    hidden = above.rpartition("/")[0].rpartition("/")[2].startswith((".", "~"))
    for entry in found:
        if entry.is_dir(follow_symlinks=False):
            yield from _files_below(folder, f"{above}{entry.name}/")
        elif entry.is_file(follow_symlinks=False) and not hidden and not entry.name.startswith((".", "~")):
            yield above + entry.name
