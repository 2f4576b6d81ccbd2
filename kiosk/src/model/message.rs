//! What can happen to the kiosk, and what it asks its shell to do.

use wire::{
    board::Board,
    catalogue::{Catalogue, ItemGuide},
    http::{SlipBody, booking::DocumentText, matters::ToldMatter},
    ids::{ItemId, QueueId, TicketId, ZoneId},
    reader::{ReadCard, Unread},
    texts::Language,
    words::{PriorityClass, Rating, Reason, people::GrantReason},
};

use crate::alone::Alone;

use super::{
    PrinterState,
    lacking::Lacking,
    operator::{Code, Ending},
    page::{Choice, Taken},
    service::{Answer, Extras, Proof, Question},
};

/// Something happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    /// The person touched something.
    Touch(Touch),
    /// Time passed.
    Tick,
    /// The catalogue came.
    CatalogueCame(Box<Catalogue>),
    /// The board came.
    BoardCame(Box<Board>),
    /// The server did not answer; so many tries in a row.
    ServerSilent {
        /// Tries in a row.
        tries: u32,
    },
    /// The printer told its state.
    PrinterTold(PrinterState),
    /// The server took down what the printer says.
    PrinterKnown,
    /// How the kiosk could go on alone.
    AloneTold(Box<Alone>),
    /// The number is reserved; the slip is printing.
    Reserved,
    /// The ticket is in the person's hand.
    Taken(Box<Taken>),
    /// The server said no.
    Refused {
        /// The refusal's code.
        code: String,
        /// What happened.
        title: String,
        /// What to do.
        detail: Option<String>,
        /// The ticket that the person holds already.
        ticket: Option<TicketId>,
    },
    /// The card reader has come, or gone.
    ReaderTold(bool),
    /// A card was read.
    CardRead(Box<ReadCard>),
    /// A card was laid down and gave nothing.
    CardUnread(Unread),
    /// 回执: it came out, or it did not.
    ReceiptPrinted(bool),
    /// 运维: the code was compared.
    CodeChecked {
        /// It is the one.
        is_right: bool,
        /// What this process holds of the machine's memory, in MiB.
        memory_mib: Option<u32>,
    },
    /// 测试小票: it came out, or it did not.
    TestPrinted(bool),
    /// 没有找到要办的事项: it is on the disk, or it is not.
    LackingKept(bool),
    /// 打印指南: it came out, or not.
    GuidePrinted(bool),
    /// The slip did not come out; no number is used.
    PaperFailed(PrinterState),
    /// The server did not answer the order.
    NoAnswer,
    /// The guide desk was told, or not.
    HelpTold(bool),
    /// Somebody said that they see to the call for help.
    HelpSeen,
    /// A code was scanned.
    Scanned(String),
    /// The server answered a question.
    Answered {
        /// Which.
        number: u32,
        /// What.
        answer: Box<Answer>,
    },
}

/// What the person touched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Touch {
    /// Somewhere between the keys: it does nothing, and shows that somebody is there.
    Beside,
    /// 现场取号.
    Take,
    /// 领证取件.
    PickUp,
    /// 办事指南.
    Guide,
    /// 排队查询.
    Progress,
    /// 我要反映.
    Complain,
    /// 优先服务.
    Priority,
    /// One of the classes, and who one is.
    Class(PriorityClass, Option<GrantReason>),
    /// 无声叫号: one does not hear, and goes first as disabled people do.
    Silent,
    /// A zone of 长者版, or a tab.
    Zone(Option<ZoneId>),
    /// A queue.
    Queue(QueueId),
    /// An item.
    Item(ItemId),
    /// 其他事项.
    OtherItem(QueueId),
    /// 材料已齐，取号.
    Confirm,
    /// 如未带身份证请点击此按钮.
    TypeNumber,
    /// A character of the number.
    Digit(char),
    /// 删除.
    Erase,
    /// 确定，取号: the number is typed.
    NumberTyped,
    /// 不提供身份证取号.
    WithoutIdentity,
    /// 补打号票.
    Reprint,
    /// 重新激活.
    Reactivate,
    /// 输入号码查询.
    FindByNumber,
    /// 刷身份证查询.
    FindByCard,
    /// 再办一件.
    OneMore,
    /// 再加一件.
    AddItem,
    /// 去掉 an item of several.
    DropItem(ItemId),
    /// 材料已齐，取号 for several items.
    TakeAll,
    /// 大厅地图, and 怎么走 to a queue's windows.
    Map(Option<QueueId>),
    /// 常办事项.
    Popular,
    /// 按首字母查找.
    Search,
    /// A character that the letters typed last stand for.
    Character(char),
    /// 清空.
    Clear,
    /// 查看找到的: what is found, in 长者版.
    ShowFound,
    /// 查询: what is typed on a service's keys is asked for.
    Seek,
    /// ABC, 123: other keys in 长者版.
    OtherKeys,
    /// 预约取号.
    Book,
    /// 刷身份证取预约号.
    BookByCard,
    /// 取号, 转为现场号: the ticket of the booking that is shown.
    CheckIn,
    /// 没有单号: a number for 领证取件 without one.
    WithoutCase,
    /// 查看指南.
    ReadGuide(ItemId),
    /// 打印指南.
    PrintGuide,
    /// 材料已齐，取号, from the guide.
    TakeItem(ItemId),
    /// 服务评价.
    Evaluate,
    /// One of the five levels.
    Level(Rating),
    /// A reason, chosen or let go.
    Why(Reason),
    /// 提交.
    Submit,
    /// 我要反映: a number for the window.
    ComplainNumber,
    /// 我要反映: told here, for a receipt.
    Register,
    /// 查回执.
    FindReceipt,
    /// The corner behind which 运维 lies.
    Corner,
    /// 打印测试小票.
    TestSlip,
    /// 关闭, 重新启动.
    End(Ending),
    /// 没有找到要办的事项.
    NotFound,
    /// One of the kinds, by its place in [`Model::departments`](super::Model::departments).
    Kind(usize),
    /// 用拼音写.
    WriteLacking,
    /// 我不知道.
    DoNotKnow,
    /// 到综合窗口取号.
    GeneralQueue,
    /// 更多服务.
    More,
    /// 上一页.
    Previous,
    /// 下一页.
    Next,
    /// 返回.
    Back,
    /// 首页.
    Home,
    /// 长者版.
    Elder,
    /// 返回普通版.
    Ordinary,
    /// English, and back.
    Language,
    /// 请工作人员帮忙.
    Help,
    /// 我还需要时间.
    MoreTime,
    /// 完成.
    Done,
    /// 不要纸票，记住号码.
    WithoutPaper,
    /// The spoken line: say it again.
    SayAgain,
    /// +.
    Louder,
    /// −.
    Softer,
    /// 语音播报 开/关.
    Voice,
    /// 低位: everything that is touched stands low.
    Low,
    /// 高对比.
    Contrast,
}

/// What the shell is asked to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Take a ticket.
    Take(Order),
    /// Print once more what the person holds already.
    Reprint(Reprint),
    /// 打印指南.
    PrintGuide {
        /// What is published.
        guide: Box<ItemGuide>,
        /// The language of its labels.
        language: Language,
    },
    /// Print a receipt.
    PrintReceipt {
        /// Of what.
        matter: Box<ToldMatter>,
        /// The hall's name, as it stands on slips.
        hall: String,
        /// Its language.
        language: Language,
    },
    /// Compare a code with the operator's.
    CheckCode(Code),
    /// 打印测试小票.
    PrintTest,
    /// End the program.
    End(Ending),
    /// Keep what somebody did not find.
    NoteLacking(Lacking),
    /// Ask the server.
    Ask {
        /// Which question: its answer bears the same number.
        number: u32,
        /// What.
        question: Question,
        /// The language of a refusal.
        language: Language,
    },
    /// Tell the card reader whether a card is wanted.
    WantCard(bool),
    /// Tell the guide desk.
    CallHelp,
    /// Say a sentence.
    Say {
        /// The sentence.
        text: String,
        /// Its language.
        language: Language,
        /// How loud, 1 to [`crate::limits::VOLUME_MAX`].
        volume: u8,
        /// Slower by a fifth.
        slow: bool,
    },
    /// Stop speaking.
    Hush,
    /// Tell the server what the printer says.
    TellPrinter(PrinterState),
    /// Keep the catalogue for a start without the server.
    KeepCatalogue,
    /// Keep the guide desk's telephone for a start without the server.
    KeepGuidePhone(String),
}

/// 取号: what the counter does as one transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// What the person came for.
    pub choice: Choice,
    /// The class claimed.
    pub class: PriorityClass,
    /// 优先事由: for whom, if the person said so.
    pub reason: Option<GrantReason>,
    /// 无声叫号.
    pub silent: bool,
    /// What the person has shown of themselves.
    pub document: Option<DocumentText>,
    /// 预约, 办件, 一次多办: what belongs to the number beside.
    pub extras: Extras,
    /// A slip is wanted.
    pub paper: bool,
    /// The language of the slip.
    pub language: Language,
    /// 离线: the server is away; a number of the kiosk's own is given out at once.
    pub alone: bool,
    /// What a slip of such a number says, but for the number itself: only its letter stands there.
    pub draft: Option<Box<SlipBody>>,
}

/// Why a number comes on paper once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Again {
    /// 补打: the slip was lost.
    Reprint,
    /// 过号激活: the number was passed.
    Reactivate,
}

/// 补打, 过号激活: what the counter prints once more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reprint {
    /// Which ticket.
    pub ticket: TicketId,
    /// What shows that it is the person's.
    pub proof: Proof,
    /// Why.
    pub again: Again,
    /// The language of the slip.
    pub language: Language,
}
