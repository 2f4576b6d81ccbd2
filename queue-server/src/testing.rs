//! A county hall in memory for this crate's tests.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError, mpsc},
    time::{Duration, Instant},
};

use hall::{
    command::{Command, Issue},
    forecast::learned::Learned,
    ids::TicketId,
    setup::Setup,
    words::{Actor, Channel, PriorityClass},
};
use journal::{
    Journal,
    fault::Fault,
    record::{Kind, Record, Seq},
};
use tokio::sync::watch;

use crate::{
    access::Access,
    app::{App, AppParts},
    audit,
    backup::{self, keeper},
    clock::HallClock,
    config::Training,
    contacts::Contacts,
    day::Daybook,
    draft::Drafts,
    engine::{self, Engine, NotDone, OnFault, Recovered, Start, Told, Wish, request_id},
    forecasts::Forecasts,
    http::limits::{HttpLimits, LimitSettings},
    inspection_photos::InspectionPhotos,
    person::PersonKeys,
    profile::Profile,
    profiles::Profiles,
    reload::Reloading,
    retention,
    store::Store,
    webhooks,
};

/// The county hall's profile.
pub fn county() -> Profile {
    Profile::read(&county_folder()).unwrap()
}

/// A picture of this size.
pub fn jpeg(wide: u32, high: u32) -> Vec<u8> {
    let points = image::RgbImage::from_fn(wide, high, |x, y| image::Rgb([x as u8, y as u8, 90]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    points.write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

fn county_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/halls/county-24")
}

/// A copy of it that a test may change.
pub fn county_copied(data: &Path) -> PathBuf {
    let folder = data.join("county");
    fs::create_dir_all(&folder).unwrap();
    for entry in fs::read_dir(county_folder()).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), folder.join(entry.file_name())).unwrap();
    }
    folder
}

/// A clock that shows this moment of the county hall now.
pub fn clock_at(text: &str) -> HallClock {
    HallClock::scaled(480, HallClock::read(text, 480).unwrap(), 1.0)
}

/// Waits for a state with a bound.
#[track_caller]
pub fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begin = Instant::now();
    while !is_so() {
        assert!(begin.elapsed() < Duration::from_secs(20), "waited in vain until {what}");
        std::thread::yield_now();
    }
}

/// A journal in memory; what is not synced is not in `safe`.
#[derive(Clone, Default)]
pub struct MemoryJournal {
    pub safe: Arc<Mutex<Vec<Vec<u8>>>>,
    pub fails: Arc<Mutex<bool>>,
    waiting: Vec<Vec<u8>>,
}

impl MemoryJournal {
    pub fn records(&self) -> Vec<Vec<u8>> {
        self.safe.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Journal for MemoryJournal {
    fn append(&mut self, _kind: Kind, payload: &[u8]) -> Result<Seq, Fault> {
        self.waiting.push(payload.to_vec());
        Ok(self.last())
    }

    fn sync(&mut self) -> Result<(), Fault> {
        if *self.fails.lock().unwrap() {
            return Err(Fault::Stopped { first: "a false disk".to_owned() });
        }
        self.safe.lock().unwrap().append(&mut self.waiting);
        Ok(())
    }

    fn roll(&mut self, _hint: &str) -> Result<(), Fault> {
        self.sync()
    }

    fn replay(&self) -> Result<Vec<Record>, Fault> {
        let numbered = (1..).zip(self.records());
        let record = |(seq, payload)| Record { seq: Seq(seq), kind: Kind::Entry, payload };
        Ok(numbered.map(record).collect())
    }

    fn last(&self) -> Seq {
        Seq((self.records().len() + self.waiting.len()) as u64)
    }
}

/// Starts an engine of the county hall.
pub fn engine(
    journal: MemoryJournal,
    recovered: Recovered,
    clock: HallClock,
    on_fault: OnFault,
) -> (Engine, mpsc::Receiver<engine::ClosedDay>) {
    let daybook = Daybook::new(county().calendar, clock);
    let journal = Box::new(journal);
    Engine::start(Start { recovered, journal, clock, daybook, on_fault }).unwrap()
}

/// An engine of the county hall, open on a Monday at nine.
pub fn open_engine(journal: MemoryJournal) -> Engine {
    open_engine_with(journal, clock_at("2026-11-23 09:00"))
}

/// An engine of the county hall, open by this clock.
pub fn open_engine_with(journal: MemoryJournal, clock: HallClock) -> Engine {
    open_engine_of(journal, county().setup, clock)
}

fn open_engine_of(journal: MemoryJournal, setup: Arc<Setup>, clock: HallClock) -> Engine {
    let recovered = engine::fresh(setup);
    let (engine, _) = engine(journal, recovered, clock, Arc::new(|fault| panic!("{fault}")));
    wait_until("a session is open", || engine.read(|hall| hall.session().is_some()));
    engine
}

/// A server of the county hall, open on a Monday at nine, where the clock stands still, and its
/// folder.
pub fn app(settings: LimitSettings) -> (Arc<App>, tempfile::TempDir, watch::Sender<bool>) {
    let clock = HallClock::told(480, clock_at("2026-11-23 09:00").now());
    app_of(settings, county(), clock)
}

/// A server of this profile, open by this clock, and its folder.
pub fn app_of(
    settings: LimitSettings,
    profile: Profile,
    clock: HallClock,
) -> (Arc<App>, tempfile::TempDir, watch::Sender<bool>) {
    let data = tempfile::tempdir().unwrap();
    let engine = open_engine_of(MemoryJournal::default(), profile.setup.clone(), clock);
    let (stop, stopping) = watch::channel(false);
    let trail = audit::Start {
        data: data.path().to_owned(),
        files: crate::record::real_files(),
        clock,
        months_kept: audit::MONTHS_KEPT,
    };
    let audit = audit::start(trail).unwrap().0;
    let plan = backup::Plan {
        data: data.path().to_owned(),
        hall: county_folder(),
        to: data.path().join("backups"),
        keep: backup::KEPT,
        files: crate::record::real_files(),
    };
    let backups = keeper::start(plan, keeper::HOUR, clock, audit.clone()).unwrap().0;
    let limits = retention::Limits::default();
    let (retention, _) =
        retention::Retention::new(limits, data.path(), crate::record::real_files(), None);
    let folder = county_copied(data.path());
    let profiles = Profiles::of(data.path(), crate::record::real_files());
    profiles.keep(&county()).unwrap();
    let files = crate::record::real_files();
    let drafts = Drafts::open(data.path(), &folder, files, profiles, false);
    drafts.note_in_force(county().version, clock.now(), &Actor::Hall);
    let told = webhooks::Start {
        data: data.path().to_owned(),
        files: crate::record::real_files(),
        receivers: Vec::new(),
        engine: engine.clone(),
    };
    let webhooks = webhooks::start(told).unwrap().0;
    let app = App::new(AppParts {
        engine,
        access: Access::open(data.path()).unwrap(),
        audit,
        backups,
        retention,
        webhooks,
        persons: PersonKeys::open(data.path(), clock.day(clock.now())).unwrap(),
        contacts: Contacts::open(data.path(), crate::record::real_files()).unwrap(),
        inspection_photos: InspectionPhotos::open(data.path(), crate::record::real_files())
            .unwrap(),
        forecasts: Forecasts::new(Learned::of_profile(&profile.setup)),
        profile,
        clock,
        store: Store::open(data.path()).unwrap(),
        data: data.path().to_owned(),
        drafts,
        reloading: Reloading::new(
            folder,
            Profiles::of(data.path(), crate::record::real_files()),
            false,
        ),
        limits: HttpLimits::new(settings),
        public_url: Some("https://hall.example".into()),
        training: Training::default(),
        stopping,
    });
    (app, data, stop)
}

/// A wish with a request id.
pub fn wish(who: &str, request: &str, command: Command) -> Wish {
    let by = Actor::Device(who.parse().unwrap());
    Wish { by, request: Some(request_id(who, request)), command }
}

/// Takes a ticket without paper.
pub fn issue(engine: &Engine, request: &str) -> Result<Told, NotDone> {
    engine.ask_blocking(wish("kiosk-1", request, issue_command()))
}

/// The asking for a ticket of queue M.
pub fn issue_command() -> Command {
    Command::Issue(Issue {
        queue: "M".parse().unwrap(),
        item: None,
        channel: Channel::Kiosk,
        class: PriorityClass::Ordinary,
        grounds: hall::event::people::Grounds::default(),
        paper: false,
        person: None,
        agent: None,
        purpose: hall::command::Purpose::One,
        silent: false,
        estimate: None,
    })
}

/// The ticket of an answer.
#[track_caller]
pub fn ticket_of(told: Told) -> TicketId {
    let hall::answer::Answer::Issued(ticket) = told.answer else {
        panic!("no ticket was issued: {told:?}");
    };
    ticket
}
