//! `cargo bench --bench kiosk`: a simulated week of touches, an idle hour, and a real kiosk that
//! nobody touches for a minute; written to docs/BENCHMARKS.md. It measures and never judges.
#![allow(clippy::print_stdout, reason = "its figures are for whoever runs it")]

use std::{
    fmt::Write as _,
    fs, thread,
    time::{Duration, Instant},
};

use peak_alloc::PeakAlloc;
use tests::{
    kiosk::{Kiosk, Places},
    printer::Printer,
    server::Server,
    soak::Soak,
};

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

/// Visitors of a day.
const VISITORS: usize = 2_000;

/// The night between two days.
const NIGHT_SECS: u64 = 14 * 3_600;

const HOUR_SECS: u64 = 3_600;

/// Frames of an empty page that are timed.
const EMPTY_FRAMES: usize = 2_000;

/// How long the real kiosk is watched.
const WATCHED: Duration = Duration::from_secs(60);

/// Before that it starts, and draws its first pages.
const SETTLES: Duration = Duration::from_secs(20);

/// Ticks of a second in `/proc/PID/stat`, fixed on Linux.
const TICKS_PER_SEC: f64 = 100.0;

/// A day's end.
struct Day {
    heap_kib: f64,
    resident_mib: f64,
    frames: usize,
    p50: Duration,
    p99: Duration,
    max: Duration,
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    // `cargo test --all-targets` starts benches too, without this word.
    if !words.iter().any(|word| word == "--bench") {
        println!("benches are run by cargo bench");
        return;
    }
    let is_quick = words.iter().any(|word| word == "--quick");
    let asked = words.iter().position(|word| word == "--visitors");
    let asked = asked.and_then(|at| words.get(at + 1)?.parse().ok());
    let visitors = asked.unwrap_or(if is_quick { VISITORS / 50 } else { VISITORS });
    let begun = Instant::now();
    let mut soak = Soak::new(20_261_123);
    let days: Vec<Day> = (1..=7).map(|_| day(&mut soak, visitors)).collect();
    let took = begun.elapsed();
    let mut empty: Vec<Duration> = (0..EMPTY_FRAMES).map(|_| soak.empty_frame()).collect();
    let mut first: Vec<Duration> = (0..50).map(|_| first_touch(&mut soak)).collect();
    soak.rest(600);
    let idle_frames = soak.rest(HOUR_SECS);
    let mut text = week(&days, &mut empty, &mut first, visitors);
    writeln!(
        text,
        "\nThe week took {:.0} s: {} visits, {} touches of which {} met a button, {} numbers, {} \
         questions, {} visits while the server was away, {} kinds of pages.\n\n## Idle\n\n| | |\n| --- | --- |\n\
         | frames in a simulated idle hour | {idle_frames} |",
        took.as_secs_f64(),
        visitors * 7,
        soak.seen.touches,
        soak.seen.met,
        soak.seen.tickets,
        soak.seen.asked,
        soak.seen.away,
        soak.seen.pages.len(),
    )
    .expect("a text takes what is written");
    match idle() {
        Some(idle) => writeln!(
            text,
            "| a real kiosk under Xvfb, drawing in software, untouched for {secs} s | {:.2} % of a \
             core, {:.0} MiB |\n| the same while a number is taken elsewhere every second | {:.2} % of \
             a core, {:.0} MiB |",
            idle.still.0 * 100.0,
            idle.still.1,
            idle.at_work.0 * 100.0,
            idle.at_work.1,
            secs = WATCHED.as_secs(),
        ),
        None => writeln!(text, "| a real kiosk | not measured: no X server here |"),
    }
    .expect("a text takes what is written");
    println!("{text}");
    if is_quick {
        return;
    }
    tests::benchmarks::write_kiosk(&text);
    println!("written to docs/BENCHMARKS.md");
}

fn day(soak: &mut Soak, visitors: usize) -> Day {
    let mut times = Vec::with_capacity(visitors * 64);
    for _ in 0..visitors {
        soak.visit(&mut times);
    }
    let frames = times.len();
    let (p50, p99, max) = sorted(&mut times);
    drop(times);
    // A trial with few visitors has short nights too.
    soak.rest(if visitors < VISITORS / 4 { HOUR_SECS } else { NIGHT_SECS });
    let heap_kib = HEAP.current_usage_as_kb();
    let day = Day {
        heap_kib: heap_kib.into(),
        resident_mib: resident_mib(std::process::id()),
        frames,
        p50,
        p99,
        max,
    };
    println!("{frames} frames, {heap_kib:.0} KiB, {:.1} MiB, p99 {p99:?}", day.resident_mib);
    day
}

fn first_touch(soak: &mut Soak) -> Duration {
    soak.rest(180);
    soak.first_touch()
}

/// The middle one, the hundredth and the greatest.
fn sorted(times: &mut [Duration]) -> (Duration, Duration, Duration) {
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    (at(0.5), at(0.99), at(1.0))
}

fn week(days: &[Day], empty: &mut [Duration], first: &mut [Duration], visitors: usize) -> String {
    let millis = |time: Duration| format!("{:.2}", time.as_secs_f64() * 1_000.0);
    let built = if cfg!(debug_assertions) {
        " Measured without optimisation, in which a frame takes some ten times as long."
    } else {
        ""
    };
    let mut text = format!(
        "\nWritten by `cargo bench --bench kiosk`; `-- --quick` shows in a minute that it works. The \
         kiosk's own model and pages are drawn without a window (layout and triangles, not pixels), \
         and touched by a finger that knows nothing, in both languages, 长者版 and ordinary, with a \
         server that is away now and then: {visitors} visits a day (a busy hall's kiosk has {VISITORS}), \
         then a night. The memory is what the program holds when the night is over.{built}\n\n\
         | day | frames | p50 ms | p99 ms | max ms | held KiB | resident MiB |\n\
         | --- | --- | --- | --- | --- | --- | --- |\n"
    );
    for (n, day) in days.iter().enumerate() {
        let (p50, p99, max) = (millis(day.p50), millis(day.p99), millis(day.max));
        let (frames, held, resident) = (day.frames, day.heap_kib, day.resident_mib);
        writeln!(
            text,
            "| {} | {frames} | {p50} | {p99} | {max} | {held:.0} | {resident:.1} |",
            n + 1
        )
        .expect("a text takes what is written");
    }
    let (empty, _, _) = sorted(empty);
    let (touch, _, slowest) = sorted(first);
    if let (Some(one), Some(seven)) = (days.first(), days.last()) {
        let ratio = seven.p50.as_secs_f64() / empty.as_secs_f64();
        writeln!(
            text,
            "\nFrom the first day's end to the seventh's: {:+.0} KiB held, {:+.0} bytes a visitor, {:+.1} \
             MiB resident. A frame \
             costs {ratio:.0} times an empty one ({:.3} ms). The first touch after three minutes of \
             rest is answered by a frame of {} ms, the slowest of 50 {} ms.",
            seven.heap_kib - one.heap_kib,
            (seven.heap_kib - one.heap_kib) * 1_024.0 / (visitors * 6) as f64,
            seven.resident_mib - one.resident_mib,
            empty.as_secs_f64() * 1_000.0,
            millis(touch),
            millis(slowest),
        )
        .expect("a text takes what is written");
    }
    text
}

/// The share of a core that a real kiosk takes while nobody touches it, and its memory in MiB.
struct Idle {
    /// Nothing happens in the hall.
    still: (f64, f64),
    /// People take numbers elsewhere.
    at_work: (f64, f64),
}

fn idle() -> Option<Idle> {
    let (server, printer) = (Server::county(), Printer::start());
    let credential = server.token("kiosk", "kiosk-1");
    let (folder, address) = (server.folder(), server.http.clone());
    let places = Places { folder, server: &address, credential: &credential, printer: &printer };
    let kiosk = Kiosk::start(&places)?;
    kiosk.has_numbers();
    thread::sleep(SETTLES);
    let still = watch(kiosk.pid(), || thread::sleep(WATCHED))?;
    let other = server.api("kiosk", "kiosk-2");
    let at_work = watch(kiosk.pid(), || {
        for n in 0..WATCHED.as_secs() {
            let taken = other.issue(if n % 2 == 0 { "A" } else { "L" }, &format!("elsewhere-{n}"));
            assert!(taken.is_ok(), "the server answers: {taken:?}");
            thread::sleep(Duration::from_secs(1));
        }
    })?;
    Some(Idle { still, at_work })
}

/// The share of a core that a process takes meanwhile, and its memory afterwards in MiB.
fn watch(pid: u32, meanwhile: impl FnOnce()) -> Option<(f64, f64)> {
    let (before, began) = (cpu_secs(pid)?, Instant::now());
    meanwhile();
    let share = (cpu_secs(pid)? - before) / began.elapsed().as_secs_f64();
    Some((share, resident_mib(pid)))
}

/// The processor time of a process so far.
fn cpu_secs(pid: u32) -> Option<f64> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name in parentheses may hold blanks.
    let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks: f64 = fields.get(11)?.parse::<f64>().ok()? + fields.get(12)?.parse::<f64>().ok()?;
    Some(ticks / TICKS_PER_SEC)
}

/// A process's memory in the machine's, in MiB.
fn resident_mib(pid: u32) -> f64 {
    let text = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    let kib = line.trim().trim_end_matches(" kB").trim().parse().unwrap_or(0.0);
    kib / 1_024.0
}
