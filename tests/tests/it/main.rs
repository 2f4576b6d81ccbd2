//! Real processes on loopback: what must hold when things break.

mod asking_twice;
mod power_cut;
mod race;
