//! 开一个大厅: everything of a hall on one machine, opened in order and closed in the other.

use std::{
    collections::BTreeMap,
    net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    thread::{self, JoinHandle},
};

use anyhow::Context;
use hall::{
    ids::{DeviceId, StaffNo, WindowId},
    words::WindowKind,
};
use paper::faces::Faces;
use queue_server::{
    access::Role,
    serve::{DemoClock, Running, ServeConfig, StartAt, serve},
};
use wire::device::DeviceKind;

use crate::{
    api::Api,
    bridge::Bridge,
    crowd::{Crowd, slips::Slips},
    keys::Keys,
    printer::RoomPrinter,
    screens::{self, Opening},
    training,
    windows::Window,
};

/// The person of the office page.
const OFFICE: &str = "9001";

/// The person of the setup.
const ADMIN: &str = "9000";

/// 导办员 of the demo.
const GUIDE: &str = "9002";

/// The person who keeps accounts, and no other administrator.
const SECURITY: &str = "9003";

/// The person who reads the audit trail.
const AUDITOR: &str = "9004";

/// Virtual slip printers at windows: each is a thread and a port.
const PRINTERS_MAX: usize = 16;

/// A demo hall that is not running yet opens so many minutes before tickets are issued.
const MINUTES_BEFORE: u16 = 2;

/// An address that no machine has; only its direction counts.
const DOCUMENTATION: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 1);

/// How the hall is opened.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The hall's profile.
    pub hall: PathBuf,
    /// The folder of the record and everything else.
    pub data: PathBuf,
    /// Where pages and `/api` listen.
    pub http: SocketAddr,
    /// Where the broker listens.
    pub mqtt: SocketAddr,
    /// Hall seconds in one of the world.
    pub speed: f64,
    /// Where the hall's clock begins, in its own time; the next opening if not said.
    pub start: Option<String>,
    /// The window left for the person who tries the hall.
    pub mine: WindowId,
    /// 练习: nothing counts, and every window is a learner's.
    pub training: bool,
    /// Citizens and clerks come.
    pub crowd: bool,
    /// Windows are opened, where there is a display.
    pub windows: bool,
    /// The kiosks and hall screens that get a window; the first of each if none is named.
    pub open: Vec<DeviceId>,
}

/// An open hall.
pub struct Demo {
    running: Running,
    bridge: Bridge,
    printer: RoomPrinter,
    at_windows: Vec<RoomPrinter>,
    windows: Vec<Window>,
    stop: Arc<AtomicBool>,
    crowd: Option<JoinHandle<()>>,
    /// What to tell the person who opened it.
    pub welcome: Vec<String>,
}

impl Demo {
    /// Opens everything.
    ///
    /// # Errors
    /// What is missing, in words.
    pub async fn open(plan: &Plan) -> anyhow::Result<Self> {
        let keys = Keys::open(&plan.data)?;
        let mut config =
            ServeConfig::new(plan.hall.clone(), plan.data.clone(), plan.http, plan.mqtt);
        config.demo = Some(DemoClock { speed: plan.speed, start: Some(start(plan)?) });
        // A fixed port is an address that a slip can name.
        config.settings.public_url = (plan.http.port() != 0).then(|| address(plan.http));
        config.settings.training.is_here = plan.training;
        let running = serve(config).await?;
        let keys = keys.shared(running.app.access.clone());
        let welcome = if plan.training {
            training::welcome(&running, &keys)?
        } else {
            welcome(&running, &keys, plan)?
        };
        // For whoever wants to try the API: both stand in the demo's folder.
        keys.credential("crowd-kiosk", Role::Kiosk)?;
        keys.credential("crowd-desk", Role::Desk)?;
        let faces = Faces::new(look::fonts::REGULAR, look::fonts::BOLD)?;
        let printer = printer(&running, &faces)?;
        let at_windows = at_windows(&running, &faces)?;
        let to_bridge = at_windows.iter().map(RoomPrinter::for_bridge).collect::<Result<_, _>>()?;
        let bridge = Bridge::open(&running, &keys, to_bridge)?;
        let mut demo = Self {
            running,
            bridge,
            printer,
            at_windows,
            windows: Vec::new(),
            stop: Arc::default(),
            crowd: None,
            welcome,
        };
        let printer = demo.printer.address();
        let opening = Opening {
            running: &demo.running,
            keys: &keys,
            printer: &printer,
            windows: plan.windows,
            named: &plan.open,
        };
        demo.windows = screens::open(&opening, &mut demo.welcome)?;
        if plan.crowd {
            demo.crowd = Some(demo.let_in(&keys, plan)?);
        }
        Ok(demo)
    }

    /// Lets the crowd in.
    fn let_in(&self, keys: &Keys, plan: &Plan) -> anyhow::Result<JoinHandle<()>> {
        let mine = plan.mine;
        let base = format!("http://{}", self.running.http);
        let luck = getrandom::u64()?;
        let kiosk = Api::new(&base, &keys.secret("crowd-kiosk", Role::Kiosk)?, luck);
        let desk = Api::new(&base, &keys.secret("crowd-desk", Role::Desk)?, luck);
        let profile = &self.running.app.profile;
        let staff: BTreeMap<WindowId, StaffNo> = profile
            .posts
            .iter()
            .filter_map(|post| Some((*post.windows.first()?, post.no)))
            .filter(|(window, _)| *window != mine && !plan.training)
            .filter(|(window, _)| {
                let kind = profile.setup.window(*window).map(|found| found.kind);
                kind.is_some_and(|kind| kind != WindowKind::Temporary)
            })
            .collect();
        let evaluators = evaluators(&profile.devices);
        let twins = self.bridge.twins();
        let rate = move |window: WindowId, level: u8| {
            if let Some(device) = evaluators.get(&window) {
                // A twin that is away is an evaluator nobody can press.
                let _ = twins.press(*device, &level.to_string());
            }
        };
        let at_kiosk =
            Api::new(&base, &keys.secret("crowd-kiosk", Role::Kiosk)?, getrandom::u64()?);
        let slips = Slips::start(at_kiosk, self.printer.of_crowd()?)?;
        let doors = (kiosk, desk, slips);
        let crowd = Crowd::new(doors, profile.setup.clone(), (staff, mine), Box::new(rate), luck);
        let crowd = if plan.training { crowd.of_class() } else { crowd };
        let stop = self.stop.clone();
        let thread = thread::Builder::new().name("crowd".into());
        Ok(thread.spawn(move || crowd.live(&stop))?)
    }

    /// Sentences about windows that have gone since the last look.
    pub fn gone(&mut self) -> Vec<String> {
        self.windows.iter_mut().filter_map(Window::has_gone).collect()
    }

    /// Closes everything: the crowd goes home, screens go dark, lines rest, the record is closed.
    pub async fn close(self) {
        self.stop.store(true, Relaxed);
        let (windows, crowd, bridge, printer, at_windows) =
            (self.windows, self.crowd, self.bridge, self.printer, self.at_windows);
        let closed = tokio::task::spawn_blocking(move || {
            if let Some(crowd) = crowd {
                crowd.join().ok();
            }
            windows.iter().for_each(Window::ask_to_close);
            windows.into_iter().for_each(Window::close);
            bridge.stop();
            printer.stop();
            at_windows.into_iter().for_each(RoomPrinter::stop);
        });
        closed.await.ok();
        self.running.stop().await;
    }
}

fn start(plan: &Plan) -> anyhow::Result<StartAt> {
    let Some(text) = &plan.start else {
        // A class begins at once.
        let minutes_before = if plan.training { 0 } else { MINUTES_BEFORE };
        return Ok(StartAt::NextSession { minutes_before });
    };
    // A folder that somebody is just changing says nothing of the hall's hours.
    let offset = queue_server::profile::Profile::read(&plan.hall)
        .map(|profile| profile.details.utc_offset_minutes)
        .map_err(|problems| {
            let first = problems.first().map_or(String::new(), ToString::to_string);
            anyhow::anyhow!(
                "--start needs the hall's time zone, and its folder has problems: {first}"
            )
        })?;
    let moment = queue_server::clock::HallClock::read(text, offset);
    Ok(StartAt::Moment(moment.map_err(anyhow::Error::msg).context("--start")?))
}

/// The address of the pages as somebody on this machine, or a telephone beside it, opens it: where
/// the hall listens on every address, the one that leads out of the machine.
fn address(http: SocketAddr) -> String {
    let ip = if http.ip().is_unspecified() { leads_out() } else { http.ip() };
    format!("http://{}", SocketAddr::new(ip, http.port()))
}

/// The machine's own address towards the network; loopback without one. Nothing is sent: a socket
/// of datagrams that is connected only learns its own end.
fn leads_out() -> IpAddr {
    let own = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).and_then(|socket| {
        socket.connect((DOCUMENTATION, 9))?;
        socket.local_addr()
    });
    own.map_or(Ipv4Addr::LOCALHOST.into(), |own| own.ip())
}

fn evaluators(devices: &[queue_server::profile::Device]) -> BTreeMap<WindowId, DeviceId> {
    let evaluators = devices.iter().filter(|device| device.kind == DeviceKind::Evaluator);
    evaluators.filter_map(|device| Some((device.window?, device.id))).collect()
}

/// A printer at a window prints papers, one without prints tickets.
fn is_of_kiosk(device: &queue_server::profile::Device) -> bool {
    device.kind == DeviceKind::Printer && device.window.is_none()
}

fn printer(running: &Running, faces: &Faces) -> anyhow::Result<RoomPrinter> {
    let devices = &running.app.profile.devices;
    let printer = devices.iter().find(|device| is_of_kiosk(device));
    let printer = printer.context("the hall's devices.toml names no printer")?;
    RoomPrinter::start(&printer.profile, printer.id, running.app.clone(), faces)
}

/// A virtual slip printer for each window that has one; the bridge prints on it and says how it is.
fn at_windows(running: &Running, faces: &Faces) -> anyhow::Result<Vec<RoomPrinter>> {
    let devices = running.app.profile.devices.iter();
    let printers = devices
        .filter(|device| device.kind == DeviceKind::Printer && device.window.is_some())
        .map(|device| (device.profile.clone(), device.id));
    let printers: Vec<_> = printers.take(PRINTERS_MAX).collect();
    let start = |(model, id): (String, DeviceId)| {
        RoomPrinter::at_window(&model, id, running.app.clone(), faces)
    };
    printers.into_iter().map(start).collect()
}

/// Addresses and sign-ins.
fn welcome(running: &Running, keys: &Keys, plan: &Plan) -> anyhow::Result<Vec<String>> {
    let posts = &running.app.profile.posts;
    let post = posts.iter().find(|post| post.windows.contains(&plan.mine));
    let post = post.with_context(|| format!("nobody has a post at window {}", plan.mine))?;
    let clerk = keys.sign_in(post.no, &post.name, Role::Desk, post.windows.clone())?;
    let office = keys.sign_in(OFFICE.parse()?, "办公室", Role::Office, Vec::new())?;
    let guide = keys.sign_in(GUIDE.parse()?, "导办员", Role::Guide, Vec::new())?;
    let admin = keys.sign_in(ADMIN.parse()?, "管理员", Role::Admin, Vec::new())?;
    let security = keys.sign_in(SECURITY.parse()?, "安全员", Role::Security, Vec::new())?;
    let auditor = keys.sign_in(AUDITOR.parse()?, "审计员", Role::Auditor, Vec::new())?;
    let (base, mine) = (format!("http://{}", running.http), plan.mine);
    Ok(vec![
        format!("{}  ×{}", running.app.profile.setup.name(), plan.speed),
        format!(
            "窗口 desk    {base}/desk     工号 {}  密码 {clerk}   ({mine} 号窗口留给您 yours)",
            post.no
        ),
        format!("导办 guide   {base}/guide    工号 {GUIDE}  密码 {guide}"),
        format!("看板 board   {base}/board    工号 {OFFICE}  密码 {office}"),
        format!("统计 office  {base}/office   工号 {OFFICE}  密码 {office}"),
        format!("设备间 room  {base}/room     工号 {ADMIN}  密码 {admin}"),
        format!("账号 accounts {base}/accounts 工号 {SECURITY}  密码 {security}"),
        format!("审计 audit   {base}/office/audit 工号 {AUDITOR}  密码 {auditor}"),
        format!("消息代理 MQTT {}    接口 API {base}/api/openapi.json", running.mqtt),
    ])
}

/// The profile of a name under `assets/halls`, or a folder.
#[must_use]
pub fn profile_folder(name: &str) -> PathBuf {
    let given = PathBuf::from(name);
    if given.is_dir() {
        return given;
    }
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/halls").join(name);
    if beside.is_dir() { beside } else { Path::new("assets/halls").join(name) }
}

#[cfg(test)]
mod tests;
