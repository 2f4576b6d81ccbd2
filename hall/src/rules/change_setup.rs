//! 换配置: another setup is put in force, if nothing of today is in its way.

use alloc::vec::Vec;

use super::Facts;
use crate::{event::Fact, hall::Hall, ids::SetupVersion, refusal::Refusal};

pub(super) fn decide(hall: &Hall, to: SetupVersion) -> Result<Facts, Refusal> {
    let setup = hall.at_hand(to).ok_or(Refusal::NoSuchSetup)?;
    if hall.setup().version() == Some(to) {
        return Ok(Facts::new());
    }
    if hall.obstacles(setup).is_empty() {
        Ok(Vec::from([Fact::SetupChanged { to }]))
    } else {
        Err(Refusal::SetupMustWait)
    }
}
