"""Validators of texts in every language of the report."""

from __future__ import annotations

import re

from ..diagnostics.finding import Clause, Span
from ..model.languages import Phrase, borrowed_texts
from ..model.spelling import suggest
from .located_values import Located, LocatedPhrase
from .record_validators import Field, Record
from .validators import ReadContext, Text, Validator
from .yaml_nodes import MappingNode, Node, ScalarNode

_SPACE = re.compile(r"[ \t\r\n]+")


class LocalizedText(Validator, frozen=True):
    """A mapping from every language of the report to a text. With `plain`, one text for all languages is valid, too."""

    plain: bool = False

    def read(self, node: Node, context: ReadContext) -> Located | None:
        """A LocatedPhrase; blanks, tabs and line ends become one blank, while other spaces (no-break, ideographic) stay."""
        if self.plain and isinstance(node, ScalarNode) and not node.blank:
            return LocatedPhrase(
                Phrase(dict.fromkeys(context.languages, node.text.strip())),
                node.span,
                dict.fromkeys(context.languages, node.span),
            )
        if not isinstance(node, MappingNode):
            context.report("wrong-shape", node.span, expected=_per_language(context))
            return None
        texts: dict[str, str] = {}
        spans: dict[str, Span] = {}
        complete = True
        for key, child in node.entries:
            if key.text not in context.languages:
                cut = node.flow and isinstance(child, ScalarNode) and child.blank  # a comma ended the text before
                suggestion = suggest(key.text, context.languages)
                context.report("unknown-key", key.span, "cut" if cut else "", key=key.text, suggestion=suggestion)
                complete = False
            elif not isinstance(child, ScalarNode) or child.blank:
                context.report("missing-language", child.span, "empty", language=key.text)
                complete = False
            else:
                texts[key.text], spans[key.text] = _SPACE.sub(" ", child.text).strip(), child.span
        borrowed = borrowed_texts(texts, context.languages, context.in_progress)
        if complete and (missing := [code for code in context.languages if code not in texts and code not in borrowed]):
            context.report("missing-language", node.span, language=", ".join(missing))
            complete = False
        if not complete and context.lends_texts and texts:
            lender = next(code for code in (*context.languages, *texts) if code in texts)
            for code in context.languages:
                texts.setdefault(code, f"({lender}) {texts[lender]}")
                spans.setdefault(code, spans[lender])
            complete = True
        return LocatedPhrase(Phrase(texts, borrowed), node.span, spans) if complete else None


_CATEGORIES = ("zero", "one", "two", "few", "many", "other")


class LocalizedPlurals(Validator, frozen=True):
    """A text with {0} for each CLDR plural category, in every language: {en: {one: "{0} lake", other: "{0} lakes"}}."""

    def read(self, node: Node, context: ReadContext) -> Located | None:
        """Located values by language; each is a mapping from plural category to text."""
        if not isinstance(node, MappingNode):
            context.report("wrong-shape", node.span, expected=_per_language(context))
            return None
        found = {}
        for key, child in node.entries:
            if key.text not in context.languages:
                context.report("unknown-key", key.span, key=key.text, suggestion=suggest(key.text, context.languages))
            else:
                found[key.text] = PLURAL.read(child, context)
        borrowed = borrowed_texts(found, context.languages, context.in_progress)
        missing = [code for code in context.languages if code not in found and code not in borrowed]
        if len(found) == len(node.entries) and missing:
            context.report("missing-language", node.span, language=", ".join(missing))
        found.update({code: found[donor] for code, donor in borrowed.items()})
        return Located({code: located for code, located in found.items() if located is not None}, node.span)


_FORM = Text(r"(?:[^{}]|\{0\})+", Clause("plural-text"))
PLURAL = Record({category: Field(_FORM, required=category == "other") for category in _CATEGORIES}, what="plural")


def _per_language(context: ReadContext) -> Clause:
    return Clause("per-language", {"example": ", ".join(f"{code}: …" for code in context.languages)})
