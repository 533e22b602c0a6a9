r"""An output is a function that gives files, each as its address and its content (a text, or bytes).

It is given the edition, and the Texts of each language by code, the default one first. Its files stand in the site below
`extra/` and the output's name. An address has letters, digits, `.`, `-` and `_`, and folders; another one, or an error that
the function raises, keeps the report from being published. It must give the same files for the same edition.

    def plain_list(edition: Edition, texts: Mapping[str, Texts]) -> Iterator[tuple[str, str]]:
        for code, words in texts.items():
            yield f"{code}.txt", "".join(f"{words.label(fact)}: {words.value(fact)}\n" for fact in edition.facts.values())
"""

from __future__ import annotations

from ..model.languages import Language, Phrase
from ..model.report import Claim, Edition, Event, Fact
from ..reading.installed_outputs import OutputFunction
from ..wording.texts import Texts

__all__ = ["Claim", "Edition", "Event", "Fact", "Language", "OutputFunction", "Phrase", "Texts"]
