"""Single questions: what they answer, and what they refuse."""

import datetime
import pickle
from decimal import Decimal

import pytest
import tieout
from tieout import Money, RateTable


def test_an_amount_keeps_its_digits():
    money = Money("5.00", "USD")
    assert (money.amount, str(money.amount), money.currency, str(money)) == (Decimal(5), "5.00", "USD", "USD 5.00")
    assert Money("USD 5.00") == money
    assert Money(Decimal("1E+3"), "JPY").amount == 1000


def test_amounts_of_one_currency_add_and_compare():
    assert Money("1.10", "EUR") + Money("2.2", "EUR") == Money("3.30", "EUR")
    assert sum([Money(1, "EUR"), Money(2, "EUR")]) == Money(3, "EUR")
    assert Money(1, "EUR") < Money(2, "EUR")
    assert -Money("1.5", "EUR") == Money("-1.5", "EUR")
    assert Money("2.345", "EUR").round() == Money("2.34", "EUR")
    assert Money("2.345", "EUR").round(rounding="half_up") == Money("2.35", "EUR")


def test_mixing_currencies_is_an_error():
    with pytest.raises(tieout.CurrencyMismatch, match="USD and EUR cannot be mixed"):
        Money(1, "USD") + Money(1, "EUR")
    with pytest.raises(tieout.CurrencyMismatch):
        tieout.growth("USD 1", "EUR 1")


@pytest.mark.parametrize(
    "call",
    [
        lambda: Money(0.1, "EUR"),
        lambda: tieout.growth(1.5, 2),
        lambda: tieout.implied("5", -18.9),
        lambda: tieout.cagr(1.0, 2, 3),
        lambda: tieout.convert(59.5, "USD", "2023-05-26"),
    ],
)
def test_a_float_is_refused_with_the_reason(call):
    with pytest.raises(tieout.FloatRefused, match="binary floating point holds few decimals exactly"):
        call()


def test_numpy_floats_are_refused_too():
    numpy = pytest.importorskip("numpy")
    for value in (numpy.float64(1.5), numpy.float32(1.5)):
        with pytest.raises(tieout.FloatRefused):
            Money(value, "EUR")


@pytest.mark.parametrize("value", [True, None, b"5", [5]])
def test_what_is_no_number_is_a_type_error(value):
    with pytest.raises(TypeError, match="must be a Decimal, an int or a str"):
        tieout.growth(value, 2)


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity"), "abc", "1" * 40])
def test_what_no_decimal_holds_is_an_error_of_the_base_class(value):
    with pytest.raises(tieout.TieoutError):
        tieout.growth(value, 2)


def test_every_exception_has_one_base():
    for name in tieout.__all__:
        thing = getattr(tieout, name)
        if isinstance(thing, type) and issubclass(thing, Exception):
            assert issubclass(thing, tieout.TieoutError)


def test_a_conversion_names_its_rates():
    answer = tieout.convert("CNY 59500000000", "USD", "2023-05-28")
    assert answer.converted == Money("8430878825.42", "USD")
    assert (answer.rate.date, answer.rate.age_days, answer.exact) == (datetime.date(2023, 5, 26), 2, False)
    assert [str(leg) for leg in answer.rate.legs] == [
        "EUR/CNY 7.5874 (ECB, 2023-05-26, line 879)",
        "EUR/USD 1.0751 (ECB, 2023-05-26, line 879)",
    ]


def test_a_day_is_a_date_a_text_or_a_midnight():
    expected = Money("1162.68", "EUR")
    for on in ("2023-05-26", datetime.date(2023, 5, 26), datetime.datetime(2023, 5, 26)):
        assert tieout.convert("USD 1250", "EUR", on).converted == expected
    with pytest.raises(TypeError, match="a moment, not a day"):
        tieout.convert("USD 1250", "EUR", datetime.datetime(2023, 5, 26, 12))
    with pytest.raises(tieout.ParseError):
        tieout.convert("USD 1250", "EUR", "26.05.2023")


def test_there_is_no_current_rate():
    with pytest.raises(tieout.TieoutError, match="there is no current rate"):
        tieout.convert("USD 1250", "EUR")


def test_a_missing_rate_names_the_nearest_days():
    with pytest.raises(tieout.RateMissing, match="the last is of 2022-03-01") as raised:
        tieout.convert("USD 1", "RUB", "2023-05-26")
    assert isinstance(raised.value, LookupError)


def test_an_average_is_a_rate_too():
    answer = tieout.convert("CNY 1000", "USD", average="2023-Q1")
    assert (answer.rate.kind, answer.rate.period, answer.rate.days) == ("average", "2023-Q1", 65)


def test_a_table_of_ones_own_serves(tmp_path):
    path = tmp_path / "rates.csv"
    path.write_text("date,base,quote,rate\n2024-03-01,USD,KES,144.5\n")
    for table in (RateTable.read(path), RateTable.from_bytes(path.read_bytes(), "rates.csv")):
        assert tieout.convert("USD 2", "KES", "2024-03-01", rates=table).converted == Money("289.00", "KES")
        assert ("KES" in table, "EUR" in table, table.pairs) == (True, False, ["USD/KES"])
        again = pickle.loads(pickle.dumps(table))
        assert (again.source, repr(again)) == (table.source, repr(table))
    assert pickle.loads(pickle.dumps(RateTable.ecb())).source == "ECB"
    with pytest.raises(tieout.RateTableError):
        RateTable.from_bytes(b"no table at all")
    with pytest.raises(OSError):
        RateTable.read(tmp_path / "none.csv")


def test_growth_and_implied_are_those_of_the_command():
    answer = tieout.growth("73351.5", "59477.1")
    assert (answer.percent, answer.change) == (Decimal("-18.91"), Decimal("-13874.4"))
    answer = tieout.implied("CNY 59.5bn", "-18.9%")
    assert (answer.prior, answer.low, answer.high, answer.unit) == (73366000000, 73259000000, 73474000000, "CNY")
    assert tieout.growth(0, 4).not_meaningful is not None
    with pytest.raises(tieout.CalculationError, match="leaves no prior"):
        tieout.implied(5, -100)


def test_results_show_in_notebooks():
    for answer in (
        tieout.convert("CNY 1", "USD", "2023-05-26"),
        tieout.growth(1, 2),
        tieout.implied(1, 2),
        tieout.rate("USD/CNY", "2023-05-26"),
        tieout.check("Sales rose 10% to $110 million from $100 million."),
    ):
        assert answer._repr_html_().startswith("<table>")
        assert repr(answer).startswith(type(answer).__name__)


def test_results_are_frozen():
    with pytest.raises(AttributeError):
        tieout.growth(1, 2).percent = Decimal(0)


def test_a_text_is_checked():
    report = tieout.check({"a": "Sales rose 12% to $111.3 million from $101.2 million."})
    assert [(claim.relation, claim.verdict) for claim in report.claims] == [("growth", "does_not_tie")]
    assert not report.ties
    assert report.to_dict()["schema"] == "tieout.check/1"
    assert "does not tie" in report._repr_html_()
    assert report.documents[0].figures[0].text == "12%"


def test_html_shows_text_as_text():
    report = tieout.check("<b>Sales</b> rose 12% to <script>$111.3 million from $101.2 million.")
    assert "<script>" not in report._repr_html_()
    page = report.to_html()
    assert page.startswith("<!DOCTYPE html>") and "&lt;script&gt;" in page


def test_money_survives_pickling():
    assert pickle.loads(pickle.dumps(Money("1.50", "EUR"))) == Money("1.50", "EUR")
