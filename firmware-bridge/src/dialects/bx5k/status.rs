//! What a card tells of itself.

use crate::config::both;

/// A card's state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardStatus {
    /// The kind of controller, where it tells it: "6K1".
    pub kind: Option<&'static str>,
    /// Its diodes are switched on.
    pub is_on: bool,
    /// 0 to 15.
    pub brightness: u8,
    /// Its clock, as digits: year, month, day, hour, minute.
    pub clock: [u16; 5],
}

impl CardStatus {
    /// Reads the kind in the header and the beginning of a status answer, which all cards of the
    /// family share: a 5K1 leaves out bytes further behind.
    #[must_use]
    pub fn read(kind: u8, payload: &[u8]) -> Option<Self> {
        let &[on, brightness, one, two, month, day, _weekday, hour, minute, ..] = payload else {
            return None;
        };
        let digits = |bcd: u8| u16::from(bcd >> 4) * 10 + u16::from(bcd & 0x0F);
        // The paper does not say which half of the year comes first; one of them is the century.
        let (century, year) = if one == 0x20 { (one, two) } else { (two, one) };
        let year = digits(century) * 100 + digits(year);
        let clock = [year, digits(month), digits(day), digits(hour), digits(minute)];
        Some(Self { kind: name(kind), is_on: on == 1, brightness, clock })
    }

    /// In words for the electrician, beside the profile.
    #[must_use]
    pub fn words(&self) -> String {
        let [year, month, day, hour, minute] = self.clock;
        let lit = if self.is_on {
            both("bridge.card_on", &[("level", &self.brightness)])
        } else {
            both("bridge.card_off", &[])
        };
        let kind = self.kind.map(|kind| format!("BX-{kind} · ")).unwrap_or_default();
        format!("{kind}{lit} · {year}-{month:02}-{day:02} {hour:02}:{minute:02}")
    }
}

/// The kinds of controller by the byte in a header; FE says none. Source: the vendor's paper.
const fn name(kind: u8) -> Option<&'static str> {
    Some(match kind {
        0x51 => "5K1",
        0x58 => "5K2",
        0x53 => "5MK2",
        0x54 => "5MK1",
        0x5C => "5K1Q-YY",
        0x61 => "6K1",
        0x62 => "6K2",
        0x63 => "6K3",
        0x64..=0x66 => "6K-YY",
        0x67 | 0x68 => "6K 4G",
        0x69 => "6K4",
        _ => return None,
    })
}
