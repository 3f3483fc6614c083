//! What a starting window shows, change by change, as pictures.

use std::fs::{self, File};
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::screen::Watch;

/// Where frames are to be kept, where that is asked for.
pub(crate) fn folder() -> Option<PathBuf> {
    let folder = PathBuf::from(std::env::var_os("MINUTA_FRAMES")?);
    fs::create_dir_all(&folder).unwrap();
    Some(folder)
}

/// Takes a picture at each change until so long after the first, and writes them all: `NAME-0123ms.png`.
pub(crate) fn keep(watch: &mut Watch<'_>, started: Instant, during: Duration, folder: &Path, name: &str) {
    let mut frames = Vec::new();
    let mut until = Instant::now() + Duration::from_secs(20);
    while let Some((when, _)) = watch.change(until) {
        if frames.is_empty() {
            until = Instant::now() + during;
        }
        // Drawing in several pieces is one frame to the eye: the screen shows a new one every sixtieth of a second.
        let frame = when + Duration::from_millis(4);
        while watch.change(frame).is_some() {}
        frames.push((when.duration_since(started), watch.picture()));
    }
    for (when, picture) in frames {
        let file = folder.join(format!("{name}-{:04}ms.png", when.as_millis()));
        write(&file, watch, &picture);
    }
}

/// Keeps what is there now, for somebody to see why a measurement cannot go on; says where.
pub(crate) fn what_is_there(watch: &mut Watch<'_>) -> String {
    watch.look_anew();
    let file = folder().unwrap_or_else(std::env::temp_dir).join("minuta-bench.png");
    write(&file, watch, &watch.picture());
    file.display().to_string()
}

fn write(file: &Path, watch: &Watch<'_>, picture: &[u8]) {
    let mut encoder = png::Encoder::new(
        BufWriter::new(File::create(file).unwrap()),
        u32::try_from(watch.area.width).unwrap(),
        u32::try_from(watch.area.height).unwrap(),
    );
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_compression(png::Compression::Fast);
    encoder.write_header().unwrap().write_image_data(picture).unwrap();
}
