//! What is in force now and may be replaced while everybody reads it.

use std::{
    fmt,
    ops::Deref,
    sync::{PoisonError, RwLock},
};

/// A value that is read like any other and replaced as a whole.
///
/// Readers keep what they have begun with, for as long as they like: a value that was replaced stays
/// in memory. That suits a profile, which is replaced a few times a year; [`Live::REPLACED_MAX`]
/// bounds it.
pub struct Live<T: 'static>(RwLock<(&'static T, usize)>);

impl<T> Live<T> {
    /// How often one value may be replaced while the server runs: a profile of 100 kB that is
    /// reloaded so often takes 50 MB.
    pub const REPLACED_MAX: usize = 500;

    /// A first value.
    #[must_use]
    pub fn new(value: T) -> Self {
        Self(RwLock::new((Box::leak(Box::new(value)), 0)))
    }

    /// True while it may be replaced.
    #[must_use]
    pub fn can_be_replaced(&self) -> bool {
        self.0.read().unwrap_or_else(PoisonError::into_inner).1 < Self::REPLACED_MAX
    }

    /// Replaces the value; readers see the new one from their next look on.
    pub fn replace(&self, value: T) {
        let mut now = self.0.write().unwrap_or_else(PoisonError::into_inner);
        *now = (Box::leak(Box::new(value)), now.1 + 1);
    }
}

impl<T> Deref for Live<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0.read().unwrap_or_else(PoisonError::into_inner).0
    }
}

impl<T: fmt::Debug> fmt::Debug for Live<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
