"""Single questions: amounts, rates, growth, texts."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Union

from . import _tieout
from ._results import ConstantCurrency, Conversion, Growth, Implied, Rate, Report
from ._tieout import Money, RateTable

#: A figure: a Decimal, an int, or a text as people type it ("59.5bn", "(911.4)", "CNY 1,200"). Never a float.
Number = Union[Decimal, int, str, Money]
#: A day: a date, or a text such as "2023-05-26".
Day = Union[datetime.date, str]


def rate(pair: str, on: Day | None = None, *, average: str | None = None, rates: RateTable | None = None, max_age: int = 7) -> Rate:
    """The rate of a pair on a day, or its average over a period, with what it rests on.

    The rate of the day serves, else the last one at most ``max_age`` days earlier; there is no "current" rate.

    >>> print(rate("USD/CNY", "2023-05-28"))
    USD/CNY 7.05739001023 on 2023-05-26
    >>> print(rate("USD/CNY", average="2023-Q1"))
    USD/CNY 6.84291997544 on average in 2023-Q1

    :raises RateMissing: the message names the nearest days that have one.
    """
    table = rates or RateTable.ecb()
    if (on is None) == (average is None):
        raise TypeError("give either on or average: there is no current rate")
    return Rate._of(table._rate(pair, on, max_age) if average is None else table._average(pair, average))


def convert(
    amount: Money | str,
    to: str,
    on: Day | None = None,
    *,
    average: str | None = None,
    rates: RateTable | None = None,
    max_age: int = 7,
    decimals: int | None = None,
    rounding: str = "half-even",
    lang: str = "en",
) -> Conversion:
    """An amount in another currency, at the rate of a day or the average of a period.

    It is one quotient of published numbers, rounded once: to the target's minor units, or to ``decimals``.

    >>> print(convert("CNY 59.5bn", "USD", "2023-05-28").converted)
    USD 8430878825.42
    >>> convert(Money("1250.00", "USD"), "EUR", datetime.date(2023, 5, 26)).converted
    Money('1162.68', 'EUR')

    :raises RateMissing: no rate within ``max_age`` days, or none of the pair.
    :raises CurrencyError: an unknown code.
    :raises FloatRefused: the amount is a float.
    """
    answer = _tieout.convert(amount, to, on, average, rates, max_age, decimals, rounding, lang)
    return Conversion(**{**answer, "rate": Rate._of(answer["rate"])})


def growth(prior: Number, current: Number, *, decimals: int = 2, rounding: str = "half-even", lang: str = "en") -> Growth:
    """The growth from a prior figure to a current one, in percent.

    >>> growth("73351.5", "59477.1").percent
    Decimal('-18.91')
    >>> print(growth(-5, 4))
    not meaningful: the prior figure is negative

    :raises CurrencyMismatch: the figures name two currencies.
    :raises FloatRefused: a figure is a float.
    """
    return Growth(**_tieout.growth(prior, current, decimals, rounding, lang))


def implied(current: Number, growth: Number, *, decimals: int | None = None, rounding: str = "half-even", lang: str = "en") -> Implied:
    """The prior figure that a current figure and its growth in percent imply.

    Both are read as printed, so the answer is an interval with a best value. ``decimals`` is by default two more than
    the current figure is printed with.

    >>> answer = implied("59.5", "-18.9%")
    >>> answer.prior, answer.low, answer.high
    (Decimal('73.366'), Decimal('73.259'), Decimal('73.474'))

    :raises CalculationError: a growth of −100% leaves no prior.
    """
    return Implied(**_tieout.implied(current, growth, decimals, rounding, lang))


def cagr(begin: Number, end: Number, years: int, *, decimals: int = 2, rounding: str = "half-even") -> Decimal:
    """The compound annual growth rate in percent: a root, settled by exact comparison.

    >>> cagr(100, 200, 10)
    Decimal('7.18')

    :raises CalculationError: the base is not positive, or the end negative.
    """
    return _tieout.cagr(begin, end, years, decimals, rounding)


def constant_currency(
    reporting: str,
    lines: Iterable[tuple[Money | str, str | None, Money | str, str | None]],
    *,
    method: str = "current-at-prior-rates",
    decimals: int = 2,
    rounding: str = "half-even",
) -> ConstantCurrency:
    """How much of a growth came from business, and how much from exchange rates.

    Each line is a prior amount and its rate, a current amount and its rate; an amount in the reporting currency has
    the rate ``None``. ``method`` says which rates stand still: ``current-at-prior-rates`` or
    ``prior-at-current-rates``.

    >>> answer = constant_currency("EUR", [
    ...     ("USD 1000", "EUR/USD 1.0530", "USD 1100", "EUR/USD 1.0813"),
    ...     ("JPY 50000", "EUR/JPY 138.03", "JPY 60000", "EUR/JPY 151.99"),
    ... ])
    >>> answer.reported, answer.constant
    (Decimal('7.63'), Decimal('12.76'))
    >>> answer.change == answer.organic + answer.exchange
    True
    """
    return ConstantCurrency(**_tieout.constant_currency(reporting, list(lines), method, decimals, rounding))


def check(
    text: str | Mapping[str, str],
    *,
    date: Day | None = None,
    lang: str | None = None,
    home: str | None = None,
    rates: RateTable | None = None,
    reading: str = "nearest",
    facts: str | os.PathLike[str] | bytes | None = None,
) -> Report:
    """Whether the figures of a text, or of several, tie: with one another, and with published rates.

    Several texts are given by their names, and held against one another too. ``facts`` is a CSV file (or its bytes)
    with the columns metric, period, value, unit.

    >>> report = check("Sales rose 12% to $111.3 million from $101.2 million.")
    >>> [(claim.relation, claim.verdict) for claim in report.claims]
    [('growth', 'does_not_tie')]
    >>> report.ties
    False
    """
    documents = [("text", text)] if isinstance(text, str) else list(text.items())
    if facts is not None and not isinstance(facts, bytes):
        with open(facts, "rb") as file:
            facts = file.read()
    question = (documents, rates, lang, date, home, reading, facts)
    return Report._of(_tieout.check(question), question)
