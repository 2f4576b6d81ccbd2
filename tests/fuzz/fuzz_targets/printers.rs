//! What a printer says and what it is told: its state is read from any bytes, and a job's bytes are
//! the same job however they are split.
#![no_main]

use libfuzzer_sys::fuzz_target;
use paper::{
    decode::{Decoder, decode},
    profile::Profile,
    status::{Listener, Question, Status},
};

fuzz_target!(|data: &[u8]| {
    let Some((&pick, bytes)) = data.split_first() else { return };
    let mut listener = Listener::default();
    let mut status = Status::default();
    for (&byte, question) in bytes.iter().zip(Question::ALL.into_iter().cycle()) {
        let _ =
            (listener.hear(byte), status.learn(question, byte), Status::paper_from_queued(byte));
    }
    let names = Profile::names();
    let profile = Profile::find(names[usize::from(pick) % names.len()]).expect("it is built in");
    let whole = decode(bytes, &profile);
    let mut decoder = Decoder::new(&profile);
    let mut pieces = Vec::new();
    for chunk in bytes.chunks(usize::from(pick) / 32 + 1) {
        pieces.extend(decoder.push(chunk));
    }
    pieces.extend(decoder.finish());
    assert_eq!(whole, pieces);
});
