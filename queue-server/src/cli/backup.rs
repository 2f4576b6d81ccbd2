//! `queue-server backup` and `queue-server restore`.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::bail;
use clap::Args;

use super::{note, say};
use crate::{
    audit::Kind,
    backup::{self, Plan, restore},
    record,
    serve::lock,
};

/// What is copied, and where to.
#[derive(Debug, Args)]
pub struct BackupArguments {
    /// 数据文件夹。The data's folder.
    #[arg(long)]
    data: PathBuf,
    /// 大厅配置。The hall's profile.
    #[arg(long)]
    hall: PathBuf,
    /// 备份放在哪里，最好是另一块盘。Where backups are kept; another disk is best.
    #[arg(long)]
    to: PathBuf,
    /// 保留几份。How many are kept.
    #[arg(long, default_value_t = backup::KEPT)]
    keep: usize,
}

/// What is put back, and where to.
#[derive(Debug, Args)]
pub struct RestoreArguments {
    /// 一份备份（文件夹）。A backup's folder.
    #[arg(long)]
    from: PathBuf,
    /// 新的数据文件夹，须为空。The new folder of the data; it must be empty.
    #[arg(long)]
    data: PathBuf,
    /// 新的配置文件夹，须为空；不写就不恢复配置。
    /// The new folder of the profile; it must be empty. Without it the profile stays in the backup.
    #[arg(long)]
    hall: Option<PathBuf>,
}

/// Makes one; the server may run meanwhile.
pub fn run(arguments: BackupArguments) -> anyhow::Result<ExitCode> {
    let BackupArguments { data, hall, to, keep } = arguments;
    let plan = Plan { data: data.clone(), hall, to, keep, files: record::real_files() };
    let made = backup::make(&plan)?;
    note(&data, Kind::Backup, &format!("backup {}", made.name()));
    say(format!(
        "{} files, {} bytes, {} records, {} acts: copied and looked through",
        made.manifest.file.len(),
        made.bytes(),
        made.manifest.records,
        made.manifest.acts
    ));
    say(made.path.display());
    Ok(ExitCode::SUCCESS)
}

/// Puts one back.
pub fn restore(arguments: RestoreArguments) -> anyhow::Result<ExitCode> {
    let RestoreArguments { from, data, hall } = arguments;
    if lock::holder(&data).is_some() {
        bail!("a server uses {}; restore into a new folder", data.display());
    }
    let backup = backup::open(&from)?;
    restore::restore(&backup, &data, hall.as_deref(), &record::real_files())?;
    note(&data, Kind::Backup, &format!("restore {}", backup.name()));
    say(format!(
        "{} records and {} acts are back and whole; start the server with --data {}",
        backup.manifest.records,
        backup.manifest.acts,
        shown(&data)
    ));
    Ok(ExitCode::SUCCESS)
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}
