//! Reading a request of a definition, with its places for values, and what goes with every request.

use std::ops::Range;
use std::time::Duration;

use reqwest::Method;
use reqwest::header::HeaderName;

use super::parts::{extracts, header, judged, required_extracts, texts};
use super::tree;
use super::{FIRST, PLAIN, Places, Reader};
use crate::courier::gateway::definition::{Auth, Content, Request, TokenStep};
use crate::courier::gateway::template::{Node, Template};
use crate::profile::Located;
use crate::profile::reader::Table;

impl Reader {
    pub(super) fn template(&self, table: &Table<'_>, text: &Located<String>, places: Places) -> Template {
        let template = judged(table, text, Template::parse(text)).unwrap_or_default();
        self.note(&template, &text.at, places);
        template
    }

    fn note(&self, template: &Template, at: &Range<usize>, places: Places) {
        let mut seen = self.seen.borrow_mut();
        seen.extend(template.places().map(|place| (at.clone(), place.name.clone(), places)));
    }

    pub(super) fn required(&self, table: &Table<'_>, key: &'static str, places: Places) -> Template {
        let text = table.required(key);
        self.template(table, &text, places)
    }

    fn pairs(&self, table: &Table<'_>, key: &'static str, places: Places) -> Vec<(String, Template)> {
        let pairs = table.located_pairs(key);
        pairs.into_iter().map(|(name, text)| (name, self.template(table, &text, places))).collect()
    }

    pub(super) fn source(&self, table: &Table<'_>) -> Vec<String> {
        let texts = texts(table, "source");
        let ids = texts.iter().map(|text| text.value.clone()).collect();
        self.sources.borrow_mut().extend(texts);
        ids
    }

    pub(super) fn request(&self, table: &Table<'_>, places: Places) -> Request {
        let method = table.required("method");
        let method = match method.as_str() {
            "GET" => Method::GET,
            "PUT" => Method::PUT,
            "DELETE" => Method::DELETE,
            "POST" | "" => Method::POST,
            other => {
                let help = Some("one of: GET, POST, PUT, DELETE".to_owned());
                table.bad(method.at.clone(), format!("`method` is \"{other}\""), help);
                Method::POST
            }
        };
        let url = table.required("url");
        let beginnings = ["{base}", "https://", "http://"];
        let begins = beginnings.iter().any(|begin| url.starts_with(begin));
        if !url.is_empty() && (!begins || url.get(1..).is_some_and(|rest| rest.contains("{base}"))) {
            let message = format!("`url` is \"{}\": it begins with {{base}} or https://", url.value);
            table.bad(url.at.clone(), message, Some("{base} is the `url` of the configuration".to_owned()));
        }
        if url.contains(['?', '#']) {
            let help = Some("what stands behind the `?` goes into `query`".to_owned());
            table.bad(url.at.clone(), "`url` holds a query".to_owned(), help);
        }
        Request {
            url: self.template(table, &url, places),
            query: self.pairs(table, "query", places),
            headers: self.headers(table, places),
            body: self.content(table, &method, places),
            open: table.flag("open"),
            source: self.source(table),
            method,
        }
    }

    fn headers(&self, table: &Table<'_>, places: Places) -> Vec<(HeaderName, Template)> {
        let mut headers = Vec::new();
        for (name, text) in table.located_pairs("headers") {
            let template = self.template(table, &text, places);
            headers.extend(header(table, &name, &text.at).map(|name| (name, template)));
        }
        headers
    }

    fn content(&self, table: &Table<'_>, method: &Method, places: Places) -> Content {
        let form = self.pairs(table, "form", places);
        let json = table.find("json");
        let (has_form, has_json) = (table.has("form"), table.has("json"));
        if has_form && has_json {
            table.bad(table.span_of("form"), "a request has `json` or `form`, not both".to_owned(), None);
        }
        if (has_form || has_json) && *method == Method::GET {
            let key = if has_form { "form" } else { "json" };
            table.bad(
                table.span_of(key),
                "a GET request has no body".to_owned(),
                Some("use `query`".to_owned()),
            );
        }
        let Some(json) = json else {
            return if has_form { Content::Form(form) } else { Content::None };
        };
        let mut templates = Vec::new();
        match tree::node(json, &mut templates) {
            Ok(node) => {
                templates.iter().for_each(|(template, at)| self.note(template, at, places));
                Content::Json(node)
            }
            Err((at, message)) => {
                table.bad(at, message, None);
                Content::Json(Node::Table(Vec::new()))
            }
        }
    }

    pub(super) fn auth(&self, table: Table<'_>) -> Auth {
        let kind = table.required("kind");
        let auth = match kind.as_str() {
            "none" => Auth::None,
            "basic" => Auth::Basic {
                user: self.required(&table, "user", PLAIN),
                password: self.required(&table, "password", PLAIN),
            },
            "bearer" => Auth::Bearer { token: self.required(&table, "token", PLAIN) },
            "header" => {
                let name = table.required("name");
                let value = self.required(&table, "value", PLAIN);
                header(&table, &name, &name.at).map_or(Auth::None, |name| Auth::Header { name, value })
            }
            "query" => Auth::Query {
                name: table.required("name").value,
                value: self.required(&table, "value", PLAIN),
            },
            "" => Auth::None,
            other => {
                let help = Some("one of: none, basic, bearer, header, query".to_owned());
                table.bad(kind.at.clone(), format!("`kind` is \"{other}\""), help);
                Auth::None
            }
        };
        table.finish();
        auth
    }

    pub(super) fn token(&self, table: Table<'_>) -> TokenStep {
        let step = TokenStep {
            request: self.request(&table, FIRST),
            auth: table.table("auth").map(|table| self.auth(table)),
            at: required_extracts(&table, "at"),
            expires: extracts(&table, "expires"),
            lifetime: table.duration("lifetime").unwrap_or(Duration::from_secs(300)),
        };
        table.finish();
        step
    }
}
