"""YAML in data/ and templates become a Draft and outlines: what was written, each scalar with its place.

Doors:
    draft: read_draft and the Draft
    nodes: YAML trees with places
    series_files: the cells of series
    located: values with the places where they were written
    front_matter: the YAML front matter of pages
    outline: what a template says before it is rendered
    typed_numbers: quantities typed into a text
    translations: which texts were confirmed to say the same
    schemas: JSON Schemas for editors
"""

__all__ = [
    "draft",
    "front_matter",
    "located",
    "nodes",
    "outline",
    "schemas",
    "series_files",
    "translations",
    "typed_numbers",
]
