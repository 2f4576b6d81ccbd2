//! The clerks of the crowd: sign on, call, start, finish, pass over; and who came rates now and then.

use hall::{ids::WindowId, words::WindowState};
use rand::Rng;
use wire::{
    board::Board,
    http::{CallAnswer, CallNextRequest, FinishRequest, PlainRequest, SignOnRequest, WindowAnswer},
};

use super::{Crowd, Do, day};
use crate::api::ApiFault;

/// A clerk without people looks again after so many seconds of the hall.
const LOOK_AGAIN_SECS: f64 = 25.0;

/// A closed hall is looked at again after so many seconds of the hall.
const CLOSED_SECS: f64 = 300.0;

/// Between two people.
const CHANGEOVER_SECS: f64 = 30.0;

/// Between two calls of one number.
const RECALL_SECS: f64 = 22.0;

/// From the last call to 过号.
const GIVE_UP_SECS: f64 = 20.0;

impl Crowd {
    /// Takes every window as it stands.
    pub(super) fn settle_in(&mut self, board: &Board) {
        let windows: Vec<WindowId> = self.staff.keys().copied().collect();
        for id in windows {
            let state = board.windows.iter().find(|window| window.id == id).map(|line| line.state);
            let secs = self.luck.random_range(5.0..60.0);
            match state {
                Some(WindowState::Calling) => self.after(secs, Do::Start(id)),
                Some(WindowState::Serving) => self.after(secs * 5.0, Do::Finish(id)),
                Some(
                    WindowState::Free
                    | WindowState::Paused
                    | WindowState::Closed
                    | WindowState::Extended,
                )
                | None => self.after(secs, Do::CallNext(id)),
            }
        }
        self.plan();
    }

    fn order(&self, window: WindowId, what: &str) -> Result<WindowAnswer, ApiFault> {
        let body = PlainRequest { request_id: self.desk.request_id() };
        self.desk.post(&format!("/windows/{window}/{what}"), &body)
    }

    pub(super) fn call_next(&mut self, window: WindowId) {
        let request_id = self.desk.request_id();
        let body = CallNextRequest { request_id, finish_current: false };
        let answer: Result<CallAnswer, _> =
            self.desk.post(&format!("/windows/{window}/call-next"), &body);
        match answer {
            Ok(called) => {
                let item = called.ticket.item.and_then(|item| self.setup.item(item));
                match item.map(|item| item.kind) {
                    Some(kind) => self.cases.insert(window, kind),
                    None => self.cases.remove(&window),
                };
                let waited = (self.now() - called.ticket.issued_at) as f64 / 60_000.0;
                let stays_away = (0.03 + 0.002 * waited).min(0.25);
                if self.luck.random_bool(stays_away) {
                    self.after(RECALL_SECS, Do::Again(window));
                } else {
                    let secs = self.luck.random_range(8.0..45.0);
                    self.after(secs, Do::Start(window));
                }
            }
            Err(fault) => self.not_called(window, &fault),
        }
    }

    fn not_called(&mut self, window: WindowId, fault: &ApiFault) {
        match fault.code() {
            "not_signed_on" if !self.is_issuing() => self.after(CLOSED_SECS, Do::CallNext(window)),
            "queue_empty" if self.is_over(window) => {
                self.order(window, "sign-off").ok();
                self.after(CLOSED_SECS, Do::CallNext(window));
            }
            "not_signed_on" => {
                let request_id = self.desk.request_id();
                let staff = self.staff.get(&window).copied();
                let body = SignOnRequest { request_id, staff };
                let path = format!("/windows/{window}/sign-on");
                let signed_on: Result<WindowAnswer, _> = self.desk.post(&path, &body);
                let secs = if signed_on.is_ok() { CHANGEOVER_SECS } else { CLOSED_SECS };
                self.after(secs, Do::CallNext(window));
            }
            "window_paused" => {
                self.order(window, "resume").ok();
                self.after(LOOK_AGAIN_SECS, Do::CallNext(window));
            }
            "called_not_settled" => self.after(LOOK_AGAIN_SECS, Do::Start(window)),
            "serving" => self.after(CLOSED_SECS, Do::Finish(window)),
            "hall_closed" => self.after(CLOSED_SECS, Do::CallNext(window)),
            _ => self.after(LOOK_AGAIN_SECS, Do::CallNext(window)),
        }
    }

    /// A clerk comes with the hours of the session.
    fn is_issuing(&mut self) -> bool {
        self.look().is_ok_and(|board| board.opening.issuing)
    }

    /// A clerk goes when the session is over and nobody waits: 群众未离、窗口不离.
    fn is_over(&mut self, window: WindowId) -> bool {
        let is_extended = |board: Board| {
            let line = board.windows.into_iter().find(|line| line.id == window);
            line.is_some_and(|line| line.state == WindowState::Extended)
        };
        self.look().is_ok_and(is_extended)
    }

    pub(super) fn start(&mut self, window: WindowId) {
        let Ok(answer) = self.order(window, "start") else {
            self.after(LOOK_AGAIN_SECS, Do::CallNext(window));
            return;
        };
        let item = answer.ticket.and_then(|ticket| ticket.item);
        let item = item.and_then(|id| self.setup.item(id));
        let (mean, deviation) = item.map_or((600.0, 200.0), |item| {
            (item.mean_service.0 as f64 / 1_000.0, item.sd_service.0 as f64 / 1_000.0)
        });
        let secs = day::service_secs(&mut self.luck, mean, deviation);
        self.after(secs, Do::Finish(window));
    }

    pub(super) fn again(&mut self, window: WindowId) {
        match self.order(window, "recall") {
            Ok(_) => self.after(RECALL_SECS, Do::Again(window)),
            Err(fault) if fault.code() == "too_soon" => {
                self.after(RECALL_SECS / 2.0, Do::Again(window));
            }
            Err(_) => match self.order(window, "no-show") {
                Err(fault) if fault.code() == "too_soon" => {
                    self.after(GIVE_UP_SECS, Do::Again(window));
                }
                Ok(_) | Err(_) => self.after(CHANGEOVER_SECS, Do::CallNext(window)),
            },
        }
    }

    pub(super) fn finish(&mut self, window: WindowId) {
        let request_id = self.desk.request_id();
        let case = self.cases.remove(&window);
        let body = FinishRequest { request_id, case, item: None, copies: None };
        let path = format!("/windows/{window}/finish");
        let finished: Result<WindowAnswer, _> = self.desk.post(&path, &body);
        if finished.is_ok() && self.luck.random_bool(0.45) {
            let level = match self.luck.random_range(0..1_000) {
                0..900 => 5,
                900..980 => 4,
                980..995 => 3,
                995..998 => 2,
                _ => 1,
            };
            let secs = self.luck.random_range(4.0..25.0);
            self.after(secs, Do::Rate(window, level));
        }
        self.after(CHANGEOVER_SECS, Do::CallNext(window));
    }
}
