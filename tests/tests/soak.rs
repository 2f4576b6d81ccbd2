//! An hour of touches leaves the kiosk no larger than the hour before. Bytes are counted, not
//! times, and not what the system gave: that is measured by `cargo bench --bench kiosk`.

use peak_alloc::PeakAlloc;
use tests::soak::Soak;

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

/// Visitors of a quiet hour.
const HOUR: usize = 20;

/// Bytes that a visitor may leave behind: letters of sizes that were not drawn before, and tables that
/// were full.
const LEFT_BEHIND_MAX: usize = 9 * 1_024;

/// The picture of the letters at its largest: 2048 by 2048 points.
const LETTERS_MAX: usize = 2_048 * 2_048 * 4;

/// Every fifteen seconds, and when the hall's minute changes.
const IDLE_FRAMES_MAX: u64 = 5 * 60;

/// One test: another one beside it would be counted too.
#[test]
fn an_hour_of_touches_leaves_nothing_behind_and_an_hour_of_rest_draws_little() {
    let mut soak = Soak::new(7);
    let mut times = Vec::with_capacity(64 * HOUR);
    // Caches fill in the first hours: each page in each language and size.
    let mut after = Vec::new();
    for _ in 0..6 {
        for _ in 0..HOUR {
            soak.visit(&mut times);
        }
        times.clear();
        soak.rest(120);
        // The picture of the letters has a bound of its own and grows by doubling: not by visitors.
        let letters = soak.letters_bytes();
        assert!(letters <= LETTERS_MAX, "{letters} bytes of letters");
        after.push(HEAP.current_usage().saturating_sub(letters));
    }
    // A new picture of the letters is in memory twice until it was sent: the least of three hours counts.
    let least = |hours: &[usize]| hours.iter().copied().min().unwrap_or_default();
    // Between the nearest of them lie two hours, so that no growth counts for less than it is.
    let left = least(&after[3..]).saturating_sub(least(&after[1..3])) / HOUR;
    let seen = &soak.seen;
    assert!(left <= LEFT_BEHIND_MAX, "{left} bytes a visitor; after each hour {after:?}, {seen:?}");
    assert!(seen.pages.len() >= 12 && seen.tickets > 0, "{seen:?}");
    assert!(seen.asked > 0 && seen.changed > 0 && seen.away > 0, "{seen:?}");
    assert!(seen.pages.contains("Found") && seen.pages.contains("Typing"), "{seen:?}");
    let frames = soak.rest(3_600);
    assert!(frames <= IDLE_FRAMES_MAX, "{frames} frames in an idle hour");
}
