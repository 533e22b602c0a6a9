"""MkDocs in a process of its own: builds one language's site, or only some of its pages. The only home of MkDocs.

It reads one request a line from standard input and answers each with one line: JSON both ways. It ends with its input. A
request is {"configuration": path, "pages": [...], "static": false, "fingerprint": "..."}: Markdown files below docs_dir, or
null for everything, and whether the theme's own files are to be written as well. While the fingerprint stays the same, so does
what was read of the configuration and of which files there are. Nothing that a page says of other pages may have changed since
the last whole build: titles and order stand in the configuration's nav.
"""

from __future__ import annotations

import gc
import logging
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import jinja2
from jinja2.bccache import Bucket
from mkdocs.commands import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files, InclusionLevel, get_files, set_exclusions
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page

from ..store.cache import Cache
from .protocol import Json, answer_all

_RARELY = 50_000  # new objects before anything is collected: nearly all of a page's go by themselves


class _Warnings(logging.Handler):
    """Keeps what MkDocs warns of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.found.append(record.getMessage())


class _Files(Files):
    """The files of a site, of which the project's own are only looked at: whoever asks puts them where they belong."""

    own: Path  # the folder of the project's

    def copy_static_files(  # what MkDocs asks for
        self,
        dirty: bool = False,  # noqa: FBT001, FBT002
        *,
        inclusion: Callable[[InclusionLevel], bool] = InclusionLevel.is_included,
    ) -> None:
        """Copy those of the theme."""
        for file in self:
            if not file.is_documentation_page() and inclusion(file.inclusion) and Path(file.src_dir or "") != self.own:
                file.copy_file(dirty)


def _files_of(config: MkDocsConfig) -> Files:
    found = _Files(list(get_files(config)))
    found.own = Path(config.docs_dir)
    return found


setattr(mkdocs_build, "get_files", _files_of)  # noqa: B010  what `build` asks; pinned: see requirements.in


class _Compiled(jinja2.BytecodeCache):
    """The theme's templates, compiled once; a damaged one is compiled again."""

    def __init__(self, folder: Path) -> None:
        self.kept = Cache(folder)

    def load_bytecode(self, bucket: Bucket) -> None:
        content = self.kept.get(bucket.key)
        if content is not None:
            bucket.bytecode_from_string(content)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept.put(bucket.key, bucket.bytecode_to_string())


class Press:
    """One language's configuration, and what MkDocs makes of it that serves every page."""

    def __init__(self, configuration: Path, fingerprint: str = "") -> None:
        self.fingerprint = fingerprint
        self.config: MkDocsConfig = load_config(config_file=str(configuration), strict=True)
        get_env, compiled = self.config.theme.get_env, _Compiled(configuration.parent / "cache/theme")

        def remembering() -> jinja2.Environment:
            env = get_env()
            env.bytecode_cache = compiled
            return env

        self.config.theme.get_env = remembering  # type: ignore[method-assign]
        self.stand: tuple[Files, Navigation, jinja2.Environment] | None = None

    def everything(self) -> None:
        """The whole site, as `mkdocs build --strict` makes it."""
        self.config.plugins.on_startup(command="build", dirty=False)
        mkdocs_build.build(self.config)

    def some(self, wanted: Sequence[str], *, static: bool) -> None:
        """Only the named pages, each as the whole build would make it; `static` adds what is no page."""
        files, nav, env = self.get_ready()
        self._index().entries = []
        pages = [page for name in wanted if (page := self._page(files, name)) is not None]
        for page in pages:
            mkdocs_build._populate_page(page, self.config, files)  # noqa: SLF001  pinned: see requirements.in
        if static:
            files.copy_static_files()
            for template in self.config.theme.static_templates:
                mkdocs_build._build_theme_template(template, env, files, self.config, nav)  # noqa: SLF001
        every = files.documentation_pages(inclusion=InclusionLevel.is_included)
        for page in pages:
            mkdocs_build._build_page(page, self.config, every, nav, env)  # noqa: SLF001

    def get_ready(self) -> tuple[Files, Navigation, jinja2.Environment]:
        """What serves every page."""
        return self.stand or self._set_up()

    def _page(self, files: Files, name: str) -> Page | None:
        """A page by its file; one outside the navigation has to be made."""
        file = files.get_file_from_path(name)
        if file is None:
            return None
        return file.page or Page(None, file, self.config)

    def _set_up(self) -> tuple[Files, Navigation, jinja2.Environment]:
        """What `mkdocs build` does before the first page."""
        config = self.config
        config.plugins.on_startup(command="build", dirty=False)
        self.config = config = config.plugins.on_config(config)
        config.plugins.on_pre_build(config=config)
        files = _files_of(config)
        env = config.theme.get_env()
        files.add_files_from_theme(env, config)
        files = config.plugins.on_files(files, config=config)
        set_exclusions(files, config)
        nav = config.plugins.on_nav(get_navigation(files, config), config=config, files=files)
        env = config.plugins.on_env(env, config=config, files=files) or env
        self.stand = (files, nav, env)
        return self.stand

    def _index(self) -> Any:  # noqa: ANN401  the search plugin publishes no types
        return next(plugin for name, plugin in self.config.plugins.items() if name.endswith("search")).search_index

    def entries(self) -> Json:
        """What the pages just built say to readers who search, by page; and how the theme's search is set up."""
        index = self._index()
        pages: dict[str, list[Json]] = {}
        for entry in index.entries:
            pages.setdefault(entry["location"].partition("#")[0], []).append(entry)
        setup = {key: index.config[key] for key in ("lang", "separator", "pipeline", "fields")}
        return {"pages": pages, "setup": setup}


def answer(sites: dict[str, Press], request: Json) -> Json | None:
    """Build what a request asks for, and say how it went; nothing, where it only says what may be asked for next."""
    if request.get("prepare"):
        with suppress(Exception):  # whatever is wrong with it is told to the one who asks for pages
            sites[request["configuration"]] = Press(Path(request["configuration"]), request["fingerprint"])
            sites[request["configuration"]].get_ready()
        return None
    warnings = _Warnings()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(warnings)
    began = time.monotonic()
    try:
        configuration, fingerprint = request["configuration"], request.get("fingerprint", "")
        if configuration not in sites or sites[configuration].fingerprint != fingerprint or request["pages"] is None:
            sites.pop(configuration, None)
            sites[configuration] = Press(Path(configuration), fingerprint)
        press = sites[configuration]
        if request["pages"] is None:
            press.everything()
        else:
            press.some(request["pages"], static=bool(request.get("static")))
    except BaseException as error:  # noqa: BLE001  whatever stops MkDocs is told, and the next request is waited for
        sites.pop(request["configuration"], None)
        why = [*warnings.found, str(error) or type(error).__name__]
        output = "\n".join((*why, traceback.format_exc()))
        return {"ok": False, "warnings": why, "output": output, "seconds": time.monotonic() - began}
    finally:
        logger.removeHandler(warnings)
    if request["pages"] is None or warnings.found:  # the next one reads its configuration anew
        sites.pop(configuration, None)
    told = {
        "ok": not warnings.found,
        "warnings": warnings.found,
        "output": "\n".join(warnings.found),
        "seconds": time.monotonic() - began,
    }
    return {**told, "search": press.entries()}


if __name__ == "__main__":
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    gc.freeze()  # what is loaded stays
    gc.set_threshold(_RARELY)
    answer_all(partial(answer, {}))
