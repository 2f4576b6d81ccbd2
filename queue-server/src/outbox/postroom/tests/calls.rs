//! 叫号送达: what a call sends out, what comes back, and what the hall is told of it.

use hall::{
    command::{Command, Input, Issue, SessionTimes, plan::SessionPlan},
    event::calls::CallsReported,
    time::{Day, Millis},
};

use super::*;
use crate::testing;

impl Server {
    fn asks(&mut self, command: Command) -> Vec<Event> {
        let input = Input { at: self.now, luck: 1, by: Actor::Hall, request: None, command };
        let events = self.hall.decide(&input).unwrap();
        events.iter().for_each(|event| self.hall.apply(event));
        events
    }

    fn hears(&mut self, device: DeviceId, count: u64, what: Happening) {
        let report = Report { boot: 1, count, age_millis: 0, what };
        let payload = serde_json::to_vec(&report).unwrap();
        let topic = Topic::device(self.profile.setup.id(), device, DeviceTopic::Report);
        self.posts(|room, view| drop(room.handle_message(view, topic, &payload, false)));
    }
}

#[test]
fn a_call_has_arrived_when_all_that_was_sent_for_it_was_confirmed() {
    let mut server = server();
    server.posts(Postroom::handle_connected);
    let (window, staff): (WindowId, StaffNo) = ("1".parse().unwrap(), "1001".parse().unwrap());
    let queue = server.profile.setup.window(window).unwrap().primary[0];
    let day = Day { year: 2026, month: 11, day: 23 };
    server.asks(Command::OpenDay { day, working_days: Vec::new() });
    let (opens, closes) = (server.now, server.now + Millis::from_minutes(180));
    let session = SessionTimes { issue_from: opens, opens, issue_until: closes, closes };
    server.asks(Command::OpenSession { session, plan: SessionPlan::default() });
    server.asks(Command::SignOn { window, staff });
    let Command::Issue(issue) = testing::issue_command() else { panic!("it issues") };
    server.asks(Command::Issue(Issue { queue, ..issue }));
    server.posts(Postroom::handle_time);
    let called = server.asks(Command::CallNext { window, finish_current: false });
    let posts = server.posts(|room, view| room.handle_events(view, &called));
    let mut count = 0;
    for post in posts {
        let what = match post.what {
            Sent::Wanted(wanted) => Happening::Shown { revision: wanted.revision },
            Sent::Job(job) => Happening::job_done(job.id, job.boot, true),
            Sent::Press(_) => continue,
        };
        assert_eq!(server.room.take_arrivals(), [], "something is on its way still");
        count += 1;
        server.hears(post.device, count, what);
    }
    assert!(count >= 2, "a strip and a voice");
    let told = server.room.take_arrivals();
    assert_eq!(told, [Command::ReportCalls(CallsReported { window, calls: 1, in_time: 1 })]);
}
