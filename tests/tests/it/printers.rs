//! Printers: python-escpos builds the same bytes, receiptio prints on our twin and hears its
//! troubles, receiptline's bytes mean the same text to us, and zbarimg reads the code on our paper.

use std::net::{Ipv4Addr, SocketAddr};

use paper::{
    commands::DRAWER,
    decode::{Op, decode},
    encode::encode,
    faces::Faces,
    picture::Picture,
    preview::preview,
    profile::Profile,
    slip::{Align, Block, Size, Slip},
    status::HeadError,
    twin::{PrinterTwin, TwinPaper, TwinState},
};
use tests::oracles;

/// The port that receiptio knows.
const RAW_PORT: u16 = 9100;

/// What python-escpos sends for a wish, as hex.
fn escpos(wish: &[&str]) -> Option<String> {
    let mut python = oracles::python()?;
    Some(oracles::answer(python.arg(oracles::script("ask_escpos.py")).args(wish)))
}

/// What a script of Node says.
fn node(script: &str, arguments: &[&str]) -> Option<String> {
    let mut node = oracles::node()?;
    Some(oracles::answer(node.arg(oracles::script(script)).args(arguments)))
}

fn faces() -> Faces {
    Faces::new(look::fonts::REGULAR, look::fonts::BOLD).unwrap()
}

fn profile(name: &str) -> Profile {
    Profile::find(name).unwrap()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Vec<u8> {
    let digits = text.as_bytes().chunks(2);
    digits.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

/// The slip's bytes on a model, as hex.
fn ours(slip: &Slip, profile: &Profile) -> String {
    hex(&encode(slip, profile, &faces()).unwrap())
}

#[test]
fn python_escpos_builds_the_same_qr_code() {
    let payload = "http://192.168.10.5:8080/t/7Q2MZKX4RB9CWNHV3JTD6EYF8A";
    let epson = profile("epson-80");
    let code = Block::Qr {
        payload: payload.to_owned(),
        caption: Vec::new(),
        dots_per_module: 6,
        quiet: 4,
    };
    let Some(theirs) = escpos(&["qr", payload, "6"]) else { return };
    let ours = ours(&Slip::new().with(code), &epson);
    assert!(ours.contains(&theirs), "ours {ours}\ntheirs {theirs}");
}

#[test]
fn python_escpos_cuts_and_opens_the_drawer_with_the_same_bytes() {
    let model = |cutter: &str, command: &str| {
        let text = include_str!("../../../paper/profiles/epson-80.toml");
        let text = text.replace("feed_before_cut_dots = 24", "feed_before_cut_dots = 0");
        let text = text.replace("cutter = \"partial\"", &format!("cutter = \"{cutter}\""));
        Profile::parse(&format!("{text}\ncut_command = \"{command}\"")).unwrap()
    };
    // Without a feed of its own it lets the printer feed to the knife, and knows the partial cut only.
    let Some(cut) = escpos(&["cut", "PART", "no"]) else { return };
    let slip = Slip::new().with(Block::Cut { partial: true });
    assert!(ours(&slip, &model("full", "feed_and_cut")).contains(&cut), "{cut}");
    for (mode, partial) in [("PART", true), ("FULL", false)] {
        let slip = Slip::new().with(Block::Cut { partial });
        // With its feed it is the plain cut after six lines of paper.
        let Some(cut) = escpos(&["cut", mode, "feed"]) else { return };
        let plain = cut.strip_prefix("1b6406").unwrap();
        assert!(ours(&slip, &model("full", "plain")).contains(plain), "{mode}: {plain}");
    }
    let Some(theirs) = escpos(&["drawer"]) else { return };
    let theirs = unhex(&theirs);
    assert_eq!((theirs.len(), &theirs[..3]), (DRAWER.len(), &DRAWER[..3]), "only the times differ");
    assert_eq!(decode(&theirs, &profile("generic-80")), [Op::Drawer]);
}

#[test]
fn python_escpos_sends_the_same_pictures() {
    let folder = tempfile::tempdir().unwrap();
    let model = profile("generic-80");
    let slip = Slip::new().big("A012").label("绿色通道").rule(false).text(
        "𠮷镕",
        Size::Double,
        Align::Left,
    );
    let bytes = encode(&slip, &model, &faces()).unwrap();
    let sent = hex(&bytes);
    let mut pictures = 0;
    for op in decode(&bytes, &model) {
        let Op::Raster { stride, rows, .. } = op else { continue };
        let file = folder.path().join("picture.png");
        std::fs::write(&file, Picture::from_rows(stride, &rows).png()).unwrap();
        let Some(theirs) = escpos(&["raster", file.to_str().unwrap()]) else {
            return;
        };
        assert!(sent.contains(&theirs), "a picture of {stride} bytes a row differs");
        pictures += 1;
    }
    assert!(pictures >= 4, "{pictures} pictures");
}

/// A twin where receiptio looks for printers: port 9100, at a loopback address of this test alone.
fn twin(host: u8) -> PrinterTwin {
    let here = std::process::id().to_le_bytes();
    let address = SocketAddr::from((Ipv4Addr::new(127, here[0], here[1].max(1), host), RAW_PORT));
    PrinterTwin::start(&profile("generic-80"), &faces(), address).unwrap()
}

fn receiptio(twin: &PrinterTwin, text: &str) -> Option<String> {
    node("ask_receiptio.js", &[&twin.address().ip().to_string(), text])
}

#[test]
fn receiptio_prints_on_the_twin_and_is_told_success() {
    let twin = twin(11);
    let Some(said) = receiptio(&twin, "排队号票\n---\nA012 | 3号窗口") else { return };
    assert_eq!(said, "success");
    let jobs = twin.jobs();
    let inked = jobs.iter().any(|job| job.picture.black_dots() > 1_000);
    assert!(inked, "the paper shows what it printed: {} jobs", jobs.len());
}

#[test]
fn receiptio_hears_every_trouble_of_the_twin() {
    let twin = twin(12);
    let troubles = [
        (TwinState::default(), "online"),
        (TwinState { paper: TwinPaper::Out, ..TwinState::default() }, "paperempty"),
        (TwinState { cover_open: true, ..TwinState::default() }, "coveropen"),
        (TwinState { error: Some(HeadError::Cutter), ..TwinState::default() }, "error"),
    ];
    for (state, expected) in troubles {
        twin.set(state);
        let Some(said) = receiptio(&twin, "-q") else { return };
        assert_eq!(said, expected, "{state:?}");
    }
    twin.set(TwinState { paper: TwinPaper::Out, ..TwinState::default() });
    assert_eq!(receiptio(&twin, "号").unwrap(), "paperempty", "it does not print then");
    assert_eq!(twin.count(), 0);
}

/// Letters and line ends of a job.
fn text_of(bytes: &[u8]) -> String {
    let mut text = String::new();
    for op in decode(bytes, &profile("generic-80")) {
        if let Op::Letter(c) = op {
            text.push(c);
        } else if op == Op::LineFeed {
            text.push('\n');
        }
        assert!(!matches!(op, Op::Unknown(_)), "a byte we know nothing of: {op:?}");
    }
    text
}

#[test]
fn what_receiptline_encodes_is_the_same_text_to_us() {
    let document = "云溪县政务服务中心\n\nA012 | 3号窗口\n镕喆 ABC 0123，。：～";
    let Some(bytes) = node("ask_receiptline.js", &[document]) else { return };
    let read: String = text_of(&unhex(&bytes)).chars().filter(|c| !c.is_whitespace()).collect();
    let said: String = document.chars().filter(|c| !c.is_whitespace() && *c != '|').collect();
    assert_eq!(read, said);
}

#[test]
fn zbarimg_reads_the_code_on_our_paper() {
    let folder = tempfile::tempdir().unwrap();
    let payload = "http://192.168.10.5:8080/t/7Q2MZKX4RB9CWNHV3JTD6EYF8A";
    let words = vec!["扫码查进度".to_owned(), "办结后评价".to_owned()];
    for name in Profile::names() {
        let model = profile(name);
        let slip = Slip::new().text("排队号票", Size::Double, Align::Centre).big("A012");
        let slip = slip.qr(payload, words.clone()).cut();
        let bytes = encode(&slip, &model, &faces()).unwrap();
        let file = folder.path().join(format!("{name}.png"));
        std::fs::write(&file, preview(&bytes, &model, &faces()).png()).unwrap();
        let Some(mut zbarimg) = oracles::program("zbarimg") else { return };
        let read = oracles::answer(zbarimg.args(["--quiet", "--raw"]).arg(&file));
        assert_eq!(read, payload, "{name}");
    }
}
