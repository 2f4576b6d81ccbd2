//! The 256 bytes of text on a card: UTF-16, lower byte first, filled up with spaces.

use wire::reader::{CardKind, ReadCard, Unread, has_right_check};
use zeroize::Zeroize;

use super::{ReaderKey, age, masked};
use crate::moment::Wall;

/// Bytes of the text.
pub const TEXT_BYTES: usize = 256;

/// Where the letter of the kind stands; a citizen's card has none.
const KIND_AT: usize = 248;
const FOREIGNER: u16 = b'I' as u16;
const HONG_KONG_MACAO_TAIWAN: u16 = b'J' as u16;

/// From and up to which byte a field goes.
type Field = (usize, usize);

/// The fields that are read at all.
struct Layout {
    kind: CardKind,
    name: Field,
    birth: Field,
    number: Field,
}

/// Name 30, sex 2, nation 4, birth 16, address 70, number 36, authority 30, from 16, to 16.
const CITIZEN: Layout =
    Layout { kind: CardKind::Citizen, name: (0, 30), birth: (36, 52), number: (122, 158) };

/// English name 120, sex 2, number 30, nationality 6, Chinese name 30, from 16, to 16, birth 16,
/// version 4, authority 8, kind 2.
const PERMANENT: Layout =
    Layout { kind: CardKind::Foreigner, name: (158, 188), birth: (220, 236), number: (122, 152) };

/// As a citizen's, without a nation, and with a pass number behind.
const RESIDENT: Layout = Layout { kind: CardKind::HongKongMacaoTaiwan, ..CITIZEN };

/// What the text says, without more than the house may know.
///
/// # Errors
/// [`Unread`] if the kind of card is not known or the number is none.
pub fn read(text: &[u8], key: &ReaderKey, today: Wall) -> Result<ReadCard, Unread> {
    let letter = |at: usize| Some(u16::from_le_bytes([*text.get(at)?, *text.get(at + 1)?]));
    let layout = match letter(KIND_AT).ok_or(Unread::Again)? {
        FOREIGNER => PERMANENT,
        HONG_KONG_MACAO_TAIWAN => RESIDENT,
        0 | 0x20 => CITIZEN,
        _ => return Err(Unread::UnknownKind),
    };
    let mut number = field(text, layout.number).ok_or(Unread::Again)?;
    let mut name = field(text, layout.name).ok_or(Unread::Again)?;
    let mut birth = field(text, layout.birth).ok_or(Unread::Again)?;
    number.make_ascii_uppercase();
    let good = match layout.kind {
        CardKind::Citizen | CardKind::HongKongMacaoTaiwan => has_right_check(&number),
        CardKind::Foreigner => {
            number.len() == 15 && number.bytes().all(|byte| byte.is_ascii_alphanumeric())
        }
    };
    let presented = good.then(|| ReadCard {
        kind: layout.kind,
        mark: key.mark(&number),
        is_elderly: age(&birth, today).is_some_and(|age| age >= key.elderly_from),
        masked_name: masked(&name),
    });
    number.zeroize();
    name.zeroize();
    birth.zeroize();
    presented.ok_or(Unread::WrongNumber)
}

fn field(text: &[u8], (from, to): Field) -> Option<String> {
    let mut units: Vec<u16> = text
        .get(from..to)?
        .chunks_exact(2)
        .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
        .take_while(|unit| *unit != 0)
        .collect();
    let mut read: String = char::decode_utf16(units.iter().copied())
        .map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect();
    units.zeroize();
    let trimmed = read.trim().to_owned();
    read.zeroize();
    Some(trimmed)
}
