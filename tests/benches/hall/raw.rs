//! The floor: callers that share group commits of bare bytes, without hall, JSON, hashes or HTTP.
//!
//! Bytes go into zeros written ahead, as the journal's do: a file that need not grow is faster.

use std::{
    path::Path,
    sync::{
        Arc,
        mpsc::{Receiver, sync_channel},
    },
};

use journal::files::{File, Files};
use tokio::sync::oneshot;

use crate::{callers::Watch, inside::callers_of, stats::Found};

/// What the engine takes at most into one step.
const BATCH_MAX: usize = 256;

/// Zeros written ahead; the writing goes round in them.
const ZEROS_BYTES: usize = 16 << 20;

/// Measures `callers` that each write so many bytes and wait until they are on the disk.
pub fn measure(
    folder: &Path,
    files: &Arc<dyn Files>,
    bytes: usize,
    callers: usize,
    watch: Watch,
) -> Found {
    let path = folder.join("raw");
    let file = files.create(&path).expect("a file for the bench");
    file.write_at(0, &vec![0; ZEROS_BYTES]).expect("the disk takes zeros");
    file.sync().expect("the disk syncs");
    let (inbox, asked) = sync_channel::<oneshot::Sender<()>>(4_096);
    let writer = std::thread::spawn(move || write(&*file, bytes, &asked));
    let found = callers_of(callers, watch, |_, _| {
        let (answer, reply) = oneshot::channel();
        let sent = inbox.try_send(answer).is_ok();
        async move { sent && reply.await.is_ok() }
    });
    drop(inbox);
    writer.join().expect("the writer ends with its callers");
    files.remove(&path).ok();
    found
}

fn write(file: &dyn File, bytes: usize, asked: &Receiver<oneshot::Sender<()>>) {
    let mut at = 0;
    while let Ok(first) = asked.recv() {
        let mut replies = vec![first];
        replies.extend(asked.try_iter().take(BATCH_MAX - 1));
        let piece = vec![b'x'; bytes * replies.len()];
        if at + piece.len() > ZEROS_BYTES {
            at = 0;
        }
        file.write_at(at as u64, &piece).expect("the disk takes bytes");
        file.sync().expect("the disk syncs");
        at += piece.len();
        replies.into_iter().for_each(|reply| {
            // A caller whose time is up does not wait.
            reply.send(()).ok();
        });
    }
}
