"""The same workbooks through every engine: lines, problems, every figure and the summary itself equal."""

import importlib.util
import os
import shutil
import sys
from functools import partial

import pytest
from click.testing import CliRunner

from factory_crm.cli.app import main
from factory_crm.crm import schema as standard
from factory_crm.crm.metrics.registry import compute
from factory_crm.engine.engines import start_engine
from factory_crm.merge.merge import merge, reconciles
from factory_crm.merge.tables import collect_tables
from factory_crm.reading.folder import find_workbooks

from .crowds import crowd


def told(folder, name, **options):
    found = find_workbooks([folder])
    with start_engine(name, len(found), **options) as engine:
        result = merge(found, standard(), engine)
        assert reconciles(result)
        results = compute(result.tables, result.as_of)
        lines = {
            table: frame.collect(backend="pandas").to_native().astype(object).where(lambda f: f.notna(), None).to_dict("records")
            for table, frame in collect_tables(standard(), result.tables).items()
        }  # fmt: skip
    figures = {name: figure._replace(figure=None) for name, figure in results.figures.items()}
    tables = {name: frame.to_csv(index=False) for name, frame in results.frames.items()}
    return (
        lines,
        (result.origins, result.rejected, result.conflicts, result.problems, result.candidates),
        figures,
        tables,
    )


def test_duckdb_holds_empty_tables_and_half_characters(tmp_path):
    from factory_crm.engine.engines import DuckDB

    engine = DuckDB(str(tmp_path))
    assert len(engine.frame([], {"a": "text", "b": "moment"}).collect()) == 0
    assert engine.frame([("\udc80",)], {"a": "text"}).collect()["a"].to_list() == ["\\udc80"]
    engine.close()


def summary(folder, target, *more):
    result = CliRunner().invoke(main, ["merge", str(folder), "-o", str(target), "--by", "负责人", *more])
    assert result.exit_code == 1, result.output
    return {path.relative_to(target.parent): path.read_bytes() for path in target.parent.rglob("*.xlsx")}


def test_duckdb_writes_the_same_summary(tmp_path):
    folder = crowd(tmp_path / "in", 8)
    there = summary(folder, tmp_path / "duckdb" / "s.xlsx", "--engine", "duckdb")
    assert len(there) > 1
    assert there == summary(folder, tmp_path / "here" / "s.xlsx")


@pytest.mark.slow
def test_two_hundred_workbooks_come_to_the_same_in_duckdb(tmp_path):
    folder = crowd(tmp_path / "in", 200)
    assert told(folder, "duckdb") == told(folder, "here", jobs=2)


NEEDS_SPARK = [
    pytest.mark.slow,
    pytest.mark.spark,
    pytest.mark.skipif(importlib.util.find_spec("pyspark") is None, reason="pyspark is not installed (extra spark-local)"),
    pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java"),
    pytest.mark.filterwarnings("ignore"),
]  # fmt: skip


@pytest.fixture
def cluster(monkeypatch):
    """A real local cluster: two executors in processes of their own. Who ends it may have another."""
    from pyspark.sql import SparkSession

    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    monkeypatch.setenv("PYTHONPATH", os.getcwd())  # noqa: PTH109 - a text for the environment
    return SparkSession.builder.master("local-cluster[2,1,1024]").config("spark.ui.enabled", "false").config(
        "spark.sql.session.timeZone", "UTC").config("spark.sql.shuffle.partitions", "2").getOrCreate  # fmt: skip


def worked(place, thing):
    """Leave a trace of every time it is called; keep the rows of the thing, tell its name."""
    with (place / thing).open("a") as trace:
        trace.write("x")
    return thing, [("rows", [(thing, n) for n in range(3)]), ("others", [(thing, 9)])]


@pytest.mark.parametrize("name", ["here", "duckdb", pytest.param("spark", marks=NEEDS_SPARK)])
def test_an_engine_works_on_each_thing_once_and_keeps_what_comes_of_it(tmp_path, name, request):
    if name == "spark":
        request.getfixturevalue("cluster")()
    kinds = {"thing": "text", "n": "integer"}
    with start_engine(name, 4) as engine:
        kept = engine.store(partial(worked, tmp_path), ["a", "b", "c"])
        assert kept.results == ["a", "b", "c"]
        assert sorted(kept.each(len)) == [1, 1, 1, 3, 3, 3]
        for _ in range(2):
            rows = kept.frame("rows", iter, kinds, [("d", 0)]).collect().rows()
            assert sorted(map(tuple, rows)) == [*((thing, n) for thing in "abc" for n in range(3)), ("d", 0)]
        assert engine.store(partial(worked, tmp_path), []).results == []
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == dict.fromkeys("abc", "x")


@pytest.mark.parametrize("size", [pytest.param(200, marks=NEEDS_SPARK)])
def test_two_hundred_workbooks_come_to_the_same_in_spark(tmp_path, cluster, size):
    folder = crowd(tmp_path / "in", size)
    cluster()
    assert told(folder, "spark") == told(folder, "here", jobs=2)
    cluster()
    there = summary(folder, tmp_path / "spark" / "s.xlsx", "--engine", "spark")
    assert there == summary(folder, tmp_path / "here" / "s.xlsx")
