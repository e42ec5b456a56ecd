"""What the questions answer with: plain, frozen classes that show well in notebooks."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass, field, fields
from decimal import Decimal
from html import escape
from typing import Any

from ._tieout import Money, check_page


def _table(rows: list[tuple[str, object]]) -> str:
    cells = "".join(
        f'<tr><th style="text-align:left">{escape(name)}</th><td style="text-align:left">{escape(str(value))}</td></tr>'
        for name, value in rows
    )
    return f"<table>{cells}</table>"


class _Shown:
    """Shows the fields of a dataclass as a table of two columns."""

    def _repr_html_(self) -> str:
        values = [(each.name, getattr(self, each.name)) for each in fields(self)]  # type: ignore[arg-type]
        return _table([(name.replace("_", " "), value) for name, value in values if value is not None])


@dataclass(frozen=True)
class Leg:
    """A published rate: one unit of ``base`` costs ``rate`` units of ``quote``."""

    base: str
    quote: str
    rate: Decimal
    date: datetime.date
    source: str
    line: int

    def __str__(self) -> str:
        return f"{self.base}/{self.quote} {self.rate} ({self.source}, {self.date}, line {self.line})"


@dataclass(frozen=True)
class Rate(_Shown):
    """One unit of ``base`` costs ``value`` units of ``quote``.

    ``value`` has 12 significant digits and is there to be read: conversions use the published numbers in ``legs``.
    ``kind`` is ``spot`` (then ``asked``, ``date``, ``age_days`` and ``legs`` are known) or ``average`` (then
    ``period`` and ``days``).
    """

    base: str
    quote: str
    value: Decimal
    kind: str = "spot"
    asked: datetime.date | None = None
    date: datetime.date | None = None
    age_days: int | None = None
    legs: tuple[Leg, ...] = ()
    period: str | None = None
    days: int | None = None

    @classmethod
    def _of(cls, answer: dict[str, Any]) -> Rate:
        legs = tuple(Leg(**leg) for leg in answer.pop("legs", ()))
        return cls(**answer, legs=legs)

    def __str__(self) -> str:
        when = f"on average in {self.period}" if self.kind == "average" else f"on {self.date}"
        return f"{self.base}/{self.quote} {self.value} {when}"

    def _repr_html_(self) -> str:
        legs = [("from", leg) for leg in self.legs]
        return _table([(f"{self.base}/{self.quote}", self.value), ("when", self.period or self.date), *legs])


@dataclass(frozen=True)
class Conversion(_Shown):
    """An amount in another currency, rounded once; ``exact`` says whether nothing was discarded."""

    amount: Money
    converted: Money
    rate: Rate
    exact: bool

    def __str__(self) -> str:
        return f"{self.amount} = {self.converted} at {self.rate}"


@dataclass(frozen=True)
class Growth(_Shown):
    """(current − prior) ÷ prior in percent; ``low`` and ``high`` are what the printed digits leave open.

    Over a base of zero or less, and between opposite signs, there is no ``percent`` and ``not_meaningful`` says why.
    """

    prior: Decimal
    current: Decimal
    change: Decimal
    percent: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    exact: bool | None = None
    not_meaningful: str | None = None

    def __str__(self) -> str:
        return f"not meaningful: {self.not_meaningful}" if self.percent is None else f"{self.percent}%"


@dataclass(frozen=True)
class Implied(_Shown):
    """The prior figure that a current figure and its growth imply, and all that it can have been."""

    current: Decimal
    growth_percent: Decimal
    prior: Decimal
    low: Decimal | None
    high: Decimal | None
    exact: bool
    unit: str | None = None

    def __str__(self) -> str:
        unit = f"{self.unit} " if self.unit else ""
        return f"{unit}{self.prior}, between {self.low} and {self.high}"


@dataclass(frozen=True)
class ConstantCurrency(_Shown):
    """How much of a growth is business (``constant``, ``organic``) and how much exchange rates.

    ``reported`` and ``constant`` are percents, ``effect_points`` percentage points; ``change`` is ``organic`` +
    ``exchange``, to the last digit.
    """

    reported: Decimal | None
    constant: Decimal | None
    effect_points: Decimal | None
    change: Money
    organic: Money
    exchange: Money


@dataclass(frozen=True)
class Figure:
    """A figure of a text, as it stands there and as an interval. Offsets count code points."""

    id: str
    text: str
    start: int
    end: int
    kind: str
    value: Decimal | None
    unit: str | None
    low: Decimal | None
    high: Decimal | None
    metric: str | None
    period: str | None


@dataclass(frozen=True)
class Claim:
    """A relation that a text states between figures, and whether they tie."""

    id: str
    relation: str
    verdict: str
    roles: dict[str, str]
    explanation: str
    diagnosis: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Document:
    """A checked text."""

    path: str
    language: str
    date: str | None
    figures: tuple[Figure, ...]
    claims: tuple[Claim, ...]

    @classmethod
    def _of(cls, found: dict[str, Any]) -> Document:
        def number(text: str | None) -> Decimal | None:
            return None if text is None else Decimal(text)

        def figure(each: dict[str, Any]) -> Figure:
            given: dict[str, Any] = {name.name: each[name.name] for name in fields(Figure)}
            return Figure(**given | {name: number(each[name]) for name in ("value", "low", "high")})

        figures = tuple(figure(each) for each in found["figures"])
        claims = tuple(
            Claim(**{name: each[name] for name in ("id", "relation", "verdict", "roles", "explanation", "diagnosis")})
            for each in found["claims"]
        )
        return cls(found["path"], found["language"], found["date"], figures, claims)


_COLOURS = {"ties": "#1a7f37", "does_not_tie": "#cf222e"}


@dataclass(frozen=True)
class Report:
    """What a check found. ``json`` is everything, as ``tieout check --format json`` prints it."""

    documents: tuple[Document, ...]
    summary: dict[str, int]
    json: str = field(repr=False)
    _question: tuple[Any, ...] = field(repr=False, compare=False)

    @classmethod
    def _of(cls, text: str, question: tuple[Any, ...]) -> Report:
        found = json.loads(text)
        return cls(tuple(Document._of(each) for each in found["documents"]), found["summary"], text, question)

    def to_html(self) -> str:
        """The report as a web page that stands alone, as ``tieout check --format html`` writes it."""
        return check_page(self._question)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims of all documents."""
        return tuple(claim for document in self.documents for claim in document.claims)

    @property
    def ties(self) -> bool:
        """Whether no claim and no corroboration does not tie."""
        return self.summary["does_not_tie"] == 0 and all(
            pair["verdict"] != "does_not_tie" for pair in self.to_dict()["corroboration"]
        )

    def to_dict(self) -> dict[str, Any]:
        """Everything, as the object of ``tieout check --format json``."""
        found: dict[str, Any] = json.loads(self.json)
        return found

    def _repr_html_(self) -> str:
        rows = []
        for document in self.documents:
            texts = {figure.id: figure.text for figure in document.figures}
            for claim in document.claims:
                colour = _COLOURS.get(claim.verdict, "#9a6700")
                figures = ", ".join(f"{role} {texts.get(place, place)}" for role, place in claim.roles.items())
                rows.append(
                    f'<tr><td style="color:{colour}"><b>{escape(claim.verdict.replace("_", " "))}</b></td>'
                    f'<td>{escape(claim.relation)}</td><td style="text-align:left">{escape(figures)}</td>'
                    f'<td style="text-align:left">{escape(claim.explanation)}</td></tr>'
                )
        head = "<tr><th>verdict</th><th>relation</th><th>figures</th><th>explanation</th></tr>"
        return f"<table><thead>{head}</thead><tbody>{''.join(rows)}</tbody></table>"
