//! Single questions: each answers with the fields of one result class of `lib/tieout/_results.py`.

use crate::error::{exception, raise, raise_arithmetic};
use crate::input::{currency, decimals as places, figure, figures, rounding, to_python};
use crate::money::{money, to_object};
use crate::rates::{self, RateTable};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use tieout::{
    AppliedRate, Basket, Claim, ConstantCurrencyMethod, CurrencyPair, Decimal, End, Estimate, FixedRate, GrowthRate, Interval, Lookup,
    NotMeaningful, Operand, Precision, Ratio, Reading, Relation, Role, RoundingMode, Translated, TypedFigure, TypedUnit,
};

/// The decimals of a currency without minor units: gold, the SDR.
const NO_MINOR_UNITS: i32 = 6;

#[pyfunction]
#[allow(clippy::too_many_arguments, reason = "the Python side names them")]
pub(crate) fn convert<'py>(
    py: Python<'py>,
    amount: &Bound<'py, PyAny>,
    to: &str,
    on: Option<&Bound<'py, PyAny>>,
    average: Option<&str>,
    rates: Option<&Bound<'py, RateTable>>,
    max_age: u32,
    decimals: Option<i32>,
    rounding: &str,
    lang: &str,
) -> PyResult<Bound<'py, PyDict>> {
    let amount = money(amount, "amount", &figures(py, lang)?)?;
    let to = currency(py, to)?;
    let table = RateTable(rates::given(rates.map(Bound::get)));
    let pair = CurrencyPair::new(amount.currency(), to);
    let (rate, fields) = match (on, average) {
        (Some(on), None) => {
            let on = crate::input::day(on, "on")?;
            let rate = table.table().rate(pair, on, &Lookup::within_days(max_age)).map_err(|error| raise(py, &error))?;
            let fields = rates::published(py, &rate)?;
            (AppliedRate::from(rate), fields)
        }
        (None, Some(period)) => {
            let rate = table.average(py, pair, period)?;
            let fields = rates::average(py, &rate)?;
            (AppliedRate::from(rate), fields)
        }
        _ => return Err(exception(py, "ParseError", "give either on= or average=: there is no current rate")),
    };
    let count = decimals.unwrap_or_else(|| to.minor_units().map_or(NO_MINOR_UNITS, i32::from));
    let result = amount.convert(rate, places(count), self::rounding(rounding)?).map_err(|error| raise(py, &error))?;
    let answer = PyDict::new(py);
    answer.set_item("amount", to_object(py, amount)?)?;
    answer.set_item("converted", to_object(py, result.converted)?)?;
    answer.set_item("exact", result.exact)?;
    answer.set_item("rate", fields)?;
    Ok(answer)
}

#[pyfunction]
pub(crate) fn growth<'py>(
    py: Python<'py>,
    prior: &Bound<'py, PyAny>,
    current: &Bound<'py, PyAny>,
    decimals: i32,
    rounding: &str,
    lang: &str,
) -> PyResult<Bound<'py, PyDict>> {
    let (reader, mode) = (figures(py, lang)?, self::rounding(rounding)?);
    let (prior, current) = (figure(prior, "prior", &reader)?, figure(current, "current", &reader)?);
    if let (Ok(Some(left)), Ok(Some(right))) = (prior.currency(), current.currency())
        && left != right
    {
        return Err(exception(
            py,
            "CurrencyMismatch",
            &format!("amounts in {left} and {right} cannot be mixed: convert one of them first"),
        ));
    }
    let change = &current.value() - &prior.value();
    let change = round(py, &change, prior.decimals().max(current.decimals()).max(0), mode)?.0;
    let answer = PyDict::new(py);
    answer.set_item("prior", plain(py, &prior)?)?;
    answer.set_item("current", plain(py, &current)?)?;
    answer.set_item("change", to_python(py, change)?)?;
    match GrowthRate::between(prior.value(), current.value()) {
        Ok(rate) => {
            let (percent, exact) = round(py, &rate.as_percent(), decimals, mode)?;
            let claim = Claim::new(Relation::Growth).with(Role::Prior, operand(&prior)).with(Role::Current, operand(&current));
            let interval = claim.estimate(Role::Growth).map_or(Interval::ALL, |estimate| estimate.interval);
            let interval = interval.mul(&Interval::point(100.into()));
            answer.set_item("percent", to_python(py, percent)?)?;
            set_ends(&answer, &interval, decimals)?;
            answer.set_item("exact", exact)?;
        }
        Err(reason) => set_not_meaningful(&answer, reason)?,
    }
    Ok(answer)
}

fn set_not_meaningful(answer: &Bound<'_, PyDict>, reason: NotMeaningful) -> PyResult<()> {
    answer.set_item("not_meaningful", reason.to_string())
}

#[pyfunction]
pub(crate) fn implied<'py>(
    py: Python<'py>,
    current: &Bound<'py, PyAny>,
    growth: &Bound<'py, PyAny>,
    decimals: Option<i32>,
    rounding: &str,
    lang: &str,
) -> PyResult<Bound<'py, PyDict>> {
    let (reader, mode) = (figures(py, lang)?, self::rounding(rounding)?);
    let (current, growth) = (figure(current, "current", &reader)?, figure(growth, "growth", &reader)?);
    if !matches!(growth.unit, TypedUnit::Plain | TypedUnit::Percent) {
        return Err(exception(py, "ParseError", "growth: expected a percent such as \"-18.9%\""));
    }
    let percent = growth.printed().scaled(&Ratio::power_of_ten(-2));
    let claim = Claim::new(Relation::Growth)
        .with(Role::Current, operand(&current))
        .with(Role::Growth, Operand::printed(&percent, Reading::Nearest));
    let Some(Estimate { value: Some(value), interval, .. }) = claim.estimate(Role::Prior) else {
        return Err(exception(py, "CalculationError", "a growth of -100% leaves no prior: every prior leads to zero"));
    };
    let count = decimals.unwrap_or_else(|| current.decimals().saturating_add(2));
    let (prior, exact) = round(py, &value, count, mode)?;
    let answer = PyDict::new(py);
    answer.set_item("current", plain(py, &current)?)?;
    answer.set_item("growth_percent", plain(py, &growth)?)?;
    answer.set_item("prior", to_python(py, prior)?)?;
    set_ends(&answer, &interval, count)?;
    answer.set_item("exact", exact)?;
    answer.set_item("unit", current.currency().ok().flatten().map(|currency| currency.to_string()))?;
    Ok(answer)
}

#[pyfunction]
pub(crate) fn cagr<'py>(
    py: Python<'py>,
    begin: &Bound<'py, PyAny>,
    end: &Bound<'py, PyAny>,
    years: u32,
    decimals: u32,
    rounding: &str,
) -> PyResult<Bound<'py, PyAny>> {
    let (begin, end) = (crate::input::decimal(begin, "begin")?, crate::input::decimal(end, "end")?);
    let growth = tieout::compound_annual_growth(begin, end, years).map_err(|error| raise_arithmetic(py, error))?;
    let percent = growth.to_percent(decimals, self::rounding(rounding)?).map_err(|error| raise_arithmetic(py, error))?;
    to_python(py, percent.value)
}

/// A line of a constant-currency growth: prior and current amount, each with its rate ("EUR/USD 1.08") or none.
type Line<'py> = (Bound<'py, PyAny>, Option<String>, Bound<'py, PyAny>, Option<String>);

#[pyfunction]
pub(crate) fn constant_currency<'py>(
    py: Python<'py>,
    reporting: &str,
    lines: Vec<Line<'py>>,
    method: &str,
    decimals: i32,
    rounding: &str,
) -> PyResult<Bound<'py, PyDict>> {
    let (reporting, mode) = (currency(py, reporting)?, self::rounding(rounding)?);
    let reader = tieout::Locale::EN;
    let translated = |amount: &Bound<'py, PyAny>, rate: Option<&String>| {
        let amount = money(amount, "amount", &reader)?;
        let rate = match rate {
            Some(rate) => rate.parse::<FixedRate>(),
            None => Ok(FixedRate::identity(reporting)),
        };
        rate.and_then(|rate| Translated::new(amount, rate)).map_err(|error| raise(py, &error))
    };
    let mut basket = Basket::new(reporting);
    for (prior, prior_rate, current, current_rate) in &lines {
        let (prior, current) = (translated(prior, prior_rate.as_ref())?, translated(current, current_rate.as_ref())?);
        basket.add(prior, current).map_err(|error| raise(py, &error))?;
    }
    let method = match method.replace('_', "-").as_str() {
        "current-at-prior-rates" => ConstantCurrencyMethod::CurrentAtPriorRates,
        "prior-at-current-rates" => ConstantCurrencyMethod::PriorAtCurrentRates,
        _ => return Err(exception(py, "ParseError", "method: expected current-at-prior-rates or prior-at-current-rates")),
    };
    let growth = basket.growth(&method).map_err(|error| raise(py, &error))?;
    let answer = PyDict::new(py);
    let percent = |rate: Result<GrowthRate, NotMeaningful>| percent(py, rate.map(|rate| rate.as_percent()), mode);
    answer.set_item("reported", percent(growth.reported())?)?;
    answer.set_item("constant", percent(growth.constant())?)?;
    answer.set_item("effect_points", self::percent(py, growth.effect_in_points(), mode)?)?;
    let parts = growth.effect(Precision::Decimals(decimals), mode).map_err(|error| raise(py, &error))?;
    answer.set_item("change", to_object(py, parts.change)?)?;
    answer.set_item("organic", to_object(py, parts.organic)?)?;
    answer.set_item("exchange", to_object(py, parts.exchange)?)?;
    Ok(answer)
}

/// Percent or points with two decimals; nothing where they mean nothing.
fn percent<'py>(py: Python<'py>, value: Result<Ratio, NotMeaningful>, mode: RoundingMode) -> PyResult<Option<Bound<'py, PyAny>>> {
    value.ok().map(|value| to_python(py, round(py, &value, 2, mode)?.0)).transpose()
}

fn operand(figure: &TypedFigure) -> Operand {
    Operand::printed(&figure.printed(), Reading::Nearest)
}

fn plain<'py>(py: Python<'py>, figure: &TypedFigure) -> PyResult<Bound<'py, PyAny>> {
    let value = figure.to_decimal().ok_or_else(|| exception(py, "CalculationError", "the figure does not fit a decimal"))?;
    to_python(py, value)
}

fn round(py: Python<'_>, value: &Ratio, decimals: i32, mode: RoundingMode) -> PyResult<(Decimal, bool)> {
    let rounded = value.round(places(decimals), mode).map_err(|error| raise_arithmetic(py, error))?;
    Ok((rounded.value, rounded.exact))
}

/// The ends of an interval, rounded outward, so that they never exclude a true value.
fn set_ends(answer: &Bound<'_, PyDict>, interval: &Interval, decimals: i32) -> PyResult<()> {
    let py = answer.py();
    let end = |end: &End, mode| end.value().map(|value| to_python(py, round(py, value, decimals, mode)?.0)).transpose();
    answer.set_item("low", end(interval.low(), RoundingMode::Floor)?)?;
    answer.set_item("high", end(interval.high(), RoundingMode::Ceiling)?)
}
