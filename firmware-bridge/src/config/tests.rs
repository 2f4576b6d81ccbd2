//! What a wrong file is told.

use super::Config;

const GOOD: &str = include_str!("../../../assets/config/firmware-bridge.toml");

fn told(text: &str) -> String {
    match Config::parse("bridge.toml", text) {
        Ok(config) => {
            config.shelf().map(|_| "good".to_owned()).unwrap_or_else(|bad| bad.to_string())
        }
        Err(bad) => bad.to_string(),
    }
}

#[test]
fn the_commented_example_is_good() {
    assert_eq!(told(GOOD), "good");
}

#[test]
fn an_unknown_key_is_told_with_its_line_and_the_nearest() {
    let told = told(&GOOD.replace("address = 1\n", "adress = 1\n"));
    let line = GOOD.lines().position(|line| line == "address = 1").unwrap() + 1;
    assert!(told.contains(&format!("line {line}")), "{told}");
    assert!(told.contains("adress") && told.contains("\"address\""), "{told}");
    assert!(told.contains(&format!("第 {line} 行")), "{told}");
}

#[test]
fn an_unknown_profile_and_two_devices_at_one_address_are_told() {
    assert!(told(&GOOD.replace("\"strip-a090\"", "\"strip-a09\"")).contains("strip-a090"));
    let twice = GOOD.replace("id = \"evaluator-1\"", "id = \"pad-1\"");
    assert!(told(&twice).contains("pad-1"));
    let same = GOOD.replace("\"evaluator-5key\"\naddress = 129", "\"pad-s11\"\naddress = 1");
    assert!(told(&same).contains("evaluator-1"), "{}", told(&same));
}

#[test]
fn the_broker_is_shown_a_password_or_a_certificate() {
    let bare = GOOD.replace("password_file = \"bridge.secret\"\n", "");
    assert!(told(&bare).contains("certificate_file"), "{}", told(&bare));
    let certificate = "authority_file = \"c\"\ncertificate_file = \"a\"\nkey_file = \"k\"\n";
    let shown = |more: &str| {
        let text = GOOD.replace("password_file = \"bridge.secret\"\n", more);
        Config::parse("bridge.toml", &text).unwrap().broker.tls()
    };
    let files = shown(certificate).unwrap().unwrap();
    assert_eq!(files.own, Some(("a".into(), "k".into())));
    let half = shown("authority_file = \"c\"\ncertificate_file = \"a\"\n").unwrap_err().to_string();
    assert!(half.contains("要一起写") && half.contains("go together"), "{half}");
}

#[test]
fn a_wrong_value_is_told_with_its_line() {
    assert!(told(&GOOD.replace("baud = 9600", "baud = \"fast\"")).contains("line "));
}

#[test]
fn a_reader_is_as_fast_as_readers_are_and_is_named_once() {
    let text = GOOD.replace("baud = 115200 ", "# ");
    let config = Config::parse("bridge.toml", &text).unwrap();
    assert_eq!(config.readers[0].baud, 115_200);
    assert!(told(&GOOD.replace("id = \"reader-1\"", "id = \"printer-w1\"")).contains("printer-w1"));
    assert!(told(&GOOD.replace("socket = ", "sockt = ")).contains("\"socket\""));
}

#[test]
fn a_printer_at_no_place_without_a_model_or_named_twice_is_told() {
    let told_place = told(&GOOD.replace("tcp:192.168.1.51", "usb:1"));
    assert!(told_place.contains("write tcp:HOST"), "{told_place}");
    assert!(told(&GOOD.replace("id = \"printer-w1\"", "id = \"pad-1\"")).contains("pad-1"));
    let model = Config::parse("bridge.toml", &GOOD.replace("\"generic-80\"", "\"generic-8\""));
    let fault = model.unwrap().printers[0].profile().unwrap_err().to_string();
    assert!(fault.contains("generic-8;") && fault.contains("generic-80"), "{fault}");
}

#[test]
fn a_port_that_changes_its_name_is_warned_of() {
    let warned = |port: &str| {
        let text = GOOD.replace("/dev/serial/by-path/platform-usb-0:1.2:1.0-port0", port);
        Config::parse("bridge.toml", &text).unwrap().warnings()
    };
    assert_eq!(warned("/dev/serial/by-path/platform-usb-0:1.2:1.0-port0"), [""; 0]);
    assert_eq!(warned("/dev/ttyS0"), [""; 0], "a port of the board keeps its name");
    for port in ["/dev/ttyUSB0", "/dev/ttyACM1"] {
        let told = warned(port).join("");
        assert!(
            told.contains(port) && told.contains("by-path") && told.contains("重新插"),
            "{told}"
        );
    }
}

#[test]
fn a_speed_that_there_is_not_is_told_in_both_languages() {
    let zero = told(&GOOD.replace("baud = 9600", "baud = 0"));
    assert!(zero.contains("line-1") && zero.contains("300") && zero.contains("速率"), "{zero}");
    let search = GOOD.replace("baud = 9600", "search_bauds = [9600, 57]");
    assert!(told(&search).contains("57"));
    assert!(told(&GOOD.replace("baud = 9600", "baud = 4000000000")).contains("921600"));
}

#[test]
fn an_address_that_the_profile_does_not_have_is_told() {
    let far = told(&GOOD.replace("\"strip-a090\"\naddress = 1", "\"strip-a090\"\naddress = 200"));
    assert!(far.contains("strip-1") && far.contains("200") && far.contains("32"), "{far}");
    assert!(far.contains("地址") && far.contains("address"), "{far}");
    let pad = GOOD.replace("\"evaluator-5key\"\naddress = 129", "\"evaluator-5key\"\naddress = 1");
    assert!(told(&pad).contains("129"), "{}", told(&pad));
}

/// The example with one more line on this port.
fn two_lines(port: &str) -> String {
    format!("{GOOD}\n[[line]]\nname = \"line-2\"\nport = \"{port}\"\n")
}

#[test]
fn two_lines_on_one_port_are_told_also_under_two_names() {
    let same = told(&two_lines("/dev/serial/by-path/platform-usb-0:1.2:1.0-port0"));
    assert!(same.contains("line-1") && same.contains("line-2"), "{same}");
    assert!(same.contains("同一个串口") && same.contains("the same port"), "{same}");
    assert_eq!(told(&two_lines("/dev/serial/by-path/other")), "good");

    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("adapter"), "").unwrap();
    std::os::unix::fs::symlink(at("adapter"), at("by-id")).unwrap();
    std::fs::write(at("bridge.secret"), "secret\n").unwrap();
    let text = two_lines(at("by-id").to_str().unwrap());
    let text = text.replace(
        "/dev/serial/by-path/platform-usb-0:1.2:1.0-port0",
        at("adapter").to_str().unwrap(),
    );
    std::fs::write(at("bridge.toml"), text).unwrap();
    let told = Config::read(&at("bridge.toml")).unwrap_err().to_string();
    assert!(told.contains("line-1") && told.contains("line-2"), "{told}");
}

#[test]
fn slips_in_a_folder_lie_beside_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bridge.toml");
    std::fs::write(folder.path().join("bridge.secret"), "secret\n").unwrap();
    std::fs::write(&file, GOOD.replace("tcp:192.168.1.51", "directory:slips")).unwrap();
    let config = Config::read(&file).unwrap();
    let slips = folder.path().join("slips");
    assert_eq!(config.printers[0].place, paper::transport::Place::Directory(slips));
}
