"""The editor of `serve`: what it writes and takes back, who may use it, and the way through it by keyboard in a real browser."""

from __future__ import annotations

import http.client
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from sample_servers import FACTS, RunningServer, copy_project, run_server, wait_until

from generator.diagnostics.finding import tool_message

TOKEN = re.compile(r"(http://\S+/edit/)\?token=(\S+)")
DAM = "facts/dam_cost"
NEW_VALUE = {
    "value": "78e9",
    "as_of": "2025-06-01",
    "new/kind": "update",
    "new/source": "survey",
    "new/at/en": "table 5",
    "new/at/de": "table 5",
    "new/reason/en": "The dam grew",
    "new/reason/de": "Der Damm wuchs",
}
VALUE_BEFORE, VALUE_AFTER = (
    "  value: [66e9, 72e9]\n  unit: USD\n",
    "  value: 78e9\n  unit: USD\n  as_of: 2025-06-01\n",
)
EVIDENCE_BEFORE, EVIDENCE_AFTER = (
    "    - {source: survey, at: table 4}\n",
    "    - {source: survey, at: table 5}\n"
    "  history:\n    - value: [66e9, 72e9]\n      as_of: 2025-05\n      kind: update\n      source: survey\n"
    "      reason: {en: The dam grew, de: Der Damm wuchs}\n",
)


DEPTH = {
    "id": "depth",
    "label/en": "Depth",
    "label/de": "Tiefe",
    "value": "3",
    "unit": "m2",
    "status": "observed",
    "review": "durable",
    "source": "survey",
    "at/en": "page 2",
    "at/de": "Seite 2",
}
DEPTH_WRITTEN = """
depth:
  label: {en: Depth, de: Tiefe}
  value: 3
  unit: m2
  status: observed
  review: durable
  evidence: [{source: survey, at: {en: page 2, de: Seite 2}}]
"""
WHY = {"reason/en": "It was renamed", "reason/de": "Umbenannt"}
# Every form that writes: its path, what is typed, a file that it writes, and what stands there then.
FORMS: dict[str, tuple[dict[str, str], str, str]] = {
    DAM: ({"label/en": "Price of the dam"}, FACTS, "{en: Price of the dam, de: Kosten des Damms}"),
    f"{DAM}/rename": ({"id": "dam_price"}, FACTS, "aliases: [dam_cost]"),
    f"{DAM}/reviewed": ({"by": "Ann", "on": "2025-06-30"}, FACTS, "reviewed: {on: 2025-06-30, by: Ann, value: [66e9, 72e9]}"),
    "sources/survey/rename": ({"id": "poll", **WHY}, "data/retired.yml", "instead: poll"),
    "new/facts": (DEPTH, FACTS, DEPTH_WRITTEN),
    "new/sources": ({"id": "paper", "publisher": "Press", "title": "Water", "read": "full"}, "data/sources.yml", "paper:"),
    "new/claims": (
        {
            "id": "shrank",
            "text/en": "It shrank",
            "text/de": "Er schrumpfte",
            "source": "survey",
            "at": "1.2",
            "stance": "claimed",
            "verdict": "unverified",
            "reason/en": "Why",
            "reason/de": "Warum",
        },
        "data/claims/water.yml",
        "shrank:\n  text: {en: It shrank, de: Er schrumpfte}\n",
    ),
    "new/events": (
        {"id": "closing", "date": "2025-06-01", "title/en": "Closed", "title/de": "Zu", "section": "water"},
        "data/events.yml",
        "closing:\n  date: 2025-06-01\n",
    ),
    "new/terms": (
        {"id": "weir", "term/en": "weir", "term/de": "Wehr", "definition/en": "A low dam", "definition/de": "Ein Damm"},
        "data/terms.yml",
        "weir:\n  term: {en: weir, de: Wehr}\n",
    ),
    "new/names": (
        {"id": "ann", "type": "person", "name/en": "Ann", "name/de": "Anna"},
        "data/names.yml",
        "ann:\n  type: person\n",
    ),
    "new/charts": (
        {"id": "costs", "mark": "bars", "title/en": "Costs", "title/de": "Kosten", "rows": "dam_cost", "topic": "water"},
        "data/charts/water.yml",
        "costs:\n  mark: bars\n",
    ),
    "new/series": (
        {
            "id": "depths",
            "label/en": "Depths",
            "label/de": "Tiefen",
            "key": "year",
            "columns": "depth:m2",
            "row": "2024,3e6,survey\n2025,4e6,survey",
        },
        "data/series/depths.csv",
        "year,depth,source\n2024,3e6,survey\n2025,4e6,survey\n",
    ),
    "new/series/levels": (
        {"cell/year": "2026", "cell/area": "27e6", "cell/source": "survey"},
        "data/series/levels.csv",
        "2026,27e6,survey",
    ),
    "new/pages": (
        {"id": "more", "title/en": "More", "title/de": "Mehr", "description/en": "On lakes", "description/de": "Zu Seen"},
        "templates/pages/more.de.md.j2",
        "# Mehr\n",
    ),
}
Forms = dict[str, dict[str, str]]


class Inputs(HTMLParser):
    """The fields of a page's form of an entry, by name."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self._name, self._kind, self._chosen = "", "", False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: text or "" for name, text in attrs}
        if tag == "input" and given.get("name", "q") not in ("q", "step"):
            self.values[given["name"]] = given.get("value", "")
        elif tag in ("select", "textarea"):
            self._name, self._kind, self._chosen = given["name"], tag, False
            self.values[self._name] = ""
        elif tag == "option" and self._name and ("selected" in given or not self._chosen):
            self.values[self._name], self._chosen = given.get("value", ""), True

    def handle_endtag(self, tag: str) -> None:
        if tag == self._kind:
            self._name = self._kind = ""

    def handle_data(self, data: str) -> None:
        if self._kind == "textarea":
            self.values[self._name] += data.removeprefix("\n")


@dataclass
class Client:
    """Somebody who talks to the editor over HTTP."""

    server: RunningServer
    home: str
    token: str

    @property
    def origin(self) -> str:
        parts = urlsplit(self.home)
        return f"{parts.scheme}://{parts.netloc}"

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, str, dict[str, str]]:
        """Status, text and headers; a header whose value is empty is not sent."""
        parts = urlsplit(self.home)
        given = {
            "Host": parts.netloc,
            "Origin": self.origin,
            "Cookie": f"factloom-edit-{parts.port}={self.token}",
            "Content-Type": "application/x-www-form-urlencoded",
            **{name.replace("_", "-"): text for name, text in headers.items()},
        }
        connection = http.client.HTTPConnection("127.0.0.1", parts.port or 0, timeout=60)
        try:
            target = f"{parts.path}{path}"
            connection.request(method, target, body, {name: text for name, text in given.items() if text})
            answer = connection.getresponse()
            return answer.status, answer.read().decode(), dict(answer.getheaders())
        finally:
            connection.close()

    def form(self, path: str = DAM) -> dict[str, str]:
        status, page, _ = self.ask("GET", path)
        assert status == 200
        return Inputs(page).values

    def send(self, path: str, fields: dict[str, str], **headers: str) -> tuple[int, str, dict[str, str]]:
        return self.ask("POST", path, urlencode(fields).encode(), **headers)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with run_server(copy_project(tmp_path_factory.mktemp("editor"))) as server:
        wait_until(lambda: any(TOKEN.search(line) for line in server.messages))
        match = next(found for line in server.messages if (found := TOKEN.search(line)))
        yield Client(server, match[1], match[2])
        assert server.process.poll() is None, "".join(server.messages)


@pytest.fixture(scope="module")
def forms(client: Client) -> Forms:
    """What somebody would send to each form that writes, by its path."""
    return {path: {**client.form(path), **typed} for path, (typed, _, _) in FORMS.items()}


def contents(root: Path) -> dict[str, bytes]:
    folders = (root / "data", root / "templates")
    return {str(path.relative_to(root)): path.read_bytes() for one in folders for path in one.rglob("*") if path.is_file()}


def step_of(page: str) -> str:
    found = re.search(r'name="step" value="(\d+)"', page)
    assert found is not None
    return found[1]


def test_a_change_is_shown_then_written_and_can_be_undone(client: Client) -> None:
    before = contents(client.server.root)
    fields = {**client.form(), **NEW_VALUE}
    status, page, _ = client.send(DAM, {**fields, "action": "review"})
    assert status == 200
    assert all(text in page for text in ("The dam cost 78 billion", "Der Damm kostete 78 Milliarden", "+  value: 78e9"))
    assert contents(client.server.root) == before
    status, _, headers = client.send(DAM, {**Inputs(page).values, "action": "save"})
    assert (status, headers["location"].endswith(f"/edit/{DAM}?saved=1")) == (303, True)
    after = contents(client.server.root)
    text = before[FACTS].decode().replace(VALUE_BEFORE, VALUE_AFTER).replace(EVIDENCE_BEFORE, EVIDENCE_AFTER)
    assert after == {**before, FACTS: text.encode()}
    number = step_of(client.ask("GET", "")[1])
    assert client.send("undo", {"step": number})[0] == 303
    assert contents(client.server.root) == before
    assert client.send("undo", {"step": number})[0] == 409


def test_a_save_over_another_change_is_noticed(client: Client) -> None:
    fields = {**client.form(), "label/en": "Price of the dam", "action": "save"}
    with client.server.edited(FACTS, "Kosten des Damms", "Preis des Damms"):
        before = contents(client.server.root)
        status, page, _ = client.send(DAM, fields)
        assert status == 409
        assert all(
            text in page for text in ("Preis des Damms</textarea>", "<q>Price of the dam</q>", "Cost of the dam</textarea>")
        )
        assert contents(client.server.root) == before


def test_an_undo_over_another_change_is_noticed(client: Client) -> None:
    before = contents(client.server.root)
    assert client.send(DAM, {**client.form(), "label/en": "Price of the dam", "action": "save"})[0] == 303
    number = step_of(client.ask("GET", "")[1])
    with client.server.edited(FACTS, "Opening day", "First day"):
        now = contents(client.server.root)
        assert client.send("undo", {"step": number})[0] == 409
        assert contents(client.server.root) == now
    assert client.send("undo", {"step": number})[0] == 303
    assert contents(client.server.root) == before


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"value": "78e9"}, "new/reason/en"),
        ({**NEW_VALUE, "value": "many"}, "many"),
        ({**NEW_VALUE, "new/source": "nobody"}, "nobody"),
        ({"label/en": ""}, "label/en"),
        ({"unit": "pounds"}, "pounds"),
        ({"period": "someday"}, "someday"),
        ({"label/en": "Cost of 5 dams"}, "typed-number"),
    ],
    ids=lambda one: next(iter(one)) if isinstance(one, dict) else "",
)
def test_what_the_rules_refuse_is_told_and_not_written(client: Client, fields: dict[str, str], told: str) -> None:
    before = contents(client.server.root)
    for action in ("review", "save"):
        status, page, _ = client.send(DAM, {**client.form(), **fields, "action": action})
        assert (status, told in page) == (422, True)
    assert contents(client.server.root) == before


def test_what_is_typed_is_shown_escaped(client: Client) -> None:
    typed = '"><script>alert(1)</script>'
    for path, fields in ((DAM, {"label/en": typed, "action": "back"}), (DAM, {"label/en": typed, "action": "review"})):
        _, page, _ = client.send(path, {**client.form(), **fields})
        assert "<script>alert" not in page
    assert "<script>alert" not in client.ask("GET", f"?{urlencode({'q': typed, 'kind': typed})}")[1]


@pytest.mark.parametrize("action", ["live", "review", "save"])
def test_a_topic_that_is_a_path_is_refused(client: Client, action: str) -> None:
    typed, _, _ = FORMS["new/facts"]
    victim = client.server.root.parent / "victim.yml"
    fields = {**client.form("new/facts"), **typed, "topic": f"../../../../../..{victim.with_suffix('')}", "action": action}
    status, page, _ = client.send("new/facts", fields)
    assert (status, "victim" in page) == (200 if action == "live" else 422, True)
    assert not victim.exists()


@pytest.mark.parametrize("path", FORMS)
def test_each_form_writes_what_was_typed_and_can_be_undone(client: Client, path: str) -> None:
    typed, file, written = FORMS[path]
    before = contents(client.server.root)
    fields = {**client.form(path), **typed}
    for action in ("live", "review"):
        status, page, _ = client.send(path, {**fields, "action": action})
        assert (status, 'class="problem"' in page) == (200, False), page
        assert contents(client.server.root) == before
    status, page, headers = client.send(path, {**Inputs(page).values, "action": "save"})
    assert status == 303, page
    assert client.ask("GET", headers["location"].removeprefix(urlsplit(client.home).path))[0] == 200
    assert written in contents(client.server.root)[file].decode()
    assert client.send("undo", {"step": step_of(client.ask("GET", "")[1])})[0] == 303
    assert contents(client.server.root) == before


def test_an_entry_that_something_names_is_not_retired(client: Client) -> None:
    before = contents(client.server.root)
    path = f"{DAM}/retire"
    status, page, _ = client.send(path, {**client.form(path), **WHY, "action": "save"})
    assert (status, "templates/pages/index.de.md.j2:" in page) == (422, True)
    assert contents(client.server.root) == before


def test_a_draft_is_written_with_what_it_lacks_and_the_rest_of_the_site_goes_on(client: Client) -> None:
    before = contents(client.server.root)
    unfinished = {**DEPTH, "label/de": "", "unit": "", "draft": "true"}
    assert client.send("new/facts", {**client.form("new/facts"), **unfinished, "draft": "", "action": "save"})[0] == 422
    assert client.send("new/facts", {**client.form("new/facts"), **unfinished, "action": "save"})[0] == 303
    assert "draft: true" in contents(client.server.root)[FACTS].decode()
    assert client.send(DAM, {**client.form(), "label/en": "Price of the dam", "action": "save"})[0] == 303
    wait_until(lambda: b"Price of the dam" in client.server.get(f"{client.server.address}en/facts/dam_cost/")[1])
    for _ in range(2):
        assert client.send("undo", {"step": step_of(client.ask("GET", "")[1])})[0] == 303
    assert contents(client.server.root) == before


@pytest.mark.parametrize(
    ("path", "fields", "told"),
    [
        (DAM, {"label/en": "Cost of 5 dams"}, {"label/en"}),
        (DAM, {"unit": "pounds"}, {"unit"}),
        (DAM, {"label/de": "", "draft": "true"}, {"label/de", "draft"}),
        (DAM, {"value": "78e9"}, {"as_of", "new/reason/en", "new/reason/de"}),
        ("new/facts", {"id": "depth", "unit": "m2"}, {"label/en", "label/de", "status", "review"}),
        ("new/facts", {**DEPTH, "unit": "pounds"}, {"unit"}),
    ],
)
def test_what_is_wrong_is_told_at_its_field_while_somebody_types(
    client: Client, path: str, fields: dict[str, str], told: set[str]
) -> None:
    before = contents(client.server.root)
    status, part, _ = client.send(path, {**client.form(path), **fields, "action": "live"})
    assert status == 200
    assert "<html" not in part
    assert set(re.findall(r'data-field="([^"]+)"', part)) == told
    assert contents(client.server.root) == before


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Cookie": ""}, 403),
        ({"Cookie": "factloom-edit-{port}=wrong"}, 403),
        ({"Cookie": "factloom-edit-{port}=é"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "http://localhost:{port}"}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": ""}, 403),
        ({"Sec_Fetch_Site": "cross-site"}, 403),
        ({"Sec_Fetch_Site": "same-site"}, 403),
        ({"Host": "evil.example", "Origin": "http://evil.example"}, 400),
        ({"Host": "evil.example:{port}", "Origin": "http://evil.example:{port}"}, 400),
        ({"Content_Type": "text/plain"}, 413),
        ({"Content_Type": "multipart/form-data; boundary=a"}, 413),
    ],
    ids=str,
)
def test_others_write_nothing(client: Client, forms: Forms, headers: dict[str, str], status: int) -> None:
    port = str(urlsplit(client.home).port)
    before = contents(client.server.root)
    given = {name: text.replace("{port}", port) for name, text in headers.items()}
    for path, typed in (*forms.items(), ("undo", {"step": "1"})):
        for action in ("save", "live"):
            found, page, answered = client.send(path, {**typed, "action": action}, **given)
            assert found == status
            assert "dam_cost" not in page
            assert "set-cookie" not in answered
    assert contents(client.server.root) == before


@pytest.mark.parametrize("query", ["", "?token=", "?token=wrong", "?token=%C3%A9"])
@pytest.mark.parametrize("path", ["", DAM, "edit.css"])
def test_nothing_is_shown_without_the_token(client: Client, path: str, query: str) -> None:
    status, page, headers = client.ask("GET", f"{path}{query}", Cookie="")
    assert status == 403
    assert "dam_cost" not in page
    assert "set-cookie" not in headers


def test_the_token_goes_from_the_address_into_a_cookie_of_this_site_only(client: Client) -> None:
    status, _, headers = client.ask("GET", f"?token={client.token}", Cookie="")
    assert (status, headers["location"]) == (303, urlsplit(client.home).path)
    assert all(part in headers["set-cookie"] for part in ("HttpOnly", "SameSite=strict", client.token))
    kept = [path for path in client.server.root.rglob("*") if path.is_file() and client.token.encode() in path.read_bytes()]
    assert kept == []


def test_pages_of_the_editor_run_no_foreign_script_and_are_not_kept(client: Client) -> None:
    _, page, headers = client.ask("GET", DAM)
    policy = headers["content-security-policy"]
    assert all(
        part in policy for part in ("default-src 'none'", "script-src 'self'", "form-action 'self'", "frame-ancestors 'none'")
    )
    assert "unsafe" not in policy
    assert headers["cache-control"] == "no-store"
    assert not re.search(r"<script(?! src=)|<style|\son\w+=|\sstyle=", page)


def test_too_much_is_refused(client: Client) -> None:
    before = contents(client.server.root)
    for action in ("save", "review", "live"):
        assert client.send(DAM, {**client.form(), "label/en": "x" * 300_000, "action": action})[0] == 413
    assert contents(client.server.root) == before


def test_what_is_asked_for_without_a_form_writes_nothing(client: Client, forms: Forms) -> None:
    before = contents(client.server.root)
    for path, typed in forms.items():
        query = urlencode({**typed, "action": "save"})
        assert client.ask("GET", f"{path}?{query}")[0] == 200
        assert [client.ask(method, path, query.encode())[0] for method in ("PUT", "PATCH", "DELETE")] == [405] * 3
    assert contents(client.server.root) == before


@pytest.mark.parametrize(
    "path", ["facts/../report", "facts/nothing", "report/title", "facts/%2e%2e%2f", "facts/", "nothing", "words/part_why"]
)
def test_what_is_no_entry_is_not_found(client: Client, path: str) -> None:
    before = contents(client.server.root)
    assert client.ask("GET", path)[0] == 404
    assert client.send(path, {"fingerprint": "", "action": "save", "label/en": "x"})[0] == 404
    assert contents(client.server.root) == before


def test_other_addresses_take_no_forms(client: Client) -> None:
    site = Client(client.server, client.server.address, client.token)
    assert [site.ask("POST", path)[0] for path in ("", "en/", ".factloom/events", "edi")] == [405] * 4


def test_only_whoever_may_edit_sees_links_to_the_editor(client: Client) -> None:
    site = Client(client.server, client.server.address, client.token)
    _, page, headers = site.ask("GET", "en/")
    _, plain, others = site.ask("GET", "en/", Cookie="")
    assert 'data-edit="/reports/lakes/edit/facts/"' in page
    assert "data-edit" not in plain
    assert headers["etag"] != others["etag"]
    assert client.token not in page


def press_until(page: Page, selector: str, key: str = "Tab") -> None:
    """Move the focus until it is on something."""
    for _ in range(80):
        page.keyboard.press(key)
        if page.evaluate("one => document.activeElement.matches(one)", selector):
            return
    pytest.fail(f"the keyboard does not reach {selector}")


@pytest.mark.parametrize(("width", "script"), [(1280, True), (360, True), (1280, False)])
def test_a_change_by_keyboard(client: Client, browser: Browser, width: int, *, script: bool) -> None:
    before = contents(client.server.root)
    viewport = {"width": width, "height": 800}
    with browser.new_context(viewport=viewport, locale="ja-JP", java_script_enabled=script) as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(f"{client.home}?token={client.token}")
        expect(page).to_have_url(client.home)
        assert page.locator("html").get_attribute("lang") == "ja"
        page.goto(f"{client.home}{DAM}")
        press_until(page, "[name='label/en']")
        page.keyboard.press("Control+A")
        page.keyboard.type("Price of the dam")
        press_until(page, "[value=review]")
        page.keyboard.press("Enter")
        expect(page.locator("ins", has_text="Price of the dam").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        press_until(page, "[value=save]")
        page.keyboard.press("Enter")
        expect(page.locator(".notice[role=status]")).to_be_visible()
        assert b"label: {en: Price of the dam, de: Kosten des Damms}" in contents(client.server.root)[FACTS]
        press_until(page, ".undo button")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile("undone=1"))
    assert contents(client.server.root) == before


def test_what_is_typed_is_shown_beside_the_form_as_it_will_be(client: Client, browser: Browser) -> None:
    before = contents(client.server.root)
    with browser.new_context(viewport={"width": 1280, "height": 800}, locale="en") as context:
        page = context.new_page()
        page.goto(f"{client.home}?token={client.token}")
        page.goto(f"{client.home}{DAM}")
        label = page.locator("[name='label/en']")
        label.fill("Price of the dam")
        expect(page.locator("#live ins", has_text="Price of the dam").first).to_be_visible()
        label.fill("Price of 5 dams")
        expect(page.locator("[name='label/en'] ~ .told.error")).to_be_visible()
        expect(label).to_have_attribute("aria-invalid", "true")
        expect(label).to_have_attribute("aria-describedby", "told-0")
        label.fill("Cost of the dam")
        expect(page.locator(".told")).to_have_count(0)
        expect(label).not_to_have_attribute("aria-invalid", "true")
    assert contents(client.server.root) == before


def test_a_number_in_the_preview_leads_to_its_form(client: Client, browser: Browser) -> None:
    with browser.new_context(locale="ja-JP") as context:
        page = context.new_page()
        page.goto(f"{client.home}?token={client.token}")
        page.goto(f"{client.server.address}en/facts/dam_cost/")
        page.get_by_role("link", name=tool_message("editor-edit-this", "ja")).click()
        expect(page).to_have_url(f"{client.home}{DAM}")
