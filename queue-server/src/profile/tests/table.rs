//! Each way in which the small hall can be broken, and what is told of it.
//!
//! What is expected stands in `tests/golden/profile/problems.txt`; `UPDATE_GOLDEN=1` writes it.

use std::{collections::BTreeSet, fmt::Write, fs, path::Path};

use super::super::{Problem, Profile, Sources};

/// A file of the small hall, what stands there, and what stands there instead.
type Break = (&'static str, &'static str, &'static str);

const HALL: &str = "hall.toml";
const ITEMS: &str = "items.csv";
const CALENDAR: &str = "calendar.toml";
const STAFF: &str = "staff.toml";
const DEVICES: &str = "devices.toml";

/// 220 characters are more than anybody remembers.
const LONG_TEXT: &str = concat!(
    "[[voice.scheduled]]\nat = \"08:25\"\ntext = \"",
    "各位办事群众，大家上午好。各位办事群众，大家上午好。各位办事群众，大家上午好。各位办事群众，大家上午好。",
    "各位办事群众，大家上午好。各位办事群众，大家上午好。各位办事群众，大家上午好。各位办事群众，大家上午好。",
    "各位办事群众，大家上午好。各位办事群众，大家上午好。各位办事群众，大家上午好。各位办事群众，大家上午好。",
    "各位办事群众，大家上午好。各位办事群众，大家上午好。各位办事群众，大家上午好。各位办事群众，大家上午好。",
    "各位办事群众，大家上午好。\"\n[rules]"
);

/// Each thing of the floor, wrong: outside, unknown, twice, inside a wall.
const MAP: &str = concat!(
    "[map]\nwidth_m = 10\ndepth_m = 10\n",
    "[[map.zone]]\nzone = \"Q\"\nx_m = 1\ny_m = 1\nwidth_m = 2\ndepth_m = 2\n",
    "[[map.row]]\nwindows = [\"1\", \"99\", \"1\"]\nx_m = 1\ny_m = 1\nto_x_m = 12\nto_y_m = 1\n",
    "[[map.row]]\nx_m = 1\ny_m = 1\n",
    "[[map.place]]\nkind = \"toilett\"\nx_m = 1\ny_m = -1\n",
    "[[map.wall]]\nx_m = 4\ny_m = 4\nwidth_m = 2\ndepth_m = 2\n",
    "[[map.wall]]\nx_m = 4\ny_m = 4\nwidth_m = 0\ndepth_m = 2\n",
    "[[map.kiosk]]\nkiosk = \"kiosk-9\"\nx_m = 5\ny_m = 5\nfacing = \"north\"\n",
    "[[map.kiosk]]\nkiosk = \"kiosk-9\"\nx_m = 5\ny_m = 5\nfacing = \"up\"\n[rules]"
);

const BREAKS: &[Break] = &[
    (HALL, "id = \"small\"\n", ""),
    (HALL, "id = \"small\"", "id = \"石门\""),
    (HALL, "id = \"small\"", "id = "),
    (HALL, "name = \"石门镇便民服务中心\"", "name = \" \""),
    (HALL, "[phones]", "utc_offset_minutes = 4800\n[phones]"),
    (HALL, "guide = \"0576-0000\"", "gide = \"0576-0000\""),
    (HALL, "[rules]", "[voice]\ntimes = 9\nvolume = 50\n[rules]"),
    (HALL, "[rules]", "[[voice.quiet]]\nfrom = \"12:00\"\nuntil = \"12:00\"\n[rules]"),
    (
        HALL,
        "[rules]",
        "[[voice.hour]]\nfrom = \"11:00\"\nuntil = \"14:00\"\nvolume_percent = 60\n[[voice.hour]]\nfrom = \"13:00\"\nuntil = \"15:00\"\nvolume_percent = 101\n[rules]",
    ),
    (
        HALL,
        "[rules]",
        "[[voice.scheduled]]\nat = \"25:00\"\ntext = \" \"\nexpires_minutes = 99\n[rules]",
    ),
    (HALL, "id = \"small\"\n", "id = \"small\"\nenglish_name = \" \"\n"),
    (HALL, "id = \"small\"\n", "id = \"small\"\nenglish_name = \"石门 Town\"\n"),
    (
        HALL,
        "id = \"small\"\n",
        "id = \"small\"\nenglish_name = \"The Convenience Service Centre of Shimen Town\"\n",
    ),
    (
        HALL,
        "seats = 12",
        "english_label = \"Waiting area\"\nenglish_place = \"一楼\"\nenglish_nam = \"All services\"\nseats = 12",
    ),
    (
        HALL,
        "[rules]\n",
        "[english_papers]\n\"身份证原件\" = \"ID card（original）\"\n\"户口簿\" = 3\n\n[rules]\n",
    ),
    (HALL, "name = \"便民服务中心\"", "name = \"便民服务中心\"\nenglish_name = \"\""),
    (
        HALL,
        "name = \"综合受理\"",
        "name = \"综合受理\"\nenglish_name = \"Integrated acceptance of all matters\"",
    ),
    (HALL, "[rules]", LONG_TEXT),
    (HALL, "[rules]", MAP),
    (HALL, "[rules]", "[map]\nwidth_m = 2\ndepth_m = 10\n[rules]"),
    (
        HALL,
        "[rules]",
        "[map]\nwidth_m = 10\ndepth_m = 5\n[[map.row]]\nwindows = [\"1\", \"1\"]\nx_m = 1\ny_m = 1\n[rules]",
    ),
    (HALL, "[rules]", "[map]\nwidth_m = 10\nwall = 3\n[rules]"),
    (HALL, "recalls_max", "recall_max"),
    (HALL, "recalls_max = 2", "recalls_max = 99"),
    (HALL, "recalls_max = 2", "recalls_max = 999"),
    (HALL, "recalls_max = 2", "recalls_max = \"two\""),
    (HALL, "wait_red_minutes = 30", "wait_red_minutes = 3"),
    (HALL, "queue_yellow = 8", "queue_yelow = 8"),
    (HALL, "queue_yellow = 8", "queue_yellow = 80"),
    (HALL, "[rules.alerts]", "[rules.alert]"),
    (HALL, "each_minutes = 30", "each_minutes = 50"),
    (HALL, "each_minutes = 30", "each_minute = 30"),
    (HALL, "each_minutes = 30\n", ""),
    (HALL, "capacity = 2", "capacity = 0"),
    (HALL, "queue = \"Z\"\nfrom", "queue = \"S\"\nfrom"),
    (HALL, "queue = \"Z\"\nfrom", "queue = \"Z\"\nitem = \"H01\"\nfrom"),
    (HALL, "from = \"09:00\"", "from = \"9 o'clock\""),
    (
        HALL,
        "capacity = 2\n",
        "capacity = 2\n[[rules.booking.slots]]\nqueue = \"Z\"\nfrom = \"10:00\"\nuntil = \"12:00\"\neach_minutes = 30\ncapacity = 2\n",
    ),
    (HALL, "until = \"11:00\"", "until = \"12:30\""),
    (HALL, "from = \"09:00\"\nuntil = \"11:00\"", "from = \"14:00\"\nuntil = \"16:00\""),
    (HALL, "seats = 12", "seats = \"many\""),
    (HALL, "seats = 12", "seats = [1]"),
    (HALL, "seats = 12", "seats = 20000"),
    (HALL, "[[zone]]\nid = \"A\"", "[[zone]]\nid = \"B\""),
    (HALL, "[[zone]]\nid = \"A\"", "[[zone]]\nid = \"甲\""),
    (
        HALL,
        "[[zone]]\nid = \"A\"",
        "[[zone]]\nid = \"A\"\nlabel = \"甲\"\nname = \"甲\"\nplace = \"甲\"\n[[zone]]\nid = \"A\"",
    ),
    (HALL, "[[department]]\nid = \"centre\"", "[[department]]\nid = \"center\""),
    (HALL, "[[queue]]\nid = \"Z\"", "[[queue]]\nid = \"O\""),
    (HALL, "[[queue]]\nid = \"S\"", "[[queue]]\nid = \"ZS\""),
    (HALL, "[[queue]]\nid = \"H\"", "[[queue]]\nid = \"户\""),
    (HALL, "[[queue]]\nid = \"H\"", "[[queue]]\nidentity = \"maybe\"\nid = \"H\""),
    (HALL, "name = \"户籍\"\ndepartment", "name = \"户籍和出入境管理业务\"\ndepartment"),
    (HALL, "mean_service_minutes = 3", "mean_service_minutes = 3000"),
    (HALL, "issued = false", "issued = no"),
    (HALL, "issued = false", "issued = \"no\""),
    (
        HALL,
        "[[window]]\nid = \"1\"",
        "[[queue]]\nid = \"D\"\nname = \"丁\"\ndepartment = \"centre\"\nzone = \"A\"\nmean_service_minutes = 3\n[[queue]]\nid = \"E\"\nname = \"戊\"\ndepartment = \"centre\"\nzone = \"A\"\nmean_service_minutes = 3\n[[window]]\nid = \"9\"\nname = \"九\"\nzone = \"A\"\nprimary = [\"D\", \"E\"]\n[[window]]\nid = \"1\"",
    ),
    (HALL, "[[window]]\nid = \"2\"", "[[window]]\nid = \"1\""),
    (HALL, "[[window]]\nid = \"2\"", "[[window]]\nid = \"二\""),
    (HALL, "kind = \"integrated\"", "kind = \"integral\""),
    (
        HALL,
        "[[window]]\nid = \"1\"",
        "[[window]]\nid = \"3\"\nname = \"潮汐\"\nzone = \"A\"\nkind = \"temporary\"\n[[window]]\nid = \"1\"",
    ),
    (HALL, "primary = [\"H\"]", "primary = []"),
    (HALL, "primary = [\"H\"]", "primary = [\"X\"]"),
    (HALL, "primary = [\"H\"]", "primary = [\"H\", \"H\"]"),
    (HALL, "primary = [\"H\"]", "only = \"military\"\nprimary = [\"H\"]"),
    (HALL, "primary = [\"H\"]", "only = \"millitary\"\nprimary = [\"H\"]"),
    (HALL, "[[window]]", "[[windows]]"),
    (HALL, "legs = [\"Z\", \"S\", \"H01\"]", "legs = [\"Z\", \"T\", \"H99\"]"),
    (HALL, "legs = [\"Z\", \"S\", \"H01\"]", "legs = []"),
    (HALL, "id = \"house\"\nname", "id = \"房产\"\nname"),
    (HALL, "lead = \"centre\"", "lead = \"center\""),
    (ITEMS, ",per_day,", ",perday,"),
    (ITEMS, "mean_minutes", "means_minutes"),
    (ITEMS, "code,name,", "name,"),
    (ITEMS, "code,name,", "code,code,"),
    (ITEMS, "Z02,", "Z01,"),
    (ITEMS, "Z02,", "低保,"),
    (ITEMS, "Z02,低保申请,", "Z02,,"),
    (ITEMS, "Z02,低保申请,Z", "Z02,低保申请,Y"),
    (ITEMS, "Z02,低保申请,Z", "Z02,低保申请,S"),
    (ITEMS, ",promised,", ",promise,"),
    (ITEMS, ",promised,20,30", ",promised,,30"),
    (ITEMS, ",promised,20,30", ",promised,40,30"),
    (ITEMS, ",promised,20,30", ",promised,2000,30"),
    (ITEMS, ",promised,20,30", ",promised,twenty,30"),
    (ITEMS, "on_the_spot,,", "on_the_spot,5,"),
    (ITEMS, ",18,6,2,", ",1800,6,2,"),
    (ITEMS, "马上办；就近办", "马上办；随便办"),
    (ITEMS, "身份证原件；户口簿", "身份证原件,户口簿,银行卡"),
    (ITEMS, "H01,户口登记", "H01,\"户口登记"),
    (ITEMS, "5,身份证原件", "5,\"身份证原件"),
    (ITEMS, "code,name", "code,\"name"),
    (
        ITEMS,
        "5,身份证原件,马上办；就近办\nZ02,低保申请,Z,promised,20,30,18,6,2,身份证",
        "5,\"身份证原件,马上办；就近办\nZ02,低保申请,Z,promised,20,30,18,6,2,\"身份证",
    ),
    (ITEMS, "身份证原件；户口簿", "\"身份证原件\n户口簿\n照片\n申请表\n承诺书\""),
    (ITEMS, "Z02,低保申请,Z,promised", "Z02,低保申请,Z promised"),
    (ITEMS, "H01,户口登记,H,即办件,,,15,6,3,户口簿,", "H01,户口登记"),
    (ITEMS, "户口簿,\n", "户口簿,出生,证明,\n"),
    (ITEMS, "H01,户口登记,H", "H01,户口登记 H"),
    (ITEMS, "code,name,queue", "code,name,ticket"),
    (
        ITEMS,
        "code,name,queue,kind,limit_working_days,statutory_working_days,mean_minutes,sd_minutes,per_day,bring,tags",
        "code;name;queue;kind;limit_working_days;statutory_working_days;mean_minutes;sd_minutes;per_day;bring;tags",
    ),
    (
        ITEMS,
        "code,name,queue,kind,limit_working_days,statutory_working_days,mean_minutes,sd_minutes,per_day,bring,tags",
        "code\tname\tqueue\tkind\tlimit_working_days\tstatutory_working_days\tmean_minutes\tsd_minutes\tper_day\tbring\ttags",
    ),
    (CALENDAR, "opens = \"08:30\"", "opens = \"8:30\""),
    (CALENDAR, "opens = \"08:30\"", "opens = \"12:30\""),
    (CALENDAR, "\"mon\", ", "\"mo\", "),
    (CALENDAR, "days = [\"mon\", \"tue\", \"wed\", \"thu\", \"fri\"]", "days = []"),
    (CALENDAR, "sweep_at = [\"12:30\", \"18:00\"]", "sweep_at = \"12:30\""),
    (CALENDAR, "[[session]]", "[[sesion]]"),
    (
        CALENDAR,
        "[[session]]",
        "[[year]]\nyear = 2026\nsource = \"s\"\nholidays = [\"1 May\"]\n[[session]]",
    ),
    (
        CALENDAR,
        "[[session]]",
        "[[year]]\nyear = 2026\nsource = \"s\"\nholidays = [\"2026-05-05/2026-05-01\"]\n[[session]]",
    ),
    (
        CALENDAR,
        "[[session]]",
        "[[year]]\nyear = 2026\nsource = \"s\"\nholidays = [\"2027-05-01\"]\n[[session]]",
    ),
    (
        CALENDAR,
        "[[session]]",
        "[[year]]\nyear = 2026\nsource = \"s\"\nswapped = [\"2026-05-08\"]\n[[session]]",
    ),
    (
        CALENDAR,
        "[[session]]",
        "[[year]]\nyear = 2026\nsource = \"s\"\nholidays = [\"2026-05-09\"]\nswapped = [\"2026-05-09\"]\n[[session]]",
    ),
    (
        CALENDAR,
        "[[session]]",
        "[[tide]]\nwindow = \"2\"\nqueues = [\"Z\"]\nfrom = \"09:00\"\nuntil = \"10:00\"\n\n[[session]]",
    ),
    (
        CALENDAR,
        "[[session]]",
        "[[tide]]\nwindow = \"2\"\nqueues = [\"Z\"]\nfrom = \"09:00\"\nuntil = \"22:00\"\ndays = [\"mon\"]\n[[session]]",
    ),
    (
        CALENDAR,
        "[[session]]",
        "[[tide]]\nwindow = \"22\"\nqueues = [\"Z\"]\nfrom = \"09:00\"\nuntil = \"10:00\"\ndays = [\"mon\"]\n[[session]]",
    ),
    (
        CALENDAR,
        "[[session]]",
        "[[tide]]\nwindow = \"2\"\nqueues = [\"Y\"]\nfrom = \"09:00\"\nuntil = \"10:00\"\ndays = [\"mon\"]\n[[session]]",
    ),
    (
        CALENDAR,
        "[[session]]",
        "[[tide]]\nwindow = \"2\"\nqueues = [\"Z\"]\nfrom = \"09:00\"\nuntil = \"10:00\"\nmonth_days = [32]\n[[session]]",
    ),
    (
        CALENDAR,
        "[[session]]",
        "[[tide]]\nwindow = \"2\"\nqueues = [\"Z\"]\nfrom = \"09:00\"\nuntil = \"10:00\"\ndays = [\"mon\"]\n[[tide]]\nwindow = \"2\"\nqueues = [\"H\"]\nfrom = \"09:30\"\nuntil = \"10:30\"\ndays = [\"mon\", \"tue\"]\n[[session]]",
    ),
    (CALENDAR, "[\"mon\", \"tue\", \"wed\", \"thu\", \"fri\"]", "[\"sat\", \"sun\"]"),
    (CALENDAR, "closes = \"12:00\"", "closes = \"12:00\"\nqueues = [\"H\"]"),
    (CALENDAR, "[[session]]", "[market]\ndates = [\"2026-12-12\"]\n[[session]]"),
    (CALENDAR, "[[session]]", "[market]\nmonth_day = [3]\n[[session]]"),
    (
        CALENDAR,
        "[[session]]",
        "[[early]]\ndate = 2026-12-31\nissue_until = \"16:00\"\ncloses = \"15:00\"\n[[session]]",
    ),
    (
        CALENDAR,
        "closes = \"12:00\"",
        "closes = \"12:00\"\n[[session.segment]]\nqueue = \"Z\"\nfrom = \"07:00\"\nuntil = \"09:00\"\ncap = 5",
    ),
    (CALENDAR, "closes = \"12:00\"", "closes = \"12:00\"\nitems = [\"Z77\"]"),
    (STAFF, "no = \"1002\"", "no = \"1001\""),
    (STAFF, "no = \"1002\"", "no = \"1002\"\nagent = \"yes\""),
    (STAFF, "windows = [\"2\"]", "windows = [\"77\"]"),
    (STAFF, "stand_in = [\"2\"]", "stand_in = [\"1\"]"),
    (STAFF, "department = \"centre\"", "department = \"center\""),
    (STAFF, "department = \"centre\"\n", ""),
    (STAFF, "windows = [\"2\"]", "windows = [\"2\"]\ndepartment = \"centre\"\nchief = true"),
    (STAFF, "items = [\"Z01\"]", "items = [\"Z99\"]"),
    (STAFF, "queues = [\"H\"]\nitems = [\"Z01\"]\n", ""),
    (STAFF, "until = 2026-12-31", "until = 2025-12-31"),
    (STAFF, "until = 2026-12-31", "until = \"soon\""),
    (
        STAFF,
        "stand_in = [\"2\"]\n\n[[staff]]\nno = \"1002\"\nname = \"二号窗口\"\nwindows = [\"2\"]\n\n[[staff.grant]]\nqueues = [\"H\"]\n",
        "\n[[staff]]\nno = \"1002\"\nname = \"二号窗口\"\nwindows = [\"2\"]\n\n[[staff.grant]]\n",
    ),
    (
        HALL,
        "[[window]]\nid = \"1\"",
        "[[running]]\ntext = \"提前闭厅\"\ndays = [\"monday\"]\nfrom = \"17:00\"\nuntil = \"16:00\"\n[[window]]\nid = \"1\"",
    ),
    (DEVICES, "line = \"line-1\"", "line = \"line-9\""),
    (DEVICES, "windows = [\"1\", \"2\"]", "windows = [\"1\", \"22\"]"),
    (DEVICES, "baud = 9600", "baud = 9601"),
    (DEVICES, "kind = \"kiosk\"", "kind = \"kiosks\""),
    (DEVICES, "[[device]]", "[[device]]\nid = \"reader-1\"\nkind = \"reader\"\n[[device]]"),
    (
        DEVICES,
        "[[device]]",
        "[[device]]\nid = \"tablet-1\"\nkind = \"tablet\"\n[[device]]\nid = \"screen-a\"\nkind = \"hall_screen\"\nzone = \"Q\"\n[[device]]",
    ),
    (
        DEVICES,
        "[[device]]",
        "[[device]]\nid = \"reader-1\"\nkind = \"reader\"\nkiosk = \"strip-1\"\n[[device]]",
    ),
    (
        DEVICES,
        "[[device]]",
        "[[device]]\nid = \"reader-1\"\nkind = \"reader\"\nkiosk = \"kiosk-1\"\n[[device]]\nid = \"reader-2\"\nkind = \"reader\"\nkiosk = \"kiosk-1\"\n[[device]]",
    ),
    (
        DEVICES,
        "[[device]]",
        "[[device]]\nid = \"voice-1\"\nkind = \"voice\"\nzone = \"AA\"\n[[device]]",
    ),
    (
        DEVICES,
        "[[device]]",
        "[[device]]\nid = \"voice-1\"\nkind = \"voice\"\nzone = \"A\"\n[[device]]\nid = \"voice-2\"\nkind = \"voice\"\nzone = \"A\"\n[[device]]",
    ),
    (
        DEVICES,
        "[[device]]",
        "[[device]]\nid = \"voice-1\"\nkind = \"voice\"\n[[device]]\nid = \"voice-2\"\nkind = \"voice\"\n[[device]]",
    ),
    (DEVICES, "kind = \"kiosk\"", "kind = \"kiosk\"\nzone = \"A\""),
    (DEVICES, "id = \"kiosk-1\"", "id = \"strip-1\""),
    (DEVICES, "strip = \"strip-a090\"\npad = \"pad-s11\"", ""),
    (
        DEVICES,
        "[[device]]",
        "[[set]]\nline = \"line-1\"\nwindows = [\"2\"]\nstrip = \"strip-a090\"\n[[device]]",
    ),
];

/// A file of the small hall, how it was saved, and the bytes that makes of its text.
type Saved = (&'static str, &'static str, fn(&str) -> Vec<u8>);

const SAVED: &[Saved] = &[
    (ITEMS, "GBK", gbk),
    (ITEMS, "UTF-16, little end first", utf16_little),
    (ITEMS, "UTF-16, big end first", utf16_big),
    (HALL, "GBK", gbk),
    (CALENDAR, "UTF-16, little end first", utf16_little),
    (STAFF, "GBK", gbk),
    (DEVICES, "UTF-16, big end first", utf16_big),
];

/// Two bytes for each Chinese letter, as GBK writes them; which ones does not matter here.
fn gbk(text: &str) -> Vec<u8> {
    let bytes = |letter: char| u8::try_from(letter).ok().filter(u8::is_ascii);
    text.chars().flat_map(|letter| bytes(letter).map_or(vec![0xd6, 0xd0], |it| vec![it])).collect()
}

fn utf16_little(text: &str) -> Vec<u8> {
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    units.flat_map(u16::to_le_bytes).collect()
}

fn utf16_big(text: &str) -> Vec<u8> {
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    units.flat_map(u16::to_be_bytes).collect()
}

/// What is found in the small hall's folder when one file was saved otherwise.
fn found_saved(file: &str, save: fn(&str) -> Vec<u8>) -> Vec<Problem> {
    let folder = tempfile::tempdir().unwrap();
    for name in [HALL, ITEMS, CALENDAR, STAFF, DEVICES] {
        let text = small(name);
        let bytes = if name == file { save(&text) } else { text.into_bytes() };
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    Profile::read(folder.path()).map_or_else(|problems| problems, |profile| profile.warnings)
}

fn small(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/profile/tests/small");
    fs::read_to_string(folder.join(name)).unwrap()
}

fn found(change: impl Fn(&str, String) -> String) -> Vec<Problem> {
    let read = |name: &str| change(name, small(name));
    let read =
        Profile::parse(&read(HALL), &read(ITEMS), &read(CALENDAR), &read(STAFF), &read(DEVICES));
    read.map_or_else(|problems| problems, |profile| profile.warnings)
}

#[test]
fn the_small_hall_is_whole() {
    assert_eq!(found(|_, text| text), []);
}

#[test]
fn each_way_to_break_a_hall_is_told_as_it_is_written_down() {
    let (mut told, mut codes, mut cases) = (String::new(), BTreeSet::new(), Vec::new());
    for (file, from, to) in BREAKS {
        let problems = found(|name, text| {
            if name != *file {
                return text;
            }
            assert!(text.contains(from), "{name} holds no {from:?}");
            text.replacen(from, to, 1)
        });
        assert!(!problems.is_empty(), "{file}: {to:?} is not noticed");
        cases.push((format!("# {file}: {} -> {}", one_line(from), one_line(to)), problems));
    }
    for (file, saved, save) in SAVED {
        cases.push((format!("# {file} saved as {saved}"), found_saved(file, *save)));
    }
    for (case, problems) in cases {
        writeln!(told, "{case}").unwrap();
        for problem in problems {
            let text = problem.to_string();
            assert!(!text.contains('{') && !text.contains("check."), "unfilled: {text}");
            writeln!(told, "{text}").unwrap();
            codes.insert(problem.code);
        }
        writeln!(told).unwrap();
    }
    assert!(codes.len() >= 40, "{} codes: {codes:?}", codes.len());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/golden/profile/problems.txt");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, &told).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    for (ours, theirs) in told.lines().zip(expected.lines()) {
        assert_eq!(ours, theirs, "UPDATE_GOLDEN=1 writes the new ones: read them");
    }
    assert_eq!(told.lines().count(), expected.lines().count());
}

fn one_line(text: &str) -> String {
    text.trim_end().replace('\n', "⏎")
}

#[test]
fn a_mark_before_the_first_letter_of_a_file_in_utf8_is_no_problem() {
    let marked = |text: &str| format!("\u{feff}{text}").into_bytes();
    for file in [HALL, ITEMS, CALENDAR, STAFF, DEVICES] {
        assert_eq!(found_saved(file, marked), [], "{file}");
    }
}

#[test]
fn quotes_that_are_closed_or_stand_within_a_cell_are_no_problem() {
    for to in
        ["\"身份证原件\"", "\"身份证\"\"原件\"\"\"", "身份证\"原件", "\"身份证\n户口簿\"", "\"\""]
    {
        let changed = |name: &str, text: String| {
            if name == ITEMS { text.replacen("身份证原件", to, 1) } else { text }
        };
        assert_eq!(found(changed), [], "{to:?}");
    }
}

#[test]
fn a_hall_that_was_in_force_with_an_open_quote_is_still_read() {
    let mut sources = Sources::default();
    for name in [HALL, ITEMS, CALENDAR, STAFF, DEVICES] {
        let text = small(name);
        let text =
            if name == ITEMS { text.replace("3,户口簿,\n", "3,\"户口簿") } else { text };
        sources.put(name, text);
    }
    let codes = |read: Result<Profile, Vec<Problem>>| {
        read.err().unwrap_or_default().into_iter().map(|it| it.code).collect::<Vec<_>>()
    };
    assert_eq!(codes(Profile::of(sources.clone())), ["open_quote"]);
    assert!(codes(Profile::of_kept(sources)).is_empty());
}

#[test]
fn a_problem_is_one_line_of_json_for_programs() {
    let problems = found(|_, text| text.replace("recalls_max", "recall_max"));
    let json = problems[0].json();
    let told = |key: &str| json[key].as_str().unwrap().to_owned();
    assert_eq!((told("file"), json["line"].as_u64()), (HALL.into(), Some(10)));
    assert_eq!((told("code"), told("severity")), ("unknown_key".into(), "error".into()));
    assert!(told("zh-CN").contains("recalls_max") && told("en").contains("did you mean"));
}

#[test]
fn a_wrong_id_is_told_once_with_its_other_places() {
    let problems = found(|_, text| text.replace("[[zone]]\nid = \"A\"", "[[zone]]\nid = \"AA\""));
    assert_eq!(problems.len(), 1, "{problems:#?}");
    assert!(problems[0].to_string().contains("hall.toml:"), "{}", problems[0]);
}
