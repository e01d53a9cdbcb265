"""The last look before anything is written: no reference to a case may stand in any file."""

import html
import re
from collections.abc import Collection, Mapping
from io import BytesIO
from zipfile import ZipFile

from inspect_app.errors import Refusal

SHORT = 6
"""A reference shorter than this is looked for as a whole word, or every hash would hold it."""

WORD = "[0-9A-Za-z]"

Tree = dict[str, "Tree"]


def refuse_references(files: Mapping[str, bytes], forbidden: Collection[str]) -> None:
    """Look through every file (path to bytes) and its path for the forbidden references.

    Capitals do not matter. Raises Refusal naming the first file, never the reference.
    """
    known = {reference.strip().casefold() for reference in forbidden} - {""}
    if not known:
        return
    seen = _pattern(known)
    for path in sorted(files):
        if seen.search(f"{path}\n{_read(path, files[path])}".casefold()):
            raise _refusal(path)


def _read(path: str, data: bytes) -> str:
    """Return the text of a file; all that a PDF says stands in `release.json`, looked at too."""
    if path.endswith(".pdf"):
        return ""
    text = _in_workbook(data) if path.endswith(".xlsx") else data.decode()
    return html.unescape(text) if path.endswith((".html", ".xlsx")) else text


def _in_workbook(data: bytes) -> str:
    with ZipFile(BytesIO(data)) as parts:
        return "\n".join(parts.read(name).decode() for name in parts.namelist())


def _pattern(known: Collection[str]) -> re.Pattern[str]:
    long = {reference for reference in known if len(reference) >= SHORT}
    words = [f"(?<!{WORD}){re.escape(each)}(?!{WORD})" for each in sorted(set(known) - long)]
    return re.compile("|".join([*words, *([_branches(_tree(long))] if long else [])]))


def _tree(references: Collection[str]) -> Tree:
    """Return the references letter by letter, so that thousands are looked for in one go."""
    root: Tree = {}
    for reference in sorted(references):
        at = root
        for letter in reference:
            at = at.setdefault(letter, {})
        at[""] = {}
    return root


def _branches(tree: Tree) -> str:
    if "" in tree:
        return ""
    each = [re.escape(letter) + _branches(rest) for letter, rest in tree.items()]
    return each[0] if len(each) == 1 else f"(?:{'|'.join(each)})"


def _refusal(path: str) -> Refusal:
    return Refusal(
        f"The release was not written: {path} would hold the reference of a child's case.",
        "Take the reference out of the text that was released for publication, then try again.",
        file=path,
    )
