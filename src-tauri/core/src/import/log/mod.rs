//! Logs of chats and of live scribing.
//!
//! | file | what it does |
//! | --- | --- |
//! | `rows` | the forms of logs: text → lines with time and nick |
//! | `stamp` | the times before the lines |
//! | `mended` | `s/old/new/` and `i/where/line/` among the lines |
//! | `people`, `aliases` | who is behind the nicks |
//! | `bots` | what programs in the channel say that counts |
//! | `script` | what each line does, in the words of the line grammar |
//!
//! The lines are then carried out one by one, as typed lines are, by [`crate::edit::import`].

mod aliases;
mod bots;
mod mended;
mod people;
mod rows;
mod script;
mod stamp;
#[cfg(test)]
mod tests;

pub use aliases::Aliases;
pub(crate) use aliases::fold;
pub use rows::{Form, Row, Rows, Sort, form, rows};
pub use script::{Entry, Log, Options, Step, log};
pub use stamp::Stamp;
