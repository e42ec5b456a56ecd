"""The columns of :mod:`tieout.columns` on a Spark cluster, through ``DataFrame.mapInArrow``.

Spark partitions, retries and spills; each Python worker computes the batches it is handed, row by row, so that the
result is the same wherever and however often a task runs. A rate table that is given is broadcast: it is shipped to
each executor once, and read once by each of its Python workers. Without one, each worker uses the table embedded in
the package, which must be installed there in the same version.

    from tieout import spark as tieout_spark
    converted = tieout_spark.convert(ledger, amount="amount", from_="currency", to="EUR", date="booked")

Growth over an earlier period is :func:`growth` after a join that Spark does: join each row with that of its prior
period, then give both columns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from ._tieout import RateTable
from .columns import Job

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.broadcast import Broadcast
    from pyspark.sql import DataFrame

__all__ = ["convert", "growth", "implied", "verify"]


def convert(
    frame: DataFrame,
    *,
    amount: str,
    from_: str,
    to: str,
    date: str,
    reported: str | None = None,
    rates: RateTable | None = None,
    max_age: int = 7,
    **settings: Any,
) -> DataFrame:
    """As :func:`tieout.columns.convert`."""
    columns = {"amount": amount, "from_": from_, "to": to, "date": date, "reported": reported, "max_age": max_age}
    return _run(frame, "convert", columns, settings, rates)


def growth(frame: DataFrame, *, current: str, prior: str, reported: str | None = None, **settings: Any) -> DataFrame:
    """As :func:`tieout.columns.growth`."""
    return _run(frame, "growth", {"current": current, "prior": prior, "reported": reported}, settings)


def implied(frame: DataFrame, *, value: str, growth: str, **settings: Any) -> DataFrame:
    """As :func:`tieout.columns.implied`."""
    return _run(frame, "implied", {"value": value, "growth": growth}, settings)


def verify(frame: DataFrame, *relations: str, **settings: Any) -> DataFrame:
    """As :func:`tieout.columns.verify`."""
    return _run(frame, "verify", {"relations": list(relations)}, settings)


def _run(
    frame: DataFrame, work: str, columns: dict[str, Any], settings: dict[str, Any], rates: RateTable | None = None
) -> DataFrame:
    # The schema that the job gives is that of an empty table; a mistake in a name shows here and not on an executor.
    job = Job(work, columns, settings, rates)
    added = _plain(job(_empty(frame), threads=1).to_pyarrow()).schema
    new = [added.field(at) for at in range(len(frame.columns), len(added))]
    shipped = None if rates is None else frame.sparkSession.sparkContext.broadcast(rates)
    return frame.mapInArrow(_mapped(work, columns, settings, shipped), _schema(frame, new))


def _mapped(
    work: str, columns: dict[str, Any], settings: dict[str, Any], shipped: Broadcast[RateTable] | None
) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    def compute(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        job = Job(work, columns, settings, None if shipped is None else shipped.value)
        for batch in batches:
            # Spark gives each task one core.
            yield from _plain(job(batch, threads=1).to_pyarrow()).to_batches()

    return compute


def _plain(table: pa.Table) -> pa.Table:
    """The table with text in place of dictionaries, which Spark does not take."""
    import pyarrow as pa

    for at, column in enumerate(table.schema):
        if pa.types.is_dictionary(column.type):
            table = table.set_column(at, column.name, table.column(at).cast(column.type.value_type))
    return table


def _empty(frame: DataFrame) -> pa.Table:
    from pyspark.sql.pandas.types import to_arrow_schema

    return to_arrow_schema(frame.schema).empty_table()


def _schema(frame: DataFrame, new: list[pa.Field]) -> Any:
    from pyspark.sql.pandas.types import from_arrow_type
    from pyspark.sql.types import StructField, StructType

    return StructType([*frame.schema.fields, *(StructField(field.name, from_arrow_type(field.type), True) for field in new)])
