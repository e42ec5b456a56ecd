//! The service from outside: its answers are those of the commands, its refusals are JSON, and it stays up.

mod client;

use client::{Service, read};
use serde_json::Value;
use std::io::Write;
use std::process::Command;
use std::time::{Duration, Instant};

fn command(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_tieout")).args(arguments).args(["--format", "json"]).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// Rule: an answer is the JSON of the command, byte for byte.
#[test]
fn answers_are_those_of_the_commands() {
    let service = Service::start();
    for (path, question, arguments) in [
        (
            "/api/convert",
            r#"{"amount":"CNY 59.5bn","to":"USD","on":"2023-05-28"}"#,
            &["convert", "CNY 59.5bn", "USD", "--on", "2023-05-28"][..],
        ),
        (
            "/api/convert",
            r#"{"amount":"59,5 Md€","to":"JPY","average":"2023-Q1","lang":"fr","rounding":"up","decimals":2}"#,
            &["convert", "59,5 Md€", "JPY", "--average", "2023-Q1", "--lang", "fr", "--rounding", "up", "--decimals", "2"],
        ),
        ("/api/growth", r#"{"prior":"73351.5","current":"59477.1"}"#, &["growth", "73351.5", "59477.1"]),
        ("/api/growth", r#"{"prior":"-5","current":"4"}"#, &["growth", "-5", "4"]),
        ("/api/implied", r#"{"current":"CNY 59.5bn","change":"-18.9%"}"#, &["implied", "CNY 59.5bn", "-18.9%"]),
    ] {
        let answer = service.post_json(path, question);
        assert_eq!((answer.status, answer.body), (200, command(arguments)), "{question}");
    }
    for (query, arguments) in [
        ("pair=USD/CNY&on=2023-05-28", &["rate", "USD/CNY", "--on", "2023-05-28"][..]),
        ("pair=USD/CNY&on=2023-05-26&change=1y", &["rate", "USD/CNY", "--on", "2023-05-26", "--change", "1y"]),
        ("pair=EUR/USD&from=2023-05-01&to=2023-05-31", &["rate", "EUR/USD", "--from", "2023-05-01", "--to", "2023-05-31"]),
        ("pair=EUR%2FUSD&average=2023-Q1", &["rate", "EUR/USD", "--average", "2023-Q1"]),
        ("pair=USD/CNY&average=2023-Q1&method=harmonic", &["rate", "USD/CNY", "--average", "2023-Q1", "--method", "harmonic"]),
        ("pair=USD/CNY&closing=2023-Q1", &["rate", "USD/CNY", "--closing", "2023-Q1"]),
        ("pair=USD/CNY&on=2023-05-28&on_missing=next", &["rate", "USD/CNY", "--on", "2023-05-28", "--on-missing", "next"]),
    ] {
        let answer = service.get(&format!("/api/rate?{query}"));
        assert_eq!((answer.status, answer.body), (200, command(arguments)), "{query}");
    }
}

/// Rule: a check answers what the command says of the file, whichever way the text is sent.
#[test]
fn a_text_is_checked_however_it_comes() {
    let service = Service::start();
    let name = "data/articles/xiaomi-2023-q1.fr.txt";
    let text = std::fs::read_to_string(name).unwrap();
    let expected = command(&["check", name, "--date", "2023-05-26", "--lang", "fr"]);
    let object = serde_json::json!({ "text": text, "lang": "fr", "date": "2023-05-26", "path": name });
    assert_eq!(service.post_json("/api/check", &object.to_string()).body, expected);
    let fields = [("lang", "fr"), ("date", "2023-05-26"), ("text", "")];
    assert_eq!(service.post_form("/api/check", (name, text.as_bytes()), &fields).body, expected);
    let path = format!("/api/check?lang=fr&date=2023-05-26&path={name}");
    assert_eq!(service.send("POST", &path, "Content-Type: text/plain\r\n", text.as_bytes()).body, expected);
}

/// Rule: of a page of HTML the article is read, as by the command.
#[test]
fn of_a_page_the_article_is_read() {
    let service = Service::start();
    let folder = tempfile::tempdir().unwrap();
    let name = folder.path().join("page.html").display().to_string();
    let article = "<article><p>Sales rose 10% to $110&nbsp;million from <b>$100 million</b>.</p></article>";
    let page = format!("<html><meta property=\"article:published_time\" content=\"2023-05-24\"><nav>5 of 60%</nav>{article}</html>");
    std::fs::write(&name, &page).unwrap();
    let expected = command(&["check", &name]);
    assert!(expected.contains("2023-05-24") && expected.contains("\"figures\": 3"), "{expected}");
    assert_eq!(service.post_form("/api/check", (&name, page.as_bytes()), &[]).body, expected);
    assert_eq!(service.post_json("/api/check", &serde_json::json!({ "text": page, "path": name }).to_string()).body, expected);
    let shown = service.post_form("/", ("page.html", page.as_bytes()), &[]).body;
    assert!(shown.contains("24 May 2023") && !shown.contains("5 of 60%"), "{shown}");
}

/// Rule: every example of the description is what the service answers.
#[test]
fn the_description_tells_the_truth() {
    let service = Service::start();
    let description: Value = serde_json::from_str(&service.get("/api/openapi.json").body).unwrap();
    let mut examples = 0;
    for (path, methods) in description["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let question = &operation["requestBody"]["content"]["application/json"]["example"];
            let parameters = operation["parameters"].as_array().into_iter().flatten().filter(|parameter| parameter["example"].is_string());
            let query: Vec<String> =
                parameters.map(|p| format!("{}={}", p["name"].as_str().unwrap(), p["example"].as_str().unwrap())).collect();
            let answer = match method.as_str() {
                "post" => service.post_json(path, &question.to_string()),
                _ => service.get(&format!("{path}?{}", query.join("&"))),
            };
            let expected = &operation["responses"]["200"]["content"]["application/json"]["example"];
            assert_eq!(&serde_json::from_str::<Value>(&answer.body).unwrap(), expected, "{path}");
            examples += 1;
        }
    }
    assert_eq!(examples, 6);
}

/// Rule: what cannot be answered is refused with its status and a sentence, as JSON.
#[test]
fn refusals_are_json() {
    let service = Service::start();
    let json = "Content-Type: application/json\r\n";
    let long = format!("{{\"text\":\"{}\"}}", "a".repeat(2 * 1024 * 1024));
    for (method, path, headers, body, status, code) in [
        ("GET", "/nowhere", "", &b""[..], 404, "not_found"),
        ("GET", "/api/check", "", b"", 405, "method_not_allowed"),
        ("DELETE", "/", "", b"", 405, "method_not_allowed"),
        ("POST", "/api/check", "", b"{}", 415, "media_type"),
        ("POST", "/api/growth", "Content-Type: text/plain\r\n", b"{}", 415, "media_type"),
        ("POST", "/api/check", json, b"", 400, "bad_request"),
        ("POST", "/api/check", json, b"{\"text\": 5}", 400, "bad_request"),
        ("POST", "/api/check", json, b"{\"text\":\"\xff\"}", 400, "bad_request"),
        ("POST", "/api/check", json, b"{\"text\":\"a\",\"language\":\"en\"}", 400, "bad_request"),
        ("POST", "/api/check", json, b"{\"text\":\"a\",\"lang\":\"tlh\"}", 422, "bad_field"),
        ("POST", "/api/check", json, b"{\"text\":\"a\",\"date\":\"soon\"}", 422, "bad_field"),
        ("POST", "/api/check", json, b"{\"text\":\"\\u0000\"}", 422, "bad_field"),
        ("POST", "/api/check", "Content-Type: text/plain\r\n", b"\x00\x01", 422, "bad_field"),
        ("POST", "/api/check", "Content-Type: multipart/form-data\r\n", b"x", 400, "bad_request"),
        ("POST", "/api/check", "Content-Type: multipart/form-data; boundary=e\r\n", b"--e\r\nnonsense", 400, "bad_request"),
        ("POST", "/api/check", json, long.as_bytes(), 413, "too_large"),
        ("POST", "/api/convert", json, b"{\"amount\":\"CNY 1\",\"to\":\"USD\"}", 400, "bad_request"),
        ("POST", "/api/convert", json, b"{\"amount\":\"CNY 1\",\"to\":\"XXQ\",\"on\":\"2023-05-26\"}", 422, "bad_field"),
        ("POST", "/api/convert", json, b"{\"amount\":\"RUB 1\",\"to\":\"USD\",\"on\":\"2023-05-26\"}", 422, "no_answer"),
        ("POST", "/api/growth", json, b"{\"prior\":\"1\",\"current\":\"2\",\"decimals\":29}", 422, "bad_field"),
        ("POST", "/api/implied", json, b"{\"current\":\"1\",\"change\":\"-100%\"}", 422, "no_answer"),
        ("GET", "/api/rate", "", b"", 400, "bad_request"),
        ("GET", "/api/rate?pair=USD/CNY", "", b"", 400, "bad_request"),
        ("GET", "/api/rate?pair=USDCNY&on=2023-05-26", "", b"", 422, "bad_field"),
    ] {
        let answer = service.send(method, path, headers, body);
        let object: Value = serde_json::from_str(&answer.body).unwrap_or_else(|_| panic!("{method} {path}: {}", answer.body));
        assert_eq!((answer.status, object["error"].as_str()), (status, Some(code)), "{method} {path}: {}", answer.body);
        assert_eq!(object["schema"], "tieout.error/1");
        assert!(!object["message"].as_str().unwrap().contains("--"), "advice for the command line: {}", answer.body);
    }
    assert_eq!(service.get("/health").status, 200);
}

/// Rule: so many texts are checked together as a person compares, and a refusal repeats no more than its beginning.
#[test]
fn what_is_sent_has_an_end() {
    let service = Service::start();
    let form = |files: usize| {
        let part = "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nSales were $5m.\r\n";
        let body = part.repeat(files) + "--edge--\r\n";
        service.send("POST", "/api/check", "Content-Type: multipart/form-data; boundary=edge\r\n", body.as_bytes())
    };
    assert_eq!(form(50).status, 200);
    let refused = form(51);
    assert!(refused.status == 422 && refused.body.contains("at most 50 texts"), "{}", refused.body);
    let answer = service.post_json("/api/growth", &format!("{{\"prior\":\"1\",\"current\":\"{}\"}}", "x".repeat(1_000_000)));
    assert!(answer.status == 422 && answer.body.len() < 2000, "{} bytes", answer.body.len());
}

/// Rule: only this machine is answered, and no page of another site; every answer has the headers that keep it so.
#[test]
fn strangers_are_refused() {
    let service = Service::start();
    assert_eq!(service.send("GET", "/", "Host: attacker.example\r\n", b"").status, 403);
    assert_eq!(service.send("GET", "/", "Host: localhost\r\nhost: attacker.example\r\n", b"").status, 403);
    assert_eq!(service.send("GET", "http://attacker.example/", "", b"").status, 403);
    let cross_site = "Sec-Fetch-Site: cross-site\r\nContent-Type: text/plain\r\n";
    assert_eq!(service.send("POST", "/api/check", cross_site, b"5 million").status, 403);
    for path in ["/", "/api/openapi.json", "/nowhere", "/site.js"] {
        let head = service.send("GET", path, "Origin: https://attacker.example\r\n", b"").head.to_lowercase();
        assert!(head.contains("content-security-policy: default-src 'none'") && head.contains("x-content-type-options: nosniff"), "{head}");
        assert!(!head.contains("access-control") && !head.contains("unsafe"), "{head}");
    }
    let refused = Command::new(env!("CARGO_BIN_EXE_tieout")).args(["serve", "--listen", "0.0.0.0:0"]).output().unwrap();
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8(refused.stderr).unwrap().contains("--allow-remote"));
}

/// Rule: what is sent in a form comes back escaped, in texts, file names and fields.
#[test]
fn forms_come_back_escaped() {
    let service = Service::start();
    let hostile = "</textarea><script>alert(1)</script> fell 10% to $90 million from $95 million";
    let fields = [("text", hostile), ("date", "2023-05-26")];
    let page = service.post_form("/?ui=fr", ("<script>alert(2)</script>.txt", hostile.as_bytes()), &fields);
    assert_eq!(page.status, 200);
    let bad = service.post_form("/", ("a.txt", b"5"), &[("home", "\"><script>alert(3)</script>")]);
    assert_eq!(bad.status, 422);
    let urlencoded = "Content-Type: application/x-www-form-urlencoded\r\n";
    let body = b"amount=%22%3E%3Cscript%3Ealert(4)%3C/script%3E&to=%22%3E%3Cscript%3Ealert(5)&on=%3Cscript%3E&lang=en";
    let calculator = service.send("POST", "/convert", urlencoded, body);
    assert_eq!(calculator.status, 422);
    for page in [page, bad, calculator] {
        assert!(page.body.contains("&lt;script&gt;"), "what was sent is not shown: {}", page.body);
        assert_eq!(page.body.matches("<script").count(), 1, "{}", page.body);
        assert!(page.body.contains("<script src=\"/site.js\" defer>"));
    }
}

/// Rule: without a script the forms answer as pages.
#[test]
fn plain_forms_answer() {
    let service = Service::start();
    let urlencoded = "Content-Type: application/x-www-form-urlencoded\r\n";
    let page = service.send("POST", "/convert?ui=fr", urlencoded, b"amount=59,5+Md%E2%82%AC&to=USD&on=2023-05-26&lang=fr");
    assert!(page.body.contains("63\u{202f}968\u{202f}450\u{202f}000,00 USD"), "{}", page.body);
    let page = service.send("POST", "/growth", urlencoded, b"prior=73351.5&current=59477.1&lang=en");
    assert!(page.body.contains("−18.91"), "{}", page.body);
    let page = service.send("POST", "/implied", urlencoded, b"current=CNY+59.5bn&change=-18.9&lang=en");
    assert!(page.body.contains("73,366,200,000 CNY"), "{}", page.body);
    assert!(service.send("GET", "/", "Accept-Language: de, fr;q=0.8, en;q=0.5\r\n", b"").body.contains("<html lang=\"fr\">"));
}

/// Rule: the log names addresses and times, and no word of what was sent.
#[test]
#[cfg(unix)]
fn the_log_keeps_no_text() {
    let service = Service::start();
    service.post_json("/api/check", r#"{"text":"SECRET 5 million","lang":"SECRET"}"#);
    service.get("/api/rate?pair=SECRET");
    service.send("SECRET", "/SECRET/path", "User-Agent: SECRET\r\n", b"SECRET");
    service.post_form("/", ("SECRET.txt", b"SECRET"), &[]);
    let (log, status) = service.stop();
    assert_eq!(status, Some(0));
    assert_eq!(log.lines().count(), 4, "{log}");
    assert!(log.lines().all(|line| serde_json::from_str::<Value>(line).unwrap()["micros"].is_u64()), "{log}");
    assert!(!log.contains("SECRET"), "{log}");
}

/// Rule: a client that keeps its request back is cut off; the others do not wait for it.
#[test]
fn slow_clients_are_cut_off() {
    let service = Service::start();
    let started = Instant::now();
    let mut slow: Vec<_> = (0..100).map(|_| service.connect()).collect();
    for stream in &mut slow {
        stream.write_all(b"POST /api/check HTTP/1.1\r\nHost: localhost\r\nX-Slow: ").unwrap();
    }
    let mut body = service.connect();
    body.write_all(b"POST /api/check HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{")
        .unwrap();
    assert_eq!(service.get("/health").status, 200);
    assert!(started.elapsed() < Duration::from_secs(5), "the others waited");
    for stream in slow {
        let answer = read(stream);
        assert!(answer.status == 0 || answer.status == 408, "{}", answer.head);
    }
    assert!(started.elapsed() < Duration::from_secs(20), "cut off after {:?}", started.elapsed());
    assert_eq!(read(body).status, 408);
    assert_eq!(service.get("/health").status, 200);
}

/// Rule: a service that is told to stop answers what is under way.
#[test]
#[cfg(unix)]
fn what_is_under_way_is_answered() {
    let service = Service::start();
    let mut stream = service.connect();
    let text = r#"{"text":"Sales rose 10% to $110m from $100m."}"#;
    let head =
        format!("POST /api/check HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n", text.len());
    stream.write_all(head.as_bytes()).unwrap();
    std::thread::sleep(Duration::from_millis(300));
    service.terminate();
    std::thread::sleep(Duration::from_millis(300));
    stream.write_all(text.as_bytes()).unwrap();
    let answer = read(stream);
    assert_eq!(answer.status, 200);
    assert!(answer.body.contains("\"ties\""));
    assert_eq!(service.stop_status(), Some(0));
}
