//! The same window with a static page in it, a heading and a `<textarea>`: what `cargo xtask bench window` measures
//! Minuta's window against.

#[cfg(target_os = "linux")]
#[allow(
    dead_code,
    reason = "a page that is there at once gains nothing by being drawn unseen"
)]
#[path = "../../src/graphics.rs"]
mod graphics;

use tauri::webview::{Color, PageLoadEvent};
use tauri::{WebviewUrl, WebviewWindowBuilder};

fn main() -> anyhow::Result<()> {
    #[cfg(target_os = "linux")]
    graphics::settle()?;
    tauri::Builder::default()
        .setup(|app| {
            WebviewWindowBuilder::new(app, "main", WebviewUrl::App("index.html".into()))
                .title("Bare")
                .inner_size(1280.0, 800.0)
                .min_inner_size(900.0, 600.0)
                .background_color(Color(0xF8, 0xF8, 0xF6, 0xFF))
                .visible(false)
                .on_page_load(|window, load| {
                    if load.event() == PageLoadEvent::Finished {
                        let _shown = window.show();
                    }
                })
                .build()?;
            Ok(())
        })
        .run(tauri::generate_context!("examples/bare/tauri.conf.json"))?;
    Ok(())
}
