//! What the tests of this crate share: the faces, the ticket, a folder for pictures.

use crate::faces::Faces;
use crate::profile::Profile;
use crate::slip::{Align, Size, Slip};

pub fn faces() -> Faces {
    Faces::new(
        include_bytes!("../../assets/fonts/HallSansSC-Regular.otf"),
        include_bytes!("../../assets/fonts/HallSansSC-Bold.otf"),
    )
    .expect("the fonts of the product")
}

pub fn profiles() -> Vec<Profile> {
    Profile::names().into_iter().map(|name| Profile::find(name).expect("built in")).collect()
}

pub fn profile(name: &str) -> Profile {
    Profile::find(name).expect("built in")
}

pub const TICKET_URL: &str = "http://192.168.10.5:8080/t/7Q2MZKX4RB9CWNHV3JTD6EYF8A";

/// The ticket as halls print it.
pub fn ticket() -> Slip {
    Slip::new()
        .text("云溪县政务服务中心", Size::Double, Align::Centre)
        .text("排队号票", Size::Normal, Align::Centre)
        .rule(true)
        .big("A012")
        .text("企业开办", Size::Double, Align::Centre)
        .label("绿色通道")
        .pair("办理窗口", "1、2 号窗口（一楼A区）", Size::Normal)
        .pair("前面等候", "5 人", Size::Double)
        .pair("预计等候", "10~20 分钟", Size::Normal)
        .pair("取号时间", "2026-11-23 09:14", Size::Normal)
        .rule(true)
        .text("请在等候区就座，留意屏幕和语音叫号。", Size::Normal, Align::Left)
        .text("叫号三次未到视为过号，30分钟内可到导办台激活一次。", Size::Normal, Align::Left)
        .text("本号当日有效。", Size::Normal, Align::Left)
        .qr(TICKET_URL, vec!["扫码查进度".to_owned(), "办结后评价".to_owned()])
        .text("咨询投诉：12345", Size::Normal, Align::Left)
        .text("监督电话：0576-88886666", Size::Normal, Align::Left)
        .cut()
}
