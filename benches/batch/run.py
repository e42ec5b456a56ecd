"""Times tieout beside a copy through the csv crate, DuckDB and Polars, in turn, and prints the medians and ratios.

    cargo build --release --bin tieout --example csv_copy && pip install duckdb polars && python benches/batch/run.py [ROWS [ROUNDS]]

Each round runs every command once, on a new output file, so that whatever else the machine does falls on all alike.
TIEOUT and CSV_COPY name other builds. Wall seconds, processor seconds and peak memory are those of the whole process.
"""
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
TIEOUT = os.environ.get("TIEOUT", ROOT / "target/release/tieout")
COPY = os.environ.get("CSV_COPY", ROOT / "target/release/examples/csv_copy")
RATES = ROOT / "data/rates/ecb-eurofxref-hist.csv"
CONVERT = "--amount amount --from from --to to --date date".split()
GROWTH = "--value value --period quarter --by company,segment --lag 1y".split()


def timed(command, out):
    Path(out).unlink(missing_ok=True)
    started = time.perf_counter()
    child = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    # 1: rows without a result, which are results themselves.
    assert os.waitstatus_to_exitcode(status) in (0, 1), command
    return time.perf_counter() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    rows, rounds = (int(text) for text in (sys.argv[1:] + ["2000000", "5"][len(sys.argv) - 1:])[:2])
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as folder:
        for kind, table, options in [("convert", "conversions", CONVERT), ("growth", "growths", GROWTH)]:
            source, out = f"{folder}/{table}.csv", f"{folder}/out.csv"
            subprocess.run([sys.executable, HERE / "generate.py", table, str(rows), source], check=True)
            peers = {peer: [sys.executable, HERE / "peers.py", peer, kind, source, out, RATES] for peer in ("duckdb", "polars")}
            commands = {"tieout": [TIEOUT, "batch", kind, source, "-o", out, *options], "csv copy": [COPY, source, out], **peers}
            runs = {name: [] for name in commands}
            for _ in range(rounds):
                for name, command in commands.items():
                    runs[name].append(timed(command, out))
            print(f"\n{kind}, {rows:,} rows, {os.path.getsize(source) / 1e6:.0f} MB, medians of {rounds}\n")
            print("| | wall s | processor s | peak MiB | tieout's wall time is |\n|---|---|---|---|---|")
            for name, results in runs.items():
                wall, cpu, peak = (statistics.median(column) for column in zip(*results))
                ratio = statistics.median(ours[0] / theirs[0] for ours, theirs in zip(runs["tieout"], results))
                print(f"| {name} | {wall:.2f} | {cpu:.2f} | {peak:.0f} | {ratio:.3f}× |")
            os.unlink(source)


if __name__ == "__main__":
    main()
