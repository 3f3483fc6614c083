//! Shared meetings while the window is open. The one on the page is followed on a thread of its own, over an archive and a
//! connection of its own, so that no hub ever keeps the window waiting. The others are compared with their hubs once at the
//! start, and again after something was written into them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use minuta_core::api::Followed;
use minuta_core::env::SystemEnv;
use minuta_core::model::MeetingId;
use minuta_core::model::share::{Role, Standing};
use minuta_core::share::wire::{Address, Wire as _};
use minuta_core::share::{self, Follower, Step, Taken, Whereabouts};
use minuta_core::{Archive, Error, Result};
use minuta_wire::{NatsWire, Waker};

/// How long a step waits for others. What is written here ends the wait at once; this is for other programs' writing, and
/// for who comes and goes.
const LOOK: Duration = Duration::from_millis(250);
/// How long after the archive could not be read or written it is tried again.
const PAUSE: Duration = Duration::from_secs(2);
/// How long one waits after writing into a meeting that is not on the page: more may follow.
const SOON: Duration = Duration::from_secs(1);
/// How long after a hub could not be reached the meetings that are not on the page are tried again: at first, and at most.
const LATER: (Duration, Duration) = (Duration::from_secs(30), Duration::from_secs(960));
/// The window is not kept from closing for longer.
const GOODBYE: Duration = Duration::from_millis(1500);

/// What there is to tell the page.
#[derive(Clone, Debug)]
pub(crate) enum News {
    /// Something was taken in: the page reads again.
    Changed,
    /// The meeting on the page stands so now.
    Stands(Followed),
}

type Tell = Arc<dyn Fn(News) + Send + Sync>;

/// The shared meetings of the window.
pub(crate) struct Sharing {
    path: PathBuf,
    tell: Tell,
    page: Arc<Mutex<Page>>,
    /// How much the window's own connection had written when it was last looked.
    written: AtomicU64,
    /// Whether the archive has been opened.
    is_open: AtomicBool,
    rounds: Sender<Round>,
}

/// Where the page stands, and the thread that follows its meeting, where that is shared.
#[derive(Default)]
struct Page {
    meeting: Option<MeetingId>,
    whereabouts: Whereabouts,
    following: Option<Following>,
}

/// The thread that follows a meeting, seen from the window.
struct Following {
    desk: Arc<Desk>,
    /// Hung up when the thread has ended.
    ended: Receiver<()>,
}

enum Round {
    /// The archive is open: every shared meeting is compared.
    All,
    /// Something was written into this one.
    One(MeetingId),
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Sharing {
    /// Starts with no meeting on the page.
    pub(crate) fn start(path: &Path, tell: impl Fn(News) + Send + Sync + 'static) -> std::io::Result<Self> {
        let (rounds, asked) = mpsc::channel();
        let sharing = Self {
            path: path.to_owned(),
            tell: Arc::new(tell),
            page: Arc::default(),
            written: AtomicU64::new(0),
            is_open: AtomicBool::new(false),
            rounds,
        };
        let (path, page, tell) = (path.to_owned(), Arc::clone(&sharing.page), Arc::clone(&sharing.tell));
        thread::Builder::new()
            .name("compare".to_owned())
            .spawn(move || compare_others(&path, &asked, &page, &tell))?;
        Ok(sharing)
    }

    /// The page stands here now. Answers how its meeting stands, where it is shared over a hub.
    pub(crate) fn stand(
        &self,
        archive: &Mutex<Archive>,
        meeting: Option<MeetingId>,
        whereabouts: Whereabouts,
    ) -> Option<Followed> {
        let mut page = lock(&self.page);
        if page.meeting != meeting {
            if let Some(left) = page.following.take() {
                left.desk.end();
                // What could not be sent before it was left goes by the next comparison.
                self.compare(Round::One(left.desk.meeting));
            }
            page.meeting = meeting;
        }
        page.whereabouts = whereabouts;
        self.follow(&mut page, archive);
        let desk = &page.following.as_ref()?.desk;
        let mut state = lock(&desk.state);
        if state.whereabouts != page.whereabouts {
            state.whereabouts.clone_from(&page.whereabouts);
            state.ring();
            desk.bell.notify_all();
        }
        state.told.clone()
    }

    /// A command was carried out. What it wrote goes on its way at once.
    pub(crate) fn after(&self, command: &str, meeting: Option<MeetingId>, archive: &Mutex<Archive>) {
        let written = match archive.try_lock() {
            Ok(archive) => archive.written(),
            // Another command is at it: that something was written is the safe guess.
            Err(_) => u64::MAX,
        };
        let before = self.written.swap(written, Ordering::Relaxed);
        if !self.is_open.swap(true, Ordering::Relaxed) {
            self.compare(Round::All);
        }
        let Some(meeting) = meeting.filter(|_| written != before) else {
            return;
        };
        let mut page = lock(&self.page);
        if page.meeting == Some(meeting) {
            // Whether and where a meeting is shared changes by these alone.
            let is_about_sharing = command.starts_with("share_");
            if is_about_sharing {
                self.follow(&mut page, archive);
            }
            if let Some(following) = &page.following {
                following.desk.wake(is_about_sharing);
            }
        } else {
            self.compare(Round::One(meeting));
        }
    }

    /// Ends what runs; waits a little for it to say goodbye.
    pub(crate) fn end(&self) {
        let Some(following) = lock(&self.page).following.take() else {
            return;
        };
        following.desk.end();
        let _hung_up = following.ended.recv_timeout(GOODBYE);
    }

    fn compare(&self, round: Round) {
        // Where that thread has ended, the next start of the window compares.
        let _ = self.rounds.send(round);
    }

    /// Begins to follow the meeting on the page, where it is shared and not followed yet.
    fn follow(&self, page: &mut Page, archive: &Mutex<Archive>) {
        let Some(meeting) = page.meeting.filter(|_| page.following.is_none()) else {
            return;
        };
        let shared = share::shares(&lock(archive)).unwrap_or_default();
        if !shared.contains(&meeting) {
            return;
        }
        let desk = Arc::new(Desk::new(meeting, page.whereabouts.clone()));
        let (alive, ended) = mpsc::channel();
        let (path, tell, own) = (self.path.clone(), Arc::clone(&self.tell), Arc::clone(&desk));
        let started = thread::Builder::new().name("share".to_owned()).spawn(move || {
            let _alive: Sender<()> = alive;
            follow(&own, &path, &tell);
        });
        match started {
            Ok(_) => page.following = Some(Following { desk, ended }),
            Err(error) => tracing::error!(%error, "a shared meeting cannot be followed"),
        }
    }
}

/// What the window and the thread that follows a meeting say to each other.
struct Desk {
    meeting: MeetingId,
    state: Mutex<DeskState>,
    bell: Condvar,
}

#[derive(Default)]
struct DeskState {
    whereabouts: Whereabouts,
    is_over: bool,
    /// Whether it may meet elsewhere by now.
    is_elsewhere: bool,
    is_rung: bool,
    waker: Option<Waker>,
    told: Option<Followed>,
}

impl DeskState {
    fn ring(&mut self) {
        self.is_rung = true;
        if let Some(waker) = &self.waker {
            waker.wake();
        }
    }
}

impl Desk {
    fn new(meeting: MeetingId, whereabouts: Whereabouts) -> Self {
        let state = DeskState {
            whereabouts,
            ..DeskState::default()
        };
        Self {
            meeting,
            state: Mutex::new(state),
            bell: Condvar::new(),
        }
    }

    fn wake(&self, is_elsewhere: bool) {
        let mut state = lock(&self.state);
        state.is_elsewhere |= is_elsewhere;
        state.ring();
        self.bell.notify_all();
    }

    fn end(&self) {
        lock(&self.state).is_over = true;
        self.wake(false);
    }

    fn is_over(&self) -> bool {
        lock(&self.state).is_over
    }

    /// Waits so long, or until the window has something to say.
    fn wait(&self, limit: Duration) {
        let state = lock(&self.state);
        let waited = self
            .bell
            .wait_timeout_while(state, limit, |state| !state.is_rung && !state.is_over);
        let (mut state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        state.is_rung = false;
    }

    /// Tells the page how the meeting stands, where that has changed.
    fn tell(&self, stands: Followed, tell: &Tell) {
        let mut state = lock(&self.state);
        if state.told.as_ref() != Some(&stands) {
            state.told = Some(stands.clone());
            drop(state);
            tell(News::Stands(stands));
        }
    }
}

/// Follows a meeting until the page leaves it.
fn follow(desk: &Desk, path: &Path, tell: &Tell) {
    while !desk.is_over() {
        if let Err(error) = follow_on(desk, path, tell) {
            let mut stands = lock(&desk.state).told.clone().unwrap_or_else(|| nowhere(desk.meeting));
            stands.connected = false;
            stands.reason = error.to_string();
            stands.present.clear();
            desk.tell(stands, tell);
            desk.wait(PAUSE);
        }
    }
}

/// How a meeting stands before anything is known.
fn nowhere(meeting: MeetingId) -> Followed {
    Followed {
        meeting,
        hub: false,
        connected: false,
        reason: String::new(),
        role: Role::Observer,
        standing: Standing::Good,
        present: Vec::new(),
        waiting: 0,
        contact: None,
        aside: 0,
    }
}

fn follow_on(desk: &Desk, path: &Path, tell: &Tell) -> Result<()> {
    let mut archive = Archive::open(path, Arc::new(SystemEnv))?;
    while !desk.is_over() {
        lock(&desk.state).is_elsewhere = false;
        let Some(address) = share::address(&archive, desk.meeting)? else {
            let stands = counted(&archive, nowhere(desk.meeting))?;
            desk.tell(stands, tell);
            // Until it is woken.
            desk.wait(LATER.1);
            continue;
        };
        let mut wire = NatsWire::new(address.clone()).map_err(Error::from)?;
        lock(&desk.state).waker = Some(wire.waker());
        let followed = follow_over(desk, &mut archive, &mut wire, &address, tell);
        lock(&desk.state).waker = None;
        followed?;
    }
    Ok(())
}

/// Follows a meeting over one wire: until the page leaves it, or it meets elsewhere.
fn follow_over(desk: &Desk, archive: &mut Archive, wire: &mut NatsWire, address: &Address, tell: &Tell) -> Result<()> {
    let mut follower = Follower::new(desk.meeting);
    let mut stands = nowhere(desk.meeting);
    stands.hub = true;
    let mut counted_at = None;
    loop {
        let may_be_elsewhere = {
            let mut state = lock(&desk.state);
            if state.is_over {
                break;
            }
            follower.stand(state.whereabouts.clone());
            std::mem::take(&mut state.is_elsewhere)
        };
        if may_be_elsewhere && share::address(archive, desk.meeting)?.as_ref() != Some(address) {
            break;
        }
        let version = archive.data_version()?;
        let step = follower.step(archive, wire, LOOK)?;
        if step.taken.changes + step.taken.statements > 0 {
            tell(News::Changed);
        }
        let before = stands.connected;
        note(&mut stands, &step, &follower, wire);
        // What was written while the step waited is sent by the next: it is not waiting yet.
        let is_settled = !step.connected || archive.data_version()? == version;
        let is_new = counted_at != Some(version) || step.sent > 0 || step.taken != Taken::default();
        if is_settled && (is_new || before != stands.connected) {
            stands = counted(archive, stands)?;
            counted_at = Some(version);
        }
        desk.tell(stands.clone(), tell);
        if !step.connected {
            desk.wait(LOOK);
        }
    }
    follower.goodbye(archive, wire);
    Ok(())
}

fn note(stands: &mut Followed, step: &Step, follower: &Follower, wire: &mut NatsWire) {
    stands.connected = step.connected;
    stands.present = follower.present();
    stands.reason = match (step.connected, wire.contact()) {
        (false, Err(cut)) => cut.0,
        _ => String::new(),
    };
}

/// With what the archive knows: how many changes wait to be sent, and when there was contact.
fn counted(archive: &Archive, stands: Followed) -> Result<Followed> {
    let Some(state) = share::state(archive, stands.meeting)? else {
        return Ok(stands);
    };
    Ok(Followed {
        waiting: state.waiting,
        contact: state.contact,
        aside: state.aside,
        role: state.role,
        standing: state.standing,
        ..stands
    })
}

/// Compares the meetings that are not on the page with their hubs, one after the other.
fn compare_others(path: &Path, asked: &Receiver<Round>, page: &Mutex<Page>, tell: &Tell) {
    let mut due: BTreeSet<MeetingId> = BTreeSet::new();
    let mut is_everything = false;
    let mut pause = LATER.0;
    loop {
        let first = if due.is_empty() && !is_everything {
            asked.recv().map_err(|_| RecvTimeoutError::Disconnected)
        } else {
            asked.recv_timeout(pause)
        };
        if matches!(first, Err(RecvTimeoutError::Disconnected)) {
            return;
        }
        thread::sleep(SOON);
        for round in first.ok().into_iter().chain(asked.try_iter()) {
            match round {
                Round::All => is_everything = true,
                Round::One(meeting) => {
                    due.insert(meeting);
                }
            }
        }
        match compare_due(path, &mut due, &mut is_everything, page) {
            Ok(true) => tell(News::Changed),
            Ok(false) => {}
            Err(error) => tracing::warn!(%error, "shared meetings could not be compared"),
        }
        pause = if due.is_empty() {
            LATER.0
        } else {
            LATER.1.min(pause * 2)
        };
    }
}

/// Answers whether anything was taken in. Whose hub was not reached stays due.
fn compare_due(
    path: &Path,
    due: &mut BTreeSet<MeetingId>,
    is_everything: &mut bool,
    page: &Mutex<Page>,
) -> Result<bool> {
    let mut archive = Archive::open(path, Arc::new(SystemEnv))?;
    let shared: BTreeSet<MeetingId> = share::shares(&archive)?.into_iter().collect();
    if std::mem::take(is_everything) {
        due.extend(&shared);
    }
    let mut is_new = false;
    for meeting in std::mem::take(due) {
        let is_on_page = lock(page).meeting == Some(meeting);
        if is_on_page || !shared.contains(&meeting) {
            continue;
        }
        let Some(address) = share::address(&archive, meeting)? else {
            continue;
        };
        let mut wire = NatsWire::new(address).map_err(Error::from)?;
        match share::exchange(&mut archive, meeting, &mut wire) {
            Ok(exchanged) => is_new |= exchanged.taken.changes + exchanged.taken.statements > 0,
            Err(Error::NoContact(_)) => {
                due.insert(meeting);
            }
            Err(error) => tracing::warn!(%error, "a shared meeting could not be compared"),
        }
    }
    Ok(is_new)
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use minuta_core::api;
    use serde_json::{Value, json};

    use super::*;

    /// An archive with a meeting, what follows it, and what the page is told.
    fn window(folder: &Path) -> (Mutex<Archive>, MeetingId, Sharing, Receiver<News>) {
        let path = folder.join("window.minuta");
        let archive = Mutex::new(Archive::open(&path, Arc::new(SystemEnv)).unwrap());
        let facts = json!({"series": "Lights", "short": "", "number": null, "starts": null, "zone": "UTC", "form": ""});
        let meeting = serde_json::from_value(api::call(&archive, "meeting_new", facts).unwrap()).unwrap();
        let (told, news) = mpsc::channel();
        let sharing = Sharing::start(&path, move |one| told.send(one).unwrap_or_default()).unwrap();
        (archive, meeting, sharing, news)
    }

    fn share(archive: &Mutex<Archive>, sharing: &Sharing, meeting: MeetingId, servers: &[&str]) {
        let request = json!({"meeting": meeting, "servers": servers, "name": "Ann Berg"});
        let _: Value = api::call(archive, "share_meeting", request).unwrap();
        sharing.after("share_meeting", Some(meeting), archive);
    }

    /// The first news of how the meeting stands that is so.
    fn until(news: &Receiver<News>, is_so: impl Fn(&Followed) -> bool) -> Followed {
        loop {
            match news.recv_timeout(Duration::from_secs(20)).unwrap() {
                News::Stands(stands) if is_so(&stands) => return stands,
                _ => {}
            }
        }
    }

    #[test]
    fn a_meeting_that_is_not_shared_is_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let (archive, meeting, sharing, _news) = window(folder.path());
        assert_eq!(sharing.stand(&archive, Some(meeting), Whereabouts::default()), None);
        assert!(lock(&sharing.page).following.is_none());
        sharing.end();
    }

    #[test]
    fn one_that_is_shared_by_file_is_known_to_have_no_hub_until_it_is_given_one() {
        let folder = tempfile::tempdir().unwrap();
        let (archive, meeting, sharing, news) = window(folder.path());
        sharing.stand(&archive, Some(meeting), Whereabouts::default());
        share(&archive, &sharing, meeting, &[]);
        let stands = until(&news, |_| true);
        assert!(!stands.hub && !stands.connected);
        assert!(stands.waiting > 0, "nobody has it yet: {stands:?}");
        // Nobody listens on this port: the window goes on, the reason is told, and it ends at once.
        share(&archive, &sharing, meeting, &["nats://127.0.0.1:9"]);
        let stands = until(&news, |stands| stands.hub && !stands.reason.is_empty());
        assert!(!stands.connected);
        let began = Instant::now();
        sharing.end();
        assert!(
            began.elapsed() < GOODBYE,
            "it does not wait for a hub that is not there"
        );
    }
}
