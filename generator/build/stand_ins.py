"""What a preview shows in the place of a page that cannot be made: the page as it was last, or a page that says so."""

from __future__ import annotations

import re

from ..diagnostics.finding import languages, tool_message
from ..markup import fragments
from ..markup.escaping import escape_markdown, protect
from ..pages.page import Page, Uses
from ..reading.front_matter import read_front_matter, write_front_matter
from ..store.hashing import fingerprint
from .artifacts import BuildContext
from .tasks import Artifact, Task

_ANCHOR = re.compile(r"\{[^{}\n]*#([A-Za-z][\w-]*)[^{}\n]*\}")


def last_page(context: BuildContext, task: Task) -> Artifact:
    """The artifact of a page as it was made last, else of one that says that it cannot be shown."""
    known = (context.last_pages or {}).get(task.key) or context.store.index(task.kind).get(task.key)
    if known is not None and context.store.payload(known) is not None:
        return known
    code, _, name = task.key.partition("/")
    title, anchors = _written(context, code, name)
    language = code if code in languages() else languages()[0]
    text = tool_message("page-not-shown", language)
    places = "".join(f'<span id="{anchor}"></span>' for anchor in anchors)
    markdown = (
        f"{write_front_matter({'title': protect(title)})}\n# {escape_markdown(title)}\n\n{escape_markdown(text)}\n\n{places}\n"
    )
    page = Page(name=name, language=code, title=title, description="", markdown="", uses=Uses())
    found = fingerprint(markdown)
    return Artifact(
        task=task,
        dependencies=(),
        inputs_fingerprint="",
        fingerprint=found,
        summary=(page, (), fingerprint(fragments.take_out(markdown)[0])),
        blob=context.store.blobs(task.kind).put(markdown),
    )


def _written(context: BuildContext, code: str, name: str) -> tuple[str, tuple[str, ...]]:
    """The title and the named places of a page's template, as far as they can be read: other pages link to those."""
    file = f"templates/pages/{name}.{code}.md.j2"
    try:
        source = (context.task_inputs.root / file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return name, ()
    title = read_front_matter(file, source, []).text("title")
    return title if title and "{" not in title else name, tuple(dict.fromkeys(_ANCHOR.findall(source)))
