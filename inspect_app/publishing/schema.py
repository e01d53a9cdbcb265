"""The JSON Schema of `data/release.json`, read off the values a release is made of."""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from data_model.vocabulary import Word
from inspect_app.publishing.release_json import FORMAT, VERSION, ReleaseDocument

Schema = dict[str, Any]

PATH = "data/release.schema.json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"

SIMPLE: Mapping[object, Schema] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer", "minimum": 0},
    float: {"type": "number"},
    date: {"type": "string", "format": "date"},
    NoneType: {"type": "null"},
}


def schema() -> Schema:
    """Return the schema as a JSON object: every object closed, every key required."""
    found: dict[str, Schema] = {}
    whole = _object(ReleaseDocument, found)
    whole["properties"]["format"] = {"const": FORMAT}
    whole["properties"]["version"] = {"const": VERSION}
    return {"$schema": DIALECT, "title": "Release", **whole, "$defs": found}


def schema_file() -> bytes:
    """Return the bytes of `data/release.schema.json`."""
    return (json.dumps(schema(), ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def _of(kind: Any, found: dict[str, Schema]) -> Schema:
    if kind in SIMPLE:
        return dict(SIMPLE[kind])
    if is_dataclass(kind):
        return _named(kind, found, _object)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return _named(kind, found, _words)
    if get_origin(kind) is tuple:
        return _array(get_args(kind), found)
    if get_origin(kind) in {Union, UnionType}:
        return {"anyOf": [_of(each, found) for each in get_args(kind)]}
    raise TypeError(f"No schema for {kind!r}")


def _named(kind: Any, found: dict[str, Schema], make: Callable[..., Schema]) -> Schema:
    if kind.__name__ not in found:
        found[kind.__name__] = {}
        found[kind.__name__] = make(kind, found)
    return {"$ref": f"#/$defs/{kind.__name__}"}


def _object(kind: Any, found: dict[str, Schema]) -> Schema:
    hints = get_type_hints(kind)
    names = [field.name for field in fields(kind)]
    return {
        "description": kind.__doc__.splitlines()[0],
        "type": "object",
        "properties": {name: _of(hints[name], found) for name in names},
        "required": names,
        "additionalProperties": False,
    }


def _words(kind: type[Word], _found: dict[str, Schema]) -> Schema:
    meanings = "; ".join(f"{word.value}: {word.english} / {word.welsh}" for word in kind)
    return {"type": "string", "enum": [word.value for word in kind], "description": meanings}


def _array(of: tuple[Any, ...], found: dict[str, Schema]) -> Schema:
    if of[-1] is Ellipsis:
        return {"type": "array", "items": _of(of[0], found)}
    each = [_of(kind, found) for kind in of]
    return {
        "type": "array",
        "prefixItems": each,
        "items": False,
        "minItems": len(each),
        "maxItems": len(each),
    }
