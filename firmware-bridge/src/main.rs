//! firmware-bridge: runs a bridge, shows a twin, or looks at a port for the electrician.

use std::{
    io::{BufRead, IsTerminal},
    path::PathBuf,
    process::ExitCode,
    time::Duration,
};

use anyhow::Context;
use clap::{Parser, Subcommand};
use firmware_bridge::{
    config::{self, Config},
    printers::{model::SlipPrinter, trial},
    probe, run,
    run::Stop,
    shelf::Shelf,
    twins::{
        reader,
        shown::{Only, show_one},
    },
};
use wire::server::{self, Way};

/// 设备桥：条屏、叫号器、评价器与 MQTT 之间。Between strips, call pads, evaluators and MQTT.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// 运行设备桥 / runs the bridge.
    Run {
        /// 配置文件 / the configuration.
        #[arg(long)]
        config: PathBuf,
    },
    /// 虚拟设备：在伪终端上 / a virtual device on a pseudo-terminal; keys are typed.
    Twin {
        /// 档案，如 strip-a090；读卡器是 idcard / the profile; a card reader is idcard.
        profile: String,
        /// 地址 / its address; the profile's first if not given.
        #[arg(long)]
        address: Option<u8>,
        /// 串口的名字 / where the port shall be.
        #[arg(long)]
        port: Option<PathBuf>,
        /// 现场自己的档案 / a folder with profiles of the site.
        #[arg(long)]
        profiles: Option<PathBuf>,
        /// 每次变化都写成图片 / a PNG of a strip, written at each change.
        #[arg(long)]
        png: Option<PathBuf>,
    },
    /// 试打小票：说明打印机状态并打一张 / says how a slip printer is and prints a test slip.
    Slip {
        /// 打印机在哪里：tcp:地址、serial:串口@波特率、device:设备文件 / where it is.
        place: paper::transport::Place,
        /// 型号，或一个 .toml 文件 / its model, or a .toml file.
        #[arg(long, default_value = "generic-80")]
        profile: String,
    },
    /// 配对：用办公室给的配对码拿到凭证 / gets the credential for the office's code.
    Pair {
        /// 服务器地址 / the server, like http://192.168.1.10:8080.
        #[arg(long)]
        server: String,
        /// 服务器的证书，地址是 https:// 时要写 / who signed its certificate, for https://.
        #[arg(long, value_name = "FILE")]
        authority_file: Option<PathBuf>,
        /// 八位配对码 / the code of eight digits.
        #[arg(long)]
        code: String,
        /// 凭证写到这个文件 / where the credential is kept.
        #[arg(long)]
        out: PathBuf,
    },
    /// 检查一个串口上有什么设备 / says what devices are on a port.
    Probe {
        /// 串口 / the port.
        port: PathBuf,
        /// 每种速率听几秒 / how long to listen at each speed.
        #[arg(long, default_value_t = 4)]
        listen_secs: u64,
        /// 只试这些速率 / only these speeds.
        #[arg(long)]
        baud: Vec<u32>,
        /// 现场自己的档案 / a folder with profiles of the site.
        #[arg(long)]
        profiles: Option<PathBuf>,
    },
}

fn main() -> ExitCode {
    match begin() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn begin() -> anyhow::Result<()> {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        .init();
    match Arguments::parse().command {
        Command::Run { config } => {
            let config = Config::read(&config)?;
            let stop = Stop::new();
            firmware_bridge::run::stop_on_signals(&stop).context("failed to heed signals")?;
            Ok(run(&config, &stop)?)
        }
        Command::Twin { profile, address, port, profiles, png } => {
            let keys = std::io::stdin().lock().lines().map_while(Result::ok);
            let mut say = |line: &str| print_line(line);
            if profile == reader::NAME {
                return Ok(reader::play(port, keys, stay, &mut say)?);
            }
            let only = Only { profile, address, port, png };
            Ok(show_one(&shelf(profiles)?, only, keys, stay, &mut say)?)
        }
        Command::Slip { place, profile } => {
            let id = "printer".parse().context("a name for the printer")?;
            let mut printer = SlipPrinter::open(&config::Printer { id, place, profile })?;
            let came = trial::try_out(&mut printer, &mut |line| print_line(line));
            anyhow::ensure!(came, "no test slip came out");
            Ok(())
        }
        Command::Pair { server, authority_file, code, out } => {
            let way = Way::to(&server, authority_file.as_deref())?;
            print_line(&server::pair(&way, &code, &out)?);
            Ok(())
        }
        Command::Probe { port, listen_secs, baud, profiles } => {
            let mut patience =
                probe::Patience { listen: Duration::from_secs(listen_secs), ..Default::default() };
            if !baud.is_empty() {
                patience.bauds = baud;
            }
            probe::probe(&port, &shelf(profiles)?, &patience, print_line)?;
            Ok(())
        }
    }
}

/// Without a terminal a twin stays until it is asked to stop.
fn stay() {
    let stop = Stop::new();
    if firmware_bridge::run::stop_on_signals(&stop).is_ok() {
        while !stop.is_asked() {
            std::thread::sleep(Duration::from_millis(200));
        }
    }
}

fn shelf(folder: Option<PathBuf>) -> anyhow::Result<Shelf> {
    let mut shelf = Shelf::built_in();
    if let Some(folder) = folder {
        shelf.add_folder(&folder)?;
    }
    Ok(shelf)
}

#[expect(clippy::print_stdout, reason = "this is what the person asked for")]
fn print_line(line: &str) {
    println!("{line}");
}
