//! Rust source as the laws need it: its tokens without comments and literals, without what only tests compile,
//! and every path it names, spelled from the crate's root. It knows nothing of rooms.

use std::collections::{BTreeMap, BTreeSet};

/// A word or a sign, and the line it stands on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token<'t> {
    pub(crate) text: &'t str,
    pub(crate) line: usize,
}

/// A path with everything that `use` and `super` hide spelled out: `std::net::TcpStream`, `crate::wire::checksum`.
#[derive(Debug, Clone)]
pub(crate) struct Named {
    pub(crate) segments: Vec<String>,
    pub(crate) line: usize,
}

impl Named {
    pub(crate) fn is(&self, path: &[&str]) -> bool {
        self.segments.len() >= path.len() && self.segments.iter().zip(path).all(|(have, want)| have == want)
    }

    pub(crate) fn segment(&self, at: usize) -> Option<&str> {
        self.segments.get(at).map(String::as_str)
    }
}

/// The tokens of a source. A literal is one empty token, so that what stands around it does not grow together.
pub(crate) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let (mut at, mut line) = (0, 1);
    while let Some(first) = text[at..].chars().next() {
        let (length, kept) = piece(&text[at..], first);
        if let Some(kept) = kept {
            tokens.push(Token { text: kept, line });
        }
        line += text[at..at + length].matches('\n').count();
        at += length;
    }
    tokens
}

/// How long the piece at the beginning of `text` is, and what of it is a token.
fn piece(text: &str, first: char) -> (usize, Option<&str>) {
    if let Some(length) = comment(text) {
        return (length, None);
    }
    if let Some(length) = string(text).or_else(|| character(text)) {
        return (length, Some(""));
    }
    if first.is_alphanumeric() || first == '_' {
        let raw = text.strip_prefix("r#").filter(|rest| rest.starts_with(|c: char| c.is_alphabetic()));
        let word = raw.unwrap_or(text);
        let end = word.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(word.len());
        return (text.len() - word.len() + end, Some(&word[..end]));
    }
    if text.starts_with("::") {
        return (2, Some("::"));
    }
    (first.len_utf8(), (!first.is_whitespace()).then(|| &text[..first.len_utf8()]))
}

fn comment(text: &str) -> Option<usize> {
    if text.starts_with("//") {
        return Some(text.find('\n').unwrap_or(text.len()));
    }
    if !text.starts_with("/*") {
        return None;
    }
    let (mut open, mut at) = (1, 2);
    while open > 0 && at < text.len() {
        match text.as_bytes().get(at..at + 2) {
            Some(b"/*") => (open, at) = (open + 1, at + 2),
            Some(b"*/") => (open, at) = (open - 1, at + 2),
            _ => at += 1,
        }
    }
    Some(at)
}

/// `"…"`, `b"…"`, `r#"…"#` and their kin.
fn string(text: &str) -> Option<usize> {
    let start = text.find(|c| !matches!(c, 'b' | 'c' | 'r'))?;
    let (prefix, rest) = text.split_at(start);
    if !matches!(prefix, "" | "b" | "c" | "r" | "br" | "cr") {
        return None;
    }
    if prefix.ends_with('r') {
        let hashes = rest.find(|c| c != '#')?;
        let inner = rest[hashes..].strip_prefix('"')?;
        let end = format!("\"{}", &rest[..hashes]);
        let length = inner.find(&end).map_or(inner.len(), |at| at + end.len());
        return Some(start + hashes + 1 + length);
    }
    quoted(rest, '"').map(|length| start + length)
}

/// `'x'` and `b'x'`, but not the lifetime `'x`.
fn character(text: &str) -> Option<usize> {
    let rest = text.strip_prefix('b').unwrap_or(text);
    let mut after = rest.strip_prefix('\'')?.chars();
    let (first, second) = (after.next()?, after.next()?);
    let is_literal = first == '\\' || second == '\'';
    is_literal.then(|| quoted(rest, '\'')).flatten().map(|length| text.len() - rest.len() + length)
}

fn quoted(text: &str, mark: char) -> Option<usize> {
    let inner = text.strip_prefix(mark)?;
    let mut escaped = false;
    let end = inner.find(|c| {
        let ends = c == mark && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    });
    Some(end.map_or(text.len(), |at| at + 2 * mark.len_utf8()))
}

/// What is left of a source when tests are not compiled, and the modules it declares for tests only.
pub(crate) fn without_tests<'t>(tokens: &[Token<'t>]) -> (Vec<Token<'t>>, BTreeSet<String>) {
    let (mut kept, mut modules, mut at) = (Vec::new(), BTreeSet::new(), 0);
    while at < tokens.len() {
        let Some((end, inner)) = attribute(tokens, at) else {
            kept.push(tokens[at]);
            at += 1;
            continue;
        };
        if !only_tests(&tokens[at..end]) {
            kept.extend_from_slice(&tokens[at..end]);
            at = end;
            continue;
        }
        // An inner attribute speaks of the file as a whole.
        let stop = if inner { tokens.len() } else { item_end(tokens, end) };
        if let Some(name) = tokens[end..stop].windows(3).find(|w| w[0].text == "mod" && w[2].text == ";") {
            modules.insert(name[1].text.to_owned());
        }
        at = stop;
    }
    (kept, modules)
}

/// The end of the attribute that begins here, and whether it is an inner one.
fn attribute(tokens: &[Token<'_>], at: usize) -> Option<(usize, bool)> {
    let text = |at: usize| tokens.get(at).map(|token| token.text);
    if text(at) != Some("#") {
        return None;
    }
    let inner = text(at + 1) == Some("!");
    let open = at + 1 + usize::from(inner);
    (text(open) == Some("[")).then(|| (closing(tokens, open) + 1, inner))
}

/// The place of the bracket that closes the one at `open`.
fn closing(tokens: &[Token<'_>], open: usize) -> usize {
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match token.text {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    tokens.len() - 1
}

/// The end of the item that begins here: after its `;` or its body. More attributes may come first.
fn item_end(tokens: &[Token<'_>], from: usize) -> usize {
    let mut at = from;
    while let Some((end, _)) = attribute(tokens, at) {
        at = end;
    }
    while at < tokens.len() {
        match tokens[at].text {
            ";" => return at + 1,
            "{" => return closing(tokens, at) + 1,
            "(" | "[" => at = closing(tokens, at) + 1,
            ")" | "]" | "}" => return at,
            _ => at += 1,
        }
    }
    at
}

/// Whether an attribute keeps its item out of everything but tests: `#[test]`, `#[cfg(test)]`, `#[cfg(all(test, …))]`.
fn only_tests(attribute: &[Token<'_>]) -> bool {
    let words: Vec<&str> = attribute.iter().map(|token| token.text).collect();
    let start = words.iter().position(|word| *word == "[").map_or(0, |at| at + 1);
    match &words[start..] {
        ["test", "]"] => true,
        ["cfg", "(", predicate @ ..] => impossible(predicate, &mut 0),
        _ => false,
    }
}

/// Whether a `cfg` predicate cannot hold outside tests. `at` moves behind it.
fn impossible(words: &[&str], at: &mut usize) -> bool {
    let word = words.get(*at).copied().unwrap_or_default();
    *at += 1;
    if words.get(*at) != Some(&"(") {
        while !matches!(words.get(*at), None | Some(&"," | &")")) {
            *at += 1;
        }
        return word == "test";
    }
    let mut parts = Vec::new();
    while !matches!(words.get(*at), None | Some(&")")) {
        *at += 1;
        if words.get(*at) != Some(&")") {
            parts.push(impossible(words, at));
        }
    }
    *at += 1;
    match word {
        "all" => parts.contains(&true),
        "any" => !parts.contains(&false),
        _ => false,
    }
}

/// Every path a source names. `module` is where the source stands: `["profile", "lint"]`.
pub(crate) fn paths(tokens: &[Token<'_>], module: &[String]) -> Vec<Named> {
    let mut found: Vec<(Vec<String>, Named)> = Vec::new();
    let mut aliases: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
    let (mut inside, mut opened) = (module.to_vec(), Vec::new());
    let (mut at, mut depth) = (0, 0);
    while at < tokens.len() {
        match tokens[at].text {
            "{" => depth += 1,
            "}" => {
                depth -= 1;
                if opened.last() == Some(&depth) {
                    opened.pop();
                    inside.pop();
                }
            }
            "mod" if tokens.get(at + 2).is_some_and(|token| token.text == "{") => {
                inside.push(tokens[at + 1].text.to_owned());
                opened.push(depth);
                at += 1;
            }
            // `use<'a>` in a type is no import.
            "use" if tokens.get(at + 1).is_some_and(|token| token.text != "<") => {
                for (mut leaf, alias) in leaves(tokens, &mut at) {
                    leaf.segments = from_root(&leaf.segments, &inside);
                    aliases.entry(alias).or_default().push(leaf.segments.clone());
                    found.push((inside.clone(), leaf));
                }
            }
            _ => {
                if let Some(named) = inline(tokens, &mut at) {
                    found.push((inside.clone(), named));
                }
            }
        }
        at += 1;
    }
    found.into_iter().flat_map(|(inside, named)| spelled(named, &inside, &aliases)).collect()
}

/// A path outside `use`: two segments at least, as one alone names nothing new.
fn inline(tokens: &[Token<'_>], at: &mut usize) -> Option<Named> {
    let is_word = |at: usize| {
        tokens.get(at).is_some_and(|token| token.text.starts_with(|c: char| c.is_alphabetic() || c == '_'))
    };
    let goes_on = |at: usize| tokens.get(at).is_some_and(|token| token.text == "::") && is_word(at + 1);
    if !is_word(*at) || !goes_on(*at + 1) {
        return None;
    }
    let line = tokens[*at].line;
    let mut segments = vec![tokens[*at].text.to_owned()];
    while goes_on(*at + 1) {
        *at += 2;
        segments.push(tokens[*at].text.to_owned());
    }
    Some(Named { segments, line })
}

/// The single imports of a `use`, each with the name it gets. `at` moves to the closing `;`.
fn leaves(tokens: &[Token<'_>], at: &mut usize) -> Vec<(Named, String)> {
    let (mut leaves, mut prefix, mut groups) = (Vec::new(), Vec::<String>::new(), Vec::new());
    let (mut line, mut alias) = (0, None);
    loop {
        *at += 1;
        let Some(token) = tokens.get(*at) else { return leaves };
        match token.text {
            "::" => {}
            "{" => groups.push(prefix.len()),
            "as" => {
                *at += 1;
                alias = tokens.get(*at).map(|token| token.text.to_owned());
            }
            "," | "}" | ";" => {
                let base = groups.last().copied().unwrap_or(0);
                if prefix.len() > base {
                    leaves.push(leaf(&prefix, alias.take(), line));
                }
                prefix.truncate(base);
                match token.text {
                    ";" => return leaves,
                    "}" => {
                        groups.pop();
                        // The group's own path is done with; what came before it stays for the outer group.
                        prefix.truncate(groups.last().copied().unwrap_or(0));
                    }
                    _ => {}
                }
            }
            word => {
                prefix.push(word.to_owned());
                line = token.line;
            }
        }
    }
}

fn leaf(path: &[String], alias: Option<String>, line: usize) -> (Named, String) {
    let mut segments = path.to_vec();
    if segments.len() > 1 && segments.last().is_some_and(|last| last == "self") {
        segments.pop();
    }
    let alias = alias.or_else(|| segments.last().cloned()).unwrap_or_default();
    (Named { segments, line }, alias)
}

/// `super` and `self` resolved; other paths as they stand.
fn from_root(path: &[String], inside: &[String]) -> Vec<String> {
    let mut base: Option<Vec<String>> = None;
    let mut rest = path;
    while let [first, more @ ..] = rest {
        match first.as_str() {
            "self" => base = Some(base.unwrap_or_else(|| inside.to_vec())),
            "super" => {
                let mut here = base.unwrap_or_else(|| inside.to_vec());
                here.pop();
                base = Some(here);
            }
            "crate" | "homing" if base.is_none() => base = Some(Vec::new()),
            _ => break,
        }
        rest = more;
    }
    let root = base.map(|base| std::iter::once("crate".to_owned()).chain(base));
    root.into_iter().flatten().chain(rest.iter().cloned()).collect()
}

/// A path with its first name replaced by what `use` says it is; by each of them, should several modules differ.
fn spelled(named: Named, inside: &[String], aliases: &BTreeMap<String, Vec<Vec<String>>>) -> Vec<Named> {
    let segments = from_root(&named.segments, inside);
    let known = aliases.get(&segments[0]).filter(|_| segments.len() > 1 && segments[0] != "crate");
    let Some(known) = known else { return vec![Named { segments, ..named }] };
    let full = |start: &Vec<String>| {
        let segments = start.iter().chain(&segments[1..]).cloned().collect();
        Named { segments, line: named.line }
    };
    known.iter().map(full).collect()
}
