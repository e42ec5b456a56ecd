"""Whole columns at Arrow speed: ``convert``, ``growth``, ``implied`` and ``verify`` over tables.

A table is anything with the Arrow PyCapsule interface: of pyarrow, Polars, DuckDB or pandas. Its columns stay as they
are, without a copy, and the new ones stand behind them, with the names and the meaning they have in ``tieout batch``:
one row for each row, in order; what cannot be computed says why in ``error``.

>>> import pyarrow as pa
>>> ledger = pa.table({"amount": ["59500000000", "12O0"], "currency": ["CNY", "USD"], "booked": ["2023-05-26", "2023-05-26"]})
>>> result = convert(ledger, amount="amount", from_="currency", to="EUR", date="booked")
>>> result.to_pyarrow().column("converted").to_pylist()
['7841948493.56', None]
>>> result.to_pyarrow().column("error").to_pylist()
[None, 'bad_number: column "amount": expected a number such as 59.5bn, (911.4) or CNY 1,200, found "12O0"']

Figures are text, integers or decimals; a decimal is a printed figure with all digits of its scale. Columns of floats
are refused: their exact digits are lost. Codes are text or dictionaries of text; days are text, dates, or timestamps
without a time of day.

With ``out="string"`` the new numbers are text, byte for byte those of ``tieout batch``. With ``out="decimal"`` they are
Decimal128 columns of one scale (``converted``: that of the currency with the most minor units, or ``decimals``); a
number that does not fit is an ``out_of_range`` error of its row. ``rate`` stays text: it is shown, never computed with.
``verdict`` is a dictionary.
"""

from __future__ import annotations

from typing import Any

from ._tieout import ColumnJob, RateTable, Table

__all__ = ["Job", "Table", "convert", "growth", "implied", "verify"]


class Job:
    """A job that is described once and run over many tables; it can be pickled, and prepares itself once a schema.

    >>> job = Job("implied", {"value": "current", "growth": "yoy"})
    >>> import pyarrow as pa
    >>> job(pa.table({"current": ["59.5"], "yoy": ["-18.9%"]})).to_pyarrow().column("prior").to_pylist()
    ['73.366']
    """

    def __init__(
        self, work: str, columns: dict[str, Any], settings: dict[str, Any] | None = None, rates: RateTable | None = None
    ) -> None:
        self._parts = (work, columns, settings or {}, rates)
        self._job = ColumnJob(*self._parts)

    def __call__(self, data: Any, *, threads: int | None = None) -> Table:
        """The result of a table, by so many threads (by default, as many as there are processors)."""
        return self._job.run(data, threads)

    def __reduce__(self) -> tuple[type[Job], tuple[Any, ...]]:
        return (Job, self._parts)


def convert(
    data: Any,
    *,
    amount: str,
    from_: str,
    to: str,
    date: str,
    reported: str | None = None,
    rates: RateTable | None = None,
    max_age: int = 7,
    threads: int | None = None,
    **settings: Any,
) -> Table:
    """Converts the amount of every row at the rate of its day.

    New columns: converted, rate, rate_date, verdict, difference, error. ``from_``, ``to`` and ``date`` are columns;
    where there is no such column, a code or a day for all rows (``"=USD"`` forces that). ``reported`` is the column of
    converted amounts to hold the result against.

    Settings of every function: ``rounding`` (half-even), ``decimals``, ``inputs`` (exact or printed), ``lang`` (en),
    ``out`` (string or decimal) and ``columns``: which of the new columns to give, all by default; ``error`` always
    stands behind them. What is not asked for is not computed where that saves time.

    >>> import pyarrow as pa
    >>> ledger = pa.table({"amount": ["1250.00"], "currency": ["USD"], "booked": ["2023-05-27"], "eur": ["1162.68"]})
    >>> convert(ledger, amount="amount", from_="currency", to="EUR", date="booked", reported="eur").summary
    {'rows': 1, 'verdicts': {'ties': 1}, 'errors': {}}
    >>> convert(ledger, amount="amount", from_="currency", to="EUR", date="booked", columns=["converted"]).column_names
    ['amount', 'currency', 'booked', 'eur', 'converted', 'error']

    :raises ColumnError: a column is missing, or holds floats.
    :raises CurrencyError: a code for all rows is unknown.
    """
    columns = {"amount": amount, "from_": from_, "to": to, "date": date, "reported": reported, "max_age": max_age}
    return Job("convert", columns, settings, rates)(data, threads=threads)


def growth(data: Any, *, current: str, prior: str, reported: str | None = None, threads: int | None = None, **settings: Any) -> Table:
    """Computes the growth of every row over its prior figure.

    New columns: prior, change, growth_percent, verdict, error. Where the input has such a name already, the new column
    is called ``tieout_prior`` and so on.

    >>> import pyarrow as pa
    >>> table = pa.table({"q1_2023": ["41.27"], "q1_2022": ["52.18"], "yoy": ["-20.9%"]})
    >>> growth(table, current="q1_2023", prior="q1_2022", reported="yoy").to_pyarrow().select([4, 5, 6]).to_pylist()
    [{'change': '-10.91', 'growth_percent': '-20.91', 'verdict': 'ties'}]
    """
    return Job("growth", {"current": current, "prior": prior, "reported": reported}, settings)(data, threads=threads)


def implied(data: Any, *, value: str, growth: str, threads: int | None = None, **settings: Any) -> Table:
    """Computes the prior figure that the current figure and the growth of every row imply.

    New columns: prior, prior_low, prior_high, error.

    >>> import pyarrow as pa
    >>> implied(pa.table({"current": ["59.5"], "yoy": ["-18.9"]}), value="current", growth="yoy").to_pyarrow().to_pylist()
    [{'current': '59.5', 'yoy': '-18.9', 'prior': '73.366', 'prior_low': '73.259', 'prior_high': '73.474', 'error': None}]
    """
    return Job("implied", {"value": value, "growth": growth}, settings)(data, threads=threads)


def verify(data: Any, *relations: str, threads: int | None = None, **settings: Any) -> Table:
    """Holds the columns of every row against relations between them: ``"total = a + b"``, ``"margin% = profit / revenue"``.

    New columns: computed, verdict, difference, error; for a second relation computed_2 and so on.

    >>> import pyarrow as pa
    >>> verify(pa.table({"total": ["5.0"], "a": ["2.1"], "b": ["2.8"]}), "total = a + b").summary["verdicts"]
    {'ties_within_rounding': 1}
    """
    return Job("verify", {"relations": list(relations)}, settings)(data, threads=threads)
