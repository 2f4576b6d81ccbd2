//! `[rules.priority]`: which classes show a paper at the window, and what becomes of who has none.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::words::PriorityClass;

/// The settings of priority classes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PriorityRules {
    /// 核验证件: the classes that show a paper at the window.
    pub verify: Vec<PriorityClass>,
    /// 不符合 goes back to the ordinary place; false: is served on, as an ordinary ticket.
    pub unfit_waits: bool,
}

impl Default for PriorityRules {
    fn default() -> Self {
        let verify = Vec::from([PriorityClass::Military, PriorityClass::Vulnerable]);
        Self { verify, unfit_waits: true }
    }
}
