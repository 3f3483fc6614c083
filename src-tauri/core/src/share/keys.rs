//! Keys: those that a meeting's messages are sealed with, and those that an archive signs and is handed keys with.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use crypto_box::aead::Aead as _;
use crypto_box::{ChaChaBox, SecretKey};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use hmac::{Hmac, Mac as _};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest as _, Sha256};
use uuid::{Builder, Uuid, Variant, Version};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::env::Env;
use crate::error::{Error, Result};
use crate::model::AuthorId;

/// How long a nonce is.
const NONCE: usize = 24;

/// A secret of 32 bytes. It is wiped when dropped and never printed.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Zeroize, ZeroizeOnDrop)]
pub struct Key([u8; 32]);

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

impl Key {
    /// A new one.
    ///
    /// # Errors
    /// When the system gives no chance.
    pub fn fresh(env: &dyn Env) -> Result<Self> {
        let mut key = Self([0; 32]);
        env.fill_random(&mut key.0)?;
        Ok(key)
    }

    /// These bytes as a key.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// The bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// A keyed hash of these parts, for one purpose.
    #[must_use]
    pub fn hash<'a>(&self, purpose: &str, parts: impl IntoIterator<Item = &'a [u8]>) -> [u8; 32] {
        // Any length of key will do for it; a failure would be a defect of the library.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else {
            return [0; 32];
        };
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        for part in parts {
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }

    /// Seals under a fresh nonce, which stands before what is sealed; `about` is not hidden and must be the same when it
    /// is opened.
    pub(super) fn seal(&self, env: &dyn Env, about: &[u8], plain: &[u8]) -> Result<Vec<u8>> {
        let mut nonce = [0_u8; NONCE];
        env.fill_random(&mut nonce)?;
        let sealed = XChaCha20Poly1305::new(&self.0.into())
            .encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: about })
            .map_err(|_| Error::Internal("a message could not be sealed".to_owned()))?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Opens what [`Key::seal`] made; none for anything else.
    pub(super) fn open(&self, about: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>()?;
        let cipher = XChaCha20Poly1305::new(&self.0.into());
        let payload = Payload {
            msg: sealed,
            aad: about,
        };
        cipher.decrypt(&XNonce::from(*nonce), payload).ok()
    }
}

/// Bytes that are written as base64url in statements and invitations.
macro_rules! written_in_base64 {
    ($name:ident) => {
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&URL_SAFE_NO_PAD.encode(&self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                let bytes = URL_SAFE_NO_PAD.decode(text).map_err(serde::de::Error::custom)?;
                bytes
                    .try_into()
                    .map(Self)
                    .map_err(|_| serde::de::Error::custom("of another length"))
            }
        }
    };
}

/// A key that anybody may know: of a signature, of an invitation, or for handing keys.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PublicKey(pub [u8; 32]);
written_in_base64!(PublicKey);

/// A signature; all zero stands for none.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Signed(pub [u8; 64]);
written_in_base64!(Signed);

/// Bytes that only their reader understands.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Opaque(pub Vec<u8>);
written_in_base64!(Opaque);

impl PublicKey {
    /// Reads what [`fmt::Display`] wrote.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok().map(Self)
    }

    /// Whether this key's owner signed these bytes for this purpose.
    #[must_use]
    pub fn has_signed(&self, purpose: &str, bytes: &[u8], signature: &Signed) -> bool {
        let Ok(key) = VerifyingKey::from_bytes(&self.0) else {
            return false;
        };
        let message = [purpose.as_bytes(), &[0], bytes].concat();
        key.verify_strict(&message, &Signature::from_bytes(&signature.0))
            .is_ok()
    }

    /// The author whom this signing key belongs to. The id follows from the key, so that nobody can join under
    /// somebody else's.
    #[must_use]
    pub fn author(&self) -> AuthorId {
        let mixed = Sha256::new()
            .chain_update(b"minuta author")
            .chain_update(self.0)
            .finalize();
        let mut bytes = [0_u8; 16];
        bytes.iter_mut().zip(mixed).for_each(|(byte, mixed)| *byte = mixed);
        let id: Uuid = Builder::from_bytes(bytes)
            .with_variant(Variant::RFC4122)
            .with_version(Version::Custom)
            .into_uuid();
        AuthorId(id)
    }
}

/// What signs: an author, or an invitation.
#[derive(Clone)]
pub struct SigningSecret(SigningKey);

impl fmt::Debug for SigningSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningSecret({})", self.public())
    }
}

impl SigningSecret {
    /// A new one.
    ///
    /// # Errors
    /// When the system gives no chance.
    pub fn fresh(env: &dyn Env) -> Result<Self> {
        Key::fresh(env).map(|seed| Self(SigningKey::from_bytes(seed.bytes())))
    }

    /// These bytes as one.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(|seed| Self(SigningKey::from_bytes(seed)))
    }

    /// The bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    /// The key by which its signatures are known.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key().to_bytes())
    }

    /// Signs for one purpose.
    #[must_use]
    pub fn sign(&self, purpose: &str, bytes: &[u8]) -> Signed {
        let message = [purpose.as_bytes(), &[0], bytes].concat();
        Signed(self.0.sign(&message).to_bytes())
    }
}

/// Who this archive is to others: it signs, and is handed keys.
#[derive(Clone)]
pub struct Identity {
    /// What it signs with.
    pub signing: SigningSecret,
    /// What opens the keys that are handed to it.
    boxed: SecretKey,
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Identity({})", self.signing.public())
    }
}

impl Identity {
    /// A new one.
    ///
    /// # Errors
    /// When the system gives no chance.
    pub fn fresh(env: &dyn Env) -> Result<Self> {
        Ok(Self {
            signing: SigningSecret::fresh(env)?,
            boxed: SecretKey::from(*Key::fresh(env)?.bytes()),
        })
    }

    /// One from its stored halves.
    #[must_use]
    pub fn of(signing: &[u8], boxed: &[u8]) -> Option<Self> {
        Some(Self {
            signing: SigningSecret::of(signing)?,
            boxed: SecretKey::from(*Key::of(boxed)?.bytes()),
        })
    }

    /// The halves to be stored.
    #[must_use]
    pub fn halves(&self) -> (Key, Key) {
        (Key(*self.signing.bytes()), Key(self.boxed.to_bytes()))
    }

    /// The key by which keys are handed to it.
    #[must_use]
    pub fn box_key(&self) -> PublicKey {
        PublicKey(*self.boxed.public_key().as_bytes())
    }

    /// Hands something secret to one reader.
    pub(super) fn hand(&self, env: &dyn Env, to: &PublicKey, secret: &[u8]) -> Result<Opaque> {
        let mut nonce = [0_u8; NONCE];
        env.fill_random(&mut nonce)?;
        let sealed = ChaChaBox::new(&crypto_box::PublicKey::from(to.0), &self.boxed)
            .encrypt(&nonce.into(), secret)
            .map_err(|_| Error::Internal("a key could not be sealed".to_owned()))?;
        Ok(Opaque([nonce.as_slice(), &sealed].concat()))
    }

    /// Opens what was handed by this sender; none where it was not handed to this reader.
    pub(super) fn handed(&self, from: &PublicKey, sealed: &Opaque) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.0.split_first_chunk::<NONCE>()?;
        ChaChaBox::new(&crypto_box::PublicKey::from(from.0), &self.boxed)
            .decrypt(&(*nonce).into(), sealed)
            .ok()
    }
}
