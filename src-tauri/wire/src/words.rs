//! Why there is no contact, in words that somebody can act upon.

use std::error::Error;
use std::io;

use async_nats::client::{RequestError, RequestErrorKind};
use async_nats::jetstream::{self, ErrorCode, context};
use async_nats::{ConnectError, ConnectErrorKind, rustls};
use minuta_core::share::wire::Cut;

/// A connection that did not come about.
pub(crate) fn connecting(error: &ConnectError, has_credentials: bool) -> Cut {
    if let Some(tls) = cause::<rustls::Error>(error) {
        return Cut(untrusted(tls));
    }
    Cut(match error.kind() {
        ConnectErrorKind::AuthorizationViolation if has_credentials => {
            "the hub does not accept these credentials".to_owned()
        }
        ConnectErrorKind::AuthorizationViolation => "the hub asks for credentials".to_owned(),
        ConnectErrorKind::Authentication => format!("the credentials cannot be used: {}", innermost(error)),
        ConnectErrorKind::Dns => format!("the hub's name is not known: {}", innermost(error)),
        ConnectErrorKind::ServerParse => format!("this is no address of a hub: {}", innermost(error)),
        ConnectErrorKind::TimedOut => "the hub does not answer".to_owned(),
        ConnectErrorKind::Tls => format!("TLS cannot be set up: {}", innermost(error)),
        ConnectErrorKind::Io | ConnectErrorKind::MaxReconnects => {
            match cause::<io::Error>(error).map(io::Error::kind) {
                Some(io::ErrorKind::ConnectionRefused) => {
                    "the hub refused the connection: nothing listens there".to_owned()
                }
                _ => format!("the hub cannot be reached: {}", innermost(error)),
            }
        }
    })
}

/// A request that was not answered, or answered with no.
pub(crate) fn asking(error: &(dyn Error + 'static)) -> Cut {
    if let Some(said) = cause::<jetstream::Error>(error) {
        return refused(said);
    }
    let asked = cause::<RequestError>(error).map(RequestError::kind);
    let store = cause::<context::RequestError>(error).map(context::RequestError::kind);
    Cut(match (asked, store) {
        (Some(RequestErrorKind::NoResponders), _) | (_, Some(context::RequestErrorKind::NoResponders)) => {
            NO_STORE.to_owned()
        }
        (Some(RequestErrorKind::TimedOut), _) | (_, Some(context::RequestErrorKind::TimedOut)) => {
            "the hub does not answer".to_owned()
        }
        _ => format!("the hub cannot be asked: {}", innermost(error)),
    })
}

const NO_STORE: &str = "the hub keeps no messages: JetStream is not on there (`nats-server -js`)";

/// What the hub's store said no with.
pub(crate) fn refused(said: &jetstream::Error) -> Cut {
    Cut(match said.error_code() {
        ErrorCode::JETSTREAM_NOT_ENABLED => NO_STORE.to_owned(),
        ErrorCode::JETSTREAM_NOT_ENABLED_FOR_ACCOUNT => {
            "the hub keeps no messages for this account: JetStream is not on for it".to_owned()
        }
        ErrorCode::CLUSTER_NOT_AVAILABLE => "too few servers of the hub's cluster are up".to_owned(),
        _ => format!("the hub refuses: {said}"),
    })
}

fn untrusted(error: &rustls::Error) -> String {
    use rustls::CertificateError as Wrong;
    match error {
        rustls::Error::InvalidCertificate(Wrong::UnknownIssuer | Wrong::BadSignature) => {
            "the hub's certificate is not vouched for by an authority known here; give the authority's file".to_owned()
        }
        rustls::Error::InvalidCertificate(Wrong::Expired | Wrong::ExpiredContext { .. }) => {
            "the hub's certificate has expired".to_owned()
        }
        rustls::Error::InvalidCertificate(Wrong::NotValidForName | Wrong::NotValidForNameContext { .. }) => {
            "the hub's certificate is for another name".to_owned()
        }
        error => format!("TLS with the hub failed: {error}"),
    }
}

/// The first error of a kind among this one and what caused it.
fn cause<'a, E: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a E> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref() {
            return Some(found);
        }
        // What an error of input and output holds is not what it names as its source.
        let held = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        next = match held {
            Some(held) => Some(held),
            None => error.source(),
        };
    }
    None
}

/// The last word of a chain of errors: the others only say that something went wrong.
fn innermost(error: &(dyn Error + 'static)) -> String {
    let mut last = error;
    while let Some(next) = last.source() {
        last = next;
    }
    last.to_string()
}
