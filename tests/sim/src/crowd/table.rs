//! The reference run's figures and ours, side by side.

use super::DayKind;

/// What is measured of a day; times in minutes, shares in per cent, utilisation as a part.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured {
    /// Tickets.
    pub tickets: f64,
    /// The mean wait.
    pub mean: f64,
    /// The median.
    pub median: f64,
    /// The ninetieth percentile.
    pub ninety: f64,
    /// The longest.
    pub longest: f64,
    /// Waits up to fifteen minutes.
    pub within_fifteen: f64,
    /// Waits over thirty minutes.
    pub over_thirty: f64,
    /// Tickets whose holder did not come.
    pub no_shows: f64,
    /// Serving time as a part of open time.
    pub utilisation: f64,
}

/// A row of the reference run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reference {
    /// How the day is called.
    pub name: &'static str,
    /// Which day.
    pub kind: DayKind,
    /// Its figures.
    pub measured: Measured,
}

const fn row(name: &'static str, factor: f64, tide: bool, figures: [f64; 9]) -> Reference {
    let [
        tickets,
        mean,
        median,
        ninety,
        longest,
        within_fifteen,
        over_thirty,
        no_shows,
        utilisation,
    ] = figures;
    let measured = Measured {
        tickets,
        mean,
        median,
        ninety,
        longest,
        within_fifteen,
        over_thirty,
        no_shows,
        utilisation,
    };
    Reference { name, kind: DayKind { factor, tide }, measured }
}

/// The reference run of the county hall: primary queue first, no priority classes, six seeds.
pub const REFERENCE: [Reference; 5] = [
    row("Thu × 0.90", 0.90, false, [514.0, 7.0, 2.0, 20.0, 78.0, 85.0, 5.0, 4.0, 0.5]),
    row("Tue × 1.05", 1.05, false, [600.0, 10.0, 5.0, 28.0, 112.0, 77.0, 9.0, 5.0, 0.6]),
    row("Mon × 1.25, no tide", 1.25, false, [714.0, 17.0, 10.0, 49.0, 153.0, 62.0, 19.0, 7.0, 0.7]),
    row("Mon × 1.25, tide", 1.25, true, [714.0, 15.0, 8.0, 41.0, 126.0, 67.0, 17.0, 6.0, 0.7]),
    row(
        "month start × 1.40, tide",
        1.40,
        true,
        [799.0, 21.0, 12.0, 54.0, 198.0, 58.0, 25.0, 8.0, 0.8],
    ),
];

/// The mean of some days; of the longest waits too.
#[must_use]
pub fn mean(days: &[Measured]) -> Measured {
    let count = days.len().max(1) as f64;
    let of = |field: fn(&Measured) -> f64| days.iter().map(field).sum::<f64>() / count;
    Measured {
        tickets: of(|day| day.tickets),
        mean: of(|day| day.mean),
        median: of(|day| day.median),
        ninety: of(|day| day.ninety),
        longest: of(|day| day.longest),
        within_fifteen: of(|day| day.within_fifteen),
        over_thirty: of(|day| day.over_thirty),
        no_shows: of(|day| day.no_shows),
        utilisation: of(|day| day.utilisation),
    }
}

impl Measured {
    fn cells(&self) -> String {
        format!(
            "{:.0} | {:.0} | {:.0} | {:.0} | {:.0} | {:.0} % | {:.0} % | {:.0} % | {:.1}",
            self.tickets,
            self.mean,
            self.median,
            self.ninety,
            self.longest,
            self.within_fifteen,
            self.over_thirty,
            self.no_shows,
            self.utilisation
        )
    }

    /// The figures that lie far from others: means further than a third and two minutes, shares
    /// further than eight points, the longest wait further than a half. Six days vary so much.
    #[must_use]
    pub fn far_from(&self, other: &Self) -> Vec<&'static str> {
        let far = |ours: f64, theirs: f64, part: f64, least: f64| {
            (ours - theirs).abs() > (theirs * part).max(least)
        };
        let rows = [
            ("tickets", far(self.tickets, other.tickets, 0.02, 0.0)),
            ("mean", far(self.mean, other.mean, 0.33, 2.0)),
            ("median", far(self.median, other.median, 0.33, 2.5)),
            ("P90", far(self.ninety, other.ninety, 0.33, 5.0)),
            ("longest", far(self.longest, other.longest, 0.5, 10.0)),
            ("within fifteen", far(self.within_fifteen, other.within_fifteen, 0.0, 8.0)),
            ("over thirty", far(self.over_thirty, other.over_thirty, 0.0, 8.0)),
            ("no-shows", far(self.no_shows, other.no_shows, 0.0, 2.0)),
            ("utilisation", far(self.utilisation, other.utilisation, 0.0, 0.11)),
        ];
        rows.into_iter().filter(|(_, far)| *far).map(|(name, _)| name).collect()
    }
}

/// The table as it stands in `docs/SIMULATION.md`.
#[must_use]
pub fn table(found: &[(Reference, Measured)]) -> String {
    let mut text = String::from(
        "| day | | tickets | mean wait | median | P90 | longest | ≤ 15 min | > 30 min | no-show | utilisation |\n\
         | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for (reference, ours) in found {
        text += &format!("| {} | reference | {} |\n", reference.name, reference.measured.cells());
        text += &format!("| | here | {} |\n", ours.cells());
    }
    text
}
