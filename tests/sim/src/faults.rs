//! What may go wrong, and which of it does under a seed: each seed switches a random part of it on,
//! because faults that are always on hide each other.

use crate::luck::{Luck, PerMille};

macro_rules! faults {
    ($($(#[$doc:meta])* $name:ident = $word:literal,)+) => {
        /// One kind of misfortune.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Fault { $($(#[$doc])* $name,)+ }

        impl Fault {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// In a word.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }
        }
    };
}

faults! {
    /// An HTTP request or its answer is lost.
    HttpLost = "http-lost",
    /// An HTTP request comes a second time, late.
    HttpTwice = "http-twice",
    /// Messages take up to seconds.
    Slow = "slow",
    /// A connection to the broker breaks, with all that was on its way.
    MqttBreaks = "mqtt-breaks",
    /// The broker delivers a message again later, after newer ones.
    MqttTwice = "mqtt-twice",
    /// The broker restarts and has forgotten everything.
    BrokerForgets = "broker-forgets",
    /// The server's process is killed.
    ServerKilled = "server-killed",
    /// The server's machine loses its power, in the middle of a write.
    ServerPower = "server-power",
    /// The server's disk is full.
    DiskFull = "disk-full",
    /// A sync of the server's disk fails.
    DiskSync = "disk-sync",
    /// The bridge's machine loses its power.
    BridgePower = "bridge-power",
    /// Bytes on a serial line that nobody sent.
    Noise = "noise",
    /// Bytes on a serial line that do not arrive.
    Deaf = "deaf",
    /// An adapter is pulled out.
    Unplug = "unplug",
    /// A device loses its power and comes back dark.
    DevicePower = "device-power",
    /// The server's clock is set by up to five minutes.
    ClockFive = "clock-five",
    /// The server's clock is set by an hour.
    ClockHour = "clock-hour",
    /// A printer fails, or does not say what came out.
    Printer = "printer",
    /// A kiosk is switched off in the middle.
    KioskPower = "kiosk-power",
    /// Devices stay on overnight.
    Overnight = "overnight",
    /// Clerks and visitors press what they should not, twice, and too late.
    Wild = "wild",
}

/// The faults of a seed.
#[derive(Debug, Clone)]
pub struct Faults {
    on: Vec<Fault>,
    /// The broker is a program of its own and outlives the server.
    pub outside_broker: bool,
    /// The adapter of the first line gives our own bytes back.
    pub echo: bool,
}

/// How often a fault is switched on for a seed.
const ON: PerMille = 400;

impl Faults {
    /// The faults that a seed switches on.
    #[must_use]
    pub fn of(luck: &mut Luck) -> Self {
        let on = Fault::ALL.iter().copied().filter(|_| luck.chance(ON)).collect();
        Self { on, outside_broker: luck.chance(500), echo: luck.chance(300) }
    }

    /// Nothing goes wrong.
    #[must_use]
    pub const fn none() -> Self {
        Self { on: Vec::new(), outside_broker: false, echo: false }
    }

    /// True if this may happen.
    #[must_use]
    pub fn has(&self, fault: Fault) -> bool {
        self.on.contains(&fault)
    }

    /// The faults in words.
    #[must_use]
    pub fn words(&self) -> String {
        let mut words: Vec<&str> = self.on.iter().map(|fault| fault.word()).collect();
        words.extend(self.outside_broker.then_some("outside-broker"));
        words.extend(self.echo.then_some("echo"));
        words.join(" ")
    }
}
