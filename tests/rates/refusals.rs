//! What is corrupt is refused, with file, line, column and reason. Each row is a sample with one slip.

use super::{refusal, sample};

/// The sample with one text replaced (once) is refused with this message.
#[track_caller]
fn assert_refused(name: &str, from: &str, to: &str, message: &str) {
    let bytes = sample(name);
    let at = bytes.windows(from.len()).position(|window| window == from.as_bytes()).unwrap_or_else(|| panic!("no {from:?} in {name}"));
    let corrupt = [&bytes[..at], to.as_bytes(), &bytes[at + from.len()..]].concat();
    assert_eq!(refusal(&corrupt, name), message);
}

/// The sample cut off after a text is refused with this message.
#[track_caller]
fn assert_cut_off(name: &str, after: &str, message: &str) {
    let bytes = sample(name);
    let at = bytes.windows(after.len()).position(|window| window == after.as_bytes()).unwrap() + after.len();
    assert_eq!(refusal(&bytes[..at], name), message);
}

#[test]
fn ecb_history() {
    let name = "ecb-history.csv";
    assert_refused(name, "2023-01-02", "2023-02-30", "ecb-history.csv:3:1: expected a date such as 2023-05-26, found \"2023-02-30\"");
    assert_refused(name, "1.0683", "1,0683", "ecb-history.csv:3:9: expected 8 fields as in the header, found 9");
    assert_refused(name, "140.66", "-140.66", "ecb-history.csv:3:3: a rate must be positive, found -140.66");
    assert_refused(name, "7.5365", "7.53.65", "ecb-history.csv:4:5: expected a rate such as 1.0751, found \"7.53.65\"");
    assert_refused(name, "HRK", "HRX", "ecb-history.csv:1:5: unknown currency code \"HRX\": expected an ISO 4217 code such as USD");
    assert_refused(name, "JPY", "USD", "ecb-history.csv:1:3: a second column USD");
    assert_refused(name, "JPY", "EUR", "ecb-history.csv:1:3: a column EUR in a table against EUR: name the table's base (--rates-base)");
    assert_refused(
        name,
        "2023-01-02",
        "2023-01-03",
        "ecb-history.csv:3: EUR/USD on 2023-01-03 is given as 1.0545 (line 2) and again as 1.0683",
    );
    assert_cut_off(name, "2008-12-09,1.29", "ecb-history.csv:5:3: expected 8 fields as in the header, found 2");
}

#[test]
fn ecb_daily() {
    let name = "ecb-daily.csv";
    assert_refused(name, "October", "Oktober", "ecb-daily.csv:2:1: expected a date such as 2023-05-26, found \"30 Oktober 2026\"");
    assert_refused(name, "1.1172", "1.1172x", "ecb-daily.csv:2:2: expected a rate such as 1.0751, found \"1.1172x\"");
    assert_cut_off(name, "175.68", "ecb-daily.csv:2:4: expected 6 fields as in the header, found 3");
}

#[test]
fn ecb_xml() {
    let name = "ecb-hist-90d.xml";
    assert_refused(
        name,
        "time='2026-10-30'",
        "time='30.10.2026'",
        "ecb-hist-90d.xml:8:3: expected a date such as 2023-05-26, found \"30.10.2026\"",
    );
    assert_refused(name, " time='2026-10-30'", "", "ecb-hist-90d.xml:9:4: a rate before any day: expected <Cube time=\"…\"> around it");
    assert_refused(name, "rate='175.68'", "rate='175,68'", "ecb-hist-90d.xml:10:4: expected a rate such as 1.0751, found \"175,68\"");
    assert_refused(name, "rate='0.83380'", "", "ecb-hist-90d.xml:11:4: a currency without a rate");
    assert_refused(
        name,
        "currency='JPY'",
        "currency='YEN'",
        "ecb-hist-90d.xml:10:4: unknown currency code \"YEN\": expected an ISO 4217 code such as USD",
    );
    assert_cut_off(name, "rate=\"175.92\"/>", "ecb-hist-90d.xml:14:76: the XML ends before its elements do");
}

#[test]
fn ecb_sdmx() {
    let name = "ecb-sdmx.csv";
    assert_refused(name, "SP00,A,2026-09-02", "NN00,A,2026-09-02", "ecb-sdmx.csv:2:5: expected SP00, a spot rate, found \"NN00\"");
    assert_refused(name, "2026-08,", "2026-13,", "ecb-sdmx.csv:5:7: expected a period such as 2023-05, 2023-Q2 or 2023, found \"2026-13\"");
    assert_refused(name, "1.1633", "1.16.33", "ecb-sdmx.csv:2:8: expected a rate such as 1.0751, found \"1.16.33\"");
    assert_refused(
        name,
        "Indonesian rupiah/Euro\",IDR,3",
        "Indonesian rupiah/Euro\",IDR,three",
        "ecb-sdmx.csv:7:13: expected a power of ten such as 0, found \"three\"",
    );
    assert_refused(name, "D,USD,EUR", "W,USD,EUR", "ecb-sdmx.csv:2:2: expected a frequency D, M, Q, H or A, found \"W\"");
    assert_cut_off(name, "2026-Q2,1.17", "ecb-sdmx.csv:6:9: expected 13 fields as in the header, found 8");
}

#[test]
fn fed_csv() {
    let name = "fed-h10.csv";
    // The column is named as dollars per euro, but its unit and currency say otherwise.
    assert_refused(name, "Currency:_Per_EUR", "Currency:_Per_USD", "fed-h10.csv:6:2: the series is named as EUR/USD but its unit says USD");
    assert_refused(name, "\"USD\",\"BRL\"", "\"BRL\",\"USD\"", "fed-h10.csv:6:2: the series is named as EUR/USD but its currency says BRL");
    assert_refused(
        name,
        "\"RXI_N.B.BZ\",\"RXI_N.B.CH\"",
        "\"RXI_N.B.XX\",\"RXI_N.B.CH\"",
        "fed-h10.csv:6:3: expected a series such as RXI_N.B.JA, found \"RXI_N.B.XX\"",
    );
    assert_refused(
        name,
        "\"Multiplier:\",\"1\"",
        "\"Multiplier:\",\"7\"",
        "fed-h10.csv:6:2: expected a multiplier such as 1 or 100, found \"7\"",
    );
    assert_refused(name, "2021-02-19", "2021-19-02", "fed-h10.csv:8:1: expected a date such as 2021-02-19, found \"2021-19-02\"");
    assert_refused(name, "5.3938", "n/d", "fed-h10.csv:8:3: expected a rate such as 1.0751, found \"n/d\"");
    assert_cut_off(name, "2021-02-19,1.2136,5.39", "fed-h10.csv:8:4: expected 7 fields as in the header, found 3");
}

#[test]
fn fed_xml() {
    let name = "fed-h10.xml";
    assert_refused(
        name,
        "SERIES_NAME=\"RXI_N.B.CH\"",
        "SERIES_NAME=\"RXI$US_N.B.CH\"",
        "fed-h10.xml:4:1: the series is named as CNY/USD but its unit or currency says otherwise",
    );
    assert_refused(
        name,
        "CURRENCY=\"CNY\"",
        "CURRENCY=\"CHF\"",
        "fed-h10.xml:4:1: the series is named as USD/CNY but its unit or currency says otherwise",
    );
    assert_refused(
        name,
        "OBS_STATUS=\"A\" OBS_VALUE=\"6.7412\"",
        "OBS_STATUS=\"A\" OBS_VALUE=\"-6.7412\"",
        "fed-h10.xml:6:1: a rate must be positive, found -6.7412",
    );
    assert_refused(
        name,
        "TIME_PERIOD=\"2026-08-06\"",
        "TIME_PERIOD=\"08/06/26\"",
        "fed-h10.xml:6:1: expected a date such as 2021-02-19, found \"08/06/26\"",
    );
    assert_refused(
        name,
        "<frb:Obs OBS_STATUS=\"A\" OBS_VALUE=\"1.3342\" TIME",
        "<frb:Obs OBS_STATUS=\"A\" OBS_VALUE=\"1.3342\" time",
        "fed-h10.xml:10:1: an observation without TIME_PERIOD",
    );
    assert_cut_off(name, "TIME_PERIOD=\"2026-08-07\"/>", "fed-h10.xml:7:70: the XML ends before its elements do");
}

#[test]
fn fred() {
    let name = "fred.csv";
    assert_refused(name, "DEXJPUS", "DGS10", "fred.csv:1:3: expected an exchange-rate series such as DEXUSEU or DEXJPUS, found \"DGS10\"");
    assert_refused(name, "2024-12-25", "25/12/2024", "fred.csv:3:1: expected a date such as 2023-05-26, found \"25/12/2024\"");
    assert_refused(name, "1.0415", "1.0415%", "fred.csv:4:2: expected a rate such as 1.0751, found \"1.0415%\"");
    assert_cut_off(name, "2024-12-26,1.04", "fred.csv:4:3: expected 3 fields as in the header, found 2");
}

#[test]
fn bank_of_england() {
    let name = "boe.csv";
    assert_refused(name, "XUDLBK89", "XUDLBK99", "boe.csv:1:4: expected a series such as XUDLUSS, found \"XUDLBK99\"");
    assert_refused(name, "18 Mar 2026", "18 Mrz 2026", "boe.csv:3:1: expected a date such as 17 Mar 2026, found \"18 Mrz 2026\"");
    assert_refused(name, "1.1566", "0.0000", "boe.csv:3:3: a rate must be positive, found 0.0000");
    assert_cut_off(name, "18 Mar 2026,1.3290", "boe.csv:3:3: expected 6 fields as in the header, found 2");
}

#[test]
fn imf() {
    let name = "imf-rep.tsv";
    assert_refused(name, "Chinese yuan", "Chinese juan", "imf-rep.tsv:4:1: expected the name of a currency, found \"Chinese juan\"");
    assert_refused(name, "1,435.400000", "1,43.5400000", "imf-rep.tsv:7:2: expected a rate such as 1.0751, found \"1,43.5400000\"");
    assert_refused(name, "\t6.899300", "\t6.899300\t6.9", "imf-rep.tsv:4:4: expected a rate for each of 2 dates, found 3 fields");
    assert_refused(
        name,
        "March 03, 2026",
        "March 33, 2026",
        "imf-rep.tsv:3:3: expected a date such as March 02, 2026, found \"March 33, 2026\"",
    );
    assert_cut_off(name, "Euro(1)\t1.169800", "imf-rep.tsv:5:3: expected a rate for each of 2 dates, found 1 fields");
    let name = "imf-sdr.tsv";
    assert_refused(name, "0.8462250000", "0.846225000O", "imf-sdr.tsv:6:3: expected a rate such as 1.0751, found \"0.846225000O\"");
    assert_refused(name, "Korean won", "Corean won", "imf-sdr.tsv:13:1: expected the name of a currency, found \"Corean won\"");
    assert_refused(name, "\t1,973.882000\tNA", "\t1,973.882000", "imf-sdr.tsv:13:3: expected a rate for each of 2 dates, found 1 fields");
}

#[test]
fn bis() {
    let name = "bis.csv";
    assert_refused(name, "D,GB,GBP,A", "D,GB,GBX,A", "bis.csv:2:3: unknown currency code \"GBX\": expected an ISO 4217 code such as USD");
    assert_refused(
        name,
        "2024-03,149.778",
        "2024-3,149.778",
        "bis.csv:6:9: expected a period such as 2023-05, 2023-Q2 or 2023, found \"2024-3\"",
    );
    assert_refused(name, "Q,JP,JPY,E", "Q,JP,JPY,X", "bis.csv:7:4: expected A (average) or E (end of period), found \"X\"");
    assert_refused(name, "A,ID,IDR,A,3", "A,ID,IDR,A,x", "bis.csv:8:5: expected a power of ten such as 0, found \"x\"");
    assert_refused(name, "D,XM,EUR,A", "W,XM,EUR,A", "bis.csv:4:1: expected a frequency D, M, Q or A, found \"W\"");
    assert_cut_off(name, "2024,15.8", "bis.csv:8:11: expected 13 fields as in the header, found 10");
    assert_refused("bis-bulk.csv", "0.887342", "0.887342 CHF", "bis-bulk.csv:2:7: expected a rate such as 1.0751, found \"0.887342 CHF\"");
}

#[test]
fn hmrc() {
    let name = "hmrc-monthly.xml";
    assert_refused(
        name,
        "31/Aug/2025",
        "31/Sep/2025",
        "hmrc-monthly.xml:2:1: expected a period such as 01/Aug/2025 to 31/Aug/2025, found \"01/Aug/2025 to 31/Sep/2025\"",
    );
    assert_refused(name, "<rateNew>9.1837</rateNew>", "", "hmrc-monthly.xml:23:5: a currency without a rateNew");
    assert_refused(
        name,
        "<currencyCode>TTD",
        "<currencyCode>TT$",
        "hmrc-monthly.xml:21:23: unknown currency code \"TT$\": expected an ISO 4217 code such as USD",
    );
    assert_refused(name, "4.9729", "4.9730", "hmrc-monthly.xml:15: GBP/AED on 2025-08-01 is given as 4.9730 (line 8) and again as 4.9729");
    assert_refused(name, "9.1837", "-9.1837", "hmrc-monthly.xml:22:18: a rate must be positive, found -9.1837");
    assert_cut_off(name, "<currencyCode>TTD</currencyCode>", "hmrc-monthly.xml:21:41: the XML ends before its elements do");
    let name = "hmrc-average-2025-03.csv";
    assert_refused(name, "1.1906", "1.19.06", "hmrc-average-2025-03.csv:4:5: expected a rate such as 1.0751, found \"1.19.06\"");
    assert_refused(name, "EUR", "EU", "hmrc-average-2025-03.csv:4:3: unknown currency code \"EU\": expected an ISO 4217 code such as USD");
    assert_refused(
        name,
        "Currency Units per",
        "Units per",
        "hmrc-average-2025-03.csv:1:1: no column \"Currency Units per £1\"; the columns are Country, Unit Of Currency, Currency Code, Sterling value of Currency Unit £, Units per £1",
    );
    assert_cut_off(name, "Eurozone,Euro,EUR", "hmrc-average-2025-03.csv:4:4: expected 5 fields as in the header, found 3");
    assert_eq!(
        refusal(&sample(name), "hmrc.csv"),
        "hmrc.csv: the file's name must say what its rates are of, such as average-2025-03.csv (the year to March 2025) or spot-2025-03.csv (31 March 2025)"
    );
}

#[test]
fn nbp() {
    let name = "nbp-2024.csv";
    assert_refused(name, "20240103", "20240133", "nbp-2024.csv:4:1: expected a date such as 20240102, found \"20240133\"");
    assert_refused(name, "100HUF", "150HUF", "nbp-2024.csv:1:4: expected a unit and a code such as 100HUF, found \"150HUF\"");
    assert_refused(name, "1USD", "1USX", "nbp-2024.csv:1:3: unknown currency code \"USX\": expected an ISO 4217 code such as USD");
    assert_refused(name, "1,1437", "1.1437", "nbp-2024.csv:4:4: expected a rate such as 1.0751, found \"1.1437\"");
    assert_refused(name, "1;1;100;100;10000", "1;1;1;100;10000", "nbp-2024.csv:8:4: the foot of the column says \"1\", its head 10^2 HUF");
    assert_refused(name, "kod ISO;THB;USD", "kod ISO;USD;THB", "nbp-2024.csv:6:2: the foot of the column says \"USD\", its head 10^0 THB");
    assert_cut_off(name, "20240103;0,1161;3,99", "nbp-2024.csv:4:4: expected 8 fields as in the header, found 3");
}

#[test]
fn hledger() {
    let name = "prices.journal";
    assert_refused(
        name,
        "decimal-mark ,\n",
        "",
        "prices.journal:5:27: \"11,664\" may be a whole number or not: name the decimal mark, such as by a line \"decimal-mark ,\" above it (or by --rates-decimal-mark)",
    );
    assert_refused(name, "2024/11/18", "2024/18/11", "prices.journal:6:3: expected a date such as 2024-03-01, found \"2024/18/11\"");
    assert_refused(
        name,
        "EUR 11,664 NOK",
        "EUR 11,664 NOX",
        "prices.journal:6:34: unknown currency code \"NOX\": expected an ISO 4217 code such as USD",
    );
    assert_refused(
        name,
        "EUR 11,664 NOK",
        "EUR NOK",
        "prices.journal:6:27: expected a commodity and its price such as EUR 1.08 USD, found \"NOK\"",
    );
    assert_refused(name, "$1,35", "¥1,35", "prices.journal:5:16: \"¥\" may be yen or yuan: write JPY or CNY");
    assert_refused(name, "11,70", "0", "prices.journal:9:18: a rate must be positive, found 0");
    assert_refused(name, "decimal-mark ,", "decimal-mark ;", "prices.journal:2:14: expected a decimal mark, . or ,, found \";\"");
    assert_refused(
        name,
        "P 2024-11-20 EUR 11,70 NOK",
        "2024-11-20 opening",
        "prices.journal:9:1: expected a price such as P 2024-03-01 EUR 1.08 USD, found \"2024-11-20 opening\"",
    );
}

#[test]
fn beancount() {
    let name = "prices.beancount";
    assert_refused(
        name,
        "2014-09-12 price GBP",
        "2014-09-31 price GBP",
        "prices.beancount:8:1: expected a date such as 2014-09-11, found \"2014-09-31\"",
    );
    assert_refused(name, "1 / 1.25", "1 / 3", "prices.beancount:7:23: \"1 / 3\" has more digits than a decimal can hold exactly");
    assert_refused(name, "1 / 1.25", "1 / 0", "prices.beancount:7:23: division by zero");
    assert_refused(name, "1,751.25", "1,75.25", "prices.beancount:8:22: expected a rate such as 1.0751, found \"1,75.25\"");
    assert_refused(
        name,
        "price EUR 0.8011 GBP",
        "price EUR 0.8011 GBX",
        "prices.beancount:4:29: unknown currency code \"GBX\": expected an ISO 4217 code such as USD",
    );
    assert_refused(name, "price EUR 0.8011 GBP", "price EUR", "prices.beancount:4:21: expected a price such as EUR 0.8011 GBP, found \"\"");
    assert_refused(name, "price EUR 0.8011 GBP", "price EUR -0.8011 GBP", "prices.beancount:4:22: a rate must be positive, found -0.8011");
}

#[test]
fn long() {
    let name = "long.csv";
    assert_refused(
        name,
        "2024-03-28,USD",
        "2024-03-32,USD",
        "long.csv:5:1: expected a date such as 2023-05-26, or a period such as 2023-05, 2023-Q2 or 2023, found \"2024-03-32\"",
    );
    assert_refused(name, "151.4", "151,4", "long.csv:5:7: expected 6 fields as in the header, found 7");
    assert_refused(name, "average", "mean", "long.csv:3:5: expected one of spot, closing, average, found \"mean\"");
    assert_refused(name, "USD,JPY", "USD,USD", "long.csv:5:3: a rate of USD in itself");
    assert_refused(name, "1.08110", "0", "long.csv:2:4: a rate must be positive, found 0");
    assert_refused(
        name,
        "1.08110",
        "1.08110000000000000000000000000001",
        "long.csv:2:4: \"1.08110000000000000000000000000001\" has more digits than a decimal can hold exactly",
    );
    assert_cut_off(name, "2024-03-28,USD,JPY", "long.csv:5:4: expected 6 fields as in the header, found 3");
    assert_eq!(
        refusal(b"date,base,quote,rate\n2024-03-01,EUR,USD,1.08\n2024-03-01,EUR,USD,1.09\n", "long.csv"),
        "long.csv:3: EUR/USD on 2024-03-01 is given as 1.08 (line 2) and again as 1.09"
    );
    assert_eq!(
        refusal(b"date,currency,rate\n2024-03-01,USD,1.08\n", "long.csv"),
        "long.csv:2:2: the table names one currency only: name the base, one unit of which costs the rate (--rates-base)"
    );
    assert_eq!(
        refusal(b"date,pair,rate\n2024-03-01,EURUS,1.08\n", "long.csv"),
        "long.csv:2:2: expected a pair such as EUR/USD, found \"EURUS\""
    );
}

/// Rule: a quote that is not closed is refused on the line on which its row begins.
#[test]
fn a_quote_that_is_not_closed() {
    let table = "date,base,quote,rate\n2024-03-01,EUR,USD,1.0813\n2024-03-02,EUR,USD,\"1.09\n2024-03-03,EUR,USD,1.08\n";
    let message = "a quote opens in the row that begins here and is not closed: close it, or double a quote that is meant";
    assert_eq!(refusal(table.as_bytes(), "long.csv"), format!("long.csv:3: {message}"));
    assert_eq!(refusal(table.trim_end().as_bytes(), "long.csv"), format!("long.csv:3: {message}"));
}

#[test]
fn what_is_no_table() {
    assert_eq!(refusal(b"", "empty.csv"), "empty.csv:1: not a rate table: the file is empty");
    assert_eq!(
        refusal(b"name,amount\nRent,1200\n", "rent.csv"),
        "rent.csv:1: not a rate table: the content is of no known form; it begins with \"name,amount\" (try date,base,quote,rate)"
    );
    assert_eq!(
        refusal(b"<html><body>404</body></html>", "hist.xml"),
        "hist.xml:1: not a rate table: the content is of no known form; it begins with \"<html><body>404</body></html>\" (try date,base,quote,rate)"
    );
    assert_eq!(
        refusal(b"\x89PNG\r\n\x1a\n", "chart.png"),
        "chart.png:1: not a rate table: the content is of no known form; it begins with \"‰PNG\" (try date,base,quote,rate)"
    );
}

/// Rule: a table of codes without the dollar is not the ECB's, though it looks like it.
#[test]
fn a_wide_table_of_another_base() {
    assert_eq!(
        refusal(b"Date,GBP,JPY\n2023-05-26,0.8081,140.2\n", "rates.csv"),
        "rates.csv:1:2: a table without a column USD is not the ECB's: name its base, one unit of which costs the rates (--rates-base)"
    );
}

/// Rule: a number of units is no rate of one; an amount could be either and is refused.
#[test]
fn units_of_the_long_form() {
    assert_eq!(
        refusal(b"date,base,quote,unit,rate\n2024-03-01,JPY,EUR,144,0.9\n", "long.csv"),
        "long.csv:2:4: expected a unit such as 1 or 100, found \"144\""
    );
    assert_eq!(
        refusal(b"date,base,quote,amount,rate\n2024-03-01,JPY,EUR,100,0.61\n", "long.csv"),
        "long.csv:2:4: does the rate cost 100 units or one? call the column unit if it does, else leave it out"
    );
}

/// Rule: a number that could be grouped or not is refused, and so is one that contradicts the mark that another has shown.
#[test]
fn decimal_marks_of_the_long_form() {
    let semicolons = |rates: &str| refusal(format!("date;base;quote;rate\n{rates}").as_bytes(), "long.csv");
    let unclear = "may be a whole number or not: name the decimal mark (--rates-decimal-mark)";
    assert_eq!(semicolons("2024-03-01;EUR;KRW;1.425\n"), format!("long.csv:2:4: \"1.425\" {unclear}"));
    assert_eq!(semicolons("2024-03-01;EUR;KRW;1,425\n"), format!("long.csv:2:4: \"1,425\" {unclear}"));
    assert_eq!(
        semicolons("2024-03-01;EUR;USD;1,0813\n2024-03-04;EUR;USD;1.0846\n"),
        "long.csv:3:4: expected a rate such as 1.0751, found \"1.0846\""
    );
    assert_eq!(
        refusal(b"date,base,quote,rate\n2024-03-01,EUR,USD,\"1,0813\"\n", "long.csv"),
        format!("long.csv:2:4: \"1,0813\" {unclear}")
    );
}

/// Rule: the rate and what one unit is worth must be each other's inverse, as far as four decimals tell.
#[test]
fn hmrc_columns_that_contradict() {
    let header = "Country,Unit Of Currency,Currency Code,Sterling value of Currency Unit £,Currency Units per £1\n";
    assert_eq!(
        refusal(format!("{header}Japan,Yen,JPY,0.0052,1934\n").as_bytes(), "average-2024-12.csv"),
        "average-2024-12.csv:2:4: 1934 JPY for one pound and 0.0052 pounds for one of them do not agree"
    );
}

/// Rule: a date that a spreadsheet has turned round is read if some day after the twelfth shows what stands first.
#[test]
fn dates_of_a_spreadsheet() {
    let fed = |dates: [&str; 2]| {
        let rows: String = dates.iter().map(|date| format!("{date},1.2136\n")).collect();
        let head = "\"Series Description\",\"EURO\"\n\"Time Period\",\"RXI$US_N.B.EU\"\n";
        tieout::RateTable::read(format!("{head}{rows}").as_bytes(), "fed.csv")
            .map(|table| table.observations(super::pair("EUR/USD"))[0].date)
    };
    assert_eq!(fed(["2/3/2021", "19/02/2021 00:00:00"]).unwrap(), super::day("2021-02-19"));
    assert_eq!(
        fed(["2/3/2021", "4/3/2021"]).unwrap_err().to_string(),
        "fed.csv:3:1: \"2/3/2021\" may begin with the day or with the month: write dates such as 2021-02-19"
    );
    assert_eq!(
        fed(["2/3/2021", "2/19/2021"]).unwrap_err().to_string(),
        "fed.csv:4:1: expected a date such as 2021-02-19, found \"2/19/2021\""
    );
}

/// Rule: a table without a rate is none, whatever its form.
#[test]
fn a_table_without_a_rate() {
    for (text, form) in [
        ("date,base,quote,rate\n", "long CSV"),
        ("date,base,quote,rate\n2024-03-01,EUR,USD,N/A\n", "long CSV"),
        ("Date,USD,JPY,\n2024-03-01,N/A,N/A,\n", "ECB history (wide CSV)"),
        ("observation_date,DEXUSEU\n2024-12-25,\n", "FRED (CSV)"),
    ] {
        assert_eq!(refusal(text.as_bytes(), "x.csv"), format!("x.csv: the file is read as {form}, but there is no rate in it"));
    }
    assert_eq!(
        refusal(b"P 2024-03-01 AAPL $180.75\n", "x.journal"),
        "x.journal: the file is read as hledger price file, but there is no rate of a currency among its 1 prices"
    );
    assert_eq!(
        refusal(b"D\0a\0\0\0", "x.csv"),
        "x.csv:1: not a rate table: its content is binary: expected text, such as date,base,quote,rate"
    );
}
