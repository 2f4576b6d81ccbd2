//! What can be done in the hall: what a kiosk shows before anybody waits.

use std::collections::BTreeMap;

use hall::{
    ids::{HallId, ItemId, QueueId, WindowId, ZoneId},
    words::{
        CaseKind,
        people::{ItemTag, Tier},
    },
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{map::HallMap, texts::own::OwnTexts};

/// An older server says nothing of several items at once.
const fn one() -> u8 {
    1
}

/// An older server says nothing of ages: the hall's own default.
const fn sixty() -> u8 {
    60
}

/// 常办事项 that are told: a kiosk shows twelve, without those behind buttons of their own.
pub const POPULAR_MAX: usize = 16;

/// The catalogue. `version` changes with the profile.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Catalogue {
    /// Which profile.
    pub version: String,
    /// The hall's id in topics.
    #[schema(value_type = String)]
    pub hall: HallId,
    /// The hall's official name.
    pub hall_name: String,
    /// The same for who reads English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hall_english_name: Option<String>,
    /// 咨询投诉电话.
    pub complaint_phone: String,
    /// 导办台电话.
    pub guide_phone: String,
    /// 监督电话.
    pub supervision_phone: String,
    /// 今日值班领导.
    pub duty_leader: Option<String>,
    /// Zones in order.
    pub zones: Vec<CatalogueZone>,
    /// Queues in order; only those that issue tickets.
    pub queues: Vec<CatalogueQueue>,
    /// Those that give no tickets, for what they are called where a number was sent on to them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub further: Vec<FurtherQueue>,
    /// Items in order.
    pub items: Vec<CatalogueItem>,
    /// 常办事项: the items that most people came for in the last 31 days, the most frequent first;
    /// [`POPULAR_MAX`] at most.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<String>)]
    pub popular: Vec<ItemId>,
    /// What papers to bring are called in English, by the names they have in `items`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub english_papers: BTreeMap<String, String>,
    /// 一次多办: items that one number takes.
    #[serde(default = "one")]
    pub items_max: u8,
    /// 老年人优先 is offered from this age, in years.
    #[serde(default = "sixty")]
    pub elderly_from_years: u8,
    /// 大厅地图, with where the asking kiosk stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub map: Option<HallMap>,
    /// 预约: something can be booked here.
    #[serde(default)]
    pub books: bool,
    /// 本厅用语: the hall's own words, by language and key.
    #[serde(default, skip_serializing_if = "OwnTexts::is_empty")]
    #[schema(value_type = Object)]
    pub texts: OwnTexts,
}

/// 区域.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CatalogueZone {
    /// Its id.
    #[schema(value_type = String)]
    pub id: ZoneId,
    /// "A区".
    pub label: String,
    /// "注册登记", short.
    pub name: String,
    /// "一楼A区".
    pub place: String,
    /// Its label for who reads English: "Area A".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub english_label: Option<String>,
    /// Its name in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub english_name: Option<String>,
    /// Its place in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub english_place: Option<String>,
}

/// 身份核验: whether people are asked who they are before they take a ticket at a kiosk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Identity {
    /// Nobody is asked.
    #[default]
    None,
    /// Who does not want to say goes on without.
    Optional,
    /// A card, or its number.
    Required,
}

impl Identity {
    /// True if nobody is asked.
    #[must_use]
    pub const fn is_none(&self) -> bool {
        matches!(self, Self::None)
    }

    /// The one of two that asks more.
    #[must_use]
    pub const fn stricter(self, other: Self) -> Self {
        match (self, other) {
            (Self::Required, _) | (_, Self::Required) => Self::Required,
            (Self::Optional, _) | (_, Self::Optional) => Self::Optional,
            (Self::None, Self::None) => Self::None,
        }
    }
}

/// 队列.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CatalogueQueue {
    /// Its id.
    #[schema(value_type = String)]
    pub id: QueueId,
    /// Its letter.
    #[schema(value_type = String)]
    pub letter: char,
    /// Its name.
    pub name: String,
    /// At most 8 characters.
    pub short_name: String,
    /// Its zone.
    #[schema(value_type = String)]
    pub zone: ZoneId,
    /// Its department's name.
    pub department: String,
    /// Its name in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub english_name: Option<String>,
    /// Its department's name in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub english_department: Option<String>,
    /// Windows that serve it first.
    #[schema(value_type = Vec<String>)]
    pub windows: Vec<WindowId>,
    /// Whether a kiosk asks people who they are.
    #[serde(default, skip_serializing_if = "Identity::is_none")]
    pub identity: Identity,
}

/// 队列 without tickets of its own: numbers are sent on to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FurtherQueue {
    /// Its id.
    #[schema(value_type = String)]
    pub id: QueueId,
    /// Its name.
    pub name: String,
    /// At most 8 characters.
    pub short_name: String,
    /// Its name in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub english_name: Option<String>,
}

/// 事项.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CatalogueItem {
    /// Its code.
    #[schema(value_type = String)]
    pub id: ItemId,
    /// Its name.
    pub name: String,
    /// Its queue.
    #[schema(value_type = String)]
    pub queue: QueueId,
    /// What it usually ends as.
    #[schema(value_type = String)]
    pub kind: CaseKind,
    /// 承诺时限, in working days.
    pub limit_working_days: Option<u16>,
    /// What to bring.
    pub bring: Vec<String>,
    /// The mean service time, in minutes, for the guide.
    pub mean_minutes: u16,
    /// 俗称: what people call it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Its name in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub english_name: Option<String>,
}

/// `GET /catalogue/items?find=…`: 查找事项, by pinyin initials, characters, 俗称 or English.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FoundItems {
    /// The items, the best first, [`crate::find::FOUND_MAX`] at most.
    pub items: Vec<CatalogueItem>,
}

/// `GET /catalogue/items/{item}`: 八公开, everything that is published of an item. What the hall has
/// not published is empty or left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ItemGuide {
    /// Its code.
    #[schema(value_type = String)]
    pub id: ItemId,
    /// Its name.
    pub name: String,
    /// Its queue.
    #[schema(value_type = String)]
    pub queue: QueueId,
    /// What it usually ends as.
    #[schema(value_type = String)]
    pub kind: CaseKind,
    /// 承诺时限, in working days.
    pub limit_working_days: Option<u16>,
    /// 法定时限, in working days.
    pub statutory_working_days: Option<u16>,
    /// 国家事项编码.
    pub national_code: Option<String>,
    /// 层级 at which it can be done.
    #[schema(value_type = Vec<String>)]
    pub tiers: Vec<Tier>,
    /// 四办.
    #[schema(value_type = Vec<String>)]
    pub tags: Vec<ItemTag>,
    /// What to bring.
    pub bring: Vec<String>,
    /// The mean service time, in minutes.
    pub mean_minutes: u16,
    /// 服务内容.
    pub content: String,
    /// 审批依据.
    pub basis: String,
    /// 申报条件.
    pub conditions: String,
    /// 申报材料.
    pub materials: Vec<String>,
    /// 办理程序.
    pub procedure: String,
    /// 承诺期限, in words.
    pub limit: String,
    /// 收费标准.
    pub fees: String,
    /// 办事结果.
    pub result: String,
}
