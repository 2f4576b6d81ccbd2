//! 号票 in words: what paper and page say alike, whoever sets it.

use crate::{
    http::{SlipBody, SlipMark, StopBody},
    texts::Texts,
    wait::Told,
};

impl SlipBody {
    /// 预计等候: "15~30 分钟", 1 小时以上, or that nobody knows.
    #[must_use]
    pub fn wait_words(&self, texts: &Texts) -> String {
        match Told::of(self.wait) {
            Told::Nothing => texts.get("slip.unknown").to_owned(),
            Told::OverAnHour => texts.get("slip.hour").to_owned(),
            Told::Between(low, high) => texts.fill("slip.range", &[("low", &low), ("high", &high)]),
        }
    }

    /// The key of the sentence that says how one is called.
    #[must_use]
    pub const fn notice_key(&self) -> &'static str {
        match (self.offline, self.silent) {
            _ if self.window.is_some() => "slip.called_notice",
            (true, _) => "slip.offline_rule",
            (false, true) => "slip.silent_notice",
            (false, false) => "slip.notice",
        }
    }

    /// What a 过号 means for this slip. Who was let in again once is not let in again.
    #[must_use]
    pub fn missed_words(&self, texts: &Texts) -> String {
        let was_let_in = self.mark == Some(SlipMark::Reactivated);
        match self.reactivate_within_minutes.filter(|_| !was_let_in) {
            Some(minutes) => texts.fill("slip.missed", &[("minutes", &minutes)]),
            None => texts.get("slip.void").to_owned(),
        }
    }
}

impl SlipMark {
    /// The key of its words: 补打, 过号激活.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Reprinted => "slip.reprinted",
            Self::Reactivated => "slip.reactivated",
        }
    }
}

impl StopBody {
    /// What comes at this place of the round, counted from 0, with the windows as the caller joins
    /// them: the label's key, and the value.
    #[must_use]
    pub fn words(&self, place: usize, windows: &str, texts: &Texts) -> (&'static str, String) {
        let key = if place == 0 { "slip.then" } else { "slip.after_that" };
        let what = self.item_name.as_ref().unwrap_or(&self.queue_name);
        if self.windows.is_empty() {
            return (key, what.clone());
        }
        (key, texts.fill("slip.then_value", &[("what", what), ("windows", &windows)]))
    }
}
