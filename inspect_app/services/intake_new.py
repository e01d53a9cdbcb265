"""New cases from a file: thousands at once, put together as columns and inserted as rows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl
from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model import bulk
from data_model.records import (
    CaseAnswer,
    CaseFile,
    Criterion,
    Disruption,
    EvidencePointer,
    Finding,
    MissingEpisode,
    Perpetrator,
    Record,
)
from data_model.vocabulary import CaseStatus
from inspect_app.services.intake_earlier import group_of
from inspect_app.services.intake_lines import case_hash, has_numbers
from inspect_app.services.intake_sorting import Sorting
from inspect_app.signed_in import SignedIn
from inspect_app.workbooks.layout import CASE, NUMBER, THEME, Kind, SheetLayout
from inspect_app.workbooks.rows import ROW, Rows
from inspect_app.workbooks.writing import TOO_LONG

PLACE = "place"
LINES: Mapping[str, type[Record]] = {
    "episodes": MissingEpisode,
    "perpetrators": Perpetrator,
    "disruptions": Disruption,
}


@dataclass(frozen=True)
class NewCases:
    """The rows of a file's new cases, by what they hold; a line's `place` is its number kept."""

    frames: Mapping[str, pl.DataFrame] = field(repr=False)
    layouts: Mapping[str, SheetLayout]
    counts: Mapping[str, int]
    references: tuple[str, ...]

    def hashes(self) -> dict[str, str]:
        """Return the hash of each case as it will stand."""
        rows: dict[str, list[str]] = defaultdict(list)
        for holds, frame in self.frames.items():
            for reference, text in _row_texts(frame, self.layouts[holds]).iter_rows():
                rows[reference].append(text)
        return {reference: case_hash(texts) for reference, texts in rows.items()}

    def lines(self) -> dict[str, dict[str, int]]:
        """Return under which number each line is kept, by what it is a line of and its own."""
        found: dict[str, dict[str, int]] = defaultdict(dict)
        for holds, frame in self.frames.items():
            if NUMBER in frame.columns:
                theme = pl.col(THEME) if THEME in frame.columns else pl.lit("")
                for row in frame.select(CASE, theme, NUMBER, PLACE).iter_rows():
                    reference, of_theme, number, place = row
                    found[group_of(holds, reference, of_theme)][str(number)] = place
        return dict(found)


def new_cases(sheets: Iterable[Rows], sorting: Sorting) -> NewCases:
    """Gather the rows that are taken of new cases; refused ones are left where they are."""
    gathered: dict[str, list[pl.DataFrame]] = defaultdict(list)
    layouts: dict[str, SheetLayout] = {}
    counts: dict[str, int] = {}
    references = list(sorting.new)
    for rows in sheets:
        taken = rows.frame.filter(
            pl.col(CASE).is_in(references) & ~pl.col(ROW).is_in(list(rows.problems))
        )
        gathered[rows.layout.holds].append(taken)
        layouts[rows.layout.holds] = rows.layout
        counts[rows.name] = len(taken)
    frames = {holds: _placed(pl.concat(each), layouts[holds]) for holds, each in gathered.items()}
    return NewCases(frames, layouts, counts, tuple(references))


def _placed(frame: pl.DataFrame, layout: SheetLayout) -> pl.DataFrame:
    texts = [column.field for column in layout.columns if column.kind is Kind.TEXT]
    known = frame.with_columns(
        pl.when(pl.col(texts) != TOO_LONG).then(pl.col(texts)) if texts else []
    )
    if not has_numbers(layout):
        return known
    group = [column.field for column in layout.key if column.field != NUMBER]
    place = pl.col(NUMBER).rank("ordinal").over(group).cast(pl.Int64)
    return known.with_columns(place.alias(PLACE)).sort([*group, PLACE])


def _row_texts(frame: pl.DataFrame, layout: SheetLayout) -> pl.DataFrame:
    """Return each row's case and its text as it is hashed; empty lines do not count."""
    said = [pl.col(c.field).cast(pl.String).fill_null("") for c in layout.columns]
    theme = [pl.col(THEME)] if THEME in frame.columns else []
    numbered = [pl.col(PLACE).cast(pl.String)] if PLACE in frame.columns else []
    line = pl.concat_str([*theme, *numbered], separator="/") if theme or numbered else pl.lit("")
    text = pl.concat_str([pl.lit(layout.holds), line, *said], separator="\x1f")
    counts = pl.lit(layout.holds == "case") | pl.any_horizontal(s != "" for s in said)
    return frame.filter(counts).select(pl.col(CASE), text.alias("text"))


def keep(session: Session, new: NewCases, inspection: str, by: SignedIn) -> None:
    """Insert new cases as drafts of the person's own, with everything that hangs on them."""
    if not new.references:
        return
    bulk.add(session, CaseFile, _case_rows(new, inspection, by))
    query = select(CaseFile.reference, CaseFile.id).where(
        CaseFile.inspection == inspection, CaseFile.read_by == by.person
    )
    ids = {reference: number for reference, number in session.execute(query)}  # noqa: C416
    for holds, kind in LINES.items():
        if holds in new.frames:
            bulk.add(session, kind, _line_rows(new.frames[holds], new.layouts[holds], ids))
    bulk.add(session, CaseAnswer, _answer_rows(new, ids))
    if "findings" in new.frames:
        bulk.add(session, Finding, _finding_rows(session, new, ids, by))
        bulk.add(session, EvidencePointer, _pointer_rows(session, new, ids))


def _case_rows(new: NewCases, inspection: str, by: SignedIn) -> list[dict[str, Any]]:
    layout = new.layouts["case"]
    several = [column.field for column in layout.columns if column.kind is Kind.CHOICES]
    parts = pl.col(several).fill_null("").str.split(";").list.filter(pl.element() != "")
    frame = new.frames["case"].with_columns(parts if several else [])
    same = {"inspection": inspection, "read_by": by.person, "status": CaseStatus.DRAFT}
    held = frame.rename({CASE: "reference"}).drop(ROW)
    return [{**same, **row} for row in held.iter_rows(named=True)]


def _line_rows(
    frame: pl.DataFrame, layout: SheetLayout, ids: Mapping[str, int]
) -> list[dict[str, Any]]:
    said = [column.field for column in layout.columns]
    held = frame.with_columns(_id(ids)).rename({PLACE: "position"})
    return held.select("case_id", "position", *said).to_dicts()


def _id(ids: Mapping[str, int]) -> pl.Expr:
    return pl.col(CASE).replace_strict(ids, default=None, return_dtype=pl.Int64).alias("case_id")


def _answer_rows(new: NewCases, ids: Mapping[str, int]) -> list[dict[str, Any]]:
    if "answers" not in new.frames:
        return []
    questions = [column.field for column in new.layouts["answers"].columns]
    rows = []
    for row in new.frames["answers"].iter_rows(named=True):
        given = [(question, row[question]) for question in questions if row[question]]
        for position, (question, answer) in enumerate(given, start=1):
            held = {"case_id": ids[row[CASE]], "position": position}
            rows.append({**held, "question": question, "answer": answer})
    return rows


def _finding_rows(
    session: Session, new: NewCases, ids: Mapping[str, int], by: SignedIn
) -> list[dict[str, Any]]:
    """Return the findings; a theme that evidence alone speaks of has one with nothing in it."""
    said = [column.field for column in new.layouts["findings"].columns]
    found = new.frames["findings"].select(CASE, THEME, *said)
    if "pointers" in new.frames:
        only = new.frames["pointers"].select(CASE, THEME).unique(maintain_order=True)
        found = pl.concat([found, only.join(found, [CASE, THEME], "anti")], how="diagonal")
    version = pl.col("criterion").replace_strict(
        _versions(session), default=None, return_dtype=pl.Int64
    )
    held = found.with_columns(_id(ids), version.alias("criterion_version")).drop(CASE)
    return [{"reader": by.person, **row} for row in held.iter_rows(named=True)]


def _versions(session: Session) -> dict[str, int]:
    """Return the newest version of each criterion; a grade given now is bound to it."""
    query = select(Criterion.code, Criterion.version).order_by(Criterion.version)
    return {code: version for code, version in session.execute(query)}  # noqa: C416


def _pointer_rows(
    session: Session, new: NewCases, ids: Mapping[str, int]
) -> Sequence[dict[str, Any]]:
    if "pointers" not in new.frames or not len(new.frames["pointers"]):
        return []
    mine = {ids[reference] for reference in new.references}
    query = select(Finding.case_id, Finding.theme, Finding.id).where(
        Finding.case_id >= min(mine), Finding.case_id <= max(mine)
    )
    findings = {(case, theme): number for case, theme, number in session.execute(query)}
    said = [column.field for column in new.layouts["pointers"].columns]
    return [
        {
            "finding": findings[ids[row[CASE]], row[THEME]],
            "position": row[PLACE],
            **{name: row[name] for name in said},
        }
        for row in new.frames["pointers"].iter_rows(named=True)
    ]
