//! stub until the command line lands
fn main() {
    let options = tieout::CheckOptions::new(Some(tieout::RateTable::ecb()));
    let mut json = false;
    let mut options = options;
    let mut docs = Vec::new();
    let mut args = std::env::args().skip(1);
    while let Some(a) = args.next() {
        match a.as_str() {
            "--json" => json = true,
            "--date" => options.date = args.next().and_then(|d| d.parse().ok()),
            "--lang" => options.language = args.next(),
            p => docs.push((p.to_owned(), tieout::decode(&std::fs::read(p).unwrap(), p).unwrap())),
        }
    }
    let docs: Vec<(&str, &str)> = docs.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let r = tieout::check(&docs, &options).unwrap();
    println!("{}", if json { r.to_json() } else { r.to_text(&tieout::Plain) });
}
