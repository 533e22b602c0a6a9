"""Pages that run no script at all: their policy says so before anything else, so a browser runs none whatever they hold."""

from __future__ import annotations

import re

from .document import Document

_POLICY = (
    "default-src 'self'; script-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'self'; form-action 'none'"
)
_META = f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
# Attributes without signs in which markup could hide.
_START = re.compile(r'\s*<!doctype html>\s*<html(?: [a-z-]+(?:="[^"<>]*")?)*>\s*<head>\s*', re.IGNORECASE)
_SCRIPT = re.compile(r"\s*<script\b[^>]*>.*?</script>", re.DOTALL | re.IGNORECASE)
_OLD_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>\s*')


def without_scripts(html: str) -> str:
    """A page without its scripts, and with a policy that forbids any."""
    plain = _OLD_POLICY.sub("", _SCRIPT.sub("", html))
    start = _START.match(plain)
    at = start.end() if start else 0
    return f"{plain[:at]}{_META}\n{plain[at:]}"


def is_scriptless(html: str) -> bool:
    """Whether a page begins with that policy, and leads nobody away by itself."""
    start = _START.match(html)
    if start is None or not html.startswith(_META, start.end()):
        return False
    told = [found for found in Document(html).attributes("meta[http-equiv]") if found["http-equiv"].lower() == "refresh"]
    return not any(
        re.search(r"//|url\s*=\s*['\"]?\s*[a-z][a-z0-9+.-]*:", one.get("content", ""), re.IGNORECASE) for one in told
    )
