//! No credential is in anything that a failing run shows, also when the gateway repeats it.

use super::server::{Reply, Server, json};
use super::*;

/// Credentials with letters that travel in other forms: percent-encoded, as Basic, in JSON.
const USER: &str = "ana+sms@example.net";
const PASSWORD: &str = "hunter2/\"&=ß";

const AUTHS: [&str; 4] = [
    "[auth]\nkind = \"basic\"\nuser = \"{user}\"\npassword = \"{password}\"\n",
    "[auth]\nkind = \"bearer\"\ntoken = \"{password}\"\n",
    "[auth]\nkind = \"header\"\nname = \"X-Key\"\nvalue = \"{password}\"\n",
    "[auth]\nkind = \"query\"\nname = \"key\"\nvalue = \"{password}\"\n",
];

fn definition(auth: &str) -> String {
    let plain = PLAIN.replace("[auth]\nkind = \"bearer\"\ntoken = \"{token}\"\n", auth);
    let variables =
        "[variable.user]\nhelp = \"the user\"\n[variable.password]\nhelp = \"the password\"\nsecret = true\n";
    format!("{plain}{variables}").replace("{base}/send", "{base}/{password}/send")
}

/// Everything that comes of a setup, as a person and a log would see it.
fn shown(setup: Setup) -> String {
    let debug = format!("{setup:?}");
    let bench = Bench::with(setup);
    let up = format!("{:?}", bench.next());
    let outcome = bench.outcome(1, "PASSWORD,0000,1234#");
    format!("{debug}\n{up}\n{}\n{outcome:?}", bench.post.spec())
}

#[test]
fn whatever_fails_shows_no_credential() {
    let echo = |status| {
        move |seen: &super::server::Seen| {
            let all = format!("{} {} {}", seen.line, seen.headers.join(" "), seen.body);
            json(status, &serde_json::json!({"code": all, "message": all}).to_string())
        }
    };
    for auth in AUTHS {
        let mut servers: Vec<(Server, &str)> =
            [200, 302, 400, 401, 403, 429, 500].map(|status| (Server::start(echo(status)), "http")).into();
        servers.push((Server::start(|_| Reply::Raw("")), "http"));
        servers.push((Server::start(|_| Reply::Raw("HTTP/9 what\r\n\r\n")), "http"));
        servers.push((Server::start(|_| Reply::Silence), "https"));
        servers.push((
            Server::start(|_| {
                Reply::Whole(307, "location: http://u:hunter2%2F%22%26%3D%C3%9F@x/\r\n", String::new())
            }),
            "http",
        ));
        for (server, scheme) in servers {
            let url = format!("{scheme}://127.0.0.1:{}", server.address.port());
            let mut setup = setup(&definition(auth), &url, |given| {
                given.read = Some(Duration::from_millis(500));
                given.connect = Some(Duration::from_millis(500));
                given.values.insert("user".to_owned(), Secret::new(USER));
                given.values.insert("password".to_owned(), Secret::new(PASSWORD));
            });
            setup.trust(&fixture("tls/ca.pem")).unwrap();
            let shown = shown(setup);
            // As it is, as it stands in a URL, in a form, in JSON and in debugging output; and Basic's own form.
            let basic = super::super::call::basic(USER, PASSWORD);
            for form in ["hunter2", &basic, "0000,1234", "%22%26"] {
                assert!(!shown.contains(form), "{auth} {url}: {form}\n{shown}");
            }
        }
    }
}

#[test]
fn words_that_repeat_a_credential_or_the_message_are_replaced_as_a_whole() {
    for (words, shown) in [
        ("the key the-token is unknown", "(its words are not shown, as they repeat a credential)"),
        ("cannot send \"BEGIN123456#\"", "(its words are not shown, as they repeat the message)"),
        ("no credit.", "no credit"),
    ] {
        let server = Server::start(move |_| json(400, &serde_json::json!({ "message": words }).to_string()));
        let (cause, _) = rejected(Bench::open(PLAIN, &server.url()).up().outcome(1, "BEGIN123456#"));
        assert!(
            cause.sentence.ends_with(&format!("does not take the message: {shown}")),
            "{}",
            cause.sentence
        );
    }
}

#[test]
fn an_error_of_the_setup_shows_no_value() {
    let definition = || load(&definition(AUTHS[0])).unwrap();
    let given = |url: &str, password: &str| {
        let values = [("user", USER), ("password", password)];
        let values = values.map(|(name, value)| (name.to_owned(), Secret::new(value))).into();
        Given { url: Some(url.to_owned()), values, ..Given::default() }
    };
    for given in [
        given("http://u:hunter2@127.0.0.1", "x"),
        given("https://127.0.0.1/?key=hunter2", "x"),
        given("ftp://hunter2", "x"),
        given("https://127.0.0.1", "hunter2\r\nX: y"),
    ] {
        let error = Setup::new("office", definition(), given).unwrap_err();
        let shown = format!("{error} {error:?} {:?}", error.hint());
        assert!(!shown.contains("hunter2"), "{shown}");
    }
}

#[test]
fn a_token_that_was_fetched_and_a_credential_in_any_encoding_are_not_shown() {
    // Form decoders and loggers escape what they please: here one letter, in small digits, and one that needed none.
    for words in ["no such token: fetched+t/k", "no such token: fetched%2bt/k", "the key is %74he-token"] {
        let server = Server::start(move |seen| match seen.is("POST /oauth") {
            true => json(200, r#"{"access_token":"fetched+t/k"}"#),
            false => json(400, &serde_json::json!({ "message": words }).to_string()),
        });
        let (cause, _) = rejected(Bench::open(&tokens::with_token(), &server.url()).up().outcome(1, "A#"));
        assert!(cause.sentence.contains("are not shown, as they repeat a credential"), "{}", cause.sentence);
    }
}
