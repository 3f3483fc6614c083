//! The normal form of inline text: one way to say each thing.

use super::{Inline, Inlines, plain};
use crate::model::text::clean;

/// What already holds around a piece.
#[derive(Clone, Copy, Default)]
struct Around {
    strong: bool,
    emphasis: bool,
    link: bool,
}

/// The normal form: adjacent texts, codes and equal marks are one; no mark holds itself or nothing; no
/// mark or link has white space at its edge;
/// bold italic is emphasis around strong; no link stands in a link; newlines are breaks; controls are U+FFFD.
#[must_use]
pub fn normal(inlines: &[Inline]) -> Inlines {
    let mut out = pass(inlines, Around::default());
    // Moving white space out of one mark may join two others; each round leaves fewer marks, so this ends.
    loop {
        let again = pass(&out, Around::default());
        if again == out {
            return out;
        }
        out = again;
    }
}

fn pass(inlines: &[Inline], around: Around) -> Inlines {
    let mut out = Inlines::new();
    for inline in inlines {
        match inline {
            Inline::Text(text) => push_text(&mut out, text),
            Inline::Comma => push_text(&mut out, ","),
            Inline::Break => out.push(Inline::Break),
            Inline::Code(code) => {
                let code = clean(code).0.replace('\n', " ");
                if !code.is_empty() {
                    push_code(&mut out, code);
                }
            }
            Inline::Strong(inner) if around.strong => extend(&mut out, pass(inner, around)),
            Inline::Emphasis(inner) if around.emphasis => extend(&mut out, pass(inner, around)),
            Inline::Strong(inner) => {
                let inner = pass(inner, Around { strong: true, ..around });
                mark(&mut out, inner, |core| match <[Inline; 1]>::try_from(core) {
                    Ok([Inline::Emphasis(inner)]) => Inline::Emphasis(vec![Inline::Strong(inner)]),
                    Ok([one]) => Inline::Strong(vec![one]),
                    Err(core) => Inline::Strong(core),
                });
            }
            Inline::Emphasis(inner) => {
                let inner = pass(
                    inner,
                    Around {
                        emphasis: true,
                        ..around
                    },
                );
                mark(&mut out, inner, Inline::Emphasis);
            }
            Inline::Link { label, .. } if around.link => extend(&mut out, pass(label, around)),
            Inline::Mention { label, .. } if around.link => push_text(&mut out, &plain(label)),
            Inline::Link { label, url } => {
                let url = address(url);
                let mut label = pass(label, Around { link: true, ..around });
                if url.is_empty() {
                    extend(&mut out, label);
                    continue;
                }
                if is_blank(&label) {
                    label.push(Inline::Text(url.clone()));
                }
                mark(&mut out, label, |label| Inline::Link { label, url });
            }
            Inline::Mention { participant, label } => {
                let label = pass(label, Around { link: true, ..around });
                out.push(Inline::Mention {
                    participant: *participant,
                    label,
                });
            }
        }
    }
    out
}

/// Characters that no address may hold are percent-encoded; white space around it goes.
fn address(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for c in url.trim().chars() {
        if c.is_control() || c == '\u{2028}' || c == '\u{2029}' {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                out.push_str(&format!("%{byte:02X}"));
            }
        } else {
            out.push(c);
        }
    }
    out
}

fn push_text(out: &mut Inlines, text: &str) {
    for (place, line) in clean(text).0.split('\n').enumerate() {
        if place > 0 {
            out.push(Inline::Break);
        }
        match out.last_mut() {
            _ if line.is_empty() => {}
            Some(Inline::Text(last)) => last.push_str(line),
            _ => out.push(Inline::Text(line.to_owned())),
        }
    }
}

fn extend(out: &mut Inlines, more: Inlines) {
    for inline in more {
        match inline {
            Inline::Text(text) => push_text(out, &text),
            Inline::Strong(inner) => push_mark(out, Inline::Strong(inner)),
            Inline::Emphasis(inner) => push_mark(out, Inline::Emphasis(inner)),
            Inline::Code(code) => push_code(out, code),
            other => out.push(other),
        }
    }
}

/// Adjacent code is one: two spans side by side cannot be told apart.
fn push_code(out: &mut Inlines, code: String) {
    if let Some(Inline::Code(last)) = out.last_mut() {
        last.push_str(&code);
    } else {
        out.push(Inline::Code(code));
    }
}

fn push_mark(out: &mut Inlines, mark: Inline) {
    match (out.last_mut(), mark) {
        (Some(Inline::Strong(last)), Inline::Strong(inner))
        | (Some(Inline::Emphasis(last)), Inline::Emphasis(inner)) => extend(last, inner),
        (_, mark) => out.push(mark),
    }
}

/// Puts a mark around what it holds, without the white space at its edges.
fn mark(out: &mut Inlines, mut inner: Inlines, wrap: impl FnOnce(Inlines) -> Inline) {
    let mut after = Inlines::new();
    let mut before = Inlines::new();
    loop {
        match inner.first_mut() {
            Some(Inline::Break) => {
                before.push(inner.remove(0));
                continue;
            }
            Some(Inline::Text(text)) => {
                let rest = text.trim_start();
                let cut = text.len() - rest.len();
                if cut > 0 {
                    let space: String = text.drain(..cut).collect();
                    before.push(Inline::Text(space));
                }
                if text.is_empty() {
                    inner.remove(0);
                    continue;
                }
            }
            _ => {}
        }
        break;
    }
    loop {
        match inner.last_mut() {
            Some(Inline::Break) => {
                after.extend(inner.pop());
                continue;
            }
            Some(Inline::Text(text)) => {
                let kept = text.trim_end().len();
                let space = text.split_off(kept);
                if !space.is_empty() {
                    after.push(Inline::Text(space));
                }
                if text.is_empty() {
                    inner.pop();
                    continue;
                }
            }
            _ => {}
        }
        break;
    }
    after.reverse();
    extend(out, before);
    if !inner.is_empty() {
        push_mark(out, wrap(inner));
    }
    extend(out, after);
}

/// Joins adjacent texts, and nothing else: for text that is in normal form but for what was put into it.
pub(crate) fn merge(inlines: Inlines) -> Inlines {
    let mut out = Inlines::with_capacity(inlines.len());
    for inline in inlines {
        match (out.last_mut(), inline) {
            (Some(Inline::Text(last)), Inline::Text(text)) => last.push_str(&text),
            (_, inline) => out.push(inline),
        }
    }
    out
}

/// Whether there is nothing to see.
pub(crate) fn is_blank(inlines: &[Inline]) -> bool {
    inlines.iter().all(|inline| match inline {
        Inline::Text(text) => text.trim().is_empty(),
        Inline::Break => true,
        _ => false,
    })
}
