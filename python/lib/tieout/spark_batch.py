"""The jobs of ``tieout batch`` on a Spark cluster, from CSV or Parquet to CSV or Parquet: for ``spark-submit``.

    spark-submit "$(python -m tieout.spark_batch --where)" convert ledger.parquet out.parquet \\
        --amount amount --from currency --to EUR --date booked

Columns of CSV are text. The output is a folder of parts, one for each partition, as Spark writes it; the rows keep
their order within a part. The exit code is 0, whatever the verdicts: they are in the table.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


def main(arguments: list[str] | None = None) -> None:
    """Reads the arguments and runs the job."""
    if (sys.argv[1:] if arguments is None else arguments) == ["--where"]:
        print(__file__)
        return
    options = vars(_parser().parse_args(arguments))
    from pyspark.sql import SparkSession

    session = SparkSession.builder.appName("tieout").getOrCreate()
    work, source, target, form = (options.pop(name) for name in ("work", "source", "target", "form"))
    _write(_result(work, _read(session, source), options), target, form or _form(target))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="spark_batch.py", description="The jobs of tieout batch on Spark")
    jobs = parser.add_subparsers(dest="work", required=True, metavar="JOB")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("source", help="a CSV or Parquet file or folder")
    common.add_argument("target", help="the folder to write")
    common.add_argument("--form", choices=["csv", "parquet"], help="the form of the result [default: by its ending, else parquet]")
    common.add_argument("--rounding", default="half-even")
    common.add_argument("--decimals", type=int)
    common.add_argument("--inputs", choices=["exact", "printed"])
    common.add_argument("--lang", default="en")
    common.add_argument("--out", choices=["string", "decimal"], default="string", help="how new numbers are held")

    def job(name: str, about: str, **columns: bool) -> argparse.ArgumentParser:
        added = jobs.add_parser(name, help=about, parents=[common])
        for column, required in columns.items():
            added.add_argument(f"--{column.rstrip('_')}", dest=column, required=required, metavar="COL")
        return added

    convert = job("convert", "amounts at the rates of their days", amount=True, from_=True, to=True, date=True, reported=False)
    convert.add_argument("--rates", metavar="FILE", help="a rate table, read here and shipped to the executors")
    convert.add_argument("--max-age", type=int, default=7)
    job("growth", "growth within each row", current=True, prior=True, reported=False)
    job("implied", "implied priors", value=True, growth=True)
    job("verify", "relations between columns").add_argument("--relation", action="append", required=True)
    return parser


def _result(work: str, frame: DataFrame, options: dict[str, object]) -> DataFrame:
    from tieout import RateTable, spark

    if work == "verify":
        return spark.verify(frame, *options.pop("relation"), **options)  # type: ignore[misc]
    rates = options.pop("rates", None)
    if rates is not None:
        options["rates"] = RateTable.read(str(rates))
    result: DataFrame = getattr(spark, work)(frame, **options)
    return result


def _form(path: str) -> str:
    return "csv" if path.rstrip("/").endswith((".csv", ".csv.gz")) else "parquet"


def _read(session: SparkSession, path: str) -> DataFrame:
    if _form(path) == "parquet":
        return session.read.parquet(path)
    # As RFC 4180 has it: a quote in quotes is doubled.
    return session.read.csv(path, header=True, inferSchema=False, escape='"', ignoreLeadingWhiteSpace=False, ignoreTrailingWhiteSpace=False)


def _write(frame: DataFrame, path: str, form: str) -> None:
    if form == "parquet":
        frame.write.parquet(path)
    else:
        frame.write.csv(path, header=True, escape='"', emptyValue="", ignoreLeadingWhiteSpace=False, ignoreTrailingWhiteSpace=False)


if __name__ == "__main__":
    main()
