//! Files that are dropped on the window. Where the engine gives the page what another program lets go over it, the page
//! takes it; `WebKitGTK` only says that there was something, so there the widget is asked.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use minuta_core::api::{self, DroppedFile, Refusal};

/// The files that were let go over the window last, until the page takes them. Only a hand puts something here.
#[derive(Debug, Default)]
pub(crate) struct Dropped(Mutex<Vec<PathBuf>>);

impl Dropped {
    /// These were let go.
    #[cfg(target_os = "linux")]
    pub(crate) fn put(&self, paths: Vec<PathBuf>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = paths;
    }

    /// What is to be known of them, once; none where nothing was dropped since.
    pub(crate) fn take(&self) -> Result<Option<DroppedFile>, Refusal> {
        let paths = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        if paths.is_empty() {
            return Ok(None);
        }
        Ok(api::dropped(&paths).map(Some)?)
    }
}

/// Hands over the paths of files that another program's drag lets go over this widget. Everything else (a link, a text,
/// what is drawn out of the page itself) goes on to the page as ever.
#[cfg(target_os = "linux")]
pub(crate) fn hear(view: &impl gtk::prelude::IsA<gtk::Widget>, let_go: impl Fn(Vec<PathBuf>) + 'static) {
    use std::cell::RefCell;
    use std::rc::Rc;

    use gtk::glib::filename_from_uri;
    use gtk::prelude::{DragContextExtManual as _, WidgetExt as _};

    // What is over the widget now; the engine asks for it as soon as the page says that it takes it.
    let over = Rc::new(RefCell::new(None));
    let asked = Rc::clone(&over);
    view.connect_drag_data_received(move |_, drag, _, _, data, _, _| {
        if drag.drag_get_source_widget().is_some() {
            return;
        }
        let uris = data.uris();
        let files = uris.iter().filter_map(|uri| filename_from_uri(uri).ok());
        let paths: Vec<PathBuf> = files.map(|(path, _)| path).collect();
        if !paths.is_empty() {
            asked.replace(Some((drag.clone(), paths)));
        }
    });
    view.connect_drag_drop(move |_, drag, _, _, time| {
        let Some((_, paths)) = over.take().filter(|(of, _)| of == drag) else {
            return false;
        };
        drag.drag_finish(true, false, time);
        let_go(paths);
        true
    });
}

#[cfg(test)]
mod tests {
    use super::Dropped;

    #[test]
    fn the_page_has_only_what_was_dropped_and_only_once() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("log.txt");
        std::fs::write(&file, "ann: hello").unwrap();
        let dropped = Dropped::default();
        assert!(dropped.take().unwrap().is_none());
        dropped.put(vec![file]);
        assert_eq!(dropped.take().unwrap().unwrap().name, "log.txt");
        assert!(dropped.take().unwrap().is_none());
        // What could not be had is not tried again.
        dropped.put(vec![folder.path().to_owned()]);
        let refused = dropped.take().unwrap_err();
        assert!(refused.message.contains("is a folder"), "{}", refused.message);
        assert!(dropped.take().unwrap().is_none());
    }
}
