//! How `WebKitGTK` draws.

use std::os::unix::process::CommandExt;
use std::path::Path;

const SWITCH: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";

/// Without a GPU, WebKit's DMA-BUF renderer copies every frame through a software device and each keystroke waits
/// for it; the older renderer is several times faster there. WebKit reads the switch from the environment, so this
/// program starts itself again with it. Whoever has set the variable is left alone.
pub(crate) fn settle() -> anyhow::Result<()> {
    if std::env::var_os(SWITCH).is_some() || has_gpu(Path::new("/dev/dri")) {
        return Ok(());
    }
    let mut arguments = std::env::args_os();
    let _ = arguments.next();
    // Only returns if it failed.
    Err(std::process::Command::new(std::env::current_exe()?)
        .args(arguments)
        .env(SWITCH, "1")
        .exec()
        .into())
}

/// Has the page drawn while its window is still hidden, so that the window's first picture is the page and not its blank
/// ground. `WebKitGTK` draws a page whose widget is mapped, and a hidden window maps no widget by itself. What holds the
/// widget is given its size with this, as it is when it is shown.
pub(crate) fn draw_unseen(view: &impl gtk::prelude::IsA<gtk::Widget>) {
    use gtk::prelude::WidgetExt as _;

    view.realize();
    view.map();
}

/// Whether the folder of devices has a render node.
fn has_gpu(devices: &Path) -> bool {
    std::fs::read_dir(devices).is_ok_and(|entries| {
        entries
            .flatten()
            .any(|entry| entry.file_name().to_string_lossy().starts_with("renderD"))
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_render_node_is_a_gpu() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!super::has_gpu(folder.path()));
        std::fs::write(folder.path().join("card0"), "").unwrap();
        assert!(!super::has_gpu(folder.path()));
        std::fs::write(folder.path().join("renderD128"), "").unwrap();
        assert!(super::has_gpu(folder.path()));
        assert!(!super::has_gpu(&folder.path().join("none")));
    }
}
