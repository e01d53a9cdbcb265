"""What the files of a release say: pages and tables as they are, workbooks part by part."""

from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of every file; all that a PDF says stands in `release.json`."""
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        path = file.relative_to(folder).as_posix()
        if file.suffix == ".xlsx":
            with ZipFile(file) as parts:
                yield from ((path, parts.read(name).decode()) for name in parts.namelist())
        elif file.suffix != ".pdf":
            yield path, file.read_text(encoding="utf-8")
