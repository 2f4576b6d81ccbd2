//! A hundred boards that stay open, and two thousand: how late the last one hears of an order, and what it
//! costs the server. Beside it the same words written to as many plain connections.

use std::{
    sync::mpsc::{Receiver, SyncSender, sync_channel},
    thread,
    time::{Duration, Instant},
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    runtime::{Builder, Runtime},
    task::JoinHandle,
};

use crate::{
    machine,
    options::Options,
    rates,
    report::{short, table},
    serving::Serving,
    stats::{millis, part},
};

/// The heading of what is written down.
pub const HEADING: &str = "Boards that stay open";

/// Streams at once; the last is as many as the server lets in.
const STREAMS: [usize; 3] = [0, 100, 2_000];

/// An order comes so often: five times as often as in a county hall's busiest hour.
const ORDER_EVERY: Duration = Duration::from_millis(300);

/// Whoever has not heard within this never will.
const HEARD_WITHIN: Duration = Duration::from_secs(10);

/// News that wait unread: some for each stream.
const NEWS_MAX: usize = 65_536;

/// A word that the hall has changed begins so; devices have words and counts of their own.
const CHANGED: &str = "event: changed\nid: ";

/// The server has no news of its own for so long: what was opened has settled.
const SETTLES: Duration = Duration::from_secs(2);

/// Which stream heard, up to where, and when.
type News = (usize, u64, Instant);

/// What was found with so many streams.
struct Round {
    streams: usize,
    answered: Vec<Duration>,
    middle: Vec<Duration>,
    last: Vec<Duration>,
    /// The last, from the kiosk's answer on.
    after: Vec<Duration>,
    /// Time of a core for each order.
    cpu: Duration,
    /// While nothing happens, of a second.
    idle: Duration,
    memory: f64,
    /// The last of as many plain connections.
    plain: Vec<Duration>,
}

/// What was found.
pub struct Streams {
    rounds: Vec<Round>,
}

/// Measures.
///
/// # Panics
/// If the server refuses, or a stream hears nothing.
#[must_use]
pub fn measure(options: &Options) -> Streams {
    raise_open_files();
    let server =
        Serving::start(&tests::county(), &rates::fresh(options, "streams"), Duration::ZERO);
    let rounds = STREAMS.map(|streams| round(&server, streams, options.presses() / 4));
    Streams { rounds: rounds.into() }
}

fn round(server: &Serving, streams: usize, orders: usize) -> Round {
    let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build();
    let runtime = runtime.expect("a runtime");
    let (tell, news) = sync_channel(NEWS_MAX);
    let open = runtime.block_on(open(server, streams, &tell));
    let mut known = settled(&news);
    let cpu = || machine::cpu(server.pid()).unwrap_or_default();
    let (idle_from, began) = (cpu(), Instant::now());
    thread::sleep(SETTLES);
    let idle = (cpu() - idle_from).div_f64(began.elapsed().as_secs_f64());
    let kiosk = server.kiosk();
    let (mut answered, mut middle) = (Vec::new(), Vec::new());
    let (mut last, mut after) = (Vec::new(), Vec::new());
    let before = cpu();
    for turn in 0..orders {
        known = known.max(waiting(&news));
        let began = Instant::now();
        kiosk.issue("M", &format!("s-{streams}-{turn}")).expect("the server answers");
        let answer = began.elapsed();
        answered.push(answer);
        if streams > 0 {
            let heard = hear(&news, streams, &mut known, began);
            middle.extend(part(&heard, 0.5));
            last.extend(heard.last());
            after.extend(heard.last().map(|last| last.saturating_sub(answer)));
        }
        thread::sleep(ORDER_EVERY.saturating_sub(began.elapsed()));
    }
    let cpu = (cpu() - before) / u32::try_from(orders.max(1)).unwrap_or(1);
    let memory = machine::resident_mib(server.pid()).unwrap_or_default();
    open.into_iter().for_each(|stream| stream.abort());
    let plain = plain(&runtime, streams, orders);
    runtime.shutdown_background();
    for each in [&mut answered, &mut middle, &mut last, &mut after] {
        each.sort_unstable();
    }
    println!("streams: {streams} opened, {orders} orders");
    Round { streams, answered, middle, last, after, cpu, idle, memory, plain }
}

/// Opens streams as boards do, each a connection of its own.
async fn open(server: &Serving, streams: usize, tell: &SyncSender<News>) -> Vec<JoinHandle<()>> {
    let mut open = Vec::new();
    for which in 0..streams {
        let mut line = TcpStream::connect(&server.door.address).await.expect("the door is open");
        let asking = format!(
            "GET /api/v1/live HTTP/1.1\r\nhost: hall\r\nauthorization: Bearer {}\r\n\r\n",
            server.door.desk
        );
        line.write_all(asking.as_bytes()).await.expect("the server reads");
        let tell = tell.clone();
        open.push(tokio::spawn(async move { listen(line, which, &tell).await }));
    }
    open
}

/// Tells of every word that the hall has changed; one that is cut over two reads is told with the second.
async fn listen(mut line: TcpStream, which: usize, tell: &SyncSender<News>) {
    let (mut bytes, mut rest) = ([0; 4_096], String::new());
    while let Ok(count @ 1..) = line.read(&mut bytes).await {
        let now = Instant::now();
        rest.push_str(&String::from_utf8_lossy(&bytes[..count]));
        let Some(whole) = rest.rfind('\n') else { continue };
        let told = rest[..whole].split(CHANGED).skip(1);
        let ids = told.filter_map(|after| after.lines().next()?.parse().ok());
        if let Some(id) = ids.max() {
            // Nobody listens any more: the round is over.
            if tell.try_send((which, id, now)).is_err() {
                return;
            }
        }
        rest.drain(..=whole);
    }
}

/// Reads until nothing comes for a while; up to where was heard.
fn settled(news: &Receiver<News>) -> u64 {
    let (mut known, until) = (0, Instant::now() + HEARD_WITHIN);
    while Instant::now() < until
        && let Ok((_, id, _)) = news.recv_timeout(SETTLES)
    {
        known = known.max(id);
    }
    known
}

/// Reads what has come; up to where was heard.
fn waiting(news: &Receiver<News>) -> u64 {
    news.try_iter().map(|(_, id, _)| id).max().unwrap_or_default()
}

/// When each stream heard of something new, sorted, from the order on.
fn hear(news: &Receiver<News>, streams: usize, known: &mut u64, began: Instant) -> Vec<Duration> {
    let (mut heard, mut up_to) = (Vec::with_capacity(streams), *known);
    let mut has_heard = vec![false; streams];
    while heard.len() < streams {
        let left = (began + HEARD_WITHIN).saturating_duration_since(Instant::now());
        let Ok((which, id, at)) = news.recv_timeout(left) else {
            panic!("{} of {streams} streams heard of an order", heard.len());
        };
        up_to = up_to.max(id);
        if id > *known && !std::mem::replace(&mut has_heard[which], true) {
            heard.push(at.saturating_duration_since(began));
        }
    }
    *known = up_to;
    heard.sort_unstable();
    heard
}

/// The same words to as many connections of nobody's: how late the last is, each time.
fn plain(runtime: &Runtime, streams: usize, orders: usize) -> Vec<Duration> {
    if streams == 0 {
        return Vec::new();
    }
    let (tell, news) = sync_channel(NEWS_MAX);
    let mut lines = runtime.block_on(async {
        let door = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = door.local_addr().expect("its address");
        let mut lines = Vec::new();
        for which in 0..streams {
            let far = TcpStream::connect(address).await.expect("the door is open");
            lines.push(door.accept().await.expect("somebody came").0);
            let tell = tell.clone();
            tokio::spawn(async move { listen(far, which, &tell).await });
        }
        lines
    });
    let (mut all, mut known) = (Vec::new(), 0);
    for turn in 1..=orders {
        let began = Instant::now();
        let words = format!("event: changed\nid: {turn}\ndata: {{\"sequence\":{turn}}}\n\n");
        runtime.block_on(async {
            for line in &mut lines {
                line.write_all(words.as_bytes()).await.expect("somebody reads");
            }
        });
        all.extend(hear(&news, streams, &mut known, began).last());
    }
    all.sort_unstable();
    all
}

/// Both ends of a stream are files of somebody's.
fn raise_open_files() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }).expect("files can be opened");
}

impl Streams {
    /// Its section.
    #[must_use]
    pub fn written(&self) -> String {
        let at = |sorted: &[Duration], of: f64| {
            part(sorted, of).map_or_else(|| "–".to_owned(), |span| short(millis(span)))
        };
        let line = |round: &Round| {
            let ratio = part(&round.after, 0.5).zip(part(&round.plain, 0.5));
            let ratio = ratio.map_or_else(
                || "–".to_owned(),
                |(after, plain)| short(after.as_secs_f64() / plain.as_secs_f64()),
            );
            [
                round.streams.to_string(),
                at(&round.answered, 0.5),
                at(&round.answered, 0.99),
                at(&round.middle, 0.5),
                at(&round.last, 0.5),
                at(&round.last, 0.99),
                at(&round.after, 0.5),
                at(&round.plain, 0.5),
                ratio,
                short(millis(round.cpu)),
                short(millis(round.idle)),
                short(round.memory),
            ]
            .join(" | ")
        };
        let orders = self.rounds.first().map_or(0, |round| round.answered.len());
        format!(
            "Written by `cargo bench -- --only streams`. So many streams of `/live` stay open, on these same cores;\n\
             every {} ms a number is taken, {orders} times. Answered: to the kiosk, after the disk. Heard: from the\n\
             kiosk's asking until half of the streams, and until the last, were told; tellings are at least 100 ms\n\
             apart. After: the last, from the answer on. Plain: the same words written to as many connections,\n\
             nothing else; the ratio is of \"after\" to that, each the middle one.\n\
             The core's time is the server's, for each order and, while nothing happens, for each second.\n\n{}",
            millis(ORDER_EVERY),
            table(
                "| streams | answered p50 ms | p99 | heard, half ms | heard, last p50 ms | p99 | after ms | plain ms | ratio | core, order ms | core, idle s ms | memory MiB |",
                self.rounds.iter().map(|round| format!("| {} |", line(round)))
            )
        )
    }
}
