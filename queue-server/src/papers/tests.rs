//! What papers say, line by line, and what they never say.

use std::sync::Arc;

use hall::{
    command::{Command, Issue},
    words::desk::{DeclineReason, Material},
};
use wire::papers::{CHARS_MAX, LINES_MAX, PaperLine};

use super::*;
use crate::{app::App, clock::day_of, http::limits::LimitSettings, outbox, testing};

/// A county hall with somebody served at a window.
struct Served {
    app: Arc<App>,
    window: WindowId,
    asked: std::cell::Cell<u32>,
    _data: tempfile::TempDir,
    _stop: tokio::sync::watch::Sender<bool>,
}

impl Served {
    async fn with(item: &str) -> Self {
        let (app, data, stop) = testing::app(LimitSettings::default());
        let item = app.profile.setup.item(item.parse().unwrap()).unwrap().clone();
        let mut windows = app.profile.setup.windows().iter();
        let window = windows.find(|window| window.primary.contains(&item.queue)).unwrap().id;
        let mut posts = app.profile.posts.iter();
        let staff = posts.find(|post| post.windows.contains(&window)).unwrap().no;
        let served = Self { app, window, asked: 0.into(), _data: data, _stop: stop };
        served.does(Command::SignOn { window, staff }).await;
        let Command::Issue(issue) = testing::issue_command() else { panic!("an issue") };
        let issue = Issue { item: Some(item.id), queue: item.queue, ..issue };
        served.does(Command::Issue(issue)).await;
        served.does(Command::CallNext { window, finish_current: true }).await;
        served.does(Command::Start { window }).await;
        served
    }

    async fn does(&self, command: Command) {
        self.asked.set(self.asked.get() + 1);
        let wish = testing::wish("kiosk-1", &self.asked.get().to_string(), command);
        self.app.engine.ask(wish).await.unwrap();
    }

    fn paper(&self, kind: PaperKind) -> Option<Paper> {
        self.app.read(|hall| Visit::at(&outbox::view(&self.app, hall), self.window)?.paper(kind))
    }

    /// The paper as text; times of the clock are left out.
    fn text(&self, kind: PaperKind) -> String {
        let paper = self.paper(kind).expect("there is such a paper");
        assert!(paper.is_bounded());
        let text = paper.text().replace("2026-11-23 09:00", "TIME");
        text.replace("2026-11-23 09:01", "TIME")
    }

    async fn notice(&self, missing: Vec<Material>) {
        let window = self.window;
        self.does(Command::Notice { window, case: None, item: None, missing }).await;
    }
}

#[tokio::test]
async fn a_notice_lists_everything_that_is_missing() {
    let served = Served::with("A01").await;
    assert_eq!(served.paper(PaperKind::Notice), None, "nothing was told yet");
    served.notice(vec![Material::Numbered(2), Material::Named("委托书".to_owned())]).await;
    assert_eq!(
        served.text(PaperKind::Notice),
        "云溪县政务服务中心\n一次性告知单\n号码 A001\n办理事项 企业设立登记(一件事)\n窗口 1 号窗口 企业开办\n\
         您申请办理的事项还缺少以下材料：\n1. 住所使用证明\n2. 委托书\n\
         办理依据 《中华人民共和国市场主体登记管理条例》\n请备齐以上材料，凭本单再来办理。\n\
         告知时间 TIME\n咨询电话 0576-8610 0100\n监督电话 0576-8610 0110\n（盖章）"
    );
}

#[tokio::test]
async fn a_receipt_says_until_when_and_how_the_result_is_fetched() {
    let served = Served::with("M01").await;
    let case = "M2026112300001".parse().unwrap();
    let due = Some(day_of(jiff::civil::date(2026, 12, 2)));
    let window = served.window;
    served.does(Command::Accept { window, case: Some(case), item: None, due }).await;
    let text = served.text(PaperKind::Receipt);
    for line in [
        "受理凭证",
        "办件编号 M2026112300001",
        "受理时间 TIME",
        "承诺办结 2026-12-02",
        "请于 2026-12-02 后凭本凭证领取结果，或选择寄递。",
        "M2026112300001 领取时扫码 或报办件编号",
        "（盖章）",
    ] {
        assert!(text.lines().any(|each| each == line), "{line} in\n{text}");
    }
    let paper = served.paper(PaperKind::Receipt).unwrap();
    let large = |line: &PaperLine| matches!(line, PaperLine::Pair { large: true, value, .. } if value == "2026-12-02");
    assert!(paper.lines.iter().any(large), "the day is what the person must keep in mind");
}

#[tokio::test]
async fn what_is_done_on_the_spot_promises_no_day() {
    let served = Served::with("A02").await;
    let window = served.window;
    served.does(Command::Accept { window, case: None, item: None, due: None }).await;
    let text = served.text(PaperKind::Receipt);
    assert!(text.contains("本件当场办结") && !text.contains("承诺办结"), "{text}");
}

#[tokio::test]
async fn a_refusal_says_each_reason_and_what_one_can_do() {
    let served = Served::with("M01").await;
    let reasons = vec![DeclineReason::NotOurs, DeclineReason::TooLate];
    let window = served.window;
    served.does(Command::Decline { window, case: None, item: None, reasons }).await;
    let text = served.text(PaperKind::Refusal);
    assert!(text.contains("\n1. 不属于本机关职权范围\n2. 已过申请期限\n"), "{text}");
    assert!(text.contains("行政复议") && text.ends_with("（盖章）"), "{text}");
}

#[tokio::test]
async fn a_guide_says_what_is_published_of_the_item() {
    let served = Served::with("M01").await;
    let text = served.text(PaperKind::Guide);
    for line in ["1. 申请表", "承诺期限：承诺7个工作日内办结", "办事结果：普通护照"]
    {
        assert!(text.lines().any(|each| each == line), "{line} in\n{text}");
    }
    let agency = served.text(PaperKind::Agency);
    assert!(agency.contains("免费代办") && agency.contains("□ 已收件"), "{agency}");
}

#[tokio::test]
async fn no_paper_says_whose_it_is() {
    let served = Served::with("M01").await;
    served.notice(vec![Material::Numbered(1)]).await;
    let token = served.app.read(|hall| hall.ticket_at(served.window).unwrap().token.to_string());
    for kind in PaperKind::ALL {
        let Some(paper) = served.paper(kind) else { continue };
        let message = serde_json::to_string(&paper).unwrap();
        assert!(!message.contains(&token), "{kind:?} carries the ticket's secret");
    }
}

#[tokio::test]
async fn another_notice_is_another_paper_and_the_same_again_is_a_reprint() {
    let served = Served::with("M01").await;
    let which = || {
        served.app.read(|hall| {
            Visit::at(&outbox::view(&served.app, hall), served.window)
                .unwrap()
                .which(PaperKind::Notice)
        })
    };
    served.notice(vec![Material::Numbered(1)]).await;
    let first = which();
    served.app.printroom.note_printed(first);
    assert!(served.app.printroom.was_printed(&which()));
    served.notice(vec![Material::Numbered(2)]).await;
    assert!(!served.app.printroom.was_printed(&which()));
}

#[tokio::test]
async fn a_guide_of_any_length_keeps_its_foot_and_says_that_it_was_cut() {
    let served = Served::with("M01").await;
    let text = served.app.read(|hall| {
        let view = outbox::view(&served.app, hall);
        let mut lines = Lines::new(&view, PaperKind::Guide);
        for _ in 0..200 {
            lines.put(PaperLine::Text("材料".repeat(300)));
        }
        Visit::at(&view, served.window).unwrap().foot("paper.printed_at", &mut lines);
        let paper = Paper { kind: PaperKind::Guide, again: false, lines: lines.end() };
        assert!(paper.is_bounded() && paper.lines.len() <= LINES_MAX);
        assert!(serde_json::to_vec(&paper).unwrap().len() < CHARS_MAX * 4);
        paper.text()
    });
    assert!(text.contains("咨询电话") && text.ends_with("请到窗口查看全文）"), "{text}");
}
