"""Who may use the editor: whoever on this machine has the token that was printed when the server started.

The token is random, stands in no file, and goes from the address into a cookie that browsers send to this server's pages only.
"""

from __future__ import annotations

import ipaddress
import secrets

from starlette.requests import Request
from starlette.responses import Response

from ..records.struct import Struct, field

_BYTES = 32
_LOCAL_NAME = "localhost"
PARAMETER = "token"


def is_loopback(host: str) -> bool:
    """Whether an address or name (an IPv6 address without brackets) is this machine's own and no other can reach it."""
    try:
        return host == _LOCAL_NAME or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Access(Struct, frozen=True):
    """The token of one start of the server."""

    token: str = field(default_factory=lambda: secrets.token_urlsafe(_BYTES))

    def is_granted(self, request: Request) -> bool:
        """Whether a request is one of this machine and has the token, in its address or in its cookie."""
        given = request.query_params.get(PARAMETER) or request.cookies.get(_cookie(request), "")
        return is_loopback(_host(request)) and secrets.compare_digest(given.encode(), self.token.encode())

    def may_write(self, request: Request) -> bool:
        """Whether it has been sent by a form of the editor: browsers say from which origin a form is sent."""
        origin = f"{request.url.scheme}://{request.headers.get('Host', '')}"
        site = request.headers.get("Sec-Fetch-Site", "same-origin")
        return self.is_granted(request) and request.headers.get("Origin") == origin and site == "same-origin"

    def remember(self, request: Request, response: Response, path: str) -> None:
        """Keep the token in the browser until that is closed, for addresses below a path."""
        response.set_cookie(_cookie(request), self.token, path=path, httponly=True, samesite="strict")


def _host(request: Request) -> str:
    """The host that a request names, without its port."""
    return request.url.hostname or ""


def _cookie(request: Request) -> str:
    """The name of the cookie: several servers of one machine, at several ports, share its cookies."""
    return f"factloom-edit-{request.url.port or ''}"
