//! What the words leave open and the arithmetic settles.

use super::{checked, claims};
use tieout::Relation::{self, Change, Growth, Multiple};
use tieout::Verdict::{self, DoesNotTie, Ties, Unverifiable};

/// The claims of a text, each as its relation, its verdict and the texts of its figures.
#[track_caller]
fn assert_claims(text: &str, expected: &[(Relation, Verdict, &[&str])]) {
    let report = checked(&[text]);
    let found = claims(&report.documents[0]);
    let found: Vec<(Relation, Verdict, &[&str])> =
        found.iter().map(|(relation, verdict, figures)| (*relation, *verdict, &figures[..])).collect();
    assert_eq!(found, expected, "{text}");
}

/// Rule: the only figure nearby that ties is the prior, however it is led in.
#[test]
fn a_growth_takes_the_prior_that_makes_it_tie() {
    assert_claims(
        "Operating income slid 18.4% to $204 million. A year ago the group had earned $250 million and paid $80 million in tax.",
        &[(Growth, Ties, &["$204 million", "$250 million", "18.4%"])],
    );
    assert_claims(
        "Exports of cars slid 18.4% to $204 million, well short of the record $250 million that the country once sold.",
        &[(Growth, Ties, &["$204 million", "$250 million", "18.4%"])],
    );
}

/// Rule: where two figures would do, or where many would by chance, none is taken.
#[test]
fn figures_that_agree_by_chance_are_not_tied() {
    let open: &[(Relation, Verdict, &[&str])] = &[(Growth, Unverifiable, &["$204 million", "18.4%"])];
    assert_claims("Exports slid 18.4% to $204 million; the port took $250 million and the airport $249.9 million.", open);
    // 5% and 2 million leave room for anything from 1.9 to 1.95 million, and 1.9 stands for as much again.
    assert_claims(
        "Exports rose 5% to $2.0 million; the firm also bought vans for $1.9 million.",
        &[(Growth, Unverifiable, &["$2.0 million", "5%"])],
    );
}

/// Rule: what stands in another paragraph belongs to another matter.
#[test]
fn nothing_is_taken_from_another_paragraph() {
    assert_claims(
        "Exports slid 18.4% to $204 million.\n\nThe new port cost $250 million.",
        &[(Growth, Unverifiable, &["$204 million", "18.4%"])],
    );
}

/// Rule: neither is a forecast, a figure of a later year, or the prior of another quarter.
#[test]
fn what_is_expected_or_later_is_no_prior() {
    let open: &[(Relation, Verdict, &[&str])] = &[(Growth, Unverifiable, &["$204 million", "18.4%"])];
    assert_claims("Exports slid 18.4% to $204 million in 2022. In 2023 they should reach $250 million.", open);
    assert_claims("Exports slid 18.4% year on year to $204 million; in the previous quarter they had come to $250 million.", open);
}

/// Rule: beside a loss the figure before is a loss as well.
#[test]
fn the_prior_of_a_loss_is_a_loss() {
    let report = checked(&["The operating loss narrowed by 36% to $16 million; in 2022 it had been $25 million."]);
    let document = &report.documents[0];
    assert_eq!(claims(document), [(Growth, Ties, vec!["$16 million", "$25 million", "36%"])]);
    assert!(document.figures[2].printed.value().is_negative());
}

/// Rule: a prior that its time tells is taken although it does not tie, if one slip explains that; else it is left out.
#[test]
fn a_told_prior_that_does_not_tie_needs_a_slip() {
    let text = |growth: &str| {
        format!("The harvest is put at 4.27 million tonnes. That is {growth} than last year, when it had reached 4.54 million tonnes.")
    };
    assert_claims(&text("6% more"), &[(Growth, DoesNotTie, &["4.27 million tonnes", "4.54 million tonnes", "6%"])]);
    assert_claims(&text("17% less"), &[(Growth, Unverifiable, &["4.54 million tonnes", "17%"])]);
}

/// Rule: what was taken for the current figure is the prior, if another figure beside it makes that tie.
#[test]
fn current_and_prior_find_their_seats() {
    assert_claims(
        "The harvest is put at 4.27 million tonnes. That is 6% less than last year, when it had reached 4.54 million tonnes.",
        &[(Growth, Ties, &["4.27 million tonnes", "4.54 million tonnes", "6%"])],
    );
}

/// Rule: a result stated apart, in a heading or a sentence of its own, joins the two amounts that it is between.
#[test]
fn a_result_stated_apart_joins_its_amounts() {
    assert_claims(
        "Cable firm doubles profit\n\nProfit came to $54.6 million, compared with $27.1 million a year earlier.",
        &[(Multiple, Ties, &["$54.6 million", "$27.1 million", "doubles"])],
    );
    assert_claims(
        "Registrations of vans fell 4.5%. Dealers sold 95,500 vans, compared with 100,000 vans a year earlier.",
        &[(Growth, Ties, &["95,500 vans", "100,000 vans", "4.5%"])],
    );
}

/// Rule: a change stated beside a growth is one claim more.
#[test]
fn a_change_beside_a_growth_is_a_claim() {
    assert_claims(
        "Provisions, by 21 million euros, or 30%, went up to 91 million euros, compared with 70 million euros in 2022.",
        &[
            (Change, Ties, &["91 million euros", "70 million euros", "21 million euros"]),
            (Growth, Ties, &["91 million euros", "70 million euros", "30%"]),
        ],
    );
}
