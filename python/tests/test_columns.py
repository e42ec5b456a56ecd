"""Columns say what `tieout batch` says, whatever holds them."""

import pickle
import threading
import time
from datetime import date, datetime
from decimal import Decimal

import pyarrow as pa
import pytest
import tieout
from conftest import ledger_rows
from tieout import columns

CONVERT = {"amount": "amount", "from_": "from", "to": "to", "date": "booked"}
FLAGS = ["--amount", "amount", "--from", "from", "--to", "to", "--date", "booked"]
NEW = ["converted", "rate", "rate_date", "verdict", "difference", "error"]


def texts(table, names):
    """The columns as CSV would have them: nothing for a null."""
    table = pa.table(table)
    return {name: ["" if cell is None else str(cell) for cell in table.column(name).to_pylist()] for name in names}


@pytest.fixture(scope="module")
def rows():
    return ledger_rows(4000)


@pytest.mark.parametrize("reported", [None, "stated"])
@pytest.mark.parametrize("settings", [{}, {"rounding": "floor", "decimals": 1}, {"rounding": "up", "inputs": "printed"}])
def test_convert_is_that_of_the_command(batch, rows, reported, settings):
    flags = [f"--{name}={value}" for name, value in settings.items()] + ([f"--reported={reported}"] if reported else [])
    expected = batch("convert", rows, *FLAGS, *flags)
    found = columns.convert(pa.table(rows), **CONVERT, reported=reported, **settings)
    assert texts(found, expected) == expected
    assert found.column_names == list(expected)


def test_fixed_codes_and_days_are_those_of_the_command(batch, rows):
    expected = batch("convert", rows, "--amount", "amount", "--from", "from", "--to", "EUR", "--date", "2023-05-28")
    found = columns.convert(pa.table(rows), amount="amount", from_="from", to="EUR", date="2023-05-28")
    assert texts(found, NEW) == {name: expected[name] for name in NEW}


@pytest.mark.parametrize("settings", [{}, {"decimals": 0, "rounding": "half-up"}, {"inputs": "exact"}])
def test_growth_is_that_of_the_command(batch, rows, settings):
    rows = {"current": rows["amount"], "before": rows["amount"][1:] + ["5"], "stated": [f"{each}%" for each in rows["stated"]]}
    flags = [f"--{name}={value}" for name, value in settings.items()]
    expected = batch("growth", rows, "--current", "current", "--prior", "before", "--reported", "stated", *flags)
    found = columns.growth(pa.table(rows), current="current", prior="before", reported="stated", **settings)
    assert texts(found, expected) == expected


def test_implied_is_that_of_the_command(batch, rows):
    rows = {"value": rows["amount"][:500], "yoy": rows["stated"][500:1000]}
    expected = batch("implied", rows, "--value", "value", "--growth", "yoy")
    assert texts(columns.implied(pa.table(rows), value="value", growth="yoy"), expected) == expected


def test_verify_is_that_of_the_command(batch, rows):
    rows = {"total": rows["amount"][:500], "a": rows["amount"][500:1000], "b": rows["amount"][1000:1500]}
    relations = ["total = a + b", "total% = a / b"]
    flags = [part for relation in relations for part in ("--relation", relation)]
    expected = batch("verify", rows, *flags)
    assert texts(columns.verify(pa.table(rows), *relations), expected) == expected


def chunked(rows, size):
    table = pa.table(rows)
    return pa.concat_tables([table.slice(start, size) for start in range(0, table.num_rows, size)])


def dictionaries(rows):
    table = pa.table(rows)
    for name in ("from", "to", "booked"):
        table = table.set_column(table.column_names.index(name), name, table.column(name).dictionary_encode())
    return table


def cast(rows, kind):
    return pa.table({name: pa.array(cells).cast(kind) for name, cells in rows.items()})


@pytest.mark.parametrize(
    "hold",
    [
        lambda rows: chunked(rows, 333),
        lambda rows: pa.concat_tables([pa.table({name: ["x"] * 5 + cells for name, cells in rows.items()})]).slice(5),
        lambda rows: cast(rows, pa.large_string()),
        lambda rows: cast(rows, pa.string_view()),
        dictionaries,
        lambda rows: pa.table(rows).to_reader(100),
        lambda rows: pa.RecordBatch.from_pydict(rows),
    ],
    ids=["chunks", "slices", "large_string", "string_view", "dictionaries", "stream", "batch"],
)
def test_how_columns_lie_in_memory_makes_no_difference(rows, hold):
    expected = texts(columns.convert(pa.table(rows), **CONVERT, reported="stated"), NEW)
    assert texts(columns.convert(hold(rows), **CONVERT, reported="stated"), NEW) == expected


@pytest.mark.parametrize("chosen", [["converted"], ["difference", "rate"], ["error"], []])
def test_chosen_columns_are_those_of_the_whole_result(rows, chosen):
    whole = columns.convert(pa.table(rows), **CONVERT, reported="stated")
    found = columns.convert(pa.table(rows), **CONVERT, reported="stated", columns=chosen)
    names = [name for name in NEW if name in chosen or name == "error"]
    assert found.column_names == [*rows, *names]
    assert texts(found, names) == texts(whole, names)
    assert found.summary == whole.summary


def test_a_column_that_no_job_has_cannot_be_chosen(rows):
    with pytest.raises(tieout.ColumnError, match='no column "convertd"'):
        columns.convert(pa.table(rows), **CONVERT, columns=["convertd"])
    with pytest.raises(TypeError):
        columns.convert(pa.table(rows), **CONVERT, columns="converted")


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_threads_make_no_difference(rows, threads):
    many = pa.concat_tables([pa.table(rows)] * 20)
    once = texts(columns.convert(pa.table(rows), **CONVERT, threads=1), NEW)
    found = texts(columns.convert(many, **CONVERT, threads=threads), NEW)
    assert found == {name: cells * 20 for name, cells in once.items()}


def test_days_may_be_dates_and_midnights():
    ledger = {"amount": ["100", "100"], "from": ["USD", "EUR"], "to": ["EUR", "EUR"]}
    days = [date(2023, 5, 28), date(2023, 5, 28)]
    expected = columns.convert(pa.table({**ledger, "booked": [str(day) for day in days]}), **CONVERT)
    for kind in (pa.date32(), pa.date64(), pa.timestamp("ns"), pa.timestamp("s")):
        table = pa.table({**ledger, "booked": pa.array(days, pa.date32()).cast(kind)})
        assert texts(columns.convert(table, **CONVERT), NEW) == texts(expected, NEW)


def test_a_time_of_day_is_no_date():
    table = pa.table({"amount": ["1"], "from": ["USD"], "to": ["EUR"], "booked": [datetime(2023, 5, 26, 12)]})
    assert texts(columns.convert(table, **CONVERT), ["error"])["error"][0].startswith("bad_date: ")


def test_nulls_are_missing_values():
    table = pa.table({"amount": ["1", None], "from": ["USD"] * 2, "to": ["EUR"] * 2, "booked": [None, "2023-05-26"]})
    errors = texts(columns.convert(table, **CONVERT), ["error"])["error"]
    assert [error.split(":")[0] for error in errors] == ["bad_date", "missing_value"]


def test_an_empty_table_has_the_new_columns():
    table = pa.table(ledger_rows(0), schema=pa.schema([(name, pa.string()) for name in ("booked", "amount", "from", "to", "stated")]))
    found = columns.convert(table, **CONVERT)
    assert (len(found), found.column_names[-6:]) == (0, NEW)


@pytest.mark.parametrize("kind", [pa.float64(), pa.float32(), pa.float16()])
def test_columns_of_floats_are_refused_with_the_reason(kind):
    table = pa.table({"current": pa.array([1.5]).cast(kind), "prior_year": ["1"]})
    with pytest.raises(tieout.ColumnError, match="binary floating point, which holds few decimals exactly"):
        columns.growth(table, current="current", prior="prior_year")


def test_other_columns_may_be_anything():
    table = pa.table({"weight": [0.5], "tags": [["a"]], "current": ["2"], "before": ["1"]})
    found = pa.table(columns.growth(table, current="current", prior="before"))
    assert found.select(["weight", "tags"]) == table.select(["weight", "tags"])
    assert found.column("growth_percent").to_pylist() == ["100.00"]


def test_a_missing_column_names_those_there_are():
    with pytest.raises(tieout.ColumnError, match='no column "x"; the columns are a, b'):
        columns.growth(pa.table({"a": ["1"], "b": ["2"]}), current="x", prior="b")


def test_what_is_no_table_is_a_type_error():
    with pytest.raises(TypeError, match="PyCapsule interface"):
        columns.growth([1, 2], current="a", prior="b")


def test_the_verdict_is_a_dictionary():
    found = pa.table(columns.growth(pa.table({"a": ["2"], "b": ["1"], "c": ["100"]}), current="a", prior="b", reported="c"))
    assert found.schema.field("verdict").type == pa.dictionary(pa.int8(), pa.string())
    assert found.column("verdict").to_pylist() == ["ties"]


# Decimal128


def decimals(cells, scale):
    return pa.array([None if cell is None else Decimal(cell) for cell in cells], pa.decimal128(38, scale))


def test_decimal_columns_have_the_values_of_text(rows):
    plain = [cell for cell in rows["amount"] if cell.lstrip("-").replace(".", "", 1).isdigit() and not cell.startswith(".") and not cell.endswith(".")]
    count = 2000
    fixed = [f"{Decimal(cell):.3f}" for cell in plain[:count]]
    table = {name: cells[:count] for name, cells in rows.items()} | {"amount": fixed}
    as_text = texts(columns.convert(pa.table(table), **CONVERT), NEW)
    found = pa.table(columns.convert(pa.table({**table, "amount": decimals(fixed, 3)}), **CONVERT, out="decimal"))
    assert found.schema.field("converted").type == pa.decimal128(38, 2)
    assert found.schema.field("rate_date").type == pa.date32()
    compared = 0
    for text, number, error, wide in zip(
        as_text["converted"], found.column("converted").to_pylist(), found.column("error").to_pylist(), as_text["error"]
    ):
        if text and number is not None:
            compared += 1
            assert number == Decimal(text)
        elif text:
            # Only a currency that the table does not hold has more decimals than the column.
            assert error.startswith("out_of_range: ") and len(text.split(".")[1]) > 2
        else:
            assert error == wide
    assert compared > 1000


def test_a_decimal_column_has_the_targets_scale_or_the_decimals_asked_for():
    table = pa.table({"amount": decimals(["100.00"], 2), "from": ["EUR"], "booked": [date(2023, 5, 26)]})
    arguments = {"amount": "amount", "from_": "from", "date": "booked", "out": "decimal"}
    for to, settings, scale, value in [("JPY", {}, 0, "15024"), ("USD", {}, 2, "107.51"), ("USD", {"decimals": 5}, 5, "107.51000")]:
        found = pa.table(columns.convert(table, to=to, **arguments, **settings)).column("converted")
        assert (found.type, str(found[0].as_py())) == (pa.decimal128(38, scale), value)


def test_overflow_is_the_rows_error():
    table = pa.table({"amount": decimals(["9" * 30, "1"], 0), "from": ["EUR"] * 2, "booked": ["2023-05-26"] * 2})
    found = pa.table(columns.convert(table, amount="amount", from_="from", to="IDR", date="booked", out="decimal"))
    assert found.column("converted").to_pylist() == [None, Decimal("16085.65")]
    assert found.column("error")[0].as_py().startswith(("too_many_digits", "out_of_range"))


def test_decimal_growth_keeps_the_scale_of_its_columns():
    table = pa.table({"a": decimals(["59477.1", "4", None], 1), "b": decimals(["73351.50", "-5", "1"], 2)})
    found = pa.table(columns.growth(table, current="a", prior="b", out="decimal"))
    assert [str(cell) for cell in found.column("growth_percent").to_pylist()] == ["-18.91", "None", "None"]
    assert [str(cell) for cell in found.column("change").to_pylist()] == ["-13874.40", "9.00", "None"]
    assert found.schema.field("prior").type == pa.decimal128(38, 2)


def test_negative_scales_and_wide_decimals_are_read():
    table = pa.table({
        "a": pa.array([Decimal("1.2E+4")], pa.decimal128(5, -3)),
        "b": pa.array([Decimal("10000.00")], pa.decimal256(50, 2)),
    })
    assert texts(columns.growth(table, current="a", prior="b"), ["growth_percent"]) == {"growth_percent": ["20.00"]}


def test_integers_are_figures():
    for kind in (pa.int8(), pa.int16(), pa.int32(), pa.int64(), pa.uint8(), pa.uint16(), pa.uint32(), pa.uint64()):
        table = pa.table({"a": pa.array([12], kind), "b": pa.array([10], kind)})
        assert texts(columns.growth(table, current="a", prior="b"), ["prior", "growth_percent"]) == {"prior": ["10"], "growth_percent": ["20.00"]}


# Python


def test_other_threads_go_on():
    table = pa.table({name: cells * 200 for name, cells in ledger_rows(2000).items()})
    ticks, done = [], threading.Event()

    def tick():
        while not done.is_set():
            ticks.append(time.monotonic())
            time.sleep(0.001)

    ticker = threading.Thread(target=tick)
    ticker.start()
    begin = time.monotonic()
    columns.convert(table, **CONVERT, threads=1)
    end = time.monotonic()
    done.set()
    ticker.join()
    assert sum(begin < at < end for at in ticks) >= 5, "the interpreter was held"


def test_one_job_serves_many_threads(rows):
    job = columns.Job("convert", CONVERT)
    expected, found = texts(job(pa.table(rows)), NEW), []
    workers = [threading.Thread(target=lambda: found.append(texts(job(pa.table(rows), threads=1), NEW))) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert found == [expected] * 4


def test_a_job_survives_pickling():
    table = tieout.RateTable.from_bytes(b"date,base,quote,rate\n2024-03-01,USD,KES,144.5\n", "mine")
    job = columns.Job("convert", {"amount": "a", "from_": "USD", "to": "KES", "date": "2024-03-01"}, {"decimals": 1}, table)
    again = pickle.loads(pickle.dumps(job))
    assert texts(again(pa.table({"a": ["2"]})), ["converted"]) == {"converted": ["289.0"]}


def test_the_summary_counts():
    found = columns.convert(
        pa.table({"amount": ["1", "x"], "from": ["USD"] * 2, "to": ["EUR"] * 2, "booked": ["2023-05-26"] * 2, "stated": ["0.93", "1"]}),
        **CONVERT, reported="stated",
    )
    assert found.summary == {"rows": 2, "verdicts": {"ties": 1}, "errors": {"bad_number": 1}}


def test_a_table_shows_its_first_rows():
    found = columns.growth(pa.table({"a": ["<b>"] * 30, "b": ["1"] * 30}), current="a", prior="b")
    html = found._repr_html_()
    assert html.count("<tr>") == 11 and "&lt;b&gt;" in html and "30 rows" in html
    assert repr(found).startswith("<Table of 30 rows")


def test_unknown_settings_say_what_is_known():
    for settings in ({"rounding": "sideways"}, {"out": "float"}, {"inputs": "guessed"}):
        with pytest.raises(ValueError):
            columns.growth(pa.table({"a": ["1"], "b": ["1"]}), current="a", prior="b", **settings)
