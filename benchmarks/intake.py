"""How long does taking in a pack of 100,000 rows take, next to reading and inserting them plainly?

Writes a pack with 12,500 new cases, 50,000 findings, 25,000 episodes and 12,500 perpetrators for
an inspection of the samples, in a process of its own. Then, in one process each, started one
after the other: a plain read of the file with calamine and a plain bulk insert of the same rows
into an SQLite file of the same tables; and the intake of the file, with its limits, validation,
comparison, storing and audit event. Prints both in seconds, their ratio, and the peak memory.
"""

import json
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

from openpyxl import Workbook, load_workbook
from python_calamine import CalamineWorkbook
from sqlalchemy import insert, select

from data_model.database import create_database, open_database
from data_model.records import CaseFile, Finding, MissingEpisode, Perpetrator, Record
from inspect_app.services import intake, people, samples
from inspect_app.services.intake_values import Became

INSPECTION, READER = "CWM-2026-NCPI", "gwenllian-elsewhere"
CASES, FINDINGS_EACH, EPISODES_EACH = 12_500, 4, 2
TABLES = (CaseFile, Finding, MissingEpisode, Perpetrator)
MOST_MEGABYTES, HIGHEST_RATIO = 1_500, 4.0


def references() -> Iterator[str]:
    """Yield references of the inspection that the samples do not use."""
    letters = [chr(letter) for letter in range(ord("D"), ord("Z") + 1)]
    for number in range(CASES):
        yield f"CWM-{letters[number // 1_000]}{number % 1_000:04}"


def build(folder: Path) -> None:
    """Set the database up, and write the pack with its new rows."""
    database = create_database(f"sqlite:///{(folder / 'cases.db').as_posix()}")
    samples.load(database)
    packed = folder / "packed.xlsx"
    packed.write_bytes(intake.pack(INSPECTION, by=people.sign_in(READER, database)))
    held = load_workbook(packed)
    book = Workbook(write_only=True)
    lines = written(held)
    for name in held.sheetnames:
        sheet = book.create_sheet(name)
        for row in held[name].iter_rows(values_only=True):
            sheet.append(row)
        for line in lines.get(name, ()):
            sheet.append(line)
    book.save(folder / "pack.xlsx")
    database.close()


def written(held: Workbook) -> dict[str, list[list[Any]]]:
    """Return the new rows of each sheet, words taken from the drop-down lists' own columns."""
    chance = random.Random(2026)
    heads = {name: [str(c.value).rstrip(" *") for c in held[name][1]] for name in held.sheetnames}
    lists = {c[0].value: [x.value for x in c[1:] if x.value] for c in held["Lists"].columns}
    rows: dict[str, list[list[Any]]] = {
        name: [] for name in ("Cases", "Findings", "Episodes", "Perpetrators")
    }
    themes = [str(theme) for theme in lists["Theme"][:FINDINGS_EACH]]
    codes = {c.value: held["Criteria"].cell(c.row, 1).value for c in held["Criteria"]["B"]}
    for reference in references():
        rows["Cases"].append(line(heads["Cases"], lists, reference, chance))
        for theme in themes:
            said = sentence(chance)
            grade = chance.choice(lists["Grade"])
            rows["Findings"].append(
                [reference, theme, codes[theme], grade, None, said, said[:80], said[:60]]
            )
        for _episode in range(EPISODES_EACH):
            rows["Episodes"].append(line(heads["Episodes"], lists, reference, chance))
        rows["Perpetrators"].append(line(heads["Perpetrators"], lists, reference, chance))
    return rows


def line(
    heads: list[str], lists: dict[Any, list[Any]], reference: str, chance: random.Random
) -> list[Any]:
    """Return a row with something in nearly every cell."""
    same = lists["Disabled"]
    held: list[Any] = [reference]
    for head in heads[1:]:
        if head in lists:
            held.append(chance.choice(lists[head]))
        elif head in {
            "Number",
            "The agency's number",
            "Hours from return to interview, if recorded",
        }:
            held.append(None)
        elif head.endswith(("from", "missing on")):
            held.append(f"2026-0{chance.randint(1, 3)}-{chance.randint(10, 28)}")
        elif head.endswith((" to", "eturned on")):
            held.append(f"{chance.randint(1, 28)} June 2026")
        elif "How many" in head:
            held.append(chance.randint(1, 3))
        elif head.startswith(("Summary", "Why")):
            held.append(sentence(chance))
        else:
            held.append(chance.choice(same))
    return held


def sentence(chance: random.Random) -> str:
    """Return a sentence like those that are written of a file; no two are alike."""
    parts = ("The plan was kept", "the strategy meeting came late", "the school was asked",
             "the police shared what they knew", "nobody asked what the child wanted")  # fmt: skip
    return f"{'; '.join(chance.sample(parts, 4))} ({chance.randint(1, 10**9)})."


def plain(folder: Path) -> dict[str, float]:
    """Read the file plainly, and insert the rows that the intake made plainly."""
    began = perf_counter()
    with CalamineWorkbook.from_path(folder / "pack.xlsx") as workbook:
        read = sum(len(workbook.get_sheet_by_name(n).to_python()) for n in workbook.sheet_names)
    reading = perf_counter() - began
    taken = open_database(f"sqlite:///{(folder / 'cases.db').as_posix()}")
    rows = {}
    with taken.reading() as session:
        for kind in TABLES:
            rows[kind] = [dict(row) for row in session.execute(select(kind.__table__)).mappings()]
    taken.close()
    empty = create_database(f"sqlite:///{(folder / 'plain.db').as_posix()}")
    began = perf_counter()
    with empty.writing.begin() as connection:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        for kind in TABLES:
            connection.execute(insert(Record.metadata.tables[kind.__tablename__]), rows[kind])
        inserting = perf_counter() - began
        connection.exec_driver_sql("SELECT 1")
        connection.rollback()
    empty.close()
    return {"rows": read, "reading": reading, "inserting": inserting, "memory": peak()}


def take(folder: Path) -> dict[str, float]:
    """Take the file in as anybody would."""
    database = open_database(f"sqlite:///{(folder / 'cases.db').as_posix()}")
    reader = people.sign_in(READER, database)
    began = perf_counter()
    file = folder / "pack.xlsx"
    report = intake.take(file.name, file.read_bytes(), by=reader)
    took = perf_counter() - began
    for problem in report.problems[:5]:
        print(problem.sheet, problem.in_words)
    database.close()
    return {"taken": report.total(Became.NEW), "took": took, "memory": peak()}


def peak() -> float:
    """Return the most memory that this process has held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_024


def alone(work: str, folder: Path) -> dict[str, float]:
    """Do a piece of work in a process of its own."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, __file__, work, str(folder)], check=True, capture_output=True, text=True
    )
    return dict(json.loads(done.stdout.splitlines()[-1]))


WORK = {"plain": plain, "take": take}


def main() -> None:
    """Print what both take, and their ratio."""
    if len(sys.argv) == 3:
        name, folder = sys.argv[1], Path(sys.argv[2])
        if name == "build":
            build(folder)
            print("{}")
        else:
            print(json.dumps(WORK[name](folder)))
        return
    with tempfile.TemporaryDirectory() as held:
        folder = Path(held)
        alone("build", folder)
        size = (folder / "pack.xlsx").stat().st_size / 1e6
        taken, least = alone("take", folder), alone("plain", folder)
    baseline = least["reading"] + least["inserting"]
    ratio = taken["took"] / baseline
    print(f"a pack of {size:.1f} MB, {taken['taken']:,.0f} rows taken in")
    print(f"plain read {least['reading']:.2f} s, plain insert {least['inserting']:.2f} s")
    print(f"intake {taken['took']:.2f} s, {ratio:.2f} x (at most {HIGHEST_RATIO})")
    print(f"peak memory {taken['memory']:,.0f} MB (at most {MOST_MEGABYTES:,})")
    if ratio > HIGHEST_RATIO or taken["memory"] > MOST_MEGABYTES:
        sys.exit(1)


if __name__ == "__main__":
    main()
