//! An invitation: a short text that holds all that is needed to join. Whoever has the text can join.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

use crate::error::{Error, Result};
use crate::model::share::Role;
use crate::model::{AuthorId, MeetingId};

use super::bytes::{Reader, put_stretch};
use super::keys::{Key, PublicKey, SigningSecret};
use super::members::Root;

/// How the text begins.
const PREFIX: &str = "minuta:join/";
/// The form of the text.
const FORM: u8 = 1;
/// How many bytes of a hash stand at its end, so that a damaged paste is noticed.
const SUM: usize = 4;

/// What an invitation holds.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// Which meeting.
    pub meeting: MeetingId,
    /// Where the laptops meet; none = by file only.
    pub servers: Vec<String>,
    /// As what one joins.
    pub role: Role,
    /// The owner and the owner's key.
    pub root: Root,
    /// The meeting's first key.
    pub first: Key,
    /// Which keys are in use now.
    pub epoch: u32,
    /// The meeting's key in use now.
    pub current: Key,
    /// The internal companion's key in use now; for scribes only.
    pub internal: Option<Key>,
    /// What signs for who joins.
    pub secret: SigningSecret,
}

impl Invitation {
    /// The text.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = vec![FORM];
        out.extend_from_slice(self.meeting.0.as_bytes());
        out.push(
            Role::ALL
                .iter()
                .position(|role| *role == self.role)
                .unwrap_or(0)
                .to_le_bytes()[0],
        );
        out.extend_from_slice(self.root.owner.0.as_bytes());
        out.extend_from_slice(&self.root.key.0);
        out.extend_from_slice(self.secret.bytes());
        out.extend_from_slice(self.first.bytes());
        out.extend_from_slice(&self.epoch.to_be_bytes());
        if self.epoch > 0 {
            out.extend_from_slice(self.current.bytes());
        }
        if let Some(internal) = &self.internal {
            out.extend_from_slice(internal.bytes());
        }
        for server in &self.servers {
            put_stretch(&mut out, server.as_bytes());
        }
        let sum = Sha256::digest(&out);
        out.extend(sum.iter().take(SUM));
        format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(out))
    }

    /// Reads the text, as it was pasted.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a damaged one, and for one of a newer form.
    pub fn read(text: &str) -> Result<Self> {
        let damaged = || {
            Error::Invalid(
                "this is no whole invitation; copy all of the text that begins with minuta:join/ and try again. Nothing was changed"
                    .to_owned(),
            )
        };
        // Mail programs break long lines, and put marks around what they quote.
        let joined: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '<' | '>' | '"'))
            .collect();
        let code = joined.strip_prefix(PREFIX).ok_or_else(damaged)?;
        let bytes = URL_SAFE_NO_PAD.decode(code).map_err(|_| damaged())?;
        let (bytes, sum) = bytes.split_last_chunk::<SUM>().ok_or_else(damaged)?;
        if !Sha256::digest(bytes).starts_with(sum) {
            return Err(damaged());
        }
        let mut reader = Reader(bytes);
        if reader.byte() != Some(FORM) {
            return Err(Error::Invalid(
                "this invitation was made by a newer Minuta; open it with that version. Nothing was changed".to_owned(),
            ));
        }
        Self::fields(&mut reader).ok_or_else(damaged)
    }

    fn fields(reader: &mut Reader<'_>) -> Option<Self> {
        let meeting = MeetingId(uuid::Uuid::from_bytes(reader.array()?));
        let role = *Role::ALL.get(usize::from(reader.byte()?))?;
        let root = Root {
            owner: AuthorId(uuid::Uuid::from_bytes(reader.array()?)),
            key: PublicKey(reader.array()?),
        };
        let secret = SigningSecret::of(reader.take(32)?)?;
        let first = Key::of(reader.take(32)?)?;
        let epoch = reader.number()?;
        let current = if epoch > 0 {
            Key::of(reader.take(32)?)?
        } else {
            first.clone()
        };
        let internal = if role >= Role::Scribe {
            Some(Key::of(reader.take(32)?)?)
        } else {
            None
        };
        let mut servers = Vec::new();
        while !reader.0.is_empty() {
            servers.push(std::str::from_utf8(reader.stretch()?).ok()?.to_owned());
        }
        Some(Self {
            meeting,
            servers,
            role,
            root,
            first,
            epoch,
            current,
            internal,
            secret,
        })
    }
}
