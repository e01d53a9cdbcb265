"""The data package: every table of a release described for a program (Frictionless, version 1)."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from data_model.vocabulary import Symbol
from inspect_app.publishing.content import ReleaseMark
from inspect_app.publishing.data_tables import TABLES
from inspect_app.publishing.described import Column, Holds, Said, Table
from inspect_app.publishing.open_data import TIME, OpenFile
from inspect_app.publishing.standard_places import COLUMNS

PATH = "data/datapackage.json"
Package = dict[str, Any]

TYPES: Mapping[Holds, Package] = {
    Holds.TEXT: {"type": "string"},
    Holds.CODE: {"type": "string"},
    Holds.LIST: {"type": "string"},
    Holds.DATE: {"type": "date"},
    Holds.COUNT: {"type": "integer", "constraints": {"minimum": 0}},
    Holds.MEASURE: {"type": "number"},
    Holds.YES_NO: {"type": "boolean", "trueValues": ["yes"], "falseValues": ["no"]},
}
MISSING = ["", *(symbol.value for symbol in Symbol)]
LICENCE = {
    "name": "OGL-UK-3.0",
    "path": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    "title": "Open Government Licence v3.0",
}


def document(mark: ReleaseMark, open_files: Sequence[OpenFile]) -> bytes:
    """Return `data/datapackage.json`: paths are relative to where it stands."""
    whole = {
        "profile": "tabular-data-package",
        "name": "inspection-evidence",
        "title": f"Inspection evidence, release {mark.number}",
        "version": str(mark.number),
        "created": f"{mark.made_on.isoformat()}T00:00:00Z",
        "licenses": [LICENCE],
        "symbols": [_symbol(each) for each in Symbol],
        "resources": [*map(_table, TABLES), *map(_open_file, open_files)],
    }
    return (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode()


def _symbol(symbol: Symbol) -> Package:
    return {"symbol": symbol.value, "title": symbol.english, "title_welsh": symbol.welsh}


def _table(table: Table) -> Package:
    notes = [table.row, *table.notes]
    return {
        **_resource(table.name, table.path, table.title),
        "description": " ".join(_sentence(each.english) for each in notes),
        "description_welsh": " ".join(_sentence(each.welsh) for each in notes),
        "schema": {"fields": [_field(each) for each in table.fields], "missingValues": MISSING},
    }


def _open_file(file: OpenFile) -> Package:
    texts = [*TIME, *COLUMNS, *(each.name for each in file.filters)]
    numbers = [
        {"name": each.name, "type": "number", **_titles(each.label)}
        for each in file.table.indicators
    ]
    fields = [*({"name": name, "type": "string"} for name in texts), *numbers]
    return {
        **_resource(file.name, file.path, file.table.title),
        "schema": {"fields": fields, "missingValues": MISSING},
    }


def _resource(name: str, path: str, title: Said) -> Package:
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "path": path.removeprefix("data/"),
        **_titles(title),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
    }


def _field(column: Column) -> Package:
    said = {"description": column.meaning.english, "description_welsh": column.meaning.welsh}
    unit = column.unit
    units = {"unit": unit.english, "unit_welsh": unit.welsh} if unit else {}
    return {"name": column.name, **TYPES[column.holds], **said, **units}


def _titles(said: Said) -> Package:
    return {"title": said.english, "title_welsh": said.welsh}


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].removesuffix('.')}."
