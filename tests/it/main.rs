//! All integration tests, in one binary.

mod cli;
mod config;
mod dictionary;
mod invariants;
mod properties;
mod support;
