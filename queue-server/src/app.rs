//! What every endpoint and page is given: the engine, the access, the profile, the clock.

use std::{
    path::PathBuf,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
};

use hall::{Hall, ids::DeviceId};
use tokio::sync::{Semaphore, broadcast, watch};

use crate::{
    access::Access,
    audit::Audit,
    backup::keeper::Backups,
    clock::HallClock,
    config::Training,
    contacts::Contacts,
    day::Daybook,
    draft::Drafts,
    engine::{CLOCK_BEHIND_TOLD, Engine},
    fleet::Fleet,
    forecasts::Forecasts,
    guesses::Guesses,
    http::{limits::HttpLimits, live::Told},
    inspection_photos::InspectionPhotos,
    live::Live,
    pages::drawn::Drawn,
    pairing::Pairings,
    person::PersonKeys,
    printroom::Printroom,
    profile::Profile,
    readings::{BoardCache, usual::UsualDays},
    reload::Reloading,
    retention::Retention,
    store::Store,
    webhooks::Webhooks,
};

/// Notices that a slow listener may be behind.
const NOTICES_KEPT: usize = 256;

/// The server as its endpoints and pages see it.
pub struct App {
    /// The engine: asks, and the readers' hall.
    pub engine: Engine,
    /// Who may do what.
    pub access: Access,
    /// 操作审计.
    pub audit: Audit,
    /// 备份.
    pub backups: Backups,
    /// 到期清理.
    pub retention: Retention,
    /// 事件推送.
    pub webhooks: Webhooks,
    /// What makes marks of documents.
    pub persons: PersonKeys,
    /// The hall's profile.
    pub profile: Live<Profile>,
    /// The hall's clock.
    pub clock: HallClock,
    /// The hall's calendar, for what comes next.
    pub daybook: Live<Daybook>,
    /// The devices of the hall.
    pub fleet: Arc<Fleet>,
    /// Papers on their way to the slip printers at windows.
    pub printroom: Printroom,
    /// Codes for new bridges, kiosks and screens.
    pub pairings: Pairings,
    /// Wrong receipts.
    pub guesses: Guesses,
    /// 联系方式 of home visits.
    pub contacts: Contacts,
    /// 巡查照片.
    pub inspection_photos: InspectionPhotos,
    /// Closed days and their tickets.
    pub store: Store,
    /// 预计等候.
    pub forecasts: Forecasts,
    /// The folder of the data, for the free space.
    pub data: PathBuf,
    /// What a reload of the profile needs.
    pub reloading: Reloading,
    /// 配置草稿.
    pub drafts: Arc<Drafts>,
    /// The bounds of the HTTP side.
    pub limits: HttpLimits,
    /// Places for live streams.
    pub live_places: Arc<Semaphore>,
    /// The address under which telephones reach the pages, if there is one.
    pub public_url: Option<String>,
    /// 练习.
    pub training: Training,
    /// Turns true when the server stops.
    pub stopping: watch::Receiver<bool>,
    /// What live streams are told, once somebody listens.
    pub(crate) told: OnceLock<watch::Receiver<Told>>,
    pub(crate) boards: BoardCache,
    pub(crate) usual_days: UsualDays,
    /// Parts of pages that many look at.
    pub(crate) drawn: Drawn,
    broker_connected: AtomicBool,
    /// Turns true when somebody wants the server opened anew.
    restart: watch::Sender<bool>,
    devices: watch::Sender<u64>,
    notices: broadcast::Sender<Notice>,
}

/// What a kiosk tells that is no matter of the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// 请工作人员帮忙.
    Help {
        /// Who asked.
        from: DeviceId,
        /// Where.
        place: String,
    },
    /// How a kiosk is; empty if all is well.
    Kiosk {
        /// Which.
        kiosk: DeviceId,
        /// Why it cannot print, as a code.
        why: String,
        /// Which program it is, in words of the device room; empty if it does not say.
        about: String,
    },
}

/// What an [`App`] is made of.
pub struct AppParts {
    /// The engine.
    pub engine: Engine,
    /// The access.
    pub access: Access,
    /// 操作审计.
    pub audit: Audit,
    /// 备份.
    pub backups: Backups,
    /// 到期清理.
    pub retention: Retention,
    /// 事件推送.
    pub webhooks: Webhooks,
    /// What makes marks of documents.
    pub persons: PersonKeys,
    /// 联系方式 of home visits.
    pub contacts: Contacts,
    /// 巡查照片.
    pub inspection_photos: InspectionPhotos,
    /// The profile.
    pub profile: Profile,
    /// The clock.
    pub clock: HallClock,
    /// The store.
    pub store: Store,
    /// 预计等候, with what is known at the start.
    pub forecasts: Forecasts,
    /// The folder of the data.
    pub data: PathBuf,
    /// What a reload of the profile needs.
    pub reloading: Reloading,
    /// 配置草稿.
    pub drafts: Drafts,
    /// The bounds of the HTTP side.
    pub limits: HttpLimits,
    /// The address under which telephones reach the pages, if there is one.
    pub public_url: Option<String>,
    /// 练习.
    pub training: Training,
    /// Turns true when the server stops.
    pub stopping: watch::Receiver<bool>,
}

impl App {
    /// The server of these parts.
    #[must_use]
    pub fn new(parts: AppParts) -> Arc<Self> {
        let daybook = Daybook::new(parts.profile.calendar.clone(), parts.clock);
        Arc::new(Self {
            live_places: Arc::new(Semaphore::new(parts.limits.live_clients_max)),
            engine: parts.engine,
            fleet: Arc::new(Fleet::new(&parts.profile.devices)),
            printroom: Printroom::default(),
            pairings: Pairings::default(),
            guesses: Guesses::default(),
            access: parts.access,
            audit: parts.audit,
            backups: parts.backups,
            retention: parts.retention,
            webhooks: parts.webhooks,
            persons: parts.persons,
            contacts: parts.contacts,
            inspection_photos: parts.inspection_photos,
            profile: Live::new(parts.profile),
            clock: parts.clock,
            daybook: Live::new(daybook),
            store: parts.store,
            forecasts: parts.forecasts,
            data: parts.data,
            reloading: parts.reloading,
            drafts: Arc::new(parts.drafts),
            limits: parts.limits,
            public_url: parts.public_url,
            training: parts.training,
            stopping: parts.stopping,
            told: OnceLock::new(),
            boards: BoardCache::default(),
            usual_days: UsualDays::default(),
            drawn: Drawn::default(),
            broker_connected: AtomicBool::new(false),
            restart: watch::Sender::new(false),
            devices: watch::Sender::new(0),
            notices: broadcast::Sender::new(NOTICES_KEPT),
        })
    }

    /// Looks at the hall as readers see it.
    pub fn read<T>(&self, look: impl FnOnce(&Hall) -> T) -> T {
        self.engine.read(look)
    }

    /// The hall's time: the clock's, or the last step's if the clock was set back.
    #[must_use]
    pub fn now(&self) -> hall::time::Timestamp {
        self.clock.now().max(self.engine.stepped_at())
    }

    /// True if the clock shows less than has happened already.
    #[must_use]
    pub fn is_clock_behind(&self) -> bool {
        self.engine.stepped_at().since(self.clock.now()) > CLOCK_BEHIND_TOLD
    }

    /// The last synced sequence number.
    #[must_use]
    pub fn sequence(&self) -> u64 {
        *self.engine.sequence().borrow()
    }

    /// Turns true when somebody wants the server opened anew; whoever runs it listens.
    #[must_use]
    pub fn restart_wanted(&self) -> watch::Receiver<bool> {
        self.restart.subscribe()
    }

    /// Asks that the server is opened anew; false if nobody listens, so that a person must do it.
    pub fn restart(&self) -> bool {
        self.restart.send_replace(true);
        self.restart.receiver_count() > 0
    }

    /// True if people reach the hall by https, through a proxy that speaks it.
    #[must_use]
    pub fn is_reached_by_tls(&self) -> bool {
        self.public_url.as_deref().is_some_and(|address| address.starts_with("https://"))
    }

    /// Tells a notice to whoever listens.
    pub fn tell(&self, notice: Notice) {
        // Nobody may be listening yet.
        self.notices.send(notice).ok();
    }

    /// Every notice from now on.
    #[must_use]
    pub fn notices(&self) -> broadcast::Receiver<Notice> {
        self.notices.subscribe()
    }

    /// The count of changes in the device room, to be waited for.
    #[must_use]
    pub fn devices_changes(&self) -> watch::Receiver<u64> {
        self.devices.subscribe()
    }

    /// Says that something changed in the device room.
    pub fn devices_changed(&self) {
        self.devices.send_modify(|count| *count += 1);
    }

    /// True while the connection to the broker stands.
    #[must_use]
    pub fn is_broker_connected(&self) -> bool {
        self.broker_connected.load(Relaxed)
    }

    /// Notes whether the connection to the broker stands.
    pub fn set_broker_connected(&self, connected: bool) {
        self.broker_connected.store(connected, Relaxed);
    }
}
