use std::io::{Read, Write};
use std::net::TcpListener;

use serialport::{SerialPort, TTYPort};

use super::device::Device;
use super::directory::Directory;
use super::serial::Serial;
use super::tcp::Tcp;
use super::*;
use crate::encode::encode;
use crate::testing::{faces, profile, ticket};

fn soon() -> Instant {
    Instant::now() + Duration::from_secs(2)
}

fn shortly() -> Instant {
    Instant::now() + Duration::from_millis(50)
}

#[test]
fn places_are_read_as_people_write_them() {
    let read = |text: &str| text.parse::<Place>().map(|place| place.to_string());
    assert_eq!(read("tcp:192.168.1.50").as_deref(), Ok("tcp:192.168.1.50:9100"));
    assert_eq!(read("tcp:printer:9101").as_deref(), Ok("tcp:printer:9101"));
    assert_eq!(read("tcp:[::1]:9100").as_deref(), Ok("tcp:[::1]:9100"));
    assert_eq!(read("tcp:::1").as_deref(), Ok("tcp:[::1]:9100"));
    assert_eq!(read("device:/dev/usb/lp0").as_deref(), Ok("device:/dev/usb/lp0"));
    assert_eq!(read("serial:/dev/ttyS0").as_deref(), Ok("serial:/dev/ttyS0@19200"));
    assert_eq!(read("serial:/dev/ttyS0@9600").as_deref(), Ok("serial:/dev/ttyS0@9600"));
    assert_eq!(read("directory:slips").as_deref(), Ok("directory:slips"));
    for wrong in [
        "",
        "tcp:",
        "usb:/dev/lp0",
        "serial:/dev/ttyS0@fast",
        "tcp:a:99999",
        "tcp:1.2.3",
        "tcp:1.2.3.4.5:9100",
        "tcp:300.1.1.1",
    ] {
        let fault = read(wrong).expect_err("no place");
        assert!(fault.to_string().contains("names no printer: write tcp:HOST"), "{fault}");
    }
}

/// A printer at the far end that takes a question and answers it.
fn answer_once(mut far: impl Read + Write) {
    let mut question = [0; 3];
    far.read_exact(&mut question).expect("a question");
    assert_eq!(question, [0x10, 4, 1]);
    far.write_all(&[0x16]).expect("an answer");
}

#[test]
fn tcp_carries_questions_and_answers_and_waits_no_longer_than_told() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let mut way = Tcp::new(&listener.local_addr().expect("an address").to_string());
    way.open(soon()).expect("open");
    let (far, _) = listener.accept().expect("a connection");
    let far = std::thread::spawn(move || {
        answer_once(&far);
        far
    });
    assert_eq!(way.ask(&[0x10, 4, 1], soon()).expect("an answer"), Some(0x16));
    let far = far.join().expect("the far end");
    assert_eq!(way.hear(&mut [0; 8], shortly()).expect("silence"), 0);
    drop(far);
    let fault = way.hear(&mut [0; 8], soon()).expect_err("the far end is gone");
    assert!(fault.to_string().starts_with("failed to hear from the printer at 127.0.0.1:"));
}

#[test]
fn a_printer_that_reads_nothing_ends_the_sending_at_the_deadline() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let mut way = Tcp::new(&listener.local_addr().expect("an address").to_string());
    way.open(soon()).expect("open");
    let (_far, _) = listener.accept().expect("a connection");
    let started = Instant::now();
    let much = vec![0; 64 << 20];
    let fault = way.send(&much, Instant::now() + Duration::from_millis(200)).expect_err("stuck");
    assert!(started.elapsed() < Duration::from_secs(2));
    let TransportFault::Send { sent, total, source, .. } = fault else { panic!("{fault}") };
    assert!(sent > 0 && sent < total);
    assert_eq!(source.kind(), io::ErrorKind::TimedOut);
}

#[test]
fn nothing_is_sent_on_a_way_that_is_not_open() {
    let fault = Tcp::new("127.0.0.1:9").send(b"x", soon()).expect_err("not open");
    assert!(matches!(fault, TransportFault::Send { sent: 0, .. }), "{fault}");
}

fn line() -> (TTYPort, TTYPort, std::path::PathBuf) {
    let (mut far, near) = TTYPort::pair().expect("a pseudo-terminal");
    far.set_timeout(Duration::from_secs(2)).expect("a timeout");
    let path = near.name().expect("a name").into();
    (far, near, path)
}

#[test]
fn a_serial_line_carries_questions_and_answers() {
    let (far, near, path) = line();
    drop(near);
    let mut way = Serial::new(&path, 19_200);
    way.open(soon()).expect("open");
    let far = std::thread::spawn(move || {
        let mut far = far;
        answer_once(&mut far);
        far
    });
    assert_eq!(way.ask(&[0x10, 4, 1], soon()).expect("an answer"), Some(0x16));
    let _far = far.join().expect("the far end");
    assert_eq!(way.hear(&mut [0; 8], shortly()).expect("silence"), 0);
    let fault = Serial::new("/dev/no-such-line".as_ref(), 9_600).open(soon());
    let fault = fault.expect_err("no such line").to_string();
    assert!(fault.starts_with("failed to reach the printer at /dev/no-such-line: "), "{fault}");
}

#[test]
fn a_device_file_carries_questions_and_answers() {
    // A pseudo-terminal in raw mode is the nearest thing to /dev/usb/lp0 on every machine.
    let (far, _near, path) = line();
    let mut way = Device::new(&path);
    let opened = way.open(soon());
    if opened.is_err() {
        // The near end is held for one program alone.
        drop(_near);
        way.open(soon()).expect("open");
    }
    assert!(way.two_way());
    let far = std::thread::spawn(move || {
        let mut far = far;
        answer_once(&mut far);
        far
    });
    assert_eq!(way.ask(&[0x10, 4, 1], soon()).expect("an answer"), Some(0x16));
    let _far = far.join().expect("the far end");
    assert_eq!(way.hear(&mut [0; 8], shortly()).expect("silence"), 0);
}

#[test]
fn a_folder_keeps_each_job_with_its_picture_and_goes_on_counting() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("slips");
    let profile = profile("generic-80");
    let slip = encode(&ticket(), &profile, &faces()).expect("bytes");
    for _ in 0..2 {
        let mut way = Directory::new(&path, &profile, &faces());
        way.open(soon()).expect("open");
        way.send(&slip, soon()).expect("a job");
        way.send(&slip, soon()).expect("a job");
    }
    for number in 1..=4 {
        let bytes = std::fs::read(path.join(format!("slip-{number:06}.bin"))).expect("a job");
        assert!(bytes == slip);
        let picture = std::fs::read(path.join(format!("slip-{number:06}.png"))).expect("a picture");
        assert_eq!(picture[..8], *b"\x89PNG\r\n\x1a\n");
    }
}
