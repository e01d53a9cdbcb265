"""A case as a tree of fields, so that each can be named, read and put by itself.

A field is named by its path: `sex`, `episodes.2.reported_on`, `T3.reason`,
`T3.pointers.1.locator`, or a whole list such as `episodes`. Lines count from 1.
"""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from data_model.forms import CaseForm

Tree = dict[str, Any]
EMPTY: tuple[Any, ...] = (None, "", [])


def tree_of(form: CaseForm) -> Tree:
    """Return a case as a tree, as JSON has it; its findings stand under their themes."""
    tree: Tree = form.model_dump(mode="json", exclude={"findings"})
    for finding in form.findings:
        tree[finding.theme] = finding.model_dump(mode="json", exclude={"theme"})
    return tree


def sent_from(tree: Mapping[str, Any]) -> Tree:
    """Return what a case form is filled from: texts trimmed, empty lines at the end left out."""
    plain = {name: _tidy(value) for name, value in tree.items() if name in CaseForm.model_fields}
    findings = [{"theme": theme, **_tidy(tree[theme])} for theme in sorted(set(tree) - set(plain))]
    return plain | {"findings": findings}


def _tidy(value: Any) -> Any:
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, dict):
        return {name: _tidy(held) for name, held in value.items()}
    if not isinstance(value, list):
        return value
    lines = [_tidy(line) for line in value]
    while lines and isinstance(lines[-1], dict) and blank(lines[-1]):
        lines.pop()
    return lines


def blank(line: Mapping[str, Any]) -> bool:
    """Whether nothing is entered in a line."""
    return all(value in EMPTY for value in line.values())


def value_at(tree: Mapping[str, Any], path: str) -> Any:
    """Return what stands at a path; None where nothing does."""
    node: Any = tree
    for part in path.split("."):
        if isinstance(node, list):
            place = int(part) - 1
            node = node[place] if place < len(node) else None
        else:
            node = node.get(part)
        if node is None:
            return None
    return node


def put(tree: Tree, path: str, value: Any) -> None:
    """Put a value at a path, making the finding or the lines on the way to it."""
    parts = path.split(".")
    node: Any = tree
    for part, following in pairwise(parts):
        if isinstance(node, list):
            node = _line(node, int(part))
        else:
            fresh: Any = [] if following.isdigit() else {}
            node[part] = node.get(part) or fresh
            node = node[part]
    node[parts[-1]] = value


def _line(lines: list[Any], number: int) -> Any:
    while len(lines) < number:
        lines.append({})
    return lines[number - 1]


def same(one: Any, other: Any) -> bool:
    """Whether two values say the same; nothing, no text and no lines are all nothing."""
    return one == other or (one in EMPTY and other in EMPTY)


def overlaid(form: CaseForm, typed: Mapping[str, Any]) -> Tree:
    """Return a case as a tree with what is typed put over what is kept."""
    tree = tree_of(form)
    for path in sorted(typed, key=lambda path: (path.count("."), path)):
        put(tree, path, typed[path])
    return tree
