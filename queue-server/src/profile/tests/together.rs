//! What the files must say together, and what is told of a calendar that runs out.

use super::{super::Profile, file, sample};

const NO_CLERK: &str = "item_without_clerk";

/// The county hall with one person at the passport window, who may do visas only, and the slots of
/// bookings for company registration moved to the lunch break.
fn changed(known_only: bool) -> Result<Profile, Vec<super::Problem>> {
    let mut hall = file("hall.toml");
    if known_only {
        hall = hall.replace("known_staff_only = false", "known_staff_only = true");
    }
    let own = "windows = [\"20\"]\n";
    let staff = file("staff.toml");
    assert!(staff.contains(own));
    let staff = staff.replace(own, &format!("{own}\n[[staff.grant]]\nitems = [\"M03\"]\n"));
    let (items, calendar, devices) =
        (file("items.csv"), file("calendar.toml"), file("devices.toml"));
    Profile::parse(&hall, &items, &calendar, &staff, &devices)
}

#[test]
fn an_item_that_no_clerk_may_handle_is_a_warning_while_others_may_come_to_help() {
    let county = changed(false).unwrap();
    let told = county.warnings.iter().filter(|problem| problem.code == NO_CLERK);
    let told: Vec<String> = told.map(ToString::to_string).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].contains("护照申领") && told[1].contains("M02"), "{told:?}");
}

#[test]
fn it_forbids_opening_where_only_known_staff_may_sign_on_but_a_record_of_it_is_still_read() {
    let problems = changed(true).unwrap_err();
    let found = problems.iter().filter(|problem| problem.severity == super::Severity::Error);
    assert!(found.clone().all(|problem| problem.code == NO_CLERK), "{problems:?}");
    assert_eq!(found.count(), 2);
}

#[test]
fn a_profile_that_was_in_force_before_slots_were_held_against_the_hours_is_still_read() {
    let county = Profile::read(&sample("county-24")).unwrap();
    let mut sources = (*county.sources).clone();
    let late = sources.get("hall.toml").replace("until = \"16:30\"", "until = \"18:00\"");
    sources.put("hall.toml", late);
    let problems = Profile::of(sources.clone()).unwrap_err();
    let told = problems.iter().filter(|problem| problem.code == "slots_outside");
    let told: Vec<String> = told.map(ToString::to_string).collect();
    assert_eq!(told.len(), 5, "one for each line: {told:?}");
    assert!(told[0].contains("队列 A 的 17:30–18:00"), "{}", told[0]);
    assert!(Profile::of_kept(sources).is_ok());
}

#[test]
fn a_calendar_without_the_plan_of_this_year_or_in_december_of_the_next_is_told() {
    let calendar = Profile::read(&sample("county-24")).unwrap().calendar;
    let told = |date: &str| {
        let problem = calendar.running_out(date.parse().unwrap());
        problem.map(|problem| problem.to_string().contains("2027 年的 [[year]]"))
    };
    assert_eq!(told("2026-11-30"), None, "the notice may not be out");
    assert_eq!(told("2026-12-01"), Some(true));
    assert_eq!(told("2027-01-01"), Some(true));
}

#[test]
fn names_that_few_fonts_and_fields_expect_are_told_whole() {
    let posts = Profile::read(&sample("county-24")).unwrap().posts;
    let planted = posts.iter().filter(|post| post.title.is_some()).map(|post| post.name.clone());
    let planted: Vec<String> = planted.collect();
    assert_eq!(planted.iter().map(|name| name.chars().count()).collect::<Vec<_>>(), [3, 24]);
    for name in planted {
        // Two chiefs of one department: the second is told who is the first.
        let staff = file("staff.toml")
            .replace(
                "name = \"1号窗口工作人员\"",
                &format!("name = \"{name}\"\nchief = true\ndepartment = \"market\""),
            )
            .replace(
                "name = \"2号窗口工作人员\"",
                "name = \"二\"\nchief = true\ndepartment = \"market\"",
            );
        let [hall, items, calendar, devices] =
            ["hall.toml", "items.csv", "calendar.toml", "devices.toml"].map(file);
        let problems = Profile::parse(&hall, &items, &calendar, &staff, &devices).unwrap_err();
        let told = problems.iter().find(|problem| problem.code == "chief_twice").unwrap();
        assert!(told.to_string().matches(&name).count() == 2, "{told}");
        assert!(told.json()["zh-CN"].as_str().unwrap().contains(&name));
    }
}
