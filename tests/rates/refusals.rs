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
    assert_refused(name, "JPY", "EUR", "ecb-history.csv:1:3: a column EUR in a table against EUR: name the table's base");
    assert_refused(name, "2023-01-02", "2023-01-03", "ecb-history.csv:3: EUR/USD on 2023-01-03 is given as 1.0545 (line 2) and again as 1.0683");
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
    assert_refused(name, "time='2026-10-30'", "time='30.10.2026'", "ecb-hist-90d.xml:8:3: expected a date such as 2023-05-26, found \"30.10.2026\"");
    assert_refused(name, " time='2026-10-30'", "", "ecb-hist-90d.xml:9:4: a rate before any day: expected <Cube time=\"…\"> around it");
    assert_refused(name, "rate='175.68'", "rate='175,68'", "ecb-hist-90d.xml:10:4: expected a rate such as 1.0751, found \"175,68\"");
    assert_refused(name, "rate='0.83380'", "", "ecb-hist-90d.xml:11:4: a currency without a rate");
    assert_refused(name, "currency='JPY'", "currency='YEN'", "ecb-hist-90d.xml:10:4: unknown currency code \"YEN\": expected an ISO 4217 code such as USD");
    assert_cut_off(name, "rate=\"175.92\"/>", "ecb-hist-90d.xml:14:81: the XML ends before its elements do");
}

#[test]
fn ecb_sdmx() {
    let name = "ecb-sdmx.csv";
    assert_refused(name, "SP00,A,2026-09-02", "NN00,A,2026-09-02", "?");
    assert_refused(name, "2026-08,", "2026-13,", "?");
    assert_refused(name, "1.1633", "1.16.33", "?");
    assert_refused(name, "Indonesian rupiah/Euro\",IDR,3", "Indonesian rupiah/Euro\",IDR,three", "?");
    assert_refused(name, "D,USD,EUR", "W,USD,EUR", "?");
    assert_cut_off(name, "2026,1.17", "?");
}

#[test]
fn fed_csv() {
    let name = "fed-h10.csv";
    // The column is named as dollars per euro, but its unit and currency say otherwise.
    assert_refused(name, "Currency:_Per_EUR", "Currency:_Per_USD", "?");
    assert_refused(name, "\"USD\",\"BRL\"", "\"BRL\",\"USD\"", "?");
    assert_refused(name, "\"RXI_N.B.BZ\",\"RXI_N.B.CH\"", "\"RXI_N.B.XX\",\"RXI_N.B.CH\"", "?");
    assert_refused(name, "\"Multiplier:\",\"1\"", "\"Multiplier:\",\"7\"", "?");
    assert_refused(name, "2021-02-19", "2021-19-02", "?");
    assert_refused(name, "5.3938", "n/d", "?");
    assert_cut_off(name, "2021-02-19,1.2136,5.39", "?");
}

#[test]
fn fed_xml() {
    let name = "fed-h10.xml";
    assert_refused(name, "SERIES_NAME=\"RXI_N.B.CH\"", "SERIES_NAME=\"RXI$US_N.B.CH\"", "?");
    assert_refused(name, "CURRENCY=\"CNY\"", "CURRENCY=\"CHF\"", "?");
    assert_refused(name, "OBS_STATUS=\"A\" OBS_VALUE=\"6.7412\"", "OBS_STATUS=\"A\" OBS_VALUE=\"-6.7412\"", "?");
    assert_refused(name, "TIME_PERIOD=\"2026-08-06\"", "TIME_PERIOD=\"08/06/26\"", "?");
    assert_refused(name, "<frb:Obs OBS_STATUS=\"A\" OBS_VALUE=\"1.3342\" TIME", "<frb:Obs OBS_STATUS=\"A\" OBS_VALUE=\"1.3342\" time", "?");
    assert_cut_off(name, "TIME_PERIOD=\"2026-08-07\"/>", "?");
}

#[test]
fn fred() {
    let name = "fred.csv";
    assert_refused(name, "DEXJPUS", "DGS10", "?");
    assert_refused(name, "2024-12-25", "25/12/2024", "?");
    assert_refused(name, "1.0415", "1.0415%", "?");
    assert_cut_off(name, "2024-12-26,1.04", "?");
}

#[test]
fn bank_of_england() {
    let name = "boe.csv";
    assert_refused(name, "XUDLBK89", "XUDLBK99", "?");
    assert_refused(name, "18 Mar 2026", "18 Mrz 2026", "?");
    assert_refused(name, "1.1566", "0.0000", "?");
    assert_cut_off(name, "18 Mar 2026,1.3290", "?");
}

#[test]
fn imf() {
    let name = "imf-rep.tsv";
    assert_refused(name, "Chinese yuan", "Chinese juan", "?");
    assert_refused(name, "1,435.400000", "1,43.5400000", "?");
    assert_refused(name, "\t6.899300", "\t6.899300\t6.9", "?");
    assert_refused(name, "March 03, 2026", "March 33, 2026", "?");
    assert_cut_off(name, "Euro(1)\t1.169800", "?");
    let name = "imf-sdr.tsv";
    assert_refused(name, "0.8462250000", "0.846225000O", "?");
    assert_refused(name, "Korean won", "Corean won", "?");
    assert_refused(name, "\t1,973.882000\tNA", "\t1,973.882000", "?");
}

#[test]
fn bis() {
    let name = "bis.csv";
    assert_refused(name, "D,GB,GBP,A", "D,GB,GBX,A", "?");
    assert_refused(name, "2024-03,149.778", "2024-3,149.778", "?");
    assert_refused(name, "Q,JP,JPY,E", "Q,JP,JPY,X", "?");
    assert_refused(name, "A,ID,IDR,A,3", "A,ID,IDR,A,x", "?");
    assert_refused(name, "D,XM,EUR,A", "W,XM,EUR,A", "?");
    assert_cut_off(name, "2024,15.8", "?");
    assert_refused("bis-bulk.csv", "0.887342", "0.887342 CHF", "?");
}

#[test]
fn hmrc() {
    let name = "hmrc-monthly.xml";
    assert_refused(name, "31/Aug/2025", "31/Sep/2025", "?");
    assert_refused(name, "<rateNew>9.1837</rateNew>", "", "?");
    assert_refused(name, "<currencyCode>TTD", "<currencyCode>TT$", "?");
    assert_refused(name, "4.9729", "4.9730", "?");
    assert_refused(name, "9.1837", "-9.1837", "?");
    assert_cut_off(name, "<currencyCode>TTD</currencyCode>", "?");
    let name = "hmrc-average-2025-03.csv";
    assert_refused(name, "1.1906", "1.19.06", "?");
    assert_refused(name, "EUR", "EU", "?");
    assert_refused(name, "Currency Units per", "Units per", "?");
    assert_cut_off(name, "Eurozone,Euro,EUR", "?");
    assert_eq!(refusal(&sample(name), "hmrc.csv"), "?");
}

#[test]
fn nbp() {
    let name = "nbp-2024.csv";
    assert_refused(name, "20240103", "20240133", "?");
    assert_refused(name, "100HUF", "150HUF", "?");
    assert_refused(name, "1USD", "1USX", "?");
    assert_refused(name, "1,1437", "1.1437", "?");
    assert_refused(name, "1;1;100;100;10000", "1;1;1;100;10000", "?");
    assert_refused(name, "kod ISO;THB;USD", "kod ISO;USD;THB", "?");
    assert_cut_off(name, "20240103;0,1161;3,99", "?");
}

#[test]
fn hledger() {
    let name = "prices.journal";
    assert_refused(name, "decimal-mark ,\n", "", "?");
    assert_refused(name, "2024/11/18", "2024/18/11", "?");
    assert_refused(name, "EUR 11,664 NOK", "EUR 11,664 NOX", "?");
    assert_refused(name, "EUR 11,664 NOK", "EUR NOK", "?");
    assert_refused(name, "$1,35", "¥1,35", "?");
    assert_refused(name, "11,70", "0", "?");
    assert_refused(name, "decimal-mark ,", "decimal-mark ;", "?");
    assert_refused(name, "P 2024-11-20 EUR 11,70 NOK", "2024-11-20 opening", "?");
}

#[test]
fn beancount() {
    let name = "prices.beancount";
    assert_refused(name, "2014-09-12 price GBP", "2014-09-31 price GBP", "?");
    assert_refused(name, "1 / 1.25", "1 / 3", "?");
    assert_refused(name, "1 / 1.25", "1 / 0", "?");
    assert_refused(name, "1,751.25", "1,75.25", "?");
    assert_refused(name, "price EUR 0.8011 GBP", "price EUX 0.8011 GBP", "?");
    assert_refused(name, "price EUR 0.8011 GBP", "price EUR", "?");
    assert_refused(name, "price EUR 0.8011 GBP", "price EUR -0.8011 GBP", "?");
}

#[test]
fn long() {
    let name = "long.csv";
    assert_refused(name, "2024-03-28,USD", "2024-03-32,USD", "?");
    assert_refused(name, "151.4", "151,4", "?");
    assert_refused(name, "average", "mean", "?");
    assert_refused(name, "USD,JPY", "USD,USD", "?");
    assert_refused(name, "1.08110", "0", "?");
    assert_refused(name, "1.08110", "1.08110000000000000000000000000001", "?");
    assert_cut_off(name, "2024-03-28,USD,JPY", "?");
    assert_eq!(refusal(b"date,base,quote,rate\n2024-03-01,EUR,USD,1.08\n2024-03-01,EUR,USD,1.09\n", "long.csv"), "?");
    assert_eq!(refusal(b"date,currency,rate\n2024-03-01,USD,1.08\n", "long.csv"), "?");
    assert_eq!(refusal(b"date,pair,rate\n2024-03-01,EURUS,1.08\n", "long.csv"), "?");
}

#[test]
fn what_is_no_table() {
    assert_eq!(refusal(b"", "empty.csv"), "?");
    assert_eq!(refusal(b"name,amount\nRent,1200\n", "rent.csv"), "?");
    assert_eq!(refusal(b"<html><body>404</body></html>", "hist.xml"), "?");
    assert_eq!(refusal(b"\x89PNG\r\n\x1a\n", "chart.png"), "?");
}
