//! One contact with the hub, from the connection made to its loss.

use std::collections::{BTreeMap, VecDeque};
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use async_nats::jetstream::context::{ContextBuilder, CreateStreamErrorKind, GetStreamErrorKind, PublishErrorKind};
use async_nats::jetstream::message::PublishMessage;
use async_nats::jetstream::stream::{Config, StorageType, Stream};
use async_nats::jetstream::{Context, ErrorCode};
use async_nats::{Client, Event, ServerError};
use bytes::Bytes;
use futures_util::StreamExt as _;
use minuta_core::model::share::Lane;
use minuta_core::share::wire::{Address, Cut, Outgoing};
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;

use crate::entry::Entry;
use crate::parts::{Name, split};
use crate::read::Live;
use crate::words;

/// How long the hub has to answer. A cluster that has lost its leading server answers nothing until it has another, and
/// what was asked meanwhile has to be asked again.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long the hub knows a message by its id as one that it has already.
const DUPLICATES: Duration = Duration::from_secs(120);
/// What a message needs beside its body.
const HEADER: usize = 512;
/// The longest body in one piece, however much the hub would take: on a slow line, too, it has to be through while the
/// hub's answer is waited for.
const PIECE: usize = 256 << 10;
/// How much is on its way to the hub at once, in messages and bytes, before the first acknowledgement.
const IN_FLIGHT: (usize, usize) = (256, 512 << 10);
/// How many whispers are kept until they are asked for, and of which length.
const HEARD: (usize, usize) = (256, 16 << 10);

/// What was heard and not stored.
pub(crate) type Heard = Arc<Mutex<VecDeque<Vec<u8>>>>;

/// A contact. Once something went wrong with it, it is given up.
pub(crate) struct Link {
    client: Client,
    jetstream: Context,
    tag: String,
    stream: Option<Stream>,
    /// Why contact is lost, once it is.
    trouble: watch::Sender<Option<String>>,
    since: Instant,
    /// Of bodies that lie in parts: where all of them lie, by the place of the last.
    pub(crate) parts: BTreeMap<u64, Vec<u64>>,
    /// From where on what arrives is live.
    pub(crate) live_from: Option<u64>,
    pub(crate) live: Option<Live>,
    _listening: JoinSet<()>,
}

impl Link {
    /// Connects to the first server that takes us. `woken` is told whenever something is heard.
    pub(crate) async fn open(address: &Address, heard: &Heard, woken: &Arc<Notify>) -> Result<Self, Cut> {
        let entry = Entry::of(address)?;
        let (trouble, _) = watch::channel(None);
        let told = trouble.clone();
        let said = Mutex::new(None::<String>);
        let options = entry.options.event_callback(move |event| {
            note(&event, &said, &told);
            std::future::ready(())
        });
        let connected = options.connect(entry.servers).await;
        let client = connected.map_err(|error| words::connecting(&error, entry.has_credentials))?;
        let mut listening = JoinSet::new();
        if let Ok(mut whispers) = client.subscribe(here(&address.tag)).await {
            let (heard, woken) = (Arc::clone(heard), Arc::clone(woken));
            listening.spawn(async move {
                while let Some(whisper) = whispers.next().await {
                    if whisper.payload.len() <= HEARD.1 {
                        let mut heard = heard.lock().unwrap_or_else(PoisonError::into_inner);
                        if heard.len() == HEARD.0 {
                            heard.pop_front();
                        }
                        heard.push_back(whisper.payload.to_vec());
                        woken.notify_one();
                    }
                }
            });
        }
        Ok(Self {
            jetstream: ContextBuilder::new().timeout(PATIENCE).build(client.clone()),
            client,
            tag: address.tag.clone(),
            stream: None,
            trouble,
            since: Instant::now(),
            parts: BTreeMap::new(),
            live_from: None,
            live: None,
            _listening: listening,
        })
    }

    /// Why contact is lost, if it is.
    pub(crate) fn trouble(&self) -> Option<String> {
        self.trouble.borrow().clone()
    }

    /// Waits until contact is lost.
    pub(crate) async fn lost(&self) -> Cut {
        let mut trouble = self.trouble.subscribe();
        let reason = trouble.wait_for(Option::is_some).await;
        let reason = reason.ok().and_then(|reason| reason.clone());
        Cut(reason.unwrap_or_else(|| "the connection was closed".to_owned()))
    }

    /// Tells that contact is lost, from a task.
    pub(crate) fn teller(&self) -> watch::Sender<Option<String>> {
        self.trouble.clone()
    }

    /// How long it has lasted.
    pub(crate) fn age(&self) -> Duration {
        self.since.elapsed()
    }

    pub(crate) fn inbox(&self) -> String {
        self.client.new_inbox()
    }

    /// The subject of a lane.
    pub(crate) fn subject(&self, lane: Lane) -> String {
        format!("minuta.{}.{}", self.tag, lane.word())
    }

    /// The subjects of all lanes.
    pub(crate) fn every_lane(&self) -> String {
        format!("minuta.{}.*", self.tag)
    }

    /// The lane of a subject.
    pub(crate) fn lane(&self, subject: &str) -> Option<Lane> {
        Lane::ALL.into_iter().find(|lane| self.subject(*lane) == subject)
    }

    /// Waits for an answer, but no longer than contact lasts.
    pub(crate) async fn answer<T>(&self, asked: impl Future<Output = Result<T, Cut>>) -> Result<T, Cut> {
        tokio::select! {
            answer = asked => answer,
            cut = self.lost() => Err(cut),
            () = tokio::time::sleep(PATIENCE) => Err(Cut("the hub does not answer".to_owned())),
        }
    }

    /// The meeting's stream, made where there is none.
    pub(crate) async fn stream(&mut self) -> Result<Stream, Cut> {
        if let Some(stream) = &self.stream {
            return Ok(stream.clone());
        }
        let name = format!("MINUTA_{}", self.tag);
        let found = self.answer(async {
            match self.jetstream.get_stream(&name).await {
                Ok(stream) => Ok(Some(stream)),
                Err(error) => match error.kind() {
                    GetStreamErrorKind::JetStream(said) if said.error_code() == ErrorCode::STREAM_NOT_FOUND => Ok(None),
                    GetStreamErrorKind::JetStream(said) => Err(words::refused(&said)),
                    _ => Err(words::asking(&error)),
                },
            }
        });
        let stream = match found.await? {
            Some(stream) => stream,
            None => self.make(name).await?,
        };
        self.stream = Some(stream.clone());
        Ok(stream)
    }

    async fn make(&self, name: String) -> Result<Stream, Cut> {
        let config = Config {
            name,
            subjects: Lane::ALL.map(|lane| self.subject(lane)).to_vec(),
            storage: StorageType::File,
            duplicate_window: DUPLICATES,
            num_replicas: 1,
            ..Config::default()
        };
        // In a cluster the meeting is to outlive a server; where too few of them are up, one copy is better than none.
        if self.client.server_info().cluster.is_some() {
            let thrice = Config {
                num_replicas: 3,
                ..config.clone()
            };
            if let Ok(stream) = self.create(thrice).await {
                return Ok(stream);
            }
        }
        self.create(config).await
    }

    async fn create(&self, config: Config) -> Result<Stream, Cut> {
        self.answer(async {
            let made = self.jetstream.create_stream(config).await;
            made.map_err(|error| match error.kind() {
                CreateStreamErrorKind::JetStream(said) => words::refused(&said),
                _ => words::asking(&error),
            })
        })
        .await
    }

    /// Publishes with many on their way at once; answers how many messages, from the start, are stored.
    pub(crate) async fn publish(&mut self, messages: &[Outgoing]) -> Result<usize, Cut> {
        self.stream().await?;
        let limit = self.client.max_payload().min(PIECE).saturating_sub(HEADER).max(HEADER);
        let mut stored = 0;
        let mut pieces: Vec<(usize, Lane, Name, Bytes)> = Vec::new();
        let mut bytes = 0;
        for (at, message) in messages.iter().enumerate() {
            let body = Bytes::from(message.bytes.clone());
            let Some(parts) = split((message.id, message.copy), &body, limit) else {
                let size = message.bytes.len() >> 20;
                return some(stored, Cut(format!("a message of {size} MB is too large for this hub")));
            };
            bytes += body.len();
            pieces.extend(parts.into_iter().map(|(name, piece)| (at, message.lane, name, piece)));
            if pieces.len() >= IN_FLIGHT.0 || bytes >= IN_FLIGHT.1 || at + 1 == messages.len() {
                bytes = 0;
                if let Err((failed_at, cut)) = self.send(std::mem::take(&mut pieces)).await {
                    return some(failed_at, cut);
                }
                stored = at + 1;
            }
        }
        Ok(stored)
    }

    /// Sends pieces and waits for all their acknowledgements. The error says of which message the first one failed.
    async fn send(&self, pieces: Vec<(usize, Lane, Name, Bytes)>) -> Result<(), (usize, Cut)> {
        let mut acknowledgements = Vec::with_capacity(pieces.len());
        for (at, lane, name, piece) in pieces {
            let message = PublishMessage::build().message_id(name.to_string()).payload(piece);
            let sent = self.answer(async {
                let sent = self.jetstream.send_publish(self.subject(lane), message).await;
                sent.map_err(|error| words::asking(&error))
            });
            acknowledgements.push((at, sent.await.map_err(|cut| (at, cut))?));
        }
        for (at, acknowledgement) in acknowledgements {
            let answer = async {
                acknowledgement.await.map_err(|error| match error.kind() {
                    // Nobody listens on the subject any more.
                    PublishErrorKind::StreamNotFound => Cut("the hub does not hold this meeting any more".to_owned()),
                    PublishErrorKind::TimedOut => Cut("the hub does not answer".to_owned()),
                    _ => words::asking(&error),
                })
            };
            self.answer(answer).await.map_err(|cut| (at, cut))?;
        }
        Ok(())
    }

    /// Says something that is not stored.
    pub(crate) async fn whisper(&self, bytes: &[u8]) -> Result<(), Cut> {
        let said = self.client.publish(here(&self.tag), Bytes::copy_from_slice(bytes));
        self.answer(async { said.await.map_err(|error| words::asking(&error)) })
            .await
    }

    /// Lets what was said leave.
    pub(crate) async fn flush(&self) {
        let _best_effort = tokio::time::timeout(Duration::from_millis(500), self.client.flush()).await;
    }
}

/// What is stored counts, even where the rest is not.
fn some(stored: usize, cut: Cut) -> Result<usize, Cut> {
    if stored == 0 { Err(cut) } else { Ok(stored) }
}

/// The subject of what is said and not stored.
fn here(tag: &str) -> String {
    format!("minuta.{tag}.here")
}

/// Takes note of what happened to the connection.
fn note(event: &Event, said: &Mutex<Option<String>>, trouble: &watch::Sender<Option<String>>) {
    let mut said = said.lock().unwrap_or_else(PoisonError::into_inner);
    let reason = match event {
        // Where whispers are not allowed, nobody is seen; everything else goes.
        Event::ServerError(ServerError::Other(text)) if text.contains(".here\"") => return,
        Event::ServerError(ServerError::Other(text)) if text.contains("Permissions Violation") => {
            format!("the hub does not permit this: {}", text.trim_matches('\''))
        }
        Event::ServerError(error) => {
            *said = Some(error.to_string());
            return;
        }
        Event::Disconnected | Event::Closed => match said.take() {
            Some(said) => format!("the hub closed the connection: {said}"),
            None => "the connection to the hub is lost".to_owned(),
        },
        Event::LameDuckMode => "the hub is shutting down".to_owned(),
        _ => return,
    };
    // The first reason is the cause; what follows comes of it.
    trouble.send_if_modified(|trouble| {
        let first = trouble.is_none();
        if first {
            *trouble = Some(reason);
        }
        first
    });
}
