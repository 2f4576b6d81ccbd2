//! One look at the hall at a time: a look from inside another stops the hall, and no test meets the
//! moment in which it does.

use std::cell::Cell;

thread_local! {
    static LOOKS: Cell<bool> = const { Cell::new(false) };
}

/// This thread looks at the hall.
pub(super) struct Alone;

impl Alone {
    /// Begins a look. While our own tests run, a look from inside another is told at once.
    pub fn begin() -> Self {
        let nested = LOOKS.replace(true);
        debug_assert!(!nested, "the hall is looked at from inside a look");
        Self
    }
}

impl Drop for Alone {
    fn drop(&mut self) {
        LOOKS.set(false);
    }
}
