"""A small complete report to begin with, in any languages: its files, made from those of the package."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import Path

from .. import __version__
from ..defaults.files import STARTER
from ..reading.default_words import default_words, lookup, reference, reference_language
from ..reading.report_languages import language_codes
from ..reading.schemas import write_files as write_schemas
from ..reading.yaml_nodes import MappingNode, ScalarNode, read_yaml
from ..records.struct import Struct
from ..wording.language_names import own_name, usual_locale
from .own_data import OwnData
from .yaml_text import as_phrase, as_text

Texts = Mapping[str, str]
_HIDDEN = {"gitignore": ".gitignore", "github": ".github"}  # names with a dot, which tools that pack files leave out
_PLACEHOLDER = re.compile(r"«(?:(first|word):)?(\w+)»")
_KEY_LINE = re.compile(r"^([ -]*)(\w+(?:\.\w+)?): «(\w+)»$", re.MULTILINE)
_WIDTH = 110  # columns of a mapping that is written in one line


class Starter(Struct, frozen=True, kw_only=True):
    """What somebody says of a new report: the codes of its languages in order, and its title, empty for that of the example."""

    languages: Sequence[str]
    title: str = ""

    def files(self) -> Iterator[tuple[str, str]]:
        """The path of each file below the report's folder, and its text."""
        texts = {code: self.texts_of(code) for code in self.languages}
        for file in sorted(path for path in (STARTER / "project").rglob("*") if path.is_file()):
            inside = file.relative_to(STARTER / "project")
            path = "/".join(_HIDDEN.get(part, part) for part in inside.parts)
            written = file.read_text(encoding="utf-8")
            if path.startswith("templates/pages/"):
                page = path.removesuffix(".md.j2")
                for code in self.languages:
                    translated = f"{page}.{code}.md.j2"
                    yield (
                        translated,
                        _page(written, {**texts[code], "file": translated}, _words(code)),
                    )
            else:
                yield path, self._data(written, texts)

    def texts_of(self, code: str) -> Texts:
        """The texts in a language, with the title that was given."""
        title = {"title": self.title} if self.title else {}
        return {**starter_texts(code), **title, "period": "{period}"}

    def _data(self, written: str, texts: Mapping[str, Texts]) -> str:
        """A file of data/ or of the project with its texts in every language."""
        names = (f"\n  {code}: {{name: {as_text(own_name(code), flow=True)}, locale: {usual_locale(code)}}}" for code in texts)
        written = written.replace("«version»", __version__).replace(" «languages»", "".join(names))
        written = _KEY_LINE.sub(partial(_translated, texts=texts), written)
        first = {**texts[self.languages[0]], "language": self.languages[0]}
        return _PLACEHOLDER.sub(lambda found: as_text(first[found[2]]), written)


def languages_of_report(root: Path) -> tuple[str, ...]:
    """The codes of the languages of the report that a folder holds already; empty where it holds none."""
    return language_codes(read_yaml(root, "data/report.yml", [])) if (root / "data/report.yml").is_file() else ()


def write_starter(root: Path, starter: Starter) -> list[str]:
    """Write the files that a folder does not have; their paths. Somebody's own data is not mixed with that of the example."""
    own_data = any((root / "data").rglob("*.yml"))
    written = []
    for path, text in _around_data(root, starter) if own_data else starter.files():
        target = root / path
        if target.is_symlink() or not target.parent.resolve().is_relative_to(root.resolve()):
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            with target.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
        except FileExistsError:
            continue
        written.append(path)
    return written if own_data else list(dict.fromkeys([*written, *write_schemas(root)]))


def _translated(line: re.Match[str], texts: Mapping[str, Texts]) -> str:
    """A key with its text in every language: in a line where that is short, else each in a line of its own."""
    start, key, name = line.groups()
    phrase = {code: one[name] for code, one in texts.items()}
    if len(whole := f"{start}{key}: {as_phrase(phrase)}") <= _WIDTH:
        return whole
    indent = " " * (len(start) + 2)
    return "\n".join([f"{start}{key}:", *(f"{indent}{code}: {as_text(text)}" for code, text in phrase.items())])


def _page(written: str, texts: Texts, words: Texts) -> str:
    """A page of the starter in a language; its front matter is YAML."""
    head, between, body = written.partition("\n---\n")

    def text(found: re.Match[str], *, in_yaml: bool) -> str:
        one = words[found[2]] if found[1] == "word" else texts[found[2]]
        return as_text(one) if in_yaml else one.replace("«file»", texts["file"])

    return _PLACEHOLDER.sub(partial(text, in_yaml=True), head) + between + _PLACEHOLDER.sub(partial(text, in_yaml=False), body)


def _around_data(root: Path, starter: Starter) -> Iterator[tuple[str, str]]:
    """The files that somebody's data lack to be a report: what data/ requires, pages that show it, and what lies beside."""
    data = OwnData(root)
    required = {"data/report.yml", "data/units.yml", "data/sources.yml", "data/words.yml"}
    for path, text in starter.files():
        if path == "data/report.yml":
            yield path, data.with_sections(text)
        elif path == "data/words.yml":
            yield path, data.words(starter.languages)
        elif path in required:
            yield path, text.partition("\n")[0] + "\n"  # the comment that says what belongs there
        elif not path.startswith(("data/", "templates/")):
            yield path, text
    for code in starter.languages:
        for page in data.pages():
            path = f"templates/pages/{page}.{code}.md.j2"
            yield path, data.page(page, starter.texts_of(code), path, _words(code))


def _words(code: str) -> Texts:
    return default_words(usual_locale(code), code) or reference()


@cache
def starter_texts(code: str) -> Texts:
    """The texts of the starter, by key, in a language or in the one that all others are translated from."""
    language = lookup(usual_locale(code)) or lookup(code) or reference_language()
    tree = read_yaml(STARTER, f"texts/{language}.yml", [])
    entries = tree.entries if isinstance(tree, MappingNode) else ()
    return {key.text: node.text for key, node in entries if isinstance(node, ScalarNode)}
