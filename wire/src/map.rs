//! 大厅地图: the hall's floor in metres, for whoever stands before a kiosk and asks the way.
//!
//! Metres are counted from the upper left corner of the plan, to the right and down.

pub mod route;

use hall::ids::{WindowId, ZoneId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The longest side of a floor, in metres.
pub const SIDE_M_MAX: f32 = 200.0;

/// The shortest side of a floor, in metres.
pub const SIDE_M_MIN: f32 = 3.0;

/// Walls and counters of a floor; a drawing with more is no longer read at a glance.
pub const WALLS_MAX: usize = 200;

/// Places of a floor that are drawn.
pub const PLACES_MAX: usize = 60;

/// A floor.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct HallMap {
    /// From left to right, in metres.
    pub width_m: f32,
    /// From top to bottom, in metres.
    pub depth_m: f32,
    /// 区域.
    pub zones: Vec<MapZone>,
    /// 窗口, where people stand.
    pub windows: Vec<MapWindow>,
    /// 卫生间, 电梯, 出入口 and the like.
    pub places: Vec<MapPlace>,
    /// What nobody walks through: walls and counters.
    pub walls: Vec<Area>,
    /// 你在这里; none if the plan does not show where the asker stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub here: Option<Here>,
}

/// A point of the floor.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Spot {
    /// To the right, in metres.
    pub x_m: f32,
    /// Down, in metres.
    pub y_m: f32,
}

/// A rectangle of the floor.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Area {
    /// Its left edge, in metres.
    pub x_m: f32,
    /// Its upper edge, in metres.
    pub y_m: f32,
    /// In metres.
    pub width_m: f32,
    /// In metres.
    pub depth_m: f32,
}

/// 区域 on the floor.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MapZone {
    /// Which.
    #[schema(value_type = String)]
    pub zone: ZoneId,
    /// Where people of it wait.
    pub area: Area,
}

/// 窗口 on the floor.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MapWindow {
    /// Which.
    #[schema(value_type = String)]
    pub window: WindowId,
    /// Where one stands before it.
    pub at: Spot,
}

/// A place that people ask for.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MapPlace {
    /// What it is.
    pub kind: PlaceKind,
    /// Where.
    pub at: Spot,
}

/// What people ask for beside windows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// 出入口.
    Entrance,
    /// 导办台.
    GuideDesk,
    /// 卫生间.
    Toilet,
    /// 无障碍卫生间.
    AccessibleToilet,
    /// 电梯.
    Lift,
    /// 楼梯.
    Stairs,
    /// 自助服务区.
    SelfService,
    /// 取号机.
    Kiosk,
    /// 饮水处.
    Water,
    /// 母婴室.
    Nursery,
}

impl PlaceKind {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Entrance,
        Self::GuideDesk,
        Self::Toilet,
        Self::AccessibleToilet,
        Self::Lift,
        Self::Stairs,
        Self::SelfService,
        Self::Kiosk,
        Self::Water,
        Self::Nursery,
    ];

    /// The word in files, and under `place` in the texts.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Entrance => "entrance",
            Self::GuideDesk => "guide_desk",
            Self::Toilet => "toilet",
            Self::AccessibleToilet => "accessible_toilet",
            Self::Lift => "lift",
            Self::Stairs => "stairs",
            Self::SelfService => "self_service",
            Self::Kiosk => "kiosk",
            Self::Water => "water",
            Self::Nursery => "nursery",
        }
    }
}

/// 你在这里: where a kiosk stands, and where one looks who stands before it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Here {
    /// Where.
    pub at: Spot,
    /// Which way one looks.
    pub facing: Facing,
}

/// A direction on the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Facing {
    /// To the plan's upper edge.
    Up,
    /// To its right edge.
    Right,
    /// To its lower edge.
    Down,
    /// To its left edge.
    Left,
}

impl Facing {
    /// All of them with their words in files.
    pub const WORDS: [(&'static str, Self); 4] =
        [("up", Self::Up), ("right", Self::Right), ("down", Self::Down), ("left", Self::Left)];

    /// A spot of a floor that is turned so that this direction is up.
    #[must_use]
    pub fn turn(self, map: &HallMap, spot: Spot) -> Spot {
        let Spot { x_m, y_m } = spot;
        let (width, depth) = (map.width_m, map.depth_m);
        match self {
            Self::Up => spot,
            Self::Right => Spot { x_m: y_m, y_m: width - x_m },
            Self::Down => Spot { x_m: width - x_m, y_m: depth - y_m },
            Self::Left => Spot { x_m: depth - y_m, y_m: x_m },
        }
    }

    /// An area of a floor that is turned so.
    #[must_use]
    pub fn turn_area(self, map: &HallMap, area: Area) -> Area {
        let one = self.turn(map, Spot { x_m: area.x_m, y_m: area.y_m });
        let far = Spot { x_m: area.x_m + area.width_m, y_m: area.y_m + area.depth_m };
        let other = self.turn(map, far);
        Area {
            x_m: one.x_m.min(other.x_m),
            y_m: one.y_m.min(other.y_m),
            width_m: (one.x_m - other.x_m).abs(),
            depth_m: (one.y_m - other.y_m).abs(),
        }
    }

    /// Width and depth of a floor that is turned so, in metres.
    #[must_use]
    pub const fn size(self, map: &HallMap) -> (f32, f32) {
        match self {
            Self::Up | Self::Down => (map.width_m, map.depth_m),
            Self::Right | Self::Left => (map.depth_m, map.width_m),
        }
    }
}

impl HallMap {
    /// True if the spot is on the floor.
    #[must_use]
    pub fn holds(&self, spot: Spot) -> bool {
        (0.0..=self.width_m).contains(&spot.x_m) && (0.0..=self.depth_m).contains(&spot.y_m)
    }

    /// True if the whole area is on the floor.
    #[must_use]
    pub fn holds_area(&self, area: Area) -> bool {
        let far = Spot { x_m: area.x_m + area.width_m, y_m: area.y_m + area.depth_m };
        self.holds(Spot { x_m: area.x_m, y_m: area.y_m }) && self.holds(far)
    }
}

impl Area {
    /// Its middle.
    #[must_use]
    pub fn middle(self) -> Spot {
        Spot { x_m: self.x_m + self.width_m / 2.0, y_m: self.y_m + self.depth_m / 2.0 }
    }

    /// True if the spot is inside.
    #[must_use]
    pub fn holds(self, spot: Spot) -> bool {
        let (right, low) = (self.x_m + self.width_m, self.y_m + self.depth_m);
        (self.x_m..right).contains(&spot.x_m) && (self.y_m..low).contains(&spot.y_m)
    }
}

impl Spot {
    /// How far another is, in metres.
    #[must_use]
    pub fn distance(self, other: Self) -> f32 {
        (self.x_m - other.x_m).hypot(self.y_m - other.y_m)
    }
}

#[cfg(test)]
mod tests;
