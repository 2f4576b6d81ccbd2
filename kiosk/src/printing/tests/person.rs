//! What the counter does with a document: the server hears of it, the record does not; and 补打.

use wire::http::booking::DocumentText;

use super::*;
use crate::{
    model::{
        message::{Again, Reprint},
        service::Proof,
    },
    server::Reprints,
};

/// A server that remembers which documents it was sent, as in an exchange that may be lost.
#[derive(Clone, Default)]
struct Hears {
    twin: Twin,
    documents: Rc<RefCell<Vec<Option<DocumentText>>>>,
}

impl Counter for Hears {
    fn issue(
        &self,
        body: &IssueRequest,
        language: Language,
        patience: Patience,
    ) -> Result<IssueAnswer, Fault> {
        self.documents.borrow_mut().push(body.document.clone());
        self.twin.issue(body, language, patience)
    }

    fn numbers(&self, body: &NumbersRequest) -> Result<NumbersAnswer, Fault> {
        self.twin.numbers(body)
    }

    fn hand_in(&self, body: &HandInRequest) -> Result<(), Fault> {
        self.twin.hand_in(body)
    }

    fn unfound(&self, body: &UnfoundRequest) -> Result<(), Fault> {
        self.twin.unfound(body)
    }

    fn printed(&self, ticket: TicketId, body: &PrintedRequest) -> Result<(), Fault> {
        self.twin.printed(ticket, body)
    }

    fn cancel(&self, ticket: TicketId, body: &HolderRequest) -> Result<(), Fault> {
        self.twin.cancel(ticket, body)
    }
}

impl Reprints for Hears {
    fn reprint(
        &self,
        ticket: TicketId,
        body: &HolderRequest,
        language: Language,
    ) -> Result<IssueAnswer, Fault> {
        self.documents.borrow_mut().push(body.document.clone());
        if ticket != TicketId(1) {
            return Err(refusal("reprint_limit"));
        }
        let order = IssueRequest {
            request_id: "request-1".to_owned(),
            ..serde_json::from_str(r#"{"request_id":"","channel":"kiosk","queue":"A"}"#).unwrap()
        };
        self.twin.issue(&order, language, Patience::Usual)
    }

    fn reactivate(
        &self,
        ticket: TicketId,
        body: &HolderRequest,
        language: Language,
    ) -> Result<IssueAnswer, Fault> {
        self.reprint(ticket, body, language)
    }
}

fn document() -> DocumentText {
    DocumentText("card:0123456789abcdef0123456789abcdef".to_owned())
}

fn desk(world: &World, server: &Hears) -> Desk<Hears, DiskBook, Tray, Quiet> {
    let files: Arc<dyn Files> = Arc::<FalseFiles>::clone(&world.files);
    let (book, open) = DiskBook::open_with("/slips".as_ref(), files).unwrap();
    Desk::new(server.clone(), book, world.tray.clone(), world.shell.clone(), open)
}

#[test]
fn a_document_is_sent_with_every_try_and_never_kept() {
    let (world, server) = (World::new(), Hears::default());
    server.twin.hall.borrow_mut().silent = 2;
    let mut desk = desk(&world, &server);
    desk.take(&Order { document: Some(document()), ..order(true) });
    assert_eq!(
        *server.documents.borrow(),
        vec![Some(document()); 3],
        "the same, asked three times"
    );
    assert!(desk.open().is_empty());
    // The person has gone: the number is taken only to be retired.
    server.twin.hall.borrow_mut().silent = limits::TRIES_MAX;
    desk.take(&Order { document: Some(document()), ..order(true) });
    assert_eq!(desk.open()[0].order.document, None);
    desk.settle_one();
    assert_eq!(*server.documents.borrow().last().unwrap(), None);
    drop(desk);
    let folder = std::path::Path::new("/slips");
    let names = world.files.list(folder).unwrap();
    let kept: Vec<u8> =
        names.iter().flat_map(|name| world.files.bytes(&folder.join(name)).unwrap()).collect();
    let text = String::from_utf8_lossy(&kept);
    assert!(text.contains("request-1"), "the record is looked at: {text}");
    assert!(!text.contains("card:") && !text.contains("0123456789abcdef"), "{text}");
}

#[test]
fn a_slip_comes_out_again_and_what_stands_in_the_way_is_told() {
    let (mut world, server) = (World::new(), Hears::default());
    desk(&world, &server).take(&order(true));
    let wish = |ticket| Reprint {
        ticket: TicketId(ticket),
        proof: Proof::Document(document()),
        again: Again::Reprint,
        language: Language::Chinese,
    };
    world.shell.told.borrow_mut().clear();
    desk(&world, &server).reprint(&wish(1));
    assert_eq!(*world.tray.out.borrow(), 2);
    let told = world.shell.told.borrow().last().cloned();
    assert!(
        matches!(&told, Some(Msg::Taken(taken)) if taken.slip.no.to_string() == "A001"),
        "{told:?}"
    );
    desk(&world, &server).reprint(&wish(2));
    let told = world.shell.told.borrow().last().cloned();
    assert!(
        matches!(&told, Some(Msg::Refused { code, .. }) if code == "reprint_limit"),
        "{told:?}"
    );
    world.tray.fails = true;
    desk(&world, &server).reprint(&wish(1));
    let told = world.shell.told.borrow().last().cloned();
    assert!(
        matches!(&told, Some(Msg::Refused { code, .. }) if code == "not_reprinted"),
        "{told:?}"
    );
    assert_eq!(server.twin.states(), [TicketState::Waiting], "the number is still good");
    // Who waits again is told so, slip or no slip.
    let again = Reprint { again: Again::Reactivate, ..wish(1) };
    desk(&world, &server).reprint(&again);
    let told = world.shell.told.borrow().last().cloned();
    assert!(matches!(&told, Some(Msg::Taken(taken)) if !taken.paper), "{told:?}");
}
