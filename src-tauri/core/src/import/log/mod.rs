//! Logs of chats and of live scribing.
//!
//! | file | what it does |
//! | --- | --- |
//! | `rows` | the forms of logs: text → lines with time and nick |
//! | `stamp`, `days` | the times before the lines, and their days |
//! | `rtf`, `raw` | logs that went through a word processor; those that are JSON |
//! | `mended` | `s/old/new/` and `i/where/line/` among the lines |
//! | `people`, `aliases` | who is behind the nicks |
//! | `bots` | what programs in the channel say that counts |
//! | `scribes` | who scribes |
//! | `script`, `draft`, `votes` | what each line does, in the words of the line grammar |
//!
//! The lines are then carried out one by one, as typed lines are, when the plan is put into the record.

mod aliases;
mod bots;
mod days;
mod draft;
mod mended;
mod people;
mod raw;
mod rows;
mod rtf;
mod scribes;
mod script;
mod stamp;
#[cfg(test)]
mod tests;
mod votes;

pub use aliases::Aliases;
pub(crate) use aliases::fold;
pub use rows::{Form, Row, Rows, Sort, form, rows};
pub use script::{Entry, Log, Step, plan};
pub use stamp::Stamp;
