"""Write the reference pages of the guide beside its own: `python -m docs.guide.reference`."""

from __future__ import annotations

from . import GUIDE, write_pages

write_pages(GUIDE)
