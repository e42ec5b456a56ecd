//! The page of a report, read as a browser reads its bytes.

use tieout::page::{Page, PageLanguage};
use tieout::{CheckOptions, RateTable, Verdict, check};

const HOSTILE: &str = "<script>alert(1)</script>\n\nSales of \"><img src=x onerror=alert(2)> fell 10% to $90 million from $95 million</div></style>.\n\n\
     We sold 1,200 <b onmouseover=alert(3)>widgets, 300 'onfocus='alert(4) and CNY 59.5 billion ($8.424 billion) \u{202e}.";

const MIXED: &str = "Revenue rose 12.4% to €1,243 million from €1,106 million, operating profit 31.1% to $320 million from $283 million. \
     Sales came to CNY 59.5 billion ($8.424 billion), down 18.9%; expenses of CNY 1.1 billion ($156 million) and CNY 3.2 billion ($543 million) followed. \
     Orders doubled to 5 million from 2.4 million. The loss narrowed to €4 million from a profit of €5 million.";

fn page(documents: &[(&str, &str)], language: PageLanguage) -> String {
    let mut options = CheckOptions::new(Some(RateTable::ecb()));
    options.date = Some("2023-05-26".parse().unwrap());
    check(documents, &options).unwrap().to_html(&Page::new(language, Some(RateTable::ecb())))
}

/// What stands in quotes behind each of these beginnings.
fn values<'h>(html: &'h str, beginning: &str) -> Vec<&'h str> {
    html.split(beginning).skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

/// Rule: nothing of a text or a file name becomes an element, an attribute or an entity of the page.
#[test]
fn texts_and_names_are_escaped() {
    let name = "\"><svg onload=alert(5)>&amp;.txt";
    let html = page(&[(name, HOSTILE), ("b.txt", HOSTILE)], PageLanguage::English);
    for raw in ["<script>alert", "<img", "<svg onload", "<b onmouseover", "'onfocus=", "</style>."] {
        assert!(!html.contains(raw) || raw == "'onfocus=", "{raw}");
    }
    assert!(html.contains("&quot;&gt;&lt;svg onload=alert(5)&gt;&amp;amp;.txt"), "the name is not shown as it is");
    assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && !html.contains('\u{202e}'));
    // Every attribute is quoted, so that an apostrophe of the text ends none.
    let tags = html.split('<').skip(1).map(|rest| rest.split('>').next().unwrap());
    assert!(tags.filter(|tag| !tag.starts_with('!')).all(|tag| tag.matches('"').count() % 2 == 0), "an attribute is cut short");
}

/// Rule: the page asks for nothing and lets nothing run but its own style and script.
#[test]
fn the_page_stands_alone() {
    let html = page(&[("a.txt", MIXED)], PageLanguage::English);
    let policy = values(&html, "http-equiv=\"Content-Security-Policy\" content=\"")[0];
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-") && !policy.contains("unsafe"), "{policy}");
    assert!(values(&html, " href=\"").iter().all(|href| href.starts_with('#')), "an address outside the page");
    assert!(!html.contains(" src=") && !html.contains(" style=") && !html.contains(" onclick=") && !html.contains("url("));
    assert_eq!((html.matches("<script>").count(), html.matches("<style>").count()), (1, 1));
}

/// Rule: every link leads to a place, and every identifier stands once.
#[test]
fn links_lead_to_places() {
    let html = page(&[("a.txt", MIXED), ("b.txt", MIXED)], PageLanguage::French);
    let mut ids = values(&html, " id=\"");
    for href in values(&html, " href=\"#") {
        assert!(ids.contains(&href), "#{href} leads nowhere");
    }
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "an identifier stands twice");
}

/// Rule: the findings stand worst first, each figure links to the worst of its claims, and the summary counts them.
#[test]
fn the_worst_stands_first() {
    let html = page(&[("a.txt", MIXED)], PageLanguage::English);
    let findings = html.split("class=\"findings\"").nth(1).unwrap();
    let verdicts = values(findings, "<li class=\"finding").len();
    assert!(verdicts >= 7, "{verdicts} findings");
    let order: Vec<&str> = values(findings, "data-verdict=\"").into_iter().take(verdicts).collect();
    assert_eq!((order[0], order[1], *order.last().unwrap()), ("does_not_tie", "does_not_tie", "ties"), "{order:?}");
    let report = check(&[("a.txt", MIXED)], &CheckOptions::new(Some(RateTable::ecb()))).unwrap();
    assert!(html.contains(&format!("{} claims: {} tie, ", report.claims().count(), report.count(Verdict::Ties))));
    assert!(html.contains("13.0742%") && html.contains("Perhaps two digits transposed: 13.1% would tie"));
}

/// Rule: the picture shows the interval and the days whose rates lie in it; the words of the page are its language's.
#[test]
fn the_picture_shows_the_days_that_fit() {
    let text = "Sales of CNY 59.5 billion ($8.424 billion), expenses of CNY 1.1 billion ($156 million).";
    let html = page(&[("a.txt", text)], PageLanguage::French);
    assert!(html.contains("Taux publiés compatibles\u{a0}: 25 mai 2023 7,06949, 26 mai 2023 7,05739"));
    assert_eq!(html.matches("<circle class=\"fits\"").count(), 2);
    assert!(html.contains("lang=\"fr\"") && html.contains("7,05679 à 7,06951"));
}

/// Rule: a text without figures is a page too, and so is no text at all.
#[test]
fn a_page_of_nothing() {
    assert!(page(&[("a.txt", "Nothing here.")], PageLanguage::English).contains("Nothing to check"));
    assert!(page(&[("a.txt", "")], PageLanguage::French).contains("Rien à vérifier"));
    assert!(page(&[], PageLanguage::English).contains("Nothing to check"));
}

/// Rule: the page of an article of twenty kilobytes has less than two hundred, of one that is nothing but figures, too.
#[test]
fn a_long_article_makes_no_huge_page() {
    const LONG: usize = 20_000;
    let articles =
        [include_str!("../../data/articles/xiaomi-2023-q1.en.txt").repeat(20), include_str!("../../benches/check/prose.txt").repeat(2)];
    for (text, least) in articles.iter().zip([150, 40]) {
        let html = page(&[("a.txt", &text[..LONG])], PageLanguage::English);
        assert!(html.len() < 150_000, "{} bytes of {:?}", html.len(), &text[..80]);
        assert!(html.matches(" data-why=\"").count() > least);
    }
}

/// Rule: a text that converts into many currencies has a picture for the first of them, and words for all.
#[test]
fn many_rates_do_not_make_a_picture_book() {
    let codes = "AUD BGN BRL CAD CHF CNY CZK DKK EUR GBP HKD HUF IDR ILS INR JPY KRW MXN MYR NOK NZD PHP PLN RON SEK SGD THB TRY ZAR";
    let sentence = |code: &str| format!("The plant made {code} 59.5 million ($8.4 million). ");
    let text: String = codes.split(' ').map(sentence).collect();
    let html = page(&[("a.txt", &text)], PageLanguage::English);
    assert_eq!(html.matches("<svg").count(), 12);
    assert!(html.matches("<figure").count() > 25, "{} rates", html.matches("<figure").count());
    assert!(html.len() < 150_000, "{} bytes", html.len());
}
