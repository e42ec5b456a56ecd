"""`tieout batch` over Parquet and Arrow files: the columns of CSV files, and decimals."""

import os
import subprocess

import pyarrow as pa
import pyarrow.feather as feather
import pyarrow.ipc as ipc
import pyarrow.parquet as parquet
import pytest
from conftest import ledger_rows
from tieout import columns

FLAGS = ["--amount", "amount", "--from", "from", "--to", "to", "--date", "booked", "--reported", "stated"]


@pytest.fixture(scope="module")
def command(tieout_command):
    help_text = subprocess.run([tieout_command, "batch", "convert", "--help"], capture_output=True, text=True, check=True).stdout
    if "--numbers" not in help_text:
        assert "TIEOUT" not in os.environ, "the command in TIEOUT was built without the feature parquet"
        pytest.skip("the command was built without the feature parquet")
    return tieout_command


def run(command, folder, *arguments):
    return subprocess.run([command, "batch", *arguments], cwd=folder, capture_output=True, text=True, check=False)


def write(table, path):
    if path.suffix == ".parquet":
        parquet.write_table(table, path, row_group_size=700)
    elif path.suffix == ".arrow":
        feather.write_feather(table, path)
    else:
        with ipc.new_stream(path, table.schema) as writer:
            writer.write_table(table, max_chunksize=300)


def read(path):
    if path.suffix == ".parquet":
        return parquet.read_table(path)
    if path.suffix == ".arrow":
        return feather.read_table(path)
    return ipc.open_stream(path).read_all()


@pytest.mark.parametrize("source", [".parquet", ".arrow", ".arrows"])
@pytest.mark.parametrize("target", [".parquet", ".arrow", ".arrows"])
def test_a_file_of_columns_gives_what_csv_gives(command, batch, tmp_path, source, target):
    rows = ledger_rows(3000, seed=41)
    expected = batch("convert", rows, *FLAGS)
    write(pa.table(rows), tmp_path / f"in{source}")
    done = run(command, tmp_path, "convert", f"in{source}", "-o", f"out{target}", *FLAGS)
    assert done.returncode == 1, done.stderr
    found = read(tmp_path / f"out{target}")
    assert {name: ["" if cell is None else cell for cell in found.column(name).to_pylist()] for name in expected} == expected
    assert "3,000 rows" in done.stderr


def test_decimals_are_those_of_the_python_columns(command, tmp_path):
    table = pa.table(ledger_rows(3000, seed=43))
    write(table, tmp_path / "in.parquet")
    done = run(command, tmp_path, "convert", "in.parquet", "-o", "out.parquet", "--numbers", "decimal", *FLAGS)
    assert done.returncode == 1, done.stderr
    expected = columns.convert(table, amount="amount", from_="from", to="to", date="booked", reported="stated", out="decimal")
    found = read(tmp_path / "out.parquet")
    assert found.column("converted").type == pa.decimal128(38, 2)
    assert found.to_pylist() == pa.table(expected).to_pylist()


def test_the_other_jobs_run_too(command, tmp_path):
    write(pa.table({"a": ["41.27"], "b": ["52.18"], "yoy": ["-20.9%"]}), tmp_path / "in.parquet")
    for arguments, column, value in [
        (["growth", "--current", "a", "--prior", "b", "--reported", "yoy"], "growth_percent", "-20.91"),
        (["implied", "--value", "a", "--growth", "yoy"], "prior", "52.1745"),
        (["verify", "--relation", "a = b"], "verdict", "does_not_tie"),
    ]:
        done = run(command, tmp_path, arguments[0], "in.parquet", "-o", "out.arrow", *arguments[1:])
        assert done.returncode in (0, 1), done.stderr
        assert read(tmp_path / "out.arrow").column(column).to_pylist() == [value]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["convert", "in.parquet", "-o", "out.csv", *FLAGS], "gives one"),
        (["convert", "in.csv", "-o", "out.parquet", *FLAGS], "a CSV file gives a CSV file"),
        (["convert", "in.parquet", "-o", "out.parquet", "--explain", "1", *FLAGS], "are for CSV files"),
        (["convert", "cut.parquet", "-o", "out.parquet", *FLAGS], "cut.parquet: "),
        (["growth", "in.parquet", "-o", "out.parquet", "--current", "x", "--prior", "amount"], 'in.parquet: no column "x"'),
        (["growth", "in.parquet", "-o", "out.parquet", "--current", "weight", "--prior", "amount"], "binary floating point"),
    ],
)
def test_what_cannot_be_done_says_so_and_writes_nothing(command, tmp_path, arguments, message):
    rows = ledger_rows(10)
    write(pa.table(rows | {"weight": [0.5] * 10}), tmp_path / "in.parquet")
    (tmp_path / "in.csv").write_text(",".join(rows) + "\n")
    (tmp_path / "cut.parquet").write_bytes((tmp_path / "in.parquet").read_bytes()[:500])
    before = sorted(path.name for path in tmp_path.iterdir())
    done = run(command, tmp_path, *arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == before
