"""Spark on several processes: the same bytes as `tieout batch convert`, also when an executor is killed."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pyarrow as pa
import pytest
import tieout
from conftest import ledger_rows, read_csv, write_csv
from tieout import columns

CONVERT = {"amount": "amount", "from_": "from", "to": "to", "date": "booked", "reported": "stated"}
FLAGS = ["--amount", "amount", "--from", "from", "--to", "to", "--date", "booked", "--reported", "stated"]

# A machine that should have Spark says so; elsewhere these tests are left out.
if os.environ.get("TIEOUT_SPARK") != "required":
    pytest.importorskip("pyspark")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java", allow_module_level=True)


def configured(builder):
    """Everything on this machine, and Python workers that find this package."""
    settings = {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "4",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "1000",
        "spark.task.maxFailures": "8",
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    return builder


@pytest.fixture(scope="module")
def session():
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    os.environ["PYSPARK_PYTHON"] = sys.executable
    from pyspark.sql import SparkSession

    session = configured(SparkSession.builder.master("local-cluster[2,1,1024]").appName("tieout tests")).getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


def frame_of(session, rows, partitions):
    """The rows with their number, so that they can be put in order again."""
    numbered = pa.table({"row": pa.array(range(len(rows["amount"])), pa.int64()), **rows})
    return session.createDataFrame(numbered).repartition(partitions)


def in_order(frame, names):
    found = frame.toArrow().sort_by("row")
    return {name: ["" if cell is None else cell for cell in found.column(name).to_pylist()] for name in names}


def test_the_bytes_are_those_of_the_command(session, batch):
    from tieout import spark

    rows = ledger_rows(5000, seed=23)
    expected = batch("convert", rows, *FLAGS)
    assert in_order(spark.convert(frame_of(session, rows, 7), **CONVERT), expected) == expected


def test_decimal_columns_have_a_decimal_type(session):
    from tieout import spark

    found = spark.convert(frame_of(session, ledger_rows(100), 2), **CONVERT, out="decimal")
    assert dict(found.dtypes)["converted"] == "decimal(38,2)"
    assert dict(found.dtypes)["rate_date"] == "date"
    assert found.count() == 100
    chosen = spark.convert(frame_of(session, ledger_rows(100), 2), **CONVERT, columns=["converted"])
    assert chosen.columns == ["row", "booked", "amount", "from", "to", "stated", "converted", "error"]
    assert chosen.select("converted", "error").toArrow().num_rows == 100


def test_the_other_jobs_run_too(session):
    from tieout import spark

    rows = {"a": ["41.27", "6.12"], "b": ["52.18", "6.21"], "yoy": ["-20.9%", "1.4%"], "amount": ["1", "2"]}
    frame = frame_of(session, rows, 2)
    table = pa.table(rows)
    for found, local in [
        (spark.growth(frame, current="a", prior="b", reported="yoy"), columns.growth(table, current="a", prior="b", reported="yoy")),
        (spark.implied(frame, value="a", growth="yoy"), columns.implied(table, value="a", growth="yoy")),
        (spark.verify(frame, "a = b + amount", "a = b"), columns.verify(table, "a = b + amount", "a = b")),
    ]:
        local = pa.table(local).to_pydict()
        assert in_order(found, local) == {name: ["" if cell is None else cell for cell in cells] for name, cells in local.items()}


def test_a_rate_table_is_shipped(session):
    from tieout import spark

    table = tieout.RateTable.from_bytes(b"date,base,quote,rate\n2024-03-01,USD,KES,144.5\n", "mine")
    frame = frame_of(session, {"amount": ["2", "3"]}, 2)
    found = spark.convert(frame, amount="amount", from_="USD", to="KES", date="2024-03-01", rates=table)
    assert in_order(found, ["converted"]) == {"converted": ["289.00", "433.50"]}


def test_a_mistake_shows_before_the_cluster_works(session):
    from tieout import spark

    frame = frame_of(session, {"amount": ["2"]}, 1)
    with pytest.raises(tieout.ColumnError, match='no column "sum"'):
        spark.convert(frame, amount="sum", from_="USD", to="EUR", date="2024-03-01")
    with pytest.raises(tieout.ColumnError, match="binary floating point"):
        spark.convert(session.createDataFrame([(0.5,)], "amount double"), amount="amount", from_="USD", to="EUR", date="2024-03-01")


def executors():
    """The processes of the executors below this one."""
    found, parents = [], {}
    for process in Path("/proc").iterdir():
        if process.name.isdigit():
            try:
                parents[int(process.name)] = int((process / "stat").read_text().rpartition(")")[2].split()[1])
                if "CoarseGrainedExecutorBackend" in (process / "cmdline").read_text():
                    found.append(int(process.name))
            except OSError:
                pass

    def is_ours(pid):
        while pid in parents:
            if pid == os.getpid():
                return True
            pid = parents[pid]
        return False

    return [pid for pid in found if is_ours(pid)]


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="finds the executors in /proc")
def test_an_executor_that_is_killed_changes_nothing(session):
    from tieout import spark

    rows = {name: cells * 30 for name, cells in ledger_rows(4000, seed=31).items()}
    expected = pa.table(columns.convert(pa.table(rows), **CONVERT))
    partitions = 40
    found, tracker = {}, session.sparkContext.statusTracker()
    frame = frame_of(session, rows, partitions)
    work = threading.Thread(target=lambda: found.update(in_order(spark.convert(frame, **CONVERT), expected.column_names)))
    work.start()
    killed_after = None
    while work.is_alive() and killed_after is None:
        for stage in tracker.getActiveStageIds():
            info = tracker.getStageInfo(stage)
            if info is not None and info.numTasks == partitions and 2 <= info.numCompletedTasks < partitions - 4:
                os.kill(executors()[0], signal.SIGKILL)
                killed_after = info.numCompletedTasks
        time.sleep(0.005)
    work.join()
    assert killed_after is not None, "the run was over before an executor could be killed"
    local = {name: ["" if cell is None else str(cell) for cell in cells] for name, cells in expected.to_pydict().items()}
    assert found == local


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_the_script_runs_from_files(tmp_path, batch, form):
    rows = ledger_rows(500, seed=5)
    expected = batch("convert", rows, *FLAGS)
    source, target = tmp_path / f"in.{form}", tmp_path / f"out.{form}"
    if form == "csv":
        write_csv(source, rows)
    else:
        import pyarrow.parquet as parquet

        parquet.write_table(pa.table(rows), source)
    environment = os.environ | {"SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
    where = subprocess.run([sys.executable, "-m", "tieout.spark_batch", "--where"], capture_output=True, text=True, check=True)
    import pyspark

    submit = [Path(pyspark.__file__).parent / "bin" / "spark-submit", "--master", "local[2]", "--conf", "spark.driver.bindAddress=127.0.0.1"]
    command = [*submit, where.stdout.strip(), "convert", source, target, *FLAGS]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    parts = sorted(target.glob(f"part-*.{form}"))
    if form == "csv":
        found = {}
        for part in parts:
            for name, cells in read_csv(part).items():
                found.setdefault(name, []).extend(cells)
    else:
        import pyarrow.parquet as parquet

        table = pa.concat_tables([parquet.read_table(part) for part in parts])
        found = {name: ["" if cell is None else cell for cell in table.column(name).to_pylist()] for name in expected}
    assert found == expected
