//! What a screen reader is told that looks at another place. Elsewhere the page's live region does it; `WebKitGTK` tells
//! nobody when one changes in a way that every reader hears (Orca 43 does not), so there a notification of the window's own
//! says it.

use tauri::WebviewWindow;

/// Says a text, whatever has the focus. Nothing of it is seen.
///
/// # Errors
/// The window is no more.
#[cfg(target_os = "linux")]
pub(crate) fn announce(window: &WebviewWindow, text: &str) -> tauri::Result<()> {
    use gtk::atk::prelude::AtkObjectExt as _;
    use gtk::atk::{Role, StateType};
    use gtk::glib::translate::IntoGlib as _;
    use gtk::prelude::{BoxExt as _, Cast as _, ContainerExt as _, WidgetExt as _};

    /// Beneath the page, and of no height.
    const HERALD: &str = "herald";

    let column = window.default_vbox()?;
    let before = column
        .children()
        .into_iter()
        .find(|child| child.widget_name() == HERALD);
    let herald = before.unwrap_or_else(|| {
        let herald = gtk::Box::new(gtk::Orientation::Horizontal, 0);
        herald.set_widget_name(HERALD);
        if let Some(accessible) = herald.accessible() {
            accessible.set_role(Role::Notification);
        }
        column.pack_start(&herald, false, false, 0);
        herald.show();
        herald.upcast()
    });
    if let Some(accessible) = herald.accessible() {
        accessible.set_name(text);
        if let Ok(showing) = StateType::Showing.into_glib().try_into() {
            accessible.notify_state_change(showing, true);
        }
    }
    Ok(())
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn announce(_: &WebviewWindow, _: &str) -> tauri::Result<()> {
    Ok(())
}
