"""Does a scorecard's first paint cost more with 10,000,000 findings ever read than with 10,000?

Makes two SQLite files from the samples. One gets a quarterly audit of every English authority with
10,000 findings in all, the other forty of each with 10,000,000. Then everything the scorecard page
shows of County Durham is read in a new process, the snapshot being there; turns alternate. Prints
the ratio of the medians, on the clock and of processor time, which a busy machine disturbs less.
Asked for: at most 1.3.
"""

import json
import sqlite3
import subprocess
import sys
import tempfile
from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

TURNS = 9
AREA = "E06000047"
LIKE = "ALD-2025-JTAI"
"""An agreed inspection of the samples, which every made-up one is a copy of."""

FIRST_DAY, QUARTERS = "2016-01-01", 40


@dataclass(frozen=True)
class Size:
    """How many findings there are in all, in so many inspections of every authority."""

    name: str
    findings: int
    inspections: int


SIZES = (Size("few", 10_000, 1), Size("many", 10_000_000, QUARTERS))

MADE = """
CREATE TEMP TABLE made AS
WITH RECURSIVE turn(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM turn WHERE n < {inspections})
SELECT row_number() OVER () AS at, code AS area, 'B-' || code || '-' || n AS inspection,
       date('{first}', (({quarters} - n) * 3) || ' months') AS day
FROM area, turn WHERE kind = 'local_authority' AND code LIKE 'E%'
"""
CASES = """
CREATE TEMP TABLE cases AS
WITH RECURSIVE turn(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM turn WHERE n < {cases}),
like AS (SELECT row_number() OVER (ORDER BY id) AS place, id FROM case_file
         WHERE inspection = '{like}' AND status = 'counted')
SELECT 100000 + (made.at - 1) * {cases} + turn.n AS id, made.inspection, turn.n, like.id AS held
FROM made, turn JOIN like ON like.place = turn.n % (SELECT count(*) FROM like) + 1
"""


def made(size: Size, folder: Path) -> Path:
    """Write a file of the samples and so many findings, and its snapshot; return where it is."""
    from data_model import counted
    from data_model.database import create_database, open_database
    from inspect_app.services import samples

    file = folder / f"{size.name}.db"
    database = create_database(f"sqlite:///{file}")
    samples.load(database)
    database.close()
    with closing(sqlite3.connect(file)) as connection, connection:
        _fill(connection, size)
    database = open_database(f"sqlite:///{file}")
    with database.reading() as session:
        counted.snapshot(session, database.snapshots)
    database.close()
    return file


def _fill(connection: sqlite3.Connection, size: Size) -> None:
    held = "FROM finding JOIN case_file ON case_file.id = case_id AND reader = read_by"
    themes = connection.execute(
        f"SELECT count(DISTINCT theme) {held} WHERE inspection = ?", [LIKE]
    ).fetchone()[0]
    connection.execute(
        MADE.format(inspections=size.inspections, first=FIRST_DAY, quarters=QUARTERS)
    )
    inspections = connection.execute("SELECT count(*) FROM made").fetchone()[0]
    cases = max(1, round(size.findings / inspections / themes))
    connection.execute(CASES.format(cases=cases, like=LIKE))
    connection.execute("CREATE INDEX temp.held ON cases (held)")
    _copy(
        connection,
        "inspection",
        f"made JOIN inspection ON inspection.code = '{LIKE}'",
        {
            "code": "made.inspection",
            "title": "'An audit that is made up'",
            "area_code": "made.area",
            "started_on": "made.day",
            "ended_on": "date(made.day, '20 days')",
        },
    )
    connection.execute(
        "INSERT INTO inspection_area (inspection, area_code) SELECT inspection, area FROM made"
    )
    _copy(
        connection,
        "case_file",
        "cases JOIN case_file ON case_file.id = cases.held",
        {
            "id": "cases.id",
            "inspection": "cases.inspection",
            "reference": "'B-' || cases.n",
        },
    )
    _copy(
        connection,
        "finding",
        """cases JOIN case_file ON case_file.id = cases.held
        JOIN finding ON finding.case_id = cases.held AND finding.reader = case_file.read_by""",
        {
            "id": "NULL",
            "case_id": "cases.id",
        },
    )
    connection.execute(
        "INSERT OR REPLACE INTO counted_version (area_code, version) "
        "SELECT DISTINCT area, hex(randomblob(32)) FROM made"
    )
    found = connection.execute("SELECT count(*) FROM finding").fetchone()[0]
    print(f"{size.name}: {found:,} findings in {inspections:,} inspections of {cases} cases")


def _copy(connection: sqlite3.Connection, table: str, source: str, but: dict[str, str]) -> None:
    """Copy rows of a table as they are, but for these columns."""
    names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    values = ", ".join(but.get(name, f"{table}.{name}") for name in names)
    connection.execute(f"INSERT INTO {table} ({', '.join(names)}) SELECT {values} FROM {source}")


def paint(file: Path) -> None:
    """Read, in this process, all that the page shows; print the milliseconds of each part."""
    from data_model.database import open_database
    from inspect_app.services import board_reading, people

    database = open_database(f"sqlite:///{file}")
    by = people.operator(database)
    began, worked = perf_counter(), process_time()
    board_reading.reading(AREA, by=by)
    taken = {"clock": perf_counter() - began, "processor": process_time() - worked}
    print(json.dumps(taken))
    database.close()


def main() -> None:
    """Make both files, read a scorecard from each in turn, and print the ratios."""
    taken: dict[str, list[dict[str, float]]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        files = {size.name: made(size, Path(folder)) for size in SIZES}
        for _turn in range(TURNS + 1):
            for name, file in files.items():
                command = [sys.executable, __file__, str(file)]
                said = subprocess.run(command, check=True, stdout=subprocess.PIPE)  # noqa: S603
                taken[name].append(json.loads(said.stdout))
    for watch in ("clock", "processor"):
        few, many = (1000 * median(each[watch] for each in taken[s.name][1:]) for s in SIZES)
        print(f"{watch}: few {few:.0f} ms, many {many:.0f} ms: {many / few:.2f}")


if __name__ == "__main__":
    if len(sys.argv) == 2:
        paint(Path(sys.argv[1]))
    else:
        main()
