//! Bodies of what is changed of a hall's setup: its profile, and its catalogue.

use hall::{
    ids::{ItemId, QueueId, StaffNo},
    time::Day,
    words::{
        CaseKind,
        people::{ChangeKind, ItemTag, Tier},
    },
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::catalogue::ItemGuide;

/// When a reloaded profile takes effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TakesEffect {
    /// Nothing has changed.
    Unchanged,
    /// 现在.
    Now,
    /// 今晚: before the next day opens.
    Tonight,
    /// After a restart of the server.
    Restart,
}

/// What came of `POST /reload`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReloadAnswer {
    /// The profile that is in force now.
    pub version: String,
    /// When the new one is.
    pub takes_effect: TakesEffect,
    /// The same in words.
    pub text: String,
    /// What of today it must wait for.
    pub because: Vec<Obstacle>,
}

/// Something that today uses and the new profile lacks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Obstacle {
    /// What it is: `queue_in_use`, `window_in_use`, `item_in_use`, `pipeline_in_use`,
    /// `staff_at_work` or `other_hall`.
    pub code: String,
    /// Its id.
    pub what: Option<String>,
    /// The same in words.
    pub text: String,
}

/// `POST /catalogue/changes`: 目录调整.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CatalogueChangeRequest {
    /// Names the asking.
    pub request_id: String,
    /// The item.
    #[schema(value_type = String)]
    pub item: ItemId,
    /// 承接, 下放, 取消 or 调整.
    #[schema(value_type = String)]
    pub kind: ChangeKind,
    /// From which day on; today at the earliest.
    #[schema(value_type = String)]
    pub effective: Day,
    /// Who approved it.
    #[schema(value_type = String)]
    pub approver: StaffNo,
    /// The item as it shall be, for 承接 and 调整; what is left out of a 调整 stays as it is.
    #[serde(default)]
    pub to: Option<ItemParticulars>,
}

/// The particulars of an item.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ItemParticulars {
    /// Its name.
    pub name: Option<String>,
    /// Its queue.
    #[schema(value_type = Option<String>)]
    pub queue: Option<QueueId>,
    /// What it usually ends as.
    #[schema(value_type = Option<String>)]
    pub kind: Option<CaseKind>,
    /// 承诺时限, in working days, 1 to 400; 0 takes it away.
    pub limit_working_days: Option<u16>,
    /// The mean service time, in minutes, 0.5 to 480.
    pub mean_minutes: Option<f64>,
    /// What to bring.
    pub bring: Option<Vec<String>>,
    /// 俗称: what people call it.
    pub aliases: Option<Vec<String>>,
    /// Its name in English; an empty one takes it away.
    pub english_name: Option<String>,
    /// Where it can be done.
    #[schema(value_type = Option<Vec<String>>)]
    pub tiers: Option<Vec<Tier>>,
    /// 四办.
    #[schema(value_type = Option<Vec<String>>)]
    pub tags: Option<Vec<ItemTag>>,
    /// 服务内容.
    pub content: Option<String>,
    /// 审批依据.
    pub basis: Option<String>,
    /// 申报条件.
    pub conditions: Option<String>,
    /// 申报材料.
    pub materials: Option<Vec<String>>,
    /// 办理程序.
    pub procedure: Option<String>,
    /// 承诺期限.
    pub limit: Option<String>,
    /// 收费标准.
    pub fees: Option<String>,
    /// 办事结果.
    pub result: Option<String>,
}

/// `GET /catalogue/changes`: what was decided and does not stand in the profile yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CatalogueChanges {
    /// Changes that have taken effect since the beginning, and profiles with other items.
    pub version: u32,
    /// The changes, oldest first.
    pub changes: Vec<CatalogueChange>,
}

/// A change of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CatalogueChange {
    /// The how-manieth change that was decided.
    pub number: u32,
    /// The item.
    #[schema(value_type = String)]
    pub item: ItemId,
    /// The item's name, as far as it is known.
    pub name: String,
    /// 承接, 下放, 取消 or 调整.
    #[schema(value_type = String)]
    pub kind: ChangeKind,
    /// From which day on.
    #[schema(value_type = String)]
    pub effective: Day,
    /// Who approved it.
    #[schema(value_type = String)]
    pub approver: StaffNo,
    /// The item as it is then; none if it is no more.
    #[serde(default)]
    pub to: Option<ItemGuide>,
}
