//! The one clock of an enquiry: from the day it is registered, by the agency's setting of then; and after a hand-over inside the
//! system by that of the agency it went to, never before the day that stood (house rules 36 and 37).

use chrono::NaiveDate;

use super::state::Enquiry;
use crate::law::calendar::Calendar;
use crate::law::count::{Clock, ClockName, Due, working_days};
use crate::law::house;

/// The clock, explained.
#[must_use]
pub fn clock(enquiry: &Enquiry, calendar: &Calendar) -> Clock {
    let own = working_days(
        ClockName::EnquiryAnswer,
        house::ENQUIRY_PERIOD,
        enquiry.registered_on(),
        enquiry.opening.days,
        calendar,
    );
    enquiry.hand_overs.iter().fold(own, |stood, one| {
        let given = working_days(ClockName::EnquiryAnswer, house::ENQUIRY_HAND_OVER, one.on, one.days, calendar);
        if given.due.on > stood.due.on { given } else { stood }
    })
}

/// What is due now; nothing once it is closed.
#[must_use]
pub fn due(enquiry: &Enquiry, calendar: &Calendar) -> Option<Due> {
    (!enquiry.is_closed()).then(|| clock(enquiry, calendar).due)
}

/// Working days left until `due`, counted from `today`: 0 on the day itself, negative after it.
#[must_use]
pub fn days_left(today: NaiveDate, due: NaiveDate, calendar: &Calendar) -> i64 {
    calendar.working_days_between(today, due)
}
