//! How the kiosk itself is: its memory, and how long it draws. The office sees both.

use std::{
    fs,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering::Relaxed},
    },
};

/// Between the screen, which measures, and the line, which tells.
#[derive(Debug, Clone, Default)]
pub struct Vitals(Arc<AtomicU32>);

impl Vitals {
    /// A frame took so long.
    pub fn drew(&self, millis: u32) {
        self.0.fetch_max(millis, Relaxed);
    }

    /// The slowest frame since this was asked last, in milliseconds.
    #[must_use]
    pub fn slowest_frame(&self) -> u32 {
        self.0.swap(0, Relaxed)
    }
}

/// What this process holds of the machine's memory, in MiB; none where the system does not say.
#[must_use]
pub fn memory_mib() -> Option<u32> {
    resident_kib(&fs::read_to_string("/proc/self/status").ok()?).map(|kib| kib / 1_024)
}

fn resident_kib(status: &str) -> Option<u32> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slowest_frame_is_told_once() {
        let vitals = Vitals::default();
        for millis in [4, 41, 7] {
            vitals.drew(millis);
        }
        assert_eq!((vitals.slowest_frame(), vitals.slowest_frame()), (41, 0));
    }

    #[test]
    fn the_memory_of_a_process_is_read_as_the_system_writes_it() {
        assert_eq!(resident_kib("Name:\tkiosk\nVmRSS:\t  114688 kB\n"), Some(114_688));
        assert_eq!(resident_kib("Name:\tkiosk\n"), None);
        assert!(memory_mib().is_some_and(|mib| mib > 0));
    }
}
