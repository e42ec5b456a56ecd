//! What can a word mean? Senses, and the sets of them that are asked for most.

use crate::currency::Currency;
use serde::Deserialize;

/// What a word or phrase can mean. One phrase may have several senses; its place decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sense {
    /// A power of ten.
    Scale(i8),
    Currency(Currency),
    /// A name or sign that several currencies share: an index into [`Language::bare`](super::Language::bare).
    Bare(u8),
    Percent,
    Points,
    BasisPoints,
    /// After a number: so many times.
    Times,
    Cardinal(u16),
    Fraction(u8, u8),
    /// A verb that multiplies: "doubled" is 2/1.
    Multiple(u8, u8),
    /// An index into [`Language::metrics`](super::Language::metrics).
    Metric(u16),
    Month(i8),
    Period(PeriodWord),
    /// A country: what its shared signs mean.
    Country(Currency),
    Cue(Cue),
}

/// A word for a part of the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub(crate) enum PeriodWord {
    Q1,
    Q2,
    Q3,
    Q4,
    H1,
    H2,
    Y,
}

/// What a word says about the figures around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Cue {
    /// Direction: it grew, it fell, it stayed.
    Up,
    Down,
    Flat,
    /// A particle that ends the clause of its verb: "nahm … zu", "nam … af".
    UpEnd,
    DownEnd,
    /// Direction of a loss: smaller, larger.
    Narrowed,
    Widened,
    /// Direction by worth: up, and of a loss down; and the reverse.
    Better,
    Worse,
    /// Before a figure: the current one, the prior one, a change.
    To,
    From,
    By,
    At,
    Of,
    /// A verb before a current figure.
    Level,
    /// Before a prior figure.
    Against,
    /// After a figure: what it was before (Japanese から).
    FromAfter,
    /// After a figure: what it is now (Japanese に).
    ToAfter,
    /// Direction behind a figure that is the change: 32億円増.
    ByAfter,
    /// Takes up the time named right before: "in May 2022, when 871,000 were sold".
    ThatTime,
    /// A time before: "a year earlier".
    PriorTime,
    /// Of such times, those a quarter or month before.
    QuarterBefore,
    /// This time, after an earlier one: "now".
    Now,
    YearOnYear,
    QuarterOnQuarter,
    About,
    Over,
    Under,
    /// After a figure: at least (Japanese 以上).
    OverAfter,
    /// After a figure: less than (未満).
    UnderAfter,
    /// After a figure: about (前後, 左右).
    AboutAfter,
    /// Between an amount and its conversion.
    Or,
    /// The same, and never only an alternative: "equivalent to", "worth".
    Equals,
    /// Right behind a size: what it is measured on ("a rise of 6% on the …").
    OnBase,
    Loss,
    /// The amount beside it is no loss: "earned".
    Gain,
    /// A profit becomes a loss, or a loss a profit: "turned into".
    TurnedInto,
    /// Right before a number: a minus sign in a word.
    Minus,
    Share,
    /// A statement about the future, or of what others expect.
    Expect,
    Per,
    /// Behind a price: of one, without a noun.
    Each,
    And,
    /// Begins another clause: "while", "whereas", "but".
    Clause,
    Respectively,
    Article,
    Range,
    Between,
    /// Between a total and its parts, or before a total: "made up of", "a total of".
    PartsFollow,
    TotalFollows,
    /// Between a total and some of its parts, perhaps all: "of which".
    PartsAmong,
    /// Before what is subtracted: "after deducting".
    Less,
    /// Before what is left over: "a surplus of", "net cash".
    Balance,
    /// Before the currency that a rate is for one of: "1,300 won to the dollar".
    ForOne,
    /// Half of the unit more: "two and a half".
    AndHalf,
    /// The decimal mark of a number in words: "three point five".
    DecimalPoint,
    /// Stands for what the sentence before spoke of: "that", "the figure".
    Anaphor,
    /// A number after it is a name, not a figure.
    NotFigure,
    /// A number before it counts nothing.
    NotCount,
    /// What numbers count, where no space shows the noun (家, 人, 件).
    Counter,
    /// A currency name that stands before its number (人民币).
    Leading,
    /// Before a number: so many times ("multiplicó por 3,1").
    TimesBefore,
    /// Joins millions to what they count ("millones *de* euros").
    Partitive,
    /// Only texts with a decimal point use it (mdp).
    PointDecimal,
    /// What a percentage of an amount is charged or paid as: interest, a tax, a commission.
    Levy,
    /// Right before what follows from the figures before it: "that makes", "so".
    Thus,
    /// An amount in another currency stands beside it: "at the day's rate", "converted".
    Exchange,
    /// The price of a share: what it gains is no growth of sales.
    Stock,
    /// Units of which there are fractions ("litros"): three digits behind a mark need be no thousands.
    Measure,
    /// A unit that is a scale of money besides, in sentences on money (Dutch "drie ton" are 300,000 euros).
    MoneyScale,
    /// What is measured in money without being a metric: "interest", "subsidies".
    MoneyNoun,
    /// What is of an amount, before a word that is a bound elsewhere (German "Darlehen über").
    OfAmount,
    /// Before what a price is of one of, where the text has counted it ("410 euro per forma").
    PerCounted,
}

/// What the heads and labels of tables say. They are looked for in the whole of a head, not word by word in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TableWord {
    /// A column of changes.
    Change,
    /// A column of shares.
    Share,
    /// A row or column that adds up others.
    Total,
    /// Before what is in another unit: "except per share".
    Except,
}

/// What the senses of a phrase say at a glance: its cues, and where such a phrase is looked at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Glance {
    cues: u128,
    /// A figure may begin with it.
    pub(crate) begins_figure: bool,
    /// It names a currency, or a sign that several share.
    pub(crate) is_money: bool,
    /// It can be the unit that is glued to a number.
    pub(crate) is_unit: bool,
    pub(crate) is_month: bool,
    pub(crate) is_period: bool,
    pub(crate) is_country: bool,
    pub(crate) is_metric: bool,
}

// Each cue has a bit of its own.
const _: () = assert!((Cue::LAST as u32) < u128::BITS);

impl Cue {
    const LAST: Cue = Cue::PerCounted;

    const fn bit(self) -> u128 {
        1 << self as u32
    }
}

impl Glance {
    /// What no phrase at all says.
    pub(crate) const NOTHING: Glance = Glance {
        cues: 0,
        begins_figure: false,
        is_money: false,
        is_unit: false,
        is_month: false,
        is_period: false,
        is_country: false,
        is_metric: false,
    };

    pub(super) fn of(senses: &[Sense]) -> Glance {
        let mut glance = Glance::NOTHING;
        senses.iter().for_each(|sense| glance.add(*sense));
        glance
    }

    /// Whether the phrase has this cue.
    #[inline]
    pub(crate) fn has(&self, cue: Cue) -> bool {
        self.cues & cue.bit() != 0
    }

    fn add(&mut self, sense: Sense) {
        match sense {
            Sense::Currency(_) | Sense::Bare(_) => {
                (self.is_money, self.is_unit, self.begins_figure) = (true, true, true);
            }
            Sense::Scale(_) | Sense::Percent => (self.is_unit, self.begins_figure) = (true, true),
            Sense::Points | Sense::BasisPoints | Sense::Times => self.is_unit = true,
            Sense::Cardinal(_) | Sense::Fraction(..) | Sense::Multiple(..) => self.begins_figure = true,
            Sense::Metric(_) => self.is_metric = true,
            Sense::Month(_) => self.is_month = true,
            Sense::Period(_) => self.is_period = true,
            Sense::Country(_) => self.is_country = true,
            Sense::Cue(cue) => {
                self.cues |= cue.bit();
                self.begins_figure |= matches!(cue, Cue::Flat | Cue::Minus);
            }
        }
    }
}
