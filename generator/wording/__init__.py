"""Values, dates, names and citations become words of a language, and are read back.

Doors:
    formatting: values and dates by CLDR and the report's units
    parsing: worded values read back
    texts: everything that one language says about an edition
    citations: BibTeX, CSL-JSON, RIS and plain citations
    verification: whether a source's own text holds a stated number
    interface_words: the words that every report's pages need
"""

__all__ = ["citations", "formatting", "interface_words", "parsing", "texts", "verification"]
