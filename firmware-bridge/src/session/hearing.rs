//! What a device says: keys, grades, answers, a no.

use std::time::{Duration, Instant};

use wire::device::Happening;

use super::{Session, sending::What};
use crate::{
    dialects::{Frame, Order},
    profile::{Ack, Said},
};

/// A device that is busy is asked again after this.
const BUSY_WAITS: Duration = Duration::from_secs(1);

impl Session {
    /// A frame with this device's address came; gives back the acknowledgement to send at once.
    pub fn handle_frame(&mut self, frame: &Frame, now: Instant) -> Option<Vec<u8>> {
        let said = self.profile.meaning(frame);
        match said {
            Said::Answer => self.answered(now),
            Said::Told(how) => {
                self.about = format!("{} @{} · {how}", self.profile.name, self.address);
                self.answered(now);
            }
            Said::Refused(why) => self.refused(why, now),
            Said::Nothing => {}
            Said::Key(_) | Said::Grade { .. } | Said::Strange => {
                return self.spoke(said, frame, now);
            }
        }
        None
    }

    /// It spoke of itself; equal frames within a moment are one press, and each is acknowledged.
    fn spoke(&mut self, said: Said, frame: &Frame, now: Instant) -> Option<Vec<u8>> {
        self.met = true;
        if self.waiting.is_some_and(|waiting| waiting.what == What::Poll) {
            self.waiting = None;
        }
        let again = self.heard.as_ref().is_some_and(|(last, at)| {
            last == frame && now.saturating_duration_since(*at) < self.profile.debounce()
        });
        self.heard = Some((frame.clone(), now));
        if again {
            self.count("repeats");
        } else {
            self.hear(said, now);
        }
        if self.profile.ack == Ack::None {
            return None;
        }
        self.encode(&Order::Ack(frame.clone()))
    }

    fn hear(&mut self, said: Said, now: Instant) {
        match said {
            Said::Key(key) => {
                self.count("presses");
                self.happenings.push_back(Happening::Pressed(key));
            }
            Said::Grade { level, scale } => {
                self.count("presses");
                let leg = self.asking.filter(|(_, until)| *until > now).map(|(leg, _)| leg);
                self.happenings.push_back(Happening::Graded {
                    level,
                    scale,
                    leg,
                    reasons: Vec::new(),
                    text: String::new(),
                });
            }
            Said::Strange | Said::Answer | Said::Told(_) | Said::Refused(_) | Said::Nothing => {
                self.count("unknown")
            }
        }
    }

    fn answered(&mut self, now: Instant) {
        let Some(waiting) = self.waiting.take() else {
            self.count("stray_answers");
            return;
        };
        self.count("answers");
        let first = !std::mem::replace(&mut self.met, true);
        self.tries = 0;
        if waiting.is_first_step {
            self.step_done(now);
        }
        if first && self.is_card() {
            // It was only greeted so far.
            self.paint_at = Some(now);
            self.begin_care();
        }
    }

    /// It is there and does not do it: one that is busy is asked again soon, any other after a
    /// while, because the next face may be one that it can show.
    fn refused(&mut self, why: &'static str, now: Instant) {
        let Some(waiting) = self.waiting.take() else {
            self.count("stray_answers");
            return;
        };
        self.count("refused");
        if !std::mem::replace(&mut self.met, true) {
            self.begin_care();
        }
        if waiting.what == What::Care && why == "refused_busy" {
            self.pace_until = Some(now + BUSY_WAITS);
            self.care_lost();
        }
        if !waiting.is_first_step {
            return;
        }
        self.tries += 1;
        if why == "refused_busy" && self.tries <= self.profile.retries {
            self.pace_until = Some(now + BUSY_WAITS);
            return;
        }
        self.trouble = Some(why);
        self.begin_again(now);
    }
}
