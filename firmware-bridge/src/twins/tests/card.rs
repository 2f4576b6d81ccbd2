//! Onbon cards: greeted first, a no is told, the speed is searched, and the same over TCP.

use std::{
    io::{Read, Write},
    net::TcpListener,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use wire::{
    board::{HallRow, RowState},
    clock::Clock,
    device::HallScreenFace,
};

use super::*;
use crate::{
    moment::Moment,
    twins::{cable::TwinCable, twin::card::KIND_5K1},
};

fn letters(twin: &Twin) -> String {
    twin.strip().unwrap_or_default().iter().map(|(letter, _)| *letter).collect()
}

#[test]
fn a_card_without_the_font_is_told_as_ill_and_shows_the_next_text() {
    let mut hall = hall_of(&[("strip-1", "strip-bx5k", 0)], false);
    hall.waits_for_state("strip-1", Health::Online, "");
    hall.twins.with(id("strip-1"), |twin| twin.refuse(1, 0x0C));
    hall.wants("strip-1", 1, "请 A001 号", Tone::Calling);
    hall.waits_for_state("strip-1", Health::Ill, "refused_font");
    hall.wants("strip-1", 2, "请 A002 号", Tone::Calling);
    assert!(hall.shows("strip-1", "请 A002 号"));
    hall.waits_for_state("strip-1", Health::Online, "");
}

#[test]
fn a_busy_card_is_asked_again() {
    let mut hall = hall_of(&[("strip-1", "strip-bx5k", 0)], false);
    hall.waits_for_state("strip-1", Health::Online, "");
    hall.twins.with(id("strip-1"), |twin| twin.refuse(2, 0x03));
    hall.wants("strip-1", 1, "请 A001 号", Tone::Calling);
    assert_eq!(hall.happens(), ("strip-1".to_owned(), Happening::Shown { revision: 1 }));
    assert!(hall.shows("strip-1", "请 A001 号"));
    let ill = hall.states.iter().any(|(_, health, _)| *health == Health::Ill);
    assert!(!ill, "to be busy is no illness");
}

#[test]
fn a_hall_screen_shows_the_newest_calls_and_below_them_what_runs() {
    let hall = hall_of(&[("screen-1", "screen-bx5k", 0)], false);
    let row = |no: &str, window: u16, state| HallRow {
        no: Some(no.parse().unwrap()),
        window: window.to_string().parse().unwrap(),
        business: String::new(),
        state,
        call: 1,
        announcement: 1,
        at: 0,
    };
    let face = Face::HallScreen(Box::new(HallScreenFace {
        hall_name: "云溪县政务服务中心".to_owned(),
        duty_leader: None,
        rows: vec![row("A012", 3, RowState::Called), row("B007", 12, RowState::Serving)],
        waiting: 9,
        zones: Vec::new(),
        running: vec!["本大厅不收取任何费用".to_owned()],
        zone: None,
        away: Vec::new(),
        notices: Vec::new(),
        broadcast: None,
        clock: Clock { at: 0, speed: 1.0, utc_offset_minutes: 480 },
    }));
    let order = LineOrder::Wanted(id("screen-1"), Box::new(Wanted { revision: 4, face }));
    assert!(hall.worker.as_ref().unwrap().try_order(order).is_ok());
    let shows = |twins: &[Twin], _: &_| {
        letters(&twins[0]) == "请 A012 到 3 号窗口 请 B007 到 12 号窗口 本大厅不收取任何费用"
    };
    assert!(hall.twins.wait_until(LONG, shows));
    let lit = hall.twins.with(id("screen-1"), |twin| twin.diodes().unwrap().count()).unwrap();
    assert!(lit > 500, "{lit} diodes");
}

#[test]
fn the_speed_of_a_card_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let shelf = Shelf::built_in();
    let profile = shelf.get("strip-bx5k").unwrap();
    let twin = Twin::new(id("strip-1"), 0, profile.clone());
    let port = folder.path().join("line");
    let habits = Habits { baud: 57_600, echo: false };
    let twins = TwinLine::start("line", &port, vec![twin], habits).unwrap();
    // The first speed is the wrong one: whatever is said there is not understood.
    twins.heed_speed();
    let session = Session::new(id("strip-1"), 0, profile);
    let line = Line::new(9_600, Echo::Auto, vec![session], Instant::now());
    let (tell, told) = channel();
    let place = Place { bauds: vec![9_600, 57_600], ..Place::usual("line", port, 9_600) };
    let _worker = Worker::start(place, line, None, move |event| {
        tell.send(event).ok();
    });
    let pinged = twins.wait_until(LONG, |_, trace| !trace.is_empty());
    assert!(pinged);
    loop {
        match told.recv_timeout(LONG).expect("the card is found") {
            LineEvent::State(_, state) if state.health == Health::Online => return,
            LineEvent::State(..) | LineEvent::Happened(..) | LineEvent::Forgot(_) => {}
        }
    }
}

#[test]
fn a_card_gets_the_time_and_how_bright_and_is_asked_how_it_is() {
    for kind in [KIND_5K1, 0x62] {
        let mut hall = hall_of(&[("strip-1", "strip-bx5k", 0)], false);
        hall.twins.with(id("strip-1"), |twin| twin.card().becomes(kind));
        hall.wants("strip-1", 1, "请 A001 号", Tone::Steady);
        let name = if kind == KIND_5K1 { "BX-5K1" } else { "BX-6K2" };
        let about = hall.waits_for_about("strip-1", name);
        let commands = hall.twins.with(id("strip-1"), |twin| twin.card().commands().to_vec());
        let commands = commands.unwrap();
        let wanted = [[0xA2, 0x00], [0xA3, 0x06], [0xA2, 0x03], [0xA3, 0x02], [0xA1, 0x02]];
        assert!(wanted.iter().all(|command| commands.contains(command)), "{commands:02X?}");
        // The card's own clock goes as the wall's does, whatever order its digits came in, and it is
        // as bright as the profile says for this hour.
        let wall = Moment::now().wall();
        let day = format!("{}-{:02}-{:02}", wall.year, wall.month, wall.day);
        let by_hour = &Shelf::built_in().get("strip-bx5k").unwrap().panel.clone().unwrap();
        let level = by_hour.brightness[usize::from(wall.hour)];
        // At midnight and on the hour the card was told a moment ago what is not so any more.
        if (wall.minute, wall.second > 30) != (0, false) {
            let told = format!("亮度 {level} / on, brightness {level} · {day} {:02}:", wall.hour);
            assert!(about.contains(&told), "{about}");
        }
    }
}

/// A card with a network socket: the same bytes over TCP. Each time it is asked to, it drops the
/// connection and forgets what it shows, as one does whose power is cut.
fn card_on_tcp(twin: Twin, cut: Arc<AtomicBool>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let place = format!("tcp:{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let habits = Habits { baud: 1_000_000, echo: false };
        let mut cable = TwinCable::new(vec![twin], habits, Instant::now());
        while let Ok((mut stream, _)) = listener.accept() {
            stream.set_read_timeout(Some(Duration::from_millis(5))).unwrap();
            let mut bytes = [0; 512];
            loop {
                match stream.read(&mut bytes) {
                    Ok(0) => break,
                    Ok(count) => {
                        cable.handle_bytes(bytes[..count].to_vec(), Instant::now());
                    }
                    Err(_) => cable.handle_timeout(Instant::now()),
                }
                if cut.swap(false, Ordering::Relaxed) {
                    cable.handle_unplugged();
                    cable.twins_mut().iter_mut().for_each(|twin| twin.power(true));
                    break;
                }
                while let Some(answer) = cable.poll_transmit(Instant::now()) {
                    if stream.write_all(&answer).is_err() {
                        break;
                    }
                }
            }
        }
    });
    place
}

#[test]
fn a_card_on_the_network_is_served_like_one_on_a_line() {
    let shelf = Shelf::built_in();
    let profile = shelf.get("strip-bx5k").unwrap();
    let cut = Arc::new(AtomicBool::new(false));
    let place = card_on_tcp(Twin::new(id("strip-1"), 0, profile.clone()), cut.clone());
    let session = Session::new(id("strip-1"), 0, profile);
    let line = Line::new(9_600, Echo::Auto, vec![session], Instant::now());
    let (tell, told) = channel();
    let worker =
        Worker::start(Place::usual("card", place.into(), 9_600), line, None, move |event| {
            tell.send(event).ok();
        })
        .unwrap();
    let face = Face::Strip { text: "请 A001 号".to_owned(), tone: Tone::Calling };
    let wanted = LineOrder::Wanted(id("strip-1"), Box::new(Wanted { revision: 1, face }));
    assert!(worker.try_order(wanted).is_ok());
    let happens = |what: &dyn Fn(&LineEvent) -> bool| {
        while !what(&told.recv_timeout(LONG).expect("it happens")) {}
    };
    let is = |event: &LineEvent, wanted: Health, why: &str| matches!(event, LineEvent::State(_, state) if (state.health, &*state.why) == (wanted, why));
    let shown = |event: &LineEvent| {
        matches!(event, LineEvent::Happened(_, Happening::Shown { revision: 1 }))
    };
    happens(&shown);
    // The connection ends, and the card is found again.
    cut.store(true, Ordering::Relaxed);
    let lost = Instant::now();
    happens(&|event| is(event, Health::Offline, "port_missing"));
    happens(&|event| is(event, Health::Online, ""));
    assert!(lost.elapsed() < Duration::from_secs(10), "{:?}", lost.elapsed());
}

#[test]
fn an_address_where_nobody_is_and_a_name_are_told_plainly() {
    let nobody = Port::open("tcp:127.0.0.1:9".as_ref(), Manner::usual(9_600), |_| true);
    let told = nobody.expect_err("nobody listens there").to_string();
    assert!(
        told.contains("连不上 tcp:127.0.0.1:9") && told.contains("cannot be reached"),
        "{told}"
    );
    let name = Port::open("tcp:card.local:5005".as_ref(), Manner::usual(9_600), |_| true);
    let told = name.expect_err("names are not looked up").to_string();
    assert!(told.contains("IP:PORT"), "{told}");
}
