//! 怎么走: a way over the floor that leads through no wall and no counter.

use std::{cmp::Reverse, collections::BinaryHeap};

use super::{Area, HallMap, Spot};

/// Squares along the longer side: at most so many times as many are looked at.
const SQUARES_MAX: f32 = 120.0;

/// The smallest square, in metres: nobody walks through a narrower gap.
const SQUARE_M: f32 = 0.5;

/// How a step to a neighbour costs: 5 straight, 7 aslant.
const STEPS: [(isize, isize, u32); 8] =
    [(1, 0, 5), (-1, 0, 5), (0, 1, 5), (0, -1, 5), (1, 1, 7), (1, -1, 7), (-1, 1, 7), (-1, -1, 7)];
/// What a square costs besides: one beside a wall, so that the way keeps away from it, and one where
/// others sit or are served.
const BESIDE_WALL: u32 = 4;
const AMONG_OTHERS: u32 = 20;

/// So near a window people stand before it, in metres.
const BEFORE_WINDOW_M: f32 = 1.25;

/// Windows so near the end are those that the way leads to, in metres.
const GOAL_M: f32 = 3.5;

struct Grid {
    side: f32,
    across: usize,
    walls: Vec<bool>,
    /// What each square costs besides the step.
    burdens: Vec<u32>,
}

/// The way from one spot to another, corner by corner, both ends included; empty if there is none,
/// or if either is not on the floor. An end that stands in a wall is led to from beside it. Where there
/// is room it leads round the zones that it neither begins nor ends in, and past the other windows.
#[must_use]
pub fn route(map: &HallMap, from: Spot, to: Spot) -> Vec<Spot> {
    if !map.holds(from) || !map.holds(to) {
        return Vec::new();
    }
    let grid = Grid::new(map, from, to);
    let (Some(start), Some(end)) = (grid.free_near(from), grid.free_near(to)) else {
        return Vec::new();
    };
    let Some(squares) = grid.walk(start, end) else { return Vec::new() };
    let mut spots: Vec<Spot> = squares.into_iter().map(|square| grid.middle(square)).collect();
    if !grid.is_wall_at(from) {
        spots[0] = from;
    }
    if let Some(last) = spots.last_mut()
        && !grid.is_wall_at(to)
    {
        *last = to;
    }
    grid.straighten(&spots)
}

impl Grid {
    fn new(map: &HallMap, from: Spot, to: Spot) -> Self {
        let side = (map.width_m.max(map.depth_m) / SQUARES_MAX).max(SQUARE_M);
        let count = |length: f32| ((length / side).ceil() as usize).max(1);
        let (across, down) = (count(map.width_m), count(map.depth_m));
        let mut grid = Self { side, across, walls: Vec::new(), burdens: Vec::new() };
        let wall = |square| {
            let middle = grid.middle(square);
            map.walls.iter().any(|wall| wall.holds(middle))
        };
        grid.walls = (0..across * down).map(wall).collect();
        let others = map.zones.iter().map(|zone| zone.area);
        let others: Vec<Area> =
            others.filter(|area| !area.holds(from) && !area.holds(to)).collect();
        let served = map.windows.iter().map(|window| window.at);
        let served: Vec<Spot> = served.filter(|at| at.distance(to) > GOAL_M).collect();
        let burden = |square| {
            let middle = grid.middle(square);
            let among_others = others.iter().any(|area| area.holds(middle))
                || served.iter().any(|at| at.distance(middle) < BEFORE_WINDOW_M);
            if among_others { AMONG_OTHERS } else { grid.beside_wall(square) }
        };
        grid.burdens = (0..across * down).map(burden).collect();
        grid
    }

    fn middle(&self, square: usize) -> Spot {
        let half = |n: usize| (n as f32 + 0.5) * self.side;
        Spot { x_m: half(square % self.across), y_m: half(square / self.across) }
    }

    fn square(&self, spot: Spot) -> usize {
        let down = self.walls.len() / self.across;
        let at = |metres: f32, most: usize| ((metres / self.side) as usize).min(most - 1);
        at(spot.y_m, down) * self.across + at(spot.x_m, self.across)
    }

    fn is_wall_at(&self, spot: Spot) -> bool {
        self.walls[self.square(spot)]
    }

    /// The free square nearest to a spot.
    fn free_near(&self, spot: Spot) -> Option<usize> {
        let own = self.square(spot);
        if !self.walls[own] {
            return Some(own);
        }
        let free = (0..self.walls.len()).filter(|square| !self.walls[*square]);
        free.min_by(|one, other| {
            let far = |square: usize| self.middle(square).distance(spot);
            far(*one).total_cmp(&far(*other))
        })
    }

    fn neighbours(&self, square: usize) -> impl Iterator<Item = (usize, u32)> + '_ {
        let (x, y) = ((square % self.across) as isize, (square / self.across) as isize);
        let (across, down) = (self.across as isize, (self.walls.len() / self.across) as isize);
        let at = move |x: isize, y: isize| {
            let inside = (0..across).contains(&x) && (0..down).contains(&y);
            inside.then_some((y * across + x) as usize)
        };
        STEPS.into_iter().filter_map(move |(right, low, cost)| {
            let next = at(x + right, y + low)?;
            // Aslant only where neither corner is a wall.
            let corners = [at(x + right, y), at(x, y + low)];
            let is_free = corners.into_iter().flatten().all(|corner| !self.walls[corner]);
            (is_free && !self.walls[next]).then_some((next, cost))
        })
    }

    fn beside_wall(&self, square: usize) -> u32 {
        let open = self.neighbours(square).count();
        if open < STEPS.len() { BESIDE_WALL } else { 0 }
    }

    /// The cheapest way over the squares.
    fn walk(&self, start: usize, end: usize) -> Option<Vec<usize>> {
        let mut best = vec![u32::MAX; self.walls.len()];
        let mut before = vec![start; self.walls.len()];
        let mut open = BinaryHeap::from([Reverse((0_u32, start))]);
        best[start] = 0;
        while let Some(Reverse((cost, square))) = open.pop() {
            if square == end {
                break;
            }
            if cost > best[square] {
                continue;
            }
            for (next, step) in self.neighbours(square) {
                let cost = cost + step + self.burdens[next];
                if cost < best[next] {
                    (best[next], before[next]) = (cost, square);
                    open.push(Reverse((cost, next)));
                }
            }
        }
        if best[end] == u32::MAX {
            return None;
        }
        let mut way = vec![end];
        let mut at = end;
        while at != start {
            at = before[at];
            way.push(at);
        }
        way.reverse();
        Some(way)
    }

    /// Leaves out what lies on a straight line without a wall, and through nothing worse than the
    /// squares that were walked.
    fn straighten(&self, spots: &[Spot]) -> Vec<Spot> {
        let Some(first) = spots.first() else { return Vec::new() };
        let mut way = vec![*first];
        let mut at = 0;
        while at + 1 < spots.len() {
            let worst = |next: usize| {
                let walked = spots[at..=next].iter().map(|spot| self.burdens[self.square(*spot)]);
                walked.max().unwrap_or_default()
            };
            let seen = (at + 1..spots.len())
                .rev()
                .find(|next| self.sees(spots[at], spots[*next], worst(*next)));
            // The next square is always seen.
            at = seen.unwrap_or(at + 1);
            way.push(spots[at]);
        }
        way
    }

    fn sees(&self, from: Spot, to: Spot, worst: u32) -> bool {
        let steps = (from.distance(to) / (self.side / 4.0)).ceil().max(1.0) as usize;
        (0..=steps).all(|n| {
            let part = n as f32 / steps as f32;
            let spot = Spot {
                x_m: from.x_m + (to.x_m - from.x_m) * part,
                y_m: from.y_m + (to.y_m - from.y_m) * part,
            };
            !self.is_wall_at(spot) && self.burdens[self.square(spot)] <= worst
        })
    }
}
