//! The periods that run beside the reply: what others are given time for while the case is open.

use super::article::{Article, Instrument};
use super::calendar::Calendar;
use super::count::{Clock, ClockName, Due, working_days};
use super::house;
use super::periods::{CO_MAKER_DAYS, FEE_WINDOW_DAYS, PRESUMED_POST_DAYS, THIRD_PARTY_DAYS};
use chrono::NaiveDate;

/// The applicant's time to correct: `days` working days (a reasonable period, art. 30) after receiving the notice.
#[must_use]
pub fn correction_window(notice_received: NaiveDate, days: u32, calendar: &Calendar) -> Clock {
    working_days(ClockName::CorrectionWindow, Article::regulation(30), notice_received, days, calendar)
}

/// The third party's 15 working days after receiving the letter (art. 32).
#[must_use]
pub fn third_party_window(received: NaiveDate, calendar: &Calendar) -> Clock {
    working_days(ClockName::ThirdPartyWindow, Article::regulation(32), received, THIRD_PARTY_DAYS, calendar)
}

/// The joint maker's 15 working days after receiving the letter; silence is consent (art. 34).
#[must_use]
pub fn co_maker_window(received: NaiveDate, calendar: &Calendar) -> Clock {
    working_days(ClockName::CoMakerWindow, Article::regulation(34), received, CO_MAKER_DAYS, calendar)
}

/// How long the clock may stand for another agency: `days` working days after it received the letter (house rule 9).
#[must_use]
pub fn other_agency_window(received: NaiveDate, days: u32, calendar: &Calendar) -> Clock {
    working_days(ClockName::OtherAgencyWindow, house::OTHER_AGENCY_CAP, received, days, calendar)
}

/// The 20 working days to pay after receiving the fee notice (国办函〔2020〕109号 art. 6).
#[must_use]
pub fn fee_window(notice_received: NaiveDate, calendar: &Calendar) -> Clock {
    working_days(
        ClockName::FeeWindow,
        Article::new(Instrument::FeeMeasures, 6),
        notice_received,
        FEE_WINDOW_DAYS,
        calendar,
    )
}

/// The applicant's time to explain an excessive number of requests (art. 35): `days` working days after receiving the letter.
/// The reply clock runs on.
#[must_use]
pub fn explanation_window(received: NaiveDate, days: u32, calendar: &Calendar) -> Clock {
    working_days(ClockName::ExplanationWindow, Article::regulation(35), received, days, calendar)
}

/// The internal limit for confirming with the applicant what arrived (art. 31; house rule 10).
#[must_use]
pub fn confirmation_limit(arrived_on: NaiveDate, days: u32, calendar: &Calendar) -> Clock {
    working_days(ClockName::Confirmation, house::CONFIRMATION_LIMIT, arrived_on, days, calendar)
}

/// The day a posted letter is taken as received until its real receipt is known (house rule 8).
#[must_use]
pub fn presumed_received(issued_on: NaiveDate, calendar: &Calendar) -> Due {
    working_days(ClockName::PresumedReceipt, house::PRESUMED_RECEIPT, issued_on, PRESUMED_POST_DAYS, calendar).due
}

/// The last day of a consultation's window of `days` working days, reckoned from presumed receipt while the real one
/// is unknown. A silent party stops the reply clock up to this day (house rule 4).
#[must_use]
pub fn consultation_end(issued_on: NaiveDate, received_on: Option<NaiveDate>, days: u32, calendar: &Calendar) -> Due {
    let presumed = presumed_received(issued_on, calendar);
    let from = received_on.unwrap_or(presumed.on);
    let end = working_days(ClockName::ThirdPartyWindow, house::SILENCE_ENDS_STOP, from, days, calendar).due;
    Due { provisional: end.provisional || (received_on.is_none() && presumed.provisional), ..end }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::calendar::Year;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn calendar() -> Calendar {
        let year: Year = serde_json::from_str(
            r#"{"year":2025,"notice":"国办发明电〔2024〕12号","published_on":"2024-11-12",
                "holidays":["2025-01-01","2025-04-04"],"workdays":[]}"#,
        )
        .unwrap();
        Calendar::new([year]).unwrap()
    }

    #[test]
    fn an_unknown_receipt_is_presumed_three_working_days_after_issue() {
        // Issued on a Thursday; the 15 days then run from Tuesday, over Qingming.
        assert_eq!(presumed_received(day("2025-03-13"), &calendar()).on, day("2025-03-18"));
        assert_eq!(consultation_end(day("2025-03-13"), None, 15, &calendar()).on, day("2025-04-09"));
    }

    #[test]
    fn the_real_receipt_takes_the_place_of_the_presumed_one() {
        assert_eq!(consultation_end(day("2025-03-13"), Some(day("2025-03-14")), 15, &calendar()).on, day("2025-04-07"));
    }

    #[test]
    fn every_window_names_its_article() {
        let on = day("2025-03-03");
        let codes = [
            correction_window(on, 10, &calendar()),
            third_party_window(on, &calendar()),
            co_maker_window(on, &calendar()),
            other_agency_window(on, 15, &calendar()),
            fee_window(on, &calendar()),
            explanation_window(on, 5, &calendar()),
            confirmation_limit(on, 1, &calendar()),
        ]
        .map(|clock| clock.article.code());
        assert_eq!(
            codes,
            [
                "regulation-30",
                "regulation-32",
                "regulation-34",
                "house-rule-9",
                "fee-measures-6",
                "regulation-35",
                "house-rule-10"
            ]
        );
    }
}
