//! Documents → Parquet.
