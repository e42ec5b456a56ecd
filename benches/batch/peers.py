"""The same results by DuckDB and by Polars, exactly: integers, one division, rounded half-even by hand.

    peers.py duckdb|polars convert|growth IN.csv OUT.csv RATES.csv

Amounts have two decimals and values one, as generate.py writes them; rates at most six. RATES.csv is the history of the
ECB's reference rates. The peers write no rate; Polars writes results as integers of their last digit. Neither keeps the
order of the rows, says which rows are wrong, or goes on after one.
"""
import sys

WHOLE = ("JPY", "KRW")  # all others have 2 decimals

# The rates, spread out by day: the last known one, up to a week.
DUCKDB_RATES = """
SET preserve_insertion_order = false;
CREATE TEMP TABLE wide AS SELECT * FROM read_csv('{rates}', all_varchar = true);
CREATE TEMP TABLE r AS
  SELECT ccy, "Date"::DATE AS day, (rate::DECIMAL(38, 6) * 1000000)::BIGINT AS rate
  FROM (UNPIVOT wide ON COLUMNS(* EXCLUDE "Date") INTO NAME ccy VALUE rate) WHERE rate NOT IN ('N/A', '');
INSERT INTO r SELECT 'EUR', "Date"::DATE, 1000000 FROM wide;
CREATE TEMP TABLE dense AS
  SELECT ccy, (day + unnest(range(days))::INTEGER)::DATE AS day, rate, day AS rate_day
  FROM (SELECT *, least(coalesce(lead(day) OVER (PARTITION BY ccy ORDER BY day) - day, 8), 8) AS days FROM r);
"""

# Quotient and remainder in 64 bits where the product fits them, else in 128.
DUCKDB_CONVERT = DUCKDB_RATES + f"""
COPY (
  WITH x AS (
    SELECT t.*, (amount * 100)::BIGINT AS cents, least(f.rate_day, g.rate_day) AS rate_date, "to" IN {WHOLE} AS whole,
      g.rate AS n, f.rate * CASE WHEN whole THEN 100 ELSE 1 END AS d, abs(cents) <= 9223372036854775807 // n AS fits
    FROM read_csv('{{input}}', auto_detect = false, header = true, columns = {{{{
      'id': 'VARCHAR', 'date': 'DATE', 'amount': 'DECIMAL(18,2)', 'from': 'VARCHAR', 'to': 'VARCHAR'}}}}) t
    LEFT JOIN dense f ON f.ccy = t."from" AND f.day = t."date"
    LEFT JOIN dense g ON g.ccy = t."to" AND g.day = t."date"),
  y AS (
    SELECT *, CASE WHEN fits THEN abs(cents) * n // d ELSE (abs(cents)::HUGEINT * n // d)::BIGINT END AS q,
      CASE WHEN fits THEN abs(cents) * n % d ELSE (abs(cents)::HUGEINT * n % d)::BIGINT END AS rest
    FROM x),
  z AS (SELECT *, CASE WHEN cents < 0 THEN -1 ELSE 1 END * (q + CASE WHEN 2 * rest + q % 2 > d THEN 1 ELSE 0 END) AS units FROM y)
  SELECT id, "date", amount, "from", "to",
    CASE WHEN whole THEN units::VARCHAR ELSE (units::DECIMAL(16, 0) * 0.01::DECIMAL(2, 2))::VARCHAR END AS converted, rate_date
  FROM z) TO '{{output}}' (HEADER)
"""

DUCKDB_GROWTH = """
SET preserve_insertion_order = false;
CREATE TEMP TABLE t AS
  SELECT *, replace(value, '.', '')::BIGINT AS v
  FROM read_csv('{input}', auto_detect = false, header = true, columns = {{
    'company': 'VARCHAR', 'segment': 'VARCHAR', 'quarter': 'VARCHAR', 'value': 'VARCHAR'}});
CREATE TEMP TABLE quarters AS
  SELECT quarter, (substr(quarter, 1, 4)::INTEGER - 1) || substr(quarter, 5) AS before FROM (SELECT DISTINCT quarter FROM t);
COPY (
  WITH x AS (
    SELECT c.*, p.value AS prior, c.v - p.v AS n, CASE WHEN p.v > 0 THEN p.v END AS d
    FROM t c JOIN quarters USING (quarter)
    LEFT JOIN t p ON p.company = c.company AND p.segment = c.segment AND p.quarter = before),
  y AS (SELECT *, abs(n) * 10000 // d AS q, abs(n) * 10000 % d AS rest FROM x)
  SELECT company, segment, quarter, value, prior, n::DECIMAL(16, 0) * 0.1::DECIMAL(2, 1) AS change,
    (CASE WHEN n < 0 THEN -1 ELSE 1 END * (q + CASE WHEN 2 * rest + q % 2 > d THEN 1 ELSE 0 END))::DECIMAL(16, 0)
      * 0.01::DECIMAL(2, 2) AS growth_percent
  FROM y) TO '{output}' (HEADER)
"""


def run_duckdb(kind, **paths):
    import duckdb

    duckdb.sql({"convert": DUCKDB_CONVERT, "growth": DUCKDB_GROWTH}[kind].format(**paths))


def run_polars(kind, **paths):
    import polars as pl

    def half_even(n, d):
        size = n.abs()
        q = size // d
        up = 2 * (size - q * d) + q % 2 > d
        return (q + up) * pl.when(n < 0).then(-1).otherwise(1)

    def digits(column):
        """The digits of a decimal text, as an integer: no float anywhere."""
        return pl.col(column).str.replace(".", "", literal=True).cast(pl.Int64)

    def text(*columns):
        return {column: pl.String for column in columns}

    if kind == "growth":
        # Values of fifteen digits times 10,000 would be an error here, not a wrong number.
        t = pl.scan_csv(paths["input"], schema=text("company", "segment", "quarter", "value"), quote_char=None).with_columns(
            v=digits("value"),
            q=pl.col("quarter").str.slice(0, 4).cast(pl.Int32) * 4 + pl.col("quarter").str.slice(6, 1).cast(pl.Int32))
        prior = t.select("company", "segment", q=pl.col("q") + 4, prior="value", p="v")
        change = pl.col("v") - pl.col("p")
        rows = t.join(prior, on=["company", "segment", "q"], how="left").with_columns(
            change=change, growth_percent=half_even(change.cast(pl.Int128) * 10000, pl.col("p").cast(pl.Int128)))
        rows.drop("v", "p", "q").sink_csv(paths["output"])
        return
    wide = pl.read_csv(paths["rates"], infer_schema=False)
    long = wide.unpivot(index="Date", variable_name="ccy", value_name="rate").filter(
        pl.col("rate").str.contains(r"^[0-9.]+$")).select(
        "ccy", day=pl.col("Date").str.to_date(), rate=(pl.col("rate").cast(pl.Decimal(18, 6)) * 1000000).cast(pl.Int64))
    euro = long.select(pl.lit("EUR").alias("ccy"), "day", pl.lit(1000000, dtype=pl.Int64).alias("rate")).unique()
    code = pl.Enum(["EUR", *long["ccy"].unique(maintain_order=True)])
    long = pl.concat([long, euro]).with_columns(rate_day="day")
    span = pl.DataFrame({"day": pl.date_range(long["day"].min(), long["day"].max(), eager=True)})

    def place(currency, day):
        """One integer for a day and a currency: joined in half the time of two columns."""
        return pl.col(day).to_physical() * 64 + pl.col(currency).cast(code).to_physical().cast(pl.Int32)

    dense = span.join(long.select("ccy").unique(), how="cross").sort("day").join_asof(
        long.sort("day"), on="day", by="ccy", tolerance="7d", check_sortedness=False)
    dense = dense.select("rate", "rate_day", place=place("ccy", "day")).lazy()
    t = pl.scan_csv(paths["input"], schema=text("id") | {"date": pl.Date} | text("amount", "from", "to"), quote_char=None)
    rows = t.with_columns(f=place("from", "date"), g=place("to", "date"))
    rows = rows.join(dense.rename({"rate": "rf", "rate_day": "df"}), left_on="f", right_on="place", how="left")
    rows = rows.join(dense.rename({"rate": "rt", "rate_day": "dt"}), left_on="g", right_on="place", how="left")
    d = pl.col("rf") * pl.when(pl.col("to").is_in(WHOLE)).then(100).otherwise(1)
    n = digits("amount").cast(pl.Int128) * pl.col("rt").cast(pl.Int128)
    rows = rows.select(
        "id", "date", "amount", "from", "to", converted=half_even(n, d.cast(pl.Int128)), rate_date=pl.min_horizontal("df", "dt"))
    rows.sink_csv(paths["output"])


def main():
    peer, kind, source, output, rates = sys.argv[1:6]
    {"duckdb": run_duckdb, "polars": run_polars}[peer](kind, input=source, output=output, rates=rates)


if __name__ == "__main__":
    main()
