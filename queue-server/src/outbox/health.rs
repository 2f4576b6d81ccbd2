//! How the devices are, told to the hall: whatever it knows otherwise is said again, until it knows.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering::SeqCst},
};

use super::Outbox;
use crate::engine::Wish;
use hall::{
    command::Command,
    ids::DeviceId,
    words::{Actor, alert::DeviceTrouble},
};

/// Whether news of devices is on its way to the engine; one lot at a time.
#[derive(Clone, Default)]
pub(super) struct OnItsWay(Arc<AtomicBool>);

impl Outbox {
    /// Asks the hall to note what ails each device, where it thinks otherwise.
    pub(super) fn report_health(&self) {
        let news: Vec<(DeviceId, Option<DeviceTrouble>)> = self.app.read(|hall| {
            if hall.day().is_none() {
                return Vec::new();
            }
            let known = |id| hall.device_trouble(id).map(|(trouble, _)| trouble);
            let troubles = self.fleet.troubles().into_iter();
            troubles.filter(|(id, trouble)| known(*id) != *trouble).collect()
        });
        if news.is_empty() || self.on_its_way.0.swap(true, SeqCst) {
            return;
        }
        let (app, fleet) = (self.app.clone(), self.fleet.clone());
        let since = move |device| app.clock.ago(fleet.silence(device).unwrap_or_default());
        let (engine, on_its_way) = (self.app.engine.clone(), self.on_its_way.clone());
        tokio::spawn(async move {
            for (device, trouble) in news {
                let command = Command::ReportDevice { device, trouble, since: since(device) };
                let wish = Wish { by: Actor::Device(device), request: None, command };
                // Not taken now: said again with the next look.
                if let Err(why) = engine.ask(wish).await {
                    tracing::debug!(%device, %why, "how a device is was not noted yet");
                }
            }
            on_its_way.0.store(false, SeqCst);
        });
    }
}
