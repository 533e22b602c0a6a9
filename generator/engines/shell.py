"""Pages made of the HTML of one empty page that the engine built for all of them: what they share is finished once."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from ..model import addresses
from ..pages.fact_pages import blank_page_placeholder
from ..pages.page import Page
from . import page_html

_HEAD_END = "</head>"


class Shell:
    """The empty page of one language; `html` is as the engine made it."""

    def __init__(self, html: str, *, site_url: str) -> None:
        self.site_url = site_url
        finished = page_html.without_alternates(page_html.remove_third_parties(html))
        self._before, _, self._after = page_html.add_content_security_policy(finished).partition(_HEAD_END)

    @property
    def html(self) -> str:
        """The empty page itself."""
        return self._before + _HEAD_END + self._after

    def page(self, page: Page, body: str, *, head: str, codes: Sequence[str]) -> str:
        """A page, ready to be published: `body` is the HTML of its article, the rest as for `page_html.finish_page`."""
        path = addresses.page(page.name)
        before = page_html.name_once(_filled(self._before, page, body))
        head = page_html.remove_third_parties(head) + page_html.alternate_links(path=path, codes=codes, site_url=self.site_url)
        return before + head + _HEAD_END + _filled(self._after, page, page_html.remove_third_parties(body))


def _filled(html: str, page: Page, body: str) -> str:
    html = html.replace(addresses.SHELL, addresses.page(page.name))
    for name, text in (("title", escape(page.title)), ("description", escape(page.description)), ("body", body)):
        html = html.replace(blank_page_placeholder(name), text)
    return html
