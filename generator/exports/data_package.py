"""The data of a report as a Data Package (https://datapackage.org/, version 2): below data/ of the site, and as a zip."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..markup.json_text import json_text
from ..model import addresses
from ..wording import citations
from ..wording.texts import Texts
from .api import facts_of_language, language_rows
from .table_cells import Field, Table
from .tables import tables
from .zip_parts import Part, archive, part, uncompressed

FOLDER, ZIP = "data", "data.zip"


def files(languages: Sequence[Texts]) -> Iterator[tuple[str, str]]:
    """Address and content of everything below data/: tables, facts per language, citations, README and descriptor."""
    for table in tables(languages):
        yield table_path(table), table.csv
    for texts in languages:
        rows = part(language_rows(texts, texts.edition.facts.values()))
        yield facts_path(texts), uncompressed(facts_of_language(texts, [rows])).decode()
    yield from frame_files(languages)


def frame_files(languages: Sequence[Texts]) -> Iterator[tuple[str, str]]:
    """Those of them that do not list entries but sources: citations, README and descriptor."""
    listed = tables(languages, with_rows=False)
    for texts in languages:
        reference = citations.report_reference(texts)
        for ending, write in citations.FORMATS.items():
            yield f"{FOLDER}/citation.{texts.language.code}.{ending}", write([reference])
    yield f"{FOLDER}/CITATION.cff", citations.cff(languages[0])
    yield f"{FOLDER}/README.md", "\n---\n\n".join(_readme(texts, listed) for texts in languages)
    yield f"{FOLDER}/datapackage.json", json_text(descriptor(languages, listed), indent=2)


def table_path(table: Table) -> str:
    """The address of a table as CSV."""
    return f"{FOLDER}/{_path(table)}"


def facts_path(texts: Texts) -> str:
    """The address of all facts in one language."""
    return f"{FOLDER}/facts.{texts.language.code}.json"


def pack(members: Mapping[str, Sequence[Part]], folder: str) -> bytes:
    """A zip with files below one folder, sorted by name; the same files give the same bytes."""
    return archive({f"{folder}/{name}": members[name] for name in sorted(members)})


def descriptor(languages: Sequence[Texts], tables: Sequence[Table]) -> dict[str, object]:
    """The content of datapackage.json; titles and descriptions are in the first language."""
    first, report = languages[0], languages[0].edition.report
    code = first.language.code
    content: dict[str, object] = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": addresses.slug(report.site_url),
        "id": addresses.absolute(report.site_url, f"{FOLDER}/datapackage.json"),
        "title": report.title[code],
        "description": report.description[code],
        "homepage": report.site_url,
        "version": report.as_of.text,
        "created": f"{report.as_of.last.isoformat()}T00:00:00Z",
        "contributors": [{"title": report.publisher[code], "roles": ["publisher"], "path": report.site_url}],
    }
    if report.licence:
        content["licenses"] = [{"name": report.licence.id, "title": report.licence.title, "path": report.licence.url}]
    content["sources"] = [
        {"title": f"{source.publisher}: {source.title}", **({"path": source.url} if source.url else {})}
        for source in first.edition.sources.values()
    ]
    content["resources"] = [
        *(_resource(table, first) for table in tables),
        *(
            {
                "name": f"facts-{texts.language.code.lower()}",
                "path": f"facts.{texts.language.code}.json",
                "title": f"{report.title[texts.language.code]} ({texts.language.name})",
                "format": "json",
                "mediatype": "application/json",
                "encoding": "utf-8",
            }
            for texts in languages
        ),
    ]
    return content


def _path(table: Table) -> str:
    return f"{'series/' if table.series else ''}{table.name}.csv"


def _resource(table: Table, texts: Texts) -> dict[str, object]:
    return {
        "$schema": "https://datapackage.org/profiles/2.0/dataresource.json",
        "name": f"series-{table.name}" if table.series else table.name,
        "type": "table",
        "path": _path(table),
        "title": table_title(table, texts),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": _schema(table, texts),
    }


def table_title(table: Table, texts: Texts) -> str:
    """The label of a series; for other tables the interface text with their name."""
    if table.series:
        return texts.fill(texts.edition.series[table.name].label)
    return texts.language.word(f"table.{table.name}")


def _schema(table: Table, texts: Texts) -> dict[str, object]:
    content: dict[str, object] = {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": [_field(field, texts, alone=sum(one.key for one in table.fields) == 1) for field in table.fields],
        "missingValues": [""],
    }
    if key := [field.name for field in table.fields if field.key]:
        content["primaryKey"] = key
    if foreign := [field for field in table.fields if field.target]:
        content["foreignKeys"] = [
            {"fields": [field.name], "reference": {"resource": field.target, "fields": ["id"]}} for field in foreign
        ]
    return content


def _field(field: Field, texts: Texts, *, alone: bool) -> dict[str, object]:
    """A column; a key that is `alone` has no value twice."""
    content: dict[str, object] = {"name": field.name, "type": field.type}
    if field.title:
        content["title"] = field.title
    if description := field_description(field, texts):
        content["description"] = description
    if field.unit:
        content["unit"] = field.unit
    if field.enum:
        content["constraints"] = {"enum": list(field.enum)}
    elif field.key:
        content["constraints"] = {"required": True, **({"unique": True} if alone else {})}
    return content


def field_description(field: Field, texts: Texts) -> str:
    """The interface text that describes a column, by its name or its name without the language code at the end."""
    words, base = texts.language.words, field.name.rpartition("_")[0]
    return "" if field.title else words.get(f"column.{field.name}", "") or words.get(f"column.{base}", "")


def _readme(texts: Texts, tables: Sequence[Table]) -> str:
    report, code, word = texts.edition.report, texts.language.code, texts.language.word
    plain = [table for table in tables if not table.series]
    descriptions = {field.name: field_description(field, texts) for table in plain for field in table.fields}
    parts = [
        f"# {report.title[code]}",
        report.description[code],
        word("theme.as_of").replace("{0}", texts.word_period(report.as_of)),
        f"## {word('package.files')}",
        "\n".join(f"- `{_path(table)}` {table_title(table, texts)}" for table in tables),
        f"## {word('package.columns')}",
        word("package.values"),
        "\n".join(f"- `{name}` {text}" for name, text in descriptions.items() if text),
        f"## {word('package.citation')}",
        citations.plain(texts, citations.report_reference(texts)),
    ]
    if report.licence:
        parts += [f"## {word('package.licence')}", f"[{report.licence.title}]({report.licence.url})"]
    return "\n\n".join(part for part in parts if part) + "\n"
