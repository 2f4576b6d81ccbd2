//! The day's figures as cards: each with its base, and beside a target whether it is met.

use hall::{setup::Rules, views::indicators::define::Target, words::indicator::Indicator};
use wire::tally::{Share, Spread, Tally};

use crate::pages::{
    shell::{Shell, Stat},
    written,
};

/// 基数小: with a smaller share of active evaluations nothing is judged, in per cent.
pub const EVALUATED_ENOUGH: f64 = 20.0;

/// A share of fewer says little: one more or less is ten per cent of it.
pub const BASE_ENOUGH: u64 = 10;

/// True of a share of evaluations that is of too few people.
pub fn is_of_few(satisfied: &Share, evaluated: &Share) -> bool {
    let spoke = evaluated.percent().unwrap_or(0.0);
    satisfied.percent().is_some()
        && (spoke < EVALUATED_ENOUGH || satisfied.whole < BASE_ENOUGH as f64)
}

/// 目标值 as people write it: "≤ 15", "60~85".
pub fn wanted(target: Target) -> String {
    match target {
        Target::AtMost(most) => format!("≤ {most}"),
        Target::Below(limit) => format!("< {limit}"),
        // No share is more than all.
        Target::AtLeast(100.0) => "100".to_owned(),
        Target::AtLeast(least) => format!("≥ {least}"),
        Target::Between(least, most) => format!("{least}~{most}"),
    }
}

/// Every card, in its order.
pub fn fill(tally: &Tally, rules: &Rules, shell: &Shell) -> Vec<Stat> {
    let cards = Cards { tally, rules, shell };
    let mut all = cards.tickets();
    all.extend(cards.discipline());
    all.extend(cards.ways());
    all.extend(cards.quality());
    all
}

struct Cards<'a> {
    tally: &'a Tally,
    rules: &'a Rules,
    shell: &'a Shell,
}

impl Cards<'_> {
    fn tickets(&self) -> Vec<Stat> {
        let (tally, shell) = (self.tally, self.shell);
        let self_service = written::share(&tally.self_service);
        let issued = shell.t.fill("office.self_service", &[("share", &self_service)]);
        let overtime = tally.overtime_secs.div_ceil(60);
        let served =
            shell.t.fill("office.extended", &[("n", &tally.extended), ("minutes", &overtime)]);
        let wait = self.spread("office.wait", &tally.wait);
        vec![
            shell.stat("office.issued", tally.issued.to_string(), "pages.tickets", issued),
            shell.stat("office.served", tally.served.to_string(), "pages.cases", served),
            self.judged(wait, Indicator::Wait),
            self.within_target(),
            self.spread("office.service", &tally.service),
            self.spread("office.response", &tally.response),
        ]
    }

    fn discipline(&self) -> Vec<Stat> {
        let (tally, shell) = (self.tally, self.shell);
        let parts = shell.t.fill(
            "office.abandoned_parts",
            &[
                ("no_shows", &tally.no_shows),
                ("swept", &tally.swept),
                ("cancelled", &tally.cancelled),
            ],
        );
        let value = written::percent(&tally.abandoned);
        let abandoned = shell.stat("office.abandoned", value, "pages.percent", parts);
        vec![
            self.judged(abandoned, Indicator::Abandoned),
            self.share("office.no_show_rate", &tally.no_show_rate),
            self.share("office.reactivation", &tally.reactivation),
            self.share("office.recalls", &tally.recalls),
            self.share("office.priority", &tally.priority),
            self.utilisation(),
        ]
    }

    /// How people came and went on.
    fn ways(&self) -> Vec<Stat> {
        let (tally, shell) = (self.tally, self.shell);
        let also = shell.t.fill(
            "office.transfers_parts",
            &[
                ("base", &written::base(&tally.transfers)),
                ("cashier", &tally.to_cashier),
                ("often", &tally.often_transferred),
            ],
        );
        let percent = written::percent(&tally.transfers);
        let count = |key: &str, count: u32, base: &str| {
            let base = shell.t.get(base).to_owned();
            shell.stat(key, count.to_string(), "pages.tickets", base)
        };
        let notices = self.share("office.notices", &tally.notices);
        vec![
            self.spread("office.later_wait", &tally.later_wait),
            shell.stat("office.transfers", percent, "pages.percent", also),
            self.share("office.booked", &tally.booked),
            count("office.by_agent", tally.by_agent, "office.by_agent_base"),
            count("office.days_off", tally.days_off, "office.days_off_base"),
            self.judged(notices, Indicator::Notices),
        ]
    }

    fn quality(&self) -> Vec<Stat> {
        let (tally, shell) = (self.tally, self.shell);
        let spot = self.share("office.on_the_spot", &tally.on_the_spot);
        let score = tally.score().map_or(written::NOBODY.to_owned(), |score| format!("{score:.1}"));
        let given: u32 = tally.evaluations.iter().sum();
        let base = shell.t.fill("office.of_evaluations", &[("n", &given)]);
        vec![
            self.judged(spot, Indicator::OnTheSpot),
            self.peak(),
            self.share("office.evaluated", &tally.evaluated),
            self.satisfied(),
            self.share("office.praised", &tally.praised),
            shell.stat("office.score", score, "office.points", base),
        ]
    }

    fn spread(&self, key: &str, spread: &Spread) -> Stat {
        if spread.count == 0 {
            let none = self.shell.t.get("office.tail_none").to_owned();
            return self.shell.stat(key, "–".to_owned(), "pages.minutes", none);
        }
        let tail = self.shell.t.fill(
            "office.tail",
            &[
                ("n", &spread.count),
                ("median", &written::tenths(spread.median_secs, spread.count)),
                ("p90", &written::tenths(spread.p90_secs, spread.count)),
                ("max", &written::tenths(spread.max_secs, spread.count)),
            ],
        );
        let mean = written::tenths(spread.mean_secs, spread.count);
        self.shell.stat(key, mean, "pages.minutes", tail)
    }

    fn share(&self, key: &str, share: &Share) -> Stat {
        self.shell.stat(key, written::percent(share), "pages.percent", written::base(share))
    }

    /// 达标 or 未达标, in words and shape; nothing without a base or a target.
    fn judged(&self, stat: Stat, indicator: Indicator) -> Stat {
        let said = self.tally.indicators.iter().find(|each| each.indicator == indicator);
        let is_met = said.and_then(|each| each.on_target);
        let (Some(is_met), Some(target)) = (is_met, indicator.target(self.rules)) else {
            return stat;
        };
        let (level, word) =
            if is_met { ("good", "office.on_target") } else { ("yellow", "office.below_target") };
        let wanted = self.shell.t.fill("office.target", &[("target", &wanted(target))]);
        Stat {
            level,
            word: self.shell.t.get(word).to_owned(),
            base: format!("{} · {wanted}", stat.base),
            ..stat
        }
    }

    fn within_target(&self) -> Stat {
        let share = &self.tally.wait_within_target;
        let base = self.shell.t.fill(
            "office.target_base",
            &[("base", &written::base(share)), ("n", &self.tally.wait_target_minutes)],
        );
        let percent = written::percent(share);
        let stat = self.shell.stat("office.within_target", percent, "pages.percent", base);
        self.judged(stat, Indicator::WaitOnTarget)
    }

    /// A share of spans: its base is told in minutes.
    fn utilisation(&self) -> Stat {
        let share = &self.tally.utilisation;
        let minutes = Share { part: share.part / 60.0, whole: share.whole / 60.0 };
        let base = format!("{} {}", written::base(&minutes), self.shell.t.get("pages.minutes"));
        let percent = written::percent(share);
        let stat = self.shell.stat("office.utilisation", percent, "pages.percent", base);
        self.judged(stat, Indicator::Utilisation)
    }

    fn peak(&self) -> Stat {
        let peak = self.tally.peak();
        let value = peak.map_or("–".to_owned(), |half| half.from.clone());
        let base = peak.map_or(String::new(), |half| {
            self.shell.t.fill("office.peak_base", &[("n", &half.issued)])
        });
        Stat { unit: String::new(), ..self.shell.stat("office.peak", value, "pages.tickets", base) }
    }

    /// 满意率 is judged only if enough people spoke.
    fn satisfied(&self) -> Stat {
        let share = &self.tally.satisfied;
        let stat = self.share("office.satisfied", share);
        if is_of_few(share, &self.tally.evaluated) {
            return Stat { level: "few", word: self.shell.t.get("office.few").to_owned(), ..stat };
        }
        self.judged(stat, Indicator::Satisfied)
    }
}
