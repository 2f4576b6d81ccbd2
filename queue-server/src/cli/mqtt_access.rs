//! `queue-server mqtt-access`: what mosquitto must know, written from profile and credentials.

use std::{
    fmt::Display,
    fs,
    io::{self, ErrorKind, Write as _},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, anyhow};
use clap::Args;
use wire::texts::{Language, Texts};

use super::say;
use crate::{
    access::{self, Access, SERVER},
    broker::{Permissions, ServerSecret},
    mosquitto::{self, Plan, TlsPlan},
    profile::Profile,
};

/// The file of the server's own password to mosquitto.
const SECRET_FILE: &str = "server.secret";

/// For the owner alone.
const OWNER: u32 = 0o600;
/// For its group too, which is mosquitto's.
const GROUP: u32 = 0o640;
/// For everybody.
const ALL: u32 = 0o644;

/// What is written, and where mosquitto will find it.
#[derive(Debug, Args)]
pub struct MqttAccessArguments {
    /// 大厅配置。The hall's profile.
    #[arg(long)]
    hall: PathBuf,
    /// 数据文件夹。The data's folder.
    #[arg(long)]
    data: PathBuf,
    /// 写到这个文件夹：mosquitto.conf、passwords、acl、server.secret。
    /// Where mosquitto.conf, passwords, acl and server.secret are written.
    #[arg(long)]
    out: PathBuf,
    /// 文件 passwords 和 acl 以后放在哪里；不写就是上面的文件夹。
    /// Where passwords and acl will lie; the folder above if not given.
    #[arg(long)]
    place: Option<PathBuf>,
    /// 监听地址（mosquitto 的）；有证书时为 0.0.0.0:8883，否则为 127.0.0.1:1883。
    /// Where mosquitto listens.
    #[arg(long)]
    listen: Option<SocketAddr>,
    /// 存放状态的文件夹（mosquitto 的）。Where mosquitto keeps what it must remember.
    #[arg(long, default_value = "/var/lib/mosquitto")]
    state: PathBuf,
    /// 服务器证书（mosquitto 的）；写了就用 TLS。Mosquitto's certificate: TLS if it is given.
    #[arg(long, requires = "key_file")]
    certificate_file: Option<PathBuf>,
    /// 证书的私钥。The certificate's key.
    #[arg(long, requires = "certificate_file")]
    key_file: Option<PathBuf>,
    /// 设备证书的签发机构；写了就只认证书（名字即凭证名），不再用密码。
    /// The authority of the devices' certificates: only who has one comes in, and its common name
    /// is the credential's name; no passwords then.
    #[arg(long, requires = "certificate_file")]
    client_authority_file: Option<PathBuf>,
}

/// Writes the files and says what is still to be done.
pub fn run(arguments: MqttAccessArguments) -> anyhow::Result<ExitCode> {
    let MqttAccessArguments { hall, data, out, place, listen, state, .. } = &arguments;
    let profile = Profile::read(hall).map_err(|problems| {
        anyhow!("{}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    })?;
    fs::create_dir_all(out).with_context(|| format!("failed to make {}", out.display()))?;
    let out = fs::canonicalize(out).with_context(|| format!("failed to find {}", out.display()))?;
    let tls = arguments.tls();
    let plan = Plan {
        listen: listen.unwrap_or_else(|| Plan::usual_address(tls.is_some())),
        place: place.clone().unwrap_or_else(|| out.clone()),
        state: state.clone(),
        tls,
    };
    let access = Access::open(data)?;
    let credentials = access.credentials()?;
    // Nobody connects to these: they only answer who may what.
    let (id, unused) = (profile.setup.id(), ServerSecret::fresh()?);
    let permissions = Permissions::new(id, access, unused, &profile.devices);
    let server = access::mosquitto::hash(&server_secret(&out.join(SECRET_FILE))?)?;
    let files = [
        ("mosquitto.conf", plan.conf(), ALL),
        ("passwords", mosquitto::passwords(&server, &credentials, &permissions), GROUP),
        ("acl", mosquitto::acl(id, &credentials, &permissions), GROUP),
    ];
    for (name, text, mode) in &files {
        write(&out.join(name), text, *mode)?;
    }
    let known: Vec<&str> = mosquitto::speakers(&credentials, &permissions)
        .map(|credential| credential.name.as_str())
        .collect();
    tell("mosquitto.written", &[("out", &out.display()), ("names", &known.join(" "))], say);
    for credential in mosquitto::unknown_to_mosquitto(&credentials, &permissions) {
        tell("mosquitto.unknown", &[("name", &credential.name)], warn);
    }
    if plan.is_in_the_clear() {
        tell("mosquitto.in_the_clear", &[("address", &plan.listen)], warn);
    }
    Ok(ExitCode::SUCCESS)
}

impl MqttAccessArguments {
    fn tls(&self) -> Option<TlsPlan> {
        let (certificate, key) = self.certificate_file.clone().zip(self.key_file.clone())?;
        Some(TlsPlan { certificate, key, clients: self.client_authority_file.clone() })
    }
}

/// The server's own secret: the one of the last time, so that only what changed changes.
fn server_secret(path: &Path) -> anyhow::Result<String> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(text.trim().to_owned()),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let secret = access::fresh_secret()?;
            write(path, &format!("{secret}\n"), OWNER)?;
            Ok(secret)
        }
        Err(error) => Err(error).with_context(|| format!("failed to read {}", path.display())),
    }
}

/// A new file beside the old one, then a rename: mosquitto never reads half of one.
fn write(path: &Path, text: &str, mode: u32) -> anyhow::Result<()> {
    use std::os::unix::fs::OpenOptionsExt;
    let fresh = path.with_extension("new");
    fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(mode)
        .open(&fresh)
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .and_then(|()| fs::rename(&fresh, path))
        .with_context(|| format!("failed to write {}", path.display()))
}

fn warn(line: String) {
    writeln!(io::stderr(), "{line}").ok();
}

fn tell(key: &str, values: &[(&str, &dyn Display)], mut out: impl FnMut(String)) {
    for language in [Language::Chinese, Language::English] {
        let values: Vec<(&str, &dyn Display)> =
            values.iter().copied().chain([("server", &SERVER as &dyn Display)]).collect();
        out(Texts::of(language).fill(key, &values));
    }
}
