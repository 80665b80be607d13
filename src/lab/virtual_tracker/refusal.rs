//! What a tracker says to what it does not do: the documented examples of its family, told of the command at hand.

use crate::profile::{FormName, Means, Profile, Step};

/// A documented answer: the tag of the command that its example names, and what follows.
struct Saying<'p> {
    tag: Option<&'p str>,
    rest: &'p str,
    /// The step that it answers; none where any may be answered so.
    only: Option<&'p Step>,
}

/// What it says to a command it does not know, or does not know in this shape; none when no source tells. What a
/// source tells of one command without naming it in the answer is not said to another.
pub(super) fn unknown(profile: &Profile, body: &str) -> Option<String> {
    let order = if is_known(profile, body) {
        [Means::Refused, Means::Unsupported]
    } else {
        [Means::Unsupported, Means::Refused]
    };
    let fits =
        |saying: &Saying| saying.tag.is_some() || saying.only.is_none_or(|step| begins(profile, step, body));
    order.into_iter().find_map(|means| nearest(profile, sayings(profile, means).filter(fits), body))
}

/// What it says to whoever may not command it; none when no source tells.
pub(super) fn not_authorised(profile: &Profile, body: &str) -> Option<String> {
    nearest(profile, sayings(profile, Means::NotAuthorised), body)
}

/// What it says to a wrong password; none when no source tells. What a source tells of one command holds for another
/// where the answer is read there as the same or as a refusal.
pub(super) fn wrong_password(profile: &Profile, body: &str) -> Option<String> {
    let step = profile.hear(FormName::Sms, body).map(|heard| heard.step);
    let fits = |text: &String| {
        let Some(step) = step else { return true };
        let reading = profile.read_reply(step, text);
        reading.is_some_and(|reading| matches!(reading.means, Means::BadPassword | Means::Refused))
    };
    let about = sayings(profile, Means::BadPassword).filter_map(|saying| saying.about(profile, body));
    about.map(|(_, text)| text).find(fits)
}

/// The first of the answers that name most of a body.
fn nearest<'p>(
    profile: &'p Profile,
    sayings: impl Iterator<Item = Saying<'p>>,
    body: &str,
) -> Option<String> {
    let about = sayings.filter_map(|saying| saying.about(profile, body));
    let best = about.reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.map(|(_, text)| text)
}

/// The documented answers of a meaning: those that any command gets before those of one.
fn sayings(profile: &Profile, means: Means) -> impl Iterator<Item = Saying<'_>> {
    let common = profile.replies.iter().map(|reply| (reply, None));
    let own = profile.steps.iter().flat_map(|step| step.replies.iter().map(move |reply| (reply, Some(step))));
    let all = common.chain(own).filter(move |(reply, _)| reply.means == means);
    all.flat_map(move |(reply, only)| {
        let tagged = reply.pattern.contains("{tag}");
        reply.examples.iter().filter_map(move |example| {
            let example = example.value.as_str();
            if !tagged {
                return Some(Saying { tag: None, rest: example, only });
            }
            let own = only.and_then(|step| step.tag.as_ref()).map(|tag| tag.as_str());
            let tag = own.or_else(|| tag_of(profile, example))?;
            Some(Saying { tag: Some(tag), rest: example.strip_prefix(tag)?, only })
        })
    })
}

impl Saying<'_> {
    /// The answer to a body, with how many characters of the body it names; none when it names a command and the
    /// body has no such name.
    fn about(&self, profile: &Profile, body: &str) -> Option<(usize, String)> {
        let Some(tag) = self.tag else { return Some((0, self.rest.to_owned())) };
        let own = tag_of(profile, body).or_else(|| alike(profile, tag, body))?;
        Some((own.len(), format!("{own}{}", self.rest)))
    }
}

/// The longest tag of the profile that a text begins with.
fn tag_of<'p>(profile: &'p Profile, text: &str) -> Option<&'p str> {
    let tags = profile.steps.iter().filter_map(|step| Some(step.tag.as_ref()?.as_str()));
    let begins = |tag: &&str| {
        text.strip_prefix(tag).is_some_and(|rest| rest.is_empty() || rest.starts_with(|c| parts(profile, c)))
    };
    tags.filter(begins).max_by_key(|tag| tag.len())
}

/// What a body has in the place of a tag: fields of the same shape, all but the last the same.
fn alike<'b>(profile: &Profile, tag: &str, body: &'b str) -> Option<&'b str> {
    let fields = tag.split(|c| parts(profile, c)).count();
    let end = body.match_indices(|c| parts(profile, c)).nth(fields - 1).map_or(body.len(), |(at, _)| at);
    let own = body.get(..end)?;
    let last = tag.rfind(|c| parts(profile, c)).map_or(0, |at| at + 1);
    let shape = |c: char| (c.is_ascii_digit(), c.is_ascii_alphabetic());
    let (same, other) = (tag.get(last..)?, own.get(last..)?);
    let is_alike = tag.get(..last) == own.get(..last) && same.chars().map(shape).eq(other.chars().map(shape));
    is_alike.then_some(own)
}

/// Whether a body begins as a command of the profile does, whatever follows.
fn is_known(profile: &Profile, body: &str) -> bool {
    let mut untagged = profile.steps.iter().filter(|step| step.tag.is_none());
    tag_of(profile, body).is_some() || untagged.any(|step| begins(profile, step, body))
}

/// Whether a body begins as a step's command does.
fn begins(profile: &Profile, step: &Step, body: &str) -> bool {
    let word = |text: &str| text.split(|c| parts(profile, c)).next().unwrap_or_default().to_ascii_lowercase();
    step.examples.iter().any(|example| word(&example.sends) == word(body))
}

/// Whether a character parts a command's fields.
fn parts(profile: &Profile, c: char) -> bool {
    profile.limits.separators.contains(c)
}
