"""The open data files of a release: CSV that a person, a program and a spreadsheet can read.

UTF-8, LF, one header row. Where there is no number a mark stands, where there is no text
`z`; only a date may be empty. Lists are joined with `; `. Each cell is one line: runs of
white space in a text are one space; `release.json` has every text exactly.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial

from inspect_app.publishing import (
    data_package,
    open_data,
    release_book,
    release_json,
    schema,
    screener,
)
from inspect_app.publishing.content import ReleaseContent, ReleaseMark
from inspect_app.publishing.csv_cells import cell, csv_of
from inspect_app.publishing.data_tables import TABLES
from inspect_app.publishing.described import Table

Draw = Callable[[], bytes]


@dataclass(frozen=True)
class Data:
    """The `data` folder of a release: what each file says, and how it is drawn."""

    content: ReleaseContent
    mark: ReleaseMark

    @cached_property
    def open_files(self) -> tuple[open_data.OpenFile, ...]:
        """The files in the Department for Education's open data standard."""
        return open_data.files_of(self.content)

    @cached_property
    def plan(self) -> dict[str, Draw]:
        """How each file is drawn, by path."""
        return {
            **{table.path: partial(self._table, table) for table in TABLES},
            **{each.path: partial(self._screened, each) for each in self.open_files},
            **{each.meta_path: partial(getattr, each, "meta") for each in self.open_files},
            data_package.PATH: partial(data_package.document, self.mark, self.open_files),
            **{
                path: partial(release_book.workbook, self.content, self.mark, language)
                for language, path in release_book.PATHS.items()
            },
            release_json.PATH: partial(release_json.document, self.content, self.mark),
            schema.PATH: schema.schema_file,
        }

    def drawn_from(self, path: str) -> str:
        """Return a hash of what a file says."""
        draws_on = {**{each.path: each.draws_on for each in TABLES}, **self._open_draws_on}
        if path == schema.PATH:
            return release_json.digest(path)
        parts = [self.parts[name] for name in draws_on.get(path, ())]
        if parts:
            return release_json.digest(path, parts)
        return release_json.digest(path, self.mark, self.content.scope)

    @cached_property
    def parts(self) -> dict[str, str]:
        """A hash of each part of the content, by its name."""
        of_tables = {name for each in TABLES for name in each.draws_on}
        names = of_tables | {name for each in self.open_files for name in each.draws_on}
        return {name: release_json.digest(getattr(self.content, name)) for name in names}

    @cached_property
    def _open_draws_on(self) -> dict[str, tuple[str, ...]]:
        return {
            path: each.draws_on for each in self.open_files for path in (each.path, each.meta_path)
        }

    def _table(self, table: Table) -> bytes:
        names = [column.name for column in table.fields]
        kinds = [column.holds for column in table.fields]
        rows = table.records(self.content, self.mark)
        data = csv_of(
            names,
            (
                [cell(row[name], holds) for name, holds in zip(names, kinds, strict=True)]
                for row in rows
            ),
        )
        screener.refuse_bad_table(table, data)
        return data

    def _screened(self, each: open_data.OpenFile) -> bytes:
        screener.refuse_bad_file(each.name, each.data, each.meta)
        return each.data


def tables(content: ReleaseContent, mark: ReleaseMark) -> dict[str, bytes]:
    """Return the files that every version of this program draws alike: path to bytes."""
    plan = Data(content, mark).plan
    return {path: plan[path]() for path in (*(each.path for each in TABLES), release_json.PATH)}
