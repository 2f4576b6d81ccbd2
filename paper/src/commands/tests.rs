use super::*;

#[test]
fn a_picture_cannot_ask_the_printer() {
    for byte in [0x04, 0x05, 0x14] {
        let mut picture = Picture::from_rows(3, &[0x10, byte, 0x01, 0x00, 0x10, 0x10, byte, 0, 0]);
        defuse(&mut picture);
        let commands = picture.bits().windows(2).filter(|pair| *pair == [0x10, byte]).count();
        assert_eq!(commands, 0, "{byte:02X}");
        assert_eq!(picture.bits()[1], byte, "only the dot beside the lone one changes");
    }
}

#[test]
fn a_real_time_question_has_three_bytes_and_the_drawer_five() {
    assert_eq!(ask_now(4), [0x10, 0x04, 0x04]);
    assert_eq!(DRAWER, [0x1b, 0x70, 0x00, 0x19, 0xfa]);
}
