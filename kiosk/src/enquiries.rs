//! Questions of the person before the kiosk: asked on a thread of their own, so that neither a
//! printing slip nor a slow board keeps them waiting.

use std::{
    sync::mpsc::{Receiver, SyncSender, sync_channel},
    thread,
};

use wire::{
    http::{
        EvaluationRequest,
        booking::FindBookingRequest,
        enquiry::{FindAnswer, FindRequest},
        matters::{FindMatterRequest, TellMatterRequest},
    },
    texts::Language,
};

use crate::{
    counter::request_id,
    limits,
    model::{
        message::Msg,
        service::{Answer, Proof, Question},
    },
    news::News,
    server::{Fault, HttpServer},
};

struct Asked {
    number: u32,
    question: Question,
    language: Language,
}

/// The thread that asks, as the screen holds it.
pub struct Enquiries {
    asked: SyncSender<Asked>,
}

impl Enquiries {
    /// Begins to ask a server.
    ///
    /// # Errors
    /// If the system gives no thread.
    pub fn start(server: HttpServer, news: News) -> std::io::Result<Self> {
        let (asked, inbox) = sync_channel(limits::QUESTIONS_MAX);
        let work = move || work(&server, &inbox, &news);
        thread::Builder::new().name("enquiries".to_owned()).spawn(work)?;
        Ok(Self { asked })
    }

    /// Hands over a question; false if too many wait.
    #[must_use]
    pub fn ask(&self, number: u32, question: Question, language: Language) -> bool {
        self.asked.try_send(Asked { number, question, language }).is_ok()
    }
}

fn work(server: &HttpServer, inbox: &Receiver<Asked>, news: &News) {
    let mut ids = Ids::default();
    while let Ok(Asked { number, question, language }) = inbox.recv() {
        // The same id with every try: an evaluation is given once.
        let request = ids.of(&question, request_id);
        let answer = with_tries(|| answer(server, &question, (&request, language)));
        news.tell(Msg::Answered { number, answer: Box::new(answer) });
    }
}

/// The ids under which the server is asked.
#[derive(Default)]
struct Ids {
    /// The last telling, and its id.
    told: Option<(u32, String)>,
}

impl Ids {
    /// An id of a question's own. A telling that is asked again keeps its first one: who touches again
    /// because no answer came has told one matter, and holds one receipt.
    fn of(&mut self, question: &Question, fresh: impl FnOnce() -> String) -> String {
        let Question::Tell { telling, .. } = question else { return fresh() };
        if let Some((known, id)) = &self.told
            && known == telling
        {
            return id.clone();
        }
        let id = fresh();
        self.told = Some((*telling, id.clone()));
        id
    }
}

/// The answer, or what the person is told instead of one.
fn with_tries(once: impl Fn() -> Result<Answer, Fault>) -> Answer {
    for tries in 1..=limits::QUESTION_TRIES_MAX {
        match once() {
            Ok(answer) => return answer,
            Err(Fault::Refused(problem)) => {
                let (code, title, detail) = (problem.code, problem.title, problem.detail);
                return Answer::Refused { code, title, detail };
            }
            Err(fault @ Fault::Silent { .. }) => {
                tracing::debug!(%fault, tries, "a question was not answered");
            }
        }
    }
    Answer::Silent
}

fn answer(
    server: &HttpServer,
    question: &Question,
    (request, language): (&str, Language),
) -> Result<Answer, Fault> {
    let booking = |booking, document| {
        let found = server.find_booking(&FindBookingRequest { booking, document }, language);
        found.map(|found| Answer::Booking(Box::new(found)))
    };
    match question {
        Question::Booking(no) => booking(Some(*no), None),
        Question::BookingOf(document) => booking(None, Some(document.clone())),
        Question::Guide(item) => server.guide(*item).map(|guide| Answer::Guide(Box::new(guide))),
        Question::Tell { department, reasons, .. } => {
            let body = TellMatterRequest {
                request_id: request.to_owned(),
                department: department.clone(),
                reasons: reasons.clone(),
            };
            server.tell_matter(&body, language).map(|told| Answer::Told(Box::new(told)))
        }
        Question::Receipt(receipt) => {
            let body = FindMatterRequest { receipt: *receipt };
            server.find_matter(&body, language).map(|told| Answer::Told(Box::new(told)))
        }
        Question::Evaluate(graded) => {
            let Some(rating) = graded.level else { return Ok(Answer::Silent) };
            let body = EvaluationRequest {
                request_id: request.to_owned(),
                window: None,
                token: Some(graded.token.clone()),
                rating,
                reasons: graded.reasons.clone(),
            };
            server.evaluate(&body, language).map(|()| Answer::Evaluated)
        }
        Question::Number(no) => {
            let body = FindRequest { no: Some(*no), token: None, document: None };
            server.find(&body, language).map(tickets)
        }
        Question::Proof(proof) => {
            let (token, document) = shown(proof);
            server.find(&FindRequest { no: None, token, document }, language).map(tickets)
        }
    }
}

fn tickets(answer: FindAnswer) -> Answer {
    Answer::Tickets(answer.tickets)
}

/// A proof as bodies have it: the slip's secret, or the document.
#[must_use]
pub fn shown(proof: &Proof) -> (Option<String>, Option<wire::http::booking::DocumentText>) {
    match proof {
        Proof::Token(token) => (Some(token.clone()), None),
        Proof::Document(document) => (None, Some(document.clone())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_telling_keeps_its_id_however_often_it_is_asked_and_nothing_else_does() {
        let tell = |telling| Question::Tell { telling, department: None, reasons: Vec::new() };
        let no = Question::Number("A012".parse().unwrap());
        let (mut ids, mut made) = (Ids::default(), 0);
        let asked = [tell(1), tell(1), no.clone(), tell(1), no, tell(2), tell(2)];
        let given = asked.map(|question| {
            ids.of(&question, || {
                made += 1;
                made.to_string()
            })
        });
        assert_eq!(given, ["1", "1", "2", "1", "3", "4", "4"]);
    }
}
