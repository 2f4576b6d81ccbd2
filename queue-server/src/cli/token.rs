//! `queue-server token`: credentials, made before or while the server runs.

use std::{path::PathBuf, process::ExitCode};

use clap::Subcommand;
use hall::ids::WindowId;

use super::{must_have, say};
use crate::access::{Access, CredentialName, Refusal, Role};

/// What is done with credentials.
#[derive(Debug, Subcommand)]
pub enum TokenCommand {
    /// Makes a credential and prints it on the last line; it is never shown again.
    Add {
        /// The data's folder.
        #[arg(long)]
        data: PathBuf,
        /// kiosk, desk, display, bridge, office or admin.
        #[arg(long)]
        role: Role,
        /// The only windows it may act at; may be given several times.
        #[arg(long)]
        window: Vec<WindowId>,
        /// Its name, also the MQTT user name; for a device its id.
        #[arg(long)]
        name: Option<CredentialName>,
    },
    /// Lists names and roles.
    List {
        /// The data's folder.
        #[arg(long)]
        data: PathBuf,
    },
    /// Takes a credential back.
    Revoke {
        /// The data's folder.
        #[arg(long)]
        data: PathBuf,
        /// Its name.
        name: CredentialName,
    },
}

/// Does it.
pub fn run(command: TokenCommand) -> anyhow::Result<ExitCode> {
    match command {
        TokenCommand::Add { data, role, window, name } => {
            must_have(&data, &window)?;
            let (credential, secret) = Access::open(&data)?.add_credential(role, name, window)?;
            say(format!("{} ({})", credential.name, credential.role.as_str()));
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
        }
    }
    Ok(ExitCode::SUCCESS)
}
