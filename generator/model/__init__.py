"""The nouns of a settled report and their exact values.

Modules for other rooms:
    report: Edition, Fact, Claim, Event, Chart and the other entries of a report
    publication: licence, contact and dated editions
    sources: sources, and the places in them that prove something
    series: tables of values over time
    units: what numbers count
    code_lists: the codes that fields of entries may hold
    values: points and intervals of Decimals
    arithmetic: adding, multiplying and comparing values, of intervals by both ends
    periods: years, halves, quarters, months, days and spans
    languages: the languages of a report, and texts with placeholders in all of them
    formulas: the formula language and its parser
    evaluation: formulas evaluated on intervals
    operands: values of entries as operands of formulas
    operand_comparison: comparing operands, and the dimension that two of them share
    certainty: whether a test is certainly so, certainly not so, or uncertain
    dimensions: values with dimensions
    comparison: how two stated values relate (equal, rounds to, inside, above, ...)
    changelog: dated changes of an edition, for feeds and pages
    freshness: when facts are due for review, how forecasts came out
    dependencies: which entries of an edition something was made from, and their fingerprints
    addresses: paths and URLs of everything a site holds
    machine_values: the ends of a value as exact decimal texts
    notation: fields of entries in one line, in the notation of data/
    text_fragments: addresses that lead to a passage of a page
    spelling: what a misspelt word or date was meant to be
"""

__all__ = [
    "addresses",
    "arithmetic",
    "certainty",
    "changelog",
    "code_lists",
    "comparison",
    "dependencies",
    "dimensions",
    "evaluation",
    "formulas",
    "freshness",
    "languages",
    "machine_values",
    "notation",
    "operand_comparison",
    "operands",
    "periods",
    "publication",
    "report",
    "series",
    "sources",
    "spelling",
    "text_fragments",
    "units",
    "values",
]
