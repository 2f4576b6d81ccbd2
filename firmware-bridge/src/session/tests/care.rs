//! What a card is told beside its face.

use wire::{clock::Clock, device::HallScreenFace};

use super::*;
use crate::{
    dialects::bx5k::{self, phy},
    moment::Moment,
};

const KIND_ANY: u8 = phy::TYPE_ANY;

/// 2026-11-30 08:15:07 on the wall, a Monday.
const MORNING_MILLIS: u64 = 1_795_997_707_000;

fn card() -> Talk {
    let mut talk = talk("strip-bx5k", 1);
    let wall = Moment { steady: talk.now, unix_millis: MORNING_MILLIS };
    talk.session.handle_clock(wall);
    talk
}

impl Talk {
    /// The command and payload of the frame that is sent now.
    fn tells(&mut self) -> Option<([u8; 2], Vec<u8>)> {
        self.session.wish(self.now)?;
        let transmit = self.session.poll_transmit(self.now)?;
        self.session.handle_sent(self.now, transmit.what);
        let phy::Unpacked::Body { body, .. } = phy::unpack(&transmit.bytes) else {
            panic!("no frame")
        };
        Some(([body.data[0], body.data[1]], body.data[5..].to_vec()))
    }

    fn says(&mut self, command: [u8; 2], error: u8, payload: &[u8]) {
        let bytes = bx5k::answer(KIND_ANY, 1, command, error, payload);
        let Decoded::Frame { frame, .. } = bx5k::decode(&bytes) else { panic!("no frame") };
        self.session.handle_frame(&frame, self.now);
    }

    /// Lets so many seconds pass and says yes to everything; the commands that came.
    fn lives(&mut self, seconds: u64) -> Vec<[u8; 2]> {
        let mut commands = Vec::new();
        for _ in 0..seconds * 20 {
            if let Some((command, _)) = self.tells() {
                commands.push(command);
                self.says(bx5k::ACK, 0, &[]);
            }
            self.later(50);
        }
        commands
    }
}

#[test]
fn a_card_is_cared_for_soon_after_it_is_met_and_its_face_does_not_wait_for_that() {
    let mut talk = card();
    talk.strip(1, "请 A001 号", Tone::Steady);
    let commands = talk.lives(6);
    let wanted = [bx5k::PING, bx5k::AREAS, bx5k::CLOCK, bx5k::BRIGHTNESS, bx5k::STATUS];
    assert_eq!(commands[..5], wanted);
    assert!(talk.lives(6).iter().all(|command| *command == bx5k::AREAS), "and then the face");
}

#[test]
fn a_card_that_waits_for_a_face_is_cared_for_as_well() {
    let mut talk = card();
    let wanted = [bx5k::PING, bx5k::CLOCK, bx5k::BRIGHTNESS, bx5k::STATUS];
    assert_eq!(talk.lives(8)[..4], wanted);
}

#[test]
fn care_is_due_between_two_repaints_and_not_with_them() {
    let mut talk = card();
    talk.strip(1, "请 A001 号", Tone::Steady);
    talk.lives(2);
    let due = talk.session.poll_timeout().expect("the time is still to be told");
    assert!(due - talk.now <= Duration::from_secs(1), "{:?}", due - talk.now);
}

#[test]
fn the_time_is_that_of_the_sending_and_is_told_again_to_a_card_that_was_away() {
    let mut talk = card();
    talk.later(90_000);
    assert_eq!(talk.tells().map(|(command, _)| command), Some(bx5k::PING));
    talk.says(bx5k::ACK, 0, &[]);
    let clock = |talk: &mut Talk| {
        (0..100).find_map(|_| {
            let told = talk.later(100).tells();
            if told.is_some() {
                talk.says(bx5k::ACK, 0, &[]);
            }
            told.filter(|(command, _)| *command == bx5k::CLOCK).map(|(_, payload)| payload)
        })
    };
    // Ninety seconds and the card's own pace after 08:15:07.
    let told = clock(&mut talk).unwrap();
    assert_eq!(told[..6], [0x26, 0x20, 0x11, 0x30, 0x08, 0x16], "{told:02X?}");
    assert_eq!(told[7], 1);
    talk.lives(5);
    // Its power is cut: it answers nothing until it is there again.
    talk.strip(2, "请 A002 号", Tone::Steady);
    for _ in 0..100 {
        talk.later(100).tells();
    }
    assert_eq!(talk.session.health(), (Health::Offline, "no_answer"));
    let commands = talk.lives(10);
    assert!(
        commands.contains(&bx5k::CLOCK) && commands.contains(&bx5k::BRIGHTNESS),
        "{commands:?}"
    );
}

#[test]
fn care_that_is_lost_or_meets_a_busy_card_is_told_again_but_not_for_ever() {
    let mut talk = card();
    talk.tells();
    talk.says(bx5k::ACK, 0, &[]);
    let mut told = Vec::new();
    for step in 0..200 {
        if let Some((command, _)) = talk.later(100).tells() {
            told.push(command);
            match command {
                bx5k::CLOCK if step < 30 => talk.says(bx5k::NACK, 3, &[]),
                bx5k::BRIGHTNESS => {}
                _ => talk.says(bx5k::ACK, 0, &[]),
            }
        }
    }
    let times = |command| told.iter().filter(|found| **found == command).count();
    assert!(times(bx5k::CLOCK) > 1, "{told:02X?}");
    assert_eq!(times(bx5k::BRIGHTNESS), 3, "once and two repetitions: {told:02X?}");
    assert_eq!(times(bx5k::STATUS), 1);
    assert_eq!(talk.session.health(), (Health::Online, ""));
}

#[test]
fn a_card_gets_one_frame_a_second_and_no_more() {
    let mut talk = card();
    let mut sent = Vec::new();
    for step in 0..600_u64 {
        talk.strip(step + 1, &format!("请 A{step:03} 号"), Tone::Steady);
        if talk.tells().is_some() {
            sent.push(talk.now);
            talk.says(bx5k::ACK, 0, &[]);
        }
        talk.later(50);
    }
    assert!(sent.windows(2).all(|pair| pair[1] - pair[0] >= Duration::from_secs(1)));
    assert!(sent.len() > 20, "{}", sent.len());
}

#[test]
fn what_a_card_tells_of_itself_stands_beside_its_profile() {
    let mut talk = card();
    talk.tells();
    let status = [1, 12, 0x20, 0x26, 0x11, 0x30, 1, 0x08, 0x15, 0x07, 0, b'P', b'0', b'0', b'0'];
    for (kind, name) in [(0x51, "BX-5K1 · "), (0x62, "BX-6K2 · "), (KIND_ANY, "")] {
        // A 5K1 goes on with the areas at once, others with the special area.
        let rest: &[u8] = if kind == 0x51 { &[0; 29] } else { &[0; 31] };
        let bytes = bx5k::answer(kind, 1, bx5k::STATUS, 0, &[&status[..], rest].concat());
        let Decoded::Frame { frame, .. } = bx5k::decode(&bytes) else { panic!("no frame") };
        talk.session.handle_frame(&frame, talk.now);
        let wanted = "开屏，亮度 12 / on, brightness 12 · 2026-11-30 08:15";
        assert_eq!(talk.session.about(), format!("strip-bx5k @1 · {name}{wanted}"));
        talk.later(1_000).tells();
    }
}

/// How often what runs is sent in a minute to a screen that gets a new face every five seconds.
#[test]
fn what_runs_does_not_begin_anew_with_each_new_face() {
    let profile = Shelf::built_in().get("screen-bx5k").unwrap();
    let now = Instant::now();
    let mut session = Session::new("d-1".parse().unwrap(), 1, profile.clone());
    session.handle_line(true, now);
    let mut talk = Talk { session, now };
    let face = |waiting: u32, running: &str| {
        Face::HallScreen(Box::new(HallScreenFace {
            hall_name: "云溪县政务服务中心".to_owned(),
            duty_leader: None,
            rows: Vec::new(),
            waiting,
            zones: Vec::new(),
            running: vec![running.to_owned()],
            zone: None,
            away: Vec::new(),
            notices: Vec::new(),
            broadcast: None,
            clock: Clock { at: 0, speed: 1.0, utc_offset_minutes: 480 },
        }))
    };
    let mut sent = Vec::new();
    for step in 0..1_200_u64 {
        if step % 100 == 0 {
            let running =
                if step < 1_000 { "本大厅不收取任何费用" } else { "请照看好孩子" };
            let wanted = Wanted { revision: step + 1, face: face(step as u32, running) };
            talk.session.handle_wanted(wanted, talk.now);
        }
        if let Some((command, payload)) = talk.tells() {
            if command == bx5k::AREAS {
                let areas = bx5k::areas::read(&payload).unwrap();
                let runs = |area: &bx5k::areas::RawArea| area.effect == 3;
                sent.extend(areas.iter().any(runs).then_some(step / 20));
            }
            talk.says(bx5k::ACK, 0, &[]);
        }
        talk.later(50);
    }
    // At the beginning, before its area would go away, and when it is another text.
    assert_eq!(sent.len(), 3, "in the seconds {sent:?}");
    assert!((40..50).contains(&sent[1]) && sent[2] >= 50, "in the seconds {sent:?}");
}
