//! `queue-server plan --day …` and `--week …`: how many windows each half hour needs.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::anyhow;
use clap::{Args, ValueEnum};
use hall::forecast::plan::Plan;
use jiff::civil::Date;
use journal::files::RealFiles;
use wire::texts::{Language, Texts};

use super::say;
use crate::{
    forecasts::{learning, planning},
    pages::office::csv,
    profile::Profile,
};

/// What is planned, and how it is told.
#[derive(Debug, Args)]
pub struct PlanArguments {
    /// 大厅配置。The hall's profile.
    #[arg(long)]
    hall: PathBuf,
    /// 数据文件夹；不写则只按配置估计。The data's folder; left out: from the profile alone.
    #[arg(long)]
    data: Option<PathBuf>,
    /// 哪一天：2026-12-01。Which day.
    #[arg(long, required_unless_present = "week", conflicts_with = "week")]
    day: Option<Date>,
    /// 从这一天起的七天。The seven days from this one on.
    #[arg(long)]
    week: Option<Date>,
    /// 平均等候不超过几分钟。Minutes that people wait at most in the mean.
    #[arg(long, default_value_t = planning::WAIT_MINUTES, value_parser = clap::value_parser!(u16).range(1..=120))]
    wait: u16,
    /// 表格，或给电子表格的 CSV。A table, or CSV for spreadsheets.
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
    /// 文字的语言。The language of the words.
    #[arg(long, value_enum, default_value = "chinese")]
    language: Words,
}

/// How a plan is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Csv,
}

/// In which language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Words {
    Chinese,
    English,
}

/// Prints the plan; ends with 1 if the hall is closed on all of these days. The server may run
/// meanwhile: nothing is written.
pub fn run(arguments: PlanArguments) -> anyhow::Result<ExitCode> {
    let profile = Profile::read(&arguments.hall).map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        anyhow!("{}", lines.join("\n"))
    })?;
    let data = arguments.data.as_deref().unwrap_or(Path::new(""));
    let learned = learning::at_start(data, &RealFiles, &profile.setup);
    let dates: Vec<Date> = match (arguments.day, arguments.week) {
        (Some(day), _) => vec![day],
        (None, Some(first)) => planning::week_from(first).collect(),
        (None, None) => Vec::new(),
    };
    let texts = Texts::of(match arguments.language {
        Words::Chinese => Language::Chinese,
        Words::English => Language::English,
    });
    let plan = |date: &Date| (*date, planning::of_date(&profile, &learned, *date, arguments.wait));
    let planned: Vec<(Date, Option<Plan>)> = dates.iter().map(plan).collect();
    let any = planned.iter().any(|(_, plan)| plan.is_some());
    match arguments.format {
        Format::Csv => {
            let plans: Vec<Plan> = planned.into_iter().filter_map(|(_, plan)| plan).collect();
            say(csv::written(&planning::rows(&profile.setup, &plans, texts))?.trim_end());
        }
        Format::Table => planned.iter().for_each(|(date, plan)| tell(*date, plan.as_ref(), texts)),
    }
    Ok(if any { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn tell(date: Date, plan: Option<&Plan>, texts: &Texts) {
    let Some(plan) = plan else {
        say(texts.fill("plan.closed", &[("day", &date)]));
        return;
    };
    let wait = plan.wait.0 / 60_000;
    say(texts.fill("plan.subtitle", &[("day", &date), ("n", &wait)]));
    let rows = planning::table(plan, texts);
    let widths =
        |at: usize| rows.iter().filter_map(|row| row.get(at)).map(|cell| width(cell)).max();
    for row in &rows {
        let cell = |(at, cell): (usize, &String)| {
            let room = widths(at).unwrap_or_default().saturating_sub(width(cell));
            format!("{}{cell}", " ".repeat(room))
        };
        say(row.iter().enumerate().map(cell).collect::<Vec<_>>().join(" "));
    }
    say(planning::rests_on(plan, texts));
    say("");
}

/// Columns that a cell takes on a terminal: a Chinese character takes two.
fn width(cell: &str) -> usize {
    cell.chars().map(|letter| if letter.is_ascii() { 1 } else { 2 }).sum()
}
