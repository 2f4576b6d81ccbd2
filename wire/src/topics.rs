//! The only place that spells a topic.
//!
//! | topic | retained | from | payload |
//! |---|---|---|---|
//! | `hall/{hall}/device/{id}/wanted` | yes | server | [`crate::device::Wanted`] |
//! | `hall/{hall}/device/{id}/job` | no | server | [`crate::device::Job`] |
//! | `hall/{hall}/device/{id}/report` | no | bridge, display | [`crate::device::Report`] |
//! | `hall/{hall}/device/{id}/state` | yes | bridge, display, kiosk | [`crate::device::DeviceState`] |
//! | `hall/{hall}/device/{id}/picture` | yes | twins | [`crate::device::Picture`] |
//! | `hall/{hall}/device/{id}/press` | no | server (device room) | [`crate::device::Press`] |
//! | `hall/{hall}/device/{id}/claim` | yes | display | [`crate::spoken::Claim`] |
//! | `hall/{hall}/bridge/{id}/state` | yes, will | bridge | [`crate::device::BridgeState`] |
//! | `hall/{hall}/board` | yes | server | [`crate::board::Board`] |
//! | `hall/{hall}/screens` | yes | server | [`crate::screens::Screens`] |
//! | `hall/{hall}/metrics` | yes | server, every 10 s | [`crate::metrics::Metrics`] |

use std::fmt;

use hall::ids::{DeviceId, HallId};

/// Everything of a hall: what the server subscribes to.
#[must_use]
pub fn everything(hall: HallId) -> String {
    format!("hall/{hall}/#")
}

/// A topic of a hall.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Topic {
    /// The hall.
    pub hall: HallId,
    /// Which of its topics.
    pub place: Place,
}

/// Which topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// One device's.
    Device(DeviceId, DeviceTopic),
    /// A bridge's state; its will.
    BridgeState(DeviceId),
    /// The whole board.
    Board,
    /// What the office subscribes to.
    Metrics,
    /// Which screens there are, and where.
    Screens,
}

/// Which topic of a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DeviceTopic {
    /// The whole face it must show.
    Wanted,
    /// Something to do once.
    Job,
    /// Something it did.
    Report,
    /// How it is.
    State,
    /// What a twin shows, made from the bytes it got.
    Picture,
    /// A key pressed from afar, for twins only.
    Press,
    /// Which program speaks for a voice.
    Claim,
}

impl DeviceTopic {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Wanted,
        Self::Job,
        Self::Report,
        Self::State,
        Self::Picture,
        Self::Press,
        Self::Claim,
    ];

    /// The last level of the topic.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Wanted => "wanted",
            Self::Job => "job",
            Self::Report => "report",
            Self::State => "state",
            Self::Picture => "picture",
            Self::Press => "press",
            Self::Claim => "claim",
        }
    }
}

impl Topic {
    /// A topic of a device.
    #[must_use]
    pub const fn device(hall: HallId, device: DeviceId, topic: DeviceTopic) -> Self {
        Self { hall, place: Place::Device(device, topic) }
    }

    /// A bridge's state.
    #[must_use]
    pub const fn bridge_state(hall: HallId, bridge: DeviceId) -> Self {
        Self { hall, place: Place::BridgeState(bridge) }
    }

    /// The board.
    #[must_use]
    pub const fn board(hall: HallId) -> Self {
        Self { hall, place: Place::Board }
    }

    /// The metrics.
    #[must_use]
    pub const fn metrics(hall: HallId) -> Self {
        Self { hall, place: Place::Metrics }
    }

    /// The list of screens.
    #[must_use]
    pub const fn screens(hall: HallId) -> Self {
        Self { hall, place: Place::Screens }
    }

    /// Reads a topic; `None` if it is none of ours (wildcards are none).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut levels = text.split('/');
        if levels.next()? != "hall" {
            return None;
        }
        let hall = levels.next()?.parse().ok()?;
        let place = match (levels.next()?, levels.next(), levels.next(), levels.next()) {
            ("board", None, None, None) => Place::Board,
            ("metrics", None, None, None) => Place::Metrics,
            ("screens", None, None, None) => Place::Screens,
            ("bridge", Some(id), Some("state"), None) => Place::BridgeState(id.parse().ok()?),
            ("device", Some(id), Some(last), None) => {
                let topic = DeviceTopic::ALL.into_iter().find(|topic| topic.as_str() == last)?;
                Place::Device(id.parse().ok()?, topic)
            }
            _ => return None,
        };
        Some(Self { hall, place })
    }
}

impl fmt::Display for Topic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hall = self.hall;
        match self.place {
            Place::Device(device, topic) => {
                write!(f, "hall/{hall}/device/{device}/{}", topic.as_str())
            }
            Place::BridgeState(bridge) => write!(f, "hall/{hall}/bridge/{bridge}/state"),
            Place::Board => write!(f, "hall/{hall}/board"),
            Place::Metrics => write!(f, "hall/{hall}/metrics"),
            Place::Screens => write!(f, "hall/{hall}/screens"),
        }
    }
}
