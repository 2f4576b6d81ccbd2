//! Messages to and from devices. Faces are whole pictures with a revision; jobs have an id and an
//! expiry; reports have a boot id and a counter.

use hall::{
    ids::{DeviceId, LegId, WindowId},
    number::TicketNo,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    board::{HallRow, Wait},
    clock::Clock,
    papers::{Paper, SlipOutcome},
    plates::{TabletFace, WindowFace},
    spoken::{Broadcast, Notice},
    texts::Texts,
};

/// What a device is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeviceKind {
    /// LED条屏 over a window.
    Strip,
    /// 叫号器.
    Pad,
    /// 评价器.
    Evaluator,
    /// 取号机.
    Kiosk,
    /// 综合屏.
    HallScreen,
    /// 窗口屏: a plate over or on a window.
    WindowScreen,
    /// 评价平板: an evaluator with a screen.
    Tablet,
    /// 语音播报.
    Voice,
    /// A slip printer.
    Printer,
    /// 身份证阅读器 at a kiosk.
    Reader,
}

/// 应显示: the whole face a device must show now. Retained; published again on every connect.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Wanted {
    /// Grows with each change of the face; a device confirms the revision it shows.
    pub revision: u64,
    /// The face.
    pub face: Face,
}

/// A face.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Face {
    /// A window strip: one line of text.
    Strip {
        /// The text, without control characters.
        text: String,
        /// What the text says, for colour and blinking.
        tone: Tone,
    },
    /// A call pad: digits after a call.
    Pad {
        /// The number at the window.
        #[schema(value_type = Option<String>)]
        no: Option<TicketNo>,
        /// How many wait for this window.
        waiting: u16,
    },
    /// An evaluator: the leg to ask about, if any.
    Evaluator {
        /// The asking.
        ask: Option<Ask>,
    },
    /// The hall screen.
    HallScreen(Box<HallScreenFace>),
    /// A window's screen.
    WindowScreen(Box<WindowFace>),
    /// An evaluator with a screen.
    Tablet(Box<TabletFace>),
}

/// How a line is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// Welcome, serving.
    Steady,
    /// Just called: blinks three times, then stands.
    Calling,
    /// Paused or closed.
    Quiet,
}

/// 请评价: about which leg, and until when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Ask {
    /// The leg.
    #[schema(value_type = LegShape)]
    pub leg: LegId,
    /// The number, to be shown.
    #[schema(value_type = String)]
    pub no: TicketNo,
    /// Milliseconds of the world that the asking still lasts when the face is published.
    pub lasts_millis: u64,
}

/// A leg, as JSON has it: for the description alone.
#[derive(ToSchema)]
pub struct LegShape {
    /// The ticket.
    pub ticket: u64,
    /// Which of its legs, from 0.
    pub leg: u8,
}

/// Everything on the hall screen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct HallScreenFace {
    /// The hall's name.
    pub hall_name: String,
    /// 今日值班领导, if the hall names one.
    pub duty_leader: Option<String>,
    /// Rows, newest call first, paused windows last.
    pub rows: Vec<HallRow>,
    /// Waiting in the whole hall.
    pub waiting: u32,
    /// Waiting by zone, in the hall's order.
    pub zones: Vec<ZoneWaiting>,
    /// Running texts, one after another.
    pub running: Vec<String>,
    /// "A区 注册登记": the only zone that it shows; `zones` are that zone's queues then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// 去向栏: who is away, and where.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub away: Vec<Away>,
    /// 公告, in the order of the profile.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<Notice>,
    /// 广播: what is being said to these people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub broadcast: Option<Broadcast>,
    /// The hall's clock.
    pub clock: Clock,
}

/// 去向: a clerk who is not at work now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Away {
    /// The name on the plate.
    pub name: String,
    /// The window where this person works.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub window: Option<WindowId>,
    /// Where: a code of the texts, `meeting`, `errand`, …
    pub whereabouts: String,
}

/// 各区等候.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ZoneWaiting {
    /// "A区".
    pub label: String,
    /// "注册登记".
    pub name: String,
    /// People.
    pub waiting: u32,
    /// The range for somebody who came now; of several queues, from the least to the most. None if
    /// nothing is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wait: Option<Wait>,
}

/// Something to do once; never retained.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Job {
    /// Grows by one for each job of a device in a boot of the server, so that gaps are seen.
    pub id: u64,
    /// The boot of the server that numbered it.
    pub boot: u64,
    /// Milliseconds of the world until it is not worth doing any more.
    pub expires_in_millis: u64,
    /// What to do.
    pub work: Work,
}

pub use hall::limits::EVALUATION_CHARS_MAX;

/// A job's bytes have left, and the device answers nothing: somebody must look.
pub const UNSEEN: &str = "unseen";

/// What a job is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Work {
    /// Speak: chime, then the sentence so many times.
    Say {
        /// The sentence, digits as single words.
        text: String,
        /// How often.
        times: u8,
        /// The window somebody is called to: a newer call there makes this one void, because
        /// whoever it called has been served or passed over meanwhile.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(value_type = Option<String>)]
        window: Option<WindowId>,
        /// How it is spoken.
        #[serde(default, skip_serializing_if = "Delivery::is_usual")]
        how: Delivery,
    },
    /// 蜂鸣.
    Beep,
    /// Tell the clerk whether the key did something.
    Feedback {
        /// It did.
        done: bool,
    },
    /// Show or print a test picture.
    Test {
        /// The window where the device is thought to be, so that whoever looks sees a wrong one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(value_type = Option<String>)]
        window: Option<WindowId>,
    },
    /// 打印: a paper for the person at the window; it never says whose it is.
    Print(Paper),
}

/// 播报方式: how a sentence is spoken. It comes with each job, so one setting serves every zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Delivery {
    /// Milliseconds from the end of one time to the next.
    pub gap_millis: u32,
    /// How loud, in hundredths of the announcer's own volume; 0: it is shown and not spoken.
    pub volume_percent: u8,
    /// How fast, in hundredths of ordinary speech; 80 is a fifth slower.
    pub pace_percent: u8,
    /// 紧急: it goes before everything that waits.
    pub urgent: bool,
}

impl Delivery {
    fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}

impl Default for Delivery {
    fn default() -> Self {
        Self { gap_millis: 6_000, volume_percent: 100, pace_percent: 80, urgent: false }
    }
}

/// Something a device did. At least once; `boot` and `count` make it once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Report {
    /// The boot of the sender, random.
    pub boot: u64,
    /// Counts the sender's reports of this device in this boot, from 1.
    pub count: u64,
    /// How old it was when it was sent, in milliseconds: a key pressed while the broker was away
    /// must not call somebody an hour later.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub age_millis: u64,
    /// What happened.
    pub what: Happening,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
const fn is_zero(millis: &u64) -> bool {
    *millis == 0
}

/// What a device did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Happening {
    /// It shows this revision.
    Shown {
        /// The revision of the wanted face.
        revision: u64,
    },
    /// A key of a call pad.
    Pressed(PadKey),
    /// A key of an evaluator.
    Graded {
        /// The level, 1 to 5.
        level: u8,
        /// How many levels the device has.
        scale: u8,
        /// The leg the device was asking about when it was pressed, if it knows.
        #[schema(value_type = Option<LegShape>)]
        leg: Option<LegId>,
        /// Reasons, in the codes of the texts; only a device with a screen can ask for them.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        reasons: Vec<String>,
        /// What the person added in own words; empty if nothing.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        text: String,
    },
    /// A job was done or could not be.
    JobDone {
        /// The job.
        id: u64,
        /// The boot that numbered it.
        boot: u64,
        /// It was done in time.
        done: bool,
        /// What stood in the way, in a code for the texts (`no_card`, `unread`); empty if it was
        /// done, or nothing more is known. [`UNSEEN`] if it was done as far as can be known.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        why: String,
    },
    /// A paper came out, or did not.
    SlipCame {
        /// The job.
        id: u64,
        /// The boot that numbered it.
        boot: u64,
        /// What became of it.
        outcome: SlipOutcome,
        /// Why it did not come out, in the codes of [`DeviceState::why`]; empty if it did.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        why: String,
    },
}

impl Happening {
    /// A job was done, or could not be for a reason that nobody knows.
    #[must_use]
    pub const fn job_done(id: u64, boot: u64, done: bool) -> Self {
        Self::JobDone { id, boot, done, why: String::new() }
    }
}

/// What a key of a call pad means, by the profile's key map.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PadKey {
    /// 叫号.
    CallNext,
    /// 选呼: the number's digits.
    CallNumber(u16),
    /// 重呼.
    Recall,
    /// 开始.
    Start,
    /// 办结并评价.
    Finish,
    /// 过号.
    NoShow,
    /// 暂停.
    Pause,
    /// 恢复.
    Resume,
    /// 挂起.
    Hold,
    /// 回呼.
    Unhold,
    /// 转移: the window's digits.
    Transfer(String),
    /// 回原窗口.
    Return,
    /// 登录: the staff number's digits.
    SignOn(String),
    /// 退出.
    SignOff,
    /// A key with a meaning this product does not serve; told in words.
    Other(String),
}

impl PadKey {
    /// What it means, in words.
    #[must_use]
    pub fn in_words(&self, texts: &Texts) -> String {
        let word = |name: &str| texts.get(&format!("room.key_{name}")).to_owned();
        match self {
            Self::CallNext => word("call_next"),
            Self::CallNumber(number) => format!("{} {number}", word("call_number")),
            Self::Recall => word("recall"),
            Self::Start => word("start"),
            Self::Finish => word("finish"),
            Self::NoShow => word("no_show"),
            Self::Pause => word("pause"),
            Self::Resume => word("resume"),
            Self::Hold => word("hold"),
            Self::Unhold => word("unhold"),
            Self::Transfer(to) => format!("{} {to}", word("transfer")),
            Self::Return => word("return"),
            Self::SignOn(staff) => format!("{} {staff}", word("sign_on")),
            Self::SignOff => word("sign_off"),
            Self::Other(name) => name.clone(),
        }
    }
}

/// How a device is. Retained.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DeviceState {
    /// Its health.
    pub health: Health,
    /// Why, in a code for the texts: `no_answer`, `port_missing`, `port_busy`, `rubbish`,
    /// `paper_out`, `paper_low`, `cover_open`, `jam`, `printer_offline`, `printer_fault`,
    /// `printer_missing`, …; empty if all is well.
    pub why: String,
    /// The revision it confirmed last.
    pub shown: Option<u64>,
    /// What it is: profile and address, for the electrician.
    pub about: String,
    /// Counters for the electrician, by name: frames, garbage bytes, retries, …
    pub counters: std::collections::BTreeMap<String, u64>,
}

/// 在线 / 异常 / 离线.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Health {
    /// 在线.
    Online,
    /// 异常: answers, but something is wrong.
    Ill,
    /// 离线.
    Offline,
}

/// How a bridge is; its last will says offline. A device is online when its bridge is and it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BridgeState {
    /// Connected.
    pub online: bool,
    /// Its boot.
    pub boot: u64,
    /// The devices it carries.
    #[schema(value_type = Vec<String>)]
    pub devices: Vec<DeviceId>,
}

/// What a twin shows, made from the bytes it got. Retained.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Picture {
    /// A strip's text, as its bytes say.
    Strip {
        /// The characters and their colour codes.
        text: String,
        /// 0 red; 1, 2 other colours.
        colour: u8,
    },
    /// A panel of diodes.
    Panel {
        /// Its letters, line after line.
        text: String,
        /// A PNG of its diodes in base64, in the colours that its bytes ask for.
        png_base64: String,
    },
    /// A pad's digits.
    Pad {
        /// Six positions, blanks as spaces.
        digits: String,
        /// How often it beeped.
        beeps: u32,
        /// The meanings that it has a key for: `call_next`, `no_show`, …; each can be pressed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        keys: Vec<String>,
    },
    /// An evaluator.
    Evaluator {
        /// It asks now.
        asking: bool,
        /// How many grade keys it has.
        keys: u8,
        /// The national levels of its keys, 1 to 5, rising; none from an older twin.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        levels: Vec<u8>,
    },
    /// The last slip, as a picture of exactly the bytes sent.
    Slip {
        /// A PNG in base64.
        png_base64: String,
        /// The text on it.
        text: String,
        /// How many slips came out.
        slips: u32,
        /// The virtual printer has paper.
        paper: bool,
    },
}

impl Picture {
    /// What diodes spell; none of a device that has none.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Strip { text, .. } | Self::Panel { text, .. } => Some(text),
            Self::Pad { .. } | Self::Evaluator { .. } | Self::Slip { .. } => None,
        }
    }
}

/// A key pressed in the device room on a twin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Press {
    /// The key's name: a pad key (`call`, `recall`, `finish`, `0`…`9`, `ok`, …) or a meaning that the
    /// pad's profile has a key for (`no_show`, …), a grade `1`…`5`,
    /// or `paper` to take out or put in the paper of a virtual printer.
    pub key: String,
    /// Repeats do nothing.
    pub id: u64,
}

/// Which window a device belongs to, if any.
pub type Belongs = Option<WindowId>;
