//! Which figures a text holds: what their marks, scales and units are, and what is none.

use serde_json::Value;
use tieout::{CheckOptions, check};

/// The figures of a text, each as printed with its value, its unit (`?` behind one that is ambiguous), whether it is a price
/// of one, and its hedge.
fn figures(language: &str, text: &str) -> String {
    let mut options = CheckOptions::new(None);
    options.language = Some(language.to_owned());
    let json: Value = serde_json::from_str(&check(&[("text.md", text)], &options).unwrap().to_json()).unwrap();
    let show = |figure: &Value| {
        let word = |key: &str| figure[key].as_str().unwrap_or_default().to_owned();
        let hedge = if figure["hedge"].is_null() { String::new() } else { format!(" {}", word("hedge")) };
        let price = if figure["kind"] == "unit_price" { " each" } else { "" };
        let unsure = if figure["ambiguous"] == true { "?" } else { "" };
        format!("{}={} {}{unsure}{price}{hedge}", word("text"), word("value"), word("unit")).trim_end().to_owned()
    };
    json["documents"][0]["figures"].as_array().unwrap().iter().map(show).collect::<Vec<_>>().join(" | ")
}

/// Holds texts, each with its language and its figures, against what is read.
fn hold(table: &[(&str, &str, &str)]) {
    for (language, text, expected) in table {
        assert_eq!(figures(language, text), *expected, "{language}: {text}");
    }
}

/// Rule: the decimal mark of a Spanish text is that of its country, where its numbers tell nothing else; where only thousands tell, an amount is ambiguous.
#[test]
fn the_country_of_a_text_tells_its_decimal_mark() {
    hold(&[
        (
            "es",
            "El bono de 1,350 millones de pesos vence pronto. El peso cerró en 17.20 por dólar, a 17.20 pesos.",
            "1,350 millones de pesos=1350000000 MXN? | 17.20 pesos=17.2 MXN?",
        ),
        ("es", "En el Perú, la minera vendió cobre por 2,415 millones de dólares.", "2,415 millones de dólares=2415000000 USD?"),
        (
            "es",
            "La minera vendió cobre por S/ 2,415 millones. El dólar cerró en S/ 3.712.",
            "S/ 2,415 millones=2415000000 PEN | S/ 3.712=3.712 PEN each",
        ),
        ("es", "En Colombia, el dólar se cotizó a 4.215 pesos por dólar.", "4.215 pesos por dólar=4215 COP each"),
        (
            "es",
            "La cadena vendió 2,415 millones de dólares y emplea a 8,300 personas.",
            "2,415 millones de dólares=2415000000 USD? | 8,300 personas=8300 personas",
        ),
        ("es", "El litro de gasóleo cuesta 1,512 euros.", "1,512 euros=1.512 EUR"),
        ("es", "La planta de Querétaro, México, produjo 2.415 toneladas, un 3,5 % más.", "2.415 toneladas=2415 toneladas | 3,5 %=3.5 %"),
    ]);
}

/// Rule: a letter is a currency only where an amount is glued to it; spaces may group it.
#[test]
fn a_letter_is_a_currency_where_an_amount_is_glued_to_it() {
    hold(&[
        (
            "en",
            "Sales rose to R2 340 million from R1,95 billion; take the R21 to the R500 depot, or read up on R2-D2.",
            "R2 340 million=2340000000 ZAR | R1,95 billion=1950000000 ZAR",
        ),
        (
            "es",
            "El ingenio exportó azúcar por Q2,310 millones, a Q7.72 por dólar, en el Q3.",
            "Q2,310 millones=2310000000 GTQ | Q7.72 por dólar=7.72 GTQ each",
        ),
        ("en", "The pit dug 38 000 tonnes, and in 2023 410 people worked there.", "38 000 tonnes=38000 tonnes | 410 people=410 people"),
    ]);
}

/// Rule: a scale is read however it is abbreviated, and letters that are much else only beside money.
#[test]
fn scales_are_read_however_they_are_abbreviated() {
    hold(&[
        ("nl", "De stad trekt € 6,2M uit, en € 850K voor bomen. De brug is 12m lang.", "€ 6,2M=6200000 EUR | € 850K=850000 EUR | 12m=12 m"),
        (
            "de",
            "Das Start-up sammelte € 6,2M ein, dann CHF 3.4m. Die Mauer ist 3,4m hoch.",
            "€ 6,2M=6200000 EUR | CHF 3.4m=3400000 CHF | 3,4m=3.4 m",
        ),
        ("es", "La deuda es de 2,3 mM€ y la caja, de 640 MM€.", "2,3 mM€=2300000000 EUR | 640 MM€=640000000 EUR"),
        ("en", "The fund raised $3 mil and €1.4 mrd. Ward 9B is shut.", "$3 mil=3000000 USD? | €1.4 mrd=1400000000 EUR"),
        (
            "pt",
            "Um milhão e trezentos mil reais em obras, e R$ 700 mi em dívida.",
            "Um milhão e trezentos mil reais=1300000 BRL | R$ 700 mi=700000000 BRL",
        ),
        ("zh", "工程總預算為 1 兆 3,400 億元。", "1 兆 3,400 億元=1340000000000 CNY?"),
    ]);
}

/// Rule: hundredths of a currency are money.
#[test]
fn hundredths_of_a_currency_are_money() {
    hold(&[
        ("es", "La luz subió 2,4 céntimos.", "2,4 céntimos=0.024 EUR"),
        ("pt", "O litro subiu 2,4 cêntimos.", "2,4 cêntimos=0.024 EUR"),
        ("it", "Il gasolio sale di 2,4 centesimi. Ha perso per due centesimi di secondo.", "2,4 centesimi=0.024 EUR"),
        ("ja", "円相場は1ドル=151円20銭だった。", "1ドル=151円20銭=151.2 JPY each"),
        ("nl", "Stroom kost 31 ct per kWh.", "31 ct per kWh=0.31 EUR each"),
    ]);
}

/// Rule: a bare number borrows the scale of the amount that it is compared with, goes on from or leads to.
#[test]
fn bare_numbers_borrow_the_scale_of_what_they_are_compared_with() {
    hold(&[
        (
            "es",
            "Facturó 2.350 millones de euros, frente a 2.140 un año antes.",
            "2.350 millones de euros=2350000000 EUR | 2.140=2140000000 EUR",
        ),
        ("nl", "De winst ging van 14,2 miljoen euro naar 11,9.", "14,2 miljoen euro=14200000 EUR | 11,9=11900000 EUR"),
        ("de", "Der Absatz stieg auf 47,1 von 44,8 Millionen Euro.", "47,1=47100000 EUR | 44,8 Millionen Euro=44800000 EUR"),
        (
            "en",
            "Net debt fell from €6.4 million to €5.9. A dividend of $0.5 was paid on profit of $7.4 million.",
            "€6.4 million=6400000 EUR | €5.9=5900000 EUR | $0.5=0.5 USD? | $7.4 million=7400000 USD?",
        ),
        ("pt", "O fundo captou de US$ 2,5 a 3 bilhões.", "US$ 2,5=2500000000 USD | 3 bilhões=3000000000 USD"),
        ("pt", "A torre custará de R$ 1,2 a R$ 1,5 bilhão.", "R$ 1,2=1200000000 BRL | R$ 1,5 bilhão=1500000000 BRL"),
        ("es", "El billete pasó de 41.200 euros a 58.300.", "41.200 euros=41200 EUR | 58.300=58300 EUR"),
    ]);
}

/// Rule: the numbers of a list borrow what its first or last one names, or the total that they add up to.
#[test]
fn numbers_of_a_list_borrow_from_one_another() {
    hold(&[
        (
            "it",
            "Il piano vale 61,4 milioni di euro: 38,2 milioni alle scuole, 14,1 ai parchi e 9,1 alle piscine.",
            "61,4 milioni di euro=61400000 EUR | 38,2 milioni=38200000 EUR | 14,1=14100000 EUR | 9,1=9100000 EUR",
        ),
        (
            "nl",
            "Van de 88,4 miljoen euro kwam 41,6 uit hout, 30,5 uit glas en 16,3 miljoen euro uit staal.",
            "88,4 miljoen euro=88400000 EUR | 41,6=41600000 EUR | 30,5=30500000 EUR | 16,3 miljoen euro=16300000 EUR",
        ),
        (
            "es",
            "De los 88,4 millones de euros, 41,6 vienen de la madera, 30,5 del vidrio y 16,3 millones del acero.",
            "88,4 millones de euros=88400000 EUR | 41,6=41600000 EUR | 30,5=30500000 EUR | 16,3 millones=16300000 EUR",
        ),
        (
            "de",
            "Von den 80 Millionen Euro gehen 35 in Schulen, 30 in Kitas und 15 in Radwege.",
            "80 Millionen Euro=80000000 EUR | 35=35000000 EUR | 30=30000000 EUR | 15=15000000 EUR",
        ),
        ("en", "He paid $12 million for 5 vans and 7 cars.", "$12 million=12000000 USD? | 5 vans=5 vans | 7 cars=7 cars"),
        ("de", "Der Gewinn lag bei 14,2 Mio. Euro (KGV: 8,3).", "14,2 Mio. Euro=14200000 EUR"),
        (
            "en",
            "The yard's 640 welders – 410 in Leith and 205 in Rosyth – struck.",
            "640 welders=640 welders | 410=410 welders | 205=205 welders",
        ),
        (
            "es",
            "Hay 1.320 alumnos en Soria, 740 en Ávila y 310 en Zamora.",
            "1.320 alumnos=1320 alumnos | 740=740 alumnos | 310=310 alumnos",
        ),
        ("es", "Cerró 12 tiendas: tenía 148 y ahora son 136.", "12 tiendas=12 tiendas | 148=148 tiendas | 136=136 tiendas"),
        ("nl", "Er werden 3.910 kinderen geboren. Dat zijn er 140 minder dan in 2023.", "3.910 kinderen=3910 kinderen | 140=-140 kinderen"),
    ]);
}

/// Rule: scores, names with a number and words that begin like one are no figures.
#[test]
fn scores_and_names_are_no_figures() {
    hold(&[
        ("en", "A 3-1 home win; the kiosk in Unit 8 shuts at noon, and lock 31 is closed.", ""),
        ("it", "Gli hanno rubato una Fiat 500 nuova.", ""),
        ("zh", "主队以4比2取胜，二手车市场平稳。", ""),
        ("ja", "初戦は4対2で勝ち、2次選考に進んだ。", ""),
        ("en", "Sales rose 5-7% in 2023.", "5=5 % | 7%=7 %"),
    ]);
}

/// Rule: what a forecast or a contract names is no bound.
#[test]
fn what_is_compared_or_contracted_is_no_bound() {
    hold(&[
        (
            "es",
            "Ganó 52 millones de euros y superó los 47 millones que esperaba el mercado.",
            "52 millones de euros=52000000 EUR | 47 millones=47000000 EUR",
        ),
        (
            "de",
            "Die Werft erhielt einen Auftrag über 85 Millionen Euro. Sie setzte über 90 Millionen Euro um.",
            "85 Millionen Euro=85000000 EUR | 90 Millionen Euro=90000000 EUR over",
        ),
        ("zh", "貸款合約 3200宗，涉款約5億元。", "3200宗=3200 宗 | 5億元=500000000 CNY? about"),
    ]);
}

/// Rule: a price is of one of what the sentence has counted.
#[test]
fn a_price_is_of_one_of_what_was_counted() {
    hold(&[
        ("it", "Ha venduto 2.300 sedie a 145 euro per sedia.", "2.300 sedie=2300 sedie | 145 euro per sedia=145 EUR each"),
        (
            "fr",
            "Les 820 hectolitres sont partis à 190 euros l'hectolitre.",
            "820 hectolitres=820 hectolitres | 190 euros l'hectolitre=190 EUR each",
        ),
        ("es", "Pagó 300 euros por error.", "300 euros=300 EUR"),
    ]);
}

/// Rule: cells of a table carry units and nouns, are read with the marks of their text, and in thousands where a head says so.
#[test]
fn cells_of_a_table_carry_their_units() {
    hold(&[
        ("it", "| Voce | 2025 |\n|---|---|\n| Tessile | 96 milioni di euro |", "96 milioni di euro=96000000 EUR"),
        ("zh", "| 项目 | 本期 |\n|---|---|\n| 钢材产量 | 860万吨 |", "860万吨=8600000 吨"),
        ("nl", "| (x € 1.000) | 2025 |\n|---|---|\n| Baten | 4.210 |", "4.210=4210000 EUR"),
        (
            "es",
            "La minera, de México, creció.\n\n| Concepto | 2025 |\n|---|---|\n| Ventas (millones de pesos) | 2,415 |",
            "2,415=2415000000 MXN?",
        ),
    ]);
}
