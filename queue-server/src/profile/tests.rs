//! The sample halls are without a problem; a bad profile names every problem at once.

mod halls;
mod own_words;
mod settings;
mod table;
mod together;

use std::path::Path;

use super::{Problem, Profile, Severity};

fn sample(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/halls").join(name)
}

fn file(name: &str) -> String {
    std::fs::read_to_string(sample("county-24").join(name)).unwrap()
}

/// The codes and lines of the problems that a changed hall has.
fn problems(change: impl Fn(&str, String) -> String) -> Vec<Problem> {
    let read = |name: &str| change(name, file(name));
    Profile::parse(
        &read("hall.toml"),
        &read("items.csv"),
        &read("calendar.toml"),
        &read("staff.toml"),
        &read("devices.toml"),
    )
    .err()
    .unwrap_or_default()
    .into_iter()
    .filter(|problem| problem.severity == Severity::Error)
    .collect()
}

#[test]
fn a_folder_that_is_not_there_is_one_problem_and_not_five() {
    let problems = Profile::read(&sample("nowhere")).unwrap_err();
    assert_eq!(problems.len(), 1);
    assert!(problems[0].to_string().contains("没有这个文件夹。"), "{}", problems[0]);
}

#[test]
fn a_file_that_is_not_there_does_not_hide_what_is_wrong_in_the_others() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["hall.toml", "items.csv", "calendar.toml", "devices.toml"] {
        let text =
            file(name).replace("recalls_max", "recall_max").replace("baud = 9600", "baud = 9601");
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let problems = Profile::read(folder.path()).unwrap_err();
    let wrong = problems.iter().filter(|problem| problem.severity == Severity::Error);
    let mut codes: Vec<_> = wrong.map(|it| (it.file.as_str(), it.code.as_str())).collect();
    codes.dedup();
    let told =
        [("hall.toml", "unknown_key"), ("staff.toml", "no_file"), ("devices.toml", "bad_baud")];
    assert_eq!(codes, told);
}

#[test]
fn the_county_hall_is_without_a_problem() {
    let profile = Profile::read(&sample("county-24")).unwrap();
    assert_eq!(profile.details.name, "云溪县政务服务中心");
    assert_eq!(profile.posts.len(), 28, "one for each window, and two who stand in");
    assert_eq!(profile.devices.len(), 24 * 3 + 17);
    assert_eq!(profile.calendar.sessions.len(), 3);
    assert_eq!(profile.calendar.holidays.len(), 33);
    assert_eq!(profile.calendar.swapped.len(), 6);
}

#[test]
fn an_unknown_key_is_named_with_the_nearest_known_one() {
    let found = problems(|_, text| text.replace("recalls_max", "recall_max"));
    assert_eq!(found.len(), 1);
    let text = found[0].to_string();
    assert!(text.starts_with("hall.toml:"), "{text}");
    assert!(text.contains("recall_max") && text.contains("recalls_max"), "{text}");
}

#[test]
fn a_missing_file_is_one_problem_each() {
    let empty = tempfile::tempdir().unwrap();
    assert_eq!(Profile::read(empty.path()).unwrap_err().len(), 5);
}

#[test]
fn a_single_device_hangs_on_a_line_that_is_there_at_an_address() {
    let led = |change: fn(String) -> String| {
        problems(move |name, text| if name == "devices.toml" { change(text) } else { text })
    };
    let found = led(|text| text.replace("line = \"line-6\"", "line = \"line-9\""));
    assert_eq!(found.len(), 1, "{found:?}");
    let found = led(|text| text.replace("line = \"line-6\"\naddress = 0", "line = \"line-6\""));
    assert_eq!(found[0].code, "missing", "{found:?}");
    let found = led(|text| {
        text.replace("id = \"led-1\"\nkind = \"hall_screen\"", "id = \"led-1\"\nkind = \"lamp\"")
    });
    assert_eq!(found[0].code, "not_one_of", "{found:?}");
}

#[test]
fn a_set_gives_each_window_a_screen_and_a_tablet_without_a_line() {
    let added = "\n[[set]]\nwindows = [\"5\", \"6\"]\nwindow_screen = true\ntablet = true\n\
                 carrier = \"hall-pc\"\n";
    let with = |name: &str, text: String, more: &str| {
        if name == "devices.toml" { text + more } else { text }
    };
    let profile = Profile::parse(
        &file("hall.toml"),
        &file("items.csv"),
        &file("calendar.toml"),
        &file("staff.toml"),
        &with("devices.toml", file("devices.toml"), added),
    )
    .unwrap();
    for (id, window) in [("window-screen-5", "5"), ("tablet-6", "6")] {
        let device = profile.devices.iter().find(|device| device.id.as_str() == id).unwrap();
        assert!(device.is_screen_program());
        assert_eq!(device.window, window.parse().ok());
        assert_eq!(device.carrier, "hall-pc".parse().ok());
    }
    for (more, code) in [
        ("\n[[set]]\nwindows = [\"5\"]\n", "set_of_nothing"),
        ("\n[[set]]\nwindows = [\"1\"]\nwindow_screen = true\n", "twice"),
        ("\n[[set]]\nwindows = [\"77\"]\ntablet = true\n", "no_such_window"),
    ] {
        let told = problems(|name, text| with(name, text, more));
        assert!(told.iter().any(|problem| problem.code == code), "{code}: {told:?}");
    }
}
