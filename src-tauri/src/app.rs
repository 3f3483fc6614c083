//! The window: the archive it holds, the one command that the page calls, and the event that says that another program
//! has written. What the commands do is the core's.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use minuta_core::api::{self, Refusal};
use minuta_core::env::SystemEnv;
use minuta_core::{Archive, Error};
use tauri::webview::Color;
use tauri::{AppHandle, Emitter, Manager, State, Theme, WebviewUrl, WebviewWindowBuilder};

/// How often the window looks whether another program has written to the archive.
const WATCH: Duration = Duration::from_millis(250);

/// The event that tells the page to read again.
const CHANGED: &str = "changed";

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

/// The only command of the page: one of the core's table.
#[tauri::command(async)]
fn call(shelf: State<'_, Shelf>, name: &str, request: serde_json::Value) -> Result<serde_json::Value, Refusal> {
    api::call(&*shelf.archive()?, name, request)
}

/// Says `changed` whenever the archive's data version moves. Never waits for a writer, so that it cannot delay one.
fn watch(app: &AppHandle) {
    let mut seen = None;
    loop {
        std::thread::sleep(WATCH);
        let archive = app
            .state::<Shelf>()
            .archive
            .try_lock()
            .ok()
            .and_then(|slot| slot.clone());
        let version = archive.and_then(|archive| archive.try_lock().ok()?.data_version().ok());
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
    let shelf = Shelf {
        path: archive_path()?,
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
        .invoke_handler(tauri::generate_handler![call])
        .setup(|app| {
            let window = WebviewWindowBuilder::new(app, "main", WebviewUrl::default())
                .title("Minuta")
                .inner_size(1280.0, 800.0)
                .min_inner_size(900.0, 600.0)
                .background_color(LIGHT)
                // The page is the app's own and stays so; links open outside.
                .on_navigation(|url| url.scheme() == "tauri" || url.host_str() == Some("tauri.localhost"))
                .build()?;
            // The page's own ground, so that nothing flashes before it is drawn.
            if window.theme().is_ok_and(|theme| theme == Theme::Dark) {
                window.set_background_color(Some(DARK))?;
            }
            let handle = app.handle().clone();
            std::thread::Builder::new()
                .name("watch".to_owned())
                .spawn(move || watch(&handle))?;
            Ok(())
        })
        .run(tauri::generate_context!())?;
    Ok(())
}

/// `--surface` of the light theme.
const LIGHT: Color = Color(0xF8, 0xF8, 0xF6, 0xFF);
/// `--surface` of the dark theme.
const DARK: Color = Color(0x14, 0x15, 0x18, 0xFF);
