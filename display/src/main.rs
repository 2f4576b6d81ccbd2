//! The program `display`: one hall screen and, if it is given a voice, the announcements.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::{Parser, Subcommand};
use display::{config::Config, gallery, pairing, run};

/// 大屏和语音。The hall screen and the voice.
#[derive(Parser)]
#[command(version, args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
struct Arguments {
    /// 配置文件。The configuration file.
    #[arg(long, required_unless_present = "gallery")]
    config: Option<PathBuf>,
    /// 开窗口，不占全屏。A window on a desk instead of the full screen.
    #[arg(long)]
    window: bool,
    /// 不开窗口：大屏程序照常在线，只是不显示。Runs without a window: known to the server, shows nothing.
    #[arg(long, conflicts_with_all = ["window", "gallery", "voice_only"])]
    no_window: bool,
    /// 只要语音，不开窗口。The voice alone, without any window.
    #[arg(long)]
    voice_only: bool,
    /// 用样例数据显示一页。
    /// Shows a page with sample data: live, recalled, empty, lost, gone, connecting, speaking, test.
    #[arg(long, value_name = "PAGE")]
    gallery: Option<String>,
    #[command(subcommand)]
    other: Option<Other>,
}

#[derive(Subcommand)]
enum Other {
    /// 配对：用办公室给的配对码拿到凭证。Gets the credential for the office's code.
    Pair {
        /// 服务器地址。The server, like http://192.168.1.10:8080.
        #[arg(long)]
        server: String,
        /// 八位配对码。The code of eight digits.
        #[arg(long)]
        code: String,
        /// 凭证写到这个文件。Where the credential is kept.
        #[arg(long)]
        out: PathBuf,
    },
}

#[expect(clippy::print_stdout, reason = "this is what the person asked for")]
fn say(line: &str) {
    println!("{line}");
}

fn main() -> anyhow::Result<()> {
    run::log_to_stderr();
    let arguments = Arguments::parse();
    if let Some(Other::Pair { server, code, out }) = &arguments.other {
        say(&pairing::with_server(server, code, out)?);
        return Ok(());
    }
    if let Some(page) = &arguments.gallery {
        let page = page.parse::<gallery::Page>()?;
        return Ok(run::run_gallery(page, arguments.window)?);
    }
    let path = arguments.config.context("--config FILE is needed")?;
    let config = Config::read(&path)?;
    if arguments.voice_only {
        return Ok(run::run_voice(&config)?);
    }
    if arguments.no_window {
        return Ok(run::run_unseen(&config)?);
    }
    Ok(run::run(config, arguments.window)?)
}
