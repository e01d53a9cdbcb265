"""A case as a tree of fields, so that each can be named, read and put by itself.

A field is named by its path: `sex`, `episodes.2.reported_on`, `T3.reason`,
`T3.pointers.1.locator`, or a whole line or list such as `episodes.2` or `episodes`. Lines count
from 1, and keep their numbers while a case is a draft: a line that is taken out stays as an
empty one until the case is submitted, so that what somebody types into a later line in another
tab never lands in the wrong one.
"""

from collections.abc import Collection, Mapping
from itertools import pairwise
from typing import Any

from data_model.forms import (
    AnswerForm,
    CaseForm,
    DisruptionForm,
    EpisodeForm,
    FindingForm,
    Form,
    PerpetratorForm,
    PointerForm,
)

Tree = dict[str, Any]
EMPTY: tuple[Any, ...] = (None, "", [])
LINES: dict[str, type[Form]] = {
    "episodes": EpisodeForm,
    "perpetrators": PerpetratorForm,
    "disruptions": DisruptionForm,
    "answers": AnswerForm,
    "pointers": PointerForm,
}
LONGEST_LIST = 200


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


def check_path(path: str, themes: Collection[str]) -> None:
    """Raise ValueError for what is no field of a case with these themes: a bug in the caller."""
    first, *rest = path.split(".")
    if first in themes:
        first, *rest = rest or [""]
        known = first in FindingForm.model_fields and first != "theme"
    else:
        known = first in CaseForm.model_fields and first != "findings"
    if rest:
        number, *name = rest
        form = LINES.get(first)
        numbered = number.isascii() and number.isdigit() and 0 < int(number) <= LONGEST_LIST
        known = known and form is not None and numbered and set(name) <= set(form.model_fields)
        known = known and len(name) <= 1
    if not known:
        message = f"{path!r} is no field of a case"
        raise ValueError(message)


def without_blanks(form: CaseForm) -> CaseForm:
    """Return a case without the lines in which nothing is entered: what was taken out of it."""
    tree = tree_of(form)
    for name in set(LINES) - {"pointers"}:
        tree[name] = _entered(tree[name])
    for theme in (finding.theme for finding in form.findings):
        tree[theme]["pointers"] = _entered(tree[theme]["pointers"])
    return CaseForm.model_validate(sent_from(tree))


def _entered(lines: list[Any]) -> list[Any]:
    return [line for line in lines if not blank(line)]


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
    if isinstance(node, list):
        _line(node, int(parts[-1]))
        node[int(parts[-1]) - 1] = value
    else:
        node[parts[-1]] = value


def _line(lines: list[Any], number: int) -> Any:
    while len(lines) < number:
        lines.append({})
    return lines[number - 1]


def same(one: Any, other: Any) -> bool:
    """Whether two values say the same: a number is the text of it, without blanks around it.

    No text, no lines and an empty line are all nothing.
    """
    return bool(_said(one) == _said(other))


def _said(value: Any) -> Any:
    held = str(value).strip() if isinstance(value, str | int) else value
    empty = held in EMPTY or (isinstance(held, dict) and blank(held))
    return None if empty else held


def overlaid(form: CaseForm, typed: Mapping[str, Any]) -> Tree:
    """Return a case as a tree with what is typed put over what is kept."""
    tree = tree_of(form)
    for path in sorted(typed, key=lambda path: (path.count("."), path)):
        put(tree, path, typed[path])
    return tree
