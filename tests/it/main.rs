//! All integration tests, in one binary.

mod clean;
mod cli;
mod config;
mod damage;
mod decode;
mod dictionary;
mod goldens;
mod identity;
mod indicators;
mod invariants;
mod outline;
mod parts;
mod polars;
mod properties;
mod provenance;
mod repair;
mod suites;
mod support;
