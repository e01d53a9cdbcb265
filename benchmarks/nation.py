"""Every indicator × 200 areas × 40 quarters, in parts too: how long beside DuckDB and pandas?

Writes a made-up nation (1,000,000 findings, 1,000,000 missing episodes) as the product writes a
snapshot, then lets three contenders answer from those files: our declarations on Polars, the same
answers by hand in SQL for DuckDB, and by hand in pandas; the latter two in two ways each, as one
would write them at first and as one would to be fast. Each turn is a process of its own, and turns
alternate. Prints how their medians compare, and the most memory that each process held. Asked for:
at most 0.8 of DuckDB, 15 times as fast as pandas, below 1 GB.
"""

import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

TURNS = 3
KEYS = ["area", "quarter"]
CHILD = {
    "victim_sex": "sex",
    "victim_ethnicity": "ethnicity",
    "victim_disability": "disability",
    "age_band": "age_band",
}
APART = {
    "cases": {**CHILD, "care": "in_care"},
    "findings": {},
    "episodes": {**CHILD, "care": "from_care"},
    "perpetrators": {"perpetrator_sex": "sex", "perpetrator_disability": "disability"},
}
NOT_BY = {
    "case-over-20-miles": "care",
    "case-male-share": "victim_sex",
    "case-disabled-share": "victim_disability",
    "case-ethnicity-not-recorded": "victim_ethnicity",
    "case-disability-not-recorded": "victim_disability",
}

CSE = "case_kind IN ('cse', 'both')"
HARMED = "harm_category IN ('experienced', 'experienced_at_risk')"
SQL = {
    "cases": {
        "case-network": (CSE, "network IN ('yes', 'suspected')"),
        "case-flag-right": ("flagged = 'yes'", "meets_definition = 'yes'"),
        "case-flag-missed": ("meets_definition = 'yes'", "flagged <> 'yes'"),
        "harm-called-risk": (HARMED, "agency_risk IN ('high', 'medium', 'low', 'number')"),
        "case-over-20-miles": ("in_care = 'yes'", "placement = 'out_over_20'"),
        "case-notice-on-child": ("notice_on_child IS NOT NULL", "notice_on_child = 'yes'"),
        "case-male-share": ("sex IS NOT NULL", "sex = 'male'"),
        "case-disabled-share": ("disability IS NOT NULL", "disability = 'yes'"),
        "case-ethnicity-not-recorded": ("ethnicity IS NOT NULL", "ethnicity = 'not_recorded'"),
        "case-disability-not-recorded": ("disability IS NOT NULL", "disability = 'not_recorded'"),
        "case-network-not-recorded": ("network IS NOT NULL", "network = 'not_recorded'"),
        "case-language-blames": ("blaming_language IS NOT NULL", "blaming_language = 'yes'"),
        "case-voice-recorded": ("voice_recorded IS NOT NULL", "voice_recorded = 'yes'"),
        "case-voice-acted-on": ("voice_recorded = 'yes'", "voice_acted_on = 'yes'"),
    },
    "findings": {
        "findings-good": ("grade IS NOT NULL", "grade = 'good'"),
        "findings-requires-improvement": ("grade IS NOT NULL", "grade = 'requires_improvement'"),
        "findings-inadequate": ("grade IS NOT NULL", "grade = 'inadequate'"),
    },
    "episodes": {
        "episode-offered-of-reported": ("reported_to_police = 'yes'", "interview_offered = 'yes'"),
        "episode-in-time-of-reported": (
            "reported_to_police = 'yes'",
            "interview_timing = 'within'",
        ),
        "episode-offered-of-referred": ("referred = 'yes'", "interview_offered = 'yes'"),
        "episode-in-time-of-referred": ("referred = 'yes'", "interview_timing = 'within'"),
    },
    "perpetrators": {
        "perpetrator-ethnicity-not-recorded": (
            "ethnicity IS NOT NULL",
            "ethnicity = 'not_recorded'",
        ),
    },
}
"""What each indicator is out of and what it counts, written without the declarations."""

Frames = dict[str, Any]


def on_polars(folder: Path) -> Callable[[], Frames]:
    """Our declarations, on the engine that serves the app."""
    from data_model import engines, national
    from metrics import tallies

    held = national.read(str(folder))

    def answer() -> Frames:
        with engines.opened("polars") as engine:
            frames = {name: engine.scan(held.of(name)) for name in tallies.FRAMES}
            asked = tallies.tallies(frames, KEYS)
            tables = engine.run(list(asked.values()))
        return {f"{cut.rows} {cut.breakdown}": t for cut, t in zip(asked, tables, strict=True)}

    return answer


def on_duckdb_in_sets(folder: Path) -> Callable[[], Frames]:
    """One statement a frame, with grouping sets: a table's rows for all its parts together."""
    import duckdb

    connection = duckdb.connect()
    questions = {rows: _in_sets(folder, rows) for rows in SQL}
    return lambda: {rows: connection.sql(said).pl() for rows, said in questions.items()}


def on_duckdb_part_by_part(folder: Path) -> Callable[[], Frames]:
    """A statement for each part, with the indicators that are taken apart in that way alone."""
    import duckdb

    connection = duckdb.connect()
    questions = {
        f"{rows} {part}": _selected(folder, rows, part, codes)
        for rows in SQL
        for part, codes in _parts(rows)
    }
    return lambda: {cut: connection.sql(said).pl() for cut, said in questions.items()}


def _of(rows: str, part: str | None) -> list[str]:
    return [code for code in SQL[rows] if NOT_BY.get(code, "") != (part or "whole")]


def _files(folder: Path, rows: str) -> str:
    return f"read_parquet('{folder}/{rows}/*/*.parquet')"


def _selected(folder: Path, rows: str, part: str | None, codes: list[str]) -> str:
    by = ", ".join([*KEYS, *([APART[rows][part]] if part else [])])
    sums = f"count(*) AS rows, {_sums(rows, codes)}"
    return f"SELECT {by}, {sums} FROM {_files(folder, rows)} GROUP BY {by}"


def _in_sets(folder: Path, rows: str) -> str:
    columns = list(APART[rows].values())
    sets = ", ".join(f"({', '.join([*KEYS, *part])})" for part in ([], *([c] for c in columns)))
    return (
        f"SELECT {', '.join([*KEYS, *columns])}, grouping({', '.join(columns) or 'area'}) AS part, "
        f"count(*) AS rows, {_sums(rows, list(SQL[rows]))} "
        f"FROM {_files(folder, rows)} GROUP BY GROUPING SETS ({sets})"
    )


def _sums(rows: str, codes: list[str]) -> str:
    return ", ".join(
        f'count(*) FILTER ({out_of}) AS "{code} out of", '
        f'count(*) FILTER ({out_of} AND {counts}) AS "{code} counted"'
        for code, (out_of, counts) in SQL[rows].items()
        if code in codes
    )


def on_pandas_all_at_once(folder: Path) -> Callable[[], Frames]:
    """Every flag as a column first, then one `groupby` for each part."""
    import pandas as pd

    def answer() -> Frames:
        found: Frames = {}
        for rows in SQL:
            held = pd.read_parquet(folder / rows)
            flags = _flags(held, rows)
            for part, codes in _parts(rows):
                sums = [f"{code} {kind}" for code in codes for kind in ("out of", "counted")]
                groups = _grouped(flags[["rows", *sums]], held, rows, part)
                found[f"{rows} {part}"] = groups.sum()
        return found

    return answer


def on_pandas_one_by_one(folder: Path) -> Callable[[], Frames]:
    """An indicator at a time: its rows, and how many of them count, by each part."""
    import pandas as pd

    def answer() -> Frames:
        found: Frames = {}
        for rows in SQL:
            held = pd.read_parquet(folder / rows)
            for part, codes in _parts(rows):
                for code in codes:
                    found[f"{rows} {part} {code}"] = _one(held, rows, part, code)
        return found

    return answer


def _one(held: Any, rows: str, part: str | None, code: str) -> Any:
    out_of, counts = SQL[rows][code]
    mine = held[_condition(held, out_of)]
    counted = _condition(mine, counts)
    sums = _grouped(counted, mine, rows, part).agg(["sum", "count"])
    return sums.rename(columns={"sum": f"{code} counted", "count": f"{code} out of"})


def _parts(rows: str) -> list[tuple[str | None, list[str]]]:
    return [(part, _of(rows, part)) for part in (None, *APART[rows])]


def _grouped(values: Any, held: Any, rows: str, part: str | None) -> Any:
    by = [held[name] for name in (*KEYS, *([APART[rows][part]] if part else []))]
    return values.groupby(by, dropna=False, sort=False)


def _flags(held: Any, rows: str) -> Any:
    import pandas as pd

    flags = {"rows": pd.Series(1, index=held.index, dtype="int32")}
    for code, (out_of, counts) in SQL[rows].items():
        inside = _condition(held, out_of)
        flags[f"{code} out of"] = inside.astype("int32")
        flags[f"{code} counted"] = (inside & _condition(held, counts)).astype("int32")
    return pd.DataFrame(flags)


def _condition(held: Any, said: str) -> Any:
    """Return what a condition written in SQL is in pandas: its four forms, by hand."""
    column, operator, rest = said.split(" ", 2)
    values = [value.strip(" '()") for value in rest.split(",")]
    match operator:
        case "IN":
            return held[column].isin(values)
        case "IS":
            return held[column].notna()
        case "<>":
            return held[column].notna() & (held[column] != values[0])
        case _:
            return held[column] == values[0]


CONTENDERS = {
    "ours, on Polars": on_polars,
    "DuckDB by hand, in grouping sets": on_duckdb_in_sets,
    "DuckDB by hand, part by part": on_duckdb_part_by_part,
    "pandas by hand, one by one": on_pandas_one_by_one,
    "pandas by hand, all at once": on_pandas_all_at_once,
}


def turn(name: str, folder: Path) -> None:
    """Answer once in this process, and print the seconds, the most memory held, and the sums."""
    answer = CONTENDERS[name](folder)
    began = perf_counter()
    found = answer()
    seconds = perf_counter() - began
    print(json.dumps({"seconds": seconds, "peak": _peak(), "sums": _check(found)}))


def _peak() -> float:
    """Return the most memory that this process has held, in MB: of its own, not its parent's."""
    held = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(held.partition("VmHWM:")[2].split()[0]) / 1024


def _check(found: Frames) -> dict[str, int]:
    """Return for each frame what all its cuts come to, the same however they were asked for."""
    totals: dict[str, int] = defaultdict(int)
    for cut, table in found.items():
        frame = cut.split(" ")[0]
        for column in (c for c in table.columns if c.endswith((" counted", " out of"))):
            totals[f"{frame} {column}"] += int(table[column].sum())
    return totals


def main() -> None:
    """Write the nation, let everybody answer in turn, and print who took how long."""
    from tests.support.evidence import Extent, frames
    from tests.support.nation import write_nation

    with tempfile.TemporaryDirectory() as place:
        write_nation(frames(Extent(200, 40, 200_000, 1_000_000, 1_000_000, 200_000)), Path(place))
        taken = _take_turns(Path(place) / "nation")
    _report(taken)


def _take_turns(folder: Path) -> dict[str, list[dict[str, Any]]]:
    taken: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for _turn in range(TURNS):
        for name in CONTENDERS:
            command = [sys.executable, __file__, name, str(folder)]
            said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603
            taken[name].append(json.loads(said.stdout))
    return taken


def _report(taken: dict[str, list[dict[str, Any]]]) -> None:
    seconds = {name: median(each["seconds"] for each in turns) for name, turns in taken.items()}
    ours, sets, parts, one_by_one, at_once = seconds.values()
    for name, turns in taken.items():
        peak = max(each["peak"] for each in turns)
        print(f"{name:34} {seconds[name]:7.3f} s   {peak:6.0f} MB at most")
    print(f"of DuckDB at its fastest: {ours / min(sets, parts):.2f} (asked for: at most 0.80)")
    print(f"pandas, as written at first: {one_by_one / ours:.1f} times as long (asked for: 15)")
    print(f"pandas, written to be fast: {at_once / ours:.1f} times as long")
    exact = [turns[0]["sums"] for name, turns in taken.items() if "sets" not in name]
    print("the answers are the same" if all(each == exact[0] for each in exact) else "THEY DIFFER")


if __name__ == "__main__":
    if len(sys.argv) == 3:
        turn(sys.argv[1], Path(sys.argv[2]))
    else:
        main()
