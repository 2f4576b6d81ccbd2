//! What happens beside the queues: matters are told and seen to, somebody walks round, devices break, and
//! cases that were promised are done.

use hall::{
    command::{Command, SessionTimes, matter::MatterWish},
    event::{
        inspected::{Inspected, WindowInspected},
        unfound::Unfound,
    },
    ids::{DeviceId, StaffNo},
    time::Millis,
    words::{
        Actor, Reason,
        alert::DeviceTrouble,
        inspection::{InspectionRound, WindowAspect},
        matter::{CallBackResult, MatterFinding, MatterKind, MatterOutcome},
    },
};

use super::{Keeper, Next, World};

/// Devices that break now and then.
const DEVICES: [&str; 5] = ["kiosk-1", "kiosk-2", "strip-1", "pad-2", "evaluator-3"];

/// Cases closed in a session at most.
const CASES_MAX: u64 = 60;

impl<K: Keeper> World<'_, K> {
    pub(super) fn plan_office(&mut self, session: SessionTimes) {
        let span = session.closes.since(self.now).0;
        let at = self.luck.below(span);
        self.later(Millis(at), Next::Office);
        for device in DEVICES {
            if self.luck.chance(150) {
                let at = self.luck.below(span);
                let device = device.parse().expect("a literal id is valid");
                self.later(Millis(at), Next::Breaks(device));
            }
        }
    }

    /// Once in a session.
    pub(super) fn office(&mut self) {
        let by = Actor::Staff("9001".parse().expect("a literal number is valid"));
        if self.luck.chance(400) {
            let department =
                self.profile.setup.departments().first().map(|department| department.name.clone());
            let reasons = vec![self.luck.pick(Reason::ALL).copied().unwrap_or(Reason::Other)];
            self.ask(by.clone(), Command::TellMatter { department, reasons });
        }
        if self.luck.chance(700) {
            let unfound =
                Unfound { at: self.now, department: None, words: Some("parking".to_owned()) };
            self.ask(by.clone(), Command::NoteUnfound(unfound));
        }
        if self.luck.chance(300) {
            let place = "kiosk-1".to_owned();
            let from = place.parse().expect("a literal id is valid");
            self.ask(by.clone(), Command::AskHelp { from, place });
        }
        self.inspect(&by);
        self.see_to_matters(&by);
        for _ in 0..CASES_MAX {
            let case = self.case_no();
            self.ask(by.clone(), Command::CloseCase { case });
        }
    }

    fn inspect(&mut self, by: &Actor) {
        let clerks: Vec<_> = self.clerks.iter().map(|(window, staff)| (*window, *staff)).collect();
        let mut windows = Vec::new();
        for (window, staff) in clerks.into_iter().take(6) {
            let poor = if self.luck.chance(100) {
                self.luck.pick(WindowAspect::ALL).copied().into_iter().collect()
            } else {
                Vec::new()
            };
            windows.push(WindowInspected { window, staff: Some(staff), poor, note: String::new() });
        }
        let round = InspectionRound::Morning;
        let inspected = Inspected { round, windows, hall: Vec::new(), note: String::new() };
        self.ask(by.clone(), Command::Inspect(inspected));
    }

    fn see_to_matters(&mut self, by: &Actor) {
        let staff: StaffNo = "9001".parse().expect("a literal number is valid");
        let open: Vec<_> = self.hall.matters().map(|it| (it.id, it.kind)).collect();
        let note = || "seen to".to_owned();
        for (matter, kind) in open {
            if !self.luck.chance(350) {
                continue;
            }
            let assign = MatterWish::Assign { department: None, staff: Some(staff) };
            let verify = MatterWish::Verify { finding: MatterFinding::Clear, note: note() };
            let call = MatterWish::CallBack { result: CallBackResult::Content, note: note() };
            let mut wishes = vec![assign, MatterWish::Answer { note: note() }];
            if kind == MatterKind::Negative {
                wishes.push(verify);
            }
            if self.luck.chance(800) {
                wishes.push(call);
            }
            for wish in wishes {
                self.ask(by.clone(), Command::HandleMatter { matter, wish });
            }
            let outcome = MatterOutcome::Rectified;
            self.ask(by.clone(), Command::CloseMatter { matter, outcome, note: note() });
        }
    }

    pub(super) fn breaks(&mut self, device: DeviceId) {
        let trouble = self.luck.pick(DeviceTrouble::ALL).copied();
        let since = self.now;
        self.ask(Actor::Hall, Command::ReportDevice { device, trouble, since });
        self.in_secs(300, 5_000, Next::Works(device));
    }

    pub(super) fn works(&mut self, device: DeviceId) {
        let since = self.now;
        self.ask(Actor::Hall, Command::ReportDevice { device, trouble: None, since });
    }
}
