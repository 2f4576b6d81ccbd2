//! A printer on the network, raw bytes on port 9100.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream, ToSocketAddrs};
use std::time::{Duration, Instant};

use super::{Transport, TransportFault, is_again, left, not_open, write_all};

/// How long closing waits for the printer to close too.
///
/// A connection closed with unread bytes is reset, and a reset throws away what is still on the
/// way; so the rest of what the printer says is read first.
const FAREWELL: Duration = Duration::from_millis(300);
/// Bytes read in farewell before it is enough: a few hundred reports.
const FAREWELL_BYTES: usize = 4_096;

/// A printer on the network.
#[derive(Debug)]
pub struct Tcp {
    address: String,
    stream: Option<TcpStream>,
}

impl Tcp {
    /// Names the printer by host and port; connects only when opened.
    pub fn new(address: &str) -> Self {
        Self { address: address.to_owned(), stream: None }
    }

    fn connect(&self, deadline: Instant) -> io::Result<TcpStream> {
        let mut last = io::Error::new(io::ErrorKind::NotFound, "the name has no address");
        for address in self.address.to_socket_addrs()? {
            let Some(left) = left(deadline) else { break };
            match TcpStream::connect_timeout(&address, left) {
                Ok(stream) => {
                    stream.set_nodelay(true)?;
                    return Ok(stream);
                }
                Err(fault) => last = fault,
            }
        }
        Err(last)
    }
}

impl Transport for Tcp {
    fn place(&self) -> String {
        self.address.clone()
    }

    fn two_way(&self) -> bool {
        true
    }

    fn open(&mut self, deadline: Instant) -> Result<(), TransportFault> {
        self.close();
        let stream = self
            .connect(deadline)
            .map_err(|source| TransportFault::Open { place: self.place(), source })?;
        self.stream = Some(stream);
        Ok(())
    }

    fn send(&mut self, bytes: &[u8], deadline: Instant) -> Result<(), TransportFault> {
        let sent = match &mut self.stream {
            None => Err((0, not_open())),
            Some(stream) => write_all(bytes, deadline, |bytes, left| {
                stream.set_write_timeout(Some(left))?;
                stream.write(bytes)
            }),
        };
        sent.map_err(|(sent, source)| TransportFault::Send {
            place: self.place(),
            sent,
            total: bytes.len(),
            source,
        })
    }

    fn hear(&mut self, buffer: &mut [u8], deadline: Instant) -> Result<usize, TransportFault> {
        let heard = self.stream.as_mut().ok_or_else(not_open).and_then(|stream| {
            while let Some(left) = left(deadline) {
                stream.set_read_timeout(Some(left))?;
                match stream.read(buffer) {
                    Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                    Ok(count) => return Ok(count),
                    Err(fault) if is_again(&fault) => {}
                    Err(fault) => return Err(fault),
                }
            }
            Ok(0)
        });
        heard.map_err(|source| TransportFault::Hear { place: self.place(), source })
    }

    fn close(&mut self) {
        let Some(mut stream) = self.stream.take() else { return };
        if stream.shutdown(Shutdown::Write).is_err() {
            return;
        }
        let deadline = Instant::now() + FAREWELL;
        let mut rest = [0; 256];
        let mut heard = 0;
        while let Some(left) = left(deadline) {
            let set = stream.set_read_timeout(Some(left));
            match set.and_then(|()| stream.read(&mut rest)) {
                Ok(count) if count > 0 && heard < FAREWELL_BYTES => heard += count,
                Ok(_) | Err(_) => return,
            }
        }
    }
}

impl Drop for Tcp {
    fn drop(&mut self) {
        self.close();
    }
}
