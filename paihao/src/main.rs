//! `cargo run --release`: opens a whole hall.

use std::{io::IsTerminal, net::SocketAddr, path::PathBuf, process::ExitCode, time::Duration};

use clap::{Parser, Subcommand};
use hall::ids::{DeviceId, WindowId};
use paihao::{
    demo::{Demo, Plan, profile_folder},
    training,
};
use tokio::signal::unix::{SignalKind, signal};

/// 开一个政务服务大厅：服务器、消息代理、设备、人流、取号机和大屏。
/// Opens a service hall: server, broker, devices, a crowd, the kiosks and the hall screens.
#[derive(Debug, Parser)]
#[command(name = "paihao", version)]
struct Cli {
    /// 哪个大厅：文件夹，或样例的名字。The hall: a folder, or the name of a sample.
    #[arg(long, default_value = "county-24")]
    hall: String,
    /// 记录等一切数据放在哪里。Where the record and everything else is kept.
    #[arg(long, default_value = "data")]
    data: PathBuf,
    /// 页面的地址；端口 0 为任一空闲端口。Where the pages are; port 0 takes any free one.
    #[arg(long, default_value = "127.0.0.1:8080")]
    http: SocketAddr,
    /// 消息代理的地址；端口 0 为任一空闲端口。Where the broker is; port 0 takes any free one.
    #[arg(long, default_value = "127.0.0.1:1883")]
    mqtt: SocketAddr,
    /// 大厅时钟走多快：1 为真实快慢。How fast the hall's clock runs: 1 is the world's pace.
    ///
    /// 10 if not said; a training hall runs at 1.
    #[arg(long)]
    speed: Option<f64>,
    /// 大厅时钟从何时开始；不写就从下次开厅前开始。
    /// Where the hall's clock begins, like "2026-11-23 09:00"; the next opening if not said.
    #[arg(long)]
    start: Option<String>,
    /// 留给您的窗口；其余由虚拟人员坐。The window left for you; the crowd's clerks take the others.
    #[arg(long, default_value = "1")]
    mine: WindowId,
    /// 练习大厅：窗口都空着给学员，每个窗口前都有人来；全新开始，什么都不算数，数据另放。
    /// A hall to practise in: every window is free, people come to whoever signs on; it begins afresh,
    /// nothing counts, and its data is its own.
    #[arg(long)]
    training: bool,
    /// 没有人流，只有您。Nobody comes but you.
    #[arg(long)]
    no_crowd: bool,
    /// 不开窗口：取号机和大屏照常在线。No windows: kiosks and hall screens run without.
    #[arg(long)]
    no_windows: bool,
    /// 开哪台取号机或大屏的窗口，可写多次；不写就开第一台取号机和第一块大屏。The kiosks and hall
    /// screens that get a window, like kiosk-2; may be given several times. The first of each if not
    /// said.
    #[arg(long, value_name = "DEVICE")]
    open: Vec<DeviceId>,
    #[command(subcommand)]
    window: Option<WindowCommand>,
}

/// What the program does in its own child processes.
#[derive(Debug, Subcommand)]
enum WindowCommand {
    /// The kiosk as a window.
    #[command(hide = true)]
    Kiosk {
        #[arg(long)]
        config: PathBuf,
        #[arg(long)]
        no_window: bool,
    },
    /// The hall screen as a window.
    #[command(hide = true)]
    Display {
        #[arg(long)]
        config: PathBuf,
        #[arg(long)]
        no_window: bool,
    },
}

/// How fast the clock of a demo runs.
const SPEED: f64 = 10.0;

/// What is logged if nobody says otherwise; of the window library only what ends the window.
const LOGGED: &str = "warn,winit=error,egui_winit=error,eframe=error,egui_glow=error";

fn main() -> anyhow::Result<ExitCode> {
    let cli = Cli::parse();
    match cli.window {
        // The kiosk sets up its own log.
        Some(WindowCommand::Kiosk { config, no_window }) => {
            paihao::windows::leave_with_the_hall();
            Ok(paihao::screens::kiosk(&config, no_window))
        }
        Some(WindowCommand::Display { config, no_window }) => {
            log_to_stderr();
            paihao::windows::leave_with_the_hall();
            paihao::screens::display(&config, no_window)
        }
        None => {
            log_to_stderr();
            let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
            let hall = profile_folder(&cli.hall);
            let (hall, data) =
                if cli.training { training::afresh(&hall, &cli.data)? } else { (hall, cli.data) };
            runtime.block_on(open(Plan {
                hall,
                data,
                training: cli.training,
                http: cli.http,
                mqtt: cli.mqtt,
                speed: cli.speed.unwrap_or(if cli.training { 1.0 } else { SPEED }),
                start: cli.start,
                mine: cli.mine,
                crowd: !cli.no_crowd,
                windows: !cli.no_windows,
                open: cli.open,
            }))
        }
    }
}

fn log_to_stderr() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .or_else(|_| tracing_subscriber::EnvFilter::try_new(LOGGED));
    tracing_subscriber::fmt()
        .with_writer(queue_server::logs::Bounded::to(std::io::stderr))
        .with_env_filter(filter.unwrap_or_else(|_| "warn".into()))
        .with_ansi(std::io::stderr().is_terminal())
        .init();
}

async fn open(plan: Plan) -> anyhow::Result<ExitCode> {
    let (mut interrupt, mut terminate) =
        (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    let mut demo = Demo::open(&plan).await?;
    demo.welcome.iter().for_each(|line| say(line));
    say("Ctrl-C 关厅 closes the hall.");
    let mut look = tokio::time::interval(Duration::from_millis(500));
    loop {
        tokio::select! {
            _ = interrupt.recv() => break,
            _ = terminate.recv() => break,
            _ = look.tick() => demo.gone().iter().for_each(|line| say(line)),
        }
    }
    say("正在关厅…… Closing the hall.");
    demo.close().await;
    Ok(ExitCode::SUCCESS)
}

fn say(line: &str) {
    use std::io::Write;
    // Nobody may be reading any more.
    writeln!(std::io::stdout(), "{line}").ok();
}
