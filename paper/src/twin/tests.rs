use std::net::TcpStream;

use super::*;
use crate::encode::encode;
use crate::preview::preview;
use crate::slip::{Align, Size, Slip};
use crate::status::{PaperState, Status};
use crate::testing::{faces, profile, ticket};

const SOON: Duration = Duration::from_secs(5);

fn twin(name: &str) -> PrinterTwin {
    PrinterTwin::start(&profile(name), &faces(), "127.0.0.1:0").expect("a twin")
}

fn connect(twin: &PrinterTwin) -> TcpStream {
    let stream = TcpStream::connect(twin.address()).expect("a connection");
    stream.set_read_timeout(Some(SOON)).expect("a timeout");
    stream
}

fn ask<const N: usize>(stream: &mut TcpStream, question: &[u8]) -> [u8; N] {
    stream.write_all(question).expect("a question");
    let mut answer = [0; N];
    stream.read_exact(&mut answer).expect("an answer");
    answer
}

#[test]
fn it_answers_as_the_manual_says() {
    let twin = twin("generic-80");
    let mut stream = connect(&twin);
    assert_eq!(ask(&mut stream, &[0x10, 4, 1]), [0x12]);
    assert_eq!(ask(&mut stream, &[0x10, 4, 4]), [0x12]);
    twin.set(TwinState { paper: TwinPaper::NearEnd, ..TwinState::default() });
    assert_eq!(ask(&mut stream, &[0x10, 4, 4]), [0x1e]);
    assert_eq!(ask(&mut stream, &[0x1d, 0x72, 1]), [0x03]);
    twin.set(TwinState { paper: TwinPaper::Out, ..TwinState::default() });
    assert_eq!(ask(&mut stream, &[0x10, 4, 4]), [0x7e]);
    assert_eq!(ask(&mut stream, &[0x10, 4, 2]), [0x32]);
    twin.set(TwinState { cover_open: true, ..TwinState::default() });
    assert_eq!(ask(&mut stream, &[0x10, 4, 2]), [0x16]);
}

#[test]
fn it_says_who_it_is() {
    let twin = twin("generic-80");
    let mut stream = connect(&twin);
    assert_eq!(&ask::<8>(&mut stream, &[0x1d, 0x49, 0x42]), b"_PAIHAO\0");
    assert_eq!(&ask::<6>(&mut stream, &[0x1d, 0x49, 0x43]), b"_TWIN\0");
}

#[test]
fn it_reports_changes_by_itself_once_asked_to() {
    let twin = twin("epson-80");
    let mut stream = connect(&twin);
    let report = |bytes| Status::from_automatic(bytes).expect("a report");
    assert!(report(ask(&mut stream, &[0x1d, 0x61, 0xff])).can_print());
    twin.set(TwinState { cover_open: true, ..TwinState::default() });
    assert!(report(ask(&mut stream, &[])).cover_open);
    twin.set(TwinState { paper: TwinPaper::NearEnd, ..TwinState::default() });
    assert_eq!(report(ask(&mut stream, &[])).paper, PaperState::NearEnd);
}

#[test]
fn a_model_without_the_sensor_reports_enough_paper_for_ever() {
    let twin = twin("gbk-80");
    twin.set(TwinState { paper: TwinPaper::NearEnd, ..TwinState::default() });
    assert_eq!(ask(&mut connect(&twin), &[0x10, 4, 4]), [0x12]);
}

#[test]
fn it_keeps_each_slip_as_bytes_and_picture() {
    let mut twin = twin("generic-80");
    let model = profile("generic-80");
    let slip = encode(&ticket(), &model, &faces()).expect("bytes");
    let mut stream = connect(&twin);
    for _ in 0..2 {
        stream.write_all(&slip).expect("a slip");
        assert_eq!(ask(&mut stream, &[0x1d, 0x72, 1]), [0], "done");
    }
    let jobs = twin.jobs();
    assert_eq!(jobs.len(), 2);
    for job in &jobs {
        assert!(job.bytes == slip, "the bytes are kept as sent");
        assert!(job.picture == preview(&slip, &model, &faces()));
        assert!(job.whole);
    }
    twin.stop();
}

#[test]
fn a_slip_without_any_question_is_kept_when_the_connection_ends() {
    let twin = twin("generic-58");
    let slip = encode(&ticket(), &profile("generic-58"), &faces()).expect("bytes");
    let mut stream = connect(&twin);
    stream.write_all(&slip).expect("a slip");
    drop(stream);
    assert!(twin.wait_for(1, SOON));
    assert!(twin.jobs()[0].bytes == slip);
}

#[test]
fn paper_that_ends_stops_the_slip_and_the_rest_comes_out_on_the_next_roll() {
    let twin = twin("generic-80");
    twin.set(TwinState { paper: TwinPaper::EndsAfter { rows: 300 }, ..TwinState::default() });
    let slip = encode(&ticket(), &profile("generic-80"), &faces()).expect("bytes");
    let mut stream = connect(&twin);
    stream.write_all(&slip).expect("a slip");
    assert!(twin.wait_for(1, SOON));
    assert_eq!(twin.state().paper, TwinPaper::Out);
    let piece = twin.jobs().remove(0);
    assert_eq!((piece.picture.height(), piece.whole), (300, false));
    assert_eq!(ask(&mut stream, &[0x10, 4, 2]), [0x32]);
    twin.set(TwinState::default());
    assert_eq!(ask(&mut stream, &[0x1d, 0x72, 1]), [0]);
    assert_eq!(twin.count(), 2);
}

#[test]
fn pictures_hold_nothing_that_a_printer_answers() {
    let twin = twin("generic-80");
    let mut slip = Slip::new();
    for number in 0..40 {
        slip = slip.big(format!("A{number:03}")).qr(format!("http://x/{number}"), Vec::new());
    }
    let slip = slip.text("完", Size::Normal, Align::Left);
    let bytes = encode(&slip, &profile("generic-80"), &faces()).expect("bytes");
    let mut stream = connect(&twin);
    stream.write_all(&bytes).expect("a slip");
    // The first thing it says must be the answer to this.
    assert_eq!(ask(&mut stream, &[0x1d, 0x72, 1]), [0]);
}

#[test]
fn it_refuses_connections_when_told_and_opens_again() {
    let twin = twin("generic-80");
    twin.set(TwinState { refuses: true, ..TwinState::default() });
    let until = Instant::now() + SOON;
    while TcpStream::connect(twin.address()).is_ok() {
        assert!(Instant::now() < until, "it still lets people in");
        std::thread::yield_now();
    }
    twin.set(TwinState::default());
    while TcpStream::connect(twin.address()).is_err() {
        assert!(Instant::now() < until, "it does not open again");
        std::thread::yield_now();
    }
}

#[test]
fn noise_does_not_stop_it() {
    let twin = twin("generic-80");
    let mut noise = 0x9e37_79b9_u32;
    let bytes: Vec<u8> = std::iter::repeat_with(|| {
        noise ^= noise << 13;
        noise ^= noise >> 17;
        noise ^= noise << 5;
        noise as u8
    })
    .take(20_000)
    .collect();
    let mut stream = connect(&twin);
    stream.write_all(&bytes).expect("noise");
    drop(stream);
    assert_eq!(ask(&mut connect(&twin), &[0x10, 4, 1]), [0x12]);
}
