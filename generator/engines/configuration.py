"""Writes the engine's configuration file of each language: the settings of every report, those of mkdocs.yml, the language's.

The titles and the order of pages stand in it, so that a page can be built without reading the others. An engine reads only this
file, never mkdocs.yml: its loader would run what tags there ask for. Another one is for `mkdocs` by itself, which shows the
default language: mkdocs.yml can inherit from it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, Protocol

from ..diagnostics.finding import Diagnostic, DiagnosticError
from ..markup.escaping import protect
from ..model import addresses
from ..reading.site_settings import PLAIN, THEME, default_settings, read_site_settings
from ..records.struct import Struct, field
from ..store.cache import write_atomically
from .registry import Engine

BUILD = "build"
_A_MENU = 3  # pages are worth one
_AT_A_GLANCE = 40  # entries of a navigation: no reader looks through more, and each page would carry them all
# The settings that themes write into pages.
_SHOWN = ("site_name", "site_description", "site_author", "copyright", "nav", "theme", "extra", "repo_name")


class LanguageConfig(Struct, frozen=True, kw_only=True):
    """One language's site: its folder name (a BCP 47 code), its own name, and the texts and settings the theme needs.

    `pages` are their names and titles in order; `folders` the titles of folders that pages stand in. `words` are the
    interface words that the theme does not have (the keys of `extra.words` in mkdocs.yml, besides `permalink`); `as_of` is the
    footer's line about the report's date, `about` holds its `publisher` as a line, and the address and text of a link to it
    (`contact`, `contact_text`), if there is one; `search` may be empty where the theme has no such stemmer. `span` says from
    which title to which other one a group of them reaches.
    """

    code: str
    name: str
    title: str
    description: str
    theme: str
    search: str
    pages: Mapping[str, str] = field(default_factory=dict)
    folders: Mapping[str, str] = field(default_factory=dict)
    as_of: str = ""
    span: str = "{0}–{1}"
    words: Mapping[str, str] = field(default_factory=dict)
    about: Mapping[str, str] = field(default_factory=dict)


class LanguageName(Protocol):
    """A language of the report, as the switch between languages needs it."""

    @property
    def code(self) -> str:
        """A BCP 47 code."""

    @property
    def name(self) -> str:
        """Its name in the language itself."""


def write_configurations(
    root: Path,
    configs: Sequence[LanguageConfig],
    *,
    site_url: str,
    engine: Engine,
    all_languages: Sequence[LanguageName] | None = None,
) -> None:
    """Write build/mkdocs.<language>.yml; a file whose text stays the same is not touched.

    `all_languages` are those of the report where `configs` are only some. DiagnosticError where mkdocs.yml is not safe.
    """
    findings: list[Diagnostic] = []
    settings = read_site_settings(root, findings)
    if findings:
        raise DiagnosticError(findings[0])
    languages = all_languages or configs
    texts = {
        configuration_path(root, config.code): configuration(
            config, languages, site_url=site_url, engine=engine, settings=settings
        )
        for config in configs
    }
    for config in configs:
        if config.code == languages[0].code:
            texts[root / PLAIN] = plain_configuration(config, site_url=site_url, settings=settings)
    for path, text in texts.items():
        if not path.is_file() or path.read_bytes() != text.encode():
            write_atomically(path, text.encode())


def configuration(
    config: LanguageConfig,
    all_languages: Sequence[LanguageName],
    *,
    site_url: str,
    engine: Engine,
    settings: Mapping[str, Any],
) -> str:
    """One language's configuration, as JSON: every JSON text is a YAML text, and needs no YAML library here.

    `settings` are those of mkdocs.yml. Paths are relative to build/, because the engine resolves them from the file that names
    them.
    """
    own: dict[str, Any] = {
        "site_url": f"{site_url.rstrip('/')}/{config.code}/",
        "docs_dir": f"docs/{config.code}",
        "site_dir": f"out/{config.code}",
        "theme": {"custom_dir": THEME.removeprefix(f"{BUILD}/")},
        "extra": {
            "as_of": config.as_of,
            "alternate": [
                {"name": language.name, "link": f"../{language.code}/", "lang": language.code} for language in all_languages
            ],
        },
    }
    for section, values in engine.settings.items():
        own[section] = {**own.get(section, {}), **values}
    merged = _merged(_settings_of(config, settings), own)
    for section in _SHOWN:
        if section in merged:
            merged[section] = _protected(merged[section])
    return _json(merged)


def plain_configuration(config: LanguageConfig, *, site_url: str, settings: Mapping[str, Any]) -> str:
    """The same for `mkdocs` by itself, with paths relative to the project: mkdocs.yml inherits from it."""
    own = {
        "site_url": site_url,
        "docs_dir": f"{BUILD}/docs/{config.code}",
        "site_dir": f"{BUILD}/preview",
        "theme": {"custom_dir": THEME},
    }
    return _json(_merged(_settings_of(config, settings), own))


def _settings_of(config: LanguageConfig, settings: Mapping[str, Any]) -> dict[str, Any]:
    """The settings of every report, on top of them those of mkdocs.yml, and on top of both those of a language.

    Mappings are merged, everything else replaces what is below; styles and scripts of the package stay beside a project's own.
    """
    base = {**settings}
    for section in ("plugins", "markdown_extensions"):
        base[section] = _with_options(base.get(section))
    for section in ("extra_css", "extra_javascript"):
        base[section] = _with_defaults(default_settings()[section], base.get(section))
    own: dict[str, Any] = {
        "site_name": config.title,
        "site_description": config.description,
        "not_in_nav": f"/{addresses.SHELL_PAGE}.md",
        **({"nav": navigation(config)} if config.pages else {}),
        "theme": {"language": config.theme},
        "plugins": {"search": {"lang": [config.search] if config.search else []}},
        "markdown_extensions": {"toc": {"permalink_title": config.words.get("permalink", "")}},
        "extra": {"language": config.code, "words": dict(config.words), "about": dict(config.about)},
    }
    return _merged(_merged(default_settings(), base), own)


def _json(settings: Mapping[str, Any]) -> str:
    return json.dumps(settings, ensure_ascii=False, indent=2) + "\n"


def _with_defaults(defaults: Sequence[Any], listed: Any) -> list[Any]:  # noqa: ANN401  any form that an engine reads
    """Styles or scripts with those of the package before them, as far as they are not listed."""
    own = listed if isinstance(listed, list) else [listed] if listed else []
    paths = {_path(one) for one in own}
    return [*(one for one in defaults if _path(one) not in paths), *own]


def _path(asset: Any) -> str:  # noqa: ANN401  a path, or a mapping with one
    return str(asset.get("path")) if isinstance(asset, Mapping) else str(asset)


def _with_options(named: Any) -> dict[str, Any]:  # noqa: ANN401  any form that an engine reads
    """Plugins or extensions as a mapping from names to options."""
    if isinstance(named, Mapping):
        return {**named}
    found: dict[str, Any] = {}
    for item in named or ():
        found.update(item if isinstance(item, Mapping) else {str(item): {}})
    return found


def _merged(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Settings with others on top."""
    found = {**base}
    for key, value in own.items():
        below = found.get(key)
        found[key] = _merged(below or {}, value) if isinstance(value, Mapping) and isinstance(below or {}, Mapping) else value
    return found


def _protected(value: Any) -> Any:  # noqa: ANN401  any value of JSON
    """A setting with its texts and keys protected: themes write them into pages without escaping them."""
    if isinstance(value, str):
        return protect(value)
    if isinstance(value, Mapping):
        return {protect(key): _protected(one) for key, one in value.items()}
    return [_protected(one) for one in value] if isinstance(value, list) else value


def navigation(config: LanguageConfig) -> list[Any]:
    """The pages with their titles as MkDocs' `nav`, those of a folder together where the first of them stands.

    So are the pages about the report itself, where it has several: under the word `apparatus`. A home page with the title of
    the site, which stands above the navigation, has the word `front` there. Where many entries of a kind follow each other,
    they stand in groups.
    """
    nav: list[Any] = []
    folders: dict[str, list[Any]] = {"": nav}
    menu: list[Any] = []
    apparatus = [name for name in config.pages if name in addresses.APPARATUS]
    title_of_menu = config.words.get("apparatus") if len(apparatus) >= _A_MENU else None

    def entries_of(folder: str) -> list[Any]:
        if folder not in folders:
            folders[folder] = []
            title = config.folders.get(folder) or folder.rpartition("/")[2]
            entries_of(folder.rpartition("/")[0]).append({title: folders[folder]})
        return folders[folder]

    for name, own_title in config.pages.items():
        title = config.words.get("front", own_title) if (name, own_title) == ("index", config.title) else own_title
        if title_of_menu and name in apparatus:
            if not menu:
                nav.append({title_of_menu: menu})
            menu.append({title: f"{name}.md"})
        else:
            entries_of(name.rpartition("/")[0]).append({title: f"{name}.md"})
    for entries in folders.values():
        entries[:] = _grouped(entries, config.span, alone=menu)
    return nav


def _grouped(entries: Sequence[dict[str, Any]], span: str, *, alone: list[Any]) -> Iterator[dict[str, Any]]:
    """Pages that follow each other, or folders, in groups where they are many; never index pages and the menu `alone`."""

    def kind(entry: dict[str, Any]) -> str:
        (what,) = entry.values()
        if isinstance(what, str):
            return "index" if what.rpartition("/")[2] == "index.md" else "page"
        return "menu" if what is alone else "folder"

    for _, run in groupby(entries, kind):
        yield from _groups(list(run), span)


def _groups(entries: Sequence[dict[str, Any]], span: str) -> Sequence[dict[str, Any]]:
    """Entries as a tree of groups of about the same size, none with too many."""
    if len(entries) <= _AT_A_GLANCE:
        return entries
    levels = math.ceil(math.log(len(entries), _AT_A_GLANCE))
    size = math.ceil(len(entries) ** (1 - 1 / levels))
    shares = [entries[start : start + size] for start in range(0, len(entries), size)]
    return [{_reach(share, span): _groups(share, span)} for share in shares]


def _reach(entries: Sequence[dict[str, Any]], span: str) -> str:
    """What a group is called: from the title of its first entry to that of its last one."""
    before, _, rest = span.partition("{0}")
    between, _, after = rest.partition("{1}")
    first, last = (next(iter(entries[at])) for at in (0, -1))
    return f"{before}{first}{between}{last}{after}"


def configuration_path(root: Path, code: str) -> Path:
    """The path of a language's configuration."""
    return root / BUILD / f"mkdocs.{code}.yml"
