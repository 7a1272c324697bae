//! Paths → raw documents.
