//! Opens the hall: profile, record, engine, store, broker and HTTP, in this order; closes it in
//! the other.

pub mod doors;
pub mod lock;
mod mqtt_side;
mod opening;
pub mod starts;
pub mod tls;
pub mod whose;

use std::{net::SocketAddr, path::PathBuf, sync::Arc, thread::JoinHandle, time::Duration};

use axum::Router;
use hall::{time::Timestamp, words::Actor};
use tokio::{sync::watch, task};

use crate::{
    access::{self, Access},
    app::{App, AppParts},
    audit,
    backup::{self, keeper},
    broker::BrokerFault,
    clock::HallClock,
    config::Settings,
    contacts::{ContactFault, Contacts},
    day::Daybook,
    draft::{self, DraftFault, Drafts},
    engine::{self, Engine, OnFault, RecoverFault, Start},
    forecasts::{
        self, Forecasts,
        learning::{self, School},
    },
    http::limits::HttpLimits,
    inspection_photos::{InspectionPhotos, PhotoFault},
    mqtt::MqttFault,
    person::{self, PersonKeys},
    profile::{Problem, Profile},
    profiles::{KeepFault, Profiles},
    record::{self, RecordFault},
    reload::{self, Reloading},
    retention::{self, Retention},
    store::{Store, StoreFault, keeper::Keeper},
    webhooks,
};
use lock::{Lock, LockFault};
use mqtt_side::MqttSide;

/// How long open requests may take to end when the server stops.
const STOP_WITHIN: Duration = Duration::from_secs(5);

/// How a server is opened.
pub struct ServeConfig {
    /// The hall's profile.
    pub hall: PathBuf,
    /// Its data; made if it is not there.
    pub data: PathBuf,
    /// Where pages and `/api` listen; port 0 takes any.
    pub http: SocketAddr,
    /// Where the embedded broker listens; port 0 takes any.
    pub mqtt: SocketAddr,
    /// A faster clock, for a demo.
    pub demo: Option<DemoClock>,
    /// What the server's own file says.
    pub settings: Settings,
    /// The record's files; false ones in tests and benches.
    pub files: Arc<dyn journal::files::Files>,
    /// What is done when the engine ends by a fault.
    pub on_fault: OnFault,
}

/// A clock that begins somewhere and runs faster.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DemoClock {
    /// Hall milliseconds for one of the world.
    pub speed: f64,
    /// "2026-11-23 08:10" in the hall's time; now if not said. Never before the last record.
    pub start: Option<StartAt>,
}

/// Where a demo clock begins.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum StartAt {
    /// At this moment.
    Moment(Timestamp),
    /// At this minute of the first day with a session, counted from today.
    NextSession {
        /// Minutes before issuing begins.
        minutes_before: u16,
    },
}

impl ServeConfig {
    /// A server with defaults for everything else, which ends the process on a fault.
    #[must_use]
    pub fn new(hall: PathBuf, data: PathBuf, http: SocketAddr, mqtt: SocketAddr) -> Self {
        Self {
            hall,
            data,
            http,
            mqtt,
            demo: None,
            settings: Settings::default(),
            files: record::real_files(),
            on_fault: engine::end_process(),
        }
    }
}

/// The server could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum ServeFault {
    /// The profile has problems.
    #[error("{}", told(.0))]
    Profile(Vec<Problem>),
    /// Somebody else uses the data.
    #[error(transparent)]
    Lock(#[from] LockFault),
    /// The access.
    #[error(transparent)]
    Access(#[from] access::Fault),
    /// The keys of persons' marks.
    #[error(transparent)]
    Persons(#[from] person::Fault),
    /// How people of home visits are reached.
    #[error(transparent)]
    Contacts(#[from] ContactFault),
    /// The pictures of inspections.
    #[error(transparent)]
    Photos(#[from] PhotoFault),
    /// The record.
    #[error(transparent)]
    Record(#[from] RecordFault),
    /// The record does not make this hall.
    #[error(transparent)]
    Recover(#[from] RecoverFault),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreFault),
    /// The broker.
    #[error(transparent)]
    Broker(#[from] BrokerFault),
    /// The HTTP address.
    #[error("failed to listen on {address}")]
    Listen {
        /// Which address.
        address: SocketAddr,
        /// Why.
        source: std::io::Error,
    },
    /// HTTPS.
    #[error(transparent)]
    Https(#[from] tls::HttpsFault),
    /// The connection to the broker.
    #[error(transparent)]
    Mqtt(#[from] MqttFault),
    /// Chance.
    #[error("the system gives no random bytes")]
    Luck,
    /// A profile could not be kept.
    #[error(transparent)]
    Keep(#[from] KeepFault),
    /// An approved profile could not be written to its end.
    #[error(transparent)]
    Draft(#[from] DraftFault),
    /// The engine did not take the profile.
    #[error(transparent)]
    Offer(#[from] engine::NotDone),
    /// Signals.
    #[error("the system gives no signals")]
    Signals(#[source] std::io::Error),
    /// A thread.
    #[error("the system gives no thread")]
    Thread(#[source] std::io::Error),
}

fn told(problems: &[Problem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// A server at work.
pub struct Running {
    /// Where HTTP listens.
    pub http: SocketAddr,
    /// Where HTTPS listens, and the SHA-256 of its certificate.
    pub https: Option<(SocketAddr, String)>,
    /// Where the broker is: "127.0.0.1:40011".
    pub mqtt: String,
    /// What its endpoints see; for programs that run it inside themselves.
    pub app: Arc<App>,
    stop: watch::Sender<bool>,
    serving: task::JoinHandle<()>,
    mqtt_side: MqttSide,
    day_keys: task::JoinHandle<()>,
    followers: Vec<task::JoinHandle<()>>,
    store_thread: JoinHandle<()>,
    forecast_thread: JoinHandle<()>,
    audit_thread: JoinHandle<()>,
    backup_thread: JoinHandle<()>,
    retention_thread: JoinHandle<()>,
    webhooks_thread: Option<JoinHandle<()>>,
    lock: Lock,
}

/// Opens the hall. It is ready when this returns.
///
/// # Errors
/// [`ServeFault`], in words for an operator.
pub async fn serve(config: ServeConfig) -> Result<Running, ServeFault> {
    backup::wanted::carry_out(&config.data, &config.files);
    draft::finish(&config.data, &config.hall, &config.files)?;
    let profiles = Profiles::of(&config.data, config.files.clone());
    let profiles = profiles.at_speed(config.demo.map(|demo| demo.speed));
    let (profile, problems) = opening::profile(&profiles, &config)?;
    access::private(&config.data)?;
    let lock = Lock::take(&config.data)?;
    let access = Access::open(&config.data)?;
    whose::remember(&config.data, &config.hall);
    profiles.keep(&profile)?;
    // Addresses first: a server that cannot be reached must not write in the record.
    let listener = doors::bind(config.http).await?;
    let secured = match &config.settings.https {
        Some(https) => {
            let secured = tls::open(&config.data, https)?;
            Some((doors::bind(https.address).await?, secured))
        }
        None => None,
    };
    let outside = config.settings.outside_broker;
    let ready = mqtt_side::Ready::start(&profile, &access, outside, config.mqtt).await?;
    let opened = record::open(&config.data, &config.files)?;
    let mut find = |version| profiles.setup(version);
    let recovered = engine::recover_finding(profile.setup.clone(), &mut find, opened.records())?;
    let (profile, offered) = in_force(profile, &recovered.hall, &profiles);
    wire::texts::own::lay_over(&profile.texts);
    let clock = clock(&profile, config.demo, recovered.last);
    let persons = PersonKeys::open(&config.data, clock.day(clock.now()))?;
    let contacts = Contacts::open(&config.data, config.files.clone())?;
    let inspection_photos = InspectionPhotos::open(&config.data, config.files.clone())?;
    let store = Store::open(&config.data)?;
    let learned = learning::at_start(&config.data, &*config.files, &profile.setup);
    let forecasts = Forecasts::new(learned);
    let lacking = record::lacking(&config.data, &config.files, &recovered, store.kept_up_to());
    let (engine, closed_days) = Engine::start(Start {
        recovered,
        journal: opened.journal,
        clock,
        daybook: Daybook::new(profile.calendar.clone(), clock),
        on_fault: config.on_fault.clone(),
    })
    .map_err(ServeFault::Thread)?;
    let setup = profile.setup.clone();
    let found = profiles.clone();
    let school = School {
        data: config.data.clone(),
        files: config.files.clone(),
        store: store.clone(),
        forecasts: forecasts.clone(),
    };
    let keeper = Keeper {
        store: store.clone(),
        setup,
        profiles: found,
        clock,
        lacking,
        closed_days,
        school,
    };
    let store_thread = keeper.start().map_err(ServeFault::Thread)?;
    let (stop, stopping) = watch::channel(false);
    let (audit, audit_thread) = audit::start(audit::Start {
        data: config.data.clone(),
        files: config.files.clone(),
        clock,
        months_kept: config.settings.audit_months,
    })
    .map_err(ServeFault::Thread)?;
    let plan = backup::Plan {
        data: config.data.clone(),
        hall: config.hall.clone(),
        to: config.settings.backup_folder.unwrap_or_else(|| config.data.join("backups")),
        keep: config.settings.backups_kept,
        files: config.files.clone(),
    };
    let hour = config.settings.backup_hour;
    let (backups, backup_thread) =
        keeper::start(plan, hour, clock, audit.clone()).map_err(ServeFault::Thread)?;
    let limits = config.settings.retention;
    let (retention, wishes) =
        Retention::new(limits, &config.data, config.files.clone(), Some(opened.closed));
    let drafts = Drafts::open(
        &config.data,
        &config.hall,
        config.files.clone(),
        profiles.clone(),
        config.settings.one_person,
    );
    drafts.note_in_force(profile.version, clock.now(), &Actor::Hall);
    let (webhooks, webhooks_thread) = webhooks::start(webhooks::Start {
        data: config.data.clone(),
        files: config.files.clone(),
        receivers: config.settings.webhooks,
        engine: engine.clone(),
    })
    .map_err(ServeFault::Thread)?;
    let app = App::new(AppParts {
        engine,
        access,
        audit,
        backups,
        retention,
        webhooks,
        persons,
        contacts,
        inspection_photos,
        profile,
        clock,
        store,
        forecasts: forecasts.clone(),
        data: config.data,
        drafts,
        reloading: Reloading::new(config.hall, profiles, !problems.is_empty()),
        limits: HttpLimits::new(config.settings.limits),
        public_url: config.settings.public_url,
        training: config.settings.training,
        stopping,
    });
    if let Some(profile) = offered {
        app.offer(profile, Actor::Hall).await?;
    }
    let forecast_thread = forecasts::start(app.clone()).map_err(ServeFault::Thread)?;
    let retention_thread =
        retention::keeper::start(app.clone(), wishes).map_err(ServeFault::Thread)?;
    let start = starts::count(&app.data, &*config.files);
    let mqtt_side = MqttSide::connect(&app, start, ready, config.on_fault)?;
    let day_keys = tokio::spawn(person::nightly::keep_to_the_day(app.clone()));
    let followers = vec![
        tokio::spawn(reload::follow(app.clone())),
        reload::hangup::listen(app.clone()).map_err(ServeFault::Signals)?,
    ];
    let fingerprint = secured.as_ref().map(|(_, secured)| secured.fingerprint.clone());
    let doors = doors::open(app.clone(), listener, secured, pages())?;
    let https = doors.https.zip(fingerprint);
    let (http, serving) = (doors.http, doors.serving);
    let mqtt = mqtt_side.address();
    Ok(Running {
        http,
        https,
        mqtt,
        app,
        stop,
        serving,
        mqtt_side,
        day_keys,
        followers,
        store_thread,
        forecast_thread,
        audit_thread,
        backup_thread,
        retention_thread,
        webhooks_thread,
        lock,
    })
}

/// The profile that is in force as the hall goes on, and the one to be offered to it if the folder
/// says something else by now.
fn in_force(read: Profile, hall: &hall::Hall, profiles: &Profiles) -> (Profile, Option<Profile>) {
    let Some(version) = hall.setup().version().filter(|version| *version != read.version) else {
        return (read, None);
    };
    let obstacles = hall.obstacles(&read.setup);
    match profiles.find(version).filter(|_| !obstacles.is_empty()) {
        Some(today) => {
            tracing::warn!(?obstacles, "the profile was changed and must wait for the night");
            (today, Some(read))
        }
        None => (read.clone(), Some(read)),
    }
}

fn clock(profile: &Profile, demo: Option<DemoClock>, last: Timestamp) -> HallClock {
    let real = HallClock::real(profile.details.utc_offset_minutes);
    let Some(demo) = demo else { return real };
    let now = real.now();
    let start = match demo.start {
        None => now,
        Some(StartAt::Moment(start)) => start,
        Some(StartAt::NextSession { minutes_before }) => {
            let before = hall::time::Millis::from_minutes(minutes_before.into());
            let midnight = real.moment(real.date(now.max(last)), 0);
            let daybook = Daybook::new(profile.calendar.clone(), real);
            daybook.next_issuing(midnight).map_or(now, |next| next - before)
        }
    };
    HallClock::scaled(profile.details.utc_offset_minutes, start.max(last), demo.speed)
}

/// The pages beside the API.
fn pages() -> Router<Arc<App>> {
    crate::pages::router()
}

impl Running {
    /// Closes everything in order: no new requests, no more messages, then the record.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        let mut serving = self.serving;
        if tokio::time::timeout(STOP_WITHIN, &mut serving).await.is_err() {
            tracing::warn!("open requests were cut off");
            serving.abort();
        }
        self.mqtt_side.stop().await;
        // It ends by itself when the server stops.
        self.day_keys.await.ok();
        for follower in self.followers {
            follower.await.ok();
        }
        let (engine, store_thread) = (self.app.engine.clone(), self.store_thread);
        let (forecast_thread, audit_thread) = (self.forecast_thread, self.audit_thread);
        let (audit, backups) = (self.app.audit.clone(), self.app.backups.clone());
        let (backup_thread, retention_thread) = (self.backup_thread, self.retention_thread);
        self.app.retention.stop();
        let (webhooks, webhooks_thread) = (self.app.webhooks.clone(), self.webhooks_thread);
        // They block; the forecast ends when the server stops, the store when the engine has.
        let ended = task::spawn_blocking(move || {
            forecast_thread.join().ok();
            retention_thread.join().ok();
            engine.stop();
            webhooks.stop();
            webhooks_thread.and_then(|thread| thread.join().ok());
            store_thread.join().ok();
            backups.stop();
            backup_thread.join().ok();
            audit.stop();
            audit_thread.join().ok();
        });
        ended.await.ok();
        drop(self.lock);
    }
}

#[cfg(test)]
pub(crate) mod tests;
