"""Reads data/ as a Draft and templates as outlines; everything keeps the place where it is written.

Modules for other rooms:
    draft: read_draft and the Draft
    files: the content of files, within limits
    facts_in_turn: facts of which only some are held in memory
    characters: characters that no text may hold
    edition_archives: dated editions as they are kept
    default_units: the units of the package, for the languages of a report
    default_words: the words of the package, by language
    words: the report's own words, before those of the package
    yaml_nodes: YAML trees with places
    listings: files of a project that pages show
    located_values: values with the places where they were written
    front_matter: the YAML front matter of pages
    outline: headings, calls, links and prose of a template, before it is rendered
    template_calls: the calls in a template
    template_summary: what is known of a template without its outline
    typed_numbers: quantities typed into a text
    paragraphs: the blocks of a template that have words
    records: which keys each kind of entries has
    record_validators: validators of lists, mappings and records
    localized_validators: validators of texts in every language
    validators: validators of single values
    references: where entries are named
    tags: where the tags of a template stand
    translations: which texts were confirmed to say the same
    installed_outputs: outputs that other packages add
    progress: how much there is in a language that is being translated
    table_record: the description of a table
    report_languages: the languages that report.yml lists
    schemas: JSON Schemas for editors
    site_settings: the settings of mkdocs.yml that are given to engines
"""

__all__ = [
    "characters",
    "default_units",
    "default_words",
    "draft",
    "edition_archives",
    "facts_in_turn",
    "files",
    "front_matter",
    "installed_outputs",
    "listings",
    "localized_validators",
    "located_values",
    "outline",
    "paragraphs",
    "progress",
    "record_validators",
    "records",
    "references",
    "report_languages",
    "schemas",
    "site_settings",
    "table_record",
    "tags",
    "template_calls",
    "template_summary",
    "translations",
    "typed_numbers",
    "validators",
    "words",
    "yaml_nodes",
]
