//! How one gets in: servers, TLS, credentials.

use std::fs;
use std::time::Duration;

use async_nats::{ConnectOptions, ServerAddr};
use minuta_core::share::wire::{Address, Cut};

/// How long a server has to answer at first.
const PATIENCE: Duration = Duration::from_secs(4);
/// How often the connection is tried for life; after two of these without an answer it is lost.
const PULSE: Duration = Duration::from_secs(5);

/// The servers to try, and how.
pub(crate) struct Entry {
    pub(crate) servers: Vec<ServerAddr>,
    pub(crate) options: ConnectOptions,
    /// Whether anything says who we are.
    pub(crate) has_credentials: bool,
}

impl Entry {
    /// Reads the address and the files that it names.
    pub(crate) fn of(address: &Address) -> Result<Self, Cut> {
        if address.servers.is_empty() {
            return Err(Cut("no hub is named".to_owned()));
        }
        let servers = address.servers.iter().map(|url| server(url));
        let servers = servers.collect::<Result<Vec<_>, _>>()?;
        let mut options = ConnectOptions::new()
            .name("minuta")
            .connection_timeout(PATIENCE)
            .request_timeout(Some(Duration::from_secs(10)))
            .ping_interval(PULSE)
            // The cluster's own list may hold names that only the servers know.
            .ignore_discovered_servers()
            // One round over the servers: whether and when another is worth it is decided outside.
            .max_reconnects(servers.len())
            .reconnect_delay_callback(|_| Duration::ZERO);
        if let Some(file) = &address.authority {
            if let Err(error) = fs::File::open(file) {
                return Err(Cut(format!(
                    "the authority's file {} cannot be read: {error}",
                    file.display()
                )));
            }
            options = options.add_root_certificates(file.clone()).require_tls(true);
        }
        let mut has_credentials = false;
        if let Some(file) = &address.credentials {
            let text = fs::read_to_string(file).map_err(|error| {
                Cut(format!(
                    "the credentials file {} cannot be read: {error}",
                    file.display()
                ))
            })?;
            options =
                known_by(options, &text).ok_or_else(|| Cut(format!("{} holds no credentials", file.display())))?;
            has_credentials = true;
        } else if let Some((user, password)) = servers.iter().find_map(named_in) {
            options = options.user_and_password(user, password);
            has_credentials = true;
        }
        Ok(Self {
            servers,
            options,
            has_credentials,
        })
    }
}

fn server(url: &str) -> Result<ServerAddr, Cut> {
    let parsed: Result<ServerAddr, _> = url.trim().parse();
    match parsed {
        Ok(server) if matches!(server.scheme(), "nats" | "tls") && !server.host().is_empty() => Ok(server),
        Ok(_) => Err(Cut(format!(
            "\"{url}\" is no address of a hub: nats://HOST:PORT or tls://HOST:PORT"
        ))),
        Err(error) => Err(Cut(format!("\"{url}\" is no address of a hub: {error}"))),
    }
}

/// The three forms of a credentials file: a `.creds` of NATS (token and key), the seed of a key alone, or
/// `USER:PASSWORD`.
fn known_by(options: ConnectOptions, text: &str) -> Option<ConnectOptions> {
    if text.contains("-----BEGIN NATS USER JWT-----") {
        return options.credentials(text).ok();
    }
    let line = text
        .lines()
        .map(str::trim)
        .find(|line| !line.is_empty() && !line.starts_with('#'))?;
    if line.starts_with("SU") && line.len() == 58 && line.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Some(options.nkey(line.to_owned()));
    }
    let (user, password) = line.split_once(':')?;
    Some(options.user_and_password(user.to_owned(), password.to_owned()))
}

/// `nats://USER:PASSWORD@HOST`
fn named_in(server: &ServerAddr) -> Option<(String, String)> {
    let (user, password) = (server.username()?, server.password()?);
    Some((user.to_owned(), password.to_owned()))
}
