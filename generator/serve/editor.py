"""The editor at /edit/: a list of entries, a form for each, what a change moves, and then the files, which can be undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial
from http import HTTPStatus
from importlib import resources
from urllib.parse import parse_qsl, quote

from starlette.requests import Request
from starlette.responses import Response

from ..checks.project_check import UnreadableProjectError
from ..diagnostics.finding import tool_message
from ..editing.applying import EditConflictError
from ..editing.entry_fields import RECORDS
from ..editing.project import EditError
from ..editing.splices import UnreadableFileError
from ..store.project_lock import ProjectLockedError
from .editor_access import PARAMETER, Access
from .editor_forms import OpenedForm, entry_after
from .editor_session import EditorSession
from .editor_views import Page, form_page, list_page, live_part, review_page
from .state import ServerState

_MOST_BYTES = 256 * 1024  # of what a form sends
_MOST_FIELDS = 2000
_ASSETS = {"edit.css": "text/css; charset=utf-8", "edit.js": "text/javascript; charset=utf-8"}
_LIVE = "live"  # the action of a form that is only looked at
_FORM = "application/x-www-form-urlencoded"
_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
}
Answer = tuple[str, HTTPStatus]


class Editor:
    """Answers requests below the editor's address."""

    def __init__(self, state: ServerState, access: Access, session: EditorSession) -> None:
        self.state, self.access, self.session = state, access, session
        self._looks = 0  # how many forms were sent to be looked at while somebody types

    @property
    def home(self) -> str:
        """The path of the editor; another one where the report has a page there."""
        taken = self.state.site.file("edit/index.html") is not None
        return f"{self.state.base}{'.factloom/edit/' if taken else 'edit/'}"

    async def respond(self, request: Request, language: str) -> Response:
        """Answer a request for an address that begins with `home`; 403 and nothing else where the token is missing or wrong."""
        page = Page(language=language, home=self.home, site=self.state.base)
        if not self.access.is_granted(request):
            return _html(page.message("editor-no-token"), HTTPStatus.FORBIDDEN)
        path = str(request.scope["path"]).removeprefix(self.home)
        if request.method == "POST":
            return await self._post(request, page, path)
        if PARAMETER in request.query_params:
            answer = Response(status_code=HTTPStatus.SEE_OTHER, headers={**_HEADERS, "Location": quote(self.home + path)})
            self.access.remember(request, answer, self.state.base)
            return answer
        if path in _ASSETS:
            return Response(_asset(path), headers={**_HEADERS, "Content-Type": _ASSETS[path]})
        query = request.query_params
        saved = tool_message("editor-saved", language) if query.get("saved") else ""
        undone = tool_message("editor-undone", language) if query.get("undone") else ""
        answered = partial(self._get, page, path, query.get("kind", ""), query.get("q", "").strip(), saved or undone)
        return await self._answered(page, answered)

    async def _answered(self, page: Page, work: Callable[[], Answer | str]) -> Response:
        """The answer of work that the thread of the site does; a text of it is the address to go to."""
        try:
            answer = await self.state.call(work)
        except (UnreadableProjectError, UnreadableFileError) as error:
            return _html(page.unreadable(error.findings), HTTPStatus.CONFLICT)
        except EditError as error:
            return _html(page.message(error.message, **error.arguments), HTTPStatus.NOT_FOUND)
        except ProjectLockedError:
            return _html(page.message("edit-locked"), HTTPStatus.CONFLICT)
        except OSError as error:
            why = error.strerror or str(error)
            return _html(page.message("editor-refused", why=why), HTTPStatus.INTERNAL_SERVER_ERROR)
        if isinstance(answer, str):
            return Response(status_code=HTTPStatus.SEE_OTHER, headers={**_HEADERS, "Location": answer})
        return _html(*answer)

    def _page(self, page: Page, notice: str = "") -> Page:
        """A page that knows what can be undone."""
        step = self.session.steps[-1] if self.session.steps else None
        return Page(language=page.language, home=page.home, site=page.site, step=step, notice=notice)

    def _get(self, page: Page, path: str, kind: str, query: str, notice: str) -> Answer:
        page = self._page(page, notice)
        if not path:
            chosen = kind if kind in RECORDS else "facts"
            return list_page(page, self.session.project(), chosen, query), HTTPStatus.OK
        return form_page(page, self.session.open(path), {}), HTTPStatus.OK

    async def _post(self, request: Request, page: Page, path: str) -> Response:
        if not self.access.may_write(request):
            return _html(page.message("editor-other-origin"), HTTPStatus.FORBIDDEN)
        typed = await _form(request)
        if typed is None:
            return _html(page.message("editor-too-large"), HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        if path == "undo":
            return await self._answered(page, partial(self._undo, page, typed))
        if typed.get("action") == _LIVE:
            self._looks += 1
            return await self._answered(page, partial(self._look, page, path, typed, self._looks))
        return await self._answered(page, partial(self._change, page, path, typed))

    def _look(self, page: Page, path: str, typed: Mapping[str, str], number: int) -> Answer:
        """What is said beside a form while somebody types; nothing where more was typed meanwhile."""
        if number != self._looks:
            return "", HTTPStatus.NO_CONTENT
        form = self.session.open(path)
        if typed.get("fingerprint", "") != form.fingerprint:
            return live_part(page, problem=tool_message("editor-conflict", page.language)), HTTPStatus.OK
        try:
            return live_part(page, self.session.review(form, typed)), HTTPStatus.OK
        except EditError as error:
            problem = "" if error.message == "edit-nothing" else tool_message(error.message, page.language, **error.arguments)
            missing = str(error.arguments["names"]).split(", ") if error.message == "edit-required" else []
            return live_part(page, problem=problem, missing=missing), HTTPStatus.OK

    def _undo(self, page: Page, typed: Mapping[str, str]) -> Answer | str:
        number = typed.get("step", "")
        try:
            step = self.session.undo(int(number) if number.isdecimal() and len(number) < len("1000000") else 0)
        except EditConflictError as conflict:
            return self._page(page).message("editor-undo-conflict", file=conflict.file), HTTPStatus.CONFLICT
        if step is None:
            return self._page(page).message("editor-nothing-to-undo"), HTTPStatus.CONFLICT
        path, _, query = (step.address if self.session.has(step.address) else f"?kind={step.kind}").partition("?")
        return f"{quote(f'{page.home}{path}')}?{query}{'&' * bool(query)}undone=1"

    def _change(self, page: Page, path: str, typed: Mapping[str, str]) -> Answer | str:
        page, form = self._page(page), self.session.open(path)
        if typed.get("fingerprint", "") != form.fingerprint:
            return self._conflict(page, form, typed)
        action = typed.get("action", "")
        if action not in ("review", "save"):
            return form_page(page, form, typed), HTTPStatus.OK
        try:
            reviewed = self.session.review(form, typed, write=action == "save")
        except EditError as error:
            problem = tool_message(error.message, page.language, **error.arguments)
            return form_page(page, form, typed, problem=problem), HTTPStatus.UNPROCESSABLE_ENTITY
        except EditConflictError:
            return self._conflict(page, self.session.open(path), typed)
        if action == "save" and not reviewed.errors:
            kind, key = entry_after(form, typed)
            return f"{quote(f'{page.home}{kind}/{key}')}?saved=1" if key else f"{quote(page.home)}?kind={kind}&saved=1"
        status = HTTPStatus.UNPROCESSABLE_ENTITY if reviewed.errors else HTTPStatus.OK
        return review_page(page, form, typed, reviewed), status

    @staticmethod
    def _conflict(page: Page, form: OpenedForm, typed: Mapping[str, str]) -> Answer:
        """The form of the file as it is now, with what was typed beside it: nothing of either is lost."""
        problem = tool_message("editor-conflict", page.language)
        return form_page(page, form, typed, problem=problem, keeps_file=True), HTTPStatus.CONFLICT


def _html(text: str, status: HTTPStatus) -> Response:
    return Response(text, status_code=status, headers=_HEADERS, media_type="text/html")


async def _form(request: Request) -> dict[str, str] | None:
    """What a form sent, by name; None for what is none, or too large."""
    if request.headers.get("Content-Type", "").partition(";")[0].strip() != _FORM:
        return None
    content = b""
    async for part in request.stream():
        content += part
        if len(content) > _MOST_BYTES:
            return None
    try:
        return dict(parse_qsl(content.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="strict"))
    except ValueError:
        return None


@cache
def _asset(name: str) -> bytes:
    return (resources.files(__package__) / "edit" / name).read_bytes()
