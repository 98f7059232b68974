//! A stranger verifies: by number and key, by credential, by PDF; and sees an end of a certificate at once.

use axum::body::{Body, Bytes};
use certificate_issuer::credential::{self, Addresses};
use futures_util::stream::{self, StreamExt};
use http::{HeaderValue, Method, Request, StatusCode};
use serde_json::{Value, json};
use testkit::{Answered, TestBed, TestPerson, on_both_databases};
use tokio::sync::oneshot;

use crate::office;
use crate::office::{Office, encoded, text, wide};

struct Held {
    id: String,
    serial: String,
    key: String,
    token: Vec<u8>,
    pdf: Vec<u8>,
}

async fn held(office: &Office, learner: &TestPerson) -> Held {
    let certificate = office.certificate_of(learner).await;
    let id = text(&certificate["id"]);
    let file = |name: &str| format!("/api/v1/certificates/{id}/{name}");
    let mine = office.app.as_person(learner);
    let token = mine.get(&file("credential.jwt")).await.expect(200).bytes;
    let pdf = mine.get(&file("pdf")).await.expect(200).bytes;
    let url = text(&certificate["verify_url"]);
    let key = url.rsplit("?k=").next().expect("a key").to_owned();
    Held { id, serial: text(&certificate["serial"]), key, token, pdf }
}

async fn asked(office: &Office, serial: &str, key: &str) -> Answered {
    office.app.as_nobody().get(&format!("/api/v1/public/certificates/{serial}?key={key}")).await
}

on_both_databases!(number_and_key_show_every_printed_field_and_no_more, |bed: TestBed| async move {
    let office = Office::new(&bed, &["王晓兰"]).await;
    office.issued(&bed).await;
    let held = held(&office, &office.learners[0]).await;
    let shown = asked(&office, &held.serial.to_lowercase(), &held.key).await.expect(200).json();
    assert_eq!(
        shown,
        json!({
            "serial": held.serial, "status": "valid", "issued_on": "2026-11-02", "checked_at": "2026-11-02T01:00:00Z",
            "printed": {
                "learner_name": "王晓兰", "training_title": "复式教学入门", "starts_on": "2026-11-02",
                "ends_on": "2026-12-27", "hours": 32, "credits": "32", "grade": "excellent",
                "assessed_by": "威宁县教师发展中心", "issuer_name": "贵州省教师培训办公室",
            },
        })
    );
    for key in ["", "00000000", "nonsense"] {
        let refused = asked(&office, &held.serial, key).await;
        refused.expect_problem(StatusCode::NOT_FOUND, "certificate.not_found");
    }
    let mistyped = held.serial.replace("0001", "0002");
    asked(&office, &mistyped, &held.key)
        .await
        .expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "certificate.serial_mistyped");
    asked(&office, "12345", &held.key)
        .await
        .expect_problem(StatusCode::UNPROCESSABLE_ENTITY, "certificate.serial_form");
});

on_both_databases!(credential_and_pdf_verify_and_altered_ones_are_refused, |bed: TestBed| async move {
    let office = Office::new(&bed, &["王晓兰"]).await;
    office.issued(&bed).await;
    let held = held(&office, &office.learners[0]).await;
    for file in [&held.token, &held.pdf] {
        let shown = office.verify(file).await.expect(200).json();
        assert_eq!((text(&shown["status"]), &shown["serial"]), ("valid".into(), &json!(held.serial)));
    }

    let refused = |answer: Answered, code: &str| {
        answer.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, code);
    };
    // Another name under the same signature.
    let token = String::from_utf8(held.token.clone()).expect("a token");
    let parts: Vec<&str> = token.split('.').collect();
    refused(office.verify(forged(&parts).as_bytes()).await, "certificate.altered");
    // The server's clock went back: that makes no forgery.
    bed.clock.advance_seconds(-3_600);
    for file in [&held.token, &held.pdf] {
        refused(office.verify(file).await, "certificate.from_the_future");
    }
    refused(office.verify(forged(&parts).as_bytes()).await, "certificate.altered");
    bed.clock.advance_seconds(3_600);
    // Signed well, but by a stranger.
    let addresses = Addresses::below("https://lingxue.example.org").expect("a base");
    let badge = credential::verify(&token, &addresses, office.issuing.keys().public(), bed.ambient.now());
    let foreign = credential::sign(&badge.expect("ours"), &addresses, office.other_keys(&bed).newest());
    refused(office.verify(foreign.expect("signed").as_bytes()).await, "certificate.unknown_issuer");
    refused(office.verify(b"%PDF-1.7 a scan").await, "certificate.no_credential");
    refused(office.verify(b"hello").await, "certificate.unreadable");
    refused(office.verify(&[0xff, 0xfe]).await, "certificate.unreadable");
    // What was cut off, what is no text, and what we signed and is no certificate: none of them was altered.
    let list = office.app.as_nobody().get("/credentials/status/1").await.expect(200).bytes;
    let cut = &held.token[..held.token.len() - 5];
    let broken = format!("{}.{}.{}", parts[0], &parts[1][1..], parts[2]);
    for file in [cut, parts[1].as_bytes(), broken.as_bytes(), &list] {
        refused(office.verify(file).await, "certificate.unreadable");
    }
    let english = office.app.as_nobody().in_english().get("/api/v1/public/certificates/1?key=1").await;
    assert!(text(&english.json()["title"]).starts_with("This is not a certificate number"));
});

on_both_databases!(number_and_key_are_read_as_they_are_meant, |bed: TestBed| async move {
    let office = Office::new(&bed, &["王晓兰"]).await;
    office.issued(&bed).await;
    let held = held(&office, &office.learners[0]).await;
    let (serial, key) = (&held.serial, &held.key);
    let spaced = format!("{} {}", &key[..4], &key[4..]);
    for (serial, key) in [
        (wide(serial), wide(key)),
        (serial.replace('-', ""), key.to_uppercase()),
        (serial.replace('-', " "), spaced),
        (serial.replace('-', "—"), key.replace('0', "O").replace('1', "l")),
        (serial.replace('0', "O").to_lowercase(), key.replace('0', "o").replace('1', "I")),
        (format!("\u{feff}\u{202d}{serial}\u{202c}"), format!("\u{3000}{key}\r\n")),
    ] {
        let shown = asked(&office, &encoded(&serial), &encoded(&key)).await.expect(200).json();
        assert_eq!(shown["serial"], held.serial.as_str(), "{serial} {key}");
        let credential = format!("/credentials/{}?k={}", encoded(&serial), encoded(&key));
        assert_eq!(office.app.as_nobody().get(&credential).await.expect(200).bytes, held.token);
    }
});

on_both_databases!(a_credential_is_read_as_editors_and_mail_programs_leave_it, |bed: TestBed| async move {
    let office = Office::new(&bed, &["王晓兰"]).await;
    office.issued(&bed).await;
    let held = held(&office, &office.learners[0]).await;
    let token = String::from_utf8(held.token.clone()).expect("a token");
    let wrapped = |end: &str| {
        let lines: Vec<&str> =
            token.as_bytes().chunks(76).map(|line| std::str::from_utf8(line).expect("ASCII")).collect();
        lines.join(end)
    };
    let utf16: Vec<u8> = format!("\u{feff}{token}\r\n").encode_utf16().flat_map(u16::to_le_bytes).collect();
    for file in [
        format!("\u{feff}{token}").into_bytes(),
        format!("{token}\r\n").into_bytes(),
        format!("\"{token}\"\n").into_bytes(),
        wrapped("\n").into_bytes(),
        format!("\u{feff}{}\r\n", wrapped("\r\n  ")).into_bytes(),
        wrapped("=\r\n").into_bytes(),
        utf16,
    ] {
        let shown = office.verify(&file).await.expect(200).json();
        assert_eq!((text(&shown["serial"]), shown.get("paper")), (held.serial.clone(), None));
    }
});

on_both_databases!(a_pdf_is_judged_by_its_signed_content_and_says_what_differs, |bed: TestBed| async move {
    let office = Office::new(&bed, &["王晓兰"]).await;
    office.issued(&bed).await;
    let held = held(&office, &office.learners[0]).await;
    let ending = |end: &[u8]| [held.pdf.trim_ascii_end(), end].concat();
    for (file, paper) in [
        (held.pdf.clone(), "as_issued"),
        ([&held.pdf[..], b"\n"].concat(), "other_end"),
        ([&held.pdf[..], b"\r\n \n"].concat(), "other_end"),
        ([b"\n", &held.pdf[..]].concat(), "differs"),
        // Something painted over, with the attachment as it was.
        ([&held.pdf[..], b"\n% one more line\n"].concat(), "differs"),
        (ending(b"\n%%EOF"), "differs"),
    ] {
        let shown = office.verify(&file).await.expect(200).json();
        assert_eq!((text(&shown["paper"]), text(&shown["status"])), (paper.to_owned(), "valid".to_owned()));
        assert_eq!(shown["printed"]["learner_name"], "王晓兰", "what was signed is what is shown");
    }
    let cut = office.verify(&held.pdf[..held.pdf.len() / 4]).await;
    assert!(["certificate.no_credential", "certificate.unreadable"].contains(&cut.code().as_str()));
});

on_both_databases!(other_sites_read_what_is_published_and_nothing_else, |bed: TestBed| async move {
    let office = Office::new(&bed, &["王晓兰"]).await;
    office.issued(&bed).await;
    let held = held(&office, &office.learners[0]).await;
    let nobody = office.app.as_nobody();
    let origin = ("origin", "https://verifier.example.org");
    let payload = payload(&held.token);
    let below = |id: &Value| text(id).replacen("https://lingxue.example.org", "", 1);
    // The key stands in the header beside the address where it is published.
    let header = header_of(&held.token);
    let key = below(&header["kid"]);
    let published = nobody.get(&key).await.expect(200).json();
    assert_eq!((&published["x"], &published["y"]), (&header["jwk"]["x"], &header["jwk"]["y"]));
    let list = below(&payload["credentialStatus"]["statusListCredential"]);
    let of_list = header_of(&nobody.get(&list).await.expect(200).bytes);
    assert_eq!(of_list["kid"], header["kid"]);
    for path in [list.clone(), format!("/credentials/{}?k={}", held.serial, held.key)] {
        let sent = nobody.get(&path).await.expect(200).headers["content-type"].clone();
        assert_eq!(sent, "application/vc+jwt", "{path}, as the contract says");
    }

    let allowed = "access-control-allow-origin";
    for path in [
        "/keys".to_owned(),
        "/.well-known/jwks.json".to_owned(),
        key,
        below(&payload["issuer"]["id"]),
        below(&payload["credentialSubject"]["achievement"]["id"]),
        list,
        format!("/credentials/{}?k={}", held.serial, held.key),
    ] {
        let read = nobody.request(Method::GET, &path, None, &[origin]).await.expect(200);
        assert_eq!(read.headers[allowed], "*", "{path}");
        assert!(!read.headers.contains_key("access-control-allow-credentials"));
        let asked =
            [origin, ("access-control-request-method", "GET"), ("access-control-request-headers", "accept")];
        let preflight = nobody.request(Method::OPTIONS, &path, None, &asked).await;
        assert_eq!(
            (preflight.status, &preflight.headers[allowed]),
            (200, &HeaderValue::from_static("*")),
            "{path}"
        );
        let methods = preflight.headers["access-control-allow-methods"].to_str().expect("text").to_owned();
        assert!(methods.contains("GET") && !methods.contains("POST"), "{methods}");
    }
    // That there is nothing can be read too.
    let absent = nobody.request(Method::GET, "/keys/other", None, &[origin]).await.expect(404);
    assert_eq!(absent.headers[allowed], "*");
    for path in [
        format!("/api/v1/public/certificates/{}?key={}", held.serial, held.key),
        format!("/api/v1/certificates/{}/credential.jwt", held.id),
        "/api/v1/my/certificates".to_owned(),
    ] {
        let learner = office.app.as_person(&office.learners[0]);
        let read = learner.request(Method::GET, &path, None, &[origin]).await.expect(200);
        assert!(!read.headers.contains_key(allowed), "{path}");
    }
});

on_both_databases!(hostile_files_are_answered_and_hold_nobody_up, |bed: TestBed| async move {
    let office = Office::new(&bed, &["王晓兰"]).await;
    office.issued(&bed).await;
    let held = held(&office, &office.learners[0]).await;
    let most = 2 * 1024 * 1024;
    let filled = |head: &[u8], shape: &[u8]| -> Vec<u8> {
        head.iter().chain(shape.iter().cycle()).copied().take(most).collect()
    };
    // What once kept a core busy for half a minute and more; and a token that would be parsed into many times its size.
    let keywords = filled(b"%PDF-1.7\n", b"obj /EmbeddedFile stream ");
    let nested = filled(b"e30.", b"W10s");
    for _ in 0..2 {
        let asked: Vec<_> = (0..100)
            .map(|turn| {
                let (app, file) = (office.app.clone(), if turn % 2 == 0 { &keywords } else { &nested });
                let request = office::presenting(file);
                tokio::spawn(async move { app.send(request).await })
            })
            .collect();
        for answer in asked {
            let answer = answer.await.expect("the request ends");
            let code = text(&answer.json()["code"]);
            let known = ["certificate.no_credential", "certificate.unreadable", "certificate.busy"];
            assert!(known.contains(&code.as_str()), "{code}");
        }
    }
    // The places are free again, and number and key never needed one.
    asked(&office, &held.serial, &held.key).await.expect(200);
    office.verify(&held.pdf).await.expect(200);
    let larger = office.verify(&filled(b"%PDF-1.7\n", &[0; 64]).repeat(2)).await;
    larger.expect_problem(StatusCode::PAYLOAD_TOO_LARGE, "certificate.file_too_large");
});

/// A file that never comes: a stranger's request, and what says that its body is being read.
fn never_sent(address: [u8; 4]) -> (Request<Body>, oneshot::Receiver<()>) {
    let (reading, is_read) = oneshot::channel();
    let silence = stream::once(async move {
        let _ = reading.send(());
        std::future::pending::<Result<Bytes, std::io::Error>>().await
    });
    let request = office::presenting(b"").map(|_| Body::from_stream(silence.boxed()));
    (office::from(address, request), is_read)
}

on_both_databases!(silent_senders_take_the_desk_from_nobody_else, |bed: TestBed| async move {
    let office = Office::new(&bed, &["王晓兰"]).await;
    office.issued(&bed).await;
    let held = held(&office, &office.learners[0]).await;
    // Whether a silent request is being read, or was turned away at once.
    let silent = async |address: [u8; 4]| {
        let (request, is_read) = never_sent(address);
        let app = office.app.clone();
        let answer = tokio::spawn(async move { app.send(request).await });
        match is_read.await {
            Ok(()) => Ok(answer),
            Err(_) => Err(answer.await.expect("the request ends")),
        }
    };
    let mut senders = Vec::new();
    for _ in 0..60 {
        match silent([10, 0, 0, 1]).await {
            Ok(sender) => senders.push(sender),
            Err(answer) => {
                answer.expect_problem(StatusCode::SERVICE_UNAVAILABLE, "certificate.busy");
            }
        }
    }
    assert_eq!(senders.len(), 6, "a network has its share");
    let own = office.verify_from([10, 0, 0, 1], &held.pdf).await;
    own.expect_problem(StatusCode::SERVICE_UNAVAILABLE, "certificate.busy");
    office.verify_from([10, 0, 0, 2], &held.pdf).await.expect(200);

    // Many networks take all places together: whoever comes from another one takes the place of the one that has been sending longest.
    for network in 2..=8 {
        for _ in 0..6 {
            senders.push(silent([10, 0, 0, network]).await.expect("a place"));
        }
    }
    assert_eq!(senders.len(), 48);
    office.verify_from([10, 0, 0, 9], &held.pdf).await.expect(200);
    let first = senders.remove(0).await.expect("the request ends");
    first.expect_problem(StatusCode::SERVICE_UNAVAILABLE, "certificate.busy");
    assert!(senders.iter().all(|sender| !sender.is_finished()), "the others have theirs still");
    for sender in senders.drain(..) {
        sender.abort();
        assert!(sender.await.is_err(), "its place is free again");
    }

    // So many networks that each holds one: nobody holds less, and whoever is silent for longer than a file takes gives way.
    for network in 1..=48 {
        senders.push(silent([10, 0, 1, network]).await.expect("a place"));
    }
    let busy = office.verify_from([10, 0, 2, 1], &held.pdf).await;
    busy.expect_problem(StatusCode::SERVICE_UNAVAILABLE, "certificate.busy");
    asked(&office, &held.serial, &held.key).await.expect(200);
    bed.clock.advance_seconds(10);
    office.verify_from([10, 0, 2, 1], &held.pdf).await.expect(200);
    let first = senders.remove(0).await.expect("the request ends");
    first.expect_problem(StatusCode::SERVICE_UNAVAILABLE, "certificate.busy");
    for sender in &senders {
        sender.abort();
    }
});

/// The same token with another learner's name in it.
fn forged(parts: &[&str]) -> String {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    let payload = URL_SAFE_NO_PAD.decode(parts[1]).expect("base64url");
    let payload = String::from_utf8(payload).expect("JSON").replace("王晓兰", "赵无名");
    format!("{}.{}.{}", parts[0], URL_SAFE_NO_PAD.encode(payload), parts[2])
}

on_both_databases!(revocation_is_seen_at_once_and_takes_credits_back, |bed: TestBed| async move {
    let office = Office::new(&bed, &["王晓兰", "李敏"]).await;
    office.issued(&bed).await;
    let held = held(&office, &office.learners[0]).await;
    let body = json!({ "cause": "misconduct", "reason": "经查由他人代学" });
    let change = office.changed(&held.id, "revocation", body.clone()).await;
    assert_eq!(text(&change["state"]), "confirmed");
    let again = format!("/api/v1/certificates/{}/propose-revocation", held.id);
    let again = office.app.as_person(&office.officer).post(&again, body).await;
    again.expect_problem(StatusCode::CONFLICT, "certificate.already_revoked");

    for shown in [asked(&office, &held.serial, &held.key).await, office.verify(&held.pdf).await] {
        let shown = shown.expect(200).json();
        assert_eq!(
            (text(&shown["status"]), text(&shown["revocation"]["reason"])),
            ("revoked".into(), "经查由他人代学".into())
        );
    }
    let credits =
        office.app.as_person(&office.learners[0]).get("/api/v1/my/credits").await.expect(200).json();
    assert_eq!(
        (text(&credits["counted"]), credits["entries"].as_array().map(Vec::len)),
        ("0".into(), Some(2))
    );
    // The published list says the same, offline of us.
    assert_eq!(office.listed_as_revoked(&bed).await, 1, "one of two");
});

on_both_databases!(correction_is_a_new_certificate_in_place_of_the_old, |bed: TestBed| async move {
    let office = Office::new(&bed, &["王小兰"]).await;
    office.issued(&bed).await;
    let learner = &office.learners[0];
    let old = held(&office, learner).await;
    let officer = office.app.as_person(&office.officer);
    let correct = format!("/api/v1/certificates/{}/propose-correction", old.id);
    for (body, code) in [
        (json!({ "learner_name": "王小兰", "reason": "无" }), "certificate.nothing_corrected"),
        (json!({ "learner_name": "王🙂", "reason": "无" }), "certificate.unprintable"),
        (json!({ "ends_on": "2026-10-01", "reason": "无" }), "certificate.unprintable"),
        (
            json!({ "starts_on": "2027-01-01", "ends_on": "2027-03-01", "reason": "无" }),
            "certificate.unprintable",
        ),
        (json!({ "credits": "很多", "reason": "无" }), "certificate.credits"),
        (json!({ "hours": 0, "reason": "无" }), "input.invalid"),
    ] {
        officer.post(&correct, body).await.expect_problem(StatusCode::UNPROCESSABLE_ENTITY, code);
    }
    let body = json!({ "learner_name": "王晓兰", "reason": "姓名有误" });
    office.changed(&old.id, "correction", body).await;
    office.runner(&bed).run_due().await.expect("jobs run");

    let shown = asked(&office, &old.serial, &old.key).await.expect(200).json();
    let certificate = office.certificate_of(learner).await;
    assert_eq!(shown["revocation"]["replaced_by"], certificate["serial"]);
    assert_eq!(text(&certificate["status"]), "valid");
    assert_eq!(text(&certificate["printed"]["learner_name"]), "王晓兰");
    let current = held(&office, learner).await;
    office.verify(&current.pdf).await.expect(200);
    let credits = office.app.as_person(learner).get("/api/v1/my/credits").await.expect(200).json();
    assert_eq!(
        (text(&credits["counted"]), credits["entries"].as_array().map(Vec::len)),
        ("32".into(), Some(1))
    );
});

on_both_databases!(addresses_in_credentials_lead_somewhere, |bed: TestBed| async move {
    let office = Office::new(&bed, &["王晓兰"]).await;
    office.issued(&bed).await;
    let held = held(&office, &office.learners[0]).await;
    let nobody = office.app.as_nobody();
    let keys = nobody.get("/keys").await.expect(200).json();
    let key = text(&keys["keys"][0]["kid"]);
    assert_eq!(nobody.get(&format!("/keys/{key}")).await.expect(200).json(), keys["keys"][0]);
    nobody.get("/keys/other").await.expect_problem(StatusCode::NOT_FOUND, "not_found");
    let achievement = nobody.get(&format!("/achievements/{}", office.training)).await.expect(200).json();
    assert_eq!(achievement["name"], "复式教学入门");
    let payload = payload(&held.token);
    let issuer = text(&payload["issuer"]["id"]);
    let path = issuer.strip_prefix("https://lingxue.example.org").expect("an address of ours");
    assert_eq!(nobody.get(path).await.expect(200).json(), payload["issuer"]);
    let credential = format!("/credentials/{}", held.serial);
    nobody.get(&credential).await.expect_problem(StatusCode::NOT_FOUND, "not_found");
    let with_key = nobody.get(&format!("{credential}?k={}", held.key)).await.expect(200);
    assert_eq!(with_key.bytes, held.token);
});

fn payload(token: &[u8]) -> Value {
    part(token, 1)
}

fn header_of(token: &[u8]) -> Value {
    part(token, 0)
}

fn part(token: &[u8], number: usize) -> Value {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    let token = std::str::from_utf8(token).expect("a token");
    let part = token.split('.').nth(number).expect("three parts");
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).expect("base64url")).expect("JSON")
}
