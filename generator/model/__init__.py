"""The nouns of a settled report and their exact values; every other room may use them.

Doors:
    report: Edition, Fact, Claim, Source, Series and the other nouns
    values: points and intervals of Decimals, and arithmetic on them
    periods: years, quarters, months, days and spans
    languages: the languages of a report and texts in all of them
    formulas: the formula language, parsed and evaluated
    comparison: how a stated value stands to another
    chronicle: dated changes of an edition
    freshness: when facts are due for review, how forecasts came out
    addresses: where everything of a site stands
    machine_values: a value's ends as exact decimal texts
    spelling: what a misspelt word or date was meant to be
    lazy_mapping: a mapping whose entries load file by file
    fast_pickle: a base for nouns that are pickled in large numbers
    markup: a fragment of HTML as a tree
"""

__all__ = [
    "addresses",
    "chronicle",
    "comparison",
    "fast_pickle",
    "formulas",
    "freshness",
    "languages",
    "lazy_mapping",
    "machine_values",
    "markup",
    "periods",
    "report",
    "spelling",
    "values",
]
