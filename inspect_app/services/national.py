"""A nation's scorecards from its snapshot alone, on any engine: no database is needed."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import narwhals as nw
import polars as pl

from data_model import counted, engines
from data_model import national as files
from data_model.engines import Engine
from data_model.national import National, Written
from data_model.vocabulary import SamplingMethod
from inspect_app.access import Permission
from inspect_app.errors import NotFound
from inspect_app.services import trail
from inspect_app.signed_in import SignedIn
from metrics import BY_CODE, tallies
from metrics.indicator import Indicator, Quarter
from metrics.outcome import in_words
from metrics.stated import outcome
from metrics.tallies import Lazy, Tally, measure

WRITTEN = "snapshot.written"
READING = ("area", "quarter", "inspection")
CARD = pl.Schema(
    {
        "area": pl.String,
        "period": pl.String,
        "inspection": pl.String,
        "indicator": pl.String,
        "subject": pl.String,
        "breakdown": pl.String,
        "category": pl.String,
        "counted": pl.Int64,
        "out_of": pl.Int64,
        "value": pl.Float64,
        "value_high": pl.Float64,
        "comparator": pl.String,
        "symbol": pl.String,
        "published": pl.Boolean,
        "says": pl.String,
    }
)
"""One row a number: counted in an inspection's cases, or stated in a return or a publication.

`says` is what the number comes to, with its interval where there is one; parts have none.
"""

PERIOD_OF_CASES = {"quarter": "period"}
NAMES_OF_FIGURES = {"numerator": "counted", "denominator": "out_of", "period_label": "period"}
STATED = ("indicator", "area", "subject", "period_end", "id")


def write(folder: str, *, by: SignedIn) -> Written:
    """Bring a folder of Parquet files up to date with the counted evidence of every area.

    Its rows are cases without references: the folder is to be kept as the database is. Raises
    NotAllowed for whoever does not look after the installation.
    """
    by.need(Permission.WRITE_SNAPSHOTS)
    with by.reading() as session:
        snapshot = counted.snapshot(session, by.database.snapshots)
    done = files.write(snapshot, folder)
    with by.recording() as session:
        which = f"version {snapshot.version}"
        trail.note(session, by, WRITTEN, which, after={"areas written": done.written})
    return done


def scorecards(
    folder: str, engine: str, area: str | None = None, quarter: Quarter | None = None
) -> pl.DataFrame:
    """Return the numbers of every indicator, for one area or for all, in the columns of `CARD`.

    Of cases, each area's newest reading that had ended by the quarter, as a whole and in parts;
    of figures, the newest of each indicator and population. Without a quarter, the newest of
    all. Raises Refusal for a folder without a snapshot and an engine that is not installed,
    NotFound for an area that the snapshot does not hold.
    """
    held = files.read(folder)
    if area is not None and area not in held.listed.versions:
        raise NotFound(
            f"The snapshot in {folder} holds nothing of an area {area!r}.",
            "Name an area by its code, such as E06000047, or none for all of them.",
            area=area,
        )
    until = quarter.end if quarter else None
    areas = None if area is None else [area]
    with engines.opened(engine) as running:
        return pl.concat([_read(running, held, areas, until), _stated(running, held, areas, until)])


def tally(
    engine: Engine, held: National, keys: Sequence[str], areas: Sequence[str] | None = None
) -> pl.DataFrame:
    """Return the tallies of these areas, or of all, by any keys that the frames share."""
    there = {name: held.of(name, areas) for name in tallies.FRAMES}
    frames = {name: engine.scan(found) for name, found in there.items() if found}
    asked = tallies.tallies(frames, keys)
    tables = engine.run(list(asked.values()))
    return tallies.listed(dict(zip(asked, tables, strict=True)), keys)


def _read(
    engine: Engine, held: National, areas: Sequence[str] | None, until: date | None
) -> pl.DataFrame:
    """Return what is counted in the newest reading of each area that had ended by a day."""
    found = held.of("inspections", areas)
    if not found:
        return pl.DataFrame(schema=CARD)
    [ended] = engine.run([_ended(engine.scan(found), "ended_on", until)])
    newest = ended.sort("ended_on", "inspection", nulls_last=False).group_by("area").last()
    counts = tally(engine, held, READING, areas)
    lines = pl.concat([counts, _without_rows(newest, counts)]).join(
        newest.select("inspection", "sampling", "available"), on="inspection"
    )
    ordered = lines.sort(*READING, "indicator", "breakdown", "category")
    says = [_counted(row) for row in ordered.iter_rows(named=True)]
    return _as_card(ordered.with_columns(says=pl.Series(says, dtype=pl.String)), PERIOD_OF_CASES)


def _ended(rows: Lazy, column: str, until: date | None) -> Lazy:
    """Keep what had ended by a day, where one is asked."""
    return rows if until is None else rows.filter(nw.col(column) <= until)


def _without_rows(newest: pl.DataFrame, counts: pl.DataFrame) -> pl.DataFrame:
    """Return the lines of indicators that a reading has no row of: nothing of nothing."""
    declared = pl.DataFrame({"indicator": [each.code for each in tallies.FROM_CASES]})
    every = newest.select(READING).join(declared, how="cross")
    missing = every.join(counts, on=["inspection", "indicator"], how="anti")
    nought = pl.lit(0, pl.Int64)
    return missing.select(
        *READING,
        "indicator",
        breakdown=pl.lit(None, pl.String),
        category=pl.lit(None, pl.String),
        counted=nought,
        out_of=nought,
        rows=nought,
    )


def _counted(row: dict[str, Any]) -> str | None:
    indicator = BY_CODE[row["indicator"]]
    if row["breakdown"] or not isinstance(indicator, Indicator):
        return None
    held = Tally(row["counted"], row["out_of"], row["rows"])
    return in_words(measure(indicator, held, SamplingMethod(row["sampling"]), row["available"]))


def _stated(
    engine: Engine, held: National, areas: Sequence[str] | None, until: date | None
) -> pl.DataFrame:
    """Return the newest figure of each indicator, area and population that had ended by a day."""
    found = held.of("figures", areas)
    if not found:
        return pl.DataFrame(schema=CARD)
    [figures] = engine.run([_ended(engine.scan(found), "period_end", until)])
    newest = figures.sort("period_end", "id", nulls_last=False).group_by(STATED[:3]).last()
    ordered = newest.sort(STATED)
    says = [in_words(outcome(row)) for row in ordered.iter_rows(named=True)]
    return _as_card(ordered.with_columns(says=pl.Series(says, dtype=pl.String)), NAMES_OF_FIGURES)


def _as_card(rows: pl.DataFrame, names: Mapping[str, str]) -> pl.DataFrame:
    named = rows.rename(names)
    empty = [pl.lit(None, kind).alias(n) for n, kind in CARD.items() if n not in named.columns]
    return named.with_columns(empty).select(CARD.names())
