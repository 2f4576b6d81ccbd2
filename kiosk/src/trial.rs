//! 测试: a slip that the office asks for, printed by the counter between two tickets. The same one is
//! asked for until its end was told, and is printed once.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use paper::slip::{self, Slip};
use wire::{
    http::{KioskTested, PrintOutcome},
    texts::{Language, Texts},
};

/// Between the line, which hears of it, and the counter, which prints it.
#[derive(Debug, Clone, Default)]
pub struct Trial(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    /// To be printed.
    asked: Option<u64>,
    /// Printed last, or being printed.
    last: Option<u64>,
    /// To be told.
    tested: Option<KioskTested>,
}

impl Trial {
    /// The server asks for a slip.
    pub fn ask(&self, test: u64) {
        let mut state = self.lock();
        if state.last != Some(test) {
            state.asked = Some(test);
        }
    }

    /// The slip that is to be printed now.
    #[must_use]
    pub fn take(&self) -> Option<u64> {
        let mut state = self.lock();
        let asked = state.asked.take()?;
        state.last = Some(asked);
        Some(asked)
    }

    /// What became of a slip.
    pub fn ended(&self, test: u64, outcome: PrintOutcome) {
        self.lock().tested = Some(KioskTested { test, outcome });
    }

    /// What is to be told.
    #[must_use]
    pub fn tested(&self) -> Option<KioskTested> {
        self.lock().tested
    }

    /// The server has heard it.
    pub fn told(&self, tested: Option<KioskTested>) {
        let mut state = self.lock();
        if state.tested == tested {
            state.tested = None;
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The slip.
#[must_use]
pub fn slip() -> Slip {
    let texts = Texts::of(Language::Chinese);
    slip::trial(texts.get("paper.test"), "", texts.get("paper.test_letters"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on ends with a panic")]
mod tests {
    use super::*;

    #[test]
    fn a_slip_that_is_asked_for_again_and_again_is_printed_and_told_once() {
        let trial = Trial::default();
        assert_eq!(trial.take(), None);
        trial.ask(7);
        trial.ask(7);
        assert_eq!(trial.take(), Some(7));
        trial.ask(7);
        assert_eq!((trial.take(), trial.tested()), (None, None), "it is being printed");
        trial.ended(7, PrintOutcome::Unknown);
        let tested = trial.tested();
        assert_eq!(tested, Some(KioskTested { test: 7, outcome: PrintOutcome::Unknown }));
        trial.ask(8);
        trial.told(tested);
        assert_eq!((trial.tested(), trial.take()), (None, Some(8)));
    }
}
