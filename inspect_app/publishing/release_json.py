"""The whole release as one JSON document: written, hashed and read back."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError

from inspect_app.errors import Refusal
from inspect_app.publishing.content import ReleaseContent, ReleaseMark

FORMAT = "inspection-evidence-release"
VERSION = 2
PATH = "data/release.json"


@dataclass(frozen=True)
class ReleaseDocument:
    """What `data/release.json` holds: the format it is in, the release's mark, its content."""

    format: str
    version: int
    mark: ReleaseMark
    content: ReleaseContent


_CONTENT = TypeAdapter(ReleaseContent)
_DOCUMENT = TypeAdapter(ReleaseDocument)
_ANYTHING: TypeAdapter[Any] = TypeAdapter(Any)


def settled(content: ReleaseContent) -> ReleaseContent:
    """Return the content as a reader of the document gets it, so that both hash alike."""
    return _CONTENT.validate_json(_canonical(_plain(_CONTENT, content)))


def content_hash(content: ReleaseContent) -> str:
    """Return the SHA-256, in hexadecimal, of the content as canonical JSON.

    Canonical: UTF-8, keys sorted, no spaces; whoever holds `data/release.json` can repeat it.
    """
    return settled_hash(settled(content))


def canonical(content: ReleaseContent) -> bytes:
    """Return the content as canonical JSON: what is hashed, and what a draft freezes."""
    return _canonical(_plain(_CONTENT, settled(content)))


def from_canonical(data: bytes) -> ReleaseContent:
    """Return the content that canonical JSON of ours holds."""
    return _CONTENT.validate_json(data)


def settled_hash(same: ReleaseContent) -> str:
    """Return the same hash of content that is settled already."""
    return hashlib.sha256(_canonical(_plain(_CONTENT, same))).hexdigest()


def document(same: ReleaseContent, mark: ReleaseMark) -> bytes:
    """Return `data/release.json` of settled content: canonical JSON on one line."""
    whole = ReleaseDocument(FORMAT, VERSION, mark, same)
    return _canonical(_plain(_DOCUMENT, whole)) + b"\n"


def digest(*values: object) -> str:
    """Return the SHA-256, in hexadecimal, of values of a release, to see whether they changed."""
    whole = hashlib.sha256()
    for value in values:
        whole.update(_ANYTHING.dump_json(value, warnings=False) + b"\0")
    return whole.hexdigest()


def read(data: bytes) -> ReleaseDocument:
    """Return the document that the bytes of a `release.json` hold.

    Raises Refusal where it is damaged or in another format.
    """
    try:
        return _DOCUMENT.validate_json(data)
    except ValidationError as problem:
        first = problem.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(step) for step in first["loc"]) or "its beginning"
        raise Refusal(
            f"{PATH} cannot be read as a release: {first['msg']} at {where}.",
            "Get the release again from where it was published.",
            file=PATH,
        ) from problem


def parse(data: bytes) -> ReleaseContent:
    """Return the content that the bytes of a `release.json` hold; raises Refusal like `read`."""
    return read(data).content


def _plain(adapter: TypeAdapter[Any], value: object) -> object:
    return adapter.dump_python(value, mode="json", warnings=False)


def _canonical(value: object) -> bytes:
    text = json.dumps(
        value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    )
    return text.encode()
