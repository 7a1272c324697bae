//! `gwr`: Chinese government work reports (政府工作报告) as tables.

pub mod caught;
pub mod clean;
pub mod cli;
pub mod config;
pub mod decode;
pub mod duplicates;
pub mod extract;
pub mod identify;
pub mod input;
pub mod model;
pub mod pipeline;
pub mod process;
pub mod publish;
pub mod repair;
pub mod segment;
pub mod summary;
pub mod tables;
pub mod text;
