//! What each answer means, by the table of the project's facts on gateways.

use super::server::{Reply, Seen, Server, json};
use super::*;

/// How a message ends that is answered so.
fn ends(reply: Reply) -> Outcome {
    let server = Server::start(move |_| reply.clone());
    let outcome = Bench::open(PLAIN, &server.url()).up().outcome(1, "A#");
    assert_eq!(server.seen().len(), 1, "one request for one message");
    outcome
}

#[test]
fn a_success_is_what_the_definition_says_is_one() {
    assert_eq!(accepted(ends(json(202, r#"{"id":"abc"}"#))), ["abc"]);
    assert_eq!(accepted(ends(json(200, r#"{"id":17}"#))), ["17"]);
    // Another 2xx, another body, a portal's page: nobody knows what that means.
    for reply in [
        json(204, ""),
        json(202, "{}"),
        json(202, "not JSON"),
        Reply::Whole(
            200,
            "content-type: text/html\r\n",
            "<html>Log in to the hotel's network</html>".to_owned(),
        ),
    ] {
        let said = format!("{reply:?}");
        let cause = unknown(ends(reply));
        assert!(cause.sentence.contains("its definition does not know"), "{said}: {}", cause.sentence);
    }
}

#[test]
fn an_error_inside_a_success_counts_by_its_code() {
    let (cause, temporary) = rejected(ends(json(200, r#"{"code":"no-credit","message":"Top up first."}"#)));
    assert!(!temporary);
    assert_eq!(cause.code.as_deref(), Some("no-credit"));
    assert!(
        cause.sentence.ends_with("does not take the message: Top up first (HTTP 200)"),
        "{}",
        cause.sentence
    );
    assert!(rejected(ends(json(200, r#"{"code":"busy"}"#))).1);
    assert_eq!(unknown(ends(json(200, r#"{"code":"lost"}"#))).code.as_deref(), Some("lost"));
}

#[test]
fn a_refusal_is_a_refusal_with_the_gateways_own_words() {
    for status in [400, 402, 403, 404, 409, 410, 413, 415, 422, 451] {
        let (cause, temporary) = rejected(ends(json(status, r#"{"message":"bad number"}"#)));
        assert!(!temporary, "{status}");
        assert_eq!(cause.code, Some(format!("HTTP {status}")));
        assert!(cause.sentence.ends_with("does not take the message: bad number"), "{}", cause.sentence);
    }
    let plain = Reply::Whole(400, "", "phone number is empty\n".to_owned());
    assert!(rejected(ends(plain)).0.sentence.ends_with(": phone number is empty"));
    assert!(rejected(ends(json(400, r#"{"code":"busy"}"#))).1);
    assert!(rejected(ends(json(425, ""))).1);
}

#[test]
fn too_many_requests_pass_and_say_when() {
    let reply = |header| Reply::Whole(429, header, String::new());
    let (cause, temporary) = rejected(ends(reply("retry-after: 30\r\n")));
    assert!(temporary);
    assert!(cause.sentence.ends_with("takes no more for now, and says to wait 30 s"), "{}", cause.sentence);
    let date = "retry-after: Fri, 31 Jan 2025 12:00:00 GMT\r\n";
    let (cause, _) = rejected(ends(reply(date)));
    assert!(cause.sentence.ends_with("to wait until Fri, 31 Jan 2025 12:00:00 GMT"), "{}", cause.sentence);
    assert!(rejected(ends(reply(""))).1);
}

#[test]
fn what_went_wrong_inside_the_gateway_is_unknown() {
    for status in [500, 501, 502, 503, 504, 599, 408] {
        let cause = unknown(ends(json(status, r#"{"message":"oops"}"#)));
        assert_eq!(cause.code, Some(format!("HTTP {status}")));
        assert!(cause.sentence.ends_with(": oops"), "{}", cause.sentence);
    }
}

#[test]
fn a_redirect_is_not_followed_and_counts_by_what_it_says_of_the_post() {
    for status in [301, 307, 308] {
        let reply = Reply::Whole(status, "location: /elsewhere?token=1\r\n", String::new());
        let (cause, temporary) = rejected(ends(reply));
        assert!(!temporary);
        assert!(cause.sentence.ends_with("is to be asked elsewhere (/elsewhere)"), "{}", cause.sentence);
    }
    // 302 and 303 are what programs answer after they have taken a form, too.
    for status in [300, 302, 303, 304] {
        unknown(ends(Reply::Whole(status, "location: /done\r\n", String::new())));
    }
}

#[test]
fn credentials_that_are_not_taken_send_nothing() {
    let cause = not_sent(ends(json(401, "")));
    assert!(cause.sentence.contains("does not take token"), "{}", cause.sentence);
    assert_eq!(cause.hint.as_deref(), Some("check token in [gateway.office] of the configuration"));
}

#[test]
fn an_answer_without_end_is_not_read_to_its_end() {
    let long = format!(r#"{{"id":"1","x":"{}"}}"#, "x".repeat(3_000_000));
    unknown(ends(json(202, &long)));
    let (_, temporary) = rejected(ends(json(400, &long)));
    assert!(!temporary);
}

#[test]
fn an_id_that_was_taken_before_counts_as_taken() {
    let definition = PLAIN
        .replace("idempotent = false", "idempotent = true")
        .replace("[send.json]", "taken = [409]\n[send.json]");
    let server = Server::start(|_| json(409, r#"{"message":"exists"}"#));
    let bench = Bench::open(&definition, &server.url()).up();
    let references = accepted(bench.outcome(1_700_000_000_000_000, "A#"));
    assert_eq!(server.seen()[0].json()["ref"], references[0].as_str());
    assert!(references[0].starts_with("homing-1700000000000000-"), "{references:?}");
    assert!(references[0].len() <= 36, "{references:?}");
    // The same attempt for another tracker has another id: it is not taken for the first one.
    let other =
        Recipient { phone: Some(Phone::parse("+573001234568", None).unwrap()), ..Recipient::default() };
    bench.post.give(Order::Hand { id: AttemptId(1_700_000_000_000_000), to: other, text: "A#".to_owned() });
    let News::Prompt(id) = bench.next() else { panic!("no prompt") };
    bench.post.give(Order::Release(id));
    let News::Outcome(_, outcome) = bench.next() else { panic!("no outcome") };
    assert_ne!(accepted(outcome), references);
}

#[test]
fn nothing_leaves_before_it_is_released_and_what_is_taken_back_never_does() {
    let server = Server::start(|_| json(202, r#"{"id":"1"}"#));
    let bench = Bench::open(PLAIN, &server.url()).up();
    bench.hand(1, "one");
    assert_eq!(bench.next(), News::Prompt(AttemptId(1)));
    bench.post.give(Order::Abort(AttemptId(1)));
    let News::Outcome(AttemptId(1), outcome) = bench.next() else { panic!("no outcome") };
    not_sent(outcome);
    // A release that comes too late lets nothing out.
    bench.post.give(Order::Release(AttemptId(1)));
    accepted(bench.outcome(2, "two"));
    bench.hand(3, "three");
    assert_eq!(bench.next(), News::Prompt(AttemptId(3)));
    let Bench { post, news } = bench;
    drop(post);
    let News::Outcome(AttemptId(3), outcome) = news.recv_timeout(PATIENCE).unwrap() else {
        panic!("no outcome")
    };
    not_sent(outcome);
    let texts: Vec<_> = server.seen().iter().map(|seen: &Seen| seen.json()["text"].clone()).collect();
    assert_eq!(texts, ["two"]);
}

#[test]
fn closing_waits_for_what_is_under_way() {
    let server = Server::start(|_| {
        std::thread::sleep(Duration::from_millis(100));
        json(202, r#"{"id":"1"}"#)
    });
    let bench = Bench::open(PLAIN, &server.url()).up();
    bench.hand(1, "A#");
    assert_eq!(bench.next(), News::Prompt(AttemptId(1)));
    bench.post.give(Order::Release(AttemptId(1)));
    let Bench { post, news } = bench;
    drop(post);
    let News::Outcome(AttemptId(1), outcome) = news.recv_timeout(PATIENCE).unwrap() else {
        panic!("no outcome")
    };
    accepted(outcome);
    assert!(news.recv().is_err(), "the courier has stopped");
}

#[test]
fn no_more_are_prompted_than_may_be_under_way() {
    let server = Server::start(|_| json(202, r#"{"id":"1"}"#));
    let setup = setup(PLAIN, &server.url(), |given| given.concurrency = Some(2));
    let bench = Bench::with(setup).up();
    for id in 1..=5 {
        bench.hand(id, "A#");
    }
    assert_eq!([bench.next(), bench.next()], [News::Prompt(AttemptId(1)), News::Prompt(AttemptId(2))]);
    // The third comes when one of them has ended, and not before.
    bench.post.give(Order::Release(AttemptId(2)));
    let News::Outcome(AttemptId(2), outcome) = bench.next() else { panic!("no outcome") };
    accepted(outcome);
    assert_eq!(bench.next(), News::Prompt(AttemptId(3)));
}

#[test]
fn a_recipient_is_addressed_as_the_gateway_wants_it() {
    let server = Server::start(|_| json(202, r#"{"id":"1"}"#));
    for (format, address) in [
        ("e164", Some("+573001234567")),
        ("digits", Some("573001234567")),
        ("sim_id", Some("a/../b?c")),
        ("iccid", None),
    ] {
        let definition = PLAIN
            .replace("to_format = \"e164\"", &format!("to_format = \"{format}\""))
            .replace("{base}/send", "{base}/sims/{to}/sms");
        let bench = Bench::open(&definition, &server.url()).up();
        let to = Recipient { sim_id: Some("a/../b?c".to_owned()), ..to() };
        bench.post.give(Order::Hand { id: AttemptId(1), to, text: "A#".to_owned() });
        assert_eq!(bench.next(), News::Prompt(AttemptId(1)));
        bench.post.give(Order::Release(AttemptId(1)));
        let News::Outcome(_, outcome) = bench.next() else { panic!("no outcome") };
        let Some(address) = address else {
            assert_eq!(not_sent(outcome).hint.as_deref(), Some("give it as --iccid"));
            continue;
        };
        accepted(outcome);
        let seen = server.seen().pop().unwrap();
        assert_eq!(seen.json()["to"], address);
        // What stands in a path stays one part of it.
        assert_eq!(seen.line.matches('/').count(), 4, "{}", seen.line);
        assert!(!seen.line.contains('?'), "{}", seen.line);
    }
}

#[test]
fn a_message_that_is_too_long_for_the_gateway_is_not_sent() {
    let server = Server::start(|_| json(202, r#"{"id":"1"}"#));
    let definition = PLAIN.replace("schema = 1", "schema = 1\nmax_chars = 5");
    let bench = Bench::open(&definition, &server.url()).up();
    assert_eq!(accepted(bench.outcome(1, "äöü12")), ["1"]);
    let cause = not_sent(bench.outcome(2, "123456"));
    assert_eq!(cause.sentence, "the message has 6 characters and this gateway takes at most 5");
    assert_eq!(server.seen().len(), 1);
}

/// Texts that would break out of JSON, a form or a URL if they were pasted into it.
const WILD: &[&str] = &[
    r#"","to":"+15550000000"#,
    r#"\"}]}{"#,
    "a&to=%2B15550000000&b=c#d",
    "x\r\nX-Injected: yes\r\n\r\n",
    "{token}{{to}}",
    "ñ€😀\u{0}\u{202e}",
    "100% +1 ~",
];

#[test]
fn no_text_can_change_the_shape_of_a_request() {
    let form = PLAIN.replace("[send.json]", "[send.form]");
    let query = PLAIN.replace("\"POST\"", "\"GET\"").replace("[send.json]", "[send.query]");
    for (kind, definition) in [("json", PLAIN), ("form", form.as_str()), ("query", query.as_str())] {
        let server = Server::start(|_| json(202, r#"{"id":"1"}"#));
        let bench = Bench::open(definition, &server.url()).up();
        for (id, text) in WILD.iter().enumerate() {
            accepted(bench.outcome(id as u64, text));
            let seen = server.seen().pop().unwrap();
            assert_eq!(seen.header("x-injected"), None);
            let fields: Vec<(String, String)> = match kind {
                "json" => {
                    let json = seen.json();
                    let fields = json.as_object().unwrap().iter();
                    fields.map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned())).collect()
                }
                "form" => pairs(&seen.body),
                _ => pairs(seen.line.split(' ').nth(1).unwrap().split_once('?').unwrap().1),
            };
            let get = |name: &str| fields.iter().find(|(key, _)| key == name).unwrap().1.clone();
            assert_eq!(fields.len(), 3, "{kind} {text:?}: {fields:?}");
            assert_eq!((get("to"), get("text")), ("+573001234567".to_owned(), (*text).to_owned()), "{kind}");
        }
    }
}

/// Names and values of a form.
fn pairs(form: &str) -> Vec<(String, String)> {
    let url = reqwest::Url::parse(&format!("http://x/?{form}")).unwrap();
    url.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}

#[test]
fn a_definition_cannot_lead_plain_http_out_of_this_machine() {
    let definition = PLAIN.replace("{base}/send", "http://192.0.2.1/send");
    let cause = not_sent(Bench::open(&definition, "http://127.0.0.1:1").up().outcome(1, "A#"));
    assert!(cause.sentence.ends_with("plain HTTP is not spoken to 192.0.2.1"), "{}", cause.sentence);
}
