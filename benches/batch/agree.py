"""Holds a peer's results against tieout's, row by row, whatever their order: prints how many differ, and fails if any does.

    agree.py TIEOUT.csv PEER.csv
"""
import csv
import sys

RESULTS = ("converted", "rate_date", "prior", "change", "growth_percent")


def rows(path):
    """The results of each row, by its input, as digits: Polars writes integers of the last digit."""
    with open(path, newline="") as file:
        header = next(lines := csv.reader(file))
        given = [header.index(name) for name in header if name in ("id", "company", "segment", "quarter")]
        results = [header.index(name) for name in RESULTS if name in header]
        for line in lines:
            yield tuple(line[at] for at in given), tuple(line[at].replace(".", "") for at in results)


def digits(results):
    return tuple(text.lstrip("-0") and ("-" if text.startswith("-") else "") + text.lstrip("-0") for text in results)


def main():
    ours = {key: digits(results) for key, results in rows(sys.argv[1])}
    count = differ = 0
    for key, results in rows(sys.argv[2]):
        count, differ = count + 1, differ + (ours.get(key) != digits(results))
    print(f"{count:,} rows, {differ:,} differ, {len(ours) - count:,} missing")
    sys.exit(differ > 0 or count != len(ours))


if __name__ == "__main__":
    main()
