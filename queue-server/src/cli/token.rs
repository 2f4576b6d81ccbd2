//! `queue-server token`: credentials, made before or while the server runs.

use std::{path::PathBuf, process::ExitCode};

use clap::Subcommand;
use hall::ids::WindowId;

use super::{must_have, note, say};
use crate::{
    access::{Access, CredentialName, Refusal, Role},
    audit::Kind,
};

/// What is done with credentials.
#[derive(Debug, Subcommand)]
pub enum TokenCommand {
    /// 新建凭证，打印在最后一行，以后不再显示。
    /// Makes a credential and prints it on the last line; it is never shown again.
    Add {
        /// 数据文件夹。The data's folder.
        #[arg(long)]
        data: PathBuf,
        /// 角色。kiosk, desk, display, bridge, office or admin.
        #[arg(long)]
        role: Role,
        /// 只准用于这些窗口；可写多次。The only windows it may act at; may be given several times.
        #[arg(long)]
        window: Vec<WindowId>,
        /// 凭证名，也是 MQTT 用户名；设备用设备编号。
        /// Its name, also the MQTT user name; for a device its id.
        #[arg(long)]
        name: Option<CredentialName>,
    },
    /// 列出凭证名和角色。Lists names and roles.
    List {
        /// 数据文件夹。The data's folder.
        #[arg(long)]
        data: PathBuf,
    },
    /// 收回凭证。Takes a credential back.
    Revoke {
        /// 数据文件夹。The data's folder.
        #[arg(long)]
        data: PathBuf,
        /// 凭证名。Its name.
        name: CredentialName,
    },
}

/// Does it.
pub fn run(command: TokenCommand) -> anyhow::Result<ExitCode> {
    match command {
        TokenCommand::Add { data, role, window, name } => {
            must_have(&data, &window)?;
            let (credential, secret) = Access::open(&data)?.add_credential(role, name, window)?;
            let (name, role) = (credential.name, credential.role.as_str());
            note(&data, Kind::Token, &format!("token add name={name} role={role}"));
            say(format!("{name} ({role})"));
            say(secret);
        }
        TokenCommand::List { data } => {
            for credential in Access::open(&data)?.credentials()? {
                let windows: Vec<_> = credential.windows.iter().map(WindowId::as_str).collect();
                let (name, role) = (credential.name, credential.role.as_str());
                say(format!("{name}\t{role}\t{}", windows.join(",")));
            }
        }
        TokenCommand::Revoke { data, name } => {
            if !Access::open(&data)?.revoke(name)? {
                return Err(Refusal::NoSuchCredential(name).into());
            }
            note(&data, Kind::Token, &format!("token revoke name={name}"));
        }
    }
    Ok(ExitCode::SUCCESS)
}
