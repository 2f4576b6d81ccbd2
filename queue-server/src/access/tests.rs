//! Credentials, sign-ins and sessions as an administrator and an attacker meet them.

use std::{
    net::{IpAddr, Ipv4Addr},
    time::{Duration, Instant},
};

use super::{
    Access, Person, Role, SignInRefusal,
    sessions::{SESSION_IDLES, Sessions},
};

const PASSWORD: &str = "a long secret";

const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

fn clerk() -> Person {
    Person {
        no: "1003".parse().unwrap(),
        name: "3号窗口".into(),
        role: Role::Desk,
        windows: vec!["3".parse().unwrap()],
    }
}

#[test]
fn a_credential_added_beside_the_running_server_is_believed_and_a_revoked_one_is_not() {
    let data = tempfile::tempdir().unwrap();
    let running = Access::open(data.path()).unwrap();
    assert_eq!(running.bearer("nonsense"), None);
    let beside = Access::open(data.path()).unwrap();
    let window = Some("3A".parse().unwrap());
    let (credential, secret) = beside.add_credential(Role::Desk, None, window).unwrap();
    let start = std::time::Instant::now();
    let identity = loop {
        if let Some(identity) = running.bearer(&secret) {
            break identity;
        }
        assert!(start.elapsed().as_secs() < 10, "the running server never saw the credential");
        std::thread::yield_now();
    };
    assert_eq!(identity.role, Role::Desk);
    assert!(identity.may_act_at("3A".parse().unwrap()));
    assert!(!identity.may_act_at("3".parse().unwrap()));
    assert!(running.device(credential.name.as_str(), &secret).is_some());
    assert!(running.device("another-name", &secret).is_none());
    assert!(running.revoke(credential.name).unwrap());
    assert_eq!(running.bearer(&secret), None);
    let stored = std::fs::read_dir(data.path().join("access/credentials")).unwrap().count();
    assert_eq!(stored, 0);
}

#[tokio::test]
async fn a_session_outlives_a_restart_and_ends_with_a_new_password() {
    let data = tempfile::tempdir().unwrap();
    let access = Access::open(data.path()).unwrap();
    access.add_person(clerk(), PASSWORD).unwrap();
    assert_eq!(access.sign_in("1003", "wrong".into(), HERE).await, Err(SignInRefusal::Wrong));
    assert_eq!(access.sign_in("9999", PASSWORD.into(), HERE).await, Err(SignInRefusal::Wrong));
    let (cookie, identity) = access.sign_in("1003", PASSWORD.into(), HERE).await.unwrap();
    assert_eq!(identity.staff, Some("1003".parse().unwrap()));
    drop(access);
    let again = Access::open(data.path()).unwrap();
    assert_eq!(again.session(&cookie, true), Some(identity));
    again.add_person(clerk(), "another secret").unwrap();
    assert_eq!(again.session(&cookie, true), None);
}

#[tokio::test]
async fn the_sixth_guess_must_wait_even_if_it_is_right_and_others_need_not() {
    let data = tempfile::tempdir().unwrap();
    let access = Access::open(data.path()).unwrap();
    access.add_person(clerk(), PASSWORD).unwrap();
    // Without looking at the passwords: on a slow machine that takes longer than the wait.
    for _ in 0..5 {
        assert!(access.lock().begin_try("1003", HERE).is_ok());
    }
    let refused = access.sign_in("1003", PASSWORD.into(), HERE).await;
    assert!(matches!(refused, Err(SignInRefusal::Wait { secs: 1..=900 })), "{refused:?}");
    let elsewhere = IpAddr::V4(Ipv4Addr::new(10, 0, 0, 3));
    assert!(access.sign_in("1003", PASSWORD.into(), elsewhere).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn guesses_side_by_side_do_not_outrun_the_count() {
    let data = tempfile::tempdir().unwrap();
    let access = Access::open(data.path()).unwrap();
    let guess = |_| {
        let access = access.clone();
        tokio::spawn(async move { access.sign_in("1003", "guess".into(), HERE).await })
    };
    let (mut looked_at, mut told_to_wait) = (0, 0);
    for guess in (0..30).map(guess).collect::<Vec<_>>() {
        match guess.await.unwrap() {
            Err(SignInRefusal::Wrong) => looked_at += 1,
            Err(SignInRefusal::Wait { .. }) => told_to_wait += 1,
            other => panic!("{other:?}"),
        }
    }
    assert_eq!((looked_at, told_to_wait), (5, 25));
}

#[tokio::test]
async fn where_somebody_signed_in_is_known_after_a_restart() {
    let data = tempfile::tempdir().unwrap();
    let access = Access::open(data.path()).unwrap();
    access.add_person(clerk(), PASSWORD).unwrap();
    access.sign_in("1003", PASSWORD.into(), HERE).await.unwrap();
    drop(access);
    let again = Access::open(data.path()).unwrap();
    for guess in 0..600_u32 {
        let from = IpAddr::V4(Ipv4Addr::from(0x0A01_0000 + guess));
        again.lock().throttle.begin("1003", from, false, Instant::now()).ok();
    }
    let stranger = IpAddr::V4(Ipv4Addr::new(10, 9, 9, 9));
    let refused = again.sign_in("1003", PASSWORD.into(), stranger).await;
    assert!(matches!(refused, Err(SignInRefusal::Wait { .. })), "{refused:?}");
    assert!(again.sign_in("1003", PASSWORD.into(), HERE).await.is_ok());
}

#[tokio::test]
async fn what_is_done_with_sign_ins_beside_the_running_server_takes_effect_there() {
    let data = tempfile::tempdir().unwrap();
    let running = Access::open(data.path()).unwrap();
    let beside = Access::open(data.path()).unwrap();
    beside.add_person(clerk(), PASSWORD).unwrap();
    let no = clerk().no;
    let ended = |cookie: &str| {
        let begun = Instant::now();
        while running.session(cookie, true).is_some() {
            assert!(begun.elapsed().as_secs() < 10, "the running server never heeded it");
            std::thread::yield_now();
        }
    };
    let (cookie, _) = running.sign_in("1003", PASSWORD.into(), HERE).await.unwrap();
    beside.end_sessions(no).unwrap();
    ended(&cookie);
    let (cookie, _) = running.sign_in("1003", PASSWORD.into(), HERE).await.unwrap();
    assert!(beside.disable_person(no, true).unwrap());
    ended(&cookie);
    let refused = running.sign_in("1003", PASSWORD.into(), HERE).await;
    assert_eq!(refused, Err(SignInRefusal::Wrong));
    assert!(beside.disable_person(no, false).unwrap());
    let (cookie, _) = running.sign_in("1003", PASSWORD.into(), HERE).await.unwrap();
    assert!(beside.remove_person(no).unwrap());
    ended(&cookie);
    assert!(running.people().unwrap().is_empty());
    assert!(!beside.remove_person(no).unwrap() && !beside.disable_person(no, true).unwrap());
}

#[tokio::test]
async fn no_secret_stands_in_the_folder() {
    let data = tempfile::tempdir().unwrap();
    let access = Access::open(data.path()).unwrap();
    let (_, secret) = access.add_credential(Role::Kiosk, None, None).unwrap();
    access.add_person(clerk(), PASSWORD).unwrap();
    let (cookie, _) = access.sign_in("1003", PASSWORD.into(), HERE).await.unwrap();
    for folder in ["credentials", "staff", "sessions", "known"] {
        for entry in std::fs::read_dir(data.path().join("access").join(folder)).unwrap() {
            let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
            for hidden in [secret.as_str(), cookie.as_str(), PASSWORD] {
                assert!(!text.contains(hidden));
            }
        }
    }
}

#[test]
fn an_open_page_that_asks_by_itself_does_not_keep_a_session_alive() {
    let data = tempfile::tempdir().unwrap();
    let mut sessions = Sessions::open(data.path()).unwrap();
    let secret = sessions.begin("1003".parse().unwrap()).unwrap();
    let begun = Instant::now();
    let no = sessions.find(&secret, true, begun);
    assert!(no.is_some());
    assert_eq!(sessions.find(&secret, false, begun + SESSION_IDLES), no);
    let late = begun + SESSION_IDLES + Duration::from_secs(1);
    assert_eq!(sessions.find(&secret, false, late), None, "asking by itself was no use");
}

#[test]
fn a_credential_is_not_made_over_another_nor_under_the_servers_name() {
    let data = tempfile::tempdir().unwrap();
    let access = Access::open(data.path()).unwrap();
    let name = Some("bridge-1".parse().unwrap());
    let (_, secret) = access.add_credential(Role::Bridge, name, None).unwrap();
    let mut told = Vec::new();
    told.push(access.add_credential(Role::Kiosk, name, None).unwrap_err().to_string());
    let server = Some("server".parse().unwrap());
    told.push(access.add_credential(Role::Bridge, server, None).unwrap_err().to_string());
    let window = Some("3".parse().unwrap());
    told.push(access.add_credential(Role::Kiosk, None, window).unwrap_err().to_string());
    assert!(told[0].contains("token revoke bridge-1"), "{told:?}");
    assert!(told[1].contains("the server's own name"), "{told:?}");
    assert!(told[2].contains("kiosk"), "{told:?}");
    assert_eq!(access.bearer(&secret).map(|identity| identity.role), Some(Role::Bridge));
}

#[test]
fn the_data_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let place = tempfile::tempdir().unwrap();
    let data = place.path().join("data");
    std::fs::create_dir(&data).unwrap();
    std::fs::set_permissions(&data, std::fs::Permissions::from_mode(0o755)).unwrap();
    Access::open(&data).unwrap();
    assert_eq!(std::fs::metadata(&data).unwrap().permissions().mode() & 0o777, 0o700);
}
