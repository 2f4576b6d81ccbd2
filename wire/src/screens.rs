//! 屏: which screens a hall has and where they hang, so that a program that was told its role and
//! its place finds the device it is.

use hall::ids::{DeviceId, WindowId, ZoneId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::device::DeviceKind;

/// Every screen of the hall that a program shows. Retained.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
pub struct Screens {
    /// In the order of the profile.
    pub screens: Vec<Screen>,
}

/// One screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Screen {
    /// The device.
    #[schema(value_type = String)]
    pub id: DeviceId,
    /// What it shows.
    pub role: Role,
    /// How people call it: "大厅屏 1".
    pub name: String,
    /// The zone where it hangs; none of one that shows the whole hall.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub zone: Option<ZoneId>,
    /// Its window.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub window: Option<WindowId>,
}

/// What a screen shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 综合屏.
    Hall,
    /// 窗口屏.
    Window,
    /// 评价平板.
    Evaluator,
    /// One that a newer server knows and this program does not.
    #[serde(other)]
    Other,
}

impl Role {
    /// The roles that can be asked for, with their words on the command line.
    pub const ALL: [(Self, &'static str); 3] =
        [(Self::Hall, "hall"), (Self::Window, "window"), (Self::Evaluator, "evaluator")];

    /// What a kind of device shows; none of what is no screen.
    #[must_use]
    pub const fn of(kind: DeviceKind) -> Option<Self> {
        match kind {
            DeviceKind::HallScreen => Some(Self::Hall),
            DeviceKind::WindowScreen => Some(Self::Window),
            DeviceKind::Tablet => Some(Self::Evaluator),
            DeviceKind::Strip
            | DeviceKind::Pad
            | DeviceKind::Evaluator
            | DeviceKind::Kiosk
            | DeviceKind::Voice
            | DeviceKind::Printer
            | DeviceKind::Reader => None,
        }
    }
}

/// 角色和位置: what a program was told of the screen it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sought {
    /// Its role.
    pub role: Role,
    /// Its zone.
    pub zone: Option<ZoneId>,
    /// Its window.
    pub window: Option<WindowId>,
}

/// No screen is meant, or nobody can tell which.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotFound {
    /// None has this role; these have it elsewhere.
    Nowhere {
        /// The others of the role.
        others: Vec<DeviceId>,
    },
    /// Several: the device must be named.
    Several {
        /// Which.
        found: Vec<DeviceId>,
    },
}

impl Screens {
    /// The one screen that is meant. A hall screen that was told no zone is the one that shows the
    /// whole hall, or the only one.
    ///
    /// # Errors
    /// If there is none, or more than one.
    pub fn find(&self, sought: Sought) -> Result<DeviceId, NotFound> {
        let of_role = || self.screens.iter().filter(|screen| screen.role == sought.role);
        let at_place = of_role()
            .filter(|screen| sought.window.is_none_or(|window| screen.window == Some(window)))
            .filter(|screen| sought.zone.is_none_or(|zone| screen.zone == Some(zone)));
        let found: Vec<&Screen> = at_place.collect();
        let of_whole = found.iter().filter(|screen| screen.zone.is_none());
        let ids = |screens: &[&Screen]| screens.iter().map(|screen| screen.id).collect();
        match (found.as_slice(), of_whole.collect::<Vec<_>>().as_slice()) {
            ([one], _) => Ok(one.id),
            ([], _) => Err(NotFound::Nowhere { others: ids(&of_role().collect::<Vec<_>>()) }),
            (_, [one]) if sought.role == Role::Hall && sought.zone.is_none() => Ok(one.id),
            (several, _) => Err(NotFound::Several { found: ids(several) }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn screen(id: &str, role: Role, zone: Option<&str>, window: Option<&str>) -> Screen {
        Screen {
            id: id.parse().unwrap(),
            role,
            name: id.to_owned(),
            zone: zone.map(|zone| zone.parse().unwrap()),
            window: window.map(|window| window.parse().unwrap()),
        }
    }

    fn check(rows: &[(Role, Option<&str>, Option<&str>, &str)]) {
        let screens = Screens {
            screens: vec![
                screen("screen-1", Role::Hall, None, None),
                screen("screen-a", Role::Hall, Some("A"), None),
                screen("screen-b1", Role::Hall, Some("B"), None),
                screen("screen-b2", Role::Hall, Some("B"), None),
                screen("window-3A", Role::Window, Some("A"), Some("3A")),
                screen("window-4", Role::Window, Some("B"), Some("4")),
                screen("tablet-4", Role::Evaluator, Some("B"), Some("4")),
            ],
        };
        for (role, zone, window, expected) in rows {
            let zone = zone.map(|zone| zone.parse().unwrap());
            let window = window.map(|window| window.parse().unwrap());
            let said = match screens.find(Sought { role: *role, zone, window }) {
                Ok(id) => id.to_string(),
                Err(NotFound::Nowhere { others }) => format!("nowhere of {}", others.len()),
                Err(NotFound::Several { found }) => format!("one of {}", found.len()),
            };
            assert_eq!(said, *expected, "{role:?} {zone:?} {window:?}");
        }
    }

    #[test]
    fn a_role_and_a_place_name_one_screen_or_say_why_not() {
        check(&[
            (Role::Hall, None, None, "screen-1"),
            (Role::Hall, Some("A"), None, "screen-a"),
            (Role::Hall, Some("B"), None, "one of 2"),
            (Role::Hall, Some("C"), None, "nowhere of 4"),
            (Role::Window, None, Some("3A"), "window-3A"),
            (Role::Window, None, None, "one of 2"),
            (Role::Window, None, Some("5"), "nowhere of 2"),
            (Role::Evaluator, None, None, "tablet-4"),
        ]);
    }

    #[test]
    fn a_role_of_a_newer_server_makes_no_list_unreadable() {
        let text = r#"{"screens":[{"id":"x-1","role":"hologram","name":"x","depth":3}]}"#;
        let screens: Screens = serde_json::from_str(text).unwrap();
        assert_eq!(screens.screens[0].role, Role::Other);
    }
}
