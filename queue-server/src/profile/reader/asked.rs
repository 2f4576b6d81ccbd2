//! Every key that a reader has asked for, with its file and the tables above it: for the test that looks
//! for a page of each.

use std::{cell::RefCell, collections::BTreeSet};

/// A file, the tables above the key, and the key.
pub type Asked = (String, Vec<String>, String);

thread_local! {
    static ALL: RefCell<BTreeSet<Asked>> = const { RefCell::new(BTreeSet::new()) };
}

pub fn note(file: &str, path: &[String], keys: &BTreeSet<String>) {
    let each = keys.iter().map(|key| (file.to_owned(), path.to_vec(), key.clone()));
    ALL.with_borrow_mut(|all| all.extend(each));
}

/// What this thread's readers have asked for since the last time.
pub fn take() -> BTreeSet<Asked> {
    ALL.take()
}
