//! The server as the kiosk asks it: one bounded HTTP exchange a call.

use std::{io::BufRead, time::Duration};

use serde::{Serialize, de::DeserializeOwned};
use wire::{
    board::Board,
    catalogue::{Catalogue, ItemGuide},
    http::{
        EvaluationRequest, HelpRequest, HelpState, HolderRequest, IssueAnswer, IssueRequest,
        KioskStateAnswer, KioskStateRequest, PrintedRequest, Problem,
        booking::{BookingFound, FindBookingRequest},
        enquiry::{FindAnswer, FindRequest},
        matters::{FindMatterRequest, TellMatterRequest, ToldMatter},
        offline::{HandInRequest, NumbersAnswer, NumbersRequest},
        unfound::UnfoundRequest,
    },
    ids::{ItemId, TicketId},
    reader::ReaderKeyAnswer,
    server::Way,
    texts::Language,
};

use crate::limits;

/// Why a call brought nothing.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The server understood and said no; asking again gives the same.
    #[error("the server refused: {} ({})", .0.title, .0.code)]
    Refused(Box<Problem>),
    /// The server did not answer, or not now; asking again may help.
    #[error("the server did not answer {what}: {why}")]
    Silent {
        /// What was asked.
        what: String,
        /// What the line said.
        why: String,
    },
}

/// How long an answer is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Patience {
    /// A person waits, and nothing else helps.
    Usual,
    /// The kiosk can go on alone, or nobody waits.
    Short,
}

impl Patience {
    /// Tries of one asking.
    #[must_use]
    pub const fn tries(self) -> u32 {
        match self {
            Self::Usual => limits::TRIES_MAX,
            Self::Short => 1,
        }
    }

    /// One exchange.
    const fn exchange(self) -> Duration {
        Duration::from_secs(match self {
            Self::Usual => limits::EXCHANGE_SECS_MAX,
            Self::Short => limits::QUICK_EXCHANGE_SECS_MAX,
        })
    }
}

/// What the counter needs of the server; a twin stands in for it in tests.
pub trait Counter {
    /// Takes a ticket; the same request id gives the same ticket.
    ///
    /// # Errors
    /// [`Fault`] if there is none.
    fn issue(
        &self,
        body: &IssueRequest,
        language: Language,
        patience: Patience,
    ) -> Result<IssueAnswer, Fault>;

    /// Tells what became of a slip.
    ///
    /// # Errors
    /// [`Fault`] if it was not taken down.
    fn printed(&self, ticket: TicketId, body: &PrintedRequest) -> Result<(), Fault>;

    /// Takes a ticket back.
    ///
    /// # Errors
    /// [`Fault`] if it was not taken down.
    fn cancel(&self, ticket: TicketId, body: &HolderRequest) -> Result<(), Fault>;

    /// 离线号段: asks for numbers to have in hand.
    ///
    /// # Errors
    /// [`Fault`] if there are none.
    fn numbers(&self, body: &NumbersRequest) -> Result<NumbersAnswer, Fault>;

    /// 离线号: hands in a ticket that was given out with one of them.
    ///
    /// # Errors
    /// [`Fault`] if it was not taken over.
    fn hand_in(&self, body: &HandInRequest) -> Result<(), Fault>;

    /// 没有找到要办的事项: hands in what somebody said.
    ///
    /// # Errors
    /// [`Fault`] if it was not taken down.
    fn unfound(&self, body: &UnfoundRequest) -> Result<(), Fault>;
}

/// What a reprint needs of the server.
pub trait Reprints {
    /// Notes that a ticket's slip is printed once more, and says what stands on it.
    ///
    /// # Errors
    /// [`Fault`] if it is another's, or was printed too often.
    fn reprint(
        &self,
        ticket: TicketId,
        body: &HolderRequest,
        language: Language,
    ) -> Result<IssueAnswer, Fault>;

    /// Lets a passed ticket wait again, and says what stands on its new slip.
    ///
    /// # Errors
    /// [`Fault`] if it is another's, or it is too late.
    fn reactivate(
        &self,
        ticket: TicketId,
        body: &HolderRequest,
        language: Language,
    ) -> Result<IssueAnswer, Fault>;
}

/// The server over HTTP.
#[derive(Clone)]
pub struct HttpServer {
    agent: ureq::Agent,
    live: ureq::Agent,
    base: String,
    credential: String,
}

impl HttpServer {
    /// A server by the way to it and the kiosk's credential; `program` is what the kiosk calls itself,
    /// like `kiosk/0.1.0`.
    #[must_use]
    pub fn new(way: &Way, credential: &str, program: &str) -> Self {
        let secs = Duration::from_secs(limits::EXCHANGE_SECS_MAX);
        let agent = way.agent().timeout_global(Some(secs)).user_agent(program).build();
        // The server keeps the live line awake every 15 s; twice that long is a dead line.
        let live = way
            .agent()
            .timeout_connect(Some(secs))
            .timeout_per_read(Some(Duration::from_secs(35)))
            .build();
        Self {
            agent: agent.new_agent(),
            live: live.new_agent(),
            base: format!("{}/api/v1", way.url()),
            credential: format!("Bearer {credential}"),
        }
    }

    /// The catalogue.
    ///
    /// # Errors
    /// [`Fault`] if there is none.
    pub fn catalogue(&self) -> Result<Catalogue, Fault> {
        self.get("/catalogue")
    }

    /// The board.
    ///
    /// # Errors
    /// [`Fault`] if there is none.
    pub fn board(&self) -> Result<Board, Fault> {
        self.get("/board")
    }

    /// Tells the guide desk.
    ///
    /// # Errors
    /// [`Fault`] if nobody was told.
    pub fn help(&self, body: &HelpRequest) -> Result<(), Fault> {
        self.post("/help", body, Language::Chinese).map(drop)
    }

    /// Asks what became of the call for help.
    ///
    /// # Errors
    /// [`Fault`] if there is no answer.
    pub fn help_state(&self) -> Result<HelpState, Fault> {
        self.get("/help")
    }

    /// The hall's key for card readers.
    ///
    /// # Errors
    /// [`Fault`] if there is none.
    pub fn reader_key(&self) -> Result<ReaderKeyAnswer, Fault> {
        self.get("/reader-key")
    }

    /// Tells how the printer is; answers whether a test slip is wanted.
    ///
    /// # Errors
    /// [`Fault`] if nobody was told.
    pub fn kiosk_state(&self, body: &KioskStateRequest) -> Result<KioskStateAnswer, Fault> {
        parse("/kiosk/state", &self.post("/kiosk/state", body, Language::Chinese)?)
    }

    /// Where tickets stand.
    ///
    /// # Errors
    /// [`Fault`] if there is none, or no answer.
    pub fn find(&self, body: &FindRequest, language: Language) -> Result<FindAnswer, Fault> {
        parse("/tickets/find", &self.post("/tickets/find", body, language)?)
    }

    /// A booking, and whether its ticket can be had now.
    ///
    /// # Errors
    /// [`Fault`] if there is none, or no answer.
    pub fn find_booking(
        &self,
        body: &FindBookingRequest,
        language: Language,
    ) -> Result<BookingFound, Fault> {
        parse("/bookings/find", &self.post("/bookings/find", body, language)?)
    }

    /// Everything that is published of an item.
    ///
    /// # Errors
    /// [`Fault`] if there is none, or no answer.
    pub fn guide(&self, item: ItemId) -> Result<ItemGuide, Fault> {
        self.get(&format!("/catalogue/items/{item}"))
    }

    /// Takes an evaluation down.
    ///
    /// # Errors
    /// [`Fault`] if it was evaluated before, it is too late, or nobody answers.
    pub fn evaluate(&self, body: &EvaluationRequest, language: Language) -> Result<(), Fault> {
        self.post("/evaluations", body, language).map(drop)
    }

    /// 办不成事: takes down what was not done.
    ///
    /// # Errors
    /// [`Fault`] if it was not taken down.
    pub fn tell_matter(
        &self,
        body: &TellMatterRequest,
        language: Language,
    ) -> Result<ToldMatter, Fault> {
        parse("/matters", &self.post("/matters", body, language)?)
    }

    /// 查回执: how what was told stands.
    ///
    /// # Errors
    /// [`Fault`] if nothing is known of it, or nobody answers.
    pub fn find_matter(
        &self,
        body: &FindMatterRequest,
        language: Language,
    ) -> Result<ToldMatter, Fault> {
        parse("/matters/find", &self.post("/matters/find", body, language)?)
    }

    /// Reads the live line and calls `changed` at each event, until the line ends or `changed`
    /// says stop.
    ///
    /// # Errors
    /// [`Fault`] if the line could not be opened.
    pub fn live(&self, mut changed: impl FnMut() -> bool) -> Result<(), Fault> {
        let silent = |why: String| Fault::Silent { what: "/live".to_owned(), why };
        let url = format!("{}/live", self.base);
        let request = self.live.get(&url).header("Authorization", &self.credential);
        let mut response = request.call().map_err(|error| silent(error.to_string()))?;
        if response.status() != 200 {
            return Err(silent(response.status().to_string()));
        }
        let reader = std::io::BufReader::new(response.body_mut().as_reader());
        for line in reader.lines() {
            let line = line.map_err(|error| silent(error.to_string()))?;
            if line.starts_with("data:") && !changed() {
                return Ok(());
            }
        }
        Ok(())
    }

    fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, Fault> {
        let url = format!("{}{path}", self.base);
        let request = self.agent.get(&url).header("Authorization", &self.credential);
        read(path, request.call())
    }

    fn post(
        &self,
        path: &str,
        body: &impl Serialize,
        language: Language,
    ) -> Result<Vec<u8>, Fault> {
        self.post_within(path, body, language, Patience::Usual)
    }

    /// Nobody waits for the answer.
    fn post_quickly(&self, path: &str, body: &impl Serialize) -> Result<Vec<u8>, Fault> {
        self.post_within(path, body, Language::Chinese, Patience::Short)
    }

    fn post_within(
        &self,
        path: &str,
        body: &impl Serialize,
        language: Language,
        patience: Patience,
    ) -> Result<Vec<u8>, Fault> {
        let url = format!("{}{path}", self.base);
        let request = self
            .agent
            .post(&url)
            .config()
            .timeout_global(Some(patience.exchange()))
            .build()
            .header("Authorization", &self.credential)
            .header("Accept-Language", language.tag());
        bytes(path, request.send_json(body))
    }
}

impl Counter for HttpServer {
    fn issue(
        &self,
        body: &IssueRequest,
        language: Language,
        patience: Patience,
    ) -> Result<IssueAnswer, Fault> {
        parse("/tickets", &self.post_within("/tickets", body, language, patience)?)
    }

    fn printed(&self, ticket: TicketId, body: &PrintedRequest) -> Result<(), Fault> {
        self.post_quickly(&format!("/tickets/{}/printed", ticket.0), body).map(drop)
    }

    fn cancel(&self, ticket: TicketId, body: &HolderRequest) -> Result<(), Fault> {
        self.post_quickly(&format!("/tickets/{}/cancel", ticket.0), body).map(drop)
    }

    fn numbers(&self, body: &NumbersRequest) -> Result<NumbersAnswer, Fault> {
        let path = "/kiosk/numbers";
        parse(path, &self.post_quickly(path, body)?)
    }

    fn hand_in(&self, body: &HandInRequest) -> Result<(), Fault> {
        self.post_quickly("/tickets/handed-in", body).map(drop)
    }

    fn unfound(&self, body: &UnfoundRequest) -> Result<(), Fault> {
        self.post_quickly("/unfound", body).map(drop)
    }
}

impl Reprints for HttpServer {
    fn reprint(
        &self,
        ticket: TicketId,
        body: &HolderRequest,
        language: Language,
    ) -> Result<IssueAnswer, Fault> {
        let path = format!("/tickets/{}/reprint", ticket.0);
        parse(&path, &self.post(&path, body, language)?)
    }

    fn reactivate(
        &self,
        ticket: TicketId,
        body: &HolderRequest,
        language: Language,
    ) -> Result<IssueAnswer, Fault> {
        let path = format!("/tickets/{}/reactivate", ticket.0);
        parse(&path, &self.post(&path, body, language)?)
    }
}

type Answer = Result<ureq::http::Response<ureq::Body>, ureq::Error>;

fn read<T: DeserializeOwned>(path: &str, answer: Answer) -> Result<T, Fault> {
    parse(path, &bytes(path, answer)?)
}

fn parse<T: DeserializeOwned>(path: &str, body: &[u8]) -> Result<T, Fault> {
    serde_json::from_slice(body)
        .map_err(|error| Fault::Silent { what: path.to_owned(), why: error.to_string() })
}

/// The body of a good answer; a refusal only if asking again is of no use.
fn bytes(path: &str, answer: Answer) -> Result<Vec<u8>, Fault> {
    let silent = |why: String| Fault::Silent { what: path.to_owned(), why };
    let mut answer = answer.map_err(|error| silent(error.to_string()))?;
    let status = answer.status();
    let body = answer
        .body_mut()
        .with_config()
        .limit(limits::BODY_BYTES_MAX)
        .read_to_vec()
        .map_err(|error| silent(error.to_string()))?;
    if status.is_success() {
        return Ok(body);
    }
    match (status.as_u16(), serde_json::from_slice::<Problem>(&body)) {
        (400 | 404 | 409 | 413 | 422, Ok(problem)) => Err(Fault::Refused(Box::new(problem))),
        (_, Ok(problem)) => Err(silent(format!("{status}: {}", problem.title))),
        (_, Err(_)) => Err(silent(status.to_string())),
    }
}
