//! Who a typed name is, among the participants.

use unicode_normalization::UnicodeNormalization;

use super::words::PARTICLES;
use crate::model::{Participant, ParticipantId};

/// Whom a typed name fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Match {
    /// One participant.
    One(ParticipantId),
    /// Two or more, in the order of the list: it is not decided which.
    Several(Vec<ParticipantId>),
    /// None.
    None,
}

/// Finds whom `candidate` names.
///
/// A name counts in full, as initials or as an alias; a unique beginning of the name, of one of its words or of an
/// alias only where it was typed with `@` (`at`). Case, accents, dots and underscores make no difference, but accents
/// that were typed decide between participants that differ in nothing else.
#[must_use]
pub fn resolve(candidate: &str, at: bool, roster: &[Participant]) -> Match {
    let typed = Key::of(candidate);
    if typed.folded.is_empty() {
        return Match::None;
    }
    let tiers: [&dyn Fn(&Participant) -> bool; 3] = [
        &|participant| exact(&typed, participant),
        &|participant| short_initials(participant).is_some_and(|short| short == typed.closed()),
        &|participant| at && begins(&typed.folded, participant),
    ];
    for tier in tiers {
        let found: Vec<&Participant> = roster.iter().filter(|participant| tier(participant)).collect();
        match found.as_slice() {
            [] => {}
            [one] => return Match::One(one.id),
            several => return narrow(&typed, several),
        }
    }
    Match::None
}

/// Whether a participant is called so: by the whole name or an alias, or by a surname that begins with a particle ("de
/// Souza" of Maria de Souza).
///
/// It decides whether words of any look may name somebody at all, where most such words are text. Thus initials and
/// beginnings do not count here, and whom the words mean is for [`resolve`] to say.
pub(super) fn is_listed(name: &str, roster: &[Participant]) -> bool {
    if roster.is_empty() {
        return false;
    }
    let typed = Key::of(name).folded;
    let first = typed.split(' ').next().unwrap_or_default();
    let is_surname = typed.len() > first.len() && PARTICLES.contains(&first);
    let names = roster
        .iter()
        .flat_map(|participant| std::iter::once(&participant.name).chain(&participant.aliases));
    !typed.is_empty()
        && names.map(|name| Key::of(name).folded).any(|name| {
            name == typed
                || is_surname
                    && name
                        .strip_suffix(typed.as_str())
                        .is_some_and(|given| given.ends_with(' '))
        })
}

/// [`resolve`] for a name as it stands in a list: with `@` before it or not.
#[must_use]
pub fn resolve_typed(name: &str, roster: &[Participant]) -> Match {
    match name.trim().strip_prefix('@') {
        Some(name) => resolve(name, true, roster),
        None => resolve(name, false, roster),
    }
}

/// The initials of a name: the first letter of each word, in capitals. "Tracy F. Hachshaw" → "TFH".
#[must_use]
pub fn initials(name: &str) -> String {
    let letters = name
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '‐' | '_'))
        .filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    letters.flat_map(char::to_uppercase).nfc().collect()
}

/// A name made comparable: small letters, without accents, single spaces.
pub(crate) fn folded(name: &str) -> String {
    Key::of(name).folded
}

/// A name made comparable.
struct Key {
    /// Small letters, one form of each, single spaces.
    spelled: String,
    /// The same without accents.
    folded: String,
}

impl Key {
    fn of(text: &str) -> Self {
        let spelled: String = text.nfkc().flat_map(char::to_lowercase).map(joined).nfc().collect();
        let words: Vec<&str> = spelled.split_whitespace().collect();
        let spelled = words.join(" ");
        let mut folded = String::with_capacity(spelled.len());
        for letter in spelled.nfd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)) {
            match base(letter) {
                Some(letters) => folded.push_str(letters),
                None => folded.push(letter),
            }
        }
        Self {
            spelled,
            folded: folded.nfc().collect(),
        }
    }

    /// Without blanks, for initials: "T. C." is "TC".
    fn closed(&self) -> String {
        self.folded.replace(' ', "")
    }
}

/// Signs that make no difference in a name.
fn joined(letter: char) -> char {
    match letter {
        '_' | '.' => ' ',
        '’' | 'ʼ' | 'ʻ' | '‘' | '`' => '\'',
        '‐' | '‑' | '–' => '-',
        other => other,
    }
}

/// Letters that Unicode does not take apart, as they are typed where a keyboard lacks them.
fn base(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ħ' => "h",
        'ı' => "i",
        // The same letter, at a word's end.
        'ς' => "σ",
        _ => return None,
    })
}

/// The full name, an alias, the initials given, or else those of the name.
fn exact(typed: &Key, participant: &Participant) -> bool {
    let is = |text: &str| Key::of(text).folded == typed.folded;
    is(&participant.name)
        || participant.aliases.iter().any(|alias| is(alias))
        || if participant.initials.trim().is_empty() {
            let computed = initials(&participant.name);
            // One letter is too little to tell anybody by: "B: second option" is not Bruna.
            computed.chars().count() > 1 && Key::of(&computed).folded == typed.closed()
        } else {
            Key::of(&participant.initials).closed() == typed.closed()
        }
}

/// First and last initial of a longer name: Tracy F. Hachshaw is TH as well, unless somebody else is.
fn short_initials(participant: &Participant) -> Option<String> {
    if !participant.initials.trim().is_empty() {
        return None;
    }
    let all = initials(&participant.name);
    let (first, last) = (all.chars().next()?, all.chars().last()?);
    (all.chars().count() > 2).then(|| Key::of(&format!("{first}{last}")).folded)
}

/// Whether the name, a word of it or an alias begins so.
fn begins(typed: &str, participant: &Participant) -> bool {
    std::iter::once(&participant.name)
        .chain(&participant.aliases)
        .any(|name| {
            let name = Key::of(name).folded;
            let places = std::iter::once(0).chain(name.match_indices([' ', '-', '\'']).map(|(at, _)| at + 1));
            places
                .into_iter()
                .any(|at| name.get(at..).is_some_and(|rest| rest.starts_with(typed)))
        })
}

/// Accents that were typed may decide between those that differ in nothing else.
fn narrow(typed: &Key, found: &[&Participant]) -> Match {
    let spelled = |text: &str| Key::of(text).spelled == typed.spelled;
    let mut same = found
        .iter()
        .filter(|participant| spelled(&participant.name) || participant.aliases.iter().any(|alias| spelled(alias)));
    match (same.next(), same.next()) {
        (Some(one), None) if typed.spelled != typed.folded => Match::One(one.id),
        _ => Match::Several(found.iter().map(|participant| participant.id).collect()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::model::OrderKey;

    fn id(place: usize) -> ParticipantId {
        ParticipantId(Uuid::from_u128(place as u128))
    }

    fn roster(names: &[&str]) -> Vec<Participant> {
        let row = |(place, name): (usize, &&str)| Participant::new(id(place), OrderKey::default(), *name);
        names.iter().enumerate().map(row).collect()
    }

    const NAMES: &[&str] = &[
        "Bruna Santos",           // 0
        "Titti Cassa",            // 1
        "Tracy F. Hachshaw",      // 2
        "Jorge Perez",            // 3
        "Jorge Perez",            // 4
        "Dino Dell\u{2019}Accio", // 5
        "José Ångström",          // 6
        "Teresa Horejsowa",       // 7
        "王小明",                 // 8
        "Bruna",                  // 9
        "Manu Sporny",            // 10
        "Γιώργος",                // 11
    ];

    #[test]
    fn a_bare_name_is_whole_or_initials_or_an_alias() {
        let mut all = roster(NAMES);
        all[10].aliases = vec!["manu_s".to_owned()];
        all[7].initials = "B".to_owned();
        for (typed, expected) in [
            ("Titti Cassa", Match::One(id(1))),
            ("titti cassa", Match::One(id(1))),
            ("Titti_Cassa", Match::One(id(1))),
            ("  titti   CASSA ", Match::One(id(1))),
            ("TC", Match::One(id(1))),
            ("tc", Match::One(id(1))),
            ("T.C.", Match::One(id(1))),
            ("TFH", Match::One(id(2))),
            ("th", Match::One(id(2))),
            ("Tracy F Hachshaw", Match::One(id(2))),
            ("Jorge Perez", Match::Several(vec![id(3), id(4)])),
            ("JP", Match::Several(vec![id(3), id(4)])),
            ("Dino Dell'Accio", Match::One(id(5))),
            ("Jose Angstrom", Match::One(id(6))),
            ("Jose\u{301} A\u{30a}ngstro\u{308}m", Match::One(id(6))),
            ("王小明", Match::One(id(8))),
            ("ΓΙΩΡΓΟΣ", Match::One(id(11))),
            ("γιωργος", Match::One(id(11))),
            ("王", Match::None),
            ("Bruna", Match::One(id(9))),
            ("B", Match::One(id(7))),
            ("manu_s", Match::One(id(10))),
            ("Manu S", Match::One(id(10))),
            ("Titti", Match::None),
            ("Tit", Match::None),
            ("Cassa", Match::None),
            ("Tracy Hachshaw", Match::None),
            ("", Match::None),
            (" _ ", Match::None),
        ] {
            assert_eq!(resolve(typed, false, &all), expected, "{typed:?}");
        }
    }

    #[test]
    fn a_beginning_counts_with_the_sign_only() {
        let all = roster(NAMES);
        for (typed, expected) in [
            ("@tit", Match::One(id(1))),
            ("@cas", Match::One(id(1))),
            ("@titti ca", Match::One(id(1))),
            ("@titti_ca", Match::One(id(1))),
            ("@accio", Match::One(id(5))),
            ("@ang", Match::One(id(6))),
            ("@t", Match::Several(vec![id(1), id(2), id(7)])),
            ("@jorge", Match::Several(vec![id(3), id(4)])),
            ("@bruna", Match::One(id(9))),
            ("@brun", Match::Several(vec![id(0), id(9)])),
            ("@tc", Match::One(id(1))),
            ("@ssa", Match::None),
            ("@", Match::None),
            ("tit", Match::None),
        ] {
            assert_eq!(resolve_typed(typed, &all), expected, "{typed:?}");
        }
    }

    #[test]
    fn b_is_not_bruna() {
        assert_eq!(resolve("B", false, &roster(&["Bruna", "Bruna Santos"])), Match::None);
    }

    #[test]
    fn accents_that_were_typed_decide() {
        let all = roster(&["José Lima", "Jose Lima"]);
        assert_eq!(resolve("José Lima", false, &all), Match::One(id(0)));
        assert_eq!(resolve("Jose Lima", false, &all), Match::Several(vec![id(0), id(1)]));
        assert_eq!(resolve("Josè Lima", false, &all), Match::Several(vec![id(0), id(1)]));
    }

    #[test]
    fn whole_names_aliases_and_surnames_with_particles_are_listed() {
        let mut all = roster(&[
            "Person 4",
            "Anna Schmidt",
            "Maria de Souza",
            "Ann van der Berg",
            "Zoë (Treasurer)",
            "第3会議室",
        ]);
        all[1].aliases = vec!["anna at home".to_owned()];
        all[0].initials = "fourth one".to_owned();
        for listed in [
            "Person 4",
            " person  4 ",
            "anna schmidt",
            "ANNA_SCHMIDT",
            "Anna at Home",
            "maria de souza",
            "de souza",
            "De Souza",
            "van der Berg",
            "der berg",
            "zoe (treasurer)",
            "第3会議室",
        ] {
            assert!(is_listed(listed, &all), "{listed:?}");
        }
        for other in [
            "Person",
            "person 40",
            "Person 4 of 5",
            "fourth one",
            "p 4",
            "anna",
            "anna sch",
            "schmidt anna",
            "souza",
            "a souza",
            "de Souz",
            "de",
            "van der",
            "van der Berg Ann",
            "zoe",
            "会議室",
            "next steps",
            "",
            " _ ",
        ] {
            assert!(!is_listed(other, &all), "{other:?}");
        }
        assert!(!is_listed("Person 4", &[]));
    }

    #[test]
    fn initials_of_names() {
        for (name, expected) in [
            ("Titti Cassa", "TC"),
            ("Tracy F. Hachshaw", "TFH"),
            ("bruna", "B"),
            ("Anne-Marie Lund", "AML"),
            ("(Ann) 'Ben", "AB"),
            ("王 小明", "王小"),
            ("", ""),
            (" - . ", ""),
        ] {
            assert_eq!(initials(name), expected, "{name:?}");
        }
    }

    proptest! {
        #[test]
        fn any_name_finds_its_bearer(name in "\\PC{1,20}", other in "\\PC{0,8}", typed in ".*") {
            let all = roster(&[&name, &other]);
            let _ = resolve_typed(&typed, &all);
            let found = resolve(&name, false, &all);
            let comparable = !Key::of(&name).folded.is_empty();
            let has = match &found {
                Match::One(one) => *one == id(0),
                Match::Several(several) => several.contains(&id(0)),
                Match::None => false,
            };
            prop_assert_eq!(has, comparable, "{:?}", found);
        }

        #[test]
        fn both_forms_of_a_letter_are_one(name in "[A-Za-zÀ-ž]{2,8} [A-Za-zÀ-ž]{2,8}") {
            let composed: String = name.nfc().collect();
            let apart: String = name.nfd().collect();
            prop_assert_eq!(resolve(&apart, false, &roster(&[&composed])), Match::One(id(0)));
            prop_assert_eq!(resolve(&composed.to_uppercase(), false, &roster(&[&apart])), Match::One(id(0)));
        }
    }
}
