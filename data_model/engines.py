"""Engines: what reads Parquet files and runs the declarations on them, here or on a cluster.

Polars serves the app. DuckDB is a second opinion. Spark is for a nation's evidence on a cluster:
which one is Spark's own affair, told to it by `spark-submit` or its settings.
"""

import importlib
import importlib.util
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import polars as pl

from inspect_app.errors import Refusal

Lazy = nw.LazyFrame[Any]
QUIET = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false"}


@dataclass(frozen=True)
class Engine:
    """How files become a lazy frame, and how several lazy frames are run to Polars frames."""

    scan: Callable[[Sequence[str]], Lazy]
    run: Callable[[Sequence[Lazy]], list[pl.DataFrame]]


@contextmanager
def _polars() -> Iterator[Engine]:
    yield Engine(
        scan=lambda files: nw.from_native(pl.scan_parquet(list(files), hive_partitioning=False)),
        run=lambda frames: pl.collect_all([frame.to_native() for frame in frames]),
    )


@contextmanager
def _duckdb() -> Iterator[Engine]:
    with _installed("duckdb").connect() as connection:
        yield Engine(
            scan=lambda files: nw.from_native(connection.read_parquet(list(files))),
            run=lambda frames: [frame.to_native().pl() for frame in frames],
        )


@contextmanager
def _spark() -> Iterator[Engine]:
    builder = _installed("pyspark.sql").SparkSession.builder
    _check_java()
    for setting, value in QUIET.items():
        builder = builder.config(setting, value)
    session = builder.getOrCreate()
    try:
        yield Engine(
            scan=lambda files: nw.from_native(session.read.parquet(*files)),
            run=lambda frames: [pl.DataFrame(frame.to_native().toArrow()) for frame in frames],
        )
    finally:
        session.stop()


ENGINES: Mapping[str, Callable[[], AbstractContextManager[Engine]]] = {
    "polars": _polars,
    "duckdb": _duckdb,
    "spark": _spark,
}


def opened(name: str) -> AbstractContextManager[Engine]:
    """Return an engine by its name, as a context that closes it.

    Raises Refusal for a name that is none, and, once entered, for one that is not installed.
    """
    if name not in ENGINES:
        raise Refusal(
            f"There is no engine {name!r}.", f"Use one of {', '.join(ENGINES)}.", engine=name
        )
    return ENGINES[name]()


def _check_java() -> None:
    """Say what is missing before Spark fails for want of it; a remote Spark needs no Java here."""
    there = "SPARK_REMOTE" in os.environ or "JAVA_HOME" in os.environ or shutil.which("java")
    if not there:
        raise Refusal(
            "Spark needs Java, and none was found here.",
            "Install Java 17 or later, or set JAVA_HOME to where it is.",
            engine="spark",
        )


def _installed(module: str) -> Any:
    package = module.partition(".")[0]
    if importlib.util.find_spec(package) is None:
        raise Refusal(
            f"The engine {package} is not installed here.",
            f"Install the product with its extra `{package.removeprefix('py')}`, or use another "
            "engine: polars is always there.",
            engine=package,
        )
    return importlib.import_module(module)
