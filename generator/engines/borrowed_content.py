"""A page whose content is in another language than its readers': what says so in its HTML."""

from __future__ import annotations

from collections.abc import Sequence

from ..wording.language_names import html_language_within


def mark_content(html: str, code: str, written_in: str, addresses: Sequence[str]) -> str:
    """A page in the language `code` with its content marked as being in another one, and with that one's page as the original.

    `addresses` are the absolute URLs of both.
    """
    attributes, (own, original) = html_language_within(written_in, code), addresses
    html = html.replace("<article ", f"<article {attributes} ", 1)
    html = html.replace('data-md-component="toc"', f'data-md-component="toc" {attributes}')  # the headings in the sidebar
    return html.replace(f'href="{own}"', f'href="{original}"', 1)
