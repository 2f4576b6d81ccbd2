//! The command line: `serve`, `check`, `reload`, `token`, `mqtt-access`, `plan`, `staff`, `journal`,
//! `rebuild`, `audit`, `backup`, `restore`.

mod audit;
mod backup;
mod check;
mod mqtt_access;
mod plan;
mod records;
mod reload;
mod serve;
mod staff;
mod token;

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Parser, Subcommand};
use hall::ids::WindowId;

use crate::{
    access::Refusal,
    audit::{Kind, command},
    serve::whose,
};

/// 大厅的服务器。The hall's server.
///
/// It ends with 0 when it was stopped, 1 when it could not begin, 70 after a bug in the hall's
/// rules, 74 when the journal could not be written. A supervisor starts it again after 70 and 74.
#[derive(Debug, Parser)]
#[command(name = "queue-server", version)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 开厅；就绪后打印一行 JSON，写明地址。
    /// Opens the hall; prints one JSON line with its addresses when it is ready.
    Serve(serve::ServeArguments),
    /// 检查大厅配置，一次列出全部问题。Names every problem of a hall's profile at once.
    Check {
        /// 配置所在的文件夹。The profile's folder.
        folder: PathBuf,
        /// 给人看的句子，或给程序读的 JSON 行。Sentences for people, or JSON lines for programs.
        #[arg(long, value_enum, default_value = "text")]
        format: check::Format,
    },
    /// 让正在运行的服务器重新载入大厅配置：能马上生效就生效，否则今晚生效。
    /// Lets the running server read its profile again: at once, or with the next day if today is
    /// in the way.
    Reload {
        /// 数据文件夹。The data's folder.
        #[arg(long)]
        data: PathBuf,
    },
    /// 取号机、大屏、设备桥和程序的凭证。Credentials of kiosks, screens, bridges and programs.
    #[command(subcommand)]
    Token(token::TokenCommand),
    /// 给外部消息代理 mosquitto 写配置、密码文件和权限表。
    /// Writes configuration, password file and access list for mosquitto as the broker.
    MqttAccess(mqtt_access::MqttAccessArguments),
    /// 排班建议：每半小时各队列要开几个窗口。
    /// How many windows each queue needs in each half hour of a day or a week.
    Plan(plan::PlanArguments),
    /// 人员的登录账号。Sign-ins of people.
    #[command(subcommand)]
    Staff(staff::StaffCommand),
    /// 流水记录。The record.
    #[command(subcommand)]
    Journal(records::JournalCommand),
    /// 操作审计：核对、导出。The audit trail.
    #[command(subcommand)]
    Audit(audit::AuditCommand),
    /// 备份：流水、配置、账号、审计；服务器运行时也可以用。
    /// Copies the record, the profile, the access and the trail; the server may run meanwhile.
    Backup(backup::BackupArguments),
    /// 从备份恢复到新的文件夹。Puts a hall back from a backup, into new folders.
    Restore(backup::RestoreArguments),
    /// 按流水记录重建存储；须先停服务器。
    /// Makes the store again from the record; the server must be stopped.
    Rebuild {
        /// 大厅配置。The hall's profile.
        #[arg(long)]
        hall: PathBuf,
        /// 数据文件夹。The data's folder.
        #[arg(long)]
        data: PathBuf,
    },
}

/// Does what the command line says.
///
/// # Errors
/// What an operator should read.
pub fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    match cli.command {
        Command::Serve(arguments) => serve::run(arguments),
        Command::Check { folder, format } => check::run(&folder, format),
        Command::Reload { data } => reload::run(&data),
        Command::Token(command) => token::run(command),
        Command::MqttAccess(arguments) => mqtt_access::run(arguments),
        Command::Plan(arguments) => plan::run(arguments),
        Command::Staff(command) => staff::run(command),
        Command::Journal(command) => records::run(command),
        Command::Audit(command) => audit::run(command),
        Command::Backup(arguments) => backup::run(arguments),
        Command::Restore(arguments) => backup::restore(arguments),
        Command::Rebuild { hall, data } => records::rebuild(&hall, &data),
    }
}

/// Goes on only for windows that the hall has, if the data tells which hall it is.
fn must_have(data: &Path, windows: &[WindowId]) -> Result<(), Refusal> {
    let Some(known) = whose::windows(data) else { return Ok(()) };
    match windows.iter().find(|window| !known.contains(window)) {
        Some(&window) => Err(Refusal::NoSuchWindow { window, known }),
        None => Ok(()),
    }
}

/// Leaves word of what was done here for the audit trail; it is done already, so that a note which
/// cannot be written is only told.
fn note(data: &Path, kind: Kind, about: &str) {
    if let Err(error) = command::leave(data, kind, about) {
        tracing::warn!(%error, "the audit trail does not know of this");
    }
}

/// Prints a line on standard output; a closed pipe is no error.
fn say(line: impl std::fmt::Display) {
    writeln!(io::stdout(), "{line}").ok();
}
