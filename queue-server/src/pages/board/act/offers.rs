//! A measure in words: what it is, what it changes, whom it costs something, and how sure that is.

use hall::{
    forecast::{
        advise::{Advice, Effect, Remedy, Tried},
        hour::QueueHour,
    },
    ids::{QueueId, WindowId},
    time::Millis,
};
use wire::texts::Texts;

use super::Asked;
use crate::{app::App, pages::written};

/// A queue that waits longer by less than this pays no price that is worth a word.
const PRICE_LEAST_MILLIS: i64 = 60_000;

/// A measure by which a queue waits less than this shorter is none.
const GAIN_LEAST_MILLIS: u64 = 60_000;

/// Queues that pay which are named.
const PRICES_NAMED: usize = 3;

/// A measure with its effect.
pub(super) struct Offer {
    pub title: String,
    /// "最长等候 38 → 17 分 …"
    pub effect: String,
    pub price: String,
    pub sure: String,
    /// `tide`, `lend`, `stop`, or nothing for what is done elsewhere.
    pub does: &'static str,
    pub queues: String,
    pub window: String,
    pub minutes: u16,
    /// 限号: so many more numbers.
    pub more: u32,
    /// 顶岗: who comes; empty for what needs nobody.
    pub staff: String,
    /// The key that does it; 0 for none.
    pub digit: u8,
}

/// What somebody wants to try; none if it is told by halves.
pub(super) fn of_asked(app: &App, queue: QueueId, asked: &Asked) -> Option<Remedy> {
    let minutes = asked.minutes?;
    let window = || asked.window.as_ref()?.parse::<WindowId>().ok();
    match asked.does.as_deref()? {
        "lend" => Some(Remedy::Lend { queue, window: window()?, minutes }),
        "tide" => {
            let window = window()?;
            // A tide by hand that is open goes on with its queues.
            let open = app.read(|hall| {
                let extra = hall.window(window)?.extra.clone()?;
                extra.by_hand.as_ref().map(|(queues, _)| queues.clone())
            });
            let mut queues = open.unwrap_or_default();
            if !queues.contains(&queue) {
                queues.push(queue);
            }
            Some(Remedy::OpenTide { window, queues, minutes, clerk: None })
        }
        "stop" => Some(Remedy::StopIssue { queue, minutes, more: asked.more.unwrap_or(0) }),
        _ => None,
    }
}

/// "若不处置，未来一小时平均等 20 分，最长 38 分": the same figures from which the measures start.
pub(super) fn if_nothing(queue: QueueId, advice: &Advice, texts: &Texts) -> String {
    let beside = advice.remedies.iter().find_map(|tried| effect_on(queue, tried));
    let told = beside.map(|effect| (effect.mean[0], effect.longest[0])).or_else(|| {
        let hour = advice.nothing.queues.iter().find(|hour| hour.queue == queue);
        hour.map(|hour: &QueueHour| (hour.mean, hour.longest.mid.max(hour.mean)))
    });
    told.map_or(String::new(), |(mean, longest)| {
        let (mean, longest) = (minutes(mean), minutes(longest));
        texts.fill("act.if_nothing", &[("mean", &mean), ("longest", &longest)])
    })
}

fn effect_on(queue: QueueId, tried: &Tried) -> Option<&Effect> {
    tried.effects.iter().find(|effect| effect.queue == queue)
}

/// True if a measure makes the queue wait less by as much as is worth a word.
pub(super) fn helps(queue: QueueId, tried: &Tried) -> bool {
    let gain = |[without, with]: [Millis; 2]| without.0.saturating_sub(with.0);
    effect_on(queue, tried)
        .is_some_and(|it| gain(it.longest).max(gain(it.mean)) >= GAIN_LEAST_MILLIS)
}

/// A measure that was tried, in words.
pub(super) fn offer(app: &App, queue: QueueId, tried: &Tried, digit: u8, texts: &Texts) -> Offer {
    let (key, does, window, queues, minutes) = match &tried.remedy {
        Remedy::OpenTide { window, queues, minutes, clerk } => {
            let key = if clerk.is_some() { "act.do_tide_clerk" } else { "act.do_tide" };
            (key, "tide", window.to_string(), listed(queues), *minutes)
        }
        Remedy::Lend { queue, window, minutes } => {
            ("act.do_lend", "lend", window.to_string(), queue.to_string(), *minutes)
        }
        Remedy::ShiftBreak { window, minutes, .. } => {
            ("act.do_break", "", window.to_string(), String::new(), *minutes)
        }
        Remedy::StopIssue { queue, minutes, more } => {
            let key = if *more == 0 { "act.do_stop" } else { "act.do_cap" };
            (key, "stop", String::new(), queue.to_string(), *minutes)
        }
        Remedy::StandIn { window, .. } => {
            ("act.do_stand_in", "stand-in", window.to_string(), String::new(), 0)
        }
    };
    let comes = match &tried.remedy {
        Remedy::OpenTide { clerk: Some(staff), .. } | Remedy::StandIn { staff, .. } => Some(*staff),
        Remedy::OpenTide { clerk: None, .. }
        | Remedy::Lend { .. }
        | Remedy::ShiftBreak { .. }
        | Remedy::StopIssue { .. } => None,
    };
    let staff = comes.map_or(String::new(), |staff| texts.fill("pages.staff", &[("no", &staff)]));
    let more = match tried.remedy {
        Remedy::StopIssue { more, .. } => more,
        Remedy::OpenTide { .. }
        | Remedy::Lend { .. }
        | Remedy::ShiftBreak { .. }
        | Remedy::StandIn { .. } => 0,
    };
    let told: [(&str, &dyn std::fmt::Display); 5] = [
        ("window", &window),
        ("minutes", &minutes),
        ("queue", &queue),
        ("staff", &staff),
        ("n", &more),
    ];
    let better = (tried.better * 100.0).round();
    let sure: [(&str, &dyn std::fmt::Display); 2] = [("n", &tried.runs), ("percent", &better)];
    Offer {
        title: texts.fill(key, &told),
        effect: effect(queue, tried, texts),
        price: price(app, queue, tried, texts),
        sure: texts.fill("act.sure", &sure),
        does,
        queues,
        window,
        minutes,
        more,
        staff: comes.map_or(String::new(), |staff| staff.to_string()),
        // What needs a reason is not done by a digit alone.
        digit: if does.is_empty() || does == "stop" { 0 } else { digit },
    }
}

fn listed(queues: &[QueueId]) -> String {
    queues.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
}

fn effect(queue: QueueId, tried: &Tried, texts: &Texts) -> String {
    let Some(found) = effect_on(queue, tried) else {
        return texts.get("act.no_effect").to_owned();
    };
    let ([mean, mean_with], [longest, longest_with]) = (found.mean, found.longest);
    let [mean, mean_with] = [minutes(mean), minutes(mean_with)];
    let [longest, longest_with] = [minutes(longest), minutes(longest_with)];
    let told: [(&str, &dyn std::fmt::Display); 4] = [
        ("longest", &longest),
        ("longest_with", &longest_with),
        ("mean", &mean),
        ("mean_with", &mean_with),
    ];
    texts.fill("act.effect", &told)
}

/// Whom it costs something, the dearest first.
fn price(app: &App, queue: QueueId, tried: &Tried, texts: &Texts) -> String {
    let more = |effect: &Effect| {
        let [without, with] = effect.longest.map(|span| i64::try_from(span.0).unwrap_or(i64::MAX));
        with - without
    };
    let pays = |effect: &&Effect| effect.queue != queue && more(effect) >= PRICE_LEAST_MILLIS;
    let mut paying: Vec<&Effect> = tried.effects.iter().filter(pays).collect();
    paying.sort_by_key(|effect| std::cmp::Reverse(more(effect)));
    let said = paying.iter().take(PRICES_NAMED).map(|effect| {
        let queue = app.profile.setup.queue(effect.queue);
        let name = queue.map_or_else(String::new, |queue| queue.short_name.clone());
        let [without, with] = effect.longest.map(minutes);
        let told: [(&str, &dyn std::fmt::Display); 4] =
            [("queue", &effect.queue), ("name", &name), ("without", &without), ("with", &with)];
        texts.fill("act.price_of", &told)
    });
    let mut said: Vec<String> = said.collect();
    if tried.turned_away >= 0.5 {
        said.push(texts.fill("act.turned_away", &[("n", &tried.turned_away.round())]));
    }
    if said.is_empty() {
        return texts.get("act.no_price").to_owned();
    }
    texts.fill("act.price", &[("said", &said.join(texts.get("pages.join")))])
}

fn minutes(span: Millis) -> String {
    written::minutes_ahead(span.as_secs())
}
