//! A virtual reader with a made-up card, for trying and for tests.

use wire::reader::has_right_check;
use zeroize::Zeroize;

use super::{
    frame::{self, FOUND, Frames, NOT_FOUND, NOT_READ, NOT_SELECTED, OK, Request},
    text::TEXT_BYTES,
};

/// Bytes of the photo on a card.
const PHOTO_BYTES: usize = 1_024;

/// A number that is nobody's and passes its own check: no district has this code.
#[must_use]
pub fn nobodys_number(birth: &str) -> String {
    let digits = format!("990000{birth}001");
    let checks = "0123456789X".chars().map(|check| format!("{digits}{check}"));
    checks.into_iter().find(|number| has_right_check(number)).unwrap_or(digits)
}

/// A virtual reader.
#[derive(Default)]
pub struct TwinReader {
    frames: Frames,
    card: Option<Vec<u8>>,
    /// The card was read and not lifted since.
    is_read: bool,
    /// So many readings fail.
    fails: u32,
    /// So often a card was looked for.
    finds: u32,
    /// As one that runs at another speed: what it answers is no frame.
    babbles: bool,
}

impl TwinReader {
    /// A card with this text is laid down.
    pub fn lay(&mut self, text: Vec<u8>) {
        self.card = Some(text);
        self.is_read = false;
    }

    /// It is lifted.
    pub fn lift(&mut self) {
        self.card.iter_mut().for_each(Zeroize::zeroize);
        self.card = None;
        self.is_read = false;
    }

    /// The next readings fail.
    pub const fn fail(&mut self, times: u32) {
        self.fails = times;
    }

    /// From now on its answers are rubbish, as at a wrong speed.
    pub const fn babble(&mut self, babbles: bool) {
        self.babbles = babbles;
    }

    /// How often a card was looked for.
    #[must_use]
    pub const fn finds(&self) -> u32 {
        self.finds
    }

    /// Bytes came; gives back what it answers.
    pub fn take(&mut self, bytes: &[u8]) -> Vec<u8> {
        self.frames.take(bytes);
        let mut answers = Vec::new();
        if self.babbles {
            return bytes.iter().map(|byte| byte.rotate_left(3) ^ 0x5A).collect();
        }
        while let Some(body) = self.frames.next() {
            let request = Request::read(body.bytes());
            answers.extend(request.map(|request| self.answer(request)).unwrap_or_default());
        }
        answers
    }

    fn answer(&mut self, request: Request) -> Vec<u8> {
        let lies = self.card.is_some() && !self.is_read;
        self.finds += u32::from(request == Request::Find);
        match request {
            Request::Status => frame::answer(OK, &[]),
            Request::Find if lies => frame::answer(FOUND, &[0; 4]),
            Request::Find => frame::answer(NOT_FOUND, &[]),
            Request::Select if lies => frame::answer(OK, &[0; 8]),
            Request::Select => frame::answer(NOT_SELECTED, &[]),
            Request::Read if self.fails > 0 => {
                self.fails -= 1;
                frame::answer(NOT_READ, &[])
            }
            Request::Read => match &self.card {
                None => frame::answer(NOT_READ, &[]),
                Some(text) => {
                    self.is_read = true;
                    let lengths = [TEXT_BYTES as u16, PHOTO_BYTES as u16].map(u16::to_be_bytes);
                    let photo = vec![0x57; PHOTO_BYTES];
                    frame::answer(OK, &[&lengths.concat()[..], text, &photo].concat())
                }
            },
        }
    }
}

/// The text of a made-up citizen's card.
#[must_use]
pub fn citizen(name: &str, birth: &str, number: &str) -> Vec<u8> {
    text(&[(name, 0), (birth, 36), (number, 122)], None)
}

/// The text of a made-up permit for foreigners.
#[must_use]
pub fn foreigner(name: &str, birth: &str, number: &str) -> Vec<u8> {
    text(&[(number, 122), (name, 158), (birth, 220)], Some('I'))
}

/// The text of a made-up permit for residents of Hong Kong, Macao and Taiwan.
#[must_use]
pub fn resident(name: &str, birth: &str, number: &str) -> Vec<u8> {
    text(&[(name, 0), (birth, 36), (number, 122)], Some('J'))
}

fn text(fields: &[(&str, usize)], kind: Option<char>) -> Vec<u8> {
    let mut bytes: Vec<u8> = std::iter::repeat_n([0x20, 0], TEXT_BYTES / 2).flatten().collect();
    let kind = kind.map(String::from).unwrap_or_default();
    for (words, from) in fields.iter().copied().chain([(&*kind, 248)]) {
        for (unit, place) in words.encode_utf16().zip((from..TEXT_BYTES).step_by(2)) {
            bytes[place..place + 2].copy_from_slice(&unit.to_le_bytes());
        }
    }
    bytes
}
