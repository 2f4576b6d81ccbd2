use super::*;
use proptest::prelude::*;

const ALL: [Charset; 3] = [Charset::Gb18030, Charset::Gbk, Charset::Gb2312];

#[test]
fn the_bytes_are_those_of_the_standards() {
    for charset in ALL {
        assert_eq!(charset.bytes('政').expect("in all").as_slice(), [0xd5, 0xfe]);
        assert_eq!(charset.bytes('A').expect("in all").as_slice(), b"A");
        assert_eq!(charset.bytes('①').expect("in all").as_slice(), [0xa2, 0xd9]);
    }
    assert_eq!(Charset::Gbk.bytes('喆').expect("in GBK").as_slice(), [0x86, 0xb4]);
    assert_eq!(Charset::Gb18030.bytes('€').expect("in GB 18030").as_slice(), [0xa2, 0xe3]);
}

#[test]
fn what_a_printer_cannot_print_has_no_bytes() {
    for c in ['镕', '喆'] {
        assert_eq!(Charset::Gb2312.bytes(c), None, "{c}");
    }
    for charset in ALL {
        for c in ['𠮷', '😀', '\u{1b}', '\u{7f}', '\u{e000}', '\n'] {
            assert_eq!(charset.bytes(c), None, "{c:?}");
        }
    }
    assert_eq!(Charset::Gbk.bytes('€'), None);
}

#[test]
fn gb2312_has_as_many_characters_as_the_standard_says() {
    let count = ('\u{80}'..='\u{ffff}').filter(|c| Charset::Gb2312.bytes(*c).is_some()).count();
    assert_eq!(count, 7_445);
}

proptest! {
    #[test]
    fn what_has_bytes_is_read_back(c: char) {
        for charset in ALL {
            if let Some(bytes) = charset.bytes(c)
                && let [lead, trail] = *bytes.as_slice()
            {
                prop_assert_eq!(charset.read(lead, trail), Some(c));
            }
        }
    }
}
