//! Every format is recognised, its direction is stated, and its numbers are read with their digits, days and lines.

use super::{pair, read};
use tieout::{Currency, RateTable, ReadOptions};

/// The rates of days of a table as `pair date rate :line`, those of periods as `pair period basis rate :line`.
fn contents(table: &RateTable) -> Vec<String> {
    let mut rows = Vec::new();
    let mut pairs: Vec<_> = table.info().currencies;
    pairs.sort();
    for base in &pairs {
        for quote in &pairs {
            let pair = tieout::CurrencyPair::new(*base, *quote);
            rows.extend(table.observations(pair).iter().map(|o| format!("{pair} {} {} :{}", o.date, o.rate, o.line)));
            rows.extend(table.period_rates(pair).iter().map(|r| format!("{pair} {} {} {} :{}", r.period, r.basis, r.rate, r.line)));
        }
    }
    rows
}

#[track_caller]
fn assert_reads(name: &str, line: &str, expected: &[&str]) {
    let table = read(name);
    assert_eq!(table.info().to_string(), line);
    assert_eq!(contents(&table), expected);
}

/// Rule: 1 EUR = n XXX; `N/A` is no observation; the newest day stands on top.
#[test]
fn ecb_history() {
    let table = read("ecb-history.csv");
    let line = "ECB history (wide CSV): 1 EUR = n XXX; 4 days, 7 currencies, 22 rates, 2008-12-09 to 2023-01-03";
    assert_eq!(table.info().to_string(), line);
    let dollars: Vec<String> = table.observations(pair("EUR/USD")).iter().map(|o| format!("{} {} {}", o.date, o.rate, o.line)).collect();
    assert_eq!(dollars, ["2008-12-09 1.2919 5", "2022-12-30 1.0666 4", "2023-01-02 1.0683 3", "2023-01-03 1.0545 2"]);
    assert_eq!(table.observations(pair("EUR/HRK")).len(), 2);
    assert!(table.info().notice.unwrap().starts_with("Source: ECB"));
}

/// Rule: the daily file keeps its trailing zeros.
#[test]
fn ecb_daily() {
    assert_reads(
        "ecb-daily.csv",
        "ECB daily table (CSV): 1 EUR = n XXX; 1 day, 5 currencies, 4 rates, 2026-10-30 to 2026-10-30",
        &["EUR/GBP 2026-10-30 0.83380 :2", "EUR/JPY 2026-10-30 175.68 :2", "EUR/SEK 2026-10-30 10.9780 :2", "EUR/USD 2026-10-30 1.1172 :2"],
    );
}

/// Rule: the day is that of the cube around; quotes may be single.
#[test]
fn ecb_xml() {
    assert_reads(
        "ecb-hist-90d.xml",
        "ECB XML: 1 EUR = n XXX; 2 days, 4 currencies, 5 rates, 2026-10-29 to 2026-10-30",
        &[
            "EUR/GBP 2026-10-30 0.83380 :11",
            "EUR/JPY 2026-10-29 175.92 :14",
            "EUR/JPY 2026-10-30 175.68 :10",
            "EUR/USD 2026-10-29 1.1130 :14",
            "EUR/USD 2026-10-30 1.1172 :9",
        ],
    );
}

/// Rule: 1 CURRENCY_DENOM = OBS_VALUE × 10^UNIT_MULT CURRENCY; of a period, A is its average and E its closing.
#[test]
fn ecb_sdmx() {
    assert_reads(
        "ecb-sdmx.csv",
        "ECB data portal (SDMX CSV): 1 CURRENCY_DENOM = n CURRENCY; 2 days, 3 currencies, 2 rates, 3 period rates, 2025-01-01 to 2026-09-03",
        &[
            "EUR/IDR 2025 average 18612.7 :7",
            "EUR/USD 2026-09-02 1.1633 :2",
            "EUR/USD 2026-09-03 1.1615 :3",
            "EUR/USD 2026-Q2 closing 1.172 :6",
            "EUR/USD 2026-08 average 1.16412857142857 :5",
        ],
    );
}

const FED: &str = "1 USD = n XXX; AUD, EUR, GBP and NZD the other way, 1 XXX = n USD, as each series' name says";

/// Rule: the series' name says the direction; CH is China, SZ Switzerland, SF South Africa; an index is passed over.
#[test]
fn fed_csv() {
    assert_reads(
        "fed-h10.csv",
        &format!("Federal Reserve H.10 (CSV): {FED}; 2 days, 6 currencies, 8 rates, 1 period rate, 2021-02-01 to 2021-02-28"),
        &[
            "EUR/USD 2021-02-18 1.2080 :7",
            "EUR/USD 2021-02-19 1.2136 :8",
            "USD/BRL 2021-02-18 5.4321 :7",
            "USD/BRL 2021-02-19 5.3938 :8",
            "USD/CHF 2021-02-18 0.8962 :7",
            "USD/CHF 2021-02-19 0.8964 :8",
            "USD/CNY 2021-02-18 6.4887 :7",
            "USD/CNY 2021-02-19 6.4567 :8",
            "USD/ZAR 2021-02 average 14.7532 :9",
        ],
    );
}

/// Rule: a multiplier of 1 is times one, and ND with -9999 is no observation.
#[test]
fn fed_xml() {
    assert_reads(
        "fed-h10.xml",
        &format!("Federal Reserve H.10 (XML): {FED}; 1 day, 4 currencies, 2 rates, 1 period rate, 2026-07-01 to 2026-08-06"),
        &["GBP/USD 2026-08-06 1.3342 :10", "USD/CNY 2026-08-06 6.7412 :6", "USD/KRW 2026-07 average 1385.2143 :13"],
    );
}

/// Rule: DEXUSEU is dollars per euro, DEXJPUS yen per dollar; empty and "." are no observation; EX are monthly averages.
#[test]
fn fred() {
    assert_reads(
        "fred.csv",
        &format!("FRED (CSV): {FED}; 2 days, 3 currencies, 3 rates, 2024-12-24 to 2024-12-26"),
        &["EUR/USD 2024-12-24 1.0395 :2", "EUR/USD 2024-12-26 1.0415 :4", "USD/JPY 2024-12-24 157.22 :2"],
    );
    assert_reads(
        "fred-monthly.csv",
        &format!("FRED (CSV): {FED}; 2 currencies, 2 period rates, 2024-11-01 to 2024-12-31"),
        &["GBP/USD 2024-11 average 1.2747 :2", "GBP/USD 2024-12 average 1.2650 :3"],
    );
}

/// Rule: 1 GBP = n XXX; XUMA are monthly averages, dated at the month's end; the sterling index is passed over.
#[test]
fn bank_of_england() {
    assert_reads(
        "boe.csv",
        "Bank of England database (CSV): 1 GBP = n XXX; 2 days, 5 currencies, 6 rates, 1 period rate, 2026-03-01 to 2026-03-31",
        &[
            "GBP/CNY 2026-03-17 9.1838 :2",
            "GBP/CNY 2026-03-18 9.1502 :3",
            "GBP/EUR 2026-03-17 1.1577 :2",
            "GBP/EUR 2026-03-18 1.1566 :3",
            "GBP/JPY 2026-03 average 211.2367 :4",
            "GBP/USD 2026-03-17 1.3343 :2",
            "GBP/USD 2026-03-18 1.3290 :3",
        ],
    );
}

/// Rule: units for one dollar, but dollars for one unit where the name is marked (1); commas group thousands.
#[test]
fn imf_representative() {
    assert_reads(
        "imf-rep.tsv",
        "IMF representative rates: 1 USD = n XXX; names marked (1) the other way, 1 XXX = n USD; 3 days, 6 currencies, 9 rates, 2026-03-02 to 2026-03-04",
        &[
            "EUR/USD 2026-03-02 1.169800 :5",
            "EUR/USD 2026-03-03 1.160900 :5",
            "EUR/USD 2026-03-04 1.164200 :13",
            "GBP/USD 2026-03-02 1.337600 :8",
            "USD/CNY 2026-03-02 6.902600 :4",
            "USD/CNY 2026-03-03 6.899300 :4",
            "USD/JPY 2026-03-02 157.380000 :6",
            "USD/KRW 2026-03-02 1435.400000 :7",
            "USD/KRW 2026-03-03 1466.100000 :7",
        ],
    );
}

/// Rule: the title of each part says which way it is to be read.
#[test]
fn imf_sdr() {
    assert_reads(
        "imf-sdr.tsv",
        "IMF SDR valuation: 1 XXX = n XDR and 1 XDR = n XXX, as the title of each part says; 2 days, 5 currencies, 7 rates, 2026-03-02 to 2026-03-03",
        &[
            "EUR/XDR 2026-03-02 0.8506740000 :6",
            "EUR/XDR 2026-03-03 0.8462250000 :6",
            "USD/XDR 2026-03-02 0.7271960000 :7",
            "USD/XDR 2026-03-03 0.7289390000 :7",
            "XDR/ILS 2026-03-02 4.2910000000 :12",
            "XDR/ILS 2026-03-03 4.2805000000 :12",
            "XDR/KRW 2026-03-02 1973.882000 :13",
        ],
    );
}

const BIS: &str = "BIS exchange rates (CSV): 1 USD = n XXX, the euro and the pound too";

/// Rule: one dollar costs the rate, in euro too; the euro of other areas than XM is a restated former currency.
#[test]
fn bis() {
    assert_reads(
        "bis.csv",
        &format!("{BIS}; 1 day, 5 currencies, 2 rates, 3 period rates, 1999-01-04 to 2024-12-31"),
        &[
            "USD/EUR 1999-01-04 0.848248 :4",
            "USD/GBP 1999-01-04 0.603189 :2",
            "USD/IDR 2024 average 15855 :8",
            "USD/JPY 2024-Q1 closing 151.41 :7",
            "USD/JPY 2024-03 average 149.778 :6",
        ],
    );
    assert_reads(
        "bis-bulk.csv",
        &format!("{BIS}; 1 day, 3 currencies, 1 rate, 2 period rates, 2024-03-01 to 2024-03-31"),
        &["USD/CHF 2024-03 closing 0.9019 :3", "USD/CHF 2024-03 average 0.887342 :2", "USD/SEK 2024-03-01 10.3419 :4"],
    );
}

/// Rule: the rate of a month serves on each of its days, and is no older than the day asked for.
#[test]
fn hmrc_monthly() {
    assert_reads(
        "hmrc-monthly.xml",
        "HMRC monthly rates (XML): 1 GBP = n XXX; 1 day, 3 currencies, 2 rates, 2025-08-01 to 2025-08-31",
        &["GBP/AED 2025-08-01 4.9729 :8", "GBP/TTD 2025-08-01 9.1837 :22"],
    );
    let table = read("hmrc-monthly.xml");
    let rate = table.rate(pair("GBP/AED"), super::day("2025-08-29"), &super::within(0)).unwrap();
    assert_eq!((rate.date(), rate.age_days()), (super::day("2025-08-29"), 0));
    let later = table.rate(pair("GBP/AED"), super::day("2025-09-02"), &super::within(7)).unwrap();
    assert_eq!((later.date(), later.age_days()), (super::day("2025-08-31"), 2));
}

/// Rule: the last column is the rate, and the file's name says of which year.
#[test]
fn hmrc_average() {
    assert_reads(
        "hmrc-average-2025-03.csv",
        "HMRC average or spot rates (CSV): 1 GBP = n XXX; 4 currencies, 3 period rates, 2024-04-01 to 2025-03-31",
        &[
            "GBP/AED 2024-04-01..2025-03-31 average 4.6859 :2",
            "GBP/EUR 2024-04-01..2025-03-31 average 1.1906 :4",
            "GBP/KRW 2024-04-01..2025-03-31 average 1781.4 :3",
        ],
    );
    let spot = RateTable::read(super::sample("hmrc-average-2025-03.csv").as_slice(), "spot-2025-03.csv").unwrap();
    assert_eq!(spot.observations(pair("GBP/EUR"))[0].date, super::day("2025-03-31"));
    let year = RateTable::read(super::sample("hmrc-average-2025-03.csv").as_slice(), "average_2024-12.csv").unwrap();
    assert_eq!(year.period_rates(pair("GBP/EUR"))[0].period.to_string(), "2024");
}

/// Rule: n units of the column's currency cost the rate in zlotys; decimal commas; not UTF-8.
#[test]
fn nbp() {
    assert_reads(
        "nbp-2024.csv",
        "NBP archive of table A (CSV): 1 XXX = n PLN, divided by the unit in the column's head; 2 days, 6 currencies, 10 rates, 2024-01-02 to 2024-01-03",
        &[
            "HUF/PLN 2024-01-02 0.011402 :3",
            "HUF/PLN 2024-01-03 0.011437 :4",
            "IDR/PLN 2024-01-02 0.00025489 :3",
            "IDR/PLN 2024-01-03 0.00025708 :4",
            "JPY/PLN 2024-01-02 0.027835 :3",
            "JPY/PLN 2024-01-03 0.027885 :4",
            "THB/PLN 2024-01-02 0.1154 :3",
            "THB/PLN 2024-01-03 0.1161 :4",
            "USD/PLN 2024-01-02 3.9432 :3",
            "USD/PLN 2024-01-03 3.9909 :4",
        ],
    );
}

/// Rule: 1 COMMODITY = its price; `11,664` is read by the decimal mark that the file names; the later line wins.
#[test]
fn hledger() {
    assert_reads(
        "prices.journal",
        "hledger price file: 1 COMMODITY = its price; 4 days, 4 currencies, 4 rates, 2009-01-01 to 2024-11-20; 1 price of other commodities passed over",
        &["EUR/KRW 2024-11-19 11664.50 :7", "EUR/NOK 2024-11-18 11.664 :6", "EUR/NOK 2024-11-20 11.72 :10", "EUR/USD 2009-01-01 1.35 :5"],
    );
}

/// Rule: 1 of the first costs the amount; the last entry of a day wins; a quotient may stand for a number.
#[test]
fn beancount() {
    assert_reads(
        "prices.beancount",
        "Beancount price file: 1 COMMODITY = its price; 2 days, 4 currencies, 3 rates, 2014-09-11 to 2014-09-12; 1 price of other commodities passed over",
        &["EUR/GBP 2014-09-11 0.8012 :5", "GBP/KRW 2014-09-12 1751.25 :8", "USD/EUR 2014-09-12 0.8 :7"],
    );
}

/// Rule: 1 base = rate quote; a column of sources makes a table of several, in the order in which they come up.
#[test]
fn long() {
    let table = read("long.csv");
    let lines: Vec<String> = table.infos().map(|info| format!("{}: {info}", info.source)).collect();
    assert_eq!(
        lines,
        [
            "ECB: long CSV: 1 BASE = n QUOTE; 1 day, 2 currencies, 1 rate, 2 period rates, 2024-01-01 to 2024-03-31",
            "Fed: long CSV: 1 BASE = n QUOTE; 1 day, 2 currencies, 1 rate, 2024-03-28 to 2024-03-28",
            "HMRC: long CSV: 1 BASE = n QUOTE; 1 day, 2 currencies, 1 rate, 2024-04-01 to 2024-04-30",
        ]
    );
    assert_eq!(table.observations(pair("EUR/USD"))[0].rate.to_string(), "1.08110");
    let rate = table.rate(pair("JPY/USD"), super::day("2024-03-29"), &super::within(7)).unwrap();
    assert_eq!(super::legs(&rate), ["USD/JPY 151.4 2024-03-28 Fed:5"]);
}

/// Rule: the long form goes by many names, and a pair may be one field.
#[test]
fn long_aliases() {
    let headers = [
        "date,from,to,rate\n2024-03-01,EUR,USD,1.0813",
        "Date,Source,Target,Value\n2024-03-01,EUR,USD,1.0813",
        "date,ccy1,ccy2,mid\n2024-03-01,EUR,USD,1.0813",
        "date,pair,close\n2024-03-01,EURUSD,1.0813",
        "date,pair,price\n2024-03-01,EUR/USD,1.0813",
        "rate,date,symbol\n1.0813,2024-03-01,EURUSD=X",
        "\"date\",\"pair\",\"rate\",\"note\"\r\n\"2024-03-01\",\"EUR-USD\",\"1.0813\",\"a, b\"",
    ];
    for text in headers {
        let table = RateTable::read(text.as_bytes(), "rates.csv").unwrap();
        assert_eq!(contents(&table), ["EUR/USD 2024-03-01 1.0813 :2"], "{text}");
    }
}

/// Rule: a unit divides exactly; semicolons and tabs separate as commas do, and the first number that tells whether its
/// comma is a decimal mark tells for all.
#[test]
fn long_units_and_separators() {
    let tables = [
        ("date,base,quote,unit,rate\n2024-03-01,JPY,CZK,100,15.583\n", vec!["JPY/CZK 2024-03-01 0.15583 :2"]),
        ("date,base,quote,amount,rate\n2024-03-01,JPY,CZK,1,0.15583\n", vec!["JPY/CZK 2024-03-01 0.15583 :2"]),
        (
            "date;base;quote;rate\n2024-03-01;EUR;USD;1,0813\n2024-03-04;EUR;USD;1,085\n",
            vec!["EUR/USD 2024-03-01 1.0813 :2", "EUR/USD 2024-03-04 1.085 :3"],
        ),
        (
            "date;pair;rate\n2024-03-01;EURKRW;1.443,21\n2024-03-04;EURKRW;1.445\n",
            vec!["EUR/KRW 2024-03-01 1443.21 :2", "EUR/KRW 2024-03-04 1445 :3"],
        ),
        (
            "date\tbase\tquote\trate\n2024-03-01\tEUR\tUSD\t1.0813\n2024-03-04\tEUR\tUSD\t1.085\n",
            vec!["EUR/USD 2024-03-01 1.0813 :2", "EUR/USD 2024-03-04 1.085 :3"],
        ),
    ];
    for (text, expected) in tables {
        assert_eq!(contents(&RateTable::read(text.as_bytes(), "rates.csv").unwrap()), expected, "{text}");
    }
    let options = ReadOptions::default().with_decimal_mark(tieout::DecimalMark::Comma);
    let table = RateTable::read_with("date,base,quote,rate\n2024-03-01,EUR,KRW,\"1.443,5\"\n".as_bytes(), "rates.csv", &options).unwrap();
    assert_eq!(contents(&table), ["EUR/KRW 2024-03-01 1443.5 :2"]);
}

/// Rule: a table that names one currency is read against the base that the caller names, and its source is then the file.
#[test]
fn a_named_base_settles_the_direction() {
    let options = ReadOptions::default().with_base(Currency::GBP);
    let long = RateTable::read_with("date,currency,rate\n2024-03-01,USD,1.2640\n".as_bytes(), "rates.csv", &options).unwrap();
    assert_eq!(contents(&long), ["GBP/USD 2024-03-01 1.2640 :2"]);
    let wide = RateTable::read_with("Date,USD,EUR\n2024-03-01,1.2640,1.1683\n".as_bytes(), "rates.csv", &options).unwrap();
    assert_eq!(contents(&wide), ["GBP/EUR 2024-03-01 1.1683 :2", "GBP/USD 2024-03-01 1.2640 :2"]);
    assert_eq!((wide.source(), wide.info().direction.as_str()), ("rates.csv", "1 GBP = n XXX"));
}

/// Rule: of a table of which some currencies are wanted, the others are not kept.
#[test]
fn only_the_wanted_currencies_are_kept() {
    let options = ReadOptions::default().only([Currency::USD, Currency::JPY]);
    let bis = RateTable::read_with(super::sample("bis.csv").as_slice(), "bis.csv", &options).unwrap();
    assert_eq!(contents(&bis), ["USD/JPY 2024-Q1 closing 151.41 :7", "USD/JPY 2024-03 average 149.778 :6"]);
    let options = ReadOptions::default().only([Currency::EUR, Currency::JPY]);
    let ecb = RateTable::read_with(super::sample("ecb-history.csv").as_slice(), "ecb.csv", &options).unwrap();
    assert_eq!(ecb.pairs().map(|pair| pair.to_string()).collect::<Vec<_>>(), ["EUR/JPY"]);
}
