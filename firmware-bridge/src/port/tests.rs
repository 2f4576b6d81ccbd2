//! Ports on pseudo-terminals. These know neither seven bits nor parity: the system puts them back to
//! 8N, so of a framing only the stop bits can be read back.

use std::sync::mpsc::channel;

use super::*;
use crate::twins::pty::Pty;

#[test]
fn a_port_is_opened_in_its_framing_and_at_its_speed() {
    let folder = tempfile::tempdir().unwrap();
    let pty = Pty::open(&folder.path().join("port")).unwrap();
    for (framing, stops, baud) in
        [(Framing::Usual, 1, 9_600), (Framing::Seven, 2, 4_800), (Framing::Even, 1, 57_600)]
    {
        let manner = Manner { baud, framing, rs485: false };
        let port = Port::open(pty.path(), manner, |_| true).unwrap();
        assert_eq!((pty.speed(), pty.stop_bits()), (Some(baud), Some(stops)), "{framing:?}");
        drop(port);
    }
}

#[test]
fn a_driver_that_cannot_turn_the_transmitter_is_lived_with() {
    let folder = tempfile::tempdir().unwrap();
    let pty = Pty::open(&folder.path().join("port")).unwrap();
    let (tell, told) = channel();
    let manner = Manner { rs485: true, ..Manner::usual(9_600) };
    let mut port =
        Port::open(pty.path(), manner, move |brought| tell.send(brought).is_ok()).unwrap();
    assert!(port.write(b"\xA0"));
    pty.write(&[0x5A]);
    let brought = told.recv_timeout(Duration::from_secs(10)).unwrap();
    assert!(matches!(&brought, Brought::Bytes(bytes) if bytes == &[0x5A]), "{brought:?}");
}

#[test]
fn what_is_no_port_is_told_with_its_reason_once() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let fault = Port::open(&file, Manner::usual(9_600), |_| true).unwrap_err();
    assert!(matches!(fault, PortFault::Other { .. }), "{fault:?}");
    let told = format!("{:#}", anyhow::Error::from(fault));
    let PortFault::Other { why, .. } =
        Port::open(&file, Manner::usual(9_600), |_| true).unwrap_err()
    else {
        panic!("the same fault")
    };
    assert_eq!(told.matches(&why.to_string()).count(), 2, "once in each language: {told}");
    assert!(told.contains("打不开串口") && told.contains("cannot be opened"), "{told}");
}
