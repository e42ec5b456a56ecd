//! What the page says, in each of its languages.

use crate::check::Slip;
use crate::locale::Locale;
use crate::rates::{Basis, Fit};
use crate::relation::{Relation, Role, Verdict};
use jiff::civil::Date;

/// A language of the page's own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum PageLanguage {
    /// English.
    #[default]
    English,
    /// French.
    French,
}

impl PageLanguage {
    /// The language of this code; English for any that the page does not speak.
    ///
    /// ```
    /// use tieout::page::PageLanguage;
    ///
    /// assert_eq!((PageLanguage::of("fr-CA"), PageLanguage::of("de")), (PageLanguage::French, PageLanguage::English));
    /// ```
    pub fn of(code: &str) -> PageLanguage {
        if code.starts_with("fr") { PageLanguage::French } else { PageLanguage::English }
    }

    /// The code.
    ///
    /// ```
    /// assert_eq!(tieout::page::PageLanguage::French.code(), "fr");
    /// ```
    pub const fn code(self) -> &'static str {
        self.words().code
    }

    /// What the page says.
    pub(super) const fn words(self) -> &'static Words {
        match self {
            PageLanguage::English => &ENGLISH,
            PageLanguage::French => &FRENCH,
        }
    }
}

/// The words and phrases of a language.
pub(super) struct Words {
    pub(super) language: PageLanguage,
    pub(super) code: &'static str,
    pub(super) locale: Locale,
    pub(super) findings: &'static str,
    pub(super) nothing: &'static str,
    pub(super) no_date: &'static str,
    pub(super) shared_rates: &'static str,
    pub(super) fits: &'static str,
    pub(super) fits_none: &'static str,
    pub(super) implied_priors: &'static str,
    pub(super) implied_note: &'static str,
    pub(super) figure: &'static str,
    pub(super) verdict: &'static str,
    pub(super) between: &'static str,
    pub(super) fact_row: &'static str,
    pub(super) from: &'static str,
    pub(super) to: &'static str,
    pub(super) no_bound: &'static str,
    pub(super) printed: &'static str,
    pub(super) perhaps: &'static str,
    pub(super) would_tie: &'static str,
    pub(super) fits_the: &'static str,
    pub(super) near_the: &'static str,
    pub(super) last_fit: &'static str,
    pub(super) outside: &'static str,
    pub(super) alone: &'static str,
    pub(super) direction: &'static str,
    pub(super) no_base: &'static str,
    pub(super) too_little: &'static str,
    pub(super) derived: &'static str,
    pub(super) billion: &'static str,
    pub(super) million: &'static str,
    /// Behind a number.
    pub(super) percent: &'static str,
    /// Between words.
    pub(super) colon: &'static str,
    months: [&'static str; 12],
}

pub(super) const ENGLISH: Words = Words {
    language: PageLanguage::English,
    code: "en",
    locale: Locale::EN,
    findings: "Findings",
    nothing: "Nothing to check: no two figures of the text are related.",
    no_date: "no date",
    shared_rates: "Exchange rates",
    fits: "Published rates that fit",
    fits_none: "No published rate around the date fits.",
    implied_priors: "Implied prior figures",
    implied_note: "What must have stood there a period earlier, if the text is right.",
    figure: "Figure",
    verdict: "Verdict",
    between: "Between the documents",
    fact_row: "facts, row",
    from: "from",
    to: "to",
    no_bound: "no bound",
    printed: "printed",
    perhaps: "Perhaps",
    would_tie: "would tie",
    fits_the: "fits the",
    near_the: "within 1% of the",
    last_fit: "last fitted on",
    outside: "outside the rate that the others share,",
    alone: "no other conversion to hold it against",
    direction: "the direction stated",
    no_base: "the base is zero or negative, or the sign changed",
    too_little: "too little is stated",
    derived: "Crosses are derived from the published rates, not published themselves.",
    billion: "billion",
    million: "million",
    percent: "%",
    colon: ":",
    months: ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
};

pub(super) const FRENCH: Words = Words {
    language: PageLanguage::French,
    code: "fr",
    locale: Locale::FR,
    findings: "Constats",
    nothing: "Rien à vérifier : le texte ne relie pas deux chiffres.",
    no_date: "sans date",
    shared_rates: "Taux de change",
    fits: "Taux publiés compatibles",
    fits_none: "Aucun taux publié autour de la date ne convient.",
    implied_priors: "Chiffres antérieurs implicites",
    implied_note: "Ce qui devait figurer une période plus tôt, si le texte dit juste.",
    figure: "Chiffre",
    verdict: "Verdict",
    between: "Entre les documents",
    fact_row: "faits, ligne",
    from: "de",
    to: "à",
    no_bound: "sans borne",
    printed: "imprimé",
    perhaps: "Peut-être",
    would_tie: "concorderait",
    fits_the: "conforme au",
    near_the: "à moins de 1 % du",
    last_fit: "conforme pour la dernière fois le",
    outside: "hors du taux commun aux autres,",
    alone: "aucune autre conversion à laquelle la comparer",
    direction: "le sens indiqué",
    no_base: "la base est nulle ou négative, ou le signe a changé",
    too_little: "trop peu est indiqué",
    derived: "Les taux croisés sont calculés à partir des taux publiés ; ils ne sont pas publiés eux-mêmes.",
    billion: "milliards",
    million: "millions",
    percent: "\u{a0}%",
    colon: "\u{a0}:",
    months: ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"],
};

impl Words {
    fn french(&self) -> bool {
        self.language == PageLanguage::French
    }

    /// A verdict.
    pub(super) fn verdict(&self, verdict: Verdict) -> &'static str {
        let (english, french) = match verdict {
            Verdict::Ties => ("ties", "concorde"),
            Verdict::TiesWithinRounding => ("ties within rounding", "concorde à l’arrondi près"),
            Verdict::TiesCoarsely => ("ties coarsely", "concorde en lecture large"),
            Verdict::DoesNotTie => ("does not tie", "ne concorde pas"),
            Verdict::Unverifiable => ("unverifiable", "invérifiable"),
            Verdict::NotMeaningful => ("not meaningful", "sans signification"),
        };
        if self.french() { french } else { english }
    }

    /// So many claims with a verdict: "11 tie".
    pub(super) fn counted(&self, count: usize, verdict: Verdict) -> String {
        let one = count == 1;
        let words = match (self.french(), verdict) {
            (false, Verdict::Ties) if one => "ties",
            (false, Verdict::Ties) => "tie",
            (false, Verdict::TiesWithinRounding) => "within rounding",
            (false, Verdict::TiesCoarsely) => "coarsely",
            (false, Verdict::DoesNotTie) if one => "does not",
            (false, Verdict::DoesNotTie) => "do not",
            (true, Verdict::Ties) if one => "concorde",
            (true, Verdict::Ties) => "concordent",
            (true, Verdict::TiesWithinRounding) => "à l’arrondi près",
            (true, Verdict::TiesCoarsely) => "en lecture large",
            (true, Verdict::DoesNotTie) if one => "ne concorde pas",
            (true, Verdict::DoesNotTie) => "ne concordent pas",
            (true, Verdict::Unverifiable) if !one => "invérifiables",
            _ => self.verdict(verdict),
        };
        format!("{count} {words}")
    }

    /// So many claims.
    pub(super) fn claims(&self, count: usize) -> String {
        let words = match (self.french(), count) {
            (false, 1) => "claim",
            (false, _) => "claims",
            (true, 0 | 1) => "affirmation",
            (true, _) => "affirmations",
        };
        format!("{count} {words}{}", self.colon)
    }

    /// So many figures.
    pub(super) fn figures(&self, count: usize) -> String {
        let words = match (self.french(), count) {
            (false, 1) => "figure",
            (false, _) => "figures",
            (true, 0 | 1) => "chiffre",
            (true, _) => "chiffres",
        };
        format!("{count} {words}")
    }

    /// A relation.
    pub(super) fn relation(&self, relation: Relation) -> &'static str {
        if !self.french() {
            return relation.name();
        }
        match relation {
            Relation::Conversion => "conversion",
            Relation::Growth => "croissance",
            Relation::Change => "variation",
            Relation::Difference => "différence",
            Relation::Sum => "somme",
            Relation::Share => "part",
            Relation::Ratio => "ratio",
            Relation::Multiple => "multiple",
            Relation::Product => "produit",
            Relation::Points => "points",
        }
    }

    /// The part that a figure plays.
    pub(super) fn role(&self, role: Role) -> String {
        if !self.french() {
            return role.to_string();
        }
        let name = match role {
            Role::Addend(n) => return format!("part {n}"),
            Role::Amount => "montant",
            Role::Converted => "montant converti",
            Role::Rate => "taux",
            Role::Current => "actuel",
            Role::Prior => "antérieur",
            Role::Growth => "croissance",
            Role::Change => "variation",
            Role::Minuend => "premier terme",
            Role::Subtrahend => "second terme",
            Role::Difference => "différence",
            Role::Total => "total",
            Role::Part => "part",
            Role::Whole => "tout",
            Role::Share => "proportion",
            Role::Numerator => "numérateur",
            Role::Denominator => "dénominateur",
            Role::Ratio => "ratio",
            Role::Multiple => "multiple",
            Role::Product => "produit",
            Role::Factor1 => "facteur 1",
            Role::Factor2 => "facteur 2",
            Role::Points => "points",
        };
        name.to_owned()
    }

    /// A slip of the pen.
    pub(super) fn slip(&self, slip: Slip) -> &'static str {
        let (english, french) = match slip {
            Slip::WrongSign => ("the wrong sign", "un signe inversé"),
            Slip::Factor10 => ("a factor of 10", "un facteur 10"),
            Slip::Factor100 => ("a factor of 100", "un facteur 100"),
            Slip::Factor1000 => ("a factor of 1,000", "un facteur 1 000"),
            Slip::Factor1e4 => ("a factor of 10,000", "un facteur 10 000"),
            Slip::Factor1e8 => ("a factor of 100 million", "un facteur 100 millions"),
            Slip::PercentForPoints => ("percent for percentage points", "des pour cent au lieu de points"),
            Slip::SwappedPeriods => ("the periods swapped", "des périodes interverties"),
            Slip::DividedByCurrent => ("divided by the current figure", "une division par le chiffre actuel"),
            Slip::TransposedDigits => ("two digits transposed", "deux chiffres intervertis"),
            Slip::Truncated => ("truncated instead of rounded", "une troncature au lieu d’un arrondi"),
            Slip::StaleRate => ("a stale rate", "un taux périmé"),
            Slip::InvertedRate => ("the rate inverted", "un taux inversé"),
            Slip::WrongCurrency => ("the wrong currency", "une autre monnaie"),
        };
        if self.french() { french } else { english }
    }

    /// What a rate is a rate of.
    pub(super) fn basis(&self, basis: Basis) -> &'static str {
        let (english, french) = match basis {
            Basis::Spot => ("daily rate", "taux du jour"),
            Basis::Closing => ("closing rate", "taux de clôture"),
            Basis::Average => ("average rate", "taux moyen"),
        };
        if self.french() { french } else { english }
    }

    /// A published rate: "ECB daily rate of 26 May 2023".
    pub(super) fn published(&self, fit: &Fit, source: &str) -> String {
        let (basis, when) = (self.basis(fit.basis), self.when(fit));
        if self.french() { format!("{basis} {source} du {when}") } else { format!("{source} {basis} of {when}") }
    }

    /// The day of a rate, or the period that it is the average of.
    pub(super) fn when(&self, fit: &Fit) -> String {
        let period = fit.period.filter(|_| fit.basis == Basis::Average);
        period.map_or_else(|| self.date(fit.date), |period| period.to_string())
    }

    /// How far a rate lies off another one, which is named behind.
    pub(super) fn off(&self, percent: &str, below: bool) -> String {
        match (self.french(), below) {
            (false, true) => format!("{percent} below the"),
            (false, false) => format!("{percent} above the"),
            (true, true) => format!("inférieur de {percent} au"),
            (true, false) => format!("supérieur de {percent} au"),
        }
    }

    /// A day: "26 May 2023".
    pub(super) fn date(&self, date: Date) -> String {
        format!("{} {} {}", date.day(), self.month(date), date.year())
    }

    /// The month of a day.
    pub(super) fn month(&self, date: Date) -> &'static str {
        usize::try_from(date.month() - 1).ok().and_then(|month| self.months.get(month)).copied().unwrap_or_default()
    }

    /// The language of a text by its own name.
    pub(super) fn language(&self, code: &str) -> String {
        let names = [
            ("de", "German", "allemand"),
            ("en", "English", "anglais"),
            ("es", "Spanish", "espagnol"),
            ("fr", "French", "français"),
            ("it", "Italian", "italien"),
            ("ja", "Japanese", "japonais"),
            ("nl", "Dutch", "néerlandais"),
            ("pt", "Portuguese", "portugais"),
            ("zh", "Chinese", "chinois"),
        ];
        let known = names.into_iter().find(|(known, ..)| *known == code);
        known.map_or_else(|| code.to_owned(), |(_, english, french)| if self.french() { french } else { english }.to_owned())
    }
}
