//! The figures as a document: the template's slots filled with tables, so that no number is typed.

use std::fmt::Write;

use crate::{
    callers::CALLERS,
    core::Core,
    machine,
    memory::Memory,
    old::Old,
    options::Options,
    press::Press,
    rates::{Key, Rates, Way},
    stats::median,
    waits::Waits,
};

const TEMPLATE: &str = include_str!("template.md");

/// All that was measured; none of what was not asked for.
pub struct Found {
    /// Askings a second.
    pub rates: Option<Rates>,
    /// Memory.
    pub memory: Option<Memory>,
    /// Press to strip: a device a line, and many.
    pub press: Option<[Press; 2]>,
    /// What a year costs, and start-up.
    pub old: Option<Old>,
    /// The core alone, and a year of the largest hall.
    pub core: Option<Core>,
    /// What keeping every wait fresh costs.
    pub waits: Option<[Waits; 2]>,
}

/// A promise: what was measured beside its bar and its stretch.
struct Row {
    what: String,
    value: f64,
    unit: &'static str,
    bar: f64,
    stretch: f64,
    /// More is better; otherwise less.
    more: bool,
}

/// The whole document.
#[must_use]
pub fn written(options: &Options, found: &Found) -> String {
    let slots = [
        ("machine", machine_table(options)),
        ("rounds", options.rounds().to_string()),
        ("span", format!("{:.1}", options.span().as_secs_f64())),
        ("bars", bars(found)),
        ("rates", rates(found.rates.as_ref(), false)),
        ("slow", rates(found.rates.as_ref(), true)),
        ("bytes", bytes(found.rates.as_ref())),
        ("press", press(found.press.as_ref())),
        ("start", start(found.old.as_ref())),
        ("old", old(found.old.as_ref())),
        ("memory", memory(found)),
        ("core", core(found)),
        ("waits", waits(found)),
    ];
    let mut text = TEMPLATE.to_owned();
    for (slot, words) in slots {
        let words = if words.is_empty() { "(not measured)".to_owned() } else { words };
        text = text.replace(&format!("{{{slot}}}"), words.trim_end());
    }
    text
}

fn machine_table(options: &Options) -> String {
    let rows = machine::told(&options.folder).into_iter();
    table("| | |", rows.map(|(what, value)| format!("| {what} | {value} |")))
}

fn bars(found: &Found) -> String {
    let mut rows = Vec::new();
    if let Some(rates) = &found.rates {
        rows.extend(rate_rows(rates));
    }
    if let Some(old) = &found.old {
        if let Some((_, _, ratio)) = old.rates(32) {
            let what = format!("issue rate with {} old tickets, beside none", old.tickets);
            rows.push(Row::new(what, (ratio - 1.0) * 100.0, "%", -10.0, -3.0, true));
        }
        let started = [
            (&old.start_empty, "nothing kept".to_owned(), 1.0, 0.3),
            (&old.start_old, format!("{} tickets kept", old.tickets), 3.0, 1.0),
        ];
        for (times, what, bar, stretch) in started {
            if let Some(value) = median(times.iter().copied()) {
                rows.push(Row::new(
                    format!("start to first ticket, {what}"),
                    value,
                    "s",
                    bar,
                    stretch,
                    false,
                ));
            }
        }
    }
    if let Some(memory) = found.memory {
        let what = "memory after the day, township's hall".to_owned();
        rows.push(Row::new(what, memory.township, "MiB", 64.0, 32.0, false));
        let what = "memory after the day, county's hall".to_owned();
        rows.push(Row::new(what, memory.county, "MiB", 128.0, 64.0, false));
    }
    for press in found.press.iter().flatten() {
        let what =
            format!("press to strip without the bytes' time, {} a line, p99", devices(press));
        rows.push(Row::new(what, press.rest.p99, "ms", 100.0, 30.0, false));
    }
    for waits in found.waits.iter().flatten() {
        let what = format!("every wait kept fresh, {} windows, of a core", waits.windows);
        rows.push(Row::new(what, waits.server * 100.0, "%", 10.0, 5.0, false));
    }
    table("| promise | measured | bar | stretch | |", rows.iter().map(Row::line))
}

fn rate_rows(rates: &Rates) -> Vec<Row> {
    let of = |slow, calls, callers| rates.of(Key { slow, calls, way: Way::Http, callers });
    let mut rows = Vec::new();
    let mut push = |what: &str, value, unit, bar, stretch, more| {
        rows.push(Row::new(what.to_owned(), value, unit, bar, stretch, more));
    };
    if let Some(found) = of(false, false, 32) {
        push("durable issues over HTTP, 32 callers", found.rate, "/s", 5_000.0, 15_000.0, true);
        push("their p99", found.p99, "ms", 25.0, 10.0, false);
    }
    if let Some(found) = of(true, false, 32) {
        push("the same, each sync 4 ms slower", found.rate, "/s", 2_000.0, 5_000.0, true);
    }
    if let Some(found) = of(false, false, 1) {
        push("issue p99, 1 caller", found.p99, "ms", 5.0, 2.0, false);
    }
    if let Some(found) = of(false, true, 32) {
        push("call-next over HTTP, 32 callers", found.rate, "/s", 3_000.0, 10_000.0, true);
        push("their p99", found.p99, "ms", 25.0, 10.0, false);
    }
    rows
}

impl Row {
    fn new(
        what: String,
        value: f64,
        unit: &'static str,
        bar: f64,
        stretch: f64,
        more: bool,
    ) -> Self {
        Self { what, value, unit, bar, stretch, more }
    }

    fn line(&self) -> String {
        let sign = if self.more { "≥" } else { "≤" };
        let reaches = |goal: f64| if self.more { self.value >= goal } else { self.value <= goal };
        let verdict = match (reaches(self.bar), reaches(self.stretch)) {
            (_, true) => "stretch",
            (true, false) => "bar",
            (false, false) => "**missed**",
        };
        let value = |value: f64| format!("{} {}", short(value), self.unit);
        format!(
            "| {} | {} | {sign} {} | {sign} {} | {verdict} |",
            self.what,
            value(self.value),
            value(self.bar),
            value(self.stretch)
        )
    }
}

fn rates(rates: Option<&Rates>, slow: bool) -> String {
    let Some(rates) = rates else { return String::new() };
    let mut lines = Vec::new();
    for calls in [false, true] {
        for callers in CALLERS {
            for way in [Way::Raw, Way::Inside, Way::Http] {
                let key = Key { slow, calls, way, callers };
                let Some(found) = rates.of(key) else { continue };
                let ratio = rates.to_raw(key).filter(|_| way != Way::Raw);
                let cpu = Some(found.cpu_micros).filter(|cpu| *cpu > 0.0);
                let optional = |value: Option<f64>| value.map_or("–".to_owned(), short);
                lines.push(format!(
                    "| {} | {callers} | {} | {} | {} | {} | {} |",
                    work(way, calls),
                    short(found.rate),
                    short(found.p50),
                    short(found.p99),
                    optional(ratio),
                    optional(cpu)
                ));
            }
        }
    }
    table("| | callers | /s | p50 ms | p99 ms | to raw | server µs each |", lines)
}

fn waits(found: &Found) -> String {
    let percent = |part: f64| format!("{} %", short(part * 100.0));
    let line = |it: &Waits| {
        format!(
            "| {} windows, {} people who wait | {} ms | {} | {} |",
            it.windows,
            it.waiting,
            short(it.picture_millis),
            percent(it.forecast),
            percent(it.server)
        )
    };
    let found = found.waits.iter().flatten().map(line).collect::<Vec<_>>();
    let head = "| | a picture | the forecast, of a core | the whole server, of a core |";
    if found.is_empty() { String::new() } else { table(head, found) }
}

fn core(found: &Found) -> String {
    let Some(core) = &found.core else { return String::new() };
    let mut lines = Vec::new();
    let mut push = |what: &str, value: String| lines.push(format!("| {what} | {value} |"));
    if let Some(asked) = median(core.asked.iter().copied()) {
        push("askings decided and applied, one after the other", format!("{} /s", short(asked)));
        let key = Key { slow: false, calls: false, way: Way::Inside, callers: 32 };
        if let Some(durable) = found.rates.as_ref().and_then(|rates| rates.of(key)) {
            let times = asked / durable.rate;
            push(
                "… beside durable issues in process, 32 callers",
                format!("{} times", short(times)),
            );
        }
    }
    push("its year's record, a ticket", format!("{} bytes", short(core.bytes_each)));
    if let Some(start) = median(core.start.iter().copied()) {
        push("start to first ticket after the year", format!("{} s", short(start)));
    }
    push("a store thrown away is whole again after", format!("{} s", short(core.rebuilt)));
    push("resident memory after the year", format!("{} MiB", short(core.resident_mib)));
    push("simulated days of county-24, with faults", format!("{} a second", short(core.simulated)));
    let head = format!(
        "| county-114: {} windows, {} tickets a day, {} a year | |",
        core.windows, core.tickets, core.year_tickets
    );
    table(&head, lines)
}

fn work(way: Way, calls: bool) -> &'static str {
    match (way, calls) {
        (Way::Raw, false) => "raw write + sync, an issue's bytes",
        (Way::Raw, true) => "raw write + sync, a call's bytes",
        (Way::Inside, false) => "issue, in process",
        (Way::Inside, true) => "call-next, in process",
        (Way::Http, false) => "issue, HTTP",
        (Way::Http, true) => "call-next, HTTP",
    }
}

fn bytes(rates: Option<&Rates>) -> String {
    let of = |calls| rates.and_then(|rates| rates.bytes.get(&calls));
    let (Some(issue), Some(call)) = (of(false), of(true)) else { return String::new() };
    format!("{issue} bytes for an issue and {call} for a call or a finish")
}

fn press(press: Option<&[Press; 2]>) -> String {
    let Some(press @ [alone, together]) = press else { return String::new() };
    let parts = [
        ("press to last byte", alone.whole, together.whole),
        ("the bytes' own time", alone.wire, together.wire),
        ("what is left", alone.rest, together.rest),
        ("… of it until the hall has called", alone.to_call, together.to_call),
        ("… of it from the call to the strip", alone.to_strip, together.to_strip),
    ];
    let [one, many] = press.map(|press| devices(&press));
    table(
        &format!(
            "| {} presses each | {one} a line: p50 ms | p99 ms | {many} a line: p50 ms | p99 ms |",
            alone.count
        ),
        parts.map(|(what, alone, together)| {
            let figures = [alone.p50, alone.p99, together.p50, together.p99].map(short);
            format!("| {what} | {} |", figures.join(" | "))
        }),
    )
}

fn devices(press: &Press) -> String {
    match press.devices {
        1 => "1 device".to_owned(),
        many => format!("{many} devices"),
    }
}

fn start(old: Option<&Old>) -> String {
    let Some(old) = old.filter(|old| !old.start_old.is_empty()) else { return String::new() };
    let middle = |times: &[f64]| median(times.iter().copied()).map_or(String::new(), short);
    table(
        "| start to first ticket | s |",
        [
            ("nothing kept".to_owned(), middle(&old.start_empty)),
            (
                format!("{} tickets kept, in the middle of a day", old.tickets),
                middle(&old.start_old),
            ),
            ("the same, the store thrown away".to_owned(), short(old.start_first)),
            (
                "… and until the store was whole, beside the running hall".to_owned(),
                short(old.rebuilt),
            ),
        ]
        .map(|(what, value)| format!("| {what} | {value} |")),
    )
}

fn old(old: Option<&Old>) -> String {
    let Some(old) = old else { return String::new() };
    let lines = CALLERS.into_iter().filter_map(|callers| {
        let (kept, empty, ratio) = old.rates(callers)?;
        Some(format!(
            "| {callers} | {} | {} | {} |",
            short(kept.rate),
            short(empty.rate),
            short(ratio)
        ))
    });
    let head = format!("| callers | /s with {} tickets | /s with none | ratio |", old.tickets);
    format!(
        "{}\nTheir record takes {} MiB on the disk.",
        table(&head, lines),
        short(old.record_mib)
    )
}

fn memory(found: &Found) -> String {
    let mut lines = Vec::new();
    let mut line = |what: String, mib: f64| lines.push(format!("| {what} | {} |", short(mib)));
    if let Some(memory) = found.memory {
        line("township's hall (4 windows), nothing issued".to_owned(), memory.township_empty);
        line("… after its day of 120 tickets".to_owned(), memory.township);
        line("county's hall (114 windows), nothing issued".to_owned(), memory.county_empty);
        line(format!("… after a day of {} tickets", memory.tickets), memory.county);
    }
    if let Some(old) = found.old.as_ref().filter(|old| old.resident_mib > 0.0) {
        line(
            format!("… with {} tickets kept, in the middle of a day", old.tickets),
            old.resident_mib,
        );
    }
    let flooded = found.rates.as_ref().and_then(|rates| median(rates.flooded_mib.iter().copied()));
    if let Some(mib) = flooded {
        line("… after the flood of the first table, all in one day".to_owned(), mib);
    }
    if lines.is_empty() { String::new() } else { table("| resident | MiB |", lines) }
}

/// A table of these lines.
pub fn table(head: &str, lines: impl IntoIterator<Item = String>) -> String {
    let columns = head.matches('|').count().saturating_sub(1);
    let mut text = format!("{head}\n|{}\n", " --- |".repeat(columns));
    for line in lines {
        writeln!(text, "{line}").expect("a text takes everything");
    }
    text
}

/// Three digits that count.
#[must_use]
pub fn short(value: f64) -> String {
    let digits = match value.abs() {
        large if large >= 1_000.0 => return thousands(value),
        large if large >= 100.0 => 0,
        large if large >= 10.0 => 1,
        large if large >= 1.0 => 2,
        _ => 3,
    };
    let text = format!("{value:.digits$}");
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

fn thousands(value: f64) -> String {
    let whole = format!("{value:.0}");
    let from = whole.len() % 3;
    let mut text = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && at % 3 == from {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
