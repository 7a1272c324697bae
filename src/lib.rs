//! `gwr`: Chinese government work reports (政府工作报告) as tables.

pub mod clean;
pub mod config;
pub mod decode;
pub mod extract;
pub mod identify;
pub mod input;
pub mod model;
pub mod process;
pub mod repair;
pub mod segment;
pub mod tables;
pub mod text;
