"""What can go wrong. Every exception of the package is a :class:`TieoutError`.

That figures disagree is never an error: it is a verdict.
"""


class TieoutError(Exception):
    """The base of every exception that this package raises."""


class FloatRefused(TieoutError, TypeError):
    """A float where a figure is wanted: its exact digits are lost already."""


class ParseError(TieoutError, ValueError):
    """A text is not what it should be, or a number has more digits than are held exactly."""


class CurrencyError(TieoutError, ValueError):
    """An unknown code, or a sign that several currencies share."""


class CurrencyMismatch(CurrencyError):
    """Two currencies where one is needed."""


class RateMissing(TieoutError, LookupError):
    """The table has no such rate, or none recent enough; the message names the nearest days."""


class RateTableError(TieoutError, ValueError):
    """A rate table that cannot be read."""


class CalculationError(TieoutError, ArithmeticError):
    """A result that cannot be represented, or does not exist."""


class ColumnError(TieoutError, ValueError):
    """A column that is missing, or whose type holds no exact figures; a relation that cannot be used."""
