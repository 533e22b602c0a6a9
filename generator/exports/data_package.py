"""The whole report to take away: a Data Package (https://datapackage.org/, version 2) below data/, and all of it in one zip."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence

from ..model import addresses
from ..wording import citations
from ..wording.texts import Texts
from .api import facts_of_language
from .table_cells import Field, Table
from .tables import tables

FOLDER, ZIP = "data", "data.zip"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first day a zip knows: the same content gives the same bytes


def files(every: Sequence[Texts]) -> Iterator[tuple[str, str]]:
    """Everything below data/: tables, facts in each language, citations, what it all is for people and for programs."""
    listed = tables(every)
    for one in listed:
        yield f"{FOLDER}/{_path(one)}", one.csv
    for texts in every:
        code = texts.language.code
        yield f"{FOLDER}/facts.{code}.json", facts_of_language(texts)
        whole = citations.report_reference(texts)
        for ending, write in citations.FORMATS.items():
            yield f"{FOLDER}/citation.{code}.{ending}", write([whole])
    yield f"{FOLDER}/CITATION.cff", citations.cff(every[0])
    yield f"{FOLDER}/README.md", "\n---\n\n".join(_readme(texts, listed) for texts in every)
    yield f"{FOLDER}/datapackage.json", json.dumps(descriptor(every, listed), ensure_ascii=False, indent=2) + "\n"


def pack(content: Mapping[str, str | bytes], folder: str) -> bytes:
    """Files as a zip below one folder; the same files give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in sorted(content):
            info = zipfile.ZipInfo(f"{folder}/{name}", date_time=_EPOCH)
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            written = content[name]
            packed.writestr(info, written.encode() if isinstance(written, str) else written)
    return out.getvalue()


# --- for programs -----------------------------------------------------------------------------


def descriptor(every: Sequence[Texts], tables: Sequence[Table]) -> dict[str, object]:
    """The content of datapackage.json, in the words of the first language."""
    first, report = every[0], every[0].edition.report
    code = first.language.code
    found: dict[str, object] = {
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
        found["licenses"] = [{"name": report.licence.id, "title": report.licence.title, "path": report.licence.url}]
    found["sources"] = [
        {"title": f"{one.publisher}: {one.title}", **({"path": one.url} if one.url else {})}
        for one in first.edition.sources.values()
    ]
    found["resources"] = [
        *(_resource(one, first) for one in tables),
        *(
            {
                "name": f"facts-{texts.language.code.lower()}",
                "path": f"facts.{texts.language.code}.json",
                "title": f"{report.title[texts.language.code]} ({texts.language.name})",
                "format": "json",
                "mediatype": "application/json",
                "encoding": "utf-8",
            }
            for texts in every
        ),
    ]
    return found


def _path(table_: Table) -> str:
    return f"{'series/' if table_.series else ''}{table_.name}.csv"


def _resource(table_: Table, texts: Texts) -> dict[str, object]:
    return {
        "$schema": "https://datapackage.org/profiles/2.0/dataresource.json",
        "name": f"series-{table_.name}" if table_.series else table_.name,
        "type": "table",
        "path": _path(table_),
        "title": _title(table_, texts),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": _schema(table_, texts),
    }


def _title(table_: Table, texts: Texts) -> str:
    """A series by its label, another table by the report's word for it."""
    if table_.series:
        return texts.fill(texts.edition.series[table_.name].label)
    return texts.language.words.get(f"table.{table_.name}", table_.name)


def _schema(table_: Table, texts: Texts) -> dict[str, object]:
    found: dict[str, object] = {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": [_field(field, texts) for field in table_.fields],
        "missingValues": [""],
    }
    if key := [field.name for field in table_.fields if field.key]:
        found["primaryKey"] = key
    if foreign := [field for field in table_.fields if field.target]:
        found["foreignKeys"] = [
            {"fields": [field.name], "reference": {"resource": field.target, "fields": ["id"]}} for field in foreign
        ]
    return found


def _field(field: Field, texts: Texts) -> dict[str, object]:
    found: dict[str, object] = {"name": field.name, "type": field.type}
    if field.title:
        found["title"] = field.title
    if described := _described(field, texts):
        found["description"] = described
    if field.unit:
        found["unit"] = field.unit
    if field.enum:
        found["constraints"] = {"enum": list(field.enum)}
    elif field.key:
        found["constraints"] = {"required": True, "unique": True}
    return found


def _described(field: Field, texts: Texts) -> str:
    """What the report says of a column: by its name, or by its name without the language at its end."""
    words, base = texts.language.words, field.name.rpartition("_")[0]
    return "" if field.title else words.get(f"column.{field.name}", "") or words.get(f"column.{base}", "")


# --- for people -------------------------------------------------------------------------------


def _readme(texts: Texts, tables: Sequence[Table]) -> str:
    report, code, word = texts.edition.report, texts.language.code, texts.language.word
    plain = [one for one in tables if not one.series]
    described = {field.name: _described(field, texts) for one in plain for field in one.fields}
    parts = [
        f"# {report.title[code]}",
        report.description[code],
        word("theme.as_of").replace("{0}", texts.word_period(report.as_of)),
        f"## {word('package.files')}",
        "\n".join(f"- `{_path(one)}` {_title(one, texts)}" for one in tables),
        f"## {word('package.columns')}",
        word("package.values"),
        "\n".join(f"- `{name}` {text}" for name, text in described.items() if text),
        f"## {word('package.citation')}",
        citations.plain(texts, citations.report_reference(texts)),
    ]
    if report.licence:
        parts += [f"## {word('package.licence')}", f"[{report.licence.title}]({report.licence.url})"]
    return "\n\n".join(part for part in parts if part) + "\n"
