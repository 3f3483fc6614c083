//! Links that lead nowhere. No address is asked: what is dead on the network cannot be seen from here.

use super::{Code, Desk, Finding};
use crate::model::inline::{Inline, parse, plain};

pub(super) fn find(desk: &Desk<'_>, found: &mut Vec<Finding>) {
    for text in &desk.texts {
        let mut links = Vec::new();
        collect(&parse(text.source), &mut links);
        for (label, url) in links {
            let Some(why) = wrong(&url) else { continue };
            let at = text
                .source
                .find(&format!("]({url})"))
                .map(|from| from + 2..from + 2 + url.len());
            let mut one = text.finding(
                Code::Link,
                at.as_ref(),
                &label,
                format!("The link {} {why}", quoted(&label)),
            );
            if url.starts_with("www.")
                && let Some(at) = at
            {
                let whole = format!("https://{url}");
                one.mend = text.rewrite(format!("Write “{whole}”"), &at, &whole);
            }
            found.push(one);
        }
    }
}

fn collect(inlines: &[Inline], links: &mut Vec<(String, String)>) {
    for inline in inlines {
        match inline {
            Inline::Link { label, url } => links.push((plain(label), url.clone())),
            Inline::Strong(inner) | Inline::Emphasis(inner) => collect(inner, links),
            _ => {}
        }
    }
}

/// What is wrong with an address.
fn wrong(url: &str) -> Option<&'static str> {
    let url = url.trim();
    if url.is_empty() || url.starts_with('#') {
        return Some("leads nowhere");
    }
    if let Some(rest) = ["https://", "http://"]
        .iter()
        .find_map(|scheme| url.strip_prefix(scheme))
    {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let is_host =
            host.contains(['.', ':', '[']) && !host.starts_with('.') && !host.ends_with('.') || host == "localhost";
        return (!is_host || host.contains(char::is_whitespace)).then_some("names no site");
    }
    if let Some(address) = url.strip_prefix("mailto:") {
        return (!address.contains('@')).then_some("names no mailbox");
    }
    // Any other scheme is somebody's own.
    let has_scheme = url.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(char::is_alphabetic)
            && scheme
                .chars()
                .all(|letter| letter.is_ascii_alphanumeric() || "+-.".contains(letter))
    });
    (!has_scheme).then_some("has no https:// before it")
}

/// In quotation marks, unless it has some.
fn quoted(words: &str) -> String {
    if words.starts_with(['“', '"', '«', '„']) {
        words.to_owned()
    } else {
        format!("“{words}”")
    }
}
