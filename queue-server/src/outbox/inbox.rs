//! What comes in: reports become wishes, states and pictures go to the fleet.

use hall::ids::DeviceId;
use wire::topics::Topic;

use super::{Outbox, postroom::Came};
use crate::{
    engine::{NotDone, Wish},
    mqtt::Arrived,
};

/// How often a report is asked again while the engine is busy.
const TRIES_MAX: u32 = 20;

const PAUSE_BETWEEN_TRIES: std::time::Duration = std::time::Duration::from_millis(50);

impl Outbox {
    pub(super) fn arrived(&mut self, topic: Topic, message: Arrived) {
        let (payload, waited) = (&message.publish.payload, message.waited);
        match self.with_room(|room, view| room.handle_message(view, topic, payload, waited)) {
            Came::Done => message.acknowledge(),
            Came::Noted => {
                self.app.devices_changed();
                message.acknowledge();
            }
            Came::Slip(key, news) => {
                self.app.printroom.came(key, news);
                message.acknowledge();
            }
            Came::Asks(device, wish) => self.ask(device, *wish, message),
        }
    }

    fn ask(&self, device: DeviceId, wish: Wish, message: Arrived) {
        let (engine, feedback) = (self.app.engine.clone(), self.feedback.clone());
        tokio::spawn(async move {
            let mut outcome = engine.ask(wish.clone()).await;
            for _ in 0..TRIES_MAX {
                if outcome != Err(NotDone::Busy) {
                    break;
                }
                tokio::time::sleep(PAUSE_BETWEEN_TRIES).await;
                outcome = engine.ask(wish.clone()).await;
            }
            match outcome {
                Ok(_) | Err(NotDone::Refused(_)) => message.acknowledge(),
                // Not acknowledged, so that the broker brings it again after the restart.
                Err(fault @ (NotDone::Busy | NotDone::Stopped)) => {
                    tracing::warn!(%fault, %device, "a report was not taken");
                }
            }
            // A full channel only costs a beep.
            feedback.try_send((device, outcome.is_ok())).ok();
        });
    }
}
