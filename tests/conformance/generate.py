#!/usr/bin/env python3
"""Writes decimal-arithmetic.csv: operations of Python's decimal module, an implementation of the General Decimal
Arithmetic specification by other people. Run in this directory; the seed is fixed, so the file only changes with this
script.

Columns: operation, precision (significant digits; empty for quantize), mode, a, b (empty for plus), result, exact.
A result that no decimal of 96 bits and 28 places holds is `overflow` or `underflow`; zeros that do not fit are left out,
exponents above zero are written out, and zero has no sign.
"""

import csv
import decimal
import random

MAX = 2**96 - 1
MODES = {
    "half-even": decimal.ROUND_HALF_EVEN,
    "half-up": decimal.ROUND_HALF_UP,
    "half-down": decimal.ROUND_HALF_DOWN,
    "up": decimal.ROUND_UP,
    "down": decimal.ROUND_DOWN,
    "ceiling": decimal.ROUND_CEILING,
    "floor": decimal.ROUND_FLOOR,
    "05-up": decimal.ROUND_05UP,
}
CASES = {"plus": 600, "add": 800, "subtract": 600, "multiply": 700, "divide": 900, "quantize": 600}


def operand(rng):
    digits = rng.choice([1, 2, 3, 4, 6, 9, 12, 16, 20, 26, 28, 29])
    coefficient = min(rng.randrange(10**digits), MAX)
    if rng.random() < 0.2:
        # Short with zeros or a five behind: exact results, ties and carries.
        coefficient = int(rng.choice(["1", "5", "25", "95", "995", "49", "99999"]) + rng.choice(["", "0", "5", "00", "50", "000"]))
    if rng.random() < 0.03:
        coefficient = rng.choice([0, 0, MAX, MAX - 1, 10**28, 10**27])
    scale = rng.choice([0, 0, 1, 2, 2, 3, 4, 6, 10, 18, 27, 28])
    return decimal.Decimal((rng.randrange(2), tuple(map(int, str(coefficient))), -scale))


def plain(value):
    return f"{value:f}"


def representable(result, quantized):
    sign, digits, exponent = result.as_tuple()
    coefficient = int("".join(map(str, digits)))
    if coefficient == 0:
        exponent = max(min(exponent, 0), -28)
        return plain(decimal.Decimal((0, (0,), exponent)))
    if exponent > 0:
        coefficient, exponent = coefficient * 10**exponent, 0
    while not quantized and (exponent < -28 or coefficient > MAX) and exponent < 0 and coefficient % 10 == 0:
        coefficient, exponent = coefficient // 10, exponent + 1
    if exponent < -28:
        return "underflow"
    if coefficient > MAX:
        return "overflow"
    return plain(decimal.Decimal((sign, tuple(map(int, str(coefficient))), exponent)))


def case(rng, operation):
    mode = rng.choice(list(MODES))
    precision = rng.choice([1, 2, 3, 5, 7, 9, 12, 16, 19, 20, 25, 28, 28, 29, 30, 34])
    context = decimal.Context(prec=200 if operation == "quantize" else precision, rounding=MODES[mode], traps=[])
    a, b = operand(rng), operand(rng)
    if operation == "divide" and b == 0:
        return None
    if operation == "plus":
        result = context.plus(a)
    elif operation == "quantize":
        b = decimal.Decimal((0, (1,), -rng.choice([0, 0, 1, 2, 2, 3, 5, 10, 20, 28])))
        result = context.quantize(a, b)
    else:
        result = getattr(context, operation)(a, b)
    text = representable(result, operation == "quantize")
    exact = "" if text.endswith("flow") else str(not context.flags[decimal.Inexact]).lower()
    return [
        operation,
        "" if operation == "quantize" else precision,
        mode,
        plain(a),
        "" if operation == "plus" else plain(b),
        text,
        exact,
    ]


def main():
    rng = random.Random(20230526)
    with open("decimal-arithmetic.csv", "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["operation", "precision", "mode", "a", "b", "result", "exact"])
        for operation, count in CASES.items():
            rows = 0
            while rows < count:
                row = case(rng, operation)
                if row:
                    writer.writerow(row)
                    rows += 1


main()
