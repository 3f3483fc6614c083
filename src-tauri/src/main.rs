//! The window of Minuta.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod app;
mod dropping;
#[cfg(target_os = "linux")]
mod graphics;
mod sharing;
mod telling;

use tracing_subscriber::EnvFilter;

/// What is logged unless `MINUTA_LOG` says otherwise. That a hub is away is told in the window, with the reason.
const LOGGED: &str = "warn,async_nats=off";

fn main() -> anyhow::Result<()> {
    #[cfg(target_os = "linux")]
    graphics::settle()?;
    tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::try_from_env("MINUTA_LOG").unwrap_or_else(|_| LOGGED.into()))
        .with_writer(std::io::stderr)
        .init();
    app::run()
}
