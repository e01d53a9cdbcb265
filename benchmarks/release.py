"""How does the cost of a release grow with areas and inspections, and what does a change cost?

Loads the samples into a new SQLite file and releases everything; then writes releases of the
nation with 1, 10, 50 and 153 authorities, each with an invented inspection of forty cases, from
nothing, and again with one inspection changed, beside the first. Prints seconds, megabytes and
the ratio of the second to the first, measured in the same run.
"""

import tempfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import perf_counter

from data_model.database import create_database
from inspect_app.publishing.content import (
    EvidenceRow,
    PublishedInspection,
    ReleaseContent,
    ReleaseMark,
)
from inspect_app.publishing.folder import write
from inspect_app.publishing.release_json import content_hash
from inspect_app.publishing.verification import verify
from inspect_app.services import people, release, samples
from inspect_app.services.release import Scope

SIZES = (1, 10, 50, 153)
THEMES = ("T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8")
GRADES = (("good", 8), ("requires_improvement", 20), ("inadequate", 9), ("not graded", 3))
FIRST, NEXT = date(2026, 11, 22), date(2026, 12, 1)


def seconds(work: Callable[[], object]) -> float:
    """Return how long something took."""
    began = perf_counter()
    work()
    return perf_counter() - began


def megabytes(folder: Path, kinds: Iterable[str]) -> float:
    """Return the size of the files of a folder that end in one of these ways."""
    ends = tuple(kinds)
    files = (path for path in folder.rglob("*") if path.is_file() and path.name.endswith(ends))
    return sum(path.stat().st_size for path in files) / 1_000_000


def smaller(whole: ReleaseContent, areas: int) -> ReleaseContent:
    """Return the release with this many authorities, each with forty more cases read."""
    kept = [each for each in whole.areas if each.kind == "Local authority" and not each.ended_on]
    kept = [each for each in kept if each.nation == "England" and not each.invented][:areas]
    pattern = next(each for each in whole.inspections if each.code == "ALD-2025-JTAI")
    added = {each.code: _read(pattern, each.code, each.name) for each in kept}
    codes = {each.code for each in kept}
    held = [each for each in whole.inspections if codes & set(each.area_codes)]
    return replace(
        whole,
        areas=tuple(replace(x, inspections=(*x.inspections, added[x.code].code)) for x in kept),
        inspections=(*held, *added.values()),
    )


def _read(pattern: PublishedInspection, code: str, name: str) -> PublishedInspection:
    inspection = f"BENCH-{code}"
    counts = [(theme, grade, cases) for theme in THEMES for grade, cases in GRADES]
    first = pattern.evidence[0]
    rows = tuple(
        EvidenceRow(
            inspection,
            first.inspecting_body,
            name,
            code,
            name,
            first.period_start,
            first.period_end,
            "all",
            theme,
            grade,
            cases,
            40,
            first.basis,
            first.source,
        )
        for theme, grade, cases in counts
    )
    return replace(
        pattern,
        code=inspection,
        area_code=code,
        area_name=name,
        area_codes=(code,),
        evidence=rows,
        cases_read=(("all", 40),),
        recommendations=(),
        title=f"Benchmark reading of cases: {name}",
    )


def changed(content: ReleaseContent) -> ReleaseContent:
    """Return the release with the words of one inspection changed."""
    *others, last = content.inspections
    return replace(content, inspections=(*others, replace(last, summary="Reworded.")))


def mark_of(content: ReleaseContent, number: int, made_on: date) -> ReleaseMark:
    """Return the mark of a release."""
    hashed = content_hash(content)
    return ReleaseMark(number, made_on, hashed, "a" * 64, None, covers=content.scope)


def growth(whole: ReleaseContent, folder: Path) -> None:
    """Print what releases of each size cost, and what one changed inspection costs."""
    print(
        f"{'areas':>6}{'inspections':>12}{'full':>9}{'changed':>9}{'ratio':>8}{'verify':>9}"
        f"{'pages':>9}{'data':>9}{'papers':>9}"
    )
    for areas in SIZES:
        print(_cost(smaller(whole, areas), folder / str(areas)))


def _cost(content: ReleaseContent, folder: Path) -> str:
    """Return what a release costs, what one changed inspection costs beside it, and their size."""
    first, again = folder / "first", folder / "again"
    full = seconds(lambda: write(content, mark_of(content, 1, FIRST), first))
    reworded = changed(content)
    mark = mark_of(reworded, 2, NEXT)
    part = seconds(lambda: write(reworded, mark, again, previous=first))
    checked = seconds(lambda: verify(again))
    kinds = ((".html", ".css", ".js"), (".csv", ".json", ".xlsx"), (".pdf",))
    sizes = "".join(f"{megabytes(again, each):>6.1f} MB" for each in kinds)
    return (
        f"{len(content.areas):>6}{len(content.inspections):>12}{full:>7.2f} s{part:>7.2f} s"
        f"{part / full:>7.2f}x{checked:>7.2f} s{sizes}"
    )


def main() -> None:
    """Print how long each step took."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        database = create_database(f"sqlite:///{(folder / 'samples.db').as_posix()}")
        loading = seconds(lambda: samples.load(database))
        print(f"{'load the samples':<28}{loading:7.2f} s {1:7.2f} x")
        by = people.operator(database)
        took = seconds(lambda: release.make(Scope(), folder / "all", by=by))
        print(f"{'release everything':<28}{took:7.2f} s {took / loading:7.2f} x")
        with by.reading() as session:
            began = perf_counter()
            whole = release.content(session, Scope(), by)
            print(f"{'  of that, its content':<28}{perf_counter() - began:7.2f} s")
        growth(whole, folder)
        database.close()


if __name__ == "__main__":
    main()
