//! What a platform shows as somebody's name → the name, and what else is written with it.

use crate::model::Nature;

/// A display name, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shown {
    /// The name alone.
    pub(super) name: String,
    /// Other names in it, and the whole as it was shown where that is more than the name.
    pub(super) aliases: Vec<String>,
    /// The organisation in it.
    pub(super) group: String,
    /// Person, device, bot or telephone.
    pub(super) nature: Nature,
}

/// What brackets behind a name usually hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Brackets {
    /// Another name, as in Zoom: `Name (Original Name)`.
    Names,
    /// An organisation.
    Groups,
}

/// What platforms write behind a name of somebody from elsewhere.
const MARKS: [&str; 40] = [
    "external",
    "ext",
    "ext.",
    "unverified",
    "guest",
    "anonymous",
    "extern",
    "externe",
    "externo",
    "externa",
    "esterno",
    "esterna",
    "zewnętrzny",
    "extern användare",
    "внешний",
    "外部",
    "외부",
    "gast",
    "invité",
    "invitée",
    "invitado",
    "invitada",
    "ospite",
    "convidado",
    "convidada",
    "gość",
    "гость",
    "ゲスト",
    "来宾",
    "來賓",
    "게스트",
    "nicht überprüft",
    "non vérifié",
    "no comprobado",
    "não verificado",
    "non verificato",
    "niet-geverifieerd",
    "未確認",
    "未验证",
    "проверка не выполнена",
];

/// What a platform says of somebody's part in the meeting.
const PARTS: [&str; 14] = [
    "me",
    "host",
    "co-host",
    "cohost",
    "host, me",
    "co-host, me",
    "me, host",
    "me, co-host",
    "you",
    "organizer",
    "organiser",
    "presenter",
    "panelist",
    "attendee",
];

const PRONOUNS: [&str; 44] = [
    "he", "him", "his", "she", "her", "hers", "they", "them", "theirs", "ze", "hir", "zir", "xe", "xem", "it", "its",
    "any", "all", "er", "ihm", "ihn", "sie", "ihr", "il", "lui", "elle", "iel", "él", "el", "ella", "elle", "elles",
    "ele", "ela", "hij", "hem", "zij", "haar", "han", "hon", "hun", "hen", "lei", "on",
];

/// Words of organisations.
const ORGANISATIONS: [&str; 34] = [
    "inc",
    "ltd",
    "llc",
    "gmbh",
    "ag",
    "corp",
    "corporation",
    "company",
    "university",
    "université",
    "universität",
    "universidad",
    "università",
    "institute",
    "institut",
    "instituto",
    "ministry",
    "ministerio",
    "ministère",
    "government",
    "foundation",
    "association",
    "society",
    "secretariat",
    "office",
    "agency",
    "commission",
    "council",
    "union",
    "group",
    "labs",
    "bank",
    "port",
    "observatory",
];

const DEVICES: [&str; 26] = [
    "iphone",
    "ipad",
    "macbook",
    "imac",
    "android",
    "galaxy",
    "samsung",
    "huawei",
    "xiaomi",
    "redmi",
    "oppo",
    "oneplus",
    "laptop",
    "desktop",
    "tablet",
    "chromebook",
    "polycom",
    "conference room",
    "meeting room",
    "board room",
    "boardroom",
    "zoom room",
    "webex room",
    "teams room",
    "room kit",
    "smartphone",
];

const BOTS: [&str; 34] = [
    "otter.ai",
    "otterpilot",
    "otter pilot",
    "fireflies",
    "read.ai",
    "read ai",
    "read meeting notes",
    "fathom notetaker",
    "fathom.video",
    "notetaker",
    "note taker",
    "note-taker",
    "tl;dv",
    "tldv",
    "meetgeek",
    "fellow.app",
    "sembly",
    "gong.io",
    "chorus.ai",
    "avoma",
    "supernormal",
    "recall.ai",
    "circleback",
    "rrsagent",
    "zakim",
    "meetbot",
    "ai companion",
    "ai assistant",
    "meeting assistant",
    "recording bot",
    "recorder bot",
    "transcription bot",
    "transcriber",
    "meeting notes",
];

/// The deepest that brackets are taken off.
const BRACKETS: usize = 6;

/// Takes a display name apart.
pub(super) fn shown(text: &str, brackets: Brackets) -> Shown {
    let whole = text.trim();
    let mut found = Shown {
        name: whole.to_owned(),
        aliases: Vec::new(),
        group: String::new(),
        nature: nature(whole),
    };
    if found.nature == Nature::Telephone {
        return found;
    }
    let mut name = whole;
    for _ in 0..BRACKETS {
        let Some((before, inner)) = bracketed(name) else { break };
        if before.is_empty() || inner.is_empty() {
            break;
        }
        name = before;
        if is_mark(inner) {
            continue;
        }
        if is_organisation(inner) || brackets == Brackets::Groups && same_script(before, inner) {
            // The one nearest to the name is the last that is met.
            if !found.group.is_empty() {
                found.aliases.push(std::mem::take(&mut found.group));
            }
            inner.clone_into(&mut found.group);
        } else {
            found.aliases.push(inner.to_owned());
        }
    }
    if let Some((group, rest)) = name.strip_prefix('[').and_then(|rest| rest.split_once(']'))
        && !group.trim().is_empty()
        && !rest.trim().is_empty()
    {
        if found.group.is_empty() {
            group.trim().clone_into(&mut found.group);
        } else {
            found.aliases.push(group.trim().to_owned());
        }
        name = rest.trim();
    }
    if let Some((person, group)) = name.split_once(" | ")
        && found.group.is_empty()
        && !group.trim().is_empty()
        && !person.trim().is_empty()
    {
        group.trim().clone_into(&mut found.group);
        name = person.trim();
    }
    if name.contains(" // ") {
        let parts = name.split(" // ").map(|part| part.trim().to_owned());
        found.aliases.extend(parts.filter(|part| !part.is_empty()));
    }
    name.clone_into(&mut found.name);
    if found.name != whole {
        found.aliases.push(whole.to_owned());
    }
    found
}

/// A name with brackets behind it: what stands before them and in them.
fn bracketed(name: &str) -> Option<(&str, &str)> {
    let name = name.trim_end();
    let pairs = [('(', ')'), ('（', '）'), ('[', ']'), ('【', '】')];
    let (open, close) = pairs.into_iter().find(|(_, close)| name.ends_with(*close))?;
    let mut depth = 0_usize;
    for (at, letter) in name.char_indices().rev() {
        if letter == close {
            depth += 1;
        } else if letter == open {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                let inner = name.get(at + open.len_utf8()..name.len() - close.len_utf8())?;
                return Some((name.get(..at)?.trim_end(), inner.trim()));
            }
        }
    }
    None
}

/// What says something of the platform or of the language, and names nobody.
fn is_mark(inner: &str) -> bool {
    let inner = inner.to_lowercase();
    MARKS.contains(&inner.as_str()) || PARTS.contains(&inner.as_str()) || is_pronouns(&inner)
}

fn is_pronouns(inner: &str) -> bool {
    let mut words = inner
        .split(['/', '|', ',', ' '])
        .filter(|word| !word.is_empty())
        .peekable();
    words.peek().is_some() && inner.contains('/') && words.all(|word| PRONOUNS.contains(&word))
}

/// `OpenLinkSw.com`, `UNESCO`, `Port of Aomi`.
fn is_organisation(inner: &str) -> bool {
    let letters = inner.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = (2..=12).contains(&letters) && !inner.contains(' ') && inner.chars().all(|c| !c.is_lowercase());
    let is_site = !inner.contains(' ')
        && inner.rsplit_once('.').is_some_and(|(host, end)| {
            host.len() > 1 && (2..=4).contains(&end.len()) && end.bytes().all(|b| b.is_ascii_lowercase())
        });
    let lower = inner.to_lowercase();
    let named = lower
        .split(|c: char| !c.is_alphabetic())
        .any(|word| ORGANISATIONS.contains(&word));
    (capitals && inner.is_ascii()) || is_site || named
}

/// Whether both are in Latin letters, or both in others: `Taro Yamada (山田 太郎)` is one person's name twice.
fn same_script(left: &str, right: &str) -> bool {
    let latin = |text: &str| text.chars().any(|c| c.is_ascii_alphabetic());
    latin(left) == latin(right)
}

/// What bears this name.
pub(super) fn nature(name: &str) -> Nature {
    let lower = name.to_lowercase().replace('’', "'");
    if is_telephone(&lower) {
        return Nature::Telephone;
    }
    if BOTS.iter().any(|bot| lower.contains(bot)) || lower.ends_with(" bot") || lower.ends_with("-bot") {
        return Nature::Bot;
    }
    let has = |device: &&str| {
        lower.match_indices(*device).any(|(at, _)| {
            let before = lower.get(..at).and_then(|text| text.chars().next_back());
            let after = lower.get(at + device.len()..).and_then(|text| text.chars().next());
            !before.is_some_and(char::is_alphabetic) && !after.is_some_and(char::is_alphabetic)
        })
    };
    if DEVICES.iter().any(has) || lower.ends_with("'s phone") {
        return Nature::Device;
    }
    Nature::Person
}

/// `+1.910.278.aaaa`, `12025550123`, `+33 6***12`, `Call-in User 3`.
fn is_telephone(lower: &str) -> bool {
    let calls = [
        "call-in user",
        "call in user",
        "phone user",
        "dial-in",
        "telephone user",
    ];
    if calls.iter().any(|call| lower.starts_with(call)) {
        return true;
    }
    let lower = lower.strip_prefix("tel:").unwrap_or(lower).trim();
    let digits = lower.chars().filter(char::is_ascii_digit).count();
    let masks: Vec<char> = lower.chars().filter(|c| c.is_alphabetic()).collect();
    let one_mask = masks.iter().all(|mask| masks.first() == Some(mask) && mask.is_ascii());
    let signs =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '.' | '-' | ' ' | '(' | ')' | '*' | '#' | '•' | '/');
    let begins = lower.starts_with('+') && digits >= 3
        || digits >= 6 && lower.starts_with(|c: char| c.is_ascii_digit() || c == '(');
    begins && one_mask && lower.chars().all(signs)
}

#[cfg(test)]
mod tests {
    use super::{Brackets, nature, shown};
    use crate::model::Nature;

    fn taken(text: &str, brackets: Brackets) -> (String, String, Vec<String>) {
        let shown = shown(text, brackets);
        (shown.name, shown.group, shown.aliases)
    }

    #[test]
    fn what_stands_behind_a_name_goes_where_it_belongs() {
        for (text, brackets, name, group, aliases) in [
            ("Ann Lee", Brackets::Names, "Ann Lee", "", vec![]),
            (
                "Ann Lee (External)",
                Brackets::Groups,
                "Ann Lee",
                "",
                vec!["Ann Lee (External)"],
            ),
            (
                "Ann Lee (she/her) (Nicht überprüft)",
                Brackets::Groups,
                "Ann Lee",
                "",
                vec!["Ann Lee (she/her) (Nicht überprüft)"],
            ),
            (
                "Pat Kim (ExampleCorp) (External)",
                Brackets::Groups,
                "Pat Kim",
                "ExampleCorp",
                vec!["Pat Kim (ExampleCorp) (External)"],
            ),
            (
                "Taro Yamada (山田 太郎)",
                Brackets::Groups,
                "Taro Yamada",
                "",
                vec!["山田 太郎", "Taro Yamada (山田 太郎)"],
            ),
            (
                "003_Power Girl (Kara Zor-L)",
                Brackets::Names,
                "003_Power Girl",
                "",
                vec!["Kara Zor-L", "003_Power Girl (Kara Zor-L)"],
            ),
            (
                "Jun Sato (Port of Aomi)",
                Brackets::Names,
                "Jun Sato",
                "Port of Aomi",
                vec!["Jun Sato (Port of Aomi)"],
            ),
            (
                "[ExampleCorp] Sam Rivera",
                Brackets::Groups,
                "Sam Rivera",
                "ExampleCorp",
                vec!["[ExampleCorp] Sam Rivera"],
            ),
            (
                "TallTed // Ted Thibodeau (he/him) (OpenLinkSw.com)",
                Brackets::Names,
                "TallTed // Ted Thibodeau",
                "OpenLinkSw.com",
                vec![
                    "TallTed",
                    "Ted Thibodeau",
                    "TallTed // Ted Thibodeau (he/him) (OpenLinkSw.com)",
                ],
            ),
            ("(External)", Brackets::Groups, "(External)", "", vec![]),
            ("Doe, Jane", Brackets::Groups, "Doe, Jane", "", vec![]),
            (")(", Brackets::Groups, ")(", "", vec![]),
        ] {
            let aliases: Vec<String> = aliases.into_iter().map(str::to_owned).collect();
            assert_eq!(
                taken(text, brackets),
                (name.to_owned(), group.to_owned(), aliases),
                "{text}"
            );
        }
    }

    #[test]
    fn devices_telephones_and_bots_are_told_from_people() {
        for (name, expected) in [
            ("Boma’s iPhone ", Nature::Device),
            ("Eric's iPad", Nature::Device),
            ("Galaxy S21 Ultra", Nature::Device),
            ("Conference Room 2", Nature::Device),
            ("+1.910.278.aaaa", Nature::Telephone),
            ("+33 6***12", Nature::Telephone),
            ("12025550123", Nature::Telephone),
            ("Call-in User_3", Nature::Telephone),
            ("Ann's OtterPilot", Nature::Bot),
            ("Fireflies.ai Notetaker", Nature::Bot),
            ("Li Gong", Nature::Person),
            ("Ann Android", Nature::Device),
            ("Andrea Roomans", Nature::Person),
            ("3 Body", Nature::Person),
            ("015_Loki", Nature::Person),
            ("Hiroyuki_Sano,_Japan", Nature::Person),
        ] {
            assert_eq!(nature(name), expected, "{name}");
        }
    }
}
