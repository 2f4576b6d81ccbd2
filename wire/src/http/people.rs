//! Where the hall's people are.

use hall::{
    ids::{StaffNo, WindowId},
    words::post::Whereabouts,
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
