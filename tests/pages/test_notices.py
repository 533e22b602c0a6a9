"""Where notices are inserted into a page."""

from __future__ import annotations

import pytest

from generator.pages.notices import insert_after_lead


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (
            '# T\n\n<p class="fl-masthead"></p>\n\n<div>\n\nLead.\n\n</div>\n\n## Next\n',
            '# T\n\n<p class="fl-masthead"></p>\n\n<div>\n\nLead.\n\n</div>\n\nNOTICE\n\n## Next\n',
        ),
        ("# Lakes\nlead\nmore\n\nrest\n", "# Lakes\nlead\nmore\n\nNOTICE\n\nrest\n"),
        ("# Lakes\n\nlead\n\nrest", "# Lakes\n\nlead\n\nNOTICE\n\nrest"),
        ("# Lakes\n\n## Depth\n", "# Lakes\n\nNOTICE\n\n## Depth\n"),
        ("# Lakes\n\n| a | b |\n", "# Lakes\n\nNOTICE\n\n| a | b |\n"),
        ("# Lakes\n<p>html</p>\n", "# Lakes\n\nNOTICE\n\n<p>html</p>\n"),
        ("# Lakes\n\n<span>quoted</span> lead\n\nrest", "# Lakes\n\n<span>quoted</span> lead\n\nNOTICE\n\nrest"),
        ("# Lakes\n<aside>html</aside>\n", "# Lakes\n\nNOTICE\n\n<aside>html</aside>\n"),
        ("no heading\n", "NOTICE\n\n\nno heading\n"),
    ],
    ids=[
        "front of the report",
        "lead",
        "lead after a line",
        "heading",
        "table",
        "block of HTML",
        "inline HTML",
        "block whose name begins like that of an inline one",
        "no heading",
    ],
)
def test_a_notice_comes_after_the_first_paragraph(page: str, expected: str) -> None:
    assert insert_after_lead(page, "NOTICE\n") == expected
