"""The folders beside a database: the shelf and the snapshots, copied whole or not at all."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from inspect_app.errors import Refusal


def files(folder: Path) -> list[tuple[str, Path]]:
    """Return every file of a folder with its path within it, in order; none where it is not."""
    held = [path for path in folder.rglob("*") if path.is_file()] if folder.is_dir() else []
    return sorted((path.relative_to(folder).as_posix(), path) for path in held)


def check_free(folder: Path, *, other_than: Path | None = None) -> None:
    """Raise Refusal where a folder holds something, unless it is the one that is copied."""
    same = other_than is not None and folder.resolve() == other_than.resolve()
    if not same and folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refusal(
            f"The folder {folder} is not empty.",
            "Empty it, or name another with INSPECT_APP_SHELF or INSPECT_APP_FILES. "
            "Nothing was changed.",
            folder=str(folder),
        )


@contextmanager
def prepared(folder: Path) -> Iterator[Path]:
    """Give an empty folder to fill, which takes this one's place if all went well."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}-"))
    try:
        yield fresh
        fresh.chmod(0o755)
        if any(fresh.iterdir()):
            if folder.exists():
                folder.rmdir()
            fresh.rename(folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def copied(source: Path, target: Path) -> int:
    """Copy a folder that is not the same one, and return how many files it has."""
    held = files(source)
    if held and source.resolve() != target.resolve():
        with prepared(target) as fresh:
            shutil.copytree(source, fresh, dirs_exist_ok=True)
    return len(held)
