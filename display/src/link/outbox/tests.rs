//! A report is kept until it is acknowledged, and comes in its order.

use wire::device::Happening;

use super::{super::kept::Kept, Next, Outbox, REPORTS_MAX};

fn done(id: u64) -> Happening {
    Happening::job_done(id, 7, true)
}

fn counts(outbox: &mut Outbox) -> Vec<u64> {
    let mut counts = Vec::new();
    while let Some(next) = outbox.poll_next() {
        if let Next::Report(report) = next {
            counts.push(report.count);
        }
    }
    counts
}

#[test]
fn nothing_is_sent_before_the_broker_is_there() {
    let mut outbox = Outbox::new(1);
    outbox.push(done(1));
    assert_eq!(outbox.poll_next(), None);
    outbox.handle_connected();
    assert_eq!(outbox.poll_next(), Some(Next::State));
    assert_eq!(counts(&mut outbox), [1]);
}

#[test]
fn what_was_not_acknowledged_is_sent_again_after_a_break() {
    let mut outbox = Outbox::new(1);
    outbox.handle_connected();
    for id in 1..=3 {
        outbox.push(done(id));
    }
    assert_eq!(counts(&mut outbox), [1, 2, 3]);
    for pkid in 1..=3 {
        outbox.handle_sent(pkid);
    }
    // The first packet was the state, the second the first report.
    outbox.handle_acknowledged(1);
    outbox.handle_acknowledged(2);
    outbox.handle_disconnected();
    outbox.push(done(4));
    outbox.handle_connected();
    assert_eq!(counts(&mut outbox), [2, 3, 4]);
}

#[test]
fn only_the_last_picture_shown_is_told_late() {
    let mut outbox = Outbox::new(1);
    outbox.push(Happening::Shown { revision: 1 });
    outbox.push(done(1));
    outbox.push(Happening::Shown { revision: 2 });
    outbox.handle_connected();
    assert_eq!(counts(&mut outbox), [2, 3]);
}

#[test]
fn a_broker_that_stays_away_costs_a_bounded_number_of_reports() {
    let mut outbox = Outbox::new(1);
    for id in 0..2 * REPORTS_MAX as u64 {
        outbox.push(done(id));
    }
    outbox.handle_connected();
    let first = counts(&mut outbox)[0];
    assert_eq!(first, REPORTS_MAX as u64 + 1);
}

#[test]
fn a_client_that_is_full_loses_nothing() {
    let mut outbox = Outbox::new(1);
    outbox.handle_connected();
    outbox.push(done(1));
    assert_eq!(outbox.poll_next(), Some(Next::State));
    outbox.handle_refused();
    assert_eq!(outbox.poll_next(), Some(Next::State));
    assert_eq!(counts(&mut outbox), [1]);
}

fn graded() -> Happening {
    Happening::Graded { level: 5, scale: 5, leg: None, reasons: Vec::new(), text: String::new() }
}

#[test]
fn a_rating_given_while_the_broker_is_away_goes_out_after_the_tablet_was_switched_off() {
    let folder = tempfile::tempdir().unwrap();
    let open = || Kept::open(folder.path()).unwrap();
    let mut outbox = Outbox::new(1).keeping(open());
    outbox.push(done(1));
    outbox.push(graded());
    drop(outbox);
    let mut outbox = Outbox::new(2).keeping(open());
    outbox.push(graded());
    outbox.handle_connected();
    let sent = |outbox: &mut Outbox| {
        let reports = std::iter::from_fn(|| outbox.poll_next()).filter_map(|next| match next {
            Next::Report(report) => Some((report.boot, report.count)),
            Next::State => None,
        });
        reports.collect::<Vec<_>>()
    };
    assert_eq!(sent(&mut outbox), [(1, 2), (2, 1)], "the earlier one first, under its own number");
    // The state was the first packet.
    (1..=3).for_each(|pkid| outbox.handle_sent(pkid));
    outbox.handle_acknowledged(2);
    drop(outbox);
    assert_eq!(open().left().len(), 1, "one has arrived");
    let mut outbox = Outbox::new(3).keeping(open());
    outbox.handle_connected();
    assert_eq!(sent(&mut outbox), [(2, 1)]);
}

#[test]
fn what_a_person_said_outlasts_everything_else_that_waits() {
    let mut outbox = Outbox::new(1);
    outbox.push(graded());
    for id in 0..2 * REPORTS_MAX as u64 {
        outbox.push(done(id));
    }
    outbox.handle_connected();
    assert_eq!(counts(&mut outbox)[0], 1);
}
