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
