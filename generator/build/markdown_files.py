"""The pages of a site as Markdown, each beside its page; only those whose page or values changed are made again."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ..exports import markdown_twins
from ..model import addresses
from ..pages.page import Page
from ..wording.texts import Texts
from .publish import SiteFile
from .site import RenderedLanguage
from .site_contents import SiteContents
from .site_tasks import TASK_FUNCTIONS
from .tasks import Artifact


def markdown_files(contents: SiteContents) -> Iterator[tuple[str, SiteFile]]:
    """Every page and every page of a fact in every language, where the report asks for them."""
    if markdown_twins.OUTPUT not in contents.edition.report.outputs:
        return
    for texts in contents.output_context.every:
        rendered = contents.output_context.rendered[texts.language.code]
        for name in rendered.summaries:
            yield _path(name, texts), _page_file(contents, texts, rendered, name)
        shared = contents.context.fingerprints.combined(("report", f"language/{texts.language.code}"))
        for artifact in rendered.facts.values():
            file = SiteFile(contents.fingerprint(artifact.fingerprint, shared), partial(_fact, contents, texts, artifact))
            yield _path(artifact.summary[0].name, texts), file


def _path(name: str, texts: Texts) -> str:
    return addresses.in_language(addresses.page(name) + markdown_twins.FILE, texts.language.code)


def _page_file(contents: SiteContents, texts: Texts, rendered: RenderedLanguage, name: str) -> SiteFile:
    summary, code = rendered.summaries[name], texts.language.code
    uses = summary.page.uses
    read = {f"facts/{key}": None for key in uses.facts} | {f"claims/{key}": None for key in uses.claims}
    made_of = contents.fingerprint(
        contents.engine_cache.fingerprint_of(code, name),
        summary.fingerprint,
        contents.context.fingerprints.combined((*read, "report", f"language/{code}")),
    )
    return SiteFile(made_of, partial(_page, contents, texts, summary.page))


def _page(contents: SiteContents, texts: Texts, page: Page) -> str:
    return markdown_twins.page_markdown(texts, page, contents.engine_cache.html(texts.language.code, page.name))


def _fact(contents: SiteContents, texts: Texts, artifact: Artifact) -> str:
    html, _ = contents.context.load(TASK_FUNCTIONS, artifact)
    return markdown_twins.fact_markdown(texts, artifact.summary[0], html)
