"""What a report needs besides data that somebody has already: sections, words, and pages that show what there is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ..reading.yaml_nodes import MappingNode, ScalarNode, SequenceNode, read_yaml
from .yaml_text import as_phrase, as_text

Texts = Mapping[str, str]
_SECTION = re.compile(r"[a-z][a-z0-9_-]{0,99}")
_STEPS = ("next_value", "next_page", "next_fact", "next_check", "next_publish")


class OwnData:
    """The data/ of a folder: which sections, pages and kinds of entries there are."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def sections(self) -> list[str]:
        """The sections of the report, or where there is none the topics of its facts."""
        files = (path.stem for path in sorted((self.root / "data").glob("facts/*.yml")))
        return self._listed("sections") or [name for name in files if _SECTION.fullmatch(name)] or ["data"]

    def pages(self) -> list[str]:
        """The pages of the report, or the first one."""
        return self._listed("pages") or ["index"]

    def with_sections(self, report: str) -> str:
        """The starter's report.yml with these sections and pages."""
        report = re.sub(r"(?m)^sections: .*$", f"sections: [{', '.join(self.sections())}]", report)
        return re.sub(r"(?m)^pages: .*$", f"pages: [{', '.join(self.pages())}]", report)

    def words(self, languages: Sequence[str]) -> str:
        """A words.yml that calls each section by its id."""
        return "".join(
            f"topic.{name}: {as_phrase(dict.fromkeys(languages, name.replace('_', ' ').capitalize()))}\n"
            for name in self.sections()
        )

    def page(self, name: str, texts: Texts, path: str, words: Texts) -> str:
        """A page that shows what there is: the first one everything, that of a section its facts."""
        first = name == "index"
        title = texts["title"] if first else name.rpartition("/")[2].replace("_", " ").replace("-", " ").capitalize()
        description = texts["own_description"].replace("{title}", title)
        head = f"---\ntitle: {as_text(title)}\ndescription: {as_text(description)}\n---\n\n# {title}\n"
        return head + "".join(f"\n{block}\n" for block in (self._first(texts, path, words) if first else self._section(name)))

    def _first(self, texts: Texts, path: str, words: Texts) -> Iterator[str]:
        steps = [texts[key].replace("data/facts/water.yml", "data/").replace("«file»", path) for key in _STEPS]
        yield f"## {texts['next_h']} {{ #next }}"
        yield "\n".join(f"{number}. {step}" for number, step in enumerate(steps, 1))
        yield from (f'{{{{ figure("{key}") }}}}' for key in self._ids("charts/*.yml"))
        if topics := [path.stem for path in sorted((self.root / "data").glob("facts/*.yml"))]:
            yield f"## {words['part_all_facts']} {{ #facts }}"
            yield from (f'{{{{ fact_table(topic="{topic}") }}}}' for topic in topics)
        for pattern, heading, call in (
            ("claims/*.yml", words["part_claims"], "all_claims"),
            ("events.yml", texts["events_h"], "timeline"),
            ("terms.yml", words["part_glossary"], "glossary"),
            ("sources.yml", words["part_sources"], "source_list"),
        ):
            if self._ids(pattern):
                yield f"## {heading} {{ #{call.replace('_', '-')} }}"
                yield f"{{{{ {call}() }}}}"

    def _section(self, name: str) -> Iterator[str]:
        if name in self.sections():
            yield f'{{{{ fact_table(topic="{name}") }}}}'

    def _ids(self, pattern: str) -> list[str]:
        files = sorted((self.root / "data").glob(pattern))
        trees = (read_yaml(self.root, path.relative_to(self.root).as_posix(), []) for path in files)
        return [key.text for tree in trees if isinstance(tree, MappingNode) for key, _ in tree.entries]

    def _listed(self, wanted: str) -> list[str]:
        tree = read_yaml(self.root, "data/report.yml", []) if (self.root / "data/report.yml").is_file() else None
        for key, node in tree.entries if isinstance(tree, MappingNode) else ():
            if key.text == wanted and isinstance(node, SequenceNode):
                return [item.text for item in node.items if isinstance(item, ScalarNode)]
        return []
