//! 练习大厅: a hall like the real one in which nothing counts. It is a copy of the hall's folder with a
//! name that says so, begins afresh each time, and everybody of the hall signs in with one password.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, ensure};
use queue_server::{
    access::{Person, Role},
    serve::Running,
};
use wire::texts::{Language, Texts};

use crate::keys::Keys;

/// The folder in the data that a training hall has for itself.
const FOLDER: &str = "training";

/// A file in it that says that it may be thrown away.
const MARK: &str = "nothing-here-counts";

/// The hall's name on English pages.
const ENGLISH_NAME: &str = "Practice hall";

/// People who are not at a window, by their numbers: enough for a small class.
const OTHERS: [(&str, &str, Role); 3] = [
    ("9001", "training.manager", Role::Office),
    ("9002", "training.guide", Role::Guide),
    ("9000", "training.admin", Role::Admin),
];

/// Throws away what the last class left; gives the folders of the hall and of its data.
///
/// # Errors
/// If the folder is not one of ours, or cannot be made.
pub fn afresh(hall: &Path, data: &Path) -> anyhow::Result<(PathBuf, PathBuf)> {
    let own = data.join(FOLDER);
    if own.exists() {
        ensure!(
            own.join(MARK).exists(),
            "{} is no folder of a training hall: it is left as it is",
            own.display()
        );
        fs::remove_dir_all(&own).with_context(|| format!("failed to empty {}", own.display()))?;
    }
    let (to, data) = (own.join("hall"), own.join("data"));
    for folder in [&to, &data] {
        fs::create_dir_all(folder)
            .with_context(|| format!("failed to make {}", folder.display()))?;
    }
    fs::write(own.join(MARK), "")?;
    let read = fs::read_dir(hall).with_context(|| format!("failed to read {}", hall.display()))?;
    for file in read {
        let file = file?;
        if file.file_type()?.is_file() {
            fs::copy(file.path(), to.join(file.file_name()))?;
        }
    }
    rename(&to.join("hall.toml"))?;
    Ok((to, data))
}

/// Kiosks, slips and screens say by the hall's name that nothing counts.
fn rename(file: &Path) -> anyhow::Result<()> {
    let text =
        fs::read_to_string(file).with_context(|| format!("failed to read {}", file.display()))?;
    let mut hall: toml::Table = text.parse().context("hall.toml")?;
    let name = hall.get("name").and_then(toml::Value::as_str).unwrap_or_default();
    let name = Texts::of(Language::Chinese).fill("training.hall", &[("name", &name)]);
    hall.insert("name".into(), name.into());
    if hall.contains_key("english_name") {
        hall.insert("english_name".into(), ENGLISH_NAME.into());
    }
    fs::write(file, toml::to_string(&hall)?)?;
    Ok(())
}

/// Addresses, and the password of the class.
///
/// # Errors
/// If it cannot be kept.
pub fn welcome(running: &Running, keys: &Keys) -> anyhow::Result<Vec<String>> {
    let texts = Texts::of(Language::Chinese);
    let mut class: Vec<Person> = Vec::new();
    for (no, name, role) in OTHERS {
        let name = texts.get(name).to_owned();
        class.push(Person { no: no.parse()?, name, role, windows: Vec::new() });
    }
    let profile = &running.app.profile;
    class.extend(profile.posts.iter().map(|post| Person {
        no: post.no,
        name: post.name.clone(),
        role: Role::Desk,
        windows: post.windows.clone(),
    }));
    let clerks = class.len() - OTHERS.len();
    let first = profile.posts.first().map_or(String::new(), |post| post.no.to_string());
    let password = keys.class(class)?;
    let base = format!("http://{}", running.http);
    let line = |what: &str, page: &str, no: &str| {
        format!("{what:<12} {base}/{page:<9} 工号 {no}  密码 {password}")
    };
    Ok(vec![
        profile.setup.name().to_owned(),
        line("窗口 desk", "desk", &first),
        line("看板 board", "board", "9001"),
        line("导办 guide", "guide", "9002"),
        line("配置 setup", "setup", "9000"),
        format!(
            "{clerks} 名窗口人员都能登录，全班一个密码。All {clerks} clerks of the hall sign in with it."
        ),
    ])
}
