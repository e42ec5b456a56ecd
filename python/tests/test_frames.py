"""pandas, Polars and DuckDB: the same rows give the same bytes as `tieout batch convert`."""

import pyarrow as pa
import pytest
from conftest import ledger_rows
from tieout import columns

CONVERT = {"amount": "amount", "from_": "from", "to": "to", "date": "booked", "reported": "stated"}
FLAGS = ["--amount", "amount", "--from", "from", "--to", "to", "--date", "booked", "--reported", "stated"]


def in_pandas(rows):
    pandas = pytest.importorskip("pandas")
    frame = columns.convert(pandas.DataFrame(rows), **CONVERT).to_pandas()
    return {name: ["" if pandas.isna(cell) else cell for cell in frame[name]] for name in frame.columns}


def in_polars(rows):
    polars = pytest.importorskip("polars")
    frame = columns.convert(polars.DataFrame(rows), **CONVERT).to_polars()
    return {name: frame[name].cast(polars.String).fill_null("").to_list() for name in frame.columns}


def in_duckdb(rows):
    duckdb = pytest.importorskip("duckdb")
    ledger = pa.table(rows)  # noqa: F841: DuckDB finds it by its name
    connection = duckdb.connect()
    result = columns.convert(connection.sql("SELECT * FROM ledger"), **CONVERT)
    # And back: the result is a table of DuckDB's.
    names = ", ".join(f"coalesce(\"{name}\"::VARCHAR, '') AS \"{name}\"" for name in result.column_names)
    found = connection.sql(f"SELECT {names} FROM result")
    return {name: list(cells) for name, cells in zip(found.columns, zip(*found.fetchall()))}


@pytest.mark.parametrize("hold", [in_pandas, in_polars, in_duckdb])
def test_the_bytes_are_those_of_the_command(batch, hold):
    rows = ledger_rows(6000, seed=11)
    assert hold(rows) == batch("convert", rows, *FLAGS)
