//! 广播 and 公告: what is said to people, and what is posted for them to read.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// 广播: a sentence that is being said to a zone or the whole hall; it stands on the screens there
/// until it was spoken. Calls are none: they stand as rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Broadcast {
    /// The sentence.
    pub text: String,
    /// When it was given out, in milliseconds since 1970, in the hall's time.
    pub at: i64,
    /// 紧急.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub urgent: bool,
}

/// Two programs may be set to one voice: the first by the name of its credential speaks, and says so
/// again and again; the other one waits until nothing was heard of it for a while.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Claim {
    /// The name of the credential.
    pub by: String,
}

/// 公告: a notice with a place of its own on the hall screens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Notice {
    /// What it is about: "系统升级".
    pub title: String,
    /// What is to be known.
    pub text: String,
}
