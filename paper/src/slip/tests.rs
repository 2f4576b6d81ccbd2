use super::*;

#[test]
fn commands_and_shapeless_marks_vanish_and_lines_stay() {
    assert_eq!(clean("张\u{1b}p\u{0}三\n一\t二\u{200d}\u{feff}\u{202e}"), "张p三\n一 二");
}

#[test]
fn a_slip_keeps_its_blocks_in_order() {
    let slip = Slip::new().big("A012").rule(false).cut();
    let blocks = [
        Block::Big { text: "A012".to_owned() },
        Block::Rule { dashed: false },
        Block::Cut { partial: true },
    ];
    assert_eq!(slip.blocks, blocks);
}
