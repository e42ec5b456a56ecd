//! Tables: totals, changes, margins, shares; and where nothing is claimed.
//!
//! Figures of Xiaomi's results announcements for the first quarter of 2023, in millions of yuan, in a layout of our own.

use super::{checked, claims};
use tieout::{Decimal, Ratio, Relation, Unit, Verdict};

const RESULTS: &str = "# First quarter of 2023\n\n(in RMB million)\n\n\
    | | Q1 2023 | Q1 2022 | Change |\n|---|---:|---:|---:|\n\
    | Smartphones | 34,974.3 | 45,763.4 | (23.6)% |\n\
    | IoT and lifestyle products | 16,834.7 | 19,480.6 | (13.6)% |\n\
    | Internet services | 7,025.7 | 7,113.0 | (1.2)% |\n\
    | Others | 642.4 | 994.5 | (35.4)% |\n\
    | Total revenue | 59,477.1 | 73,351.5 | (18.9)% |\n\
    | Cost of sales | (47,893.1) | (60,641.2) | (21.0)% |\n\
    | Gross profit | 11,584.0 | 12,710.3 | (8.9)% |\n\
    | Gross margin | 19.5% | 17.3% | 2.2pp |\n";

/// How many claims of a relation have a verdict.
#[track_caller]
fn assert_counts(text: &str, expected: &[(Relation, Verdict, usize)]) {
    let report = checked(&[text]);
    let document = &report.documents[0];
    for (relation, verdict, count) in expected {
        let found = document.claims.iter().filter(|claim| claim.relation == *relation && claim.verdict == *verdict).count();
        assert_eq!(found, *count, "{relation} {verdict}: {:#?}", claims(document));
    }
    assert_eq!(document.claims.len(), expected.iter().map(|(.., count)| count).sum::<usize>(), "{:#?}", claims(document));
}

/// Rule: rows that total are sums, columns of changes growths and points, rows of margins ratios.
#[test]
fn a_results_table_is_footed_and_its_changes_are_checked() {
    use Verdict::Ties;
    assert_counts(
        RESULTS,
        &[(Relation::Growth, Ties, 7), (Relation::Sum, Ties, 4), (Relation::Ratio, Ties, 2), (Relation::Points, Ties, 1)],
    );
}

/// Rule: the unit and scale above a table are those of its amounts, not of its percentages.
#[test]
fn the_unit_above_a_table_is_that_of_its_amounts() {
    let report = checked(&[RESULTS]);
    let revenue = report.documents[0].figures.iter().find(|figure| &RESULTS[figure.span.clone()] == "59,477.1").unwrap();
    assert_eq!(revenue.printed.value(), &Ratio::from("59477100000".parse::<Decimal>().unwrap()));
    assert!(matches!(revenue.unit, Unit::Currency(currency) if currency.code() == "CNY"));
    assert_eq!(
        (revenue.metric.as_deref(), revenue.period.map(|period| period.to_string()).as_deref()),
        (Some("total revenue"), Some("2023-Q1"))
    );
    let margin = report.documents[0].figures.iter().find(|figure| &RESULTS[figure.span.clone()] == "19.5%").unwrap();
    assert_eq!(margin.unit, Unit::Percent);
}

/// Rule: one wrong figure fails where it stands, in every claim that it is part of, and nowhere else.
#[test]
fn a_wrong_figure_fails_where_it_stands() {
    let mut seeded = 0;
    for (right, wrong) in [
        ("16,834.7", "16,384.7"),
        ("(18.9)%", "(19.8)%"),
        ("11,584.0", "15,184.0"),
        ("2.2pp", "3.2pp"),
        ("17.3%", "13.7%"),
        ("73,351.5", "73,315.5"),
    ] {
        let text = RESULTS.replace(right, wrong);
        let report = checked(&[&text]);
        let document = &report.documents[0];
        let failed: Vec<_> = claims(document).into_iter().filter(|(_, verdict, _)| *verdict == Verdict::DoesNotTie).collect();
        assert!(!failed.is_empty(), "{wrong}");
        assert!(failed.iter().all(|(.., figures)| figures.contains(&wrong)), "{wrong}: {failed:#?}");
        seeded += 1;
    }
    assert_eq!(seeded, 6);
}

/// Rule: a table of HTML is read as one of Markdown.
#[test]
#[cfg(feature = "html")]
fn a_table_of_html_is_read_as_one_of_markdown() {
    let cell = |tag: &str, text: &str| format!("<{tag}>{}</{tag}>", text.trim());
    let rows: String = RESULTS
        .lines()
        .filter(|line| line.starts_with('|') && !line.contains("---"))
        .enumerate()
        .map(|(index, line)| {
            let cells = line.trim_matches('|').split('|').map(|text| cell(if index == 0 { "th" } else { "td" }, text));
            format!("<tr>{}</tr>", cells.collect::<String>())
        })
        .collect();
    let page = format!("<html><body><nav>Menu 1 2 3</nav><main><p>(in RMB million)</p><table>{rows}</table></main></body></html>");
    let text = tieout::read_html(&page).text;
    let (html, markdown) = (checked(&[&text]), checked(&[RESULTS]));
    assert_eq!(claims(&html.documents[0]), claims(&markdown.documents[0]), "{text}");
}

/// Rule: a total column is the sum of its row.
#[test]
fn a_total_column_is_the_sum_of_its_row() {
    let table = "| EUR million | Europe | Asia | Americas | Total |\n|---|---|---|---|---|\n| 2023 | 412 | 388 | 205 | 1,005 |\n| 2022 | 398 | 371 | 233 | 1,002 |\n| 2021 | 377 | 402 | 190 | 969 |\n";
    assert_counts(table, &[(Relation::Sum, Verdict::Ties, 3)]);
    assert_counts(&table.replace("1,002", "1,020"), &[(Relation::Sum, Verdict::Ties, 2), (Relation::Sum, Verdict::DoesNotTie, 1)]);
}

/// Rule: costs without a sign make a difference.
#[test]
fn costs_without_a_sign_make_a_difference() {
    let table = "| $ million | 2023 | 2022 |\n|---|---|---|\n| Revenue | 4,812 | 4,655 |\n| Cost of sales | 3,107 | 3,090 |\n| Gross profit | 1,705 | 1,565 |\n";
    assert_counts(table, &[(Relation::Difference, Verdict::Ties, 2)]);
}

/// Rule: where the structure is not clear nothing is claimed.
#[test]
fn an_unclear_structure_claims_nothing() {
    for table in [
        "| Rank | Company | Revenue ($ billion) | Founded |\n|---|---|---|---|\n| 1 | Alpha | 394.3 | 1976 |\n| 2 | Beta | 211.9 | 1975 |\n| 3 | Gamma | 84.3 | 1911 |\n",
        "| City | Shops | Staff | Area |\n|---|---|---|---|\n| North | 12 | 240 | 3,410 |\n| South | 7 | 133 | 1,905 |\n| East | 31 | 702 | 9,880 |\n",
        "| | 2023 | 2022 | Target |\n|---|---|---|---|\n| Emissions | 412 | 398 | 15% |\n| Waste | 77 | 91 | 30% |\n",
        "| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | |\n",
    ] {
        assert_counts(table, &[]);
    }
}

/// Rule: rows in columns of plain text have nothing to do with each other, nor with the prose around them.
#[test]
fn rows_of_plain_text_state_nothing_together() {
    for table in [
        "Sales by region, in $ million, were these:\n\nEurope          512 million      498 million      2.8%\nAsia            388 million      371 million     (4.6%)\nAmericas        205 million      233 million    -12.0%\n\nThe group is based in Basel.",
        "Segment\tQ1 2023\tQ1 2022\tChange\nPhones revenue\t$34 million\t$45 million\t-23.6%\nServices revenue\t$7 million\t$5 million\t-40%\n",
        "Phones | $34 million | $45 million | up 23.6%\nServices | $7 million | $5 million | down 40%\n",
    ] {
        assert_counts(table, &[]);
    }
}
