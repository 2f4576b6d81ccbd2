//! Who may do what with the draft.

use super::Reader;
use crate::{access::Role, profile::forms::Form};

/// What a reader may do.
#[derive(Debug, Clone, Copy)]
pub struct May {
    /// Changes everything of the draft, approves it, brings back what was.
    pub approves: bool,
    /// Changes some of it and proposes it.
    pub proposes: bool,
}

impl May {
    /// What this reader may.
    pub fn of(reader: &Reader) -> Self {
        let role = reader.identity.role;
        let approves = role == Role::Admin;
        Self { approves, proposes: approves || role == Role::Office }
    }

    /// True if the rows of this list may be changed.
    pub const fn changes(self, form: &Form) -> bool {
        self.approves || (self.proposes && form.by_office)
    }
}
