"""Asks public web servers for single pages, as a polite visitor does: seldom, briefly, by their rules, and nobody else.

Addresses come from data that anybody may propose. So a connection is made only to an address of the public internet, looked up
once and used as it was checked; the same holds for every redirect. https://www.rfc-editor.org/rfc/rfc9309 (robots.txt)
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import SplitResult, quote, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import certifi
import urllib3

from ..records.struct import Struct, field, replace

AGENT = "factloom-freshness"
_PORTS = {"http": 80, "https": 443}
_REDIRECTS = (301, 302, 303, 307, 308)
_PERMANENT = (301, 308)
_MOST_REDIRECTS = 5
_MOST_DELAY = 30.0  # seconds between two requests to a host, whatever it asks for
_ROBOTS_BYTES = 500_000  # as much of robots.txt as everybody has to read
_NOT_PUBLIC = tuple(ipaddress.ip_network(one) for one in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32"))


class Answer(Struct, frozen=True, kw_only=True):
    """What a server answered: the status and address of the last redirect, headers in lower case, and the body.

    `problem` says why there is no status: no-address, name, private, robots, robots-unknown, redirects, tls, timeout, network.
    `whole` is False where the body was longer than what is read of it.
    """

    url: str
    status: int = 0
    problem: str = ""
    permanent: bool = False  # whether every redirect on the way was a permanent one
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    whole: bool = True


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet, and is no other notation for one that does not."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    ip = getattr(ip, "ipv4_mapped", None) or ip
    return ip.is_global and not ip.is_multicast and not any(ip.version == net.version and ip in net for net in _NOT_PUBLIC)


class PoliteClient(Struct, kw_only=True):
    """Asks one server at a time: `delay` seconds apart each, `seconds` long at most, for `most_bytes` of a body.

    `is_allowed` decides by IP address whether it may be asked; `ports` are those besides the usual ones.
    """

    delay: float = 2.0
    seconds: float = 30.0
    most_bytes: int = 5_000_000
    is_allowed: Callable[[str], bool] = is_public
    ports: frozenset[int] = frozenset()
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _asked: dict[str, float] = field(default_factory=dict)  # host -> when
    _robots: dict[str, RobotFileParser | None] = field(default_factory=dict)  # by origin; None: not to be had

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Answer:
        """The answer for an address, after redirects; never an exception."""
        permanent, url = True, ascii_address(url)
        for _ in range(_MOST_REDIRECTS + 1):
            if (problem := self._refusal(url)) is not None:
                return Answer(url=url, problem=problem)
            answer = self._ask(url, headers or {}, self.most_bytes)
            if answer.status not in _REDIRECTS or "location" not in answer.headers:
                return replace(answer, permanent=permanent)
            permanent = permanent and answer.status in _PERMANENT
            url = ascii_address(urljoin(url, answer.headers["location"]))
        return Answer(url=url, problem="redirects")

    def _refusal(self, url: str) -> str | None:
        """Why an address is not asked; None where it may be."""
        parts = _split(url)
        if parts is None:
            return "no-address"
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._robots:
            self._robots[origin] = self._read_robots(origin)
        rules = self._robots[origin]
        if rules is None:
            return "robots-unknown"
        return None if rules.can_fetch(AGENT, url) else "robots"

    def _read_robots(self, origin: str) -> RobotFileParser | None:
        """The rules of a host; none where it has none, and None where it does not say (then nothing may be asked)."""
        url, rules = f"{origin}/robots.txt", RobotFileParser()
        for _ in range(_MOST_REDIRECTS + 1):
            answer = self._ask(url, {}, _ROBOTS_BYTES)
            if answer.status in _REDIRECTS and "location" in answer.headers:
                url = urljoin(url, answer.headers["location"])
                continue
            break
        if answer.problem or answer.status >= 500 or answer.status == 429:  # noqa: PLR2004
            # Who cannot be reached at all says so when the page is asked for.
            return None if not answer.problem else _parsed(rules, "")
        return _parsed(rules, answer.body.decode("utf-8", errors="replace") if answer.status == 200 else "")  # noqa: PLR2004

    def _wait(self, parts: SplitResult) -> None:
        host = parts.hostname or ""
        rules = self._robots.get(f"{parts.scheme}://{parts.netloc}")
        asked_for = rules.crawl_delay(AGENT) if rules is not None else None
        delay = min(max(self.delay, float(asked_for or 0)), _MOST_DELAY)
        if host in self._asked and (left := self._asked[host] + delay - self.clock()) > 0:
            self.sleep(left)
        self._asked[host] = self.clock()

    def _ask(self, url: str, headers: Mapping[str, str], most_bytes: int) -> Answer:
        """One request without redirects."""
        parts = _split(url)
        if parts is None or (parts.port or _PORTS[parts.scheme]) not in {*_PORTS.values(), *self.ports}:
            return Answer(url=url, problem="no-address")
        place = self._looked_up(parts)
        if isinstance(place, str):
            return Answer(url=url, problem=place)
        self._wait(parts)
        try:
            return self._request(url, parts, place, headers, most_bytes)
        except urllib3.exceptions.SSLError:
            return Answer(url=url, problem="tls")
        except urllib3.exceptions.TimeoutError:
            return Answer(url=url, problem="timeout")
        except (urllib3.exceptions.HTTPError, OSError, ValueError):
            return Answer(url=url, problem="network")

    def _looked_up(self, parts: SplitResult) -> tuple[str, int] | str:
        """The IP address and port of a host, all of whose addresses may be asked; else the problem."""
        port = parts.port or _PORTS[parts.scheme]
        try:
            found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            return "name"
        addresses = [str(one[4][0]) for one in found]
        return (addresses[0], port) if addresses and all(map(self.is_allowed, addresses)) else "private"

    def _request(
        self, url: str, parts: SplitResult, place: tuple[str, int], headers: Mapping[str, str], most_bytes: int
    ) -> Answer:
        timeout = urllib3.Timeout(connect=min(10.0, self.seconds), read=self.seconds)
        host = parts.hostname or ""
        pool: urllib3.HTTPConnectionPool
        if parts.scheme == "https":
            pool = urllib3.HTTPSConnectionPool(
                *place, timeout=timeout, server_hostname=host, assert_hostname=host, ca_certs=certifi.where()
            )
        else:
            pool = urllib3.HTTPConnectionPool(*place, timeout=timeout)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        sent = {"Host": parts.netloc, "User-Agent": f"{AGENT}/1", "Accept": "*/*", "Accept-Encoding": "gzip", **headers}
        with pool:
            response = pool.urlopen(
                "GET", target, headers=sent, redirect=False, retries=False, preload_content=False, decode_content=True
            )
            body, whole = self._read(response, most_bytes)
            response.close()
        told = {name.lower(): value for name, value in response.headers.items()}
        return Answer(url=url, status=response.status, headers=told, body=body, whole=whole)

    def _read(self, response: urllib3.BaseHTTPResponse, most_bytes: int) -> tuple[bytes, bool]:
        """The body, and whether that is all of it: a server may send more than there is room or time for."""
        read, begun = bytearray(), self.clock()
        for chunk in response.stream(65_536, decode_content=True):
            read += chunk
            if len(read) > most_bytes or self.clock() - begun > self.seconds:
                return bytes(read[:most_bytes]), False
        return bytes(read), True


def _split(url: str) -> SplitResult | None:
    """The parts of an address that can be asked; None for any other, or one with a name and password."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    is_plain = parts.scheme in _PORTS and parts.hostname and parts.username is None and parts.password is None
    return parts if is_plain and url.isascii() and url.isprintable() and " " not in url else None


def _parsed(rules: RobotFileParser, text: str) -> RobotFileParser:
    rules.parse(text.splitlines())
    return rules


def ascii_address(url: str) -> str:
    """An address with letters of other scripts as servers are asked for it; what cannot be one stays as it is."""
    try:
        parts = urlsplit(url)
        host = parts.netloc.encode("idna").decode("ascii") if not parts.netloc.isascii() else parts.netloc
    except (ValueError, UnicodeError):
        return url
    safe = "%/:=&?~+!$,;'@()*[]"
    return parts._replace(netloc=host, path=quote(parts.path, safe), query=quote(parts.query, safe), fragment="").geturl()


def headers_of(validators: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The headers of a conditional request, from `etag` and `last-modified` of an earlier answer."""
    for name, header in (("etag", "If-None-Match"), ("last-modified", "If-Modified-Since")):
        if validators.get(name):
            yield header, validators[name]
