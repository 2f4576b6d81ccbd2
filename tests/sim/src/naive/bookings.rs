//! Bookings: each number once, each kept by one ticket at a time.

use std::collections::BTreeMap;

use hall::{event::people::Booked, ids::person::BookingNo};

use super::{Wrong, must};

/// Every booking that was ever made.
#[derive(Debug, Clone, Default)]
pub struct Bookings(BTreeMap<BookingNo, Stands>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stands {
    ToCome,
    Kept,
    /// Its ticket's slip failed; it may be to come again, if its slot is not over.
    Reopened,
    Over,
}

impl Bookings {
    pub fn booked(&mut self, booked: &Booked) -> Result<(), Wrong> {
        must(booked.slot.from < booked.slot.until, "its slot is no time")?;
        // A number comes again when nobody knows the old one any more.
        let before = self.0.insert(booked.no, Stands::ToCome);
        must(before.is_none_or(|before| before == Stands::Over), "that number is taken")
    }

    pub fn kept(&mut self, no: BookingNo) -> Result<(), Wrong> {
        let stands = self.0.get_mut(&no).ok_or("nobody booked that")?;
        must(matches!(stands, Stands::ToCome | Stands::Reopened), "it was kept or over")?;
        *stands = Stands::Kept;
        Ok(())
    }

    pub fn reopened(&mut self, no: Option<BookingNo>) {
        if let Some(stands) = no.and_then(|no| self.0.get_mut(&no)) {
            *stands = Stands::Reopened;
        }
    }

    pub fn end(&mut self, no: BookingNo) -> Result<(), Wrong> {
        let stands = self.0.get_mut(&no).ok_or("nobody booked that")?;
        must(matches!(stands, Stands::ToCome | Stands::Reopened), "it was kept or over")?;
        *stands = Stands::Over;
        Ok(())
    }

    /// The new day carries exactly the bookings to come.
    pub fn carried(&mut self, carried: &[Booked]) -> Result<(), Wrong> {
        for booked in carried {
            must(self.0.get(&booked.no) == Some(&Stands::ToCome), "it carries what is over")?;
        }
        let to_come = self.0.values().filter(|stands| **stands == Stands::ToCome).count();
        must(to_come == carried.len(), "it forgets a booking")?;
        self.0.retain(|_, stands| *stands == Stands::ToCome);
        Ok(())
    }
}
