//! A hub in memory, with weather: messages are lost, doubled, late and out of order, and laptops are cut off. What holds
//! through it holds on any wire. For tests, here and elsewhere.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::model::share::{Lane, MessageId};

use super::wire::{Arrived, Cut, Listed, Outgoing, Wire};

/// What befalls messages, each of a thousand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Weather {
    /// So many live deliveries are lost.
    pub lost: u16,
    /// So many are doubled.
    pub doubled: u16,
    /// So many overtake the one before.
    pub overtaking: u16,
    /// So many calls find that contact is lost.
    pub breaking: u16,
    /// So many acknowledgements are lost, though the hub stored the message.
    pub unacknowledged: u16,
}

#[derive(Debug, Default)]
struct State {
    stored: Vec<Arrived>,
    ids: HashSet<(MessageId, u32)>,
    place: u64,
    inboxes: HashMap<u64, Inbox>,
    connected: u64,
    weather: Weather,
    chance: u64,
}

#[derive(Debug, Default)]
struct Inbox {
    messages: VecDeque<Arrived>,
    whispers: Vec<Vec<u8>>,
}

impl State {
    /// Whether something befalls that does so many times of a thousand.
    fn befalls(&mut self, of_a_thousand: u16) -> bool {
        // A linear congruential generator; its upper bits are good enough for weather.
        self.chance = self
            .chance
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.chance >> 33) % 1000 < u64::from(of_a_thousand)
    }

    fn deliver(&mut self, message: &Arrived) {
        let numbers: Vec<u64> = self.inboxes.keys().copied().collect();
        for number in numbers {
            if self.befalls(self.weather.lost) {
                continue;
            }
            let copies = 1 + usize::from(self.befalls(self.weather.doubled));
            let overtakes = self.befalls(self.weather.overtaking);
            if let Some(inbox) = self.inboxes.get_mut(&number) {
                for _ in 0..copies {
                    if overtakes {
                        inbox.messages.push_front(message.clone());
                    } else {
                        inbox.messages.push_back(message.clone());
                    }
                }
            }
        }
    }
}

/// A hub that lives in memory.
#[derive(Clone, Debug, Default)]
pub struct MemoryHub(Arc<(Mutex<State>, Condvar)>);

/// What a hub held at some time.
#[derive(Clone, Debug)]
pub struct Store {
    stored: Vec<Arrived>,
    ids: HashSet<(MessageId, u32)>,
    place: u64,
}

impl MemoryHub {
    /// A hub whose weather follows from a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        let hub = Self::default();
        hub.state().chance = seed;
        hub
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sets the weather from now on.
    pub fn set_weather(&self, weather: Weather) {
        self.state().weather = weather;
    }

    /// A way to this hub.
    #[must_use]
    pub fn wire(&self) -> MemoryWire {
        let mut state = self.state();
        state.connected += 1;
        MemoryWire {
            hub: self.clone(),
            number: state.connected,
            contact: 0,
            is_up: false,
            is_cut: false,
        }
    }

    /// What it holds now.
    #[must_use]
    pub fn store(&self) -> Store {
        let state = self.state();
        Store {
            stored: state.stored.clone(),
            ids: state.ids.clone(),
            place: state.place,
        }
    }

    /// It holds what it held once; everybody loses contact.
    pub fn restore(&self, store: Store) {
        let mut state = self.state();
        state.stored = store.stored;
        state.ids = store.ids;
        state.place = store.place;
        state.inboxes.clear();
    }

    /// It lost all that it held; everybody loses contact.
    pub fn empty(&self) {
        self.restore(Store {
            stored: Vec::new(),
            ids: HashSet::new(),
            place: 0,
        });
    }

    /// All that it holds, as it sees it.
    #[must_use]
    pub fn held(&self) -> Vec<Arrived> {
        self.state().stored.clone()
    }

    /// Spoils the bodies of what it holds on a lane, as a failing disk would.
    pub fn spoil(&self, lane: Lane) {
        let mut state = self.state();
        for message in state.stored.iter_mut().filter(|message| message.lane == lane) {
            message.bytes.pop();
        }
    }

    /// Puts a message in as if somebody had published it, whatever it is.
    pub fn put(&self, lane: Lane, id: MessageId, bytes: Vec<u8>) {
        let mut state = self.state();
        state.place += 1;
        let message = Arrived {
            place: state.place,
            lane,
            id,
            bytes,
        };
        state.stored.push(message.clone());
        state.deliver(&message);
        drop(state);
        self.0.1.notify_all();
    }
}

/// One laptop's way to a [`MemoryHub`].
#[derive(Debug)]
pub struct MemoryWire {
    hub: MemoryHub,
    number: u64,
    contact: u64,
    is_up: bool,
    is_cut: bool,
}

impl MemoryWire {
    /// Cuts the line, or lets it be made again.
    pub fn cut(&mut self, is_cut: bool) {
        self.is_cut = is_cut;
        if is_cut {
            self.hang_up();
        }
    }

    fn hang_up(&mut self) {
        self.is_up = false;
        self.hub.state().inboxes.remove(&self.number);
    }

    /// There is contact, unless the weather breaks it now.
    fn connected(&mut self) -> Result<(), Cut> {
        let mut state = self.hub.state();
        let breaking = state.weather.breaking;
        let is_broken = state.befalls(breaking) || !state.inboxes.contains_key(&self.number);
        drop(state);
        if !self.is_up || is_broken {
            self.hang_up();
            return Err(Cut("the line is cut".to_owned()));
        }
        Ok(())
    }
}

impl Drop for MemoryWire {
    fn drop(&mut self) {
        self.hang_up();
    }
}

impl Wire for MemoryWire {
    fn contact(&mut self) -> Result<u64, Cut> {
        if self.is_cut {
            return Err(Cut("the line is cut".to_owned()));
        }
        let mut state = self.hub.state();
        if !self.is_up || !state.inboxes.contains_key(&self.number) {
            state.inboxes.insert(self.number, Inbox::default());
            self.is_up = true;
            self.contact += 1;
        }
        Ok(self.contact)
    }

    fn list(&mut self, lanes: &[Lane]) -> Result<Vec<Listed>, Cut> {
        self.connected()?;
        let state = self.hub.state();
        let on_lanes = state.stored.iter().filter(|message| lanes.contains(&message.lane));
        Ok(on_lanes
            .map(|message| Listed {
                place: message.place,
                lane: message.lane,
                id: message.id,
            })
            .collect())
    }

    fn fetch(&mut self, lanes: &[Lane], places: &[u64]) -> Result<Vec<Arrived>, Cut> {
        self.connected()?;
        let state = self.hub.state();
        let at = |place: &u64| {
            let found = state.stored.binary_search_by_key(place, |message| message.place).ok()?;
            state.stored.get(found).filter(|message| lanes.contains(&message.lane))
        };
        Ok(places.iter().filter_map(at).cloned().collect())
    }

    fn publish(&mut self, messages: &[Outgoing]) -> Result<usize, Cut> {
        for (done, message) in messages.iter().enumerate() {
            if let Err(cut) = self.connected() {
                return if done > 0 { Ok(done) } else { Err(cut) };
            }
            let mut state = self.hub.state();
            let unacknowledged = state.weather.unacknowledged;
            if state.ids.insert((message.id, message.copy)) {
                state.place += 1;
                let stored = Arrived {
                    place: state.place,
                    lane: message.lane,
                    id: message.id,
                    bytes: message.bytes.clone(),
                };
                state.stored.push(stored.clone());
                state.deliver(&stored);
            }
            if state.befalls(unacknowledged) {
                return Ok(done);
            }
        }
        self.hub.0.1.notify_all();
        Ok(messages.len())
    }

    fn arrived(&mut self, lanes: &[Lane], wait: Duration) -> Result<Vec<Arrived>, Cut> {
        self.connected()?;
        let mut state = self.hub.state();
        let is_empty = |state: &mut State| {
            let inbox = state.inboxes.get(&self.number);
            inbox.is_some_and(|inbox| inbox.messages.is_empty())
        };
        if is_empty(&mut state) && !wait.is_zero() {
            let waited = self.hub.0.1.wait_timeout_while(state, wait, |state| is_empty(state));
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        let inbox = state.inboxes.get_mut(&self.number);
        let came = inbox
            .map(|inbox| std::mem::take(&mut inbox.messages))
            .unwrap_or_default();
        Ok(came
            .into_iter()
            .filter(|message| lanes.contains(&message.lane))
            .collect())
    }

    fn whisper(&mut self, bytes: &[u8]) -> Result<(), Cut> {
        self.connected()?;
        let mut state = self.hub.state();
        let others = state.inboxes.iter_mut().filter(|(number, _)| **number != self.number);
        others.for_each(|(_, inbox)| inbox.whispers.push(bytes.to_vec()));
        Ok(())
    }

    fn heard(&mut self) -> Vec<Vec<u8>> {
        let mut state = self.hub.state();
        let inbox = state.inboxes.get_mut(&self.number);
        inbox
            .map(|inbox| std::mem::take(&mut inbox.whispers))
            .unwrap_or_default()
    }
}
