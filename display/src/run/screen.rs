//! The screen's connection: begun at once if its device is named, and once it is found if it was
//! told its role and its place.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use wire::{
    device::Happening,
    ids::DeviceId,
    screens::{NotFound, Sought},
};

use super::{RunFault, SCREEN, boot};
use crate::{
    config::{Config, Shows},
    link::{
        FromBroker, Link, LinkConfig, LinkFault, Reads, STATE_EVERY, Sender, Sink,
        finder::{Finder, Told},
    },
};

/// Speaks to the broker once the device is known.
pub type Reports = Arc<OnceLock<Sender>>;

/// What the window is told of the search.
#[derive(Debug, Clone)]
pub enum Search {
    /// The device.
    Found(DeviceId),
    /// None fits, or several do.
    Not(Sought, NotFound),
}

/// A screen's connection, or the search for what it is.
pub struct ScreenLink {
    link: Arc<Mutex<Option<Link>>>,
    finder: Option<Finder>,
    reports: Reports,
}

/// What is done with what the broker tells, and what is said of the search.
pub struct Ears {
    /// After the program's name and version: `no-window`.
    pub how: &'static str,
    /// Takes what the broker tells the device.
    pub sink: Sink,
    /// Takes what the search says.
    pub search: Box<dyn Fn(Search) + Send>,
}

impl ScreenLink {
    /// Connects, or begins to search.
    ///
    /// # Errors
    /// If the credential or a certificate cannot be read.
    pub fn start(
        config: &Config,
        shows: Shows,
        reports: Reports,
        ears: Ears,
    ) -> Result<Self, RunFault> {
        let link = Arc::new(Mutex::new(None));
        let finder = match shows {
            Shows::Device(device) => {
                connect(config, device, ears, &reports, &link)?;
                None
            }
            Shows::Place(sought) => {
                let (link, reports, config) = (link.clone(), reports.clone(), config.clone());
                let ears = Mutex::new(Some(ears));
                let (broker, hall) = (config.broker.clone(), config.hall);
                let told = move |told: Told| {
                    let mut held = ears.lock().unwrap_or_else(PoisonError::into_inner);
                    match told {
                        Told::Found(device) => {
                            let Some(ears) = held.take() else { return };
                            if let Err(error) = connect(&config, device, ears, &reports, &link) {
                                tracing::error!(%error, "the screen was found and cannot connect");
                            }
                        }
                        Told::Not(why) => {
                            if let Some(ears) = held.as_ref() {
                                (ears.search)(Search::Not(sought, why));
                            }
                        }
                    }
                };
                Some(Finder::start(&broker, hall, sought, boot(), Box::new(told))?)
            }
        };
        Ok(Self { link, finder, reports })
    }

    /// What speaks to the broker, once the device is known.
    #[must_use]
    pub fn reports(&self) -> Reports {
        Arc::clone(&self.reports)
    }

    /// Ends the search and the connection.
    pub fn stop(self) {
        if let Some(finder) = self.finder {
            finder.stop();
        }
        let link = self.link.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(link) = link {
            link.stop();
        }
    }
}

fn connect(
    config: &Config,
    device: DeviceId,
    ears: Ears,
    reports: &Reports,
    held: &Mutex<Option<Link>>,
) -> Result<(), LinkFault> {
    let about = [SCREEN, ears.how].join(" ").trim_end().to_owned();
    let (hall, reads, boot, state_every) = (config.hall, Reads::Screen, boot(), STATE_EVERY);
    let kept_in = config.data.as_ref().map(|data| data.join(device.as_str()).join("ratings"));
    let by = config.broker.user.clone();
    let turn = None;
    let its = LinkConfig { hall, device, by, about, reads, boot, state_every, turn, kept_in };
    let link = Link::start(&config.broker, its, ears.sink)?;
    reports.get_or_init(|| link.sender());
    (ears.search)(Search::Found(device));
    *held.lock().unwrap_or_else(PoisonError::into_inner) = Some(link);
    Ok(())
}

/// A screen that nobody sees shows no face and confirms none; what is asked of it is refused.
///
/// # Errors
/// If the credential or a certificate cannot be read.
pub fn unseen(config: &Config, shows: Shows) -> Result<ScreenLink, RunFault> {
    let reports = Reports::default();
    let refuse = Arc::clone(&reports);
    let sink = Box::new(move |told: FromBroker| {
        let FromBroker::Job(job) = told else { return };
        if let Some(reports) = refuse.get() {
            reports.report(Happening::job_done(job.id, job.boot, false));
        }
    });
    let search = Box::new(|search: Search| match search {
        Search::Found(_) => {}
        Search::Not(sought, why) => {
            tracing::warn!(?sought, ?why, "no such screen in the hall's list")
        }
    });
    ScreenLink::start(config, shows, reports, Ears { how: "no-window", sink, search })
}
