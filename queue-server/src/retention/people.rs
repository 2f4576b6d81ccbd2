//! Who is of the hall and which profile is in force, noted each night; of both what is long over goes.

use hall::time::Day;

use super::{Line, Memory, Sort};
use crate::app::App;

/// Notes who and what is there today; whoever was never noted counts from today on.
pub fn note(app: &App, today: Day, memory: &mut Memory) {
    let profiles = app.reloading.profiles();
    for version in profiles.kept() {
        if memory.profiles.contains_key(&version) {
            continue;
        }
        memory.profiles.insert(version, today);
        for post in profiles.find(version).into_iter().flat_map(|profile| profile.posts) {
            memory.people.entry(post.no).or_insert(today);
        }
    }
    let in_force = app.read(|hall| hall.setup().version());
    for version in [Some(app.profile.version), in_force].into_iter().flatten() {
        memory.profiles.insert(version, today);
    }
    for post in &app.profile.posts {
        memory.people.insert(post.no, today);
    }
}

/// Erases the names of whoever left before this day from every profile that is kept.
pub fn erase_names(app: &App, limit: Day, memory: &mut Memory) -> Line {
    let mut line = Line { sort: Sort::Names, oldest: None, erased: 0, fault: None };
    let gone = memory.people.values().filter(|seen| **seen < limit).count();
    if gone > 0 {
        memory.people.retain(|_, seen| *seen >= limit);
        let keep: Vec<String> = memory.people.keys().map(ToString::to_string).collect();
        let profiles = app.reloading.profiles();
        for version in profiles.kept() {
            if version == app.profile.version {
                continue;
            }
            if let Err(error) = profiles.erase_names(version, &keep) {
                line.fault = Some(format!("{version}: {error}"));
            }
        }
        line.erased = gone as u64;
    }
    line.oldest = memory.people.values().min().map(ToString::to_string);
    line
}

/// Removes profiles that were in force last before this day: no record that is kept names them.
pub fn remove_profiles(app: &App, limit: Day, memory: &mut Memory) -> Line {
    let mut line = Line { sort: Sort::Profiles, oldest: None, erased: 0, fault: None };
    let profiles = app.reloading.profiles();
    let due: Vec<_> = memory.profiles.iter().filter(|(_, seen)| **seen < limit).collect();
    let due: Vec<_> = due.into_iter().map(|(version, _)| *version).collect();
    for version in due {
        match profiles.remove(version) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                line.fault = Some(format!("{version}: {error}"));
            }
            Ok(()) | Err(_) => {
                memory.profiles.remove(&version);
                line.erased += 1;
            }
        }
    }
    line.oldest = memory.profiles.values().min().map(ToString::to_string);
    line
}
