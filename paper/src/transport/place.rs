//! Where a printer is, as people write it in a configuration file.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use serde::Deserialize;

/// The baud of a serial printer when none is written.
const BAUD: u32 = 19_200;
/// The port of raw printing.
const PORT: u16 = 9100;

/// Where a printer is: `tcp:192.168.1.50`, `device:/dev/usb/lp0`, `serial:/dev/ttyS0@9600`, `directory:slips`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Place {
    /// A host and port, 9100 if not written.
    Tcp(String),
    /// A device file of the kernel's printer class.
    Device(PathBuf),
    /// A serial line, 8N1.
    Serial {
        /// The line's device file.
        path: PathBuf,
        /// Bits a second.
        baud: u32,
    },
    /// A folder that takes each job as a file and a picture.
    Directory(PathBuf),
}

/// A text that names no place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "\"{0}\" names no printer: write tcp:HOST[:PORT], device:PATH, serial:PATH[@BAUD] or directory:PATH"
)]
pub struct PlaceFault(String);

impl FromStr for Place {
    type Err = PlaceFault;

    fn from_str(text: &str) -> Result<Self, PlaceFault> {
        let fault = || PlaceFault(text.to_owned());
        let (kind, rest) = text.split_once(':').ok_or_else(fault)?;
        if rest.is_empty() {
            return Err(fault());
        }
        match kind {
            "tcp" => {
                let has_port = match rest.rsplit_once(':') {
                    Some((host, port)) if !host.contains(':') || host.ends_with(']') => {
                        port.parse::<u16>().map_err(|_| fault())?;
                        true
                    }
                    Some(_) | None => false,
                };
                if is_no_address(rest) {
                    return Err(fault());
                }
                let host = if rest.contains("::") && !rest.contains('[') {
                    format!("[{rest}]")
                } else {
                    rest.to_owned()
                };
                Ok(Self::Tcp(if has_port { host } else { format!("{host}:{PORT}") }))
            }
            "device" => Ok(Self::Device(rest.into())),
            "directory" => Ok(Self::Directory(rest.into())),
            "serial" => {
                let (path, baud) = match rest.rsplit_once('@') {
                    Some((path, baud)) => (path, baud.parse().map_err(|_| fault())?),
                    None => (rest, BAUD),
                };
                Ok(Self::Serial { path: path.into(), baud })
            }
            _ => Err(fault()),
        }
    }
}

/// Digits and points that are no address of the network; it would be taken for a name.
fn is_no_address(rest: &str) -> bool {
    let host = rest.split(':').next().unwrap_or_default();
    let looks = !host.is_empty() && host.bytes().all(|byte| byte == b'.' || byte.is_ascii_digit());
    looks && host.parse::<std::net::Ipv4Addr>().is_err()
}

impl TryFrom<String> for Place {
    type Error = PlaceFault;

    fn try_from(text: String) -> Result<Self, PlaceFault> {
        text.parse()
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp(address) => write!(f, "tcp:{address}"),
            Self::Device(path) => write!(f, "device:{}", path.display()),
            Self::Serial { path, baud } => write!(f, "serial:{}@{baud}", path.display()),
            Self::Directory(path) => write!(f, "directory:{}", path.display()),
        }
    }
}
