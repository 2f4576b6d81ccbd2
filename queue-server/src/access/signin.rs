//! 上岗: the sign-ins of people and their sessions.

use std::{net::IpAddr, time::Instant};

use hall::ids::StaffNo;

use super::{Access, Fault, Identity, Inner, Person, accounts::objection, network, staff};

/// Why a sign-in was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignInRefusal {
    /// The staff number or the password is wrong; it is not said which.
    Wrong,
    /// Too many failures: wait so many seconds.
    Wait {
        /// Seconds to wait.
        secs: u64,
    },
    /// Too many sign in at this moment.
    Busy,
}

impl Inner {
    /// Lets a try through, counted as a failure, and gives what is known of the person.
    pub(super) fn begin_try(
        &mut self,
        no: &str,
        from: IpAddr,
    ) -> Result<Option<staff::Stored>, SignInRefusal> {
        let person = no.parse::<StaffNo>().ok();
        let known = person.is_some_and(|no| self.known.is_known(no, from));
        self.throttle.begin(no, from, known, Instant::now())?;
        Ok(person.and_then(|no| self.staff.stored(no)))
    }
}

impl Access {
    /// Makes or replaces a person's sign-in, and ends the sessions of the old one.
    ///
    /// # Errors
    /// If the password is short, or it cannot be hashed or written.
    pub fn add_person(&self, person: Person, password: &str) -> Result<(), Fault> {
        if let Some(refusal) = objection(&person, password) {
            return Err(Fault::Refused(refusal));
        }
        let hash = staff::hash(password)?;
        let no = person.no;
        let mut inner = self.lock();
        inner.staff.add(person, hash)?;
        inner.sessions.end_of(no)
    }

    /// Takes a person's sign-in away; false if there was none.
    ///
    /// # Errors
    /// If a file cannot be removed.
    pub fn remove_person(&self, no: StaffNo) -> Result<bool, Fault> {
        let mut inner = self.lock();
        let was_there = inner.staff.remove(no)?;
        inner.known.forget(no)?;
        inner.sessions.end_of(no)?;
        Ok(was_there)
    }

    /// Lets a person sign in no more, or again; false if there is none of this number.
    ///
    /// # Errors
    /// If a file cannot be written.
    pub fn disable_person(&self, no: StaffNo, disabled: bool) -> Result<bool, Fault> {
        let mut inner = self.lock();
        let was_there = inner.staff.disable(no, disabled)?;
        if disabled {
            inner.sessions.end_of(no)?;
        }
        Ok(was_there)
    }

    /// Ends every session of a person; a running server heeds it within a second.
    ///
    /// # Errors
    /// If a file cannot be removed.
    pub fn end_sessions(&self, no: StaffNo) -> Result<(), Fault> {
        self.lock().sessions.end_of(no)
    }

    /// Everybody who has a sign-in, and whether it is disabled.
    ///
    /// # Errors
    /// If the folder cannot be read.
    pub fn people(&self) -> Result<Vec<(Person, bool)>, Fault> {
        self.lock().staff.list()
    }

    /// True if this staff number has a sign-in, disabled or not.
    #[must_use]
    pub fn has_person(&self, no: StaffNo) -> bool {
        self.lock().staff.stored(no).is_some()
    }

    /// The person of this staff number, if a sign-in is there and not disabled.
    #[must_use]
    pub fn person(&self, no: StaffNo) -> Option<Person> {
        self.lock().staff.person(no)
    }

    /// Signs a person in and gives the session's secret for the cookie. Slow on purpose
    /// (argon2id): at most two passwords are looked at together, in a line that has an end.
    ///
    /// # Errors
    /// [`SignInRefusal`], after which nothing has changed but the count of failures.
    pub async fn sign_in(
        &self,
        no: &str,
        password: String,
        from: IpAddr,
    ) -> Result<(String, Identity), SignInRefusal> {
        let from = network(from);
        let person = self.believed(no, password, from).await?.person;
        let mut inner = self.lock();
        inner.known.remember(person.no, from);
        let secret = inner.sessions.begin(person.no).map_err(|fault| {
            tracing::warn!(%fault, "a session could not be begun");
            SignInRefusal::Busy
        })?;
        Ok((secret, person.identity()))
    }

    /// Whether this is the person's password: asked again before what cannot be undone easily. A try
    /// like any other.
    ///
    /// # Errors
    /// [`SignInRefusal`].
    pub async fn confirms(
        &self,
        no: StaffNo,
        password: String,
        from: IpAddr,
    ) -> Result<(), SignInRefusal> {
        self.believed(no.as_str(), password, network(from)).await.map(|_| ())
    }

    /// The sign-in whose password this is; a try like any other.
    pub(super) async fn believed(
        &self,
        no: &str,
        password: String,
        from: IpAddr,
    ) -> Result<staff::Stored, SignInRefusal> {
        let place = self.line.stand().ok_or(SignInRefusal::Busy)?;
        let stored = self.lock().begin_try(no, from)?;
        let hash = stored.as_ref().map(|stored| stored.hash.clone());
        let verify = move || staff::verify(hash.as_deref(), &password);
        let believed = place.hash(verify).await.ok_or(SignInRefusal::Busy)?;
        let stored = stored.filter(|stored| believed && !stored.disabled);
        let stored = stored.ok_or(SignInRefusal::Wrong)?;
        self.lock().throttle.succeeded(no, from);
        Ok(stored)
    }

    /// Begins a session of a person without asking for the password; for tests.
    #[cfg(test)]
    pub fn begin_session(&self, no: StaffNo) -> String {
        self.lock().sessions.begin(no).unwrap()
    }

    /// Who holds this session; `used` says that the person did something, not that an open page
    /// asked by itself.
    #[must_use]
    pub fn session(&self, secret: &str, used: bool) -> Option<Identity> {
        let mut inner = self.lock();
        let no = inner.sessions.find(secret, used, Instant::now())?;
        let stored = inner.staff.stored(no).filter(|stored| !stored.disabled)?;
        (!stored.must_change).then(|| stored.person.identity())
    }

    /// Who holds this session, also if the password must be changed before anything else.
    #[must_use]
    pub fn session_of_person(&self, secret: &str) -> Option<(Person, bool)> {
        let mut inner = self.lock();
        let no = inner.sessions.find(secret, true, Instant::now())?;
        let stored = inner.staff.stored(no).filter(|stored| !stored.disabled)?;
        Some((stored.person, stored.must_change))
    }

    /// Whose session this is, without asking what the person may do.
    #[must_use]
    pub fn session_of(&self, secret: &str) -> Option<StaffNo> {
        self.lock().sessions.find(secret, false, Instant::now())
    }

    /// Ends a session.
    pub fn sign_out(&self, secret: &str) {
        self.lock().sessions.end(secret);
    }
}
