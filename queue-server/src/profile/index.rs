//! What the files name, and where: so that a wrong id is told once, and a rule of the hall's own
//! finds its line.

use std::{collections::BTreeMap, fmt};

use hall::setup::problem::SetupProblem;

use super::problem::Problem;

/// What can be named by an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// 区域.
    Zone,
    /// 部门.
    Department,
    /// 队列.
    Queue,
    /// 窗口.
    Window,
    /// 事项.
    Item,
    /// 人员.
    Staff,
    /// A serial line.
    Line,
    /// 设备.
    Device,
    /// 流水线.
    Pipeline,
    /// A rule.
    Rule,
}

/// A line of a file.
pub type Place = (&'static str, usize);

/// Ids that the files name, whether or not the rest beside them is right.
#[derive(Debug, Default)]
pub struct Index(BTreeMap<(Kind, String), Place>);

/// Known ids that are told beside an unknown one.
const KNOWN_TOLD: usize = 12;

impl Kind {
    /// The code of a problem with an id that nobody bears.
    pub const fn no_such(self) -> &'static str {
        match self {
            Self::Zone => "no_such_zone",
            Self::Department => "no_such_department",
            Self::Queue => "no_such_queue",
            Self::Window => "no_such_window",
            Self::Item => "no_such_item",
            Self::Staff => "no_such_staff",
            Self::Line => "no_such_line",
            Self::Device => "no_such_device",
            Self::Pipeline => "no_such_pipeline",
            Self::Rule => "unknown_key",
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Zone => "zone",
            Self::Department => "department",
            Self::Queue => "queue",
            Self::Window => "window",
            Self::Item => "item",
            Self::Staff => "staff",
            Self::Line => "line",
            Self::Device => "device",
            Self::Pipeline => "pipeline",
            Self::Rule => "rule",
        }
    }
}

impl Index {
    /// Notes an id; one that stands there already is a problem.
    pub fn note(
        &mut self,
        kind: Kind,
        id: impl fmt::Display,
        place: Place,
        problems: &mut Vec<Problem>,
    ) {
        let before = self.0.entry((kind, id.to_string())).or_insert(place);
        if *before != place {
            let first = format!("{}:{}", before.0, before.1);
            let problem = Problem::new(place.0, Some(place.1), "twice").with("what", id);
            problems.push(problem.with("first", first).hiding(&[kind.no_such()]));
        }
    }

    /// True if somebody bears this id.
    pub fn has(&self, kind: Kind, id: impl fmt::Display) -> bool {
        self.0.contains_key(&(kind, id.to_string()))
    }

    /// An id that somebody must bear.
    pub fn require(
        &self,
        kind: Kind,
        id: impl fmt::Display,
        place: Place,
        problems: &mut Vec<Problem>,
    ) -> bool {
        let known = self.has(kind, &id);
        if !known {
            let problem = Problem::new(place.0, Some(place.1), kind.no_such()).with("what", id);
            problems.push(problem.with("known", self.list(kind)));
        }
        known
    }

    /// Where something stands.
    pub fn place(&self, kind: Kind, id: impl fmt::Display) -> Option<Place> {
        self.0.get(&(kind, id.to_string())).copied()
    }

    /// Where the subject of a problem of the hall's own stands.
    pub fn place_of(&self, problem: &SetupProblem) -> Option<Place> {
        let subject = problem.subject();
        let mut places = self.0.iter();
        let found = places.find(|((kind, id), _)| format!("{} {id}", kind.word()) == subject);
        found.map(|(_, place)| *place)
    }

    fn list(&self, kind: Kind) -> String {
        let all = self.0.keys().filter(|(other, _)| *other == kind);
        let mut known: Vec<&str> = all.map(|(_, id)| id.as_str()).collect();
        known.sort_by_key(|id| (id.len(), *id));
        let more = known.len() > KNOWN_TOLD;
        known.truncate(KNOWN_TOLD);
        if known.is_empty() {
            return "–".into();
        }
        known.join(", ") + if more { " …" } else { "" }
    }
}
