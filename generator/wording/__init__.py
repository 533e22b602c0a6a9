"""Wording: values, dates, names and citations as text of one language, and the way back from text to values.

Modules for other rooms:
    word_breaks: the words of a text
    formatting: values and dates as text, by CLDR and the units of the report
    icu: numbers and dates of a locale, by ICU skeletons
    language_names: names of languages and currencies, and the locales of languages, by CLDR
    number_reader: numbers in running text, as a locale writes them
    parsed_numbers: numbers that were found in a text
    spellings: what writers put beside numbers and CLDR does not have
    parsing: values and dates read from the text that formatting wrote
    texts: labels, values and texts with placeholders of an edition in one language
    citations: the report and its facts as BibTeX, CSL-JSON, RIS, plain text, meta tags and CITATION.cff
    value_hints: values that are written as people write them
    quotations: whether quotations in the data hold the numbers that rest on them
    verification: whether the text of a source states the numbers that cite it
    author_patterns: regular expressions that authors write, matched in bounded time
    interface_words: keys of words that the outputs of every report need
"""

__all__ = [
    "author_patterns",
    "citations",
    "formatting",
    "icu",
    "interface_words",
    "language_names",
    "number_reader",
    "parsed_numbers",
    "parsing",
    "quotations",
    "spellings",
    "texts",
    "value_hints",
    "verification",
    "word_breaks",
]
