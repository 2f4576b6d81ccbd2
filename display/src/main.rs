//! The program `display`: one hall screen and, if it is given a voice, the announcements.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::{Parser, Subcommand};
use display::{
    config::{Asked, Config, parse_role},
    gallery, run,
    voice::clips::pack,
};
use wire::{
    ids::{DeviceId, WindowId, ZoneId},
    screens::Role,
    server::{self, Way},
    texts::{Language, Texts},
};

/// 大屏、窗口屏、评价平板和语音。Hall screen, window screen, evaluation tablet and voice.
#[derive(Parser)]
#[command(version, args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
struct Arguments {
    /// 配置文件。The configuration file.
    #[arg(long, required_unless_present = "gallery")]
    config: Option<PathBuf>,
    /// 这块屏是什么：hall 大厅屏、window 窗口屏、evaluator 评价平板。
    /// What this screen is: hall, window or evaluator.
    #[arg(long, value_parser = parse_role)]
    role: Option<Role>,
    /// 挂在哪个区域。The zone where it hangs.
    #[arg(long, requires = "role")]
    zone: Option<ZoneId>,
    /// 在哪个窗口。The window where it stands.
    #[arg(long, requires = "role")]
    window: Option<WindowId>,
    /// 直接写设备编号，代替角色和位置。The device itself instead of role and place.
    #[arg(long, conflicts_with = "role")]
    device: Option<DeviceId>,
    /// 开窗口，不占全屏。A window on a desk instead of the full screen.
    #[arg(long)]
    windowed: bool,
    /// 不开窗口：大屏程序照常在线，只是不显示。Runs without a window: known to the server, shows nothing.
    #[arg(long, conflicts_with_all = ["windowed", "gallery", "voice_only"])]
    no_window: bool,
    /// 只要语音，不开窗口。The voice alone, without any window.
    #[arg(long)]
    voice_only: bool,
    /// 用样例数据显示一页；list 列出所有页。Shows a page with sample data; list names all of them.
    #[arg(long, value_name = "PAGE")]
    gallery: Option<String>,
    /// 样例页用英文。The page in English.
    #[arg(long, requires = "gallery")]
    english: bool,
    #[command(subcommand)]
    other: Option<Other>,
}

#[derive(Subcommand)]
enum Other {
    /// 生成语音片段包：叫号要用的每个字词各一段，去掉首尾静音，音量一致。
    /// Makes a clip pack: every word that calls need, trimmed and equally loud.
    VoiceClips {
        /// 片段写到这个文件夹。Where the clips are written.
        #[arg(long)]
        out: PathBuf,
        /// 语言。The language of the sentences: zh-CN or en.
        #[arg(long, default_value = "zh-CN", value_parser = language)]
        language: Language,
        /// 另加的字词，一行一个。More words, one a line.
        #[arg(long, value_name = "FILE")]
        words: Option<PathBuf>,
        /// 发音程序，把 WAV 写到标准输出；{text} 是字词。
        /// The program that speaks {text} as a WAV to its standard output.
        #[arg(
            last = true,
            default_values = ["espeak-ng", "-v", "cmn-latn-pinyin", "-s", "128", "--stdout", "--", "{text}"]
        )]
        command: Vec<String>,
    },
    /// 配对：用办公室给的配对码拿到凭证。Gets the credential for the office's code.
    Pair {
        /// 服务器地址。The server, like http://192.168.1.10:8080.
        #[arg(long)]
        server: String,
        /// 服务器的证书，地址是 https:// 时要写。Who signed its certificate, for https://.
        #[arg(long, value_name = "FILE")]
        authority_file: Option<PathBuf>,
        /// 八位配对码。The code of eight digits.
        #[arg(long)]
        code: String,
        /// 凭证写到这个文件。Where the credential is kept.
        #[arg(long)]
        out: PathBuf,
    },
}

fn language(tag: &str) -> Result<Language, String> {
    let known = [Language::Chinese, Language::English];
    let found = known.into_iter().find(|language| language.tag() == tag);
    found.ok_or_else(|| known.map(Language::tag).join(", "))
}

#[expect(clippy::print_stdout, reason = "this is what the person asked for")]
fn say(line: &str) {
    println!("{line}");
}

fn main() -> anyhow::Result<()> {
    run::log_to_stderr();
    let arguments = Arguments::parse();
    if let Some(Other::Pair { server, authority_file, code, out }) = &arguments.other {
        let way = Way::to(server, authority_file.as_deref())?;
        say(&server::pair(&way, code, out)?);
        return Ok(());
    }
    if let Some(Other::VoiceClips { out, language, words, command }) = &arguments.other {
        let mut needed = pack::needs(Texts::of(*language));
        if let Some(path) = words {
            let text = std::fs::read_to_string(path)
                .with_context(|| format!("failed to read {}", path.display()))?;
            needed.extend(text.lines().map(str::trim).filter(|it| !it.is_empty()).map(Into::into));
        }
        let written = pack::write(out, &needed, command)?;
        say(&Texts::of(*language).fill(
            "screen.clips_written",
            &[("clips", &written.clips), ("secs", &written.lasts.as_secs())],
        ));
        return Ok(());
    }
    if let Some(page) = &arguments.gallery {
        if page == "list" {
            gallery::Page::ALL.iter().for_each(|(_, word)| say(word));
            return Ok(());
        }
        let page = page.parse::<gallery::Page>()?;
        let language = if arguments.english { Language::English } else { Language::Chinese };
        return Ok(run::run_gallery(page, language, arguments.windowed)?);
    }
    let path = arguments.config.context("--config FILE is needed")?;
    let Arguments { role, zone, window, device, .. } = arguments;
    let config = Config::read_as(&path, Asked { screen: device, role, zone, window })?;
    if arguments.voice_only {
        return Ok(run::run_voice(&config)?);
    }
    if arguments.no_window {
        return Ok(run::run_unseen(&config)?);
    }
    Ok(run::run(config, arguments.windowed)?)
}
