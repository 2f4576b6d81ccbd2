//! The halls that are measured: a county hall of 114 windows, grown from the sample, and a township's.

use std::{
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

/// Windows of the sample hall.
const WINDOWS_SAMPLE: usize = 26;

/// Windows of the largest hall in the sources.
pub const WINDOWS: usize = 114;

/// Queues of the sample hall that people may take tickets for.
pub const QUEUES: [&str; 16] =
    ["A", "B", "C", "D", "E", "F", "G", "H", "J", "K", "L", "M", "N", "P", "R", "W"];

/// Windows of a line of devices.
const WINDOWS_OF_A_LINE: usize = 6;

/// The files of a profile.
const FILES: [&str; 5] = ["hall.toml", "items.csv", "calendar.toml", "staff.toml", "devices.toml"];

/// A window that takes every queue; the added ones do.
#[must_use]
pub fn window(at: usize) -> String {
    (WINDOWS_SAMPLE + 1 + at).to_string()
}

/// Windows that take every queue.
#[must_use]
pub const fn windows() -> usize {
    WINDOWS - WINDOWS_SAMPLE
}

/// Writes the county hall into a folder: the sample, grown to 114 windows with their devices.
pub fn county(folder: &Path) -> PathBuf {
    let hall = copied(&tests::county(), &folder.join("county"));
    let mut windows = String::new();
    let queues = QUEUES.map(|queue| format!("\"{queue}\"")).join(", ");
    for at in 0..self::windows() {
        write!(
            windows,
            "\n[[window]]\nid = \"{}\"\nname = \"综合受理\"\nzone = \"C\"\nkind = \"integrated\"\nprimary = [{queues}]\n",
            window(at)
        )
        .expect("a text takes everything");
    }
    append(&hall.join("hall.toml"), &windows);
    append(&hall.join("devices.toml"), &lines());
    hall
}

fn lines() -> String {
    let added: Vec<String> = (0..windows()).map(|at| format!("\"{}\"", window(at))).collect();
    let lines = (1..).zip(added.chunks(WINDOWS_OF_A_LINE));
    let line = |(number, windows): (usize, &[String])| {
        format!(
            "\n[[line]]\nname = \"added-{number}\"\nbaud = 9600\n\n[[set]]\nline = \"added-{number}\"\n\
             windows = [{}]\nstrip = \"strip-a090\"\npad = \"pad-s11\"\nevaluator = \"evaluator-5key\"\n",
            windows.join(", ")
        )
    };
    lines.map(line).collect()
}

/// A township's hall, as a folder of its own: four windows, three queues.
pub fn township(folder: &Path) -> PathBuf {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/hall/township");
    copied(&sample, &folder.join("township"))
}

fn copied(from: &Path, to: &Path) -> PathBuf {
    fs::create_dir_all(to).expect("the folder of a bench can be made");
    for file in FILES {
        fs::copy(from.join(file), to.join(file)).expect("a profile can be copied");
    }
    to.to_owned()
}

fn append(file: &Path, more: &str) {
    let text = fs::read_to_string(file).expect("a profile can be read") + more;
    fs::write(file, text).expect("a profile can be written");
}
