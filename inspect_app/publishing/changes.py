"""What changed from one release to the next, counted row by row: nobody has to remember it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from inspect_app.publishing import release_json
from inspect_app.publishing.content import FileChange, ReleaseContent, ReleaseMark
from inspect_app.publishing.csv_cells import cell
from inspect_app.publishing.data_tables import TABLES
from inspect_app.publishing.described import Table

KEYS: Mapping[str, tuple[str, ...]] = {
    "evidence_base": ("inspection", "case_kind", "theme", "grade", "basis"),
    "judgements": ("inspection", "topic"),
    "recommendations": ("recommendation", "body"),
    "indicators": ("indicator", "area_code", "period", "subject"),
    "areas": ("code",),
    "claims": ("claim",),
}
"""By which columns a row of a file is the same row with other values; else by all of them."""

UNMARKED = ReleaseMark(0, date.min, "", "", None)
"""No row of a table depends on the release's mark, but for the one about the release."""

COMPARED = tuple(table for table in TABLES if table.name != "release")

Keyed = Iterable[tuple[object, object]]


def changes(before: ReleaseContent, after: ReleaseContent) -> tuple[FileChange, ...]:
    """Return how each data file differs, those alone that do."""
    found = [_change(table.path, _rows(table, before), _rows(table, after)) for table in COMPARED]
    found.append(_change(release_json.PATH, _entries(before), _entries(after)))
    return tuple(each for each in found if each.added or each.removed or each.changed)


def _rows(table: Table, content: ReleaseContent) -> Iterator[tuple[object, object]]:
    for record in table.records(content, UNMARKED):
        row = {each.name: cell(record[each.name], each.holds) for each in table.fields}
        identity = tuple(row[key] for key in KEYS.get(table.name, ())) or tuple(row.values())
        yield identity, tuple(row.values())


def _entries(content: ReleaseContent) -> Iterator[tuple[object, object]]:
    kinds: Sequence[tuple[str, Sequence[object]]] = (
        ("area", content.areas),
        ("inspection", content.inspections),
        ("recommendation", content.recommendations),
    )
    for kind, entries in kinds:
        yield from (((kind, getattr(entry, "code", "")), entry) for entry in entries)


def _change(path: str, before: Keyed, after: Keyed) -> FileChange:
    old, new = _by_key(before), _by_key(after)
    added = removed = changed = 0
    for key in old.keys() | new.keys():
        gone, came = old[key] - new[key], new[key] - old[key]
        both = min(gone.total(), came.total())
        changed += both
        removed += gone.total() - both
        added += came.total() - both
    return FileChange(path, added, removed, changed)


def _by_key(rows: Keyed) -> defaultdict[object, Counter[object]]:
    found: defaultdict[object, Counter[object]] = defaultdict(Counter)
    for key, row in rows:
        found[key][row] += 1
    return found
