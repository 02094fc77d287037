//! How many applications one address may send in an hour, and how many it may begin.
//!
//! Counted in this process alone and forgotten when it ends: with several instances an address has the allowance once
//! at each. That is enough against a script that fills the register; what guards secrets (query codes, passwords) is
//! counted in the database, by number, by account and by address.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use actix_web::http::header::X_FORWARDED_FOR;
use actix_web::{HttpRequest, web};
use chrono::{DateTime, TimeDelta, Utc};

use crate::office::failure::Failure;
use crate::office::log::Visit;
use crate::office::public::{Code, network_of};

/// Addresses remembered at once; some megabytes.
const MOST_ADDRESSES: usize = 50_000;

/// The counts of this process.
#[derive(Debug)]
pub struct PublicLimits {
    per_hour: u32,
    trusted_proxies: usize,
    windows: Mutex<HashMap<(Counted, IpAddr), Window>>,
}

/// What is counted, each apart: who saves a draft can still send it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Counted {
    Application,
    Draft,
}

#[derive(Debug, Clone, Copy)]
struct Window {
    since: DateTime<Utc>,
    count: u32,
}

impl PublicLimits {
    /// `per_hour` applications an address; the last `trusted_proxies` hops before this process are one's own.
    #[must_use]
    pub fn new(per_hour: u32, trusted_proxies: usize) -> Self {
        Self { per_hour, trusted_proxies, windows: Mutex::new(HashMap::new()) }
    }

    /// Counts one application that came with `request`.
    ///
    /// # Errors
    /// [`Failure::TooOften`] above the allowance, with the seconds until the hour is over.
    pub fn count(&self, request: &HttpRequest, now: DateTime<Utc>) -> Result<(), Failure> {
        self.count_as(Counted::Application, request, now)
    }

    /// Counts one draft that was begun with `request`.
    ///
    /// # Errors
    /// As [`PublicLimits::count`].
    pub fn count_draft(&self, request: &HttpRequest, now: DateTime<Utc>) -> Result<(), Failure> {
        self.count_as(Counted::Draft, request, now)
    }

    fn count_as(&self, what: Counted, request: &HttpRequest, now: DateTime<Utc>) -> Result<(), Failure> {
        // Without a peer (a Unix socket behind one's own proxy that sends no header) there is nobody to tell apart.
        self.address(request).map_or(Ok(()), |address| self.count_address((what, network_of(address)), now))
    }

    /// Who sent it. `X-Forwarded-For` is believed only as far from its end as there are proxies of one's own: what
    /// stands further left was written by the client.
    fn address(&self, request: &HttpRequest) -> Option<IpAddr> {
        let peer = request.peer_addr().map(|peer| peer.ip());
        let Some(hop) = self.trusted_proxies.checked_sub(1) else { return peer };
        request
            .headers()
            .get_all(X_FORWARDED_FOR)
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .nth(hop)
            .and_then(|address| address.trim().parse().ok())
            .or(peer)
    }

    fn count_address(&self, counted: (Counted, IpAddr), now: DateTime<Utc>) -> Result<(), Failure> {
        let hour = TimeDelta::hours(1);
        let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        if windows.len() >= MOST_ADDRESSES {
            windows.retain(|_, window| now - window.since < hour);
            // Still full: this process is being flooded, and a bounded memory matters more than the counts.
            if windows.len() >= MOST_ADDRESSES {
                windows.clear();
            }
        }
        let window = windows.entry(counted).or_insert(Window { since: now, count: 0 });
        if now - window.since >= hour {
            *window = Window { since: now, count: 0 };
        }
        if window.count >= self.per_hour {
            let left = (window.since + hour - now).num_seconds().max(1);
            return Err(Failure::TooOften { retry_after: u32::try_from(left).unwrap_or(u32::MAX) });
        }
        window.count += 1;
        Ok(())
    }
}

/// The request, as the log tells where it came from.
#[must_use]
pub fn visit(request: &HttpRequest) -> Visit {
    Visit::from(request.app_data::<web::Data<PublicLimits>>().and_then(|limits| limits.address(request)))
}

/// A code that came with the request, and where that came from.
#[must_use]
pub fn code(request: &HttpRequest, text: impl Into<String>) -> Code {
    Code::given(text, request.app_data::<web::Data<PublicLimits>>().and_then(|limits| limits.address(request)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn at(minute: u32) -> DateTime<Utc> {
        format!("2026-03-02T0{}:{:02}:00Z", 1 + minute / 60, minute % 60).parse().expect("an instant")
    }

    fn from(peer: &str) -> HttpRequest {
        TestRequest::default().peer_addr(format!("{peer}:4000").parse().expect("an address")).to_http_request()
    }

    #[test]
    fn above_the_allowance_one_is_told_how_long_to_wait() {
        let limits = PublicLimits::new(2, 0);
        for minute in [0, 10] {
            limits.count(&from("192.0.2.1"), at(minute)).expect("allowed");
        }
        let third = limits.count(&from("192.0.2.1"), at(20));
        assert!(matches!(third, Err(Failure::TooOften { retry_after: 2400 })), "{third:?}");
        limits.count(&from("192.0.2.2"), at(20)).expect("another address has its own allowance");
        limits.count_draft(&from("192.0.2.1"), at(20)).expect("drafts are counted apart");
        limits.count(&from("192.0.2.1"), at(60)).expect("a new hour");
    }

    #[test]
    fn a_forwarded_address_is_believed_only_from_ones_own_proxy() {
        let sent = |forwarded: &str| {
            TestRequest::default()
                .peer_addr("192.0.2.9:1".parse().expect("an address"))
                .insert_header((X_FORWARDED_FOR, forwarded))
                .to_http_request()
        };
        let behind_one = PublicLimits::new(1, 1);
        behind_one.count(&sent("203.0.113.7, 198.51.100.1"), at(0)).expect("allowed");
        let forged = behind_one.count(&sent("203.0.113.8, 198.51.100.1"), at(0));
        assert!(forged.is_err(), "what the client wrote must not give a new allowance");

        let in_the_open = PublicLimits::new(1, 0);
        in_the_open.count(&sent("203.0.113.7"), at(0)).expect("allowed");
        assert!(in_the_open.count(&sent("203.0.113.8"), at(0)).is_err());
    }

    #[test]
    fn neighbours_in_one_ipv6_network_share_the_allowance() {
        let limits = PublicLimits::new(1, 0);
        limits.count(&from("[2001:db8:0:1::1]"), at(0)).expect("allowed");
        assert!(limits.count(&from("[2001:db8:0:1:ffff::2]"), at(0)).is_err());
        limits.count(&from("[2001:db8:0:2::1]"), at(0)).expect("another network");
    }
}
