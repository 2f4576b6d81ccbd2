//! 不行: what an operator asks of the access and does not get, in both languages.

use std::fmt::{self, Display};

use hall::ids::{StaffNo, WindowId};
use wire::texts::{Language, Texts};

use super::{CredentialName, PASSWORD_LENGTH_MIN, Role};

/// Why a credential or a sign-in is not made, changed or taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// A password that is too short.
    PasswordShort,
    /// A password that anybody would guess.
    PasswordPlain,
    /// The password that it is already.
    PasswordSame,
    /// This number has a sign-in.
    NumberTaken(StaffNo),
    /// 三员分离: this person is another of the three administrators.
    Separated(StaffNo, Role),
    /// A credential of this name is there.
    Exists(CredentialName),
    /// A name that the server speaks under itself.
    Reserved(CredentialName),
    /// Windows for a role that acts at none.
    NoWindows(Role),
    /// A window that the hall does not have.
    NoSuchWindow {
        /// Which.
        window: WindowId,
        /// The hall's own, in its order.
        known: Vec<WindowId>,
    },
    /// A device's role for a person.
    NoPerson(Role),
    /// Nobody of this number can sign in.
    NoSuchSignIn(StaffNo),
    /// No credential has this name.
    NoSuchCredential(CredentialName),
}

impl Refusal {
    const fn key(&self) -> &'static str {
        match self {
            Self::PasswordShort => "access.password_short",
            Self::PasswordPlain => "access.password_plain",
            Self::PasswordSame => "access.password_same",
            Self::NumberTaken(_) => "access.number_taken",
            Self::Separated(..) => "access.separated",
            Self::Exists(_) => "access.exists",
            Self::Reserved(_) => "access.reserved",
            Self::NoWindows(_) => "access.no_windows",
            Self::NoSuchWindow { .. } => "access.no_such_window",
            Self::NoPerson(_) => "access.no_person",
            Self::NoSuchSignIn(_) => "access.no_such_sign_in",
            Self::NoSuchCredential(_) => "access.no_such_credential",
        }
    }

    /// The sentence in one language.
    #[must_use]
    pub fn words(&self, language: Language) -> String {
        let texts = Texts::of(language);
        let fill = |values: &[(&str, &dyn Display)]| texts.fill(self.key(), values);
        match self {
            Self::PasswordShort => fill(&[("n", &PASSWORD_LENGTH_MIN)]),
            Self::PasswordPlain | Self::PasswordSame => fill(&[]),
            Self::NumberTaken(no) => fill(&[("no", no)]),
            Self::Separated(no, role) => {
                let role = texts.get(&format!("role.{}", role.as_str())).to_owned();
                fill(&[("no", no), ("role", &role)])
            }
            Self::Exists(name) | Self::Reserved(name) | Self::NoSuchCredential(name) => {
                fill(&[("name", name)])
            }
            Self::NoWindows(role) | Self::NoPerson(role) => fill(&[("role", &role.as_str())]),
            Self::NoSuchWindow { window, known } => {
                let known: Vec<&str> = known.iter().map(WindowId::as_str).collect();
                fill(&[("window", window), ("known", &known.join(" "))])
            }
            Self::NoSuchSignIn(no) => fill(&[("no", no)]),
        }
    }
}

impl std::error::Error for Refusal {}

/// Both languages, Chinese first: whoever reads it at a console may read either.
impl Display for Refusal {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(to, "{}", self.words(Language::Chinese))?;
        to.write_str(&self.words(Language::English))
    }
}
