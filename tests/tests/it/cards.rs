//! A card laid on a kiosk's reader: the real bridge on a pseudo-terminal, the kiosk's own threads and
//! model, the real server. The mark becomes the person's; nothing of a card is written anywhere.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Child, Command, Stdio},
    sync::mpsc::Receiver,
    time::{Duration, Instant},
};

use firmware_bridge::twins::reader::ReaderTwin;
use kiosk::{
    counter::Counters,
    ledger::disk::DiskBook,
    link::Link,
    model::{
        Model, Settings,
        message::{Effect, Msg, Touch},
        page::{Notice, Page},
        update::update,
    },
    moment::Moment,
    news::News,
    printer::SlipPrinter,
    reader::CardReader,
    server::HttpServer,
    trial::Trial,
    vitals::Vitals,
};
use tests::{log_to, printer::Printer, program, server::Server, show_if_failed, wait_until};
use wire::server::Way;

/// What takes a second or two on a quiet machine.
const SOON: Duration = Duration::from_secs(60);

/// A kiosk without a window: everything else is the product's.
struct Kiosk {
    model: Model,
    news: Receiver<Msg>,
    began: Instant,
    counter: Counters,
    reader: CardReader,
    _link: Link,
}

impl Kiosk {
    fn start(server: &Server, socket: &Path, printer: &Printer) -> Self {
        let http = HttpServer::new(
            &Way::to(&server.http, None).unwrap(),
            &server.token("kiosk", "kiosk-1"),
            "kiosk/test",
        );
        let (news, inbox) = News::channel(|_| {});
        let faces = paper::faces::Faces::new(look::fonts::REGULAR, look::fonts::BOLD).unwrap();
        let profile = paper::profile::Profile::find(tests::printer::PROFILE).unwrap();
        let slips = SlipPrinter::new(profile, &printer.place().parse().unwrap(), faces);
        let data = server.folder().join("kiosk-data");
        let (book, open) = DiskBook::open(&data).unwrap();
        let book = (book, open, Vec::new());
        let reader = CardReader::start(socket.to_owned(), http.clone(), news.clone()).unwrap();
        let trial = Trial::default();
        let link =
            Link::start(http.clone(), news.clone(), trial.clone(), Vitals::default()).unwrap();
        let counter = Counters::start(http, book, slips, data, news, trial).unwrap();
        let (model, began) = (Model::new(Settings::default()), Instant::now());
        Self { model, news: inbox, began, counter, reader, _link: link }
    }

    fn now(&self) -> Moment {
        Moment(self.began.elapsed().as_millis() as u64)
    }

    fn happened(&mut self, msg: Msg) {
        let now = self.now();
        for effect in update(&mut self.model, msg, now) {
            match effect {
                Effect::Take(order) => assert!(self.counter.send(order)),
                Effect::Reprint(wish) => assert!(self.counter.reprint(wish)),
                Effect::WantCard(wanted) => self.reader.want(wanted),
                Effect::CallHelp
                | Effect::Say { .. }
                | Effect::Hush
                | Effect::Ask { .. }
                | Effect::PrintGuide { .. }
                | Effect::PrintReceipt { .. }
                | Effect::CheckCode(_)
                | Effect::PrintTest
                | Effect::End(_)
                | Effect::NoteLacking(_)
                | Effect::TellPrinter(_)
                | Effect::KeepCatalogue
                | Effect::KeepGuidePhone(_) => {}
            }
        }
    }

    /// Heeds the news until the page is as wanted.
    fn wait(&mut self, what: &str, is: impl Fn(&Model) -> bool) {
        let until = Instant::now() + SOON;
        while !is(&self.model) {
            let left = until.saturating_duration_since(Instant::now());
            match self.news.recv_timeout(left) {
                Ok(msg) => self.happened(msg),
                Err(_) => panic!("{what} does not come; the page is {:?}", self.model.page),
            }
        }
    }

    fn touch(&mut self, touch: Touch) {
        // As long after the page came as a hand needs.
        self.model.deaf_until = Moment::default();
        self.happened(Msg::Touch(touch));
    }

    /// Goes to the page of 户籍证件 that asks who the person is.
    fn walk_to_identity(&mut self) {
        self.touch(Touch::Take);
        self.touch(Touch::OtherItem("L".parse().unwrap()));
        self.touch(Touch::Confirm);
        assert!(matches!(self.model.page, Page::Identity { .. }), "{:?}", self.model.page);
    }

    fn ticket(&self) -> Option<String> {
        let Page::Ticket { taken, .. } = &self.model.page else { return None };
        Some(taken.slip.no.to_string())
    }
}

/// A real bridge with a reader and nothing else.
struct Bridge {
    process: Child,
    log: std::path::PathBuf,
}

impl Bridge {
    fn start(folder: &Path, broker: &str, password: &str, port: &Path) -> Self {
        let (host, broker_port) = broker.rsplit_once(':').unwrap();
        let file = folder.join("bridge.toml");
        let text = format!(
            "hall = \"yunxi\"\nbridge = \"bridge-1\"\ndata = \"bridge\"\n[broker]\nhost = \"{host}\"\n\
             port = {broker_port}\npassword = \"{password}\"\n[[reader]]\nid = \"reader-1\"\n\
             port = \"{}\"\nsocket = \"reader.sock\"\n",
            port.display()
        );
        fs::write(&file, text).unwrap();
        let log = folder.join("bridge.log");
        let process = Command::new(program("firmware-bridge"))
            .args(["run".as_ref(), "--config".as_ref(), file.as_os_str()])
            .env("RUST_LOG", "trace")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log_to(&log))
            .spawn()
            .unwrap();
        Self { process, log }
    }
}

impl Drop for Bridge {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
        show_if_failed(&self.log);
    }
}

#[test]
fn a_card_laid_down_is_a_ticket_of_its_person_and_is_written_nowhere() {
    let server = Server::county();
    let printer = Printer::start();
    let folder = server.folder().to_owned();
    let twin = ReaderTwin::start(&folder.join("port")).unwrap();
    let password = server.token("bridge", "bridge-1");
    let bridge = Bridge::start(&folder, &server.mqtt, &password, twin.path());
    let socket = folder.join("reader.sock");
    wait_until("the bridge makes its socket", SOON, || {
        let made = fs::metadata(&socket).map_err(|error| error.to_string())?;
        assert_eq!(made.permissions().mode() & 0o777, 0o600);
        Ok(())
    });
    let mut kiosk = Kiosk::start(&server, &socket, &printer);
    kiosk.wait("the hall and the reader", |model| {
        model.catalogue.is_some() && model.board.is_some() && model.reader
    });

    // The card is laid down, its holder is given a number.
    kiosk.walk_to_identity();
    twin.press("card");
    kiosk.wait("the card", |model| model.presented.is_some());
    kiosk.touch(Touch::Confirm);
    kiosk.wait("a number", |model| matches!(model.page, Page::Ticket { .. }));
    assert_eq!(kiosk.ticket().as_deref(), Some("L001"));
    assert_eq!(kiosk.model.presented, None);
    assert!(printer.has_number(&printer.piece(1, SOON), "L001"));

    // Once more: the same person, by the card, and then by its number on the keys.
    twin.press("lift");
    kiosk.touch(Touch::Done);
    kiosk.walk_to_identity();
    twin.press("card");
    kiosk.wait("the card again", |model| model.presented.is_some());
    kiosk.touch(Touch::Confirm);
    let is_held = |model: &Model| matches!(model.page, Page::Notice(Notice::HasTicket { .. }));
    kiosk.wait("that a number is held", is_held);
    kiosk.touch(Touch::Reprint);
    kiosk.wait("the number again", |model| matches!(model.page, Page::Ticket { .. }));
    assert_eq!(kiosk.ticket().as_deref(), Some("L001"));
    assert!(printer.has_number(&printer.piece(2, SOON), "L001"));

    kiosk.touch(Touch::Done);
    kiosk.walk_to_identity();
    kiosk.touch(Touch::TypeNumber);
    let number = firmware_bridge::idcard::twin::nobodys_number("19900101");
    number.chars().for_each(|key| kiosk.touch(Touch::Digit(key)));
    kiosk.touch(Touch::NumberTyped);
    kiosk.wait("that the typed number is the card's", is_held);

    // Unplugged: nobody is left before a dead reader.
    kiosk.touch(Touch::Home);
    drop(twin);
    kiosk.wait("that the reader is away", |model| !model.reader);
    kiosk.walk_to_identity();
    kiosk.touch(Touch::WithoutIdentity);
    kiosk.wait("a number of nobody", |model| matches!(model.page, Page::Ticket { .. }));
    assert_eq!(kiosk.ticket().as_deref(), Some("L002"));

    drop((kiosk, bridge));
    let key = fs::read_to_string(server.data().join("persons/reader.key")).unwrap();
    let key = key.trim().rsplit(' ').next().unwrap().to_owned();
    let secrets = [key, number, "王*".to_owned(), "card:".to_owned()];
    let mut looked_at = 0;
    for file in files_below(&folder) {
        if file.ends_with("persons/reader.key") {
            continue;
        }
        let text = String::from_utf8_lossy(&fs::read(&file).unwrap()).into_owned();
        for secret in &secrets {
            assert!(!text.contains(secret.as_str()), "{} holds {secret}", file.display());
        }
        looked_at += 1;
    }
    assert!(looked_at > 5, "{looked_at} files");
}

fn files_below(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let (path, kind) = (entry.path(), entry.file_type().unwrap());
        if kind.is_dir() {
            found.extend(files_below(&path));
        } else if kind.is_file() {
            found.push(path);
        }
    }
    found
}
