//! Files put in place whole, and files read up to a bound.

use std::fs;
use std::io::{self, Read as _};
use std::path::Path;

use crate::import::LARGEST;

/// The bytes of a file that is to be imported; of one that is too large, one byte more than is taken.
///
/// # Errors
/// When it cannot be read.
pub fn bytes_of(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = u64::try_from(LARGEST).unwrap_or(u64::MAX).saturating_add(1);
    fs::File::open(path)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

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
