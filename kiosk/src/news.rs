//! News for the screen: a bounded channel that also wakes it.

use std::{
    sync::{
        Arc,
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    time::Duration,
};

use crate::{limits, model::message::Msg};

/// Where threads tell the screen what happened.
#[derive(Clone)]
pub struct News {
    to: SyncSender<Msg>,
    wake: Arc<dyn Fn() + Send + Sync>,
}

impl News {
    /// A channel; `wake` is called after each message.
    pub fn channel(wake: impl Fn() + Send + Sync + 'static) -> (Self, Receiver<Msg>) {
        let (to, from) = sync_channel(limits::NEWS_MAX);
        (Self { to, wake: Arc::new(wake) }, from)
    }

    /// Tells the screen. A board that finds the channel full is dropped, since the next one says
    /// all; anything else waits until the screen has read.
    pub fn tell(&self, msg: Msg) {
        let replaceable = matches!(
            msg,
            Msg::BoardCame(_) | Msg::CatalogueCame(_) | Msg::ServerSilent { .. } | Msg::Tick
        );
        if replaceable {
            drop(self.to.try_send(msg));
        } else if self.to.send(msg).is_err() {
            tracing::debug!("the screen has gone");
        }
        (self.wake)();
    }

    /// How long a thread sleeps when it has nothing to do.
    pub const IDLE: Duration = Duration::from_secs(4);
}
