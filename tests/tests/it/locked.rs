//! 取号机 as a locked box: no key, gesture or window manager leaves it, and the operator's code does.

use std::{
    fs,
    io::Write,
    process::{Command, Stdio},
    thread,
    time::Duration,
};

use kiosk::{keeper, model::message::Msg};
use tests::{
    kiosk::{Kiosk, Places},
    printer::Printer,
    program,
    server::Server,
    wait_until,
};

/// What takes a second or two on a quiet machine.
const SOON: Duration = Duration::from_secs(60);

/// What an electrician types.
const CODE: &str = "246813";

/// Keys by their X names.
const ALT: u32 = 0xffe9;
const CONTROL: u32 = 0xffe3;
const SHIFT: u32 = 0xffe1;
const SUPER: u32 = 0xffeb;
const ESCAPE: u32 = 0xff1b;
const TAB: u32 = 0xff09;
const MENU: u32 = 0xff67;
const PRINT: u32 = 0xff61;
const F1: u32 = 0xffbe;
const F4: u32 = 0xffc1;
const F11: u32 = 0xffc8;

/// What leaves other programs.
const WAYS_OUT: [&[u32]; 14] = [
    &[ESCAPE],
    &[ALT, F4],
    &[ALT, TAB],
    &[ALT, 0x20],
    &[ALT, CONTROL, 0x74],
    &[CONTROL, 0x71],
    &[CONTROL, 0x77],
    &[CONTROL, SHIFT, 0x71],
    &[CONTROL, ALT, F1],
    &[SUPER],
    &[SUPER, 0x64],
    &[MENU],
    &[PRINT],
    &[F11],
];

#[test]
fn nothing_leads_out_of_a_kiosk_but_the_operators_code() {
    let server = Server::county();
    let printer = Printer::start();
    let credential = server.token("kiosk", "kiosk-1");
    let file = Kiosk::code_file(server.folder());
    set_code(&file);
    let places = Places {
        folder: server.folder(),
        server: &server.http,
        credential: &credential,
        printer: &printer,
    };
    let Some(mut kiosk) = Kiosk::start(&places) else { return };

    let page = kiosk.page_seen();
    for keys in WAYS_OUT {
        kiosk.screen().keys(keys);
        stands(&mut kiosk, &page, &format!("{keys:x?}"));
    }
    let (width, height) = kiosk.screen().size();
    let (middle, edge) = ((width as i16 / 2, height as i16 / 3), (0, height as i16 / 2));
    for (button, place, millis) in
        [(3, middle, 0), (2, middle, 0), (3, edge, 0), (1, edge, 3_000), (8, middle, 0)]
    {
        kiosk.screen().press_button(button, place, Duration::from_millis(millis));
        stands(&mut kiosk, &page, &format!("button {button} at {place:?} for {millis} ms"));
    }
    assert!(kiosk.screen().ask_windows_to_close() > 0, "there is a window");
    stands(&mut kiosk, &page, "the close button of a window manager");
    kiosk.is_at_rest();

    kiosk.ask_for_code();
    for key in CODE.chars() {
        kiosk.touch(&key.to_string());
    }
    let enter = kiosk.twin().words("kiosk.code_enter");
    let behind = kiosk.twin().words("kiosk.say_behind");
    kiosk.touch_and_hear(&enter, &behind);
    kiosk.twin().tell(Msg::CodeChecked { is_right: true, memory_mib: None });
    let close = kiosk.twin().words("kiosk.operator_close");
    kiosk.press(&close);
    let ended = wait_until("the kiosk is closed", SOON, || {
        kiosk.ended().ok_or_else(|| "it runs".to_owned())
    });
    assert_eq!(ended, i32::from(keeper::CLOSED));
    let log = fs::read_to_string(server.folder().join("kiosk").join("log")).unwrap();
    assert!(!log.contains(CODE), "the code is in no log");
}

/// Sets the code as an electrician does.
fn set_code(file: &std::path::Path) {
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    let mut child = Command::new(program("kiosk"))
        .args(["operator-code", "--out"])
        .arg(file)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    writeln!(child.stdin.take().unwrap(), "{CODE}").unwrap();
    assert!(child.wait().unwrap().success());
}

/// It still runs a moment later, and shows the same page.
fn stands(kiosk: &mut Kiosk, page: &[[u8; 3]], after: &str) {
    thread::sleep(Duration::from_millis(300));
    assert_eq!(kiosk.ended(), None, "{after} ended it");
    assert!(kiosk.unheard().is_empty(), "{after} led to a page that says {:?}", kiosk.unheard());
    assert!(kiosk.page_seen() == page, "{after} changed the page");
}
