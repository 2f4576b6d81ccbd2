//! The two ways to a line: a serial port, and TCP for cards with a network socket.

use std::{
    io::{self, Read, Write},
    net::{SocketAddr, TcpStream},
    path::Path,
    time::Duration,
};

use serial2::{
    KeepSettings, SerialPort,
    rs4xx::{Rs485Config, TransceiverMode},
};
use serialport::{DataBits, FlowControl, Parity, StopBits, TTYPort};

use super::{Manner, PortFault, READ_WAITS};
use crate::profile::Framing;

/// What a network address begins with.
const TCP: &str = "tcp:";

/// How long a connection may take to be made, and a frame to leave.
const TCP_WAITS: Duration = Duration::from_secs(2);

/// An open way.
#[derive(Debug)]
pub enum Wire {
    /// A serial port.
    Serial(TTYPort),
    /// A connection.
    Tcp(TcpStream),
}

impl Wire {
    /// Opens it.
    ///
    /// # Errors
    /// [`PortFault`] with a sentence for the electrician.
    pub fn open(path: &Path, manner: Manner) -> Result<Self, PortFault> {
        match path.to_str().and_then(|text| text.strip_prefix(TCP)) {
            Some(address) => connect(address).map(Self::Tcp),
            None => serial(path, manner).map(Self::Serial),
        }
    }

    /// The reading end of it.
    ///
    /// # Errors
    /// If the system gives no second handle.
    pub fn second(&self, path: &Path) -> Result<Box<dyn Read + Send>, PortFault> {
        let fault = |error: io::Error| PortFault::of(path, error.into());
        Ok(match self {
            Self::Serial(port) => {
                Box::new(port.try_clone_native().map_err(|error| PortFault::of(path, error))?)
            }
            Self::Tcp(stream) => Box::new(stream.try_clone().map_err(fault)?),
        })
    }

    /// Writes a frame.
    ///
    /// # Errors
    /// If it is gone.
    pub fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Self::Serial(port) => port.write_all(bytes),
            Self::Tcp(stream) => stream.write_all(bytes),
        }
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        if let Self::Tcp(stream) = self {
            // Lets the reading end go at once; it may be closed by the other side already.
            stream.shutdown(std::net::Shutdown::Both).ok();
        }
    }
}

/// The address is written in numbers: looking up a name could take any time.
fn connect(address: &str) -> Result<TcpStream, PortFault> {
    let place = format!("{TCP}{address}");
    let unreached = |why: String| PortFault::Unreached { place: place.clone(), why };
    let found: SocketAddr =
        address.parse().map_err(|_| unreached("IP:PORT, 192.168.1.50:5005".to_owned()))?;
    let connected = TcpStream::connect_timeout(&found, TCP_WAITS).and_then(|stream| {
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(READ_WAITS))?;
        stream.set_write_timeout(Some(TCP_WAITS))?;
        Ok(stream)
    });
    connected.map_err(|error| unreached(error.to_string()))
}

fn serial(path: &Path, manner: Manner) -> Result<TTYPort, PortFault> {
    let fault = |source| PortFault::of(path, source);
    let (data, parity, stop) = match manner.framing {
        Framing::Usual => (DataBits::Eight, Parity::None, StopBits::One),
        Framing::Seven => (DataBits::Seven, Parity::Even, StopBits::Two),
        Framing::Even => (DataBits::Eight, Parity::Even, StopBits::One),
    };
    let port = serialport::new(path.to_string_lossy(), manner.baud)
        .data_bits(data)
        .parity(parity)
        .stop_bits(stop)
        .flow_control(FlowControl::None)
        .timeout(READ_WAITS);
    // Held until ours is open: a driver may forget the direction when nobody has the port.
    let turning = manner.rs485.then(|| turn_by_driver(path));
    let opened = port.open_native().map_err(fault);
    drop(turning);
    opened
}

/// Asks the driver to switch the transmitter on for each frame (Linux, TIOCSRS485). Adapters that
/// turn by themselves need none of it, and most drivers know nothing of it.
fn turn_by_driver(path: &Path) -> Option<SerialPort> {
    let mut config = Rs485Config::new();
    config.set_full_duplex(false);
    let mode = TransceiverMode::Rs485(config);
    let turned = SerialPort::open(path, KeepSettings).and_then(|port| {
        port.set_rs4xx_mode(mode)?;
        Ok(port)
    });
    turned
        .inspect_err(|error| {
            tracing::warn!(
                port = %path.display(),
                %error,
                "the driver does not turn the RS-485 transmitter; the adapter must do it itself"
            );
        })
        .ok()
}
