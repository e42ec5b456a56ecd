"""What the tests share: the command to hold the columns against, and rows of every kind."""

import os
import random
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

CODES = ["EUR", "USD", "CNY", "JPY", "GBP", "KRW", "ISK", "HRK", "RUB", "XAU", "BHD", "usd", "ZZZ", ""]


def odd_amount(numbers: random.Random) -> str:
    """What people also write where an amount should stand."""
    return numbers.choice(["", "0", "-0", "0.00", "n/a", "1,234.50", "(5)", "abc", "12%", "USD 5", "5.", ".5", "+1", "1e5", '"7"', "$5"])


def amount(numbers: random.Random) -> str:
    kind = numbers.randrange(20)
    if kind == 0:
        return odd_amount(numbers)
    if kind == 1:
        return f"{numbers.randrange(10**9)}.{numbers.randrange(10**15):015d}"
    places = numbers.choice([0, 2, 2, 2, 2, 3])
    digits = numbers.randrange(10 ** numbers.randrange(3, 13))
    text = f"{digits // 10**places}.{digits % 10**places:0{places}d}" if places else str(digits)
    return f"-{text}" if numbers.random() < 0.2 else text


def day(numbers: random.Random) -> str:
    if numbers.randrange(40) == 0:
        return numbers.choice(["", "2023-02-29", "26.05.2023", "1998-12-31", "2150-01-01", " 2023-05-26"])
    return f"{numbers.randrange(1999, 2026)}-{numbers.randrange(1, 13):02d}-{numbers.randrange(1, 29):02d}"


def ledger_rows(count: int, seed: int = 7) -> dict[str, list[str]]:
    """A ledger of rows of every kind, ordinary ones and faulty ones."""
    numbers = random.Random(seed)
    rows: dict[str, list[str]] = {name: [] for name in ("booked", "amount", "from", "to", "stated")}
    for _ in range(count):
        rows["booked"].append(day(numbers))
        rows["amount"].append(amount(numbers))
        rows["from"].append(numbers.choice(CODES[:9] * 4 + CODES))
        rows["to"].append(numbers.choice(CODES[:9] * 4 + CODES))
        rows["stated"].append(amount(numbers) if numbers.random() < 0.3 else "")
    return rows


def find_command() -> str | None:
    """The command that TIEOUT names, else the one that cargo built."""
    named = os.environ.get("TIEOUT")
    found = [Path(named)] if named else [ROOT / "target" / kind / "tieout" for kind in ("release", "debug")]
    return next((str(path.resolve()) for path in found if path.is_file()), None)


@pytest.fixture(scope="session")
def tieout_command() -> str:
    return find_command() or pytest.fail("no tieout command: run `cargo build`, or name one in TIEOUT")


@pytest.fixture(scope="session")
def batch(tieout_command, tmp_path_factory):
    """Runs `tieout batch` over the columns of a table; the new columns as lists of text."""

    def run(work: str, rows: dict[str, list[str]], *arguments: str) -> dict[str, list[str]]:
        folder = tmp_path_factory.mktemp("batch")
        write_csv(folder / "in.csv", rows)
        command = [tieout_command, "batch", work, "in.csv", "-o", "out.csv", *arguments]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode in (0, 1), done.stderr
        return read_csv(folder / "out.csv")

    return run


def write_csv(path: Path, rows: dict[str, list[str]]) -> None:
    import csv

    with path.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(rows)
        writer.writerows(zip(*rows.values()))


def read_csv(path: Path) -> dict[str, list[str]]:
    import csv

    with path.open(newline="") as file:
        header, *records = list(csv.reader(file))
    return {name: [record[at] for record in records] for at, name in enumerate(header)}
