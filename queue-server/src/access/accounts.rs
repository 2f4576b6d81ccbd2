//! 账号: what the security administrator sees of each sign-in and does with it, and the password that
//! its holder chooses.

use std::{net::IpAddr, time::Instant};

use hall::ids::StaffNo;

use super::{
    Access, Fault, PASSWORD_LENGTH_MIN, Person, Refusal, Role, SignInRefusal, network, staff,
};

/// Letters and digits that a password has at least: "aaaaaaaaaaaa" is none.
const DIFFERENT_MIN: usize = 5;

/// Words that guessers try first, with whatever digits and signs around them.
const COMMON: [&str; 7] = ["password", "passwd", "qwerty", "qwertyuiop", "admin", "paihao", "abcd"];

/// A staff number this short may stand in a password by chance.
const NO_LENGTH_MIN: usize = 4;

/// A sign-in as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Whose.
    pub person: Person,
    /// 停用: the person may not sign in until somebody allows it again.
    pub disabled: bool,
    /// The password was given by somebody else and must be changed first.
    pub must_change: bool,
    /// 锁定: seconds until the next try is looked at, after too many wrong ones.
    pub locked_secs: Option<u64>,
    /// Sessions that are open.
    pub sessions: usize,
    /// When the person signed in last, in seconds since 1970, and from where.
    pub last: Option<(u64, IpAddr)>,
}

/// Why a new password was not taken.
#[derive(Debug)]
pub enum NotChanged {
    /// The present password was not looked at, or is another.
    SignIn(SignInRefusal),
    /// The new one breaks a rule, or could not be kept.
    Fault(Fault),
}

/// What is wrong with a password for this person.
pub(super) fn objection(person: &Person, password: &str) -> Option<Refusal> {
    if password.chars().count() < PASSWORD_LENGTH_MIN {
        return Some(Refusal::PasswordShort);
    }
    let mut letters: Vec<char> = password.chars().collect();
    letters.sort_unstable();
    letters.dedup();
    let no = person.no.as_str();
    let tells_no = no.len() >= NO_LENGTH_MIN && password.contains(no);
    let word: String = password.chars().filter(char::is_ascii_alphabetic).collect();
    let is_common = COMMON.contains(&word.to_lowercase().as_str());
    (letters.len() < DIFFERENT_MIN || tells_no || is_common).then_some(Refusal::PasswordPlain)
}

impl Access {
    /// Every sign-in.
    ///
    /// # Errors
    /// If the folder cannot be read.
    pub fn accounts(&self) -> Result<Vec<Account>, Fault> {
        let inner = self.lock();
        let now = Instant::now();
        let all = inner.staff.all()?;
        let account = |stored: staff::Stored| {
            let no = stored.person.no;
            Account {
                disabled: stored.disabled,
                must_change: stored.must_change,
                locked_secs: inner
                    .throttle
                    .locked(no.as_str(), now)
                    .map(|left| left.as_secs().max(1)),
                sessions: inner.sessions.count_of(no, now),
                last: inner.known.last(no),
                person: stored.person,
            }
        };
        Ok(all.into_iter().map(account).collect())
    }

    /// Gives a person a password that must be changed before anything else is done with it.
    ///
    /// # Errors
    /// If there is nobody of this number, or it cannot be kept.
    pub fn give_password(&self, no: StaffNo, password: &str) -> Result<(), Fault> {
        let stored =
            self.lock().staff.stored(no).ok_or(Fault::Refused(Refusal::NoSuchSignIn(no)))?;
        self.keep_password(stored, password, true)
    }

    /// Makes a sign-in whose password must be changed first.
    ///
    /// # Errors
    /// If the number is taken, the person is another of the three administrators, the password
    /// breaks a rule, or it cannot be kept.
    pub fn open_account(&self, person: Person, password: &str) -> Result<(), Fault> {
        if self.has_person(person.no) {
            return Err(Fault::Refused(Refusal::NumberTaken(person.no)));
        }
        self.must_be_separate(&person)?;
        let stored =
            staff::Stored { hash: String::new(), disabled: false, must_change: true, person };
        self.keep_password(stored, password, true)
    }

    /// Gives a person another role, and ends the sessions with the old one.
    ///
    /// # Errors
    /// If there is nobody of this number, the role is a device's, or one person would have been two
    /// of the three administrators.
    pub fn change_role(&self, no: StaffNo, role: Role) -> Result<(), Fault> {
        if !role.is_person() {
            return Err(Fault::Refused(Refusal::NoPerson(role)));
        }
        let stored =
            self.lock().staff.stored(no).ok_or(Fault::Refused(Refusal::NoSuchSignIn(no)))?;
        let was = stored.person.role;
        let is_separate = Role::SEPARATED.contains(&was) && Role::SEPARATED.contains(&role);
        if is_separate && was != role {
            return Err(Fault::Refused(Refusal::Separated(no, was)));
        }
        let person = Person { role, ..stored.person.clone() };
        self.must_be_separate(&person)?;
        let mut inner = self.lock();
        inner.staff.keep(&staff::Stored { person, ..stored })?;
        inner.sessions.end_of(no)
    }

    /// Goes on only if nobody of the same name is another of the three administrators.
    fn must_be_separate(&self, person: &Person) -> Result<(), Fault> {
        if !Role::SEPARATED.contains(&person.role) {
            return Ok(());
        }
        let other = self.lock().staff.all()?.into_iter().map(|stored| stored.person).find(|each| {
            each.no != person.no
                && each.name == person.name
                && each.role != person.role
                && Role::SEPARATED.contains(&each.role)
        });
        other.map_or(Ok(()), |other| Err(Fault::Refused(Refusal::Separated(other.no, other.role))))
    }

    /// Lets a person try again at once, after too many wrong passwords.
    pub fn free(&self, no: StaffNo) {
        self.lock().throttle.forget(no.as_str());
    }

    /// Changes a person's own password, ends every session and begins another.
    ///
    /// # Errors
    /// [`NotChanged`]; a wrong present password counts as one at the sign-in does.
    pub async fn change_password(
        &self,
        no: StaffNo,
        now: String,
        new: String,
        from: IpAddr,
    ) -> Result<String, NotChanged> {
        let is_same = now == new;
        let stored = self.believed(no.as_str(), now, network(from)).await?;
        let refusal = objection(&stored.person, &new);
        if let Some(refusal) = refusal.or(is_same.then_some(Refusal::PasswordSame)) {
            return Err(NotChanged::Fault(Fault::Refused(refusal)));
        }
        let access = self.clone();
        let kept = move || access.keep_password(stored, &new, false);
        let place = self.line.stand().ok_or(NotChanged::SignIn(SignInRefusal::Busy))?;
        let kept = place.hash(kept).await.ok_or(NotChanged::SignIn(SignInRefusal::Busy))?;
        kept.map_err(NotChanged::Fault)?;
        self.lock().sessions.begin(no).map_err(NotChanged::Fault)
    }

    fn keep_password(
        &self,
        stored: staff::Stored,
        password: &str,
        must_change: bool,
    ) -> Result<(), Fault> {
        if let Some(refusal) = objection(&stored.person, password) {
            return Err(Fault::Refused(refusal));
        }
        let hash = staff::hash(password)?;
        let no = stored.person.no;
        let mut inner = self.lock();
        inner.staff.keep(&staff::Stored { hash, must_change, ..stored })?;
        inner.throttle.forget(no.as_str());
        inner.sessions.end_of(no)
    }
}

impl From<SignInRefusal> for NotChanged {
    fn from(refusal: SignInRefusal) -> Self {
        Self::SignIn(refusal)
    }
}
