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
    wake: Arc<dyn Fn(Haste) + Send + Sync>,
}

/// How soon the screen must read what it was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Haste {
    /// Somebody may wait for it.
    Now,
    /// A board: while nobody stands there, it may wait for the next one or two.
    AtLeisure,
}

impl News {
    /// A channel; `wake` is called after each message.
    pub fn channel(wake: impl Fn(Haste) + Send + Sync + 'static) -> (Self, Receiver<Msg>) {
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
        let is_board = matches!(msg, Msg::BoardCame(_));
        if replaceable {
            drop(self.to.try_send(msg));
        } else if self.to.send(msg).is_err() {
            tracing::debug!("the screen has gone");
        }
        (self.wake)(if is_board { Haste::AtLeisure } else { Haste::Now });
    }

    /// How long boards wait while nobody stands before the kiosk: a hall at work sends one every
    /// second or two, and each would draw the whole screen.
    pub const AT_LEISURE: Duration = Duration::from_secs(10);

    /// How long a thread sleeps when it has nothing to do.
    pub const IDLE: Duration = Duration::from_secs(4);
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    #[test]
    fn only_a_board_may_wait_while_nobody_stands_there() {
        let woken = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&woken);
        let (news, _inbox) = News::channel(move |haste| heard.lock().unwrap().push(haste));
        let start = crate::gallery::page("start").expect("the gallery has the start page");
        let (board, _) = start.board.expect("a board has come");
        news.tell(Msg::BoardCame(Box::new(board)));
        news.tell(Msg::Scanned("A012".to_owned()));
        assert_eq!(*woken.lock().unwrap(), [Haste::AtLeisure, Haste::Now]);
    }
}
