//! A whole server opens, answers, keeps its data to itself, and closes in order.

use std::{net::SocketAddr, path::Path, sync::Arc};

use hall::{
    command::{ChangeItem, Command},
    words::people::ChangeKind,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use super::{DemoClock, ServeConfig, ServeFault, StartAt, serve};
use crate::{
    clock::HallClock,
    store::Store,
    testing::{issue_command, ticket_of, wait_until, wish},
};

const ANY: &str = "127.0.0.1:0";

pub fn config(data: &Path) -> ServeConfig {
    let hall = Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/halls/county-24");
    let any: SocketAddr = ANY.parse().unwrap();
    let mut config = ServeConfig::new(hall, data.to_owned(), any, any);
    let start = StartAt::Moment(HallClock::read("2026-11-23 09:00", 480).unwrap());
    config.demo = Some(DemoClock { speed: 1.0, start: Some(start) });
    config.on_fault = Arc::new(|fault| panic!("{fault}"));
    config
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_opens_on_any_port_answers_and_knows_its_tickets_after_a_restart() {
    let data = tempfile::tempdir().unwrap();
    let running = serve(config(data.path())).await.unwrap();
    assert_ne!(running.http.port(), 0);
    assert!(running.mqtt.starts_with("127.0.0.1:") && !running.mqtt.ends_with(":0"));
    let mut stream = TcpStream::connect(running.http).await.unwrap();
    let asking = "GET /api/v1/health HTTP/1.1\r\nhost: hall\r\nconnection: close\r\n\r\n";
    stream.write_all(asking.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(answer.contains("\"journal\":\"ok\""), "{answer}");

    let engine = running.app.engine.clone();
    wait_until("a session is open", || engine.read(|hall| hall.session().is_some()));
    let told = engine.ask(wish("kiosk-1", "1", issue_command())).await.unwrap();
    running.stop().await;

    let again = serve(config(data.path())).await.unwrap();
    let ticket = ticket_of(told);
    assert!(again.app.read(|hall| hall.ticket(ticket).is_some()));
    again.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_server_on_the_same_data_is_told_so() {
    let data = tempfile::tempdir().unwrap();
    let running = serve(config(data.path())).await.unwrap();
    let second = serve(config(data.path())).await;
    assert!(matches!(second, Err(ServeFault::Lock(_))));
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_day_is_in_the_store_even_if_the_store_was_thrown_away() {
    let data = tempfile::tempdir().unwrap();
    let running = serve(config(data.path())).await.unwrap();
    let engine = running.app.engine.clone();
    wait_until("a session is open", || engine.read(|hall| hall.session().is_some()));
    engine.ask(wish("kiosk-1", "1", issue_command())).await.unwrap();
    engine.ask(wish("admin", "close", Command::CloseDay)).await.unwrap();
    running.stop().await;
    std::fs::remove_dir_all(data.path().join("store")).unwrap();
    let again = serve(config(data.path())).await.unwrap();
    let day = "2026-11-23".parse().unwrap();
    let store = again.app.store.clone();
    wait_until("the store is whole again", || store.tally(day).is_some());
    assert_eq!(store.tally(day).unwrap().issued, 1);
    again.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_decided_while_the_hall_is_closed_makes_no_day_lacking() {
    let data = tempfile::tempdir().unwrap();
    let running = serve(config(data.path())).await.unwrap();
    let engine = running.app.engine.clone();
    wait_until("a session is open", || engine.read(|hall| hall.session().is_some()));
    engine.ask(wish("admin", "close", Command::CloseDay)).await.unwrap();
    let change = Command::ChangeItem(ChangeItem {
        item: "A01".parse().unwrap(),
        kind: ChangeKind::Cancelled,
        to: None,
        effective: "2026-12-01".parse().unwrap(),
        approver: "9001".parse().unwrap(),
    });
    engine.ask(wish("admin", "change", change)).await.unwrap();
    let setup = running.app.profile.setup.clone();
    running.stop().await;

    let files = crate::record::real_files();
    let opened = crate::record::open(data.path(), &files).unwrap();
    let recovered = crate::engine::recover(setup, opened.records()).unwrap();
    assert_eq!(recovered.hall.catalogue_changes().len(), 1);
    let kept = Store::open(data.path()).unwrap().kept_up_to();
    assert!(crate::record::lacking(data.path(), &files, &recovered, kept).is_none());
    assert!(crate::record::lacking(data.path(), &files, &recovered, 1).is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_whose_address_is_taken_writes_nothing_in_the_record() {
    let data = tempfile::tempdir().unwrap();
    let taken = std::net::TcpListener::bind(ANY).unwrap();
    let mut config = config(data.path());
    config.http = taken.local_addr().unwrap();
    let refused = serve(config).await;
    assert!(matches!(refused, Err(ServeFault::Listen { .. })));
    let opened = crate::record::open(data.path(), &crate::record::real_files()).unwrap();
    assert_eq!(opened.records().count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_dribbles_or_takes_too_many_places_is_closed_and_others_are_answered() {
    let data = tempfile::tempdir().unwrap();
    let mut config = config(data.path());
    config.settings.limits.connections_per_address_max = 3;
    config.settings.limits.header_secs_max = 1;
    let running = serve(config).await.unwrap();
    let mut slow = Vec::new();
    for _ in 0..3 {
        let mut stream = TcpStream::connect(running.http).await.unwrap();
        stream.write_all(b"GET /api/v1/health HTTP/1.1\r\nhost: ").await.unwrap();
        slow.push(stream);
    }
    let mut fourth = TcpStream::connect(running.http).await.unwrap();
    // Closed without a word; a request under way makes it a reset.
    let read = fourth.read(&mut [0; 16]).await;
    assert!(matches!(read, Ok(0) | Err(_)), "{read:?}");
    for mut stream in slow {
        let mut told = Vec::new();
        stream.read_to_end(&mut told).await.ok();
        assert!(!String::from_utf8_lossy(&told).contains("200"), "its head never came");
    }
    let asking = b"GET /health HTTP/1.1\r\nhost: hall\r\nconnection: close\r\n\r\n";
    // The share is given back a moment after the last byte was read.
    let mut answer = String::new();
    for _ in 0..1_000 {
        let mut stream = TcpStream::connect(running.http).await.unwrap();
        let asked = stream.write_all(asking).await;
        if asked.is_ok() && stream.read_to_string(&mut answer).await.is_ok() && !answer.is_empty() {
            break;
        }
    }
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_live_stream_ends_soon_after_its_credential_was_revoked() {
    let data = tempfile::tempdir().unwrap();
    let running = serve(config(data.path())).await.unwrap();
    let name = "screen-1".parse().unwrap();
    let access = running.app.access.clone();
    let (_, secret) =
        access.add_credential(crate::access::Role::Display, Some(name), None).unwrap();
    let mut stream = TcpStream::connect(running.http).await.unwrap();
    let asking = format!(
        "GET /api/v1/live HTTP/1.1\r\nhost: hall\r\nconnection: close\r\n\
         authorization: Bearer {secret}\r\n\r\n"
    );
    stream.write_all(asking.as_bytes()).await.unwrap();
    let mut begun = [0; 12];
    stream.read_exact(&mut begun).await.unwrap();
    assert_eq!(&begun, b"HTTP/1.1 200");
    access.revoke(name).unwrap();
    let ended = tokio::time::timeout(std::time::Duration::from_secs(5), async {
        let mut rest = Vec::new();
        stream.read_to_end(&mut rest).await
    });
    assert!(ended.await.is_ok(), "the stream went on");
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_profile_is_told_with_every_problem() {
    let data = tempfile::tempdir().unwrap();
    let mut config = config(data.path());
    config.hall = data.path().join("empty");
    std::fs::create_dir(&config.hall).unwrap();
    let Err(fault) = serve(config).await else { panic!("it opened") };
    assert_eq!(fault.to_string().matches("hall.toml").count(), 1, "{fault}");
    assert_eq!(fault.to_string().matches("calendar.toml").count(), 1, "{fault}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_is_being_changed_when_the_power_comes_back_does_not_keep_the_hall_closed() {
    let (data, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let changed = || {
        let mut config = config(data.path());
        for entry in std::fs::read_dir(&config.hall).unwrap().map(Result::unwrap) {
            std::fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
        }
        folder.path().clone_into(&mut config.hall);
        config
    };
    let running = serve(changed()).await.unwrap();
    let (engine, version) = (running.app.engine.clone(), running.app.profile.version);
    wait_until("a session is open", || engine.read(|hall| hall.session().is_some()));
    let ticket = ticket_of(engine.ask(wish("kiosk-1", "1", issue_command())).await.unwrap());
    running.stop().await;

    let config = changed();
    std::fs::write(folder.path().join("hall.toml"), "[[window]]\nid = ").unwrap();
    let again = serve(config).await.unwrap();
    assert_eq!(again.app.profile.version, version);
    assert!(again.app.read(|hall| hall.ticket(ticket).is_some()));
    let status = crate::http::health::of(&again.app).status;
    // The broker may still be on its way.
    assert!(status.ends_with("profile wrong"), "{status}");
    drop(changed());
    again.app.reload(hall::words::Actor::Hall).await.unwrap();
    assert_eq!(crate::http::health::of(&again.app).profile, "ok");
    again.stop().await;
}
