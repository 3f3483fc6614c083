//! Reading what the hub holds: a list without bodies, bodies by their places, and what arrives live.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::time::{Duration, Instant};

use async_nats::Message;
use async_nats::jetstream::consumer::{AckPolicy, DeliverPolicy, pull, push};
use async_nats::jetstream::stream::{RawMessageErrorKind, Stream};
use bytes::Bytes;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use minuta_core::model::share::Lane;
use minuta_core::share::wire::{Arrived, Cut, Listed};
use tokio::sync::{Notify, mpsc};
use tokio::task::JoinSet;

use crate::link::Link;
use crate::parts::{Gathering, Name};
use crate::words;

/// How many messages are asked for at once, without bodies and with them.
const BATCH: (usize, usize) = (1000, 64);
/// So many places or fewer beside each other are asked for one by one.
const FEW: usize = 8;
/// How many single places are asked for at once.
const AT_ONCE: usize = 64;
/// How soon the hub forgets a reading that was broken off.
const FORGOTTEN: Duration = Duration::from_secs(30);
/// How long a server may lag behind the one that leads, and how soon it is asked again.
const LAG: Duration = Duration::from_secs(5);
const AGAIN: Duration = Duration::from_millis(20);
/// How many live messages wait here before the hub has to.
const WAITING: usize = 256;
/// How much `arrived` answers at most, in messages and bytes.
const ANSWER: (usize, usize) = (4096, 8 << 20);

/// A message as it lies on the hub.
struct Lying {
    place: u64,
    lane: Lane,
    name: Name,
    body: Bytes,
}

/// What arrives while contact lasts.
pub(crate) struct Live {
    lanes: Vec<Lane>,
    from: mpsc::Receiver<Lying>,
    gathering: Gathering,
    _tasks: JoinSet<()>,
}

impl Link {
    /// Everything on these lanes, without bodies. What comes later is live from here on.
    pub(crate) async fn list(&mut self, lanes: &[Lane]) -> Result<Vec<Listed>, Cut> {
        let stream = self.stream().await?;
        let (last, counts) = self.held(&stream).await?;
        self.live = None;
        self.live_from = Some(last + 1);
        self.parts.clear();
        let mut listed = Vec::new();
        for lane in lanes {
            let mut gathering = Gathering::default();
            let count = counts.get(&self.subject(*lane)).copied().unwrap_or(0);
            for lying in self.read(&stream, *lane, 1..=last, Some(count)).await? {
                if let Some(whole) = gathering.add(lying.lane, lying.name, lying.place, Bytes::new()) {
                    let place = whole.places.iter().copied().max().unwrap_or(lying.place);
                    listed.push(Listed {
                        place,
                        lane: lying.lane,
                        id: lying.name.id,
                    });
                    if whole.places.len() > 1 {
                        self.parts.insert(place, whole.places);
                    }
                }
            }
        }
        listed.sort_unstable_by_key(|listed| listed.place);
        Ok(listed)
    }

    /// The last place, and how many messages there are by subject: as the one of the hub's servers says that leads.
    async fn held(&self, stream: &Stream) -> Result<(u64, BTreeMap<String, usize>), Cut> {
        self.answer(async {
            let info = stream.info_with_subjects(self.every_lane()).await;
            let info = info.map_err(|error| words::asking(&error))?;
            let last = info.info.state.last_sequence;
            let counts = info.take(Lane::ALL.len()).try_collect().await;
            Ok((last, counts.map_err(|error| words::asking(&error))?))
        })
        .await
    }

    /// The bodies that lie at these places.
    pub(crate) async fn fetch(&mut self, lanes: &[Lane], places: &[u64]) -> Result<Vec<Arrived>, Cut> {
        let stream = self.stream().await?;
        let mut wanted: Vec<u64> = Vec::with_capacity(places.len());
        for place in places {
            match self.parts.get(place) {
                Some(parts) => wanted.extend(parts),
                None => wanted.push(*place),
            }
        }
        wanted.sort_unstable();
        wanted.dedup();
        let mut lying: Vec<Lying> = Vec::new();
        for run in wanted.chunk_by(|one, next| next - one <= FEW as u64) {
            match run {
                [first, .., last] if run.len() > FEW => {
                    for lane in lanes {
                        let read = self.read(&stream, *lane, *first..=*last, None).await?;
                        lying.extend(read.into_iter().filter(|lying| run.binary_search(&lying.place).is_ok()));
                    }
                }
                _ => {}
            }
        }
        lying.sort_unstable_by_key(|lying| lying.place);
        // The rest one by one: these the leading server answers, so that nothing is missed that another does not have yet.
        wanted.retain(|place| lying.binary_search_by_key(place, |lying| lying.place).is_err());
        lying.extend(self.pick(&stream, wanted).await?);
        lying.sort_unstable_by_key(|lying| lying.place);
        let mut gathering = Gathering::default();
        let mut fetched: Vec<Arrived> = lying
            .into_iter()
            .filter(|lying| lanes.contains(&lying.lane))
            .filter_map(|lying| arrived(&mut gathering, lying))
            .collect();
        fetched.sort_unstable_by_key(|arrived| arrived.place);
        Ok(fetched)
    }

    /// Messages one by one.
    async fn pick(&self, from: &Stream, places: Vec<u64>) -> Result<Vec<Lying>, Cut> {
        let asked = places.into_iter().map(|place| async move {
            let message = self.answer(async {
                match from.get_raw_message(place).await {
                    Ok(message) => Ok(Some(message)),
                    Err(error) if error.kind() == RawMessageErrorKind::NoMessageFound => Ok(None),
                    Err(error) => Err(words::asking(&error)),
                }
            });
            let Some(message) = message.await? else { return Ok(None) };
            let id = message.headers.get(async_nats::header::NATS_MESSAGE_ID);
            let name = id.and_then(|id| Name::read(id.as_str()));
            Ok(self.lane(&message.subject).zip(name).map(|(lane, name)| Lying {
                place,
                lane,
                name,
                body: message.payload,
            }))
        });
        let found: Vec<Option<Lying>> = stream::iter(asked).buffered(AT_ONCE).try_collect().await?;
        Ok(found.into_iter().flatten().collect())
    }

    /// The messages of a lane in a range of places: so many without their bodies, or those that are there with them.
    ///
    /// In a cluster it may be a server that does not have the latest yet which answers. Where it is known how many there
    /// are, it is waited for.
    async fn read(
        &self,
        from: &Stream,
        lane: Lane,
        places: RangeInclusive<u64>,
        headers_of: Option<usize>,
    ) -> Result<Vec<Lying>, Cut> {
        let mut read = Vec::new();
        if places.is_empty() || headers_of == Some(0) {
            return Ok(read);
        }
        let config = pull::Config {
            filter_subject: self.subject(lane),
            deliver_policy: DeliverPolicy::ByStartSequence {
                start_sequence: *places.start(),
            },
            ack_policy: AckPolicy::None,
            headers_only: headers_of.is_some(),
            memory_storage: true,
            num_replicas: 1,
            inactive_threshold: FORGOTTEN,
            ..pull::Config::default()
        };
        let consumer = self.answer(async {
            let consumer = from.create_consumer(config).await;
            consumer.map_err(|error| words::asking(&error))
        });
        let consumer = consumer.await?;
        let mut seen = 0;
        let mut left = match headers_of {
            Some(count) => count,
            None => usize::try_from(consumer.cached_info().num_pending).unwrap_or(usize::MAX),
        };
        let mut patience = Instant::now() + LAG;
        while left > 0 {
            let most = if headers_of.is_some() { BATCH.0 } else { BATCH.1 };
            let messages = self.answer(async {
                let messages = consumer.fetch().max_messages(left.min(most)).messages().await;
                messages.map_err(|error| words::asking(&error))
            });
            let mut messages = messages.await?;
            let next = async |messages: &mut pull::Batch| {
                let next = messages.next().await.transpose();
                next.map_err(|error| words::asking(error.as_ref()))
            };
            let before = seen;
            // When the last one has come, the end of the batch need not be waited for.
            while left > 0 {
                let Some(message) = self.answer(next(&mut messages)).await? else {
                    break;
                };
                seen += 1;
                let Ok(info) = message.info() else { continue };
                left = match headers_of {
                    Some(count) => count.saturating_sub(seen),
                    None => usize::try_from(info.pending).unwrap_or(usize::MAX),
                };
                let place = info.stream_sequence;
                if place > *places.end() {
                    return Ok(read);
                }
                read.extend(lying(&message.message, lane, place));
            }
            if seen > before {
                patience = Instant::now() + LAG;
            } else if headers_of.is_none() {
                break;
            } else if Instant::now() > patience {
                return Err(Cut("the hub does not have all that it says it holds".to_owned()));
            } else {
                tokio::time::sleep(AGAIN).await;
            }
        }
        Ok(read)
    }

    /// What arrived live on these lanes; waits up to `wait` for the first, or until woken.
    pub(crate) async fn arrived(
        &mut self,
        lanes: &[Lane],
        wait: Duration,
        woken: &Notify,
    ) -> Result<Vec<Arrived>, Cut> {
        if self.live.as_ref().is_none_or(|live| live.lanes != lanes) {
            self.live = None;
            self.live = Some(self.listen(lanes).await?);
        }
        let Some(mut live) = self.live.take() else {
            return Ok(Vec::new());
        };
        let first = tokio::select! {
            biased;
            first = live.from.recv() => first,
            cut = self.lost() => return Err(cut),
            () = woken.notified() => None,
            () = tokio::time::sleep(wait) => None,
        };
        let mut answer = Vec::new();
        let mut bytes = 0;
        let mut next = first;
        while let Some(lying) = next {
            // A part counts as well: a long body must not keep the caller waiting for others.
            bytes += lying.body.len();
            answer.extend(arrived(&mut live.gathering, lying));
            if answer.len() >= ANSWER.0 || bytes >= ANSWER.1 {
                break;
            }
            next = live.from.try_recv().ok();
        }
        self.live = Some(live);
        Ok(answer)
    }

    async fn listen(&mut self, lanes: &[Lane]) -> Result<Live, Cut> {
        let stream = self.stream().await?;
        let from = match self.live_from {
            Some(from) => from,
            None => self.held(&stream).await?.0 + 1,
        };
        // Listened to anew (other lanes), it goes on from the same place: what came already comes twice, which is harmless.
        self.live_from = Some(from);
        let (sender, receiver) = mpsc::channel(WAITING);
        let mut tasks = JoinSet::new();
        for lane in lanes.iter().copied() {
            let config = push::OrderedConfig {
                deliver_subject: self.inbox(),
                filter_subject: self.subject(lane),
                deliver_policy: DeliverPolicy::ByStartSequence { start_sequence: from },
                ..push::OrderedConfig::default()
            };
            let messages = self.answer(async {
                let consumer = stream
                    .create_consumer(config)
                    .await
                    .map_err(|error| words::asking(&error))?;
                consumer.messages().await.map_err(|error| words::asking(&error))
            });
            let mut messages = messages.await?;
            let (sender, trouble) = (sender.clone(), self.teller());
            tasks.spawn(async move {
                let why = loop {
                    match messages.next().await {
                        Some(Ok(message)) => {
                            let Ok(place) = message.info().map(|info| info.stream_sequence) else {
                                continue;
                            };
                            if let Some(lying) = lying(&message.message, lane, place)
                                && sender.send(lying).await.is_err()
                            {
                                return;
                            }
                        }
                        Some(Err(error)) => break format!("the hub stopped to deliver: {error}"),
                        None => break "the hub stopped to deliver".to_owned(),
                    }
                };
                trouble.send_if_modified(|trouble| {
                    let first = trouble.is_none();
                    trouble.get_or_insert(why);
                    first
                });
            });
        }
        Ok(Live {
            lanes: lanes.to_vec(),
            from: receiver,
            gathering: Gathering::default(),
            _tasks: tasks,
        })
    }
}

/// What a message on the hub is; none where it is nothing of ours.
fn lying(message: &Message, lane: Lane, place: u64) -> Option<Lying> {
    let id = message.headers.as_ref()?.get(async_nats::header::NATS_MESSAGE_ID)?;
    Some(Lying {
        place,
        lane,
        name: Name::read(id.as_str())?,
        body: message.payload.clone(),
    })
}

/// A body that has come, once all of it has.
fn arrived(gathering: &mut Gathering, lying: Lying) -> Option<Arrived> {
    let whole = gathering.add(lying.lane, lying.name, lying.place, lying.body)?;
    Some(Arrived {
        place: whole.places.into_iter().max().unwrap_or(lying.place),
        lane: lying.lane,
        id: lying.name.id,
        bytes: whole.body.to_vec(),
    })
}
