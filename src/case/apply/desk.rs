//! What gathers on the desk beside the statutory steps, applied.

use crate::case::entry::Entry;
use crate::case::event::Event;
use crate::case::gate::CheckCode;
use crate::case::state::{Case, CoWork, Publication, Referral, Search};
use crate::clock::day_in_china;
use crate::ids::CoWorkId;

impl Case {
    pub(super) fn take_from_the_desk(&mut self, entry: &Entry) {
        match &entry.event {
            Event::SearchRecorded { .. } => self.ask_again(&[CheckCode::SearchRecord]),
            Event::CoWorkOpened { .. } | Event::CoWorkAnswered { .. } | Event::CoWorkRecalled { .. } => {
                self.ask_again(&[CheckCode::CoWork]);
            }
            _ => {}
        }
        match &entry.event {
            Event::CoWorkOpened { co_work, purpose, unit, staff, task, due_on } => self.co_work.push(CoWork {
                id: *co_work,
                seq: entry.seq,
                kind: *purpose,
                unit: *unit,
                staff: *staff,
                task: *task,
                due_on: *due_on,
                answer: None,
                recalled: false,
            }),
            Event::CoWorkAnswered { co_work, text, on } => {
                self.change_co_work(*co_work, |one| one.answer = Some((*text, *on)));
            }
            Event::CoWorkRecalled { co_work, .. } => self.change_co_work(*co_work, |one| one.recalled = true),
            Event::SearchRecorded { search } => self.searches.push(Search {
                searched_by: search.searched_by,
                place: search.place,
                words: search.words,
                period: (search.period_from, search.period_to),
                found: search.found,
                result: search.result,
                on: search.on,
            }),
            Event::Referred { to, letter, on } => {
                self.referrals.push(Referral { seq: entry.seq, to: *to, letter: *letter, on: *on, confirmed_on: None });
            }
            Event::ReferralConfirmed { referral, on, .. } => {
                self.referrals
                    .iter_mut()
                    .filter(|one| one.seq == *referral)
                    .for_each(|one| one.confirmed_on = Some(*on));
            }
            Event::PublicationProposed { equal_requests, .. } => {
                let proposed_on = day_in_china(entry.at);
                self.publication = Some(Publication {
                    proposed_on,
                    equal_requests: *equal_requests,
                    proposed_by: entry.actor.staff(),
                    published_on: None,
                });
            }
            Event::Published { on, .. } => {
                if let Some(publication) = &mut self.publication {
                    publication.published_on = Some(*on);
                }
            }
            _ => {}
        }
    }

    fn change_co_work(&mut self, id: CoWorkId, change: impl Fn(&mut CoWork)) {
        self.co_work.iter_mut().filter(|one| one.id == id).for_each(change);
    }
}
