"""Conversion and growth of whole columns, beside pandas, Polars and DuckDB, and how many of their results are exact.

    python benches/columns.py [--rows 10000000] [--rounds 5] [--json FILE]

Every way gets its table in its own form and the same threads, and gives one new column: `columns=` chooses it, and the
errors stand behind it. What all new columns take, rates and their days among them, is timed too. Ours looks the rates up
in the table of the ECB; the others join a table that is prepared beforehand: a row for each day and currency, days
without a publication filled.

A round times each way once, one after the other; the medians of the rounds are compared, so that what else the machine
does falls on all alike. The time of the processor, over all threads, tells most on a machine that does much else. The
exact results are those of integers of Python on a sample, and ours on all rows.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import time
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
from tieout import RateTable, columns

CODES = ["EUR", "CNY", "JPY", "GBP", "CHF", "KRW", "SEK", "INR"]
TARGET = "USD"
FIRST, DAYS = date(2015, 1, 5), 3650
#: A scale that holds every rate of the table.
PLACES = 6


def ledger(rows: int) -> pa.Table:
    numbers = np.random.default_rng(1)
    cents = numbers.integers(1, 10**11, rows)
    return pa.table({
        "amount": decimals(cents, 2),
        "currency": pa.DictionaryArray.from_arrays(numbers.integers(0, len(CODES), rows).astype(np.int8), CODES).cast(pa.string()),
        "booked": pa.array((np.datetime64(FIRST) + numbers.integers(0, DAYS, rows)).astype("datetime64[D]")),
    })


def results(rows: int) -> pa.Table:
    """Figures of all sizes, as many of each: from cents to a hundred million."""
    numbers = np.random.default_rng(2)
    cents = {name: np.exp(numbers.uniform(0, np.log(10**10), rows)).astype(np.int64) for name in ("prior", "current")}
    return pa.table({name: decimals(each, 2) for name, each in cents.items()})


def decimals(units: np.ndarray, scale: int) -> pa.Array:
    """A Decimal128 column of counts of units, its memory filled directly."""
    words = np.zeros((len(units), 2), np.int64)
    words[:, 0] = units
    return pa.Array.from_buffers(pa.decimal128(18, scale), len(units), [None, pa.py_buffer(words)])


def daily_rates() -> pa.Table:
    """For each day and currency: what one euro costs in it and in the target, times 10^PLACES."""
    table, rows = RateTable.ecb(), []
    for code in CODES:
        for offset in range(DAYS):
            day = FIRST + timedelta(offset)
            legs = {leg["quote"]: leg["rate"] for leg in table._rate(f"{code}/{TARGET}", day, 7)["legs"]}
            own, target = (int(legs.get(each, 1) * 10**PLACES) for each in (code, TARGET))
            rows.append((day, code, own, target))
    days, codes, own, target = zip(*rows)
    return pa.table({"booked": pa.array(days, pa.date32()), "currency": codes, "own": pa.array(own, pa.int64()), "target": pa.array(target, pa.int64())})


def half_even(value: Fraction) -> int:
    return round(value)


# Conversion


def ways_to_convert(table: pa.Table) -> dict[str, Callable[[], Any]]:
    rates = daily_rates()
    as_float = table.set_column(0, "amount", table.column("amount").cast(pa.float64()))
    quotient = pa.array(np.asarray(rates["target"]) / np.asarray(rates["own"]))
    float_rates = rates.select(["booked", "currency"]).append_column("rate", quotient)
    connection = duckdb.connect()
    for name, each in {"ledger": table, "floats": as_float, "rates": rates, "float_rates": float_rates}.items():
        connection.register("arrow", each)
        connection.execute(f"CREATE TABLE {name} AS SELECT *, row_number() OVER () AS row FROM arrow")
        connection.unregister("arrow")
    frame, float_frame = pl.DataFrame(table), pl.DataFrame(as_float)
    rate_frame, float_rate_frame = pl.DataFrame(rates), pl.DataFrame(float_rates)
    panda, panda_rates = as_float.to_pandas(), float_rates.to_pandas()
    keys = ["booked", "currency"]

    def in_pandas() -> pd.Series:
        joined = panda.merge(panda_rates, on=keys, how="left")
        return (joined["amount"] * joined["rate"]).round(2)

    def in_polars() -> pl.Series:
        joined = float_frame.lazy().join(float_rate_frame.lazy(), on=keys, how="left", maintain_order="left")
        return joined.select((pl.col("amount") * pl.col("rate")).round(2)).collect().to_series()

    def in_polars_decimals() -> pl.Series:
        joined = frame.lazy().join(rate_frame.lazy(), on=keys, how="left", maintain_order="left")
        wide = [pl.col(name).cast(pl.Decimal(38, 6)) for name in ("amount", "target", "own")]
        return joined.select((wide[0] * wide[1] / wide[2]).round(2)).collect().to_series()

    def in_polars_integers() -> pl.Series:
        joined = frame.lazy().join(rate_frame.lazy(), on=keys, how="left", maintain_order="left")
        cents = (pl.col("amount") * 100).cast(pl.Int128)
        n, d = cents * pl.col("target").cast(pl.Int128), pl.col("own").cast(pl.Int128)
        return joined.select(polars_half_even(n, d)).collect().to_series()

    def in_duckdb() -> pa.Table:
        return connection.sql("SELECT f.row, round(amount * rate, 2) AS c FROM floats f LEFT JOIN float_rates USING (booked, currency)").to_arrow_table()

    def in_duckdb_integers() -> pa.Table:
        n, d = "((amount * 100)::HUGEINT * target)", "own::HUGEINT"
        return connection.sql(f"SELECT f.row, {duckdb_half_even(n, d)} AS c FROM ledger f LEFT JOIN rates USING (booked, currency)").to_arrow_table()

    def ours(**settings: Any) -> columns.Table:
        return columns.convert(table, amount="amount", from_="currency", to=TARGET, date="booked", **settings)

    return {
        "tieout": lambda: ours(columns=["converted"], out="decimal"),
        "tieout, text": lambda: ours(columns=["converted"]),
        "tieout, all columns": lambda: ours(out="decimal"),
        "tieout, all columns, text": ours,
        "pandas, floats": in_pandas,
        "Polars, floats": in_polars,
        "DuckDB, floats": in_duckdb,
        "Polars, decimals": in_polars_decimals,
        "Polars, 128-bit integers": in_polars_integers,
        "DuckDB, 128-bit integers": in_duckdb_integers,
    }


# Growth


def ways_to_grow(table: pa.Table) -> dict[str, Callable[[], Any]]:
    as_float = pa.table({name: table.column(name).cast(pa.float64()) for name in table.column_names})
    connection = duckdb.connect()
    for name, each in {"results": table, "floats": as_float}.items():
        connection.register("arrow", each)
        connection.execute(f"CREATE TABLE {name} AS SELECT *, row_number() OVER () AS row FROM arrow")
        connection.unregister("arrow")
    frame, float_frame, panda = pl.DataFrame(table), pl.DataFrame(as_float), as_float.to_pandas()

    def in_pandas() -> pd.Series:
        return ((panda["current"] - panda["prior"]) / panda["prior"] * 100).round(2)

    def in_polars() -> pl.Series:
        prior, current = pl.col("prior"), pl.col("current")
        return float_frame.select(((current - prior) / prior * 100).round(2)).to_series()

    def in_polars_decimals() -> pl.Series:
        prior, current = (pl.col(name).cast(pl.Decimal(38, 6)) for name in ("prior", "current"))
        return frame.select(((current - prior) * 100 / prior).round(2)).to_series()

    def in_polars_integers() -> pl.Series:
        prior, current = ((pl.col(name) * 100).cast(pl.Int128) for name in ("prior", "current"))
        return frame.select(polars_half_even((current - prior) * 10_000, prior)).to_series()

    def in_duckdb() -> pa.Table:
        return connection.sql("SELECT row, round((current - prior) / prior * 100, 2) AS c FROM floats").to_arrow_table()

    def in_duckdb_integers() -> pa.Table:
        n, d = "((current - prior) * 1000000)::HUGEINT", "(prior * 100)::HUGEINT"
        return connection.sql(f"SELECT row, {duckdb_half_even(n, d)} AS c FROM results").to_arrow_table()

    def ours(**settings: Any) -> columns.Table:
        return columns.growth(table, current="current", prior="prior", **settings)

    return {
        "tieout": lambda: ours(columns=["growth_percent"], out="decimal"),
        "tieout, text": lambda: ours(columns=["growth_percent"]),
        "tieout, all columns": lambda: ours(out="decimal"),
        "tieout, all columns, text": ours,
        "pandas, floats": in_pandas,
        "Polars, floats": in_polars,
        "DuckDB, floats": in_duckdb,
        "Polars, decimals": in_polars_decimals,
        "Polars, 128-bit integers": in_polars_integers,
        "DuckDB, 128-bit integers": in_duckdb_integers,
    }


def polars_half_even(n: pl.Expr, d: pl.Expr) -> pl.Expr:
    """n / d to the nearest integer, ties to even, for positive d."""
    quotient, twice = n // d, (n % d) * 2
    up = (twice > d) | ((twice == d) & (quotient % 2 == 1))
    return quotient + up.cast(pl.Int128)


def duckdb_half_even(n: str, d: str) -> str:
    """The same, for DuckDB, whose integer division cuts off towards zero: so the size is rounded."""
    size, quotient = f"abs({n})", f"(abs({n}) // {d})"
    twice = f"(({size} % {d}) * 2)"
    return f"sign({n})::HUGEINT * ({quotient} + CASE WHEN {twice} > {d} OR ({twice} = {d} AND {quotient} % 2 = 1) THEN 1 ELSE 0 END)"


# What came out


def units(result: Any, column: str) -> np.ndarray:
    """A result in hundredths."""
    if isinstance(result, columns.Table):
        cells = pa.table(result).column(column)
        cells = cells.cast(pa.decimal128(38, 2)) if pa.types.is_string(cells.type) else cells
    elif isinstance(result, pd.Series):
        cells = pa.array(result)
    elif isinstance(result, pl.Series):
        cells = (result.cast(pl.Int64) if result.dtype == pl.Int128 else result).to_arrow()
    else:
        # A join of DuckDB does not keep the order.
        cells = result.sort_by("row").column("c")
    array = cells.combine_chunks() if isinstance(cells, pa.ChunkedArray) else cells
    array = array.chunk(0) if isinstance(array, pa.ChunkedArray) else array
    if pa.types.is_floating(array.type):
        return np.rint(np.asarray(array) * 100).astype(np.int64)
    if pa.types.is_decimal(array.type):
        scale = array.type.scale
        words = np.frombuffer(array.buffers()[1], np.int64)[2 * array.offset :: 2][: len(array)]
        return words if scale in (0, 2) else words // 10 ** (scale - 2)
    # DuckDB's 128-bit integers come as decimals without places, or as floats; these are the rest.
    return np.asarray(array.cast(pa.int64()))


def check_sample(table: pa.Table, ours: np.ndarray, exact: Callable[[dict[str, Any]], int]) -> int:
    """Holds a sample of our results against integers of Python; returns how many."""
    numbers = random.Random(3)
    sample = sorted(numbers.sample(range(table.num_rows), min(20_000, table.num_rows)))
    for row, record in zip(sample, table.take(sample).to_pylist()):
        assert int(ours[row]) == exact(record), (row, record, ours[row])
    return len(sample)


def exact_conversion() -> Callable[[dict[str, Any]], int]:
    rates = {(row["booked"], row["currency"]): Fraction(row["target"], row["own"]) for row in daily_rates().to_pylist()}
    return lambda row: half_even(Fraction(row["amount"]) * 100 * rates[row["booked"], row["currency"]])


def exact_growth(row: dict[str, Any]) -> int:
    prior, current = Fraction(row["prior"]), Fraction(row["current"])
    return half_even((current - prior) / prior * 10_000)


def measure(name: str, table: pa.Table, ways: dict[str, Callable[[], Any]], column: str, exact: Any, rounds: int) -> dict[str, Any]:
    times: dict[str, list[float]] = {way: [] for way in ways}
    processor: dict[str, list[float]] = {way: [] for way in ways}
    reference, wrong = None, {}
    for turn in range(rounds + 1):
        for way, run in ways.items():
            begin, used = time.perf_counter(), time.process_time()
            result = run()
            elapsed, used = time.perf_counter() - begin, time.process_time() - used
            if turn > 0:
                times[way].append(elapsed)
                processor[way].append(used)
                continue
            # The first round warms up, and its results are compared.
            found = units(result, column)
            if reference is None:
                reference = found
                sampled = check_sample(table, reference, exact)
            wrong[way] = int((found != reference).sum()) if len(found) == len(reference) else -1
    print(f"\n{name} of {table.num_rows:,} rows; a sample of {sampled:,} of ours is exact")
    print(f"  {'way':28} {'median':>8} {'beside ours':>12} {'processor':>10} {'beside ours':>12} {'not exact':>12}")
    rows = {}
    for way, each in times.items():
        median = statistics.median(each)
        ratio = beside(each, times["tieout"])
        used, used_ratio = statistics.median(processor[way]), beside(processor[way], processor["tieout"])
        rows[way] = {"seconds": median, "beside_ours": ratio, "processor": used, "processor_beside_ours": used_ratio, "not_exact": wrong[way]}
        print(f"  {way:28} {median:7.3f}s {ratio:11.2f}x {used:9.3f}s {used_ratio:11.2f}x {wrong[way]:12,}")
    return rows


def beside(theirs: list[float], ours: list[float]) -> float:
    """The median of the ratios within each round, so that a busy moment weighs on both."""
    return statistics.median(one / own for one, own in zip(theirs, ours))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json")
    arguments = parser.parse_args()
    versions = {each.__name__: each.__version__ for each in (pd, pl, duckdb, pa)}
    print(", ".join(f"{name} {version}" for name, version in versions.items()))
    table = ledger(arguments.rows)
    found = {"convert": measure("conversion", table, ways_to_convert(table), "converted", exact_conversion(), arguments.rounds)}
    del table
    table = results(arguments.rows)
    found["growth"] = measure("growth", table, ways_to_grow(table), "growth_percent", exact_growth, arguments.rounds)
    if arguments.json:
        with open(arguments.json, "w", encoding="utf-8") as file:
            json.dump({"versions": versions, "rows": arguments.rows, **found}, file, indent=2)


if __name__ == "__main__":
    main()
