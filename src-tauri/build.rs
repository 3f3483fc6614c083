//! Makes the window's context from `tauri.conf.json`, and the permissions for the commands from their names.

fn main() {
    let commands = tauri_build::AppManifest::new().commands(&["call", "stand", "dropped", "announce"]);
    if let Err(error) = tauri_build::try_build(tauri_build::Attributes::new().app_manifest(commands)) {
        // Cargo reads this line: it fails the build with the message.
        #[allow(clippy::print_stdout)]
        {
            println!("cargo::error={}", format!("{error:#}").replace('\n', " "));
        }
    }
}
