"""Writes the tables of the batch benchmarks: the same rows for the same seed.

    generate.py conversions ROWS OUT.csv     id,date,amount,from,to      (about 41 bytes a row)
    generate.py growths     ROWS OUT.csv     company,segment,quarter,value
"""
import random
import sys
from datetime import date, timedelta

CURRENCIES = "EUR USD JPY GBP CHF CNY AUD CAD SEK NOK DKK PLN HUF CZK KRW INR BRL MXN ZAR SGD".split()
FIRST, LAST = date(2009, 1, 2), date(2023, 12, 29)
# Every currency has rates from the first day on; weekends take the rate of the Friday before.
DAYS = [(FIRST + timedelta(n)).isoformat() for n in range((LAST - FIRST).days)]
BATCH = 10_000


def conversions(rng, rows):
    yield "id,date,amount,from,to\n"
    for row in range(rows):
        cents = int(10 ** rng.uniform(2, 11)) * rng.choice((1, 1, 1, 1, -1))
        sign, cents = "-" if cents < 0 else "", abs(cents)
        source, target = rng.sample(CURRENCIES, 2)
        yield f"{row:08},{rng.choice(DAYS)},{sign}{cents // 100}.{cents % 100:02},{source},{target}\n"


def growths(rng, rows):
    """Forty quarters of each company and segment, in no order; one in twenty is missing."""
    yield "company,segment,quarter,value\n"
    keys = rows // 38 + 1
    cells = rng.sample(range(keys * 40), rows)
    for cell in cells:
        key, quarter = divmod(cell, 40)
        value = int(10 ** rng.uniform(2, 9))
        yield f"company {key // 8:06},segment {key % 8},{2014 + quarter // 4}-Q{quarter % 4 + 1},{value // 10}.{value % 10}\n"


def main():
    kind, rows, path = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    lines = {"conversions": conversions, "growths": growths}[kind](random.Random(20230526), rows)
    with open(path, "w", newline="") as out:
        batch = []
        for line in lines:
            batch.append(line)
            if len(batch) == BATCH:
                out.write("".join(batch))
                batch.clear()
        out.write("".join(batch))


if __name__ == "__main__":
    main()
