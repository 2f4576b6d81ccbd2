//! The county hall of the gallery.

use super::{
    Alone, Board, CaseKind, Catalogue, CatalogueItem, CatalogueQueue, CatalogueZone, Clock,
    FurtherQueue, HallRow, HoursSpan, Identity, Model, Opening, PriorityClass, QueueId, QueueLine,
    RowState, SlipBody, Wait, WindowId, WindowLine, WindowState, ZoneId,
};

mod english_names;
mod floor;

/// 2026-11-23 09:14, a Monday, in China.
const AT: i64 = 1_795_396_440_000;

struct Row {
    letter: &'static str,
    name: &'static str,
    short: &'static str,
    zone: &'static str,
    windows: &'static [&'static str],
    waiting: u32,
    wait: Option<(u16, u16)>,
    state: Given,
}

#[derive(PartialEq)]
enum Given {
    Yes,
    NotNow,
    SoldOut,
}
use Given::{NotNow, SoldOut, Yes};

const fn row(
    letter: &'static str,
    names: (&'static str, &'static str),
    zone: &'static str,
    windows: &'static [&'static str],
    waiting: u32,
    wait: Option<(u16, u16)>,
    state: Given,
) -> Row {
    Row { letter, name: names.0, short: names.1, zone, windows, waiting, wait, state }
}

const ROWS: [Row; 16] = [
    row("A", ("企业开办", "企业开办"), "A", &["1", "2"], 5, Some((10, 20)), Yes),
    row("B", ("经营许可", "经营许可"), "A", &["3"], 0, Some((0, 5)), Yes),
    row("C", ("税务办理", "税务办理"), "A", &["4", "5"], 9, Some((20, 30)), Yes),
    row("D", ("投资项目综合受理", "投资项目"), "B", &["6"], 0, None, NotNow),
    row("E", ("不动产登记", "不动产登记"), "B", &["7", "8", "9"], 8, Some((30, 40)), Yes),
    row("F", ("社会保险", "社会保险"), "C", &["10", "11"], 14, Some((70, 90)), Yes),
    row("G", ("就业人才", "就业人才"), "C", &["14"], 2, Some((10, 20)), Yes),
    row("H", ("医疗保障", "医疗保障"), "C", &["12", "13"], 7, Some((20, 30)), Yes),
    row("J", ("民政事务", "民政事务"), "C", &["15"], 1, Some((5, 10)), Yes),
    row("K", ("无差别综合受理", "综合受理"), "C", &["16", "17"], 4, Some((10, 20)), Yes),
    row("L", ("户籍证件", "户籍证件"), "D", &["18", "19"], 6, Some((20, 30)), Yes),
    row("M", ("出入境证件", "出入境证件"), "D", &["20"], 9, None, SoldOut),
    row("N", ("住房公积金", "住房公积金"), "D", &["21"], 3, None, Yes),
    row("P", ("水电气联办", "水电气联办"), "D", &["22"], 2, Some((5, 15)), Yes),
    row("R", ("统一出件", "统一出件"), "D", &["23"], 3, Some((5, 10)), Yes),
    row("W", ("办不成事反映", "办不成事"), "D", &["24"], 0, Some((0, 5)), Yes),
];

fn id<T: std::str::FromStr>(text: &str) -> T
where
    T::Err: std::fmt::Debug,
{
    text.parse().expect("the sample's ids are short words")
}

fn windows(row: &Row) -> Vec<WindowId> {
    row.windows.iter().map(|window| id(window)).collect()
}

/// What can be done there.
pub fn catalogue() -> Catalogue {
    let zone = |letter: &str, name: &str| CatalogueZone {
        id: id::<ZoneId>(letter),
        label: match letter {
            "G" => "咨询".to_owned(),
            "X" => "配套".to_owned(),
            _ => format!("{letter}区"),
        },
        name: name.to_owned(),
        place: format!("一楼{letter}区"),
        english_label: Some(english_names::zone_label(letter)),
        english_name: Some(english_names::zone(letter).to_owned()),
        english_place: Some(format!("Area {letter}, floor 1")),
    };
    let queue = |row: &Row| CatalogueQueue {
        id: id::<QueueId>(row.letter),
        letter: row.letter.chars().next().unwrap_or('A'),
        name: row.name.to_owned(),
        short_name: row.short.to_owned(),
        zone: id(row.zone),
        department: department(row.letter).to_owned(),
        english_name: Some(english_names::queue(row.letter).to_owned()),
        english_department: Some(english_names::department(row.letter).to_owned()),
        windows: windows(row),
        identity: match row.letter {
            "E" => Identity::Required,
            "H" => Identity::Optional,
            _ => Identity::None,
        },
    };
    Catalogue {
        version: "1".to_owned(),
        hall: id("yunxi"),
        hall_name: "云溪县政务服务中心".to_owned(),
        hall_english_name: Some("Yunxi Government Services".to_owned()),
        complaint_phone: "12345".to_owned(),
        guide_phone: "0576-8610 0100".to_owned(),
        supervision_phone: "0576-8610 0110".to_owned(),
        duty_leader: None,
        zones: vec![
            zone("A", "注册登记"),
            zone("B", "投资建设"),
            zone("C", "社会事务"),
            zone("D", "便民服务"),
            zone("G", "导办引导"),
            zone("X", "配套设施"),
        ],
        queues: ROWS.iter().map(queue).collect(),
        further: vec![FurtherQueue {
            id: id("S"),
            name: "收费".to_owned(),
            short_name: "收费".to_owned(),
            english_name: Some("Payment".to_owned()),
        }],
        english_papers: english_names::papers(),
        popular: ["L01", "A02", "L04", "A01", "L03"].map(id::<wire::ids::ItemId>).to_vec(),
        items_max: 3,
        elderly_from_years: 60,
        map: Some(floor::floor()),
        books: true,
        texts: std::collections::BTreeMap::new(),
        items: vec![
            item(
                "A01",
                "企业设立登记（一件事）",
                "A",
                Some(1),
                &["身份证原件（全体股东）", "住所使用证明", "公司章程"],
            ),
            item("A02", "个体工商户登记", "A", None, &["身份证原件", "经营场所证明"]),
            item(
                "L01",
                "居民身份证申领/换领/补领",
                "L",
                Some(15),
                &["居民户口簿原件", "原居民身份证（换领时交回）", "本人到场，现场拍照、采集指纹"],
            ),
            item(
                "L02",
                "户口迁移、立户、分户",
                "L",
                None,
                &["居民户口簿原件", "身份证原件", "房屋产权证明"],
            ),
            item("L03", "出生登记", "L", None, &["出生医学证明", "父母户口簿、身份证", "结婚证"]),
            item(
                "L04",
                "居住证办理与签注（含流动人口信息登记）",
                "L",
                Some(10),
                &["身份证原件", "居住证明"],
            ),
        ],
    }
}

fn item(code: &str, name: &str, queue: &str, days: Option<u16>, bring: &[&str]) -> CatalogueItem {
    CatalogueItem {
        id: id(code),
        name: name.to_owned(),
        queue: id(queue),
        kind: if days.is_some() { CaseKind::Promised } else { CaseKind::OnTheSpot },
        limit_working_days: days,
        bring: bring.iter().map(|&line| line.to_owned()).collect(),
        mean_minutes: 12,
        aliases: Vec::new(),
        english_name: Some(english_names::item(code).to_owned()),
    }
}

/// From a quarter past one hour to a quarter before or past another: the sample's hours.
const fn span(from: u16, until: u16) -> HoursSpan {
    let last = if until < 12 { 45 } else { 15 };
    let first = if from < 12 { 15 } else { 45 };
    HoursSpan { from_minute: from * 60 + first, until_minute: until * 60 + last }
}

/// How it stands there.
pub fn board() -> Board {
    let line = |row: &Row| QueueLine {
        id: id::<QueueId>(row.letter),
        letter: row.letter.chars().next().unwrap_or('A'),
        name: row.name.to_owned(),
        zone: id(row.zone),
        waiting: row.waiting,
        longest_wait_secs: u64::from(row.waiting) * 140,
        wait: row.wait.map(|(low_minutes, high_minutes)| Wait { low_minutes, high_minutes }),
        open_windows: if row.state == NotNow { 0 } else { 1 },
        windows: windows(row),
        issuing: row.state == Yes,
        sold_out: row.state == SoldOut,
        issued: 12,
        served: 7,
    };
    let call = |no: &str, window: &str, business: &str, state, announcement| HallRow {
        no: no.parse().ok(),
        window: id(window),
        business: business.to_owned(),
        state,
        call: 1,
        announcement,
        at: AT,
    };
    let window = |(n, row): (usize, &Row)| WindowLine {
        id: id(row.windows[0]),
        name: row.name.to_owned(),
        zone: id(row.zone),
        state: if n == 3 { WindowState::Paused } else { WindowState::Serving },
        staff: None,
        no: None,
        since: AT,
        pause: None,
        queues: vec![id(row.letter)],
        waiting: row.waiting,
        served: 7,
    };
    Board {
        sequence: 42,
        clock: Clock { at: AT, speed: 1.0, utc_offset_minutes: 480 },
        hall_name: "云溪县政务服务中心".to_owned(),
        opening: Opening {
            issuing: true,
            until: None,
            next: None,
            hours: "上午 8:15—11:45，下午 13:45—17:15".to_owned(),
            spans: vec![span(8, 11), span(13, 17)],
        },
        waiting: ROWS.iter().map(|row| row.waiting).sum(),
        longest_wait_secs: 1_400,
        queues: ROWS.iter().map(line).collect(),
        windows: ROWS.iter().enumerate().map(window).collect(),
        calls: vec![
            call("A012", "1", "企业开办", RowState::Called, 9),
            call("L031", "18", "户籍证件", RowState::Recalled, 8),
            call("C009", "4", "税务办理", RowState::Serving, 7),
            call("E017", "8", "不动产登记", RowState::Serving, 6),
            call("F022", "10", "社会保险", RowState::Serving, 5),
            call("H015", "12", "医疗保障", RowState::Serving, 4),
        ],
        alerts: Vec::new(),
        issued: 190,
        served: 110,
    }
}

/// A ticket there.
pub fn slip() -> SlipBody {
    SlipBody {
        hall_name: "云溪县政务服务中心".to_owned(),
        no: "A012".parse().expect("the sample's number is one"),
        mark: None,
        queue_name: "企业开办".to_owned(),
        item_name: None,
        class: PriorityClass::Ordinary,
        windows: vec![id("1"), id("2")],
        place: "一楼A区".to_owned(),
        ahead: 5,
        wait: Some(Wait { low_minutes: 10, high_minutes: 20 }),
        stops: Vec::new(),
        issued: "2026-11-23 09:14".to_owned(),
        follow_url: "http://192.168.1.10:8080/t/7k3m9qf2x4w8a".to_owned(),
        reactivate_within_minutes: Some(30),
        complaint_phone: "12345".to_owned(),
        supervision_phone: "0576-8610 0110".to_owned(),
        offline: false,
        silent: false,
        window: None,
        english: wire::http::EnglishSlip::default(),
    }
}

/// Numbers in hand for when nobody answers.
pub fn alone(model: &Model) -> Alone {
    let queues = model.catalogue.iter().flat_map(|catalogue| &catalogue.queues);
    let clock = model.board.as_ref().map(|(board, _)| board.clock);
    Alone {
        clock: clock.unwrap_or(Clock { at: 0, speed: 1.0, utc_offset_minutes: 480 }),
        open: true,
        left: queues
            .map(|queue| (queue.letter, if queue.letter == 'C' { 0 } else { 25 }))
            .collect(),
        closed: Vec::new(),
    }
}

/// The department of a queue.
fn department(letter: &str) -> &'static str {
    match letter {
        "A" | "B" => "市场监管局",
        "C" => "税务局",
        "E" => "自然资源局",
        "F" | "G" => "人社局",
        "H" => "医保局",
        "J" => "民政局",
        "L" | "M" => "公安局",
        "N" => "公积金中心",
        "P" => "水电气公司",
        _ => "政务服务中心",
    }
}
