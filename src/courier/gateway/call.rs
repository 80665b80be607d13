//! A request of a definition, with its values, as HTTP. It writes only; nothing is sent here.

use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, Url};
use thiserror::Error;

use super::definition::{Auth, Content, Request};
use super::template::{TemplateError, Values};

/// A request that can be sent. It is not printed, as it holds credentials.
pub(super) struct Call {
    pub(super) method: Method,
    pub(super) url: Url,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
}

/// Why a request cannot be written. Holds no value.
#[derive(Debug, Error)]
pub(super) enum CallError {
    #[error("the request cannot be written: {0}")]
    Template(#[from] TemplateError),
    #[error("the request cannot be written: its URL is none: {0}")]
    Url(String),
    #[error("the request cannot be written: the header {0} cannot hold its value")]
    Header(HeaderName),
}

impl Call {
    /// Writes a request.
    ///
    /// # Errors
    /// A value is missing, or has no place in a path, a number or a header.
    pub(super) fn write(request: &Request, auth: &Auth, values: &Values) -> Result<Self, CallError> {
        let url = request.url.fill_url(values)?;
        let mut url = Url::parse(&url).map_err(|error| CallError::Url(error.to_string()))?;
        let mut query: Vec<(&str, String)> = Vec::new();
        for (name, value) in &request.query {
            query.extend(value.fill(values).map(|value| (name.as_str(), value)));
        }
        let mut headers = HeaderMap::new();
        for (name, value) in &request.headers {
            if let Some(value) = value.fill(values) {
                headers.insert(name, header(name, &value)?);
            }
        }
        let body = match &request.body {
            Content::None => Vec::new(),
            Content::Json(node) => {
                headers.entry(CONTENT_TYPE).or_insert(HeaderValue::from_static("application/json"));
                node.fill(values)?.map(|json| json.to_string().into_bytes()).unwrap_or_default()
            }
            Content::Form(fields) => {
                let form = HeaderValue::from_static("application/x-www-form-urlencoded");
                headers.entry(CONTENT_TYPE).or_insert(form);
                let filled =
                    fields.iter().filter_map(|(name, value)| Some((name.as_str(), value.fill(values)?)));
                form_text(&url, filled).into_bytes()
            }
        };
        if !request.open {
            authorise(auth, values, &mut headers, &mut query)?;
        }
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        Ok(Self { method: request.method.clone(), url, headers, body })
    }
}

/// Names and values as a form writes them; a URL's query has the same form.
fn form_text<'n>(any: &Url, fields: impl Iterator<Item = (&'n str, String)>) -> String {
    let mut url = any.clone();
    url.set_query(None);
    url.query_pairs_mut().extend_pairs(fields);
    url.query().unwrap_or_default().to_owned()
}

fn authorise<'a>(
    auth: &'a Auth,
    values: &Values,
    headers: &mut HeaderMap,
    query: &mut Vec<(&'a str, String)>,
) -> Result<(), CallError> {
    match auth {
        Auth::None => {}
        Auth::Basic { user, password } => {
            let (user, password) =
                (user.fill(values).unwrap_or_default(), password.fill(values).unwrap_or_default());
            let value = format!("Basic {}", basic(&user, &password));
            headers.insert(AUTHORIZATION, header(&AUTHORIZATION, &value)?);
        }
        Auth::Bearer { token } => {
            let value = format!("Bearer {}", token.fill(values).unwrap_or_default());
            headers.insert(AUTHORIZATION, header(&AUTHORIZATION, &value)?);
        }
        Auth::Header { name, value } => {
            headers.insert(name, header(name, &value.fill(values).unwrap_or_default())?);
        }
        Auth::Query { name, value } => query.push((name, value.fill(values).unwrap_or_default())),
    }
    Ok(())
}

/// A header's value, marked so that no debugging output shows it.
fn header(name: &HeaderName, value: &str) -> Result<HeaderValue, CallError> {
    let mut value = HeaderValue::from_str(value).map_err(|_| CallError::Header(name.clone()))?;
    value.set_sensitive(true);
    Ok(value)
}

/// User and password as RFC 7617 sends them.
pub(super) fn basic(user: &str, password: &str) -> String {
    base64(format!("{user}:{password}").as_bytes())
}

/// RFC 4648, section 4.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let octet = |at: usize| u32::from(chunk.get(at).copied().unwrap_or_default());
        let all = octet(0) << 16 | octet(1) << 8 | octet(2);
        for at in 0..4 {
            let sextet = (all >> (18 - 6 * at)) & 0x3F;
            let letter = LETTERS.get(sextet as usize).copied().unwrap_or(b'=');
            text.push(if at > chunk.len() { '=' } else { char::from(letter) });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_rfc_4648() {
        // The test vectors of its section 10, and the example of RFC 7617, section 2.
        for (text, encoded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(text.as_bytes()), encoded);
        }
        assert_eq!(basic("Aladdin", "open sesame"), "QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    }
}
