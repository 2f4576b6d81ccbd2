//! Credentials, sign-ins and sessions as an administrator and an attacker meet them.

use std::{
    net::{IpAddr, Ipv4Addr},
    time::{Duration, Instant},
};

use super::{
    Access, Person, Role, SignInRefusal,
    sessions::{SESSION_IDLES, Sessions},
};

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

#[test]
fn a_session_outlives_a_restart_and_ends_with_a_new_password() {
    let data = tempfile::tempdir().unwrap();
    let access = Access::open(data.path()).unwrap();
    access.add_person(clerk(), "a long secret").unwrap();
    assert_eq!(access.sign_in("1003", "wrong", HERE), Err(SignInRefusal::Wrong));
    assert_eq!(access.sign_in("9999", "a long secret", HERE), Err(SignInRefusal::Wrong));
    let (cookie, identity) = access.sign_in("1003", "a long secret", HERE).unwrap();
    assert_eq!(identity.staff, Some("1003".parse().unwrap()));
    drop(access);
    let again = Access::open(data.path()).unwrap();
    assert_eq!(again.session(&cookie, true), Some(identity));
    again.add_person(clerk(), "another secret").unwrap();
    assert_eq!(again.session(&cookie, true), None);
}

#[test]
fn the_eleventh_guess_must_wait_even_if_it_is_right() {
    let data = tempfile::tempdir().unwrap();
    let access = Access::open(data.path()).unwrap();
    access.add_person(clerk(), "a long secret").unwrap();
    for _ in 0..10 {
        assert_eq!(access.sign_in("1003", "guess", HERE), Err(SignInRefusal::Wrong));
    }
    let refused = access.sign_in("1003", "a long secret", HERE);
    assert!(matches!(refused, Err(SignInRefusal::Wait { secs: 1..=900 })), "{refused:?}");
}

#[test]
fn no_secret_stands_in_the_folder() {
    let data = tempfile::tempdir().unwrap();
    let access = Access::open(data.path()).unwrap();
    let (_, secret) = access.add_credential(Role::Kiosk, None, None).unwrap();
    access.add_person(clerk(), "a long secret").unwrap();
    let (cookie, _) = access.sign_in("1003", "a long secret", HERE).unwrap();
    for folder in ["credentials", "staff", "sessions"] {
        for entry in std::fs::read_dir(data.path().join("access").join(folder)).unwrap() {
            let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
            for hidden in [secret.as_str(), cookie.as_str(), "a long secret"] {
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
