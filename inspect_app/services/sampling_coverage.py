"""What a sample covers of its list, and what it leaves out while there is time to act on it."""

from collections.abc import Sequence

import polars as pl

from data_model.vocabulary import Answer, Division, Ethnicity, Sex, Word
from inspect_app.services.sampling_values import CoverageLine, DrawValue, FrameValue
from metrics import sampling as arithmetic

WORDS: dict[Division, type[Word]] = {
    Division.SEX: Sex,
    Division.DISABILITY: Answer,
    Division.ETHNICITY: Ethnicity,
    Division.IN_CARE: Answer,
}
WHO: dict[tuple[Division, str], tuple[str, str]] = {
    (Division.SEX, Sex.MALE): ("boy", "boys"),
    (Division.SEX, Sex.FEMALE): ("girl", "girls"),
    (Division.DISABILITY, Answer.YES): ("disabled child", "disabled children"),
    (Division.DISABILITY, Answer.NO): (
        "child who is not disabled",
        "children who are not disabled",
    ),
    (Division.IN_CARE, Answer.YES): ("child in care", "children in care"),
    (Division.IN_CARE, Answer.NO): ("child not in care", "children not in care"),
}
"""Whom a characteristic is about, one and several; an ethnic group is said in its own words."""

SAID = {
    Division.SEX: "sex",
    Division.DISABILITY: "disability",
    Division.ETHNICITY: "ethnicity",
    Division.IN_CARE: "care status",
}


def coverage_of(frame: FrameValue | None, draw: DrawValue | None) -> tuple[CoverageLine, ...]:
    """Return how the list, the sample and what is read divide by each characteristic."""
    if frame is None:
        return ()
    rows = [
        {"number": entry.number, **{str(name): _code(getattr(entry, name)) for name in WORDS}}
        for entry in frame.eligible
    ]
    sample = draw.sample if draw else ()
    read = [case.number for case in sample if any(one.read for one in case.cases)]
    counted = arithmetic.coverage(
        pl.DataFrame(rows, arithmetic.FRAME), [case.number for case in sample], read
    )
    return tuple(
        CoverageLine(
            division := Division(row["characteristic"]),
            WORDS[division](row["value"]) if row["value"] is not None else None,
            row["frame"],
            row["drawn"] if draw else None,
            row["read"] if draw else None,
        )
        for row in counted.iter_rows(named=True)
    )


def _code(value: Word | None) -> str | None:
    return None if value is None else str(value)


def warnings_of(lines: Sequence[CoverageLine]) -> tuple[str, ...]:
    """Return in plain words whom the sample leaves out, who is unread, and what is unknown."""
    later = _half_read(lines)
    told = (_left_out(line) or (_unread(line) if later else None) for line in lines)
    unknown = (_unknown(division, lines) for division in WORDS)
    return tuple(said for said in (*told, *unknown) if said)


def _half_read(lines: Sequence[CoverageLine]) -> bool:
    """Whether half of the sample is read: before that, who is still unread says nothing."""
    of_all = [line for line in lines if line.division is Division.SEX]
    drawn, read = sum(one.drawn or 0 for one in of_all), sum(one.read or 0 for one in of_all)
    return read > 0 and read * 2 >= drawn


def _left_out(line: CoverageLine) -> str | None:
    if not _recorded(line) or line.drawn != 0:
        return None
    if line.listed == 1:
        return f"The list has {_who(line, 1)}, who is not in the sample."
    return f"The list has {_who(line, line.listed)}; none is in the sample."


def _unread(line: CoverageLine) -> str | None:
    if not _recorded(line) or not line.drawn or line.read:
        return None
    if line.drawn == 1:
        return f"The sample has {_who(line, 1)}, whose case has not been read yet."
    return f"The sample has {_who(line, line.drawn)}; no case of theirs has been read yet."


def _unknown(division: Division, lines: Sequence[CoverageLine]) -> str | None:
    """Say so where the list tells too little of a characteristic to judge the sample by it."""
    of_it = [line for line in lines if line.division is division]
    there = sum(line.listed for line in of_it)
    known = sum(line.listed for line in of_it if _recorded(line))
    if known * 2 >= there:
        return None
    return (
        f"The list gives the {SAID[division]} of {known} of {there} children, so that nobody "
        "can tell whom the sample leaves out by it."
    )


def _recorded(line: CoverageLine) -> bool:
    return line.value is not None and line.value != Answer.NOT_RECORDED


def _who(line: CoverageLine, number: int) -> str:
    said = line.words
    ethnic = (f"child whose ethnicity is “{said}”", f"children whose ethnicity is “{said}”")
    one, several = WHO.get((line.division, str(line.value)), ethnic)
    return f"{number} {one if number == 1 else several}"
