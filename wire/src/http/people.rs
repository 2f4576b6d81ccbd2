//! Where the hall's people are.

use hall::{
    ids::{StaffNo, WindowId},
    time::Day,
    words::post::{ChangeOutcome, Whereabouts},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// `GET /staff`: 去向栏, and where a B角 was asked to come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct People {
    /// Everybody of the profile, then others of whom something was said today.
    pub staff: Vec<StaffLine>,
    /// Windows whose stand-in was asked to come and has not come yet.
    pub stand_ins_asked: Vec<StandInAsked>,
    /// 批准顶岗 and 不同意顶岗 that hold now.
    #[serde(default)]
    pub stand_ins_decided: Vec<StandInDecided>,
}

/// Where somebody is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StaffLine {
    /// 工号.
    #[schema(value_type = String)]
    pub no: StaffNo,
    /// The name on the plate; empty for somebody who is not in the profile.
    pub name: String,
    /// 去向.
    #[schema(value_type = String)]
    pub whereabouts: Whereabouts,
    /// Since when, in milliseconds since 1970; none if nothing was said today.
    pub since: Option<i64>,
    /// The window at which this person has signed on.
    #[schema(value_type = Option<String>)]
    pub window: Option<WindowId>,
}

/// B角 wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StandInAsked {
    /// The window.
    #[schema(value_type = String)]
    pub window: WindowId,
    /// Since when, in milliseconds since 1970.
    pub since: i64,
}

/// 批准顶岗, or 不同意顶岗.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StandInDecided {
    /// The window.
    #[schema(value_type = String)]
    pub window: WindowId,
    /// Who may sign on there; none: nobody stands in.
    #[schema(value_type = Option<String>)]
    pub staff: Option<StaffNo>,
    /// Who is away; none if nobody has the post.
    #[schema(value_type = Option<String>)]
    pub absent: Option<StaffNo>,
    /// Until when, in milliseconds since 1970; none: until the day, or the absence, is over.
    pub until: Option<i64>,
}

/// `POST /windows/{window}/stand-in`: 批准顶岗.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StandInRequest {
    /// Names the asking.
    pub request_id: String,
    /// Who may sign on there.
    #[schema(value_type = String)]
    pub staff: StaffNo,
    /// For so long; until the day is over, if not said.
    #[serde(default)]
    pub minutes: Option<u16>,
    /// Why, if there is something to say.
    #[serde(default)]
    pub reason: String,
}

/// `POST /windows/{window}/decline-stand-in`: 不同意顶岗.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeclineStandInRequest {
    /// Names the asking.
    pub request_id: String,
    /// Why.
    pub reason: String,
}

/// `GET /post-changes`: 换岗申请, what waits and what was decided in the last months.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PostChanges {
    /// In the order in which they were asked for.
    pub changes: Vec<PostChange>,
}

/// 换岗: somebody works at another window for some days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PostChange {
    /// By which it is decided.
    pub number: u32,
    /// Who.
    #[schema(value_type = String)]
    pub staff: StaffNo,
    /// Where.
    #[schema(value_type = String)]
    pub window: WindowId,
    /// The first day.
    #[schema(value_type = String)]
    pub from: Day,
    /// The last day.
    #[schema(value_type = String)]
    pub until: Day,
    /// Why.
    pub reason: String,
    /// When it was asked for, in milliseconds since 1970.
    pub asked: i64,
    /// Who asked, if a person did.
    #[schema(value_type = Option<String>)]
    pub asked_by: Option<StaffNo>,
    /// What was decided; none while it waits.
    pub decided: Option<PostChangeDecision>,
}

/// What was decided about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PostChangeDecision {
    /// What.
    #[schema(value_type = String)]
    pub outcome: ChangeOutcome,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// Who, if a person did.
    #[schema(value_type = Option<String>)]
    pub by: Option<StaffNo>,
    /// Why, if it was said.
    pub note: Option<String>,
}

/// `POST /post-changes`: asks that somebody work at another window for some days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskPostChangeRequest {
    /// Names the asking.
    pub request_id: String,
    /// Who.
    #[schema(value_type = String)]
    pub staff: StaffNo,
    /// Where.
    #[schema(value_type = String)]
    pub window: WindowId,
    /// The first day, like 2026-11-23.
    #[schema(value_type = String)]
    pub from: Day,
    /// The last day: a year ahead at most.
    #[schema(value_type = String)]
    pub until: Day,
    /// Why.
    pub reason: String,
}

/// `POST /post-changes/{number}/decide`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecidePostChangeRequest {
    /// Names the asking.
    pub request_id: String,
    /// `granted`, `declined`, or `withdrawn`: taken back, or ended before its last day.
    #[schema(value_type = String)]
    pub outcome: ChangeOutcome,
    /// Why; needed for a no, and for the end of what was agreed to.
    #[serde(default)]
    pub note: String,
}
