//! Everything that needs no display, in one program.

#[path = "../crash/mod.rs"]
mod crash;
mod house;
