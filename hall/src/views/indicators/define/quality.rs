//! Indicators of 好差评: only who said something counts, and how many did stands beside it.

use super::{Share, Value};
use crate::views::indicators::figures::Figures;

impl Figures {
    fn levels_from(&self, least: usize) -> Share {
        let given = self.given();
        Share::of(given[least..].iter().sum::<u32>(), given.iter().sum::<u32>())
    }

    /// 满意率: levels 3 to 5 over active evaluations given in the time, %, 99 wanted. Trap: silence is
    /// never praise; evaluations of services of days before count when they are given.
    #[must_use]
    pub fn satisfied(&self) -> Share {
        self.levels_from(2)
    }

    /// 好评率: levels 4 and 5 of the same base, %. Some provinces call this 满意度.
    #[must_use]
    pub fn praised(&self) -> Share {
        self.levels_from(3)
    }

    /// 差评率: levels 1 and 2 of the same base, %.
    #[must_use]
    pub fn negative(&self) -> Share {
        let Share { part, whole } = self.satisfied();
        Share { part: whole - part, whole }
    }

    /// 主动评价率: services evaluated on their own day over served legs, %. Trap: 99 % of 3 % says
    /// nothing; what is said days later belongs to no service of this time and would pass 100.
    #[must_use]
    pub fn evaluated(&self) -> Share {
        Share::of(self.evaluations.iter().sum::<u32>(), self.served)
    }

    /// 加权得分: the mean level times 20, of 100 points. Base: evaluations given.
    #[must_use]
    pub fn score(&self) -> Value {
        let given = self.given();
        let levels = (1..).zip(given).map(|(level, count): (u64, u32)| level * u64::from(count));
        Value::Points { levels: levels.sum(), count: given.iter().sum() }
    }

    /// 差评整改率: 差评 closed over those and the ones past their limit at the end of the time, %. Trap:
    /// the latter are a stock: of a month the last day's counts, not the sum of its days'.
    #[must_use]
    pub fn rectified(&self) -> Share {
        let overdue = self.matters_overdue.0.map_or(0, |(_, count)| count);
        Share::of(self.matters_closed, self.matters_closed + overdue)
    }

    /// 按时整改率: closed by the day they were due over all closed, %. One without a limit is in time.
    #[must_use]
    pub fn rectified_in_time(&self) -> Share {
        Share::of(self.matters_in_time, self.matters_closed)
    }

    /// 回访率: 差评 closed of which somebody was called back, reached or not, over those closed whose giver
    /// could be called, %, 100 wanted. Trap: nobody can call a giver who left no number; what is only
    /// not noted counts against the hall.
    #[must_use]
    pub fn called_back(&self) -> Share {
        Share::of(self.matters_called_back, self.matters_reachable)
    }

    /// 办不成事办结率: the same as 差评整改率 of what was told for a receipt.
    #[must_use]
    pub fn told_settled(&self) -> Share {
        let overdue = self.told_overdue.0.map_or(0, |(_, count)| count);
        Share::of(self.told_closed, self.told_closed + overdue)
    }

    /// 办不成事按时办结率: closed by the day they were due over all closed, %.
    #[must_use]
    pub fn told_settled_in_time(&self) -> Share {
        Share::of(self.told_in_time, self.told_closed)
    }
}
