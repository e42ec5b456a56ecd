//! By which year does a business reckon?

use super::{Period, month, months};
use jiff::civil::Date;

/// The year by which a business reckons: its first month, and whether it is named by the year it begins or ends in.
///
/// # Example
///
/// Japan's fiscal 2023 begins in April 2023; a US retailer's fiscal 2023 may end in January 2023:
///
/// ```
/// use tieout::FiscalYear;
///
/// let japan = FiscalYear::named_by_start(4).unwrap();
/// assert_eq!(japan.year(2023).unwrap().to_string(), "2023-04-01..2024-03-31");
/// assert_eq!(japan.quarter(2023, 1).unwrap().to_string(), "2023-Q2");
/// let retailer = FiscalYear::named_by_end(2).unwrap();
/// assert_eq!(retailer.year(2023).unwrap().to_string(), "2022-02-01..2023-01-31");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FiscalYear {
    /// 1 to 12.
    first_month: i8,
    /// How many years before its name it begins: 0 or 1.
    begins_before: i8,
}

impl FiscalYear {
    /// The calendar year.
    pub const CALENDAR: FiscalYear = FiscalYear { first_month: 1, begins_before: 0 };

    /// A year that is named by the calendar year in which it begins; `None` for a month that is not 1 to 12.
    ///
    /// ```
    /// use tieout::FiscalYear;
    ///
    /// assert_eq!(FiscalYear::named_by_start(1), Some(FiscalYear::CALENDAR));
    /// assert_eq!(FiscalYear::named_by_start(13), None);
    /// ```
    #[must_use]
    pub const fn named_by_start(first_month: i8) -> Option<FiscalYear> {
        if first_month < 1 || first_month > 12 {
            return None;
        }
        Some(FiscalYear { first_month, begins_before: 0 })
    }

    /// A year that is named by the calendar year in which it ends; `None` for a month that is not 1 to 12.
    ///
    /// ```
    /// use tieout::FiscalYear;
    ///
    /// assert_eq!(FiscalYear::named_by_end(10).unwrap().year(2024).unwrap().to_string(), "2023-10-01..2024-09-30");
    /// ```
    #[must_use]
    pub const fn named_by_end(first_month: i8) -> Option<FiscalYear> {
        match FiscalYear::named_by_start(first_month) {
            Some(year) if first_month > 1 => Some(FiscalYear { begins_before: 1, ..year }),
            year => year,
        }
    }

    /// The fiscal year of this name.
    ///
    /// ```
    /// use tieout::{FiscalYear, Period};
    ///
    /// assert_eq!(FiscalYear::CALENDAR.year(2024), Period::year(2024));
    /// ```
    #[must_use]
    pub fn year(self, name: i16) -> Option<Period> {
        self.part(name, 0, 12)
    }

    /// A half of the fiscal year of this name, 1 or 2.
    ///
    /// ```
    /// use tieout::FiscalYear;
    ///
    /// let india = FiscalYear::named_by_end(4).unwrap();
    /// assert_eq!(india.half(2024, 1).unwrap().to_string(), "2023-04-01..2023-09-30");
    /// ```
    #[must_use]
    pub fn half(self, name: i16, half: i8) -> Option<Period> {
        (1..=2).contains(&half).then_some(())?;
        self.part(name, i32::from(half - 1) * 6, 6)
    }

    /// A quarter of the fiscal year of this name, 1 to 4.
    ///
    /// ```
    /// use tieout::FiscalYear;
    ///
    /// let india = FiscalYear::named_by_end(4).unwrap();
    /// assert_eq!(india.quarter(2024, 4).unwrap().to_string(), "2024-Q1");
    /// ```
    #[must_use]
    pub fn quarter(self, name: i16, quarter: i8) -> Option<Period> {
        (1..=4).contains(&quarter).then_some(())?;
        self.part(name, i32::from(quarter - 1) * 3, 3)
    }

    /// The first day of the fiscal year in which a day lies.
    ///
    /// ```
    /// use tieout::{Date, FiscalYear};
    ///
    /// let india = FiscalYear::named_by_end(4).unwrap();
    /// assert_eq!(india.first_day_for(Date::constant(2024, 3, 31)), Date::constant(2023, 4, 1));
    /// ```
    #[must_use]
    pub fn first_day_for(self, day: Date) -> Date {
        let into = (i32::from(day.month()) - i32::from(self.first_month)).rem_euclid(12);
        month(months(day) - into).unwrap_or(Date::MIN)
    }

    /// The name of the fiscal year in which a day lies: the `name` that [`year`](FiscalYear::year) takes.
    ///
    /// ```
    /// use tieout::{Date, FiscalYear};
    ///
    /// let (india, japan) = (FiscalYear::named_by_end(4).unwrap(), FiscalYear::named_by_start(4).unwrap());
    /// let march = Date::constant(2024, 3, 31);
    /// assert_eq!((india.name_for(march), japan.name_for(march)), (2024, 2023));
    /// ```
    #[must_use]
    pub fn name_for(self, day: Date) -> i16 {
        self.first_day_for(day).year().saturating_add(i16::from(self.begins_before))
    }

    fn part(self, name: i16, offset: i32, length: u16) -> Option<Period> {
        let first = (i32::from(name) - i32::from(self.begins_before)) * 12 + i32::from(self.first_month) - 1;
        let start = month(first + offset)?;
        Period::whole_months(start.year(), start.month(), length)
    }
}
