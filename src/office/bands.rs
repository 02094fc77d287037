//! How near a day is, in a word: what a list shows beside a colour, so that nobody has to tell colours apart.

use crate::config::Bands;
use crate::law::coded::coded;

coded! {
    /// How near a day is.
    pub enum Band {
        /// There is time.
        Ample = "ample", "充裕", "ample";
        /// It comes near.
        Near = "near", "临近", "near";
        /// It is close.
        Urgent = "urgent", "紧急", "urgent";
        /// It has passed.
        Overdue = "overdue", "逾期", "overdue";
    }
}

/// The band of a day that is so many working days away.
#[must_use]
pub fn of(bands: Bands, days_left: i64, overdue: bool) -> Band {
    if overdue {
        Band::Overdue
    } else if days_left <= i64::from(bands.urgent_days) {
        Band::Urgent
    } else if days_left <= i64::from(bands.near_days) {
        Band::Near
    } else {
        Band::Ample
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_ample_near_urgent_or_past_on_both_sides_of_each_border() {
        let bands = Bands { near_days: 10, urgent_days: 5 };
        let found = [11, 10, 6, 5, 0].map(|days| of(bands, days, false));
        assert_eq!(found, [Band::Ample, Band::Near, Band::Near, Band::Urgent, Band::Urgent]);
        // The day after a Friday is no working day: none is lost, and it has passed all the same.
        assert_eq!(of(bands, 0, true), Band::Overdue);
    }
}
