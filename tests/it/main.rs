//! All integration tests, in one binary.

mod cli;
mod config;
mod decode;
mod dictionary;
mod invariants;
mod properties;
mod support;
