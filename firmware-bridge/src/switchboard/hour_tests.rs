//! The broker is away for an hour of a busy hall: nothing is lost, nothing counts twice, and the
//! bridge does not grow.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    time::Duration,
};

use wire::{
    device::{Happening, PadKey, Report},
    ids::DeviceId,
    topics::Place,
};

use super::{Post, SETTLE, Switchboard};
use crate::{
    line::LineEvent,
    moment::Moment,
    mqtt::FromBroker,
    outbox::{DiskKeep, Outbox, REPORTS_MAX},
};

/// Windows on the bridge's lines.
const WINDOWS: u16 = 24;

/// Somebody is called, served and grades so often at each window.
const SERVED_EVERY: Duration = Duration::from_secs(120);

/// After so many messages the connection breaks again…
const BREAKS_AFTER: usize = 150;

/// …and so many of them had arrived without their acknowledgement coming back.
const UNACKNOWLEDGED: usize = 9;

/// What a hall has heard: each report once, by its boot and count.
#[derive(Default)]
struct Server {
    last: BTreeMap<DeviceId, (u64, u64)>,
    /// The boots of a device that came to their end: another has spoken since.
    past: BTreeSet<(DeviceId, u64)>,
    took: BTreeMap<DeviceId, Vec<u16>>,
    repeats: usize,
}

impl Server {
    fn hear(&mut self, post: &Post, now: Moment, taken: &BTreeMap<(DeviceId, u16), u64>) {
        let Place::Device(device, _) = post.topic.place else { panic!("{post:?}") };
        let report: Report = serde_json::from_slice(&post.payload).unwrap();
        let Happening::Pressed(PadKey::CallNumber(number)) = report.what else {
            panic!("{report:?}")
        };
        assert!(!self.past.contains(&(device, report.boot)), "an old boot spoke after a new one");
        match self.last.insert(device, (report.boot, report.count)) {
            Some((boot, count)) if boot == report.boot && report.count <= count => {
                self.last.insert(device, (boot, count));
                self.repeats += 1;
                return;
            }
            Some((boot, _)) if boot != report.boot => drop(self.past.insert((device, boot))),
            Some(_) | None => {}
        }
        assert_eq!(report.age_millis, now.unix_millis - taken[&(device, number)], "how old it is");
        self.took.entry(device).or_default().push(number);
    }
}

fn pad(window: u16) -> DeviceId {
    format!("pad-{window}").parse().unwrap()
}

/// A bridge that begins with what an earlier one left.
fn begin(folder: &Path, boot: u64) -> Switchboard {
    let outbox = Outbox::open(Box::new(DiskKeep::open(folder).unwrap())).unwrap();
    let devices = (1..=WINDOWS).map(|window| (pad(window), usize::from(window % 4)));
    Switchboard::new("yunxi".parse().unwrap(), "bridge-1".parse().unwrap(), boot, devices, outbox)
}

fn reports(board: &mut Switchboard, now: Moment) -> Vec<Post> {
    let mut posts = Vec::new();
    let mut post = |post: Post| {
        posts.push(post);
        true
    };
    board.pump(now, &mut post, &mut |_, _| Ok(()));
    posts.retain(|post| post.tag.is_some());
    posts
}

#[test]
fn an_hour_without_the_broker_loses_nothing_and_counts_nothing_twice() {
    let folder = tempfile::tempdir().unwrap();
    let mut now = Moment::now();
    let mut taken = BTreeMap::new();
    let mut board = begin(folder.path(), 1);
    let rounds = 3_600 / SERVED_EVERY.as_secs();
    let mut number = 0;
    for round in 0..rounds {
        // Its plug is pulled in the middle of the hour.
        if round == rounds / 2 {
            drop(board);
            board = begin(folder.path(), 2);
        }
        for _ in 0..3 {
            number += 1;
            for window in 1..=WINDOWS {
                taken.insert((pad(window), number), now.unix_millis);
                let press = Happening::Pressed(PadKey::CallNumber(number));
                board.handle_line(LineEvent::Happened(pad(window), press), now);
            }
            now = now + SERVED_EVERY / 3;
        }
        assert_eq!(reports(&mut board, now), [], "nobody is there to hear it");
        assert!(board.waiting() <= REPORTS_MAX);
    }
    assert_eq!(board.waiting(), usize::from(number * WINDOWS), "it is all kept");

    let mut server = Server::default();
    let mut connections = 0;
    while board.waiting() > 0 {
        connections += 1;
        assert!(connections < 100, "{} still wait", board.waiting());
        board.handle_broker(FromBroker::Connected, now);
        now = now + SETTLE;
        let (mut arrived, mut unheard) = (0, Vec::new());
        loop {
            let posts = reports(&mut board, now);
            assert!(posts.len() <= 32, "more are on their way than the client takes");
            if posts.is_empty() {
                break;
            }
            for post in posts {
                arrived += 1;
                server.hear(&post, now, &taken);
                if arrived + UNACKNOWLEDGED > BREAKS_AFTER {
                    unheard.push(post);
                } else {
                    board.handle_broker(FromBroker::Acknowledged(post.tag.unwrap()), now);
                }
            }
            if arrived >= BREAKS_AFTER {
                break;
            }
        }
        board.handle_broker(FromBroker::Lost, now);
        now = now + Duration::from_secs(1);
    }
    assert!(server.repeats > 0, "the connection broke at the wrong moments");
    let all: Vec<u16> = (1..=number).collect();
    for window in 1..=WINDOWS {
        assert_eq!(server.took[&pad(window)], all, "window {window}");
    }
    drop(board);
    assert_eq!(begin(folder.path(), 3).waiting(), 0, "what has arrived is gone from the disk");
    let bytes: u64 = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|file| file.unwrap().metadata().unwrap().len())
        .sum();
    // A journal takes its room beforehand, one MiB at a time.
    assert!(bytes <= 2 * 1024 * 1024, "{bytes} bytes are left of an empty outbox");
}
