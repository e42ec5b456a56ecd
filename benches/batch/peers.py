"""The same results by DuckDB and by Polars, exactly: 128-bit integers, one division, rounded half-even by hand.

    peers.py duckdb|polars convert|growth IN.csv OUT.csv RATES.csv

Amounts have two decimals and values one, as generate.py writes them; rates at most six. RATES.csv is the history of the
ECB's reference rates. The peers write no rate. Neither keeps the order of the rows, says which rows are wrong, or goes on after one.
"""
import sys

MINOR = {"JPY": 0, "KRW": 0}  # all others have 2 decimals


# n ÷ d rounded half-even, of 128-bit integers, d positive, in two steps so that each row is divided once.
QUOTIENT = "abs(n) // d AS q"
ROUNDED = "CASE WHEN n < 0 THEN -1 ELSE 1 END * (q + CASE WHEN 2 * (abs(n) - q * d) + q % 2 > d THEN 1 ELSE 0 END)"

DUCKDB_CONVERT = f"""
CREATE TEMP TABLE long AS
  UNPIVOT (SELECT * FROM read_csv('{{rates}}', all_varchar = true)) ON COLUMNS(* EXCLUDE "Date") INTO NAME ccy VALUE rate;
CREATE TEMP TABLE r AS
  SELECT ccy, "Date"::DATE AS day, (rate::DECIMAL(38, 6) * 1000000)::BIGINT AS rate
  FROM long WHERE rate NOT IN ('N/A', '') AND try_cast(rate AS DECIMAL(18, 6)) IS NOT NULL;
INSERT INTO r SELECT 'EUR', day, 1000000 FROM (SELECT DISTINCT day FROM r);
CREATE TEMP TABLE span AS SELECT unnest(generate_series(min(day), max(day) + 7, INTERVAL 1 DAY))::DATE AS day FROM r;
CREATE TEMP TABLE dense AS
  SELECT c.ccy, span.day, r.rate, r.day AS rate_day
  FROM span CROSS JOIN (SELECT DISTINCT ccy FROM r) c ASOF JOIN r ON r.ccy = c.ccy AND r.day <= span.day
  WHERE span.day - r.day <= 7;
COPY (
  WITH x AS (
    SELECT t.*, least(f.rate_day, g.rate_day) AS rate_date, "to" IN ('JPY', 'KRW') AS whole,
      (t.amount * 100)::BIGINT::HUGEINT * g.rate AS n, f.rate::HUGEINT * CASE WHEN whole THEN 100 ELSE 1 END AS d
    FROM read_csv('{{input}}', types = {{{{'date': 'DATE', 'amount': 'DECIMAL(18,2)'}}}}) t
    LEFT JOIN dense f ON f.ccy = t."from" AND f.day = t."date"
    LEFT JOIN dense g ON g.ccy = t."to" AND g.day = t."date"),
  y AS (SELECT *, {QUOTIENT} FROM x),
  z AS (SELECT *, {ROUNDED} AS units FROM y)
  SELECT id, "date", amount, "from", "to",
    CASE WHEN whole THEN units::VARCHAR ELSE (units::DECIMAL(38, 0) * 0.01::DECIMAL(3, 2))::VARCHAR END AS converted, rate_date
  FROM z) TO '{{output}}' (HEADER)
"""

DUCKDB_GROWTH = f"""
COPY (
  WITH t AS (
    SELECT company, segment, quarter, value, (value * 10)::BIGINT AS v,
      substr(quarter, 1, 4)::INTEGER * 4 + substr(quarter, 7, 1)::INTEGER AS q4
    FROM read_csv('{{input}}', types = {{{{'value': 'DECIMAL(18,1)'}}}})),
  x AS (
    SELECT c.*, p.value AS prior, (c.v - p.v)::HUGEINT * 10000 AS n, CASE WHEN p.v > 0 THEN p.v::HUGEINT END AS d
    FROM t c LEFT JOIN t p ON p.company = c.company AND p.segment = c.segment AND p.q4 = c.q4 - 4),
  y AS (SELECT *, {QUOTIENT} FROM x)
  SELECT company, segment, quarter, value, prior, value - prior AS change,
    (({ROUNDED})::DECIMAL(38, 0) * 0.01::DECIMAL(3, 2))::VARCHAR AS growth_percent
  FROM y) TO '{{output}}' (HEADER)
"""


def run_duckdb(kind, **paths):
    import duckdb

    duckdb.sql({"convert": DUCKDB_CONVERT, "growth": DUCKDB_GROWTH}[kind].format(**paths))


def run_polars(kind, **paths):
    import polars as pl

    def half_even(n, d):
        q = n.abs() // d
        up = 2 * (n.abs() - q * d) + q % 2 > d
        return pl.when(n < 0).then(-1).otherwise(1).cast(pl.Int128) * (q + up.cast(pl.Int128))

    def digits(column, places):
        """The digits of a decimal text with so many places, as an integer: no float anywhere."""
        return pl.col(column).str.replace(".", "", literal=True).cast(pl.Int128)

    if kind == "growth":
        t = pl.scan_csv(paths["input"], schema_overrides={"value": pl.String}).with_columns(
            v=digits("value", 1),
            q=pl.col("quarter").str.slice(0, 4).cast(pl.Int32) * 4 + pl.col("quarter").str.slice(6, 1).cast(pl.Int32))
        prior = t.select("company", "segment", q=pl.col("q") + 4, prior="value", p="v")
        rows = t.join(prior, on=["company", "segment", "q"], how="left").with_columns(
            change_e1=pl.col("v") - pl.col("p"),
            growth_e2=half_even((pl.col("v") - pl.col("p")) * 10000, pl.col("p")))
        rows.drop("v", "p", "q").sink_csv(paths["output"])
        return
    wide = pl.read_csv(paths["rates"], infer_schema=False)
    long = wide.unpivot(index="Date", variable_name="ccy", value_name="rate").filter(
        pl.col("rate").str.contains(r"^[0-9.]+$")).select(
        "ccy", day=pl.col("Date").str.to_date(), rate=pl.col("rate").cast(pl.Decimal(18, 6)))
    euro = long.select(pl.lit("EUR").alias("ccy"), "day", pl.lit("1").cast(pl.Decimal(18, 6)).alias("rate")).unique()
    long = pl.concat([long, euro]).with_columns(rate=(pl.col("rate") * 1000000).cast(pl.Int128), rate_day="day")
    span = pl.DataFrame({"day": pl.date_range(long["day"].min(), long["day"].max(), eager=True)})
    dense = span.join(long.select("ccy").unique(), how="cross").sort("day").join_asof(
        long.sort("day"), on="day", by="ccy", tolerance="7d").lazy()
    t = pl.scan_csv(paths["input"], schema_overrides={"amount": pl.String, "date": pl.Date, "id": pl.String})
    rows = t.join(dense.rename({"rate": "rf", "rate_day": "df"}), left_on=["from", "date"], right_on=["ccy", "day"], how="left")
    rows = rows.join(dense.rename({"rate": "rt", "rate_day": "dt"}), left_on=["to", "date"], right_on=["ccy", "day"], how="left")
    whole = pl.col("to").is_in(list(MINOR))
    rows = rows.with_columns(
        converted_units=half_even(digits("amount", 2) * pl.col("rt"), pl.col("rf") * pl.when(whole).then(100).otherwise(1).cast(pl.Int128)),
        rate_date=pl.min_horizontal("df", "dt"))
    rows.drop("rf", "rt", "df", "dt").sink_csv(paths["output"])


def main():
    peer, kind, source, output, rates = sys.argv[1:6]
    {"duckdb": run_duckdb, "polars": run_polars}[peer](kind, input=source, output=output, rates=rates)


if __name__ == "__main__":
    main()
