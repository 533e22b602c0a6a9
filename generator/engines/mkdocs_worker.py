"""Engine process of MkDocs: builds one language's site, or only some of its pages. The only home of MkDocs.

It answers one request a line (see protocol) until its input ends. A request is {"configuration": path, "pages": [...],
"static": false, "fingerprint": "..."}: Markdown files below docs_dir, or null for everything, and whether the theme's own files
are to be written as well. While the fingerprint stays the same, so does what was read of the configuration and of which files
there are. Nothing that a page says of other pages may have changed since the last whole build: titles and order stand in the
configuration's nav.
"""

from __future__ import annotations

import gc
import json
import logging
import os
import re
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import jinja2
from jinja2.runtime import Context, Macro
from mkdocs.commands import build as mkdocs_build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError, MkDocsException
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files, InclusionLevel, get_files, set_exclusions
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page

from ..markup import fragments
from ..pages.compiled_templates import CompiledTemplates
from ..pages.theme_sandbox import ThemeSandbox
from ..reading.site_settings import THEME, default_settings, unsafe_settings
from .protocol import Json, answer_all

_LOGGERS = ("mkdocs", "properdocs")  # those of plugins and themes keep the first name where ProperDocs runs them
_NAMED_TEMPLATE = re.compile(r'\{%-?\s*(?:extends|from|import|include)\s+"([\w./-]+\.html)"')
_NAV_ITEM, _ITEM = "partials/nav-item.html", ("nav_item", "path", "level", "parent")  # where its macro is, and what that takes
_COLLECT_AFTER = 50_000  # new objects until garbage is collected: nearly all of a page's are freed without it


class _Warnings(logging.Handler):
    """Collects what MkDocs warns of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


class _Files(Files):
    """The files of a site; those of the project itself are not copied, because the build publishes them itself."""

    project_folder: Path

    def copy_static_files(  # the signature is MkDocs'
        self,
        dirty: bool = False,  # noqa: FBT001, FBT002
        *,
        inclusion: Callable[[InclusionLevel], bool] = InclusionLevel.is_included,
    ) -> None:
        """Copy the files of the theme."""
        for file in self:
            if (
                not file.is_documentation_page()
                and inclusion(file.inclusion)
                and Path(file.src_dir or "") != self.project_folder
            ):
                file.copy_file(dirty)


def _files_of(config: MkDocsConfig) -> Files:
    files = _Files(list(get_files(config)))
    files.project_folder = Path(config.docs_dir)
    return files


setattr(mkdocs_build, "get_files", _files_of)  # noqa: B010  what `build` calls; its version is pinned: see requirements.in


class _ThemeLoader(jinja2.FileSystemLoader):
    def list_templates(self) -> list[str]:
        """Every file but those in hidden folders, which MkDocs leaves out of a site: the theme has 12,000 icons there."""
        found: set[str] = set()
        for start in self.searchpath:
            for above, folders, names in os.walk(start):
                folders[:] = (name for name in folders if not name.startswith("."))
                found.update(Path(above, name).relative_to(start).as_posix() for name in names)
        return sorted(found)


class _Theme(ThemeSandbox):
    """The theme's environment. An item of the navigation is written once for each address that other pages have for it."""

    def __init__(self, config: MkDocsConfig) -> None:
        super().__init__(loader=_ThemeLoader(config.theme.dirs))
        self.items: dict[tuple[int, str], str] = {}  # by page and address
        own = config.theme.custom_dir
        self.keeps_items = not (own and Path(own, _NAV_ITEM).exists())  # one of a project may say anything

    def call(self, context: Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401  Jinja's
        """What a macro or a function gives, as it was where nothing of it can be different."""
        if not (args and type(args[0]) is Page and type(obj) is Macro and tuple(obj.arguments) == _ITEM and self.keeps_items):
            return super().call(context, obj, *args, **kwargs)
        if args[0].active or args[0].children:
            return super().call(context, obj, *args, **kwargs)
        key = (id(args[0]), self.filters["url"](context, args[0].url))
        if key not in self.items:
            self.items[key] = super().call(context, obj, *args, **kwargs)
        self.budget.take(len(self.items[key]))
        return self.items[key]


class _WithoutFragments(BasePlugin):  # type: ignore[type-arg,no-untyped-call]  # it has no settings
    """Leaves out finished HTML, which the build puts back."""

    def on_page_markdown(self, markdown: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002  MkDocs'
        """A page's Markdown with tokens in place of its fragments."""
        return fragments.take_out(markdown)[0]


def _load(configuration: Path) -> MkDocsConfig:
    """A configuration, read without MkDocs's own loader: that runs what tags ask for. It is checked again here."""
    settings = json.loads(configuration.read_text(encoding="utf-8"))
    if findings := unsafe_settings(settings, configuration.name):
        raise ConfigurationError(findings[0].sentence())
    config = MkDocsConfig(config_file_path=str(configuration))
    config.load_dict({**settings, "strict": True})
    errors, warnings = config.validate()
    if found := [*errors, *warnings]:
        raise ConfigurationError("; ".join(f"{key}: {why}" for key, why in found))
    config.plugins["without_fragments"] = _WithoutFragments()
    return config


def _sandboxed(config: MkDocsConfig) -> Callable[[], jinja2.Environment]:
    """What gives the environment of a configuration's theme: it keeps compiled templates, and runs no code of theirs."""
    get_env, compiled = config.theme.get_env, CompiledTemplates(Path(config.config_file_path).parent / "cache/theme-sandbox")

    def environment() -> jinja2.Environment:
        env = get_env()
        sandbox = _Theme(config)
        sandbox.filters.update({name: env.filters[name] for name in ("url", "script_tag")})
        sandbox.bytecode_cache = compiled
        return sandbox

    return environment


def _warm_up(configuration: Path) -> None:
    """Load the extensions and compile the templates that pages of most reports need, while there are no pages yet."""
    config = MkDocsConfig(config_file_path=str(configuration))
    settings = default_settings()
    config.load_dict({**settings, "site_name": "-", "theme": {**settings["theme"], "custom_dir": Path(THEME).name}})
    config.validate()  # what it finds is no matter: nothing is built of this
    env = _sandboxed(config)()
    assert env.loader is not None  # noqa: S101  made with one
    waiting, seen = ["main.html", *config.theme.static_templates], set[str]()
    while waiting:
        if (name := waiting.pop()) not in seen:
            seen.add(name)
            env.get_template(name)
            waiting += _NAMED_TEMPLATE.findall(env.loader.get_source(env, name)[0])


class MkDocsSite:
    """One language's site: its configuration, and what MkDocs makes of that for all pages."""

    def __init__(self, configuration: Path, fingerprint: str = "") -> None:
        self.fingerprint = fingerprint
        self.config = _load(configuration)
        self.config.theme.get_env = _sandboxed(self.config)  # type: ignore[method-assign]
        self.shared: tuple[Files, Navigation, jinja2.Environment] | None = None

    def build_all(self) -> None:
        """The whole site, as `mkdocs build --strict` makes it."""
        self.config.plugins.on_startup(command="build", dirty=False)
        mkdocs_build.build(self.config)

    def build_some(self, wanted: Sequence[str], *, static: bool) -> None:
        """Only the named pages, each as the whole build would make it; `static` adds the theme's own files."""
        files, nav, env = self.prepare()
        if isinstance(env, _Theme):
            env.items.clear()
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

    def prepare(self) -> tuple[Files, Navigation, jinja2.Environment]:
        """What all pages share: files, navigation and template environment."""
        return self.shared or self._set_up()

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
        self.shared = (files, nav, env)
        return self.shared

    def _index(self) -> Any:  # noqa: ANN401  the search plugin publishes no types
        return next(plugin for name, plugin in self.config.plugins.items() if name.endswith("search")).search_index

    def search_entries(self) -> Json:
        """The search entries of the pages just built, by page, and how the theme's search is set up."""
        index = self._index()
        pages: dict[str, list[Json]] = {}
        for entry in index.entries:
            pages.setdefault(entry["location"].partition("#")[0], []).append(entry)
        setup = {key: index.config[key] for key in ("lang", "separator", "pipeline", "fields")}
        return {"pages": pages, "setup": setup}


def answer(sites: dict[str, MkDocsSite], request: Json) -> Json | None:
    """Build what a request asks for; gives the result, None for a request that only prepares."""
    if request.get("warm_up"):
        with suppress(Exception):  # as below
            _warm_up(Path(request["configuration"]))
        return None
    if request.get("prepare"):
        with suppress(Exception):  # what is wrong with it is reported when pages are requested
            sites[request["configuration"]] = MkDocsSite(Path(request["configuration"]), request["fingerprint"])
            sites[request["configuration"]].prepare()
        return None
    warnings = _Warnings()
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    for logger in loggers:
        logger.addHandler(warnings)
    began = time.monotonic()
    try:
        configuration, fingerprint = request["configuration"], request.get("fingerprint", "")
        if configuration not in sites or sites[configuration].fingerprint != fingerprint or request["pages"] is None:
            sites.pop(configuration, None)
            sites[configuration] = MkDocsSite(Path(configuration), fingerprint)
        site = sites[configuration]
        if request["pages"] is None:
            site.build_all()
        else:
            site.build_some(request["pages"], static=bool(request.get("static")))
    except BaseException as error:  # noqa: BLE001  whatever stops MkDocs is reported, and the next request is waited for
        sites.pop(request["configuration"], None)
        reasons = [*warnings.messages, str(error) or type(error).__name__]
        expected = isinstance(error, MkDocsException | jinja2.TemplateError | OSError)  # wrong with the project or disk
        output = "\n".join(reasons if expected else (*reasons, traceback.format_exc()))
        return {"ok": False, "warnings": reasons, "output": output, "seconds": time.monotonic() - began}
    finally:
        for logger in loggers:
            logger.removeHandler(warnings)
    if request["pages"] is None or warnings.messages:  # the next request reads its configuration anew
        sites.pop(configuration, None)
    result = {
        "ok": not warnings.messages,
        "warnings": warnings.messages,
        "output": "\n".join(warnings.messages),
        "seconds": time.monotonic() - began,
    }
    return {**result, "search": site.search_entries()}


def main() -> None:
    """Answer requests until there are no more."""
    for name in _LOGGERS:
        logging.getLogger(name).setLevel(logging.WARNING)
    gc.freeze()  # the modules that are loaded stay
    gc.set_threshold(_COLLECT_AFTER)
    answer_all(partial(answer, {}))


if __name__ == "__main__":
    main()
