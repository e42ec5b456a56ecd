"""The same rows through `tieout batch convert`, pandas, Polars, DuckDB and Spark: every new cell, byte for byte.

    TIEOUT=../target/release/tieout python benches/same_bytes.py [--rows 2000000]

TIEOUT names the command; without it, one that cargo built is taken. The tests do the same with fewer rows. Spark runs on two executor processes on 127.0.0.1.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as csv
import pyarrow.parquet as parquet
from tieout import columns

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
from conftest import find_command, ledger_rows, write_csv  # noqa: E402: the rows of the tests

CONVERT = {"amount": "amount", "from_": "from", "to": "to", "date": "booked", "reported": "stated"}
NEW = ["converted", "rate", "rate_date", "verdict", "difference", "error"]


def by_command(command: str, rows: dict[str, list[str]], folder: Path) -> pa.Table:
    write_csv(folder / "in.csv", rows)
    flags = ["--amount", "amount", "--from", "from", "--to", "to", "--date", "booked", "--reported", "stated"]
    done = subprocess.run([command, "batch", "convert", "in.csv", "-o", "out.csv", *flags], cwd=folder, check=False)
    assert done.returncode in (0, 1)
    options = csv.ConvertOptions(column_types=dict.fromkeys([*rows, *NEW], pa.string()), strings_can_be_null=False)
    return csv.read_csv(folder / "out.csv", convert_options=options)


def in_duckdb(table: pa.Table) -> Any:
    connection = duckdb.connect()
    connection.register("arrow", table)
    connection.execute("CREATE TABLE ledger AS SELECT * FROM arrow")
    result = columns.convert(connection.sql("SELECT * FROM ledger"), **CONVERT)  # noqa: F841: DuckDB finds it by its name
    names = ", ".join(f'"{name}"::VARCHAR AS "{name}"' for name in NEW)
    return connection.sql(f"SELECT {names} FROM result").to_arrow_table()


def in_spark(table: pa.Table, folder: Path) -> pa.Table:
    os.environ |= {"SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
    from pyspark.sql import SparkSession
    from tieout import spark

    parquet.write_table(table.append_column("row", pa.array(range(table.num_rows))), folder / "in.parquet", row_group_size=100_000)
    builder = SparkSession.builder.master("local-cluster[2,1,1024]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1")
    session = builder.config("spark.sql.files.maxPartitionBytes", "4m").getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    frame = session.read.parquet(str(folder / "in.parquet"))
    spark.convert(frame, **CONVERT).write.parquet(str(folder / "out.parquet"))
    session.stop()
    return parquet.read_table(folder / "out.parquet").sort_by("row")


def text(table: Any, name: str) -> pa.Array:
    column = pa.table(table).column(name)
    if pa.types.is_dictionary(column.type):
        # Not every type of text that a dictionary may have can be cast.
        column = pa.chunked_array([each.dictionary.cast(pa.large_string()).take(each.indices) for each in column.chunks])
    return pc.fill_null(column.cast(pa.large_string()), "").combine_chunks()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=2_000_000)
    arguments = parser.parse_args()
    command = find_command() or sys.exit("no tieout command: run `cargo build`, or name one in TIEOUT")
    rows = ledger_rows(arguments.rows, seed=97)
    table = pa.table(rows)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        expected = by_command(command, rows, folder)
        ways = {
            "pyarrow": lambda: columns.convert(table, **CONVERT),
            "pandas": lambda: columns.convert(pd.DataFrame(rows), **CONVERT).to_pandas(),
            "Polars": lambda: columns.convert(pl.DataFrame(rows), **CONVERT).to_polars(),
            "DuckDB": lambda: in_duckdb(table),
            "Spark": lambda: in_spark(table, folder),
        }
        filled = {each: sum(cell != "" for cell in expected.column(each).to_pylist()) for each in NEW}
        print(f"{expected.num_rows:,} rows; filled cells: {filled}")
        for way, run in ways.items():
            begin = time.perf_counter()
            found = run()
            elapsed = time.perf_counter() - begin
            differing = [each for each in NEW if not text(found, each).equals(text(expected, each))]
            assert not differing, (way, differing)
            print(f"  {way:8} the same bytes, {elapsed:.1f} s")


if __name__ == "__main__":
    main()
