//! 电子监察 for the clerk alone: nothing sounds, a line says it.

use hall::words::{
    WindowState,
    alert::{AlertKind, AlertLevel, Subject},
};

use super::Desk;
use crate::readings::alerts::words;

/// What stands at this window past its limit.
pub struct Line {
    /// `yellow`, `red`, or `plain` for what is no alert.
    pub level: &'static str,
    pub text: String,
}

impl Desk<'_> {
    /// 超时办理 and 有人等候未叫号 of this window, as long as they stand.
    pub(super) fn watched(&self) -> Vec<Line> {
        let is_mine = |kind: AlertKind, subject: Subject| match (kind, subject) {
            (AlertKind::Idle, Subject::Window(id)) => id == self.id,
            (AlertKind::LongService, Subject::Leg(leg)) => {
                self.hall.leg(leg).is_some_and(|leg| leg.window == Some(self.id))
            }
            _ => false,
        };
        let alerts = self.hall.alerts().filter(|alert| is_mine(alert.kind, alert.subject));
        let line = |alert: &hall::state::alerts::AlertNow| {
            let level = match alert.level? {
                AlertLevel::Yellow => "yellow",
                AlertLevel::Red => "red",
            };
            let profile = &self.app.profile;
            Some(Line { level, text: words(self.hall, profile, alert, self.now, self.texts) })
        };
        self.near_end().into_iter().chain(alerts.filter_map(line)).collect()
    }

    /// "本窗口还有 3 人等候": the kiosks have stopped, and people still wait for this window.
    fn near_end(&self) -> Option<Line> {
        let over = self
            .hall
            .session()
            .map_or_else(|| self.hall.is_extended(self.now), |times| self.now >= times.issue_until);
        let working = self.state != WindowState::Closed;
        let waiting = self.everybody();
        (over && working && waiting > 0).then(|| Line {
            level: "plain",
            text: self.texts.fill("desk.near_end", &[("n", &waiting)]),
        })
    }
}
