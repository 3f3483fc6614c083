//! The wire as the core sees it: blocking, with a runtime of its own behind it.

use std::fmt;
use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

use minuta_core::model::share::Lane;
use minuta_core::share::wire::{Address, Arrived, Cut, Listed, Outgoing, Wire};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::Notify;

use crate::link::{Heard, Link};

/// How long after a contact that failed the next is tried: doubled each time.
const PAUSE: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(5));
/// A contact that lasted so long was a good one.
const GOOD: Duration = Duration::from_secs(5);

/// A way between laptops over a NATS hub with `JetStream`.
///
/// Made and used on one thread, outside of any async runtime: it has one of its own, on another thread.
pub struct NatsWire {
    /// Only none while this is dropped.
    runtime: Option<Runtime>,
    address: Address,
    heard: Heard,
    woken: Arc<Notify>,
    link: Option<Link>,
    /// How many contacts there were.
    contacts: u64,
    /// How many of the last contacts failed or did not last.
    failed: u32,
    next: Instant,
    reason: String,
}

/// Wakes a wire that waits for something to arrive.
#[derive(Clone, Debug)]
pub struct Waker(Arc<Notify>);

impl Waker {
    /// Ends the wait, or the next one where there is none now.
    pub fn wake(&self) {
        self.0.notify_one();
    }
}

impl fmt::Debug for NatsWire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Neither the tag nor the credentials are for a log.
        f.debug_struct("NatsWire")
            .field("contacts", &self.contacts)
            .finish_non_exhaustive()
    }
}

impl NatsWire {
    /// A wire to a hub; contact is made when it is first asked for something.
    ///
    /// # Errors
    /// [`Cut`] when the system gives no thread.
    pub fn new(address: Address) -> Result<Self, Cut> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("minuta-wire")
            .enable_all()
            .build()
            .map_err(|error| Cut(format!("no thread for the connection: {error}")))?;
        Ok(Self {
            runtime: Some(runtime),
            address,
            heard: Heard::default(),
            woken: Arc::default(),
            link: None,
            contacts: 0,
            failed: 0,
            next: Instant::now(),
            reason: "there is no contact yet".to_owned(),
        })
    }

    /// What ends a wait in [`Wire::arrived`] early, from any thread.
    #[must_use]
    pub fn waker(&self) -> Waker {
        Waker(Arc::clone(&self.woken))
    }

    /// Does something with the contact that there is, or with a new one. What fails ends it.
    fn on_link<T>(&mut self, work: impl AsyncFnOnce(&mut Link, &Notify) -> Result<T, Cut>) -> Result<T, Cut> {
        self.contact()?;
        let (Some(runtime), Some(mut link)) = (&self.runtime, self.link.take()) else {
            return Err(Cut(self.reason.clone()));
        };
        let inside = runtime.handle().clone();
        match inside.block_on(work(&mut link, &self.woken)) {
            Ok(done) => {
                self.link = Some(link);
                Ok(done)
            }
            Err(cut) => {
                self.give_up(link, &cut.0);
                Err(cut)
            }
        }
    }

    fn give_up(&mut self, link: Link, reason: &str) {
        reason.clone_into(&mut self.reason);
        self.failed = if link.age() < GOOD { self.failed + 1 } else { 0 };
        self.next = Instant::now() + pause(self.failed);
        // What is still to be told to the hub when it is dropped is told in the runtime.
        let _inside = self.runtime.as_ref().map(Runtime::enter);
        drop(link);
    }
}

/// How long to wait after so many failures.
fn pause(failed: u32) -> Duration {
    match failed {
        0 => Duration::ZERO,
        failed => PAUSE.1.min(PAUSE.0 * 2_u32.saturating_pow(failed.min(10) - 1)),
    }
}

impl Wire for NatsWire {
    fn contact(&mut self) -> Result<u64, Cut> {
        if let Some(link) = &self.link {
            let Some(reason) = link.trouble() else {
                return Ok(self.contacts);
            };
            if let Some(link) = self.link.take() {
                self.give_up(link, &reason);
            }
        }
        let Some(runtime) = &self.runtime else {
            return Err(Cut(self.reason.clone()));
        };
        if Instant::now() < self.next {
            return Err(Cut(self.reason.clone()));
        }
        match runtime.block_on(Link::open(&self.address, &self.heard, &self.woken)) {
            Ok(link) => {
                self.link = Some(link);
                self.contacts += 1;
                Ok(self.contacts)
            }
            Err(cut) => {
                self.failed += 1;
                self.next = Instant::now() + pause(self.failed);
                self.reason.clone_from(&cut.0);
                Err(cut)
            }
        }
    }

    fn list(&mut self, lanes: &[Lane]) -> Result<Vec<Listed>, Cut> {
        self.on_link(async |link, _| link.list(lanes).await)
    }

    fn fetch(&mut self, lanes: &[Lane], places: &[u64]) -> Result<Vec<Arrived>, Cut> {
        self.on_link(async |link, _| link.fetch(lanes, places).await)
    }

    fn publish(&mut self, messages: &[Outgoing]) -> Result<usize, Cut> {
        self.on_link(async |link, _| link.publish(messages).await)
    }

    fn arrived(&mut self, lanes: &[Lane], wait: Duration) -> Result<Vec<Arrived>, Cut> {
        self.on_link(async |link, woken| link.arrived(lanes, wait, woken).await)
    }

    fn whisper(&mut self, bytes: &[u8]) -> Result<(), Cut> {
        self.on_link(async |link, _| link.whisper(bytes).await)
    }

    fn heard(&mut self) -> Vec<Vec<u8>> {
        let mut heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        heard.drain(..).collect()
    }
}

impl Drop for NatsWire {
    fn drop(&mut self) {
        if let (Some(runtime), Some(link)) = (&self.runtime, self.link.take()) {
            runtime.block_on(link.flush());
        }
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
