//! The promise itself, against any history of calls and power cuts: what was synced is there, in
//! order, the chain holds, nothing is invented.

use proptest::{collection::vec, prelude::*};

use super::*;

/// One thing that happens to a journal.
#[derive(Debug, Clone)]
enum Deed {
    Append {
        opening: bool,
        bytes: usize,
    },
    Sync,
    Roll,
    Compress,
    /// The process is killed and started again; the system keeps its cache.
    Restart,
    /// The next sync fails, and the process is started again.
    FailSync,
    /// The power goes after so many more changes of the disk.
    PowerCut {
        after: u64,
        seed: u64,
    },
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        8 => (any::<bool>(), 0..700_usize)
            .prop_map(|(opening, bytes)| Deed::Append { opening, bytes }),
        6 => Just(Deed::Sync),
        1 => Just(Deed::Roll),
        1 => Just(Deed::Compress),
        1 => Just(Deed::Restart),
        1 => Just(Deed::FailSync),
        2 => (1..12_u64, any::<u64>()).prop_map(|(after, seed)| Deed::PowerCut { after, seed }),
    ]
}

/// What a journal must hold.
#[derive(Debug, Default)]
struct Told {
    appended: Vec<(Kind, Vec<u8>)>,
    synced: usize,
}

struct Trial {
    disk: FalseFiles,
    journal: Option<DiskJournal>,
    told: Told,
    seed: u64,
}

impl Trial {
    fn new() -> Trial {
        let disk = FalseFiles::new();
        let journal = open(&disk).unwrap().0;
        Trial { disk, journal: Some(journal), told: Told::default(), seed: 0 }
    }

    fn act(&mut self, deed: &Deed) {
        match *deed {
            Deed::Append { opening, bytes } => self.append(opening, bytes),
            Deed::Sync => self.promise(DiskJournal::sync_now),
            Deed::Roll => self.promise(DiskJournal::roll_now),
            Deed::Compress => {
                if let Some(journal) = &self.journal {
                    journal.closed().compress().ok();
                }
            }
            Deed::Restart => self.open_again(self.disk.clone()),
            Deed::FailSync => {
                self.disk.fail_sync(1);
                self.promise(DiskJournal::sync_now);
                self.disk.fail_sync(u64::MAX);
                self.open_again(self.disk.clone());
            }
            Deed::PowerCut { after, seed } => {
                self.disk.stop_at(after);
                self.seed = seed | 1;
            }
        }
    }

    fn append(&mut self, opening: bool, bytes: usize) {
        let Some(journal) = &mut self.journal else { return };
        let kind = if opening { Kind::Opening } else { Kind::Entry };
        let count = u8::try_from(self.told.appended.len() % 251).unwrap();
        let payload = vec![count; bytes];
        // Even a refused record may be found later; only an accepted one has to be.
        self.told.appended.push((kind, payload.clone()));
        if journal.append(kind, &payload).is_err() {
            self.power_cut();
        }
    }

    fn promise(&mut self, call: fn(&mut DiskJournal) -> Result<(), Fault>) {
        let Some(journal) = &mut self.journal else { return };
        match call(journal) {
            Ok(()) => self.told.synced = self.told.appended.len(),
            Err(_) if self.seed == 0 => {}
            Err(_) => self.power_cut(),
        }
    }

    fn power_cut(&mut self) {
        let disk = self.disk.clone();
        disk.crash(self.seed);
        self.open_again(disk);
    }

    fn open_again(&mut self, disk: FalseFiles) {
        self.journal = None;
        self.disk = disk;
        match open(&self.disk) {
            Ok((journal, opened)) => {
                self.check(&opened);
                self.journal = Some(journal);
            }
            // The power went again, in the middle of opening.
            Err(_) if self.seed != 0 && self.disk.is_stopped() => self.power_cut(),
            Err(fault) => panic!("it does not open: {}", fault.sentence()),
        }
    }

    fn check(&mut self, opened: &Opened) {
        let records = crate::read::read_all(Path::new(DIR), Arc::new(self.disk.clone())).unwrap();
        let all: Vec<Record> = records.collect::<Result<_, _>>().unwrap();

        assert!(all.len() >= self.told.synced, "{} of {} found", all.len(), self.told.synced);
        assert!(all.len() <= self.told.appended.len(), "records were invented");
        for (index, (record, told)) in all.iter().zip(&self.told.appended).enumerate() {
            assert_eq!(record.seq.0, index as u64 + 1);
            assert_eq!((record.kind, &record.payload), (told.0, &told.1));
        }
        let opening = all.iter().rposition(|record| record.kind == Kind::Opening).unwrap_or(0);
        assert_eq!(opened.records, all[opening..]);
        assert_eq!(opened.last, Seq(all.len() as u64));
        // What was found and told may be acted on from now on, so it must stay.
        self.told.appended.truncate(all.len());
        self.told.synced = all.len();
    }
}

impl DiskJournal {
    fn sync_now(&mut self) -> Result<(), Fault> {
        Journal::sync(self)
    }

    fn roll_now(&mut self) -> Result<(), Fault> {
        Journal::roll(self, "rolled")
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn what_was_synced_survives_any_crash(deeds in vec(deed(), 1..60), seed in any::<u64>()) {
        let mut trial = Trial::new();
        for deed in &deeds {
            trial.act(deed);
        }
        trial.seed = seed | 1;
        trial.power_cut();
        trial.disk.stop_at(u64::MAX);
        trial.open_again(trial.disk.clone());
    }
}
