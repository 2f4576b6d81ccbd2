use alloc::{collections::BTreeSet, vec::Vec};

use proptest::prelude::*;

use super::Line;
use crate::{ids::TicketId, time::Timestamp};

proptest! {
    #[test]
    fn a_line_is_a_sorted_set(steps in prop::collection::vec((any::<bool>(), 0_i64..400), 0..900)) {
        let (mut line, mut set) = (Line::default(), BTreeSet::new());
        for (step_in, at) in steps {
            let place = (Timestamp(at / 2), TicketId(at as u64));
            if step_in {
                prop_assert_eq!(line.insert(place), set.insert(place));
            } else {
                prop_assert_eq!(line.remove(place), set.remove(&place));
            }
            prop_assert_eq!(line.len(), set.len());
            prop_assert_eq!(line.first(), set.first().copied());
            prop_assert_eq!(line.before(place), set.range(..place).count());
        }
        prop_assert_eq!(line.iter().collect::<Vec<_>>(), set.into_iter().collect::<Vec<_>>());
    }
}

#[test]
fn a_long_line_keeps_its_order() {
    let mut line = Line::default();
    for at in 0..9_999_u32 {
        assert!(line.insert((Timestamp(at.into()), TicketId(at.into()))));
    }
    assert_eq!(line.before((Timestamp(5_000), TicketId(5_000))), 5_000);
    for at in 0..9_999_u32 {
        assert_eq!(line.first(), Some((Timestamp(at.into()), TicketId(at.into()))));
        assert!(line.remove((Timestamp(at.into()), TicketId(at.into()))));
    }
    assert_eq!(line.len(), 0);
}
