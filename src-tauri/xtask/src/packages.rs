//! What the system has to bring: a C compiler, the web view's library, and the tools that tests look with.

use std::env;
use std::path::Path;

use anyhow::{Result, bail};

use crate::programs::{is_there, output, program, shown, succeed};

/// What the packages are for; each includes the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Purpose {
    /// The core and the CLI: a C compiler for SQLite.
    Headless,
    /// The window besides.
    Window,
    /// The tests besides: a display in memory, the web view's driver, Chinese letters, readers of PDF, a tracer of system
    /// calls, and a hub.
    Tests,
    /// The pictures besides: letters for every script that the sample's names are written in, and what makes files small.
    Pictures,
}

const DEBIAN: [(Purpose, &str); 15] = [
    (Purpose::Headless, "build-essential"),
    (Purpose::Window, "libwebkit2gtk-4.1-dev"),
    (Purpose::Window, "pkg-config"),
    (Purpose::Tests, "at-spi2-core"),
    (Purpose::Tests, "dbus-daemon"),
    (Purpose::Tests, "fonts-noto-cjk"),
    (Purpose::Tests, "nats-server"),
    (Purpose::Tests, "poppler-utils"),
    (Purpose::Tests, "qpdf"),
    (Purpose::Tests, "strace"),
    (Purpose::Tests, "webkit2gtk-driver"),
    (Purpose::Tests, "xauth"),
    (Purpose::Tests, "xvfb"),
    (Purpose::Pictures, "fonts-noto-core"),
    (Purpose::Pictures, "pngquant"),
];

const ELSEWHERE: &str = "\
Fedora:    sudo dnf install gcc pkgconf-pkg-config webkit2gtk4.1-devel
Arch:      sudo pacman -S --needed base-devel webkit2gtk-4.1
openSUSE:  sudo zypper install gcc pkgconf-pkg-config webkit2gtk3-devel
macOS:     xcode-select --install
Windows:   the \"Desktop development with C++\" workload of Visual Studio Build Tools, and WebView2
The tests also use xvfb-run, xauth, WebKitWebDriver, pdftotext, qpdf and strace (Linux), and leave out what needs a
nats-server where there is none; the pictures, Noto's fonts and pngquant.";

/// Installs what is missing where apt is there, saying so first; elsewhere says what to install.
pub(crate) fn ensure(purpose: Purpose) -> Result<()> {
    if is_there("apt-get") && is_there("dpkg-query") {
        return debian(purpose);
    }
    let absent = absent(purpose);
    if absent.is_empty() {
        return Ok(());
    }
    bail!(
        "missing: {}. Install it and start again:\n{ELSEWHERE}",
        absent.join(", ")
    );
}

fn debian(purpose: Purpose) -> Result<()> {
    let missing: Vec<&str> = DEBIAN
        .iter()
        .filter(|(of, name)| *of <= purpose && !installed(name))
        .map(|(_, name)| *name)
        .collect();
    if missing.is_empty() {
        println!("System packages: all there.");
        return Ok(());
    }
    let as_root = is_root();
    if !as_root && !is_there("sudo") {
        bail!("as root: apt-get update && apt-get install --yes {}", missing.join(" "));
    }
    println!(
        "System packages: installing {} with apt-get{}.",
        missing.join(" "),
        if as_root { "" } else { " and sudo" }
    );
    if missing.contains(&"nats-server") && Path::new("/run/systemd/system").is_dir() {
        println!("   Debian also starts nats-server, for this machine alone; the tests bring up their own hubs. It is");
        println!("   switched off with `systemctl disable --now nats-server`.");
    }
    let apt_get = |words: &[&str]| {
        // sudo drops the environment, so what apt has to know goes through env(1).
        let mut command = program(if as_root { "env" } else { "sudo" });
        if !as_root {
            command.arg("env");
        }
        command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]).args(words);
        println!("   {}", shown(&command));
        succeed(&mut command)
    };
    let mut install = vec!["install", "--yes", "--no-install-recommends"];
    install.extend(&missing);
    // The lists may be missing (a fresh image) or too old for the mirror: then they are fetched first.
    if lists_are_there() && apt_get(&install).is_ok() {
        return Ok(());
    }
    apt_get(&["update"])?;
    apt_get(&install)
}

fn installed(package: &str) -> bool {
    let mut query = program("dpkg-query");
    query.args(["--show", "--showformat=${Status}", package]);
    query.stderr(std::process::Stdio::null());
    query.output().is_ok_and(|said| said.stdout == b"install ok installed")
}

fn lists_are_there() -> bool {
    let Ok(entries) = Path::new("/var/lib/apt/lists").read_dir() else {
        return false;
    };
    entries
        .flatten()
        .any(|entry| entry.file_name().to_string_lossy().contains("_Packages"))
}

fn is_root() -> bool {
    output(program("id").arg("-u")).is_ok_and(|said| said.trim() == "0")
}

/// What cannot be found on a system without apt.
fn absent(purpose: Purpose) -> Vec<&'static str> {
    let mut absent = Vec::new();
    if cfg!(windows) {
        // The linker is found by rustc itself, which says what is missing; WebView2 is part of Windows.
        return absent;
    }
    if !["cc", "gcc", "clang"].iter().any(|name| is_there(name)) {
        absent.push("a C compiler");
    }
    if env::consts::OS != "linux" {
        return absent;
    }
    if purpose >= Purpose::Window
        && program("pkg-config")
            .args(["--exists", "webkit2gtk-4.1"])
            .status()
            .is_ok_and(|found| found.success())
            .eq(&false)
    {
        absent.push("webkit2gtk-4.1 with pkg-config");
    }
    if purpose >= Purpose::Tests {
        let tools = ["xvfb-run", "xauth", "WebKitWebDriver", "pdftotext", "qpdf", "strace"];
        absent.extend(tools.iter().filter(|name| !is_there(name)));
    }
    if purpose >= Purpose::Pictures && !is_there("pngquant") {
        absent.push("pngquant");
    }
    absent
}
