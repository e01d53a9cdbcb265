"""How long does a release of everything take, next to loading the samples it is made of?

Loads the samples into a new SQLite file in a temporary folder and makes a release of
everything, then the same one again, which changes nothing. Prints seconds, and the ratio to
loading the samples, measured in the same run.
"""

import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from data_model.database import create_database
from inspect_app.services import people, release, samples
from inspect_app.services.release import Scope


def seconds(work: Callable[[], object]) -> float:
    """Return how long something took."""
    began = perf_counter()
    work()
    return perf_counter() - began


def size(folder: Path) -> tuple[int, float]:
    """Return how many files a folder holds, and their size in megabytes."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return len(files), sum(path.stat().st_size for path in files) / 1_000_000


def main() -> None:
    """Print how long each step took."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        database = create_database(f"sqlite:///{(folder / 'samples.db').as_posix()}")
        loading = seconds(lambda: samples.load(database))
        print(f"{'load the samples':<28}{loading:7.2f} s {1:7.2f} x")
        by = people.operator(database)
        for name, out in (("release everything", "first"), ("release it again", "again")):
            took = seconds(lambda out=out: release.make(Scope(), folder / out, by=by))  # type: ignore[misc]
            print(f"{name:<28}{took:7.2f} s {took / loading:7.2f} x")
        files, megabytes = size(folder / "first")
        print(f"{files} files, {megabytes:.1f} MB")
        database.close()


if __name__ == "__main__":
    main()
