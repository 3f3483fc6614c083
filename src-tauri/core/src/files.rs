//! Files put in place whole.

use std::fs;
use std::io;
use std::path::Path;

/// Gives a finished file its name, in one step, and makes that durable too: until its folder is on the disk, a crash
/// could still take the name back.
pub(crate) fn put_in_place(finished: &Path, path: &Path) -> io::Result<()> {
    fs::rename(finished, path)?;
    #[cfg(unix)]
    {
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}
