//! Temporary.
#![allow(missing_docs)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Opening,
    Entry,
}
#[derive(Debug, thiserror::Error)]
#[error("journal")]
pub struct Fault;
pub trait Journal {
    fn append(&mut self, kind: Kind, payload: &[u8]) -> Result<u64, Fault>;
    fn sync(&mut self) -> Result<(), Fault>;
}
