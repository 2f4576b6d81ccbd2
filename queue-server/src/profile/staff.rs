//! `staff.toml`: posts. Sign-ins with passwords are made by `queue-server staff add`.

use hall::{
    ids::{StaffNo, WindowId},
    setup::Window,
};

use super::{
    problem::Problem,
    reader::{Source, Table},
};

/// A person's post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// 工号.
    pub no: StaffNo,
    /// The name on the plate.
    pub name: String,
    /// Windows where this person may sign on.
    pub windows: Vec<WindowId>,
}

/// Reads `staff.toml`.
pub fn read(text: &str, windows: &[Window], problems: &mut Vec<Problem>) -> Vec<Post> {
    let source = Source::new("staff.toml", text);
    let mut posts: Vec<Post> = Vec::new();
    let Some(parsed) = source.parse(problems) else { return posts };
    let mut top = Table::top(&source, &parsed);
    for mut table in top.tables("staff", problems) {
        let no = table.must::<StaffNo>("no", problems);
        let name = table.must::<String>("name", problems);
        let at = table.list::<WindowId>("windows", problems);
        for window in &at {
            if !windows.iter().any(|known| known.id == window.value) {
                problems
                    .push(table.problem(window.line, "no_such_window").with("what", window.value));
            }
        }
        if let (Some(no), Some(name)) = (no, name) {
            if posts.iter().any(|post| post.no == no.value) {
                problems.push(table.problem(no.line, "twice").with("what", no.value));
            }
            let windows = at.into_iter().map(|found| found.value).collect();
            posts.push(Post { no: no.value, name: name.value, windows });
        }
        table.finish(problems);
    }
    top.finish(problems);
    posts
}
