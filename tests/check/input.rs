//! Texts as people have them: pages, encodings, dates.

use tieout::{CheckOptions, Input, RateTable, check_inputs, decode};

/// Rule: a text in an encoding of its region is read as what it says.
#[test]
fn an_encoding_is_told_by_its_bytes() {
    let chinese = "公司第一季度营业收入为五十九亿元，同比下降百分之十八，净利润为三十二亿元。";
    let japanese = "連結売上高は前年同期比で増加し、営業利益も大きく伸びたと発表した。";
    let french = "Le chiffre d’affaires a augmenté à 5 milliards d’euros, a déclaré la société générale.";
    for (encoding, text) in [
        (encoding_rs::GB18030, chinese),
        (encoding_rs::SHIFT_JIS, japanese),
        (encoding_rs::EUC_JP, japanese),
        (encoding_rs::WINDOWS_1252, french),
    ] {
        let (bytes, ..) = encoding.encode(text);
        assert_eq!(decode(&bytes, "text.txt").unwrap(), text, "{}", encoding.name());
    }
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(chinese.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(decode(&utf16, "text.txt").unwrap(), chinese);
}

/// Rule: what a page says of its encoding is believed.
#[test]
fn a_page_says_its_encoding() {
    let page = "<html><head><meta charset=\"gbk\"></head><body><p>营收</p></body></html>";
    let (bytes, ..) = encoding_rs::GBK.encode(page);
    assert_eq!(decode(&bytes, "page.html").unwrap(), page);
}

/// Rule: the article is read, not the menu; its date is the page's; spans count in the text that is read.
#[test]
#[cfg(feature = "html")]
fn the_article_is_read_and_not_the_menu() {
    let filler =
        "The board said that it expects demand to stay soft, and that it will keep looking for new ways of serving its customers. ";
    let page = format!(
        "<!doctype html><html><head><title>News</title>\
         <script type=\"application/ld+json\">{{\"@context\":\"https://schema.org\",\"@type\":\"NewsArticle\",\"headline\":\"Results\",\"datePublished\":\"2023-05-24T09:00:00+08:00\"}}</script></head>\
         <body><header><a href=/>Top stories: 5 million euros</a></header><nav><ul><li>Markets up 9% to $7 million</ul></nav>\
         <div id=story class=content><h1>Results</h1><p>{filler}Sales rose 10% to $110&nbsp;million from $100&nbsp;million.</p><p>{filler}</p><p>{filler}</p></div>\
         <aside>Profit fell 50% to $9 million from $10 million</aside><footer>Call 555 1234</footer></body></html>"
    );
    assert!(tieout::is_html(&page, "-"));
    let article = tieout::read_html(&page);
    assert_eq!(article.published, Some("2023-05-24".parse().unwrap()));
    assert!(
        article.text.contains("Sales rose 10%") && !article.text.contains("Markets") && !article.text.contains("Profit"),
        "{}",
        article.text
    );
    let input = Input { path: "page.html", text: &article.text, published: article.published };
    let report = check_inputs(&[input], &CheckOptions::new(Some(RateTable::ecb()))).unwrap();
    assert_eq!(report.documents[0].date, article.published);
    assert_eq!(
        report.documents[0].figures.iter().map(|figure| &article.text[figure.span.clone()]).collect::<Vec<_>>(),
        ["10%", "$110\u{a0}million", "$100\u{a0}million"]
    );
}

/// Rule: the language of a passage is told by its commonest words, and by its letters where those leave it open.
#[test]
fn the_language_of_a_passage_is_told() {
    let (mut passages, mut right) = (0, 0);
    for code in tieout::languages() {
        let path = format!("{}/tests/corpus/dev/{code}.jsonl", env!("CARGO_MANIFEST_DIR"));
        let Ok(lines) = std::fs::read_to_string(path) else { continue };
        for line in lines.lines().filter(|line| !line.trim().is_empty()) {
            let text = serde_json::from_str::<serde_json::Value>(line).unwrap()["text"].as_str().unwrap().to_owned();
            let report = tieout::check(&[("passage", &text)], &CheckOptions::new(None)).unwrap();
            passages += 1;
            right += usize::from(report.documents[0].language == code);
        }
    }
    println!("language: {right} of {passages}");
    assert!(right * 100 >= passages * 99, "{right} of {passages}");
}

/// Rule: prose that is wrapped reads as on one line, whatever the width; rows and items of a list stay apart.
#[test]
fn wrapped_prose_reads_as_on_one_line() {
    let prose = "The operating result of the cable works slid by 18.4% in the first half of the year, to an even \
                 $204 million, after $250 million a year earlier. The dividend of the holding is to be raised by \
                 a tenth, to 55 cents a share, said the chief executive on Tuesday evening in Cologne.";
    let whole = claims_of(prose);
    assert!(!whole.is_empty());
    for width in [40, 45, 50, 55, 58, 72] {
        let mut lines = vec![String::new()];
        for word in prose.split(' ') {
            let last = lines.last_mut().unwrap();
            match last.len() + word.len() < width {
                true if last.is_empty() => last.push_str(word),
                true => *last = format!("{last} {word}"),
                false => lines.push(word.to_owned()),
            }
        }
        assert_eq!(claims_of(&lines.join("\n")), whole, "{width}");
    }
    assert!(claims_of("Revenue from all segments 250 204\nOperating profit of the group 18 22\nNet profit rose\nto 20 from 18").is_empty());
}

fn claims_of(text: &str) -> Vec<String> {
    let report = super::checked(&[text]);
    super::claims(&report.documents[0]).iter().map(|claim| format!("{claim:?}").replace("\\n", " ")).collect()
}
