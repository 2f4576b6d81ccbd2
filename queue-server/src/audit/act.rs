//! One line of the trail: who, from where, what, why, when, and what came of it.

use hall::{
    ids::{DeviceId, StaffNo},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

use crate::access::{Identity, Role};

/// Letters kept of what was acted on, and of a reason.
const WORDS_CHARS_MAX: usize = 300;

/// A row of digits this long could name a person: an identity number, a telephone, a card.
const DIGITS_TOLD_MAX: usize = 6;

/// Digits of a mobile telephone, of which the first three and the last four are told.
const TELEPHONE_DIGITS: usize = 11;

/// What sort of act it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// 登录, also a refused one.
    SignIn,
    /// 登录锁定: too many wrong passwords.
    LockOut,
    /// 退出.
    SignOut,
    /// 上岗 and 离岗 at a window.
    Post,
    /// 账号与权限.
    Account,
    /// 凭证 of devices and programs.
    Token,
    /// 大厅配置.
    Profile,
    /// 大厅调度: tide, lend, early closing, announcements.
    Hall,
    /// 优先: 特事特办, and the check of a certificate.
    Priority,
    /// 转移.
    Transfer,
    /// 撤回 of a wrong press.
    Undo,
    /// 警报.
    Alert,
    /// 诉求 and 整改.
    Matter,
    /// 清除 of what could identify a person.
    Erase,
    /// 导出 of reports and lists.
    Export,
    /// 设备: keys pressed and trials made in the device room.
    Device,
    /// 备份.
    Backup,
    /// 到期清理 of data.
    Retention,
    /// 查看 of what says who and where a person is.
    Personal,
    /// 越权: asked for what the role may not.
    Denied,
    /// 审计链: what was found of the trail itself.
    Trail,
    /// Anything else that changes something.
    Other,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 22] = [
        Self::SignIn,
        Self::LockOut,
        Self::SignOut,
        Self::Post,
        Self::Account,
        Self::Token,
        Self::Profile,
        Self::Hall,
        Self::Priority,
        Self::Transfer,
        Self::Undo,
        Self::Alert,
        Self::Matter,
        Self::Erase,
        Self::Export,
        Self::Device,
        Self::Backup,
        Self::Retention,
        Self::Personal,
        Self::Denied,
        Self::Trail,
        Self::Other,
    ];

    /// Its word in addresses and text keys.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::LockOut => "lock_out",
            Self::SignOut => "sign_out",
            Self::Post => "post",
            Self::Account => "account",
            Self::Token => "token",
            Self::Profile => "profile",
            Self::Hall => "hall",
            Self::Priority => "priority",
            Self::Transfer => "transfer",
            Self::Undo => "undo",
            Self::Alert => "alert",
            Self::Matter => "matter",
            Self::Erase => "erase",
            Self::Export => "export",
            Self::Device => "device",
            Self::Backup => "backup",
            Self::Retention => "retention",
            Self::Personal => "personal",
            Self::Denied => "denied",
            Self::Trail => "trail",
            Self::Other => "other",
        }
    }

    /// The kind of this word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// Who acted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// A person who has signed in.
    Staff {
        /// 工号.
        no: StaffNo,
        /// As what.
        role: Role,
    },
    /// A device or program with a credential.
    Device {
        /// Its credential's name.
        name: DeviceId,
        /// As what.
        role: Role,
    },
    /// Whoever sits at the server's own console.
    Console,
    /// The server by itself.
    Hall,
    /// Nobody who was believed.
    Nobody,
}

impl Who {
    /// Whoever holds this identity.
    #[must_use]
    pub fn of(identity: &Identity) -> Self {
        match identity.staff {
            Some(no) => Self::Staff { no, role: identity.role },
            None => Self::Device { name: identity.name, role: identity.role },
        }
    }
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It was done.
    Done,
    /// It was refused, with a code.
    Refused(String),
    /// The server failed at it.
    Failed,
}

/// One line of the trail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Act {
    /// When, by the hall's clock.
    pub at: Timestamp,
    /// What sort of act.
    pub kind: Kind,
    /// Who.
    pub by: Who,
    /// From which address; empty for the server itself.
    #[serde(default)]
    pub from: String,
    /// What was acted on: the route, and the fields that name the thing.
    #[serde(default)]
    pub about: String,
    /// The reason, where one was given.
    #[serde(default)]
    pub why: String,
    /// What came of it.
    pub outcome: Outcome,
}

impl Act {
    /// What the server did by itself.
    #[must_use]
    pub fn of_hall(kind: Kind, about: &str, outcome: Outcome) -> Self {
        Self::new(kind, Who::Hall, "", about, "", outcome)
    }

    /// An act; its words are masked here, and the trail says when it was.
    #[must_use]
    pub fn new(kind: Kind, by: Who, from: &str, about: &str, why: &str, outcome: Outcome) -> Self {
        let (about, why) = (masked(about), masked(why));
        Self { at: Timestamp(0), kind, by, from: from.to_owned(), about, why, outcome }
    }
}

/// The words with everything that could name a person as stars: no identity number stands in the
/// trail, and of a telephone only what tells it from another.
#[must_use]
pub fn masked(words: &str) -> String {
    let letters: Vec<char> =
        words.chars().map(|each| if each.is_control() { ' ' } else { each }).collect();
    let mut told = String::new();
    let mut at = 0;
    while at < letters.len() {
        if is_date(&letters[at..]) {
            told.extend(&letters[at..at + DATE_CHARS]);
            at += DATE_CHARS;
            continue;
        }
        let end = row_of_digits(&letters, at);
        let digits: Vec<char> =
            letters[at..end].iter().copied().filter(|each| digit(*each).is_some()).collect();
        if digits.len() <= DIGITS_TOLD_MAX {
            let end = end.max(at + 1);
            told.extend(&letters[at..end]);
            at = end;
            continue;
        }
        if digits.len() == TELEPHONE_DIGITS && digit(digits[0]) == Some(1) {
            told.extend(&digits[..3]);
            told.push_str("****");
            told.extend(&digits[7..]);
        } else {
            told.push_str("******");
        }
        at = end;
    }
    told.chars().take(WORDS_CHARS_MAX).collect()
}

/// Where a row of digits that begins here ends; single blanks and dashes inside belong to it, and
/// the check letter of an identity number at its end.
fn row_of_digits(letters: &[char], at: usize) -> usize {
    let mut end = at;
    while end < letters.len() {
        let is_joint = matches!(letters[end], ' ' | '-')
            && end > at
            && letters.get(end + 1).is_some_and(|next| digit(*next).is_some());
        if digit(letters[end]).is_none() && !is_joint {
            break;
        }
        end += 1;
    }
    let is_check_letter =
        end > at && letters.get(end).is_some_and(|next| matches!(next, 'x' | 'X'));
    if is_check_letter { end + 1 } else { end }
}

const DATE_CHARS: usize = 10;

/// "2026-11-23".
fn is_date(letters: &[char]) -> bool {
    letters.len() >= DATE_CHARS
        && letters[..DATE_CHARS].iter().enumerate().all(|(place, each)| match place {
            4 | 7 => *each == '-',
            _ => each.is_ascii_digit(),
        })
        && letters.get(DATE_CHARS).is_none_or(|next| digit(*next).is_none())
}

/// The figure of a narrow or wide digit.
fn digit(letter: char) -> Option<u32> {
    match letter {
        '\u{ff10}'..='\u{ff19}' => Some(letter as u32 - 0xff10),
        _ => letter.to_digit(10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_number_that_names_a_person_stands_in_the_trail() {
        for (words, told) in [
            ("window=24 minutes=60", "window=24 minutes=60"),
            ("110101199001010014", "******"),
            ("id 11010119900101001X.", "id ******."),
            ("call 13800138000 back", "call 138****8000 back"),
            ("138 0013 8000", "138****8000"),
            (
                "\u{ff11}\u{ff13}\u{ff18}\u{ff10}\u{ff10}\u{ff11}\u{ff13}\u{ff18}\u{ff10}\u{ff10}\u{ff10}",
                "\u{ff11}\u{ff13}\u{ff18}****\u{ff18}\u{ff10}\u{ff10}\u{ff10}",
            ),
            ("0576-1234567", "******"),
            ("from 2026-11-23 to 2026-11-30", "from 2026-11-23 to 2026-11-30"),
            ("clerk 123456, A012", "clerk 123456, A012"),
            ("a\nb", "a b"),
        ] {
            assert_eq!(masked(words), told, "{words}");
        }
        assert_eq!(masked(&"x".repeat(1_000)).len(), WORDS_CHARS_MAX);
    }

    #[test]
    fn every_kind_is_found_by_its_word() {
        for kind in Kind::ALL {
            assert_eq!(Kind::parse(kind.as_str()), Some(kind));
        }
    }
}
