"""Exact decimals for money and growth: convert, recompute, and say whether printed figures tie.

A printed figure is an interval, a relation between figures is an exact equation, and a verdict says whether any true
values inside the intervals satisfy it. Everything is computed exactly and rounded once; floats are refused.

>>> import tieout
>>> print(tieout.convert("CNY 59.5bn", "USD", "2023-05-26").converted)
USD 8430878825.42
>>> tieout.growth("73351.5", "59477.1").percent
Decimal('-18.91')

Single questions are functions here; :mod:`tieout.columns` does the same for whole Arrow tables, and
:mod:`tieout.spark` on a cluster.
"""

from . import columns
from ._errors import (
    CalculationError,
    ColumnError,
    CurrencyError,
    CurrencyMismatch,
    FloatRefused,
    ParseError,
    RateMissing,
    RateTableError,
    TieoutError,
)
from ._questions import cagr, check, constant_currency, convert, growth, implied, rate
from ._results import Claim, ConstantCurrency, Conversion, Document, Figure, Growth, Implied, Leg, Rate, Report
from ._tieout import Money, RateTable, languages

__all__ = [
    "CalculationError",
    "Claim",
    "ColumnError",
    "ConstantCurrency",
    "Conversion",
    "CurrencyError",
    "CurrencyMismatch",
    "Document",
    "Figure",
    "FloatRefused",
    "Growth",
    "Implied",
    "Leg",
    "Money",
    "ParseError",
    "Rate",
    "RateMissing",
    "RateTable",
    "RateTableError",
    "Report",
    "TieoutError",
    "cagr",
    "check",
    "columns",
    "constant_currency",
    "convert",
    "growth",
    "implied",
    "languages",
    "rate",
]
