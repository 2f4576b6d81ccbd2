use super::*;

fn minute(text: &str) -> Minute {
    text.parse().unwrap()
}

fn span(from: &str, until: &str) -> Span {
    Span { from: minute(from), until: minute(until) }
}

#[test]
fn the_hour_says_how_loud_and_quiet_hours_win() {
    let rules = VoiceRules {
        volume_percent: 90,
        hours: vec![Loudness { span: span("11:45", "14:00"), volume_percent: 60 }],
        quiet: vec![span("12:30", "13:30"), span("22:00", "06:00")],
        ..VoiceRules::default()
    };
    let loud = |at: &str| rules.delivery(minute(at)).volume_percent;
    let day = ["11:44", "11:45", "12:29", "12:30", "13:29", "13:30", "14:00"].map(loud);
    assert_eq!(day, [90, 60, 60, 0, 0, 60, 90]);
    let night = ["21:59", "22:00", "00:00", "05:59", "06:00"].map(loud);
    assert_eq!(night, [90, 0, 0, 0, 90]);
}

#[test]
fn a_call_is_repeated_after_six_seconds_and_a_fifth_slower_unless_the_hall_says_otherwise() {
    let usual = VoiceRules::default();
    assert_eq!(usual.times, 2);
    assert_eq!(usual.delivery(minute("09:00")), Delivery::default());
    assert_eq!((Delivery::default().gap_millis, Delivery::default().pace_percent), (6_000, 80));
}
