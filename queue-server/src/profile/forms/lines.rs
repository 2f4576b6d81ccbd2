//! The raw lines that two texts differ by, with a few around them.

/// Lines around a difference.
const AROUND: usize = 2;

/// Lines of the two texts that are compared one with one, as a product: past that the rest is told as
/// gone and come.
const PRODUCT_MAX: usize = 4_000_000;

/// Lines that are told.
const TOLD_MAX: usize = 2_000;

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// In both.
    Both,
    /// Only before.
    Gone,
    /// Only after.
    Come,
    /// Lines are left out here.
    Skipped,
}

/// The lines that differ, and some around them.
#[must_use]
pub fn differ<'t>(before: &'t str, after: &'t str) -> Vec<(Side, &'t str)> {
    let (was, is): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let begin = was.iter().zip(&is).take_while(|(one, other)| one == other).count();
    let rest = was.len().min(is.len()) - begin;
    let same = |at: &usize| was[was.len() - 1 - at] == is[is.len() - 1 - at];
    let end = (0..rest).take_while(same).count();
    let mut all: Vec<(Side, &str)> = was[..begin].iter().map(|line| (Side::Both, *line)).collect();
    between(&was[begin..was.len() - end], &is[begin..is.len() - end], &mut all);
    all.extend(was[was.len() - end..].iter().map(|line| (Side::Both, *line)));
    near(&all)
}

fn between<'t>(was: &[&'t str], is: &[&'t str], all: &mut Vec<(Side, &'t str)>) {
    if was.len().saturating_mul(is.len()) > PRODUCT_MAX {
        all.extend(was.iter().map(|line| (Side::Gone, *line)));
        all.extend(is.iter().map(|line| (Side::Come, *line)));
        return;
    }
    // The longest row of lines that stand in both, from each place to the end.
    let wide = is.len() + 1;
    let mut longest = vec![0_u32; (was.len() + 1) * wide];
    for one in (0..was.len()).rev() {
        for other in (0..is.len()).rev() {
            longest[one * wide + other] = if was[one] == is[other] {
                longest[(one + 1) * wide + other + 1] + 1
            } else {
                longest[(one + 1) * wide + other].max(longest[one * wide + other + 1])
            };
        }
    }
    let (mut one, mut other) = (0, 0);
    while one < was.len() || other < is.len() {
        if one < was.len() && other < is.len() && was[one] == is[other] {
            all.push((Side::Both, was[one]));
            (one, other) = (one + 1, other + 1);
        } else if other == is.len()
            || one < was.len()
                && longest[(one + 1) * wide + other] >= longest[one * wide + other + 1]
        {
            all.push((Side::Gone, was[one]));
            one += 1;
        } else {
            all.push((Side::Come, is[other]));
            other += 1;
        }
    }
}

/// Leaves out what is far from a difference.
fn near<'t>(all: &[(Side, &'t str)]) -> Vec<(Side, &'t str)> {
    let mut is_near = vec![false; all.len()];
    for (at, _) in all.iter().enumerate().filter(|(_, (side, _))| *side != Side::Both) {
        for each in &mut is_near[at.saturating_sub(AROUND)..(at + AROUND + 1).min(all.len())] {
            *each = true;
        }
    }
    let mut told: Vec<(Side, &str)> = Vec::new();
    for (line, is_near) in all.iter().zip(is_near) {
        if told.len() >= TOLD_MAX {
            told.push((Side::Skipped, ""));
            break;
        }
        if is_near {
            told.push(*line);
        } else if told.last().is_some_and(|(side, _)| *side != Side::Skipped) {
            told.push((Side::Skipped, ""));
        }
    }
    told
}
