"""The same workbooks through every engine: lines, problems and every figure equal."""

import importlib.util
import os
import shutil
import sys

import pytest

from factory_crm.contract.contract import standard
from factory_crm.engines import started
from factory_crm.examples.data import offices
from factory_crm.merging.merge import merge, reconciles
from factory_crm.metrics.results import compute
from factory_crm.reading.folder import find_workbooks
from tests.reporting.builders import write_book


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("books")
    for office in offices():
        write_book(place / f"{office.name}.xlsx", office.rows, cover=office.cover)
    (place / "坏.xlsx").write_bytes(b"PK broken")
    return place


def told(folder, name, files=None, **options):
    found = files or find_workbooks([folder])
    with started(name, len(found), **options) as engine:
        result = merge(found, standard, engine)
        assert reconciles(result)
        results = compute(result.tables, result.as_of)
        lines = {
            table: frame.collect(backend="pandas").to_native().astype(object).where(lambda f: f.notna(), None).to_dict("records")
            for table, frame in result.tables.items()
        }  # fmt: skip
    figures = {name: figure._replace(metric=None) for name, figure in results.figures.items()}
    tables = {name: frame.to_csv(index=False) for name, frame in results.frames.items()}
    return (
        lines,
        (result.origins, result.rejected, result.conflicts, result.problems, result.candidates),
        figures,
        tables,
    )


def test_duckdb_tells_the_same(folder):
    assert told(folder, "duckdb") == told(folder, "here")


def test_duckdb_holds_empty_tables_and_half_characters(tmp_path):
    from factory_crm.engines import DuckDB

    engine = DuckDB(str(tmp_path))
    assert len(engine.frame([], {"a": "text", "b": "moment"}).collect()) == 0
    assert engine.frame([("\udc80",)], {"a": "text"}).collect()["a"].to_list() == ["\\udc80"]
    engine.close()


@pytest.mark.slow
@pytest.mark.skipif(importlib.util.find_spec("pyspark") is None, reason="pyspark is not installed (extra spark-local)")
@pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java")
@pytest.mark.filterwarnings("ignore")
def test_spark_tells_the_same(folder, monkeypatch):
    """A real local cluster: executors in processes of their own."""
    from pyspark.sql import SparkSession

    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    monkeypatch.setenv("PYTHONPATH", os.getcwd())  # noqa: PTH109 - a text for the environment
    SparkSession.builder.master("local-cluster[2,1,1024]").config("spark.ui.enabled", "false").config(
        "spark.sql.session.timeZone", "UTC").config("spark.sql.shuffle.partitions", "1").getOrCreate()  # fmt: skip
    assert told(folder, "spark") == told(folder, "here")
