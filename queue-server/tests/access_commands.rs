//! `queue-server staff` and `token` as an operator types them, on a folder of data.
#![allow(clippy::unwrap_used, reason = "all of this is a test")]

use std::{
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

use queue_server::{access::Access, serve::whose};

struct Told {
    good: bool,
    out: String,
    error: String,
}

fn type_in(data: &Path, words: &str, entered: &str) -> Told {
    let [area, order, rest @ ..] = &words.split(' ').collect::<Vec<_>>()[..] else {
        panic!("an area and an order: {words}")
    };
    let mut child = Command::new(env!("CARGO_BIN_EXE_queue-server"))
        .args([area, order, "--data"])
        .arg(data)
        .args(rest)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that reads nothing may have ended by now.
    child.stdin.take().unwrap().write_all(entered.as_bytes()).ok();
    let ended = child.wait_with_output().unwrap();
    Told {
        good: ended.status.success(),
        out: String::from_utf8(ended.stdout).unwrap(),
        error: String::from_utf8(ended.stderr).unwrap(),
    }
}

fn refused(data: &Path, words: &str, chinese: &str, english: &str) {
    let told = type_in(data, words, "short\n");
    assert!(!told.good && told.out.is_empty(), "{words}: {}", told.out);
    assert!(told.error.contains(chinese), "{words}: {}", told.error);
    assert!(told.error.contains(english), "{words}: {}", told.error);
}

#[test]
fn a_credential_stands_on_the_last_line_and_what_may_not_be_is_told_in_both_languages() {
    let data = tempfile::tempdir().unwrap();
    let data = data.path();
    let made = type_in(data, "token add --role kiosk --name kiosk-1", "");
    assert!(made.good, "{}", made.error);
    let secret = made.out.lines().last().unwrap().to_owned();
    let identity = Access::open(data).unwrap().bearer(&secret).unwrap();
    assert_eq!(identity.name.as_str(), "kiosk-1");
    assert!(type_in(data, "token add --role desk", "").good, "a desk for every window");
    assert!(type_in(data, "token add --role desk --window 999", "").good, "no hall is known yet");
    for (words, chinese, english) in [
        ("token add --role kiosk --name kiosk-1", "已经有凭证 kiosk-1", "already"),
        ("token add --role bridge --name server", "服务器自己", "server's own name"),
        ("token add --role display --window 3", "display 不在窗口", "A display acts at no window"),
        ("token revoke kiosk-9", "没有凭证 kiosk-9", "no credential kiosk-9"),
    ] {
        refused(data, words, chinese, english);
    }
    let hall = Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/halls/county-24");
    whose::remember(data, &hall);
    for words in ["token add --role desk --window 999", "staff add --no 1003 --window 999"] {
        refused(data, words, "没有窗口 999", "This hall has no window 999; it has: 1 2 3");
    }
    let made = type_in(data, "token add --role desk --window 3", "");
    let secret = made.out.lines().last().unwrap().to_owned();
    let access = Access::open(data).unwrap();
    assert!(access.bearer(&secret).unwrap().may_act_at("3".parse().unwrap()));
    assert_eq!(access.credentials().unwrap().len(), 4, "nothing was made by what was refused");
}

#[test]
fn sign_ins_are_made_listed_disabled_and_removed() {
    let data = tempfile::tempdir().unwrap();
    let data = data.path();
    let listed = || type_in(data, "staff list", "").out;
    let made = type_in(data, "staff add --no 1003 --name Li", "");
    assert!(made.out.lines().last().unwrap().len() >= 12, "{}", made.out);
    let given = type_in(data, "staff add --no 1004 --password-stdin", "four words of mine\n");
    assert!(given.good && !given.out.contains("four words"), "{}", given.out);
    assert_eq!(listed(), "1003\tdesk\tLi\t\n1004\tdesk\t1004\t\n");
    for (words, chinese, english) in [
        ("staff add --no 1005 --password-stdin", "密码至少 12 个字符", "at least 12 characters"),
        ("staff add --no 1005 --role kiosk", "kiosk 是设备", "A kiosk is a device"),
        ("staff remove 1005", "没有工号 1005", "no sign-in 1005"),
        ("staff end-sessions 1005", "没有工号 1005", "no sign-in 1005"),
    ] {
        refused(data, words, chinese, english);
    }
    let may_enter = |access: &Access| access.person("1003".parse().unwrap()).is_some();
    let running = Access::open(data).unwrap();
    assert!(type_in(data, "staff disable 1003", "").good && !may_enter(&running));
    assert!(listed().contains("1003\tdesk\tLi\t\tdisabled"), "{}", listed());
    assert!(type_in(data, "staff enable 1003", "").good && may_enter(&running));
    assert!(type_in(data, "staff end-sessions 1003", "").good);
    assert!(type_in(data, "staff remove 1003", "").good && !may_enter(&running));
    assert_eq!(listed(), "1004\tdesk\t1004\t\n");
}
