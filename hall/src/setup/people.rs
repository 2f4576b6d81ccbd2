//! `[rules.people]` and `[rules.catalogue]`: one ticket for one person, and the catalogue's state.

use serde::{Deserialize, Serialize};

use crate::{limits::WORKING_DAYS_TOLD, time::Day};

/// 办事群众: the rules about one person; each default is `domain.md` 3.2.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PeopleRules {
    /// One live ticket of a person in a queue; who asks again is offered 补打.
    pub one_live_ticket: bool,
    /// 补打 of one ticket, so that no kiosk becomes a press.
    pub reprints_max: u8,
    /// Live tickets that one 代办员 may hold for others.
    pub agent_live_tickets_max: u16,
    /// 上门服务: working days after the asking in which somebody has been there.
    pub visit_working_days: u32,
    /// 老年人 from this age, in years; what card readers tell of a card.
    pub elderly_from_years: u8,
}

impl Default for PeopleRules {
    fn default() -> Self {
        Self {
            one_live_ticket: true,
            reprints_max: 3,
            agent_live_tickets_max: 20,
            visit_working_days: 3,
            elderly_from_years: 60,
        }
    }
}

impl PeopleRules {
    /// The rules that have a range: name, value, least, most.
    pub(super) fn ranges(&self) -> [(&'static str, u32, u32, u32); 4] {
        const WORKING_DAYS: u32 = WORKING_DAYS_TOLD as u32;
        [
            ("people.reprints_max", self.reprints_max.into(), 0, 20),
            ("people.agent_live_tickets_max", self.agent_live_tickets_max.into(), 1, 500),
            ("people.visit_working_days", self.visit_working_days, 1, WORKING_DAYS),
            ("people.elderly_from_years", self.elderly_from_years.into(), 50, 100),
        ]
    }
}

/// 事项目录: how `items.csv` and the changes decided in the hall fit together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CatalogueRules {
    /// `items.csv` was written when so many changes had been decided …
    pub written_up_to: u32,
    /// … and holds those of them that were in force on this day; they are carried no further.
    pub written_on: Option<Day>,
}

impl CatalogueRules {
    /// True if `items.csv` holds this change.
    #[must_use]
    pub fn holds(&self, number: u32, effective: Day) -> bool {
        number <= self.written_up_to && self.written_on.is_some_and(|day| effective <= day)
    }
}
