//! What a card tells of itself.

/// A card's state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardStatus {
    /// Its diodes are switched on.
    pub is_on: bool,
    /// 0 to 15.
    pub brightness: u8,
    /// Its clock, as digits: year, month, day, hour, minute.
    pub clock: [u16; 5],
}

impl CardStatus {
    /// Reads the beginning of a status answer, which all cards of the family share.
    #[must_use]
    pub fn read(payload: &[u8]) -> Option<Self> {
        let &[on, brightness, one, two, month, day, _weekday, hour, minute, ..] = payload else {
            return None;
        };
        let digits = |bcd: u8| u16::from(bcd >> 4) * 10 + u16::from(bcd & 0x0F);
        // The paper does not say which half of the year comes first; one of them is the century.
        let (century, year) = if one == 0x20 { (one, two) } else { (two, one) };
        let year = digits(century) * 100 + digits(year);
        let clock = [year, digits(month), digits(day), digits(hour), digits(minute)];
        Some(Self { is_on: on == 1, brightness, clock })
    }

    /// In words for the electrician, beside the profile.
    #[must_use]
    pub fn words(&self) -> String {
        let [year, month, day, hour, minute] = self.clock;
        let on = if self.is_on { "on" } else { "off" };
        format!(
            "{on} · brightness {} · {year}-{month:02}-{day:02} {hour:02}:{minute:02}",
            self.brightness
        )
    }
}
