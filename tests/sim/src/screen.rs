//! The hall screen: the display's own model, fed by the false broker.

use display::{
    config::ShowConfig,
    model::{Model, Moment, Msg, new_model, update},
};
use wire::device::Face;

use crate::{
    mqtt::{self, Client},
    world::World,
};

/// A screen that is switched on.
pub struct Screen(Model);

impl World {
    /// The screen is switched on.
    pub fn screen_on(&mut self) {
        if self.screen_id.is_some() {
            self.screen = Some(Screen(new_model(ShowConfig::default(), self.screen_moment())));
            self.start_link(Client::Screen);
        }
    }

    /// The screen is switched off.
    pub fn screen_off(&mut self) {
        self.screen = None;
        self.link_ends(Client::Screen);
    }

    /// The screen is connected.
    pub fn screen_connected(&mut self) {
        self.tell_screen(Msg::Connected);
    }

    /// Its connection broke.
    pub fn screen_lost(&mut self) {
        self.tell_screen(Msg::Lost);
    }

    /// A face came.
    pub fn screen_receives(&mut self, payload: &[u8], kept: bool) {
        if let Some(wanted) = mqtt::face(payload) {
            self.tell_screen(Msg::Face { wanted: Box::new(wanted), kept });
        }
    }

    /// What the screen shows.
    #[must_use]
    pub fn screen_shows(&self) -> Option<Face> {
        self.screen.as_ref()?.0.face().cloned()
    }

    fn tell_screen(&mut self, msg: Msg) {
        let now = self.screen_moment();
        if let Some(Screen(model)) = &mut self.screen {
            update(model, msg, now);
        }
    }

    fn screen_moment(&self) -> Moment {
        let since_start = u64::try_from(self.now.as_millis()).unwrap_or(u64::MAX);
        Moment { since_start, unix: self.unix_millis() }
    }
}
