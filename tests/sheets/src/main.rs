//! `cargo run -p sheets -- DIR [times]`: writes a sheet of all pages for each layout and language.

use std::{env, fs, path::PathBuf};

use anyhow::Context as _;
use sheets::{page::Layout, sheet::sheet};
use wire::texts::Language;

fn main() -> anyhow::Result<()> {
    let mut arguments = env::args().skip(1);
    let folder = arguments.next().filter(|word| !word.starts_with('-'));
    let folder = PathBuf::from(folder.context("sheets DIR [times smaller] [layout]")?);
    let times = arguments.next().map_or(Ok(1), |text| text.parse::<usize>())?.max(1);
    let only = arguments.next();
    fs::create_dir_all(&folder)?;
    let wanted = |layout: &Layout| only.as_deref().is_none_or(|only| only == layout.word());
    for layout in Layout::ALL.into_iter().filter(wanted) {
        for language in [Language::Chinese, Language::English] {
            let path = folder.join(format!("{}-{}.png", layout.word(), language.tag()));
            sheet(layout, language, times).write(&path)?;
        }
    }
    Ok(())
}
