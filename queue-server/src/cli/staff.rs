//! `queue-server staff`: sign-ins. There is no default password: one is given or made.
//!
//! A running server heeds all of it within a second.

use std::{io, path::PathBuf, process::ExitCode};

use clap::{Args, Subcommand};
use hall::ids::{StaffNo, WindowId};

use super::{must_have, note, say};
use crate::{
    access::{self, Access, Person, Refusal, Role},
    audit::Kind,
};

/// Characters of a made password: 80 random bits.
const MADE_LENGTH: usize = 20;

/// What is done with sign-ins.
#[derive(Debug, Subcommand)]
pub enum StaffCommand {
    /// 新建或更换账号。Makes or replaces a sign-in. Without `--password-stdin` a password is made and printed on
    /// the last line.
    Add {
        /// 数据文件夹。The data's folder.
        #[arg(long)]
        data: PathBuf,
        /// 工号。The staff number.
        #[arg(long)]
        no: StaffNo,
        /// 牌子上的姓名；不写就用工号。The name on the plate; the staff number if not said.
        #[arg(long)]
        name: Option<String>,
        /// 角色。desk, guide (导办台), office, supervisor (监察，只看), operator (运维), admin (系统管理),
        /// security (安全管理), auditor (审计)；三员不能由一人兼任。
        #[arg(long, default_value = "desk")]
        role: Role,
        /// 只准在这些窗口上岗；可写多次。
        /// The only windows where the person may sign on; may be given several times.
        #[arg(long)]
        window: Vec<WindowId>,
        /// 从标准输入第一行读密码，至少 12 个字符。
        /// Reads the password from the first line of standard input; at least 12 characters.
        #[arg(long)]
        password_stdin: bool,
        /// 第一次登录必须更换密码。The password must be changed at the first sign-in.
        #[arg(long)]
        must_change: bool,
    },
    /// 列出可以登录的人。Lists who can sign in.
    List {
        /// 数据文件夹。The data's folder.
        #[arg(long)]
        data: PathBuf,
    },
    /// 删除账号并结束其会话。Takes a sign-in away and ends its sessions.
    Remove(Of),
    /// 暂时停用账号并结束其会话。Refuses sign-ins for now and ends the sessions.
    Disable(Of),
    /// 恢复账号，密码不变。Allows sign-ins again, with the password of before.
    Enable(Of),
    /// 结束此人的全部会话，须重新登录。Ends every session, so that the person signs in again.
    EndSessions(Of),
}

/// Whose sign-in.
#[derive(Debug, Args)]
pub struct Of {
    /// 数据文件夹。The data's folder.
    #[arg(long)]
    data: PathBuf,
    /// 工号。The staff number.
    no: StaffNo,
}

impl Of {
    fn note(&self, verb: &str) {
        note(&self.data, Kind::Account, &format!("staff {verb} no={}", self.no));
    }
}

/// Does it.
pub fn run(command: StaffCommand) -> anyhow::Result<ExitCode> {
    match command {
        StaffCommand::Add { data, no, name, role, window, password_stdin, must_change } => {
            if !role.is_person() {
                return Err(Refusal::NoPerson(role).into());
            }
            must_have(&data, &window)?;
            let name = name.unwrap_or_else(|| no.to_string());
            let person = Person { no, name, role, windows: window };
            let given = password_stdin.then(read_password).transpose()?;
            let password = given.clone().map_or_else(made_password, Ok)?;
            let access = Access::open(&data)?;
            access.add_person(person, &password)?;
            if must_change {
                access.give_password(no, &password)?;
            }
            note(&data, Kind::Account, &format!("staff add no={no} role={}", role.as_str()));
            say(format!("{no} ({})", role.as_str()));
            if given.is_none() {
                say(password);
            }
        }
        StaffCommand::List { data } => {
            for (person, disabled) in Access::open(&data)?.people()? {
                let windows: Vec<_> = person.windows.iter().map(WindowId::as_str).collect();
                let (no, role, name) = (person.no, person.role.as_str(), &person.name);
                let disabled = if disabled { "\tdisabled" } else { "" };
                say(format!("{no}\t{role}\t{name}\t{}{disabled}", windows.join(",")));
            }
        }
        StaffCommand::Remove(of) => {
            there_was(Access::open(&of.data)?.remove_person(of.no)?, of.no)?;
            of.note("remove");
        }
        StaffCommand::Disable(of) => {
            there_was(Access::open(&of.data)?.disable_person(of.no, true)?, of.no)?;
            of.note("disable");
        }
        StaffCommand::Enable(of) => {
            there_was(Access::open(&of.data)?.disable_person(of.no, false)?, of.no)?;
            of.note("enable");
        }
        StaffCommand::EndSessions(of) => {
            let access = Access::open(&of.data)?;
            there_was(access.people()?.iter().any(|(person, _)| person.no == of.no), of.no)?;
            access.end_sessions(of.no)?;
            of.note("end-sessions");
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn there_was(was_there: bool, no: StaffNo) -> Result<(), Refusal> {
    if was_there { Ok(()) } else { Err(Refusal::NoSuchSignIn(no)) }
}

fn read_password() -> anyhow::Result<String> {
    let mut line = String::new();
    io::stdin().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

fn made_password() -> anyhow::Result<String> {
    let mut secret = access::fresh_secret()?;
    secret.truncate(MADE_LENGTH);
    Ok(secret)
}
