//! What the arithmetic ties though no construction does.

use super::{checked, claims};
use tieout::{Relation, Verdict};

type Found = (Relation, Verdict, usize);

/// The sums, differences, shares and ratios of a text: relation, verdict and how many figures each ties.
fn found(text: &str) -> Vec<Found> {
    let report = checked(&[text]);
    let wholes = [Relation::Sum, Relation::Difference, Relation::Share, Relation::Ratio];
    claims(&report.documents[0])
        .into_iter()
        .filter(|(relation, ..)| wholes.contains(relation))
        .map(|(relation, verdict, figures)| (relation, verdict, figures.len()))
        .collect()
}

/// Rule: three parts and a whole that add up are a sum, whatever stands between them. 318 + 904 + 68 = 1,290.
#[test]
fn a_list_that_adds_up_is_a_sum_without_a_word_that_says_so() {
    let text = "Portugal sent in $318 million, Poland $904 million and Chile $68 million to sales of $1,290 million.";
    assert_eq!(found(text), [(Relation::Sum, Verdict::Ties, 4)]);
}

/// Rule: the whole may stand in the sentence before. 3.12 + 1.87 + 0.44 = 5.43.
#[test]
fn the_whole_may_stand_in_the_sentence_before() {
    let text = "Sales came to $5.43 billion. Asia took $3.12 billion, Europe $1.87 billion and Africa $0.44 billion.";
    assert_eq!(found(text), [(Relation::Sum, Verdict::Ties, 4)]);
}

/// Rule: two parts that happen to add up are no sum without a word that says so. 60 + 30 = 90.
#[test]
fn two_figures_that_happen_to_add_up_are_a_coincidence() {
    assert_eq!(found("The plant cost $90 million, the quay $60 million and the road $30 million."), []);
}

/// Rule: a list of some parts is true, and says nothing of the rest.
#[test]
fn a_partial_list_is_no_alarm() {
    for text in [
        "Sales came to $5.43 billion, including $3.12 billion in Asia, $1.02 billion in Europe and $0.44 billion in Africa.",
        "Of its sales of $960 million, $310 million came from Spain, $205 million from Italy and $118 million from Malta.",
        "The fund holds $840 million, of which $310 million in shares and $205 million in bonds.",
    ] {
        assert!(found(text).iter().all(|(_, verdict, _)| *verdict != Verdict::DoesNotTie), "{text}");
    }
}

/// Rule: a closed list that is one slip away from its whole does not tie. 904 is printed as 940.
#[test]
fn a_list_one_slip_away_from_its_whole_does_not_tie() {
    let text = "Portugal sent in $318 million, Poland $940 million and Chile $68 million to sales of $1,290 million.";
    assert_eq!(found(text), [(Relation::Sum, Verdict::DoesNotTie, 4)]);
}

/// Rule: what is left between two flows is named by its word, in any order of the sentences. 65.8 − 64.5 = 1.3.
#[test]
fn a_balance_may_be_told_before_its_flows() {
    let text = |imports: &str| format!("The surplus came to $1.3 billion. Exports totalled $65.8 billion and imports {imports}.");
    assert_eq!(found(&text("$64.5 billion")), [(Relation::Difference, Verdict::Ties, 3)]);
    assert_eq!(found(&text("$61.5 billion")), [(Relation::Difference, Verdict::DoesNotTie, 3)]);
}

/// Rule: a balance that neither fits nor is one slip away is of something else.
#[test]
fn a_balance_of_something_else_is_no_alarm() {
    assert_eq!(found("The surplus came to $1.3 billion. Revenue was $71.2 billion and debt $18.9 billion."), []);
}

/// Rule: a deficit is negative, what comes in less what goes out. 5.1 − 6.9 = −1.8.
#[test]
fn a_deficit_is_negative() {
    let report = checked(&["Exports were $5.1 billion and imports $6.9 billion, hence a deficit of $1.8 billion."]);
    let found = claims(&report.documents[0]);
    let difference = (Relation::Difference, Verdict::Ties, vec!["$5.1 billion", "$6.9 billion", "$1.8 billion"]);
    assert!(found.contains(&difference), "{found:?}");
}

/// Rule: three levels alone in a sentence in which nothing moves are a difference where they fit. 11.6 − 2.9 = 8.7.
#[test]
fn three_levels_that_fit_are_a_difference() {
    let fits = "The makers sold goods worth $11.6 billion abroad and brought in some for $2.9 billion: that makes $8.7 billion.";
    assert_eq!(found(fits), [(Relation::Difference, Verdict::Ties, 3)]);
    assert_eq!(found(&fits.replace("8.7", "8.3")), []);
}

/// Rule: a share whose whole is not told takes the only figure that fits. 3,128 / 4,600 = 68%.
#[test]
fn a_share_finds_its_whole() {
    let text = "集团门店总数达4,600家，加盟店3,128家，占68%。";
    assert_eq!(found(text), [(Relation::Share, Verdict::Ties, 3)]);
    assert_eq!(found(&text.replace("68%", "86%")), [(Relation::Share, Verdict::DoesNotTie, 3)]);
}
