//! The picture of a shared rate: its interval as a band over the published daily rates around the document's date.

use super::arithmetic::rate_span;
use super::number::{high, low, plain};
use super::short_name;
use super::words::Words;
use crate::check::{Document, Report, SharedRate};
use crate::exact::{Interval, Precision, Ratio, RoundingMode};
use crate::rates::RateTable;
use jiff::Span;
use jiff::civil::Date;
use maud::{Markup, html};

/// How many days before and after the document's date are drawn.
const DAYS: (i64, i64) = (14, 5);

/// Of so many rates there is a picture; who states more has them in words.
const PICTURES: usize = 12;

/// The picture's size and the space around its plot, in pixels.
const WIDTH: i64 = 460;
const HEIGHT: i64 = 216;
const TOP: i64 = 18;
const BOTTOM: i64 = 44;
const LEFT: i64 = 14;
const RIGHT: i64 = 76;

/// The shared rates of all documents, each with its picture and the published rates that fit it.
pub(super) fn shared_rates(report: &Report, rates: Option<&RateTable>, words: &Words) -> Markup {
    let several = report.documents.len() > 1;
    let shared = report.documents.iter().enumerate().flat_map(|(index, document)| {
        document.shared_rates.iter().enumerate().map(move |(number, shared)| (format!("d{}-r{}", index + 1, number + 1), document, shared))
    });
    let shared: Vec<_> = shared.collect();
    if shared.is_empty() {
        return html! {};
    }
    html! {
        section.rates aria-labelledby="rates" {
            h2 #rates { (words.shared_rates) }
            div.pictures { @for (place, (id, document, shared)) in shared.iter().enumerate() {
                (one(id, document, shared, several, rates.filter(|_| place < PICTURES), words))
            } }
            p.source { @if let Some((_, document, _)) = shared.first() { (document.rates_source) } ". " (words.derived) }
        }
    }
}

fn one(id: &str, document: &Document, shared: &SharedRate, several: bool, rates: Option<&RateTable>, words: &Words) -> Markup {
    let chart = rates.zip(document.date).and_then(|(rates, date)| Chart::new(rates, date, shared));
    html! {
        figure.rate {
            figcaption id=(id) { @if several { bdi.place { (short_name(document)) } } (rate_span(shared, words)) }
            @if let Some(chart) = chart { div.chart { (chart.draw(id, shared, words)) } }
            @if shared.matches.is_empty() { @if document.date.is_some() { p { (words.fits_none) } } }
            @else {
                p { (words.fits) (words.colon) }
                ul.fits { @for fit in &shared.matches { li {
                    span.when { (words.when(fit)) } " " span.rate-value { (plain(&fit.rate, words)) } " " span.basis { (words.basis(fit.basis)) }
                } } }
            }
        }
    }
}

/// The daily rates around a date, and the band that they are drawn over.
struct Chart {
    from: Date,
    date: Date,
    days: Vec<(Date, Ratio)>,
    bottom: Ratio,
    top: Ratio,
}

impl Chart {
    /// `None` where no daily rate is published around the date.
    fn new(rates: &RateTable, date: Date, shared: &SharedRate) -> Option<Chart> {
        let from = date.saturating_sub(Span::new().days(DAYS.0));
        let to = date.saturating_add(Span::new().days(DAYS.1));
        let days: Vec<(Date, Ratio)> = rates.daily(shared.pair, from, to).map(|rate| (rate.asked(), rate.value())).collect();
        let ends = [shared.interval.low().value(), shared.interval.high().value()];
        let values = || days.iter().map(|(_, rate)| rate).chain(ends.into_iter().flatten());
        let (low, high) = (values().min()?.clone(), values().max()?.clone());
        let margin = &(&high - &low) * &Ratio::new(1, 12)?;
        (!days.is_empty()).then(|| Chart { from, date, days, bottom: &low - &margin, top: &high + &margin })
    }

    /// The column of a day.
    fn x(&self, day: Date) -> i64 {
        let days = i64::from((day - self.from).get_days());
        LEFT + days * (WIDTH - LEFT - RIGHT) / (DAYS.0 + DAYS.1)
    }

    /// The row of a rate, to the nearest pixel.
    fn y(&self, rate: &Ratio) -> i64 {
        let height = HEIGHT - TOP - BOTTOM;
        let share = (&self.top - rate).checked_div(&(&self.top - &self.bottom)).unwrap_or(Ratio::ZERO);
        let rows = (&share * &Ratio::from(height)).round(Precision::Decimals(0), RoundingMode::HalfEven).ok();
        TOP + rows.and_then(|rows| i64::try_from(rows.value).ok()).unwrap_or(0).clamp(0, height)
    }

    fn draw(&self, id: &str, shared: &SharedRate, words: &Words) -> Markup {
        let floor = HEIGHT - BOTTOM;
        let y = |end: Option<&Ratio>, open: i64| end.map_or(open, |rate| self.y(rate));
        let (high_y, low_y) = (y(shared.interval.high().value(), TOP), y(shared.interval.low().value(), floor));
        let line: Vec<String> = self.days.iter().map(|(day, rate)| format!("{},{}", self.x(*day), self.y(rate))).collect();
        // The two labels keep apart where the band is thin.
        let (high_label, low_label) = (high_y.min(low_y - 14), low_y.max(high_y + 2));
        html! {
            svg viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-labelledby={ (id) " " (id) "-d" } {
                desc id={ (id) "-d" } { (self.description(&shared.interval, words)) }
                rect.band x=(LEFT) y=(high_y) width=(WIDTH - LEFT - RIGHT) height=((low_y - high_y).max(1)) {}
                line.end x1=(LEFT) x2=(WIDTH - RIGHT) y1=(high_y) y2=(high_y) {}
                line.end x1=(LEFT) x2=(WIDTH - RIGHT) y1=(low_y) y2=(low_y) {}
                line.date x1=(self.x(self.date)) x2=(self.x(self.date)) y1=(TOP - 8) y2=(floor) {}
                polyline.daily points=(line.join(" ")) {}
                text.end x=(WIDTH - RIGHT + 6) y=(high_label + 4) { (high(&shared.interval, words)) }
                text.end x=(WIDTH - RIGHT + 6) y=(low_label + 4) { (low(&shared.interval, words)) }
                @for (day, rate) in &self.days { (self.point(*day, rate, &shared.interval, words)) }
                g.days transform={ "translate(0 " (floor + 16) ")" } {
                    @for (day, rate) in &self.days { text.fits[shared.interval.contains(rate)] x=(self.x(*day)) { (day.day()) } }
                }
                @for (index, day) in self.months() {
                    text x=(self.x(day) - 5) y=(floor + 32) { (words.month(day)) @if index == 0 { " " (day.year()) } }
                }
            }
        }
    }

    /// A day's rate, its point filled if it fits.
    fn point(&self, day: Date, rate: &Ratio, interval: &Interval, words: &Words) -> Markup {
        let fits = interval.contains(rate);
        let (x, y) = (self.x(day), self.y(rate));
        html! {
            @if fits { line.drop x1=(x) x2=(x) y1=(y) y2=(HEIGHT - BOTTOM) {} }
            circle class=(if fits { "fits" } else { "off" }) cx=(x) cy=(y) r=(if fits { 4 } else { 3 }) {
                title { (words.date(day)) (words.colon) " " (plain(rate, words)) }
            }
        }
    }

    /// The first day of each month that is drawn, with its place.
    fn months(&self) -> impl Iterator<Item = (usize, Date)> {
        let begins =
            |index: usize, day: Date| index == 0 || self.days.get(index - 1).is_some_and(|(before, _)| before.month() != day.month());
        self.days.iter().enumerate().filter(move |(index, (day, _))| begins(*index, *day)).map(|(index, (day, _))| (index, *day))
    }

    fn description(&self, interval: &Interval, words: &Words) -> String {
        let fitting: Vec<String> = self
            .days
            .iter()
            .filter(|(_, rate)| interval.contains(rate))
            .map(|(day, rate)| format!("{} {}", words.date(*day), plain(rate, words)))
            .collect();
        if fitting.is_empty() { words.fits_none.to_owned() } else { format!("{}{} {}", words.fits, words.colon, fitting.join(", ")) }
    }
}
