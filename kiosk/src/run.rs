//! The program from its arguments to its end.

use std::{
    ffi::OsString,
    io::IsTerminal,
    path::PathBuf,
    process::ExitCode,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
};

use anyhow::Context as _;
use clap::{Parser, Subcommand};
use egui::{Vec2, vec2};
use paper::{faces::Faces, profile::Profile};
use wire::server::{self, Way};

use crate::{
    alone::kept,
    app::{App, Still},
    code_file,
    config::Config,
    counter::Counters,
    enquiries::Enquiries,
    gallery, keeper,
    ledger::disk::DiskBook,
    link::Link,
    model::Model,
    news::{Haste, News},
    printer::SlipPrinter,
    reader::CardReader,
    server::HttpServer,
    trial::Trial,
    vitals::Vitals,
    voice::Voice,
    window,
};

/// What is logged if nobody says otherwise: the window library warns of every setting that a desktop
/// does not have, which no operator can mend.
const LOGGED: &str = "info,winit=error,egui_winit=error,eframe=error,egui_glow=error";

/// How a kiosk ends whose thread died.
const BROKEN: i32 = 70;

/// The size of a window on a desk: half the upright page.
const WINDOW: Vec2 = vec2(540.0, 960.0);

/// What the kiosk is to the server, which shows it in the device room.
const PROGRAM: &str = concat!("kiosk/", env!("CARGO_PKG_VERSION"));

/// The same without a window.
const UNSEEN: &str = concat!("kiosk/", env!("CARGO_PKG_VERSION"), " no-window");

/// 取号机: the touch screen that issues tickets and prints them.
#[derive(Debug, Parser)]
#[command(
    name = "kiosk",
    version,
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true
)]
pub struct Arguments {
    /// 配置文件（带注释的 TOML）。The configuration, a commented TOML file.
    #[arg(long, value_name = "FILE", required_unless_present = "gallery")]
    pub config: Option<PathBuf>,
    /// 开窗口，不占全屏；可写尺寸。
    /// Opens a window instead of the full screen, of WIDTHxHEIGHT if that is given.
    #[arg(long, value_name = "WxH", num_args = 0..=1, require_equals = true, default_missing_value = "540x960", value_parser = size)]
    pub window: Option<Vec2>,
    /// 不开窗口：照常与服务器和打印机联系，只是没人能点。Runs without a window: it keeps in touch with
    /// server and printer, and nobody can touch it.
    #[arg(long, conflicts_with_all = ["window", "gallery"])]
    pub no_window: bool,
    /// 看护：程序退出或停住时几秒内重新启动。Keeps the kiosk running: begins again within seconds when
    /// it ends or stands still.
    #[arg(long)]
    pub keep: bool,
    /// Somebody keeps it.
    #[arg(long, hide = true)]
    pub kept: bool,
    /// 用样例数据显示一页，供截图；`list` 列出各页。
    /// Shows a page with sample data, for pictures; `list` names them.
    #[arg(long, value_name = "PAGE")]
    pub gallery: Option<String>,
    /// What else the program does.
    #[command(subcommand)]
    pub other: Option<Other>,
}

/// What the program does instead of running a kiosk.
#[derive(Debug, Subcommand)]
pub enum Other {
    /// 运维口令：从标准输入读一行六到十二位数字，把散列写到文件。
    /// Sets the operator's code: reads a line of six to twelve digits and writes its hash to a file.
    OperatorCode {
        /// 写到哪里。Where the hash is kept.
        #[arg(long)]
        out: PathBuf,
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

fn size(text: &str) -> Result<Vec2, String> {
    let parsed = text.split_once('x').and_then(|(wide, high)| {
        Some(vec2(wide.parse::<u16>().ok()?.into(), high.parse::<u16>().ok()?.into()))
    });
    parsed
        .filter(|size| size.min_elem() >= 200.0)
        .ok_or_else(|| format!("\"{text}\" is no size: write 540x960"))
}

/// Runs the kiosk with a program's arguments (the first one is the program's name), so that another
/// program can be its parent and its executable.
pub fn main_with(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let given = arguments.clone();
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            drop(error.print());
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new(LOGGED));
    // A parent that logs has already set this up.
    let logs = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    drop(logs.with_ansi(std::io::stderr().is_terminal()).try_init());
    if arguments.keep {
        return match std::env::current_exe() {
            Ok(program) => keeper::keep(&program, &given),
            Err(error) => {
                tracing::error!(%error, "the kiosk does not know where its program is");
                ExitCode::FAILURE
            }
        };
    }
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

#[expect(clippy::print_stdout, reason = "this is what the person asked for")]
fn say(line: &str) {
    println!("{line}");
}

/// Runs the kiosk until its window is closed.
///
/// # Errors
/// If it cannot begin: configuration, record, or window.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    if let Some(Other::Pair { server, authority_file, code, out }) = &arguments.other {
        let way = Way::to(server, authority_file.as_deref())?;
        say(&server::pair(&way, code, out)?);
        return Ok(());
    }
    if let Some(Other::OperatorCode { out }) = &arguments.other {
        code_file::set(std::io::stdin().lock(), out)?;
        say(&format!("{}", out.display()));
        return Ok(());
    }
    if arguments.kept {
        end_with_any_thread();
    }
    let size = arguments.window.unwrap_or(WINDOW);
    let full = arguments.window.is_none();
    if let Some(name) = &arguments.gallery {
        return show_gallery(name, full, size);
    }
    let path = arguments.config.as_ref().context("kiosk needs --config FILE")?;
    let config = Config::load(path)?;
    let credential = config.credential()?;
    let program = if arguments.no_window { UNSEEN } else { PROGRAM };
    let way = Way::to(&config.server.url, config.server.authority_file.as_deref())?;
    let server = HttpServer::new(&way, &credential, program);
    let faces = Faces::new(look::fonts::REGULAR, look::fonts::BOLD)
        .context("failed to read the built-in letters")?;
    let profile = Profile::find(&config.printer.profile)?;
    let printer = SlipPrinter::new(profile, &config.printer.place, faces);
    let (mut book, open) = DiskBook::open(&config.kiosk.data)?;
    let unfound = book.take_unfound();
    if !open.is_empty() {
        tracing::warn!(slips = open.len(), "an earlier run left slips unsettled; settling them");
    }
    let code = config.kiosk.operator_code_file.as_deref().and_then(code_file::read);
    let (mut model, folder) = (Model::new(config.settings()), config.kiosk.data.clone());
    (model.settings.has_code, model.settings.is_kept) = (code.is_some(), arguments.kept);
    if let Some(catalogue) = kept::catalogue(&folder) {
        wire::texts::own::lay_over(&catalogue.texts);
        model.offer(catalogue);
    }
    let (trial, vitals) = (Trial::default(), Vitals::default());
    if arguments.no_window {
        let (news, inbox) = News::channel(|_| {});
        let link = Link::by_the_clock(server.clone(), news.clone(), trial.clone(), vitals)?;
        let kept = folder.clone();
        let counter = Counters::start(server, (book, open, unfound), printer, kept, news, trial)?;
        App::new(model, inbox, link, counter, None).keeping(folder).live_unseen();
        return Ok(());
    }
    let voice = config.voice.program.clone().map(Voice::start).transpose()?;
    let is_kept = arguments.kept;
    let (title, socket) = (config.kiosk.name.clone(), config.kiosk.reader_socket.clone());
    let opened = eframe::run_native(
        &title,
        window::options(&title, full, size),
        Box::new(move |context| {
            look::theme::install(&context.egui_ctx);
            // No key changes what people see.
            context.egui_ctx.options_mut(|options| options.zoom_with_keyboard = false);
            let screen = context.egui_ctx.clone();
            let rests = Arc::new(AtomicBool::new(false));
            let at_leisure = Arc::clone(&rests);
            let (news, inbox) = News::channel(move |haste| match haste {
                Haste::AtLeisure if at_leisure.load(Relaxed) => {
                    screen.request_repaint_after(News::AT_LEISURE);
                }
                Haste::AtLeisure | Haste::Now => screen.request_repaint(),
            });
            let link = Link::start(server.clone(), news.clone(), trial.clone(), vitals.clone())?;
            let reader =
                socket.map(|socket| CardReader::start(socket, server.clone(), news.clone()));
            let reader = reader.transpose()?;
            let enquiries = Enquiries::start(server.clone(), news.clone())?;
            let kept = folder.clone();
            let counter =
                Counters::start(server, (book, open, unfound), printer, kept, news, trial)?;
            let app = App::new(model, inbox, link, counter, voice).keeping(folder);
            let app = app.telling_rest(rests).with_reader(reader).with_enquiries(enquiries);
            let app = app.watched(vitals, is_kept).locked(full).guarded(code);
            Ok(Box::new(app.filling(filling(full))))
        }),
    );
    opened.map_err(|error| no_window(&error))
}

fn show_gallery(name: &str, full: bool, size: Vec2) -> anyhow::Result<()> {
    let Some(model) = gallery::page(name) else {
        anyhow::bail!(
            "the gallery has no page \"{name}\"; it has zones, {}; add -elder, -en, or -elder-en",
            gallery::PAGES.join(", ")
        );
    };
    let opened = eframe::run_native(
        name,
        window::options(name, full, size),
        Box::new(move |context| {
            look::theme::install(&context.egui_ctx);
            Ok(Box::new(Still { model, filling: filling(full) }))
        }),
    );
    opened.map_err(|error| no_window(&error))
}

/// A kiosk of which one thread has died is no kiosk: it ends whole, and begins again.
fn end_with_any_thread() {
    let told = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        told(panic);
        std::process::exit(BROKEN);
    }));
}

/// Frames in which the window tries to take the whole screen.
const fn filling(full: bool) -> u64 {
    if full { look::window::FILLING_FRAMES_MAX } else { 0 }
}

/// One plain sentence instead of a library's complaint.
fn no_window(error: &eframe::Error) -> anyhow::Error {
    anyhow::anyhow!(
        "the kiosk cannot open a window ({error}); it needs a display, and on Debian: apt-get install \
         libx11-6 libx11-xcb1 libxcursor1 libxi6 libxkbcommon-x11-0 libegl1 libgl1-mesa-dri"
    )
}
