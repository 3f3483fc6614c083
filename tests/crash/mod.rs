//! What an acknowledgement is worth: the power goes, the disk fills up, two write at once.
//!
//! Each in a seeded small share; at full size under `cargo xtask torture`.

mod full_disk;
mod kill;
mod side_by_side;
mod stream;
mod system_calls;
mod trace;
