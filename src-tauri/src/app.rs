//! The window: the archive it holds, the four commands that the page calls, and the events that it hears. What the commands
//! do is the core's; what becomes of shared meetings meanwhile is [`crate::sharing`]'s, how files are dropped on it is
//! [`crate::dropping`]'s, what a screen reader is told [`crate::telling`]'s.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use minuta_core::api::{self, DroppedFile, Followed, Refusal};
use minuta_core::env::SystemEnv;
use minuta_core::model::MeetingId;
use minuta_core::share::Whereabouts;
use minuta_core::{Archive, Error};
use tauri::webview::{Color, PageLoadEvent};
use tauri::{AppHandle, Emitter, Manager, RunEvent, State, Theme, WebviewUrl, WebviewWindow, WebviewWindowBuilder};

use crate::dropping::Dropped;
use crate::sharing::{News, Sharing};

/// How often the window looks whether another program has written to the archive.
const WATCH: Duration = Duration::from_millis(250);

/// How long after it was loaded the page may leave the window hidden.
const SHOWN_AT_LATEST: Duration = Duration::from_secs(4);

/// The event that tells the page to read again.
const CHANGED: &str = "changed";

/// The event that tells the page how its shared meeting stands.
const SHARING: &str = "sharing";

/// The event that tells the page that a file was let go over it.
#[cfg(target_os = "linux")]
const DROPPED: &str = "dropped";

/// The archive, or why it could not be opened. It is tried again at each call, so that a disk which was missing may
/// be plugged in.
struct Shelf {
    path: PathBuf,
    archive: Mutex<Option<Arc<Mutex<Archive>>>>,
}

impl Shelf {
    fn archive(&self) -> Result<Arc<Mutex<Archive>>, Refusal> {
        let mut slot = self.archive.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(archive) = slot.as_ref() {
            return Ok(Arc::clone(archive));
        }
        let archive = open(&self.path).map_err(|error| self.refusal(&error))?;
        let archive = Arc::new(Mutex::new(archive));
        *slot = Some(Arc::clone(&archive));
        Ok(archive)
    }

    /// Why the archive could not be opened; always says which file it is.
    fn refusal(&self, error: &Error) -> Refusal {
        let (path, message) = (self.path.display().to_string(), error.to_string());
        let code = error.code();
        let message = if message.contains(&path) {
            message
        } else {
            format!("{path}: {message}")
        };
        Refusal { code, message }
    }
}

fn open(path: &Path) -> minuta_core::Result<Archive> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(Error::io("the folder could not be made"))?;
    }
    Archive::open(path, Arc::new(SystemEnv))
}

/// Where the archive is: `MINUTA_ARCHIVE`, else the platform's data folder, as for the CLI.
fn archive_path() -> anyhow::Result<PathBuf> {
    if let Some(path) = std::env::var_os("MINUTA_ARCHIVE").filter(|path| !path.is_empty()) {
        return Ok(path.into());
    }
    let folders = directories::ProjectDirs::from("", "", "Minuta")
        .ok_or_else(|| anyhow::anyhow!("no home folder: say MINUTA_ARCHIVE=FILE"))?;
    Ok(folders.data_local_dir().join("minuta.sqlite"))
}

/// The page, at the meeting that `MINUTA_MEETING` names by its id, else at the library. The id goes as the address's
/// fragment: so the page has it before anything is drawn, and needs no further command.
fn page(meeting: Option<&str>) -> PathBuf {
    let id = meeting.filter(|text| !text.is_empty()).and_then(|text| {
        let id = text.parse::<MeetingId>();
        if id.is_err() {
            tracing::warn!("MINUTA_MEETING is no id of a meeting: the library is opened");
        }
        id.ok()
    });
    id.map_or_else(|| "index.html".into(), |id| format!("index.html#{id}").into())
}

/// What the page does with the archive: one of the core's table of commands.
#[tauri::command(async)]
fn call(
    shelf: State<'_, Shelf>,
    sharing: State<'_, Sharing>,
    name: &str,
    request: serde_json::Value,
) -> Result<serde_json::Value, Refusal> {
    let archive = shelf.archive()?;
    let meeting = request.get("meeting").and_then(|id| id.as_str()?.parse().ok());
    let answer = api::call(&archive, name, request);
    sharing.after(name, meeting, &archive);
    answer
}

/// Where the page stands: for those with whom the meeting is shared. Answers how it stands with them.
#[tauri::command(async)]
fn stand(
    shelf: State<'_, Shelf>,
    sharing: State<'_, Sharing>,
    meeting: Option<MeetingId>,
    whereabouts: Whereabouts,
) -> Result<Option<Followed>, Refusal> {
    Ok(sharing.stand(&*shelf.archive()?, meeting, whereabouts))
}

/// The file that was let go over the window last: once, and none that the page could name.
#[tauri::command(async)]
fn dropped(dropped: State<'_, Dropped>) -> Result<Option<DroppedFile>, Refusal> {
    dropped.take()
}

/// Tells a screen reader, where the page itself cannot. Runs where the widgets are.
#[tauri::command]
fn announce(window: WebviewWindow, text: &str) {
    if let Err(error) = crate::telling::announce(&window, text) {
        tracing::warn!(%error, "a screen reader was not told");
    }
}

/// Tells the page.
fn tell(app: &AppHandle, news: News) {
    let told = match news {
        News::Changed => app.emit(CHANGED, ()),
        News::Stands(stands) => app.emit(SHARING, stands),
    };
    if let Err(error) = told {
        tracing::warn!(%error, "the page was not told of a shared meeting");
    }
}

/// Opens the archive, while the engine starts, so that the page need not wait for it: what is wrong with it the page is
/// told when it asks. Then says `changed` whenever its data version moves. Never waits for a writer, so that it cannot
/// delay one.
fn watch(app: &AppHandle) {
    let shelf = app.state::<Shelf>();
    let version = |archive: &Mutex<Archive>| archive.try_lock().ok()?.data_version().ok();
    let mut seen = shelf.archive().ok().and_then(|archive| version(&archive));
    loop {
        std::thread::sleep(WATCH);
        let archive = shelf.archive.try_lock().ok().and_then(|slot| slot.clone());
        let version = archive.and_then(|archive| version(&archive));
        if version.is_some() && version != seen {
            if seen.is_some()
                && let Err(error) = app.emit(CHANGED, ())
            {
                tracing::warn!(%error, "the page was not told of a change");
            }
            seen = version;
        }
    }
}

/// Opens the window and returns when it is closed.
pub(crate) fn run() -> anyhow::Result<()> {
    let path = archive_path()?;
    let shelf = Shelf {
        path: path.clone(),
        archive: Mutex::new(None),
    };
    tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .plugin(
            tauri_plugin_opener::Builder::new()
                .open_js_links_on_click(false)
                .build(),
        )
        .manage(shelf)
        .manage(Dropped::default())
        .invoke_handler(tauri::generate_handler![call, stand, dropped, announce])
        .setup(move |app| {
            let handle = app.handle().clone();
            std::thread::Builder::new()
                .name("archive".to_owned())
                .spawn(move || watch(&handle))?;
            let handle = app.handle().clone();
            app.manage(Sharing::start(&path, move |news| tell(&handle, news))?);
            let page = page(std::env::var("MINUTA_MEETING").ok().as_deref());
            let window = WebviewWindowBuilder::new(app, "main", WebviewUrl::App(page))
                .title("Minuta")
                .inner_size(1280.0, 800.0)
                .min_inner_size(900.0, 600.0)
                .background_color(LIGHT)
                // What is dropped goes to the page, also a link into a line that is written; what the page is not given
                // of it, `dropping` has.
                .disable_drag_drop_handler()
                // An empty window is none: the page shows it when it has something to show, at the latest a while after
                // it was loaded, should it have failed.
                .visible(false)
                .on_page_load(|window, load| {
                    if load.event() == PageLoadEvent::Finished {
                        std::thread::spawn(move || {
                            std::thread::sleep(SHOWN_AT_LATEST);
                            if let Err(error) = window.show() {
                                tracing::error!(%error, "the window cannot be shown");
                            }
                        });
                    }
                })
                // The page is the app's own and stays so; links open outside.
                .on_navigation(|url| url.scheme() == "tauri" || url.host_str() == Some("tauri.localhost"))
                .build()?;
            // The page's own ground, so that nothing flashes before it is drawn.
            if window.theme().is_ok_and(|theme| theme == Theme::Dark) {
                window.set_background_color(Some(DARK))?;
            }
            #[cfg(target_os = "linux")]
            {
                let handle = app.handle().clone();
                window.with_webview(move |view| {
                    crate::graphics::draw_unseen(&view.inner());
                    crate::dropping::hear(&view.inner(), move |paths| {
                        handle.state::<Dropped>().put(paths);
                        if let Err(error) = handle.emit(DROPPED, ()) {
                            tracing::warn!(%error, "the page was not told of a dropped file");
                        }
                    });
                })?;
            }
            Ok(())
        })
        .build(tauri::generate_context!())?
        .run(|app, event| {
            if matches!(event, RunEvent::Exit) {
                app.state::<Sharing>().end();
            }
        });
    Ok(())
}

/// `--surface` of the light theme.
const LIGHT: Color = Color(0xF8, 0xF8, 0xF6, 0xFF);
/// `--surface` of the dark theme.
const DARK: Color = Color(0x14, 0x15, 0x18, 0xFF);

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::page;

    #[test]
    fn the_page_opens_at_a_meeting_only_by_its_id() {
        let id = "0198c0de-0000-7000-8000-000000000042";
        assert_eq!(page(Some(id)), Path::new(&format!("index.html#{id}")));
        for other in [None, Some(""), Some("latest"), Some("../x?y#z")] {
            assert_eq!(page(other), Path::new("index.html"), "{other:?}");
        }
    }

    /// What the page may ask for is this and no more: no files, no programs, no network, and links to these two only.
    #[test]
    fn the_page_may_ask_for_little() {
        let file: serde_json::Value = serde_json::from_str(include_str!("../capabilities/main.json")).unwrap();
        let permissions = file["permissions"].as_array().unwrap();
        let plain: Vec<&str> = permissions.iter().filter_map(|one| one.as_str()).collect();
        assert_eq!(
            plain,
            [
                "allow-call",
                "allow-stand",
                "allow-dropped",
                "allow-announce",
                "core:event:allow-listen",
                "core:event:allow-unlisten",
                "core:webview:allow-set-webview-zoom",
                "core:window:allow-show",
                "dialog:allow-open",
                "dialog:allow-save"
            ]
        );
        let scoped: Vec<_> = permissions.iter().filter(|one| !one.is_string()).collect();
        assert_eq!(
            scoped,
            [&serde_json::json!({
                "identifier": "opener:allow-open-url",
                "allow": [{ "url": "https://*" }, { "url": "mailto:*" }]
            })]
        );
        assert_eq!(file["windows"], serde_json::json!(["main"]));
        assert!(file.get("remote").is_none(), "no other origin may ask for anything");
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("capabilities");
        assert_eq!(std::fs::read_dir(folder).unwrap().count(), 1, "one capability file");
        let config: serde_json::Value = serde_json::from_str(include_str!("../tauri.conf.json")).unwrap();
        let security = &config["app"]["security"];
        assert_eq!(security["capabilities"], serde_json::json!(["main"]));
        assert_eq!(security["freezePrototype"], true);
        assert_eq!(config["app"]["withGlobalTauri"], false);
        let policy = security["csp"].as_str().unwrap();
        assert!(!policy.contains("unsafe"), "{policy}");
        assert!(!policy.contains("https:"), "{policy}");
    }
}
