//! `queue-server serve`.

use std::{net::SocketAddr, path::PathBuf, process::ExitCode};

use anyhow::{Context, anyhow};
use clap::Args;
use tokio::signal::unix::{SignalKind, signal};

use super::say;
use crate::{
    clock::HallClock,
    config::Settings,
    serve::{DemoClock, Running, ServeConfig, StartAt, serve},
};

/// How the hall is opened.
#[derive(Debug, Clone, Args)]
pub struct ServeArguments {
    /// 大厅配置。The hall's profile.
    #[arg(long)]
    hall: PathBuf,
    /// 存放记录等一切数据的文件夹，没有就新建。
    /// The folder of the record and everything else; made if it is not there.
    #[arg(long)]
    data: PathBuf,
    /// 页面和接口的地址；端口 0 为任一空闲端口。
    /// Where pages and `/api` listen; port 0 takes any free one.
    #[arg(long, default_value = "127.0.0.1:8080")]
    http: SocketAddr,
    /// 内置消息代理的地址；端口 0 为任一空闲端口。
    /// Where the embedded broker listens; port 0 takes any free one.
    #[arg(long, default_value = "127.0.0.1:1883")]
    mqtt: SocketAddr,
    /// 服务器自己的配置：外部消息代理、上限、手机用的地址。
    /// The server's own file: a broker outside, bounds, the address for telephones.
    #[arg(long)]
    config: Option<PathBuf>,
    /// 演示时钟：比真实时间快多少倍。A demo's clock: so many times as fast as the world.
    #[arg(long)]
    speed: Option<f64>,
    /// 演示时钟从何时开始，用大厅当地时间。
    /// A demo's clock begins here, like "2026-11-23 08:10", in the hall's time.
    #[arg(long)]
    start: Option<String>,
}

/// Opens the hall and closes it on SIGINT or SIGTERM.
pub fn run(arguments: ServeArguments) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let (mut interrupt, mut terminate) =
            (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
        loop {
            let running = serve(config(arguments.clone())?).await?;
            say(ready(&running));
            let mut restart = running.app.restart_wanted();
            let again = tokio::select! {
                _ = interrupt.recv() => false,
                _ = terminate.recv() => false,
                wanted = restart.wait_for(|wanted| *wanted) => wanted.is_ok(),
            };
            tracing::info!(again, "closing");
            running.stop().await;
            if !again {
                return Ok(ExitCode::SUCCESS);
            }
        }
    })
}

fn ready(running: &Running) -> serde_json::Value {
    let mut ready =
        serde_json::json!({ "http": format!("http://{}", running.http), "mqtt": running.mqtt });
    if let Some((https, fingerprint)) = &running.https {
        ready["https"] = format!("https://{https}").into();
        ready["certificate_sha256"] = fingerprint.as_str().into();
    }
    ready
}

fn config(arguments: ServeArguments) -> anyhow::Result<ServeConfig> {
    let ServeArguments { hall, data, http, mqtt, config, speed, start } = arguments;
    let mut serve = ServeConfig::new(hall, data, http, mqtt);
    if let Some(path) = config {
        serve.settings = Settings::read(&path).map_err(|problems| {
            let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
            anyhow!("{}", lines.join("\n"))
        })?;
    }
    let start = start.map(|text| start_at(&text, &serve.hall)).transpose()?;
    serve.demo = match (speed, start) {
        (None, None) => None,
        (speed, start) => Some(DemoClock { speed: speed.unwrap_or(1.0), start }),
    };
    Ok(serve)
}

/// The hall's own time zone reads the moment, so the profile is looked at first.
fn start_at(text: &str, hall: &std::path::Path) -> anyhow::Result<StartAt> {
    let offset = crate::profile::Profile::read(hall)
        .map(|profile| profile.details.utc_offset_minutes)
        .unwrap_or_default();
    let moment = HallClock::read(text, offset).map_err(anyhow::Error::msg);
    moment.map(StartAt::Moment).context("--start")
}
