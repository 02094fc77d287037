//! The outbox as people see it: all that went out about one case, for those who work on it; and the whole queue, for
//! administrators, who may have a mail tried again or not sent at all. Addresses and words are not shown to either.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::facts::Facts;
use crate::case::Role;
use crate::ids::{AgencyId, CaseId, NoticeId};
use crate::law::coded::coded;
use crate::notices::{Audience, Notice};
use crate::office::failure::{Failure, Problem};
use crate::office::log::{Kind, Note};
use crate::office::permission::{Deed, Officer, permit};
use crate::office::scheduling::page;
use crate::office::views::{Term, term};
use crate::office::{Office, projection};
use crate::storage::notices::{self, NoticeRow};
use crate::storage::{Conn, agencies, staff};

coded! {
    /// Where a notice stands.
    pub enum NoticeState {
        /// To be sent.
        Waiting = "waiting", "待发送", "waiting";
        /// Accepted by the mail server.
        Sent = "sent", "已发送", "sent";
        /// Refused, or given up.
        Dead = "dead", "未能送达", "not delivered";
        /// Taken out by an administrator.
        Cancelled = "cancelled", "已取消", "cancelled";
        /// The case had moved on.
        Overtaken = "overtaken", "已无需发送", "overtaken";
        /// No address is known.
        NoAddress = "no_address", "无邮箱地址", "no address";
        /// Not wanted, or mail is switched off.
        SwitchedOff = "switched_off", "未启用", "switched off";
        /// Sent as a line of a digest.
        Collected = "collected", "已入摘要", "in a digest";
    }
}

coded! {
    /// For whom a notice is, as far as it may be said here.
    pub enum ReaderKind {
        /// The applicant, or who acts for them.
        Applicant = "applicant", "申请人", "the applicant";
        /// Somebody who was consulted.
        ThirdParty = "third_party", "被征求意见方", "somebody consulted";
        /// A member of staff.
        Staff = "staff", "工作人员", "staff";
        /// Whoever keeps slips of seals.
        Keeper = "keeper", "封存单保管人", "keeper of slips";
    }
}

/// A notice, without its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct NoticeLine {
    /// Its id; the first part of its Message-ID.
    #[schema(value_type = String, format = "uuid")]
    pub id: NoticeId,
    /// Which.
    pub notice: Term,
    /// The case, where it is about one.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub case: Option<CaseId>,
    /// For whom.
    pub reader: Term,
    /// The member of staff.
    pub staff: Option<String>,
    /// Where it stands.
    pub state: Term,
    /// Whether it goes, or went, into a digest.
    pub in_digest: bool,
    /// Who had it sent, where somebody did by hand.
    pub by: Option<String>,
    /// The day it belongs to.
    pub fell_on: NaiveDate,
    /// When its cause was recorded.
    pub created_at: DateTime<Utc>,
    /// Not before then.
    pub not_before: DateTime<Utc>,
    /// Attempts so far.
    pub attempts: i32,
    /// When it was sent, or settled otherwise.
    pub settled_at: Option<DateTime<Utc>>,
    /// Why it was not accepted: a code of the mail server, or a word.
    pub fault: Option<String>,
}

/// A page of the queue, the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct NoticePage {
    /// The notices.
    pub items: Vec<NoticeLine>,
    /// Where the next page begins; none on the last.
    pub next: Option<String>,
}

/// Which notices.
#[derive(Debug, Clone, Default, Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct NoticeQuery {
    /// Only those that stand there.
    #[schema(value_type = Option<String>)]
    #[param(value_type = Option<String>)]
    pub state: Option<NoticeState>,
    /// Where the last page ended: its `next`.
    pub cursor: Option<String>,
    /// Notices a page: 1 to 200, 50 if missing.
    pub limit: Option<u32>,
}

impl Office {
    /// Everything that was sent, or is to be, about a case: one thread, the oldest first.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`]; the database's failures.
    pub async fn case_notices(&self, officer: &Officer, id: CaseId) -> Result<Vec<NoticeLine>, Failure> {
        let officer = officer.clone();
        self.db()
            .read(move |conn| {
                let row = crate::storage::cases::load(conn, id)?;
                permit(&officer, Deed::Read, &projection::lineage(conn, row.agency_id)?)?;
                notices::list_of_case(conn, id)?.into_iter().map(|row| line(conn, row)).collect()
            })
            .await
    }

    /// A page of the queue of the agencies this administrator keeps.
    ///
    /// # Errors
    /// [`Failure::Invalid`], [`Failure::Forbidden`]; the database's failures.
    pub async fn outbox(&self, officer: &Officer, query: NoticeQuery) -> Result<NoticePage, Failure> {
        let officer = officer.clone();
        let (after, limit) = page::<NoticeId>(query.cursor.as_deref(), query.limit)?;
        self.db()
            .read(move |conn| {
                let kept = kept(conn, &officer)?;
                let state = query.state.map(NoticeState::as_str);
                let mut rows = notices::list(conn, &kept, state, after, limit + 1)?;
                let more = u32::try_from(rows.len()).is_ok_and(|found| found > limit);
                if more {
                    rows.pop();
                }
                let next = rows.last().filter(|_| more).map(|row| row.id.to_string());
                let items = rows.into_iter().map(|row| line(conn, row)).collect::<Result<_, _>>()?;
                Ok(NoticePage { items, next })
            })
            .await
    }

    /// Has a notice tried again at once: one that waits, is dead, or was taken out. Its Message-ID stays.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`]; [`Failure::Taken`] for one that was sent.
    pub async fn retry_notice(&self, officer: &Officer, id: NoticeId) -> Result<NoticeLine, Failure> {
        let from = &[notices::WAITING, notices::DEAD, notices::CANCELLED, notices::NO_ADDRESS, notices::SWITCHED_OFF];
        self.change_notice(officer, id, from, notices::WAITING).await
    }

    /// Takes a notice out of the queue before it is sent.
    ///
    /// # Errors
    /// As [`Office::retry_notice`].
    pub async fn cancel_notice(&self, officer: &Officer, id: NoticeId) -> Result<NoticeLine, Failure> {
        self.change_notice(officer, id, &[notices::WAITING, notices::DEAD], notices::CANCELLED).await
    }

    async fn change_notice(
        &self,
        officer: &Officer,
        id: NoticeId,
        from: &'static [&'static str],
        to: &'static str,
    ) -> Result<NoticeLine, Failure> {
        let (officer, now, shared) = (officer.clone(), self.now(), self.shared());
        self.db()
            .write(move |conn| {
                let row = notices::load(conn, id)?;
                if !row.agency_id.is_some_and(|agency| kept(conn, &officer).is_ok_and(|kept| kept.contains(&agency))) {
                    return Err(Failure::Missing);
                }
                notices::change(conn, id, from, to, now).map_err(|_stands_elsewhere| {
                    let (zh, en) =
                        ("该通知已发送或者已结束，不能再改变。", "This notice was sent or settled and stays so.");
                    Failure::Taken(Problem::at("", zh, en))
                })?;
                let kind = if to == notices::WAITING { Kind::NoticeRetried } else { Kind::NoticeCancelled };
                let note = Note::by(&officer, kind).fact("notice", id).fact("before", &row.state).fact("after", to);
                let note = row.agency_id.map_or(note.clone(), |agency| note.at(agency));
                row.case_id.map_or(note.clone(), |case| note.of(case)).write(conn, &shared)?;
                let row = notices::load(conn, id)?;
                line(conn, row)
            })
            .await
    }
}

/// The agencies this officer keeps house for.
fn kept(conn: &mut Conn, officer: &Officer) -> Result<Vec<AgencyId>, Failure> {
    let mut kept = Vec::new();
    for held in officer.roles.iter().filter(|held| held.role == Role::Administrator) {
        kept.extend(agencies::subtree(conn, held.agency)?);
    }
    if kept.is_empty() { Err(Deed::Administer.forbidden()) } else { Ok(kept) }
}

fn line(conn: &mut Conn, row: NoticeRow) -> Result<NoticeLine, Failure> {
    let notice: Notice = row.kind.parse().map_err(Failure::broken)?;
    let state: NoticeState = row.state.parse().map_err(Failure::broken)?;
    let reader = match notice.audience() {
        Audience::Applicant => ReaderKind::Applicant,
        Audience::ThirdParty => ReaderKind::ThirdParty,
        Audience::Staff | Audience::Supervisor | Audience::Administrator => ReaderKind::Staff,
        Audience::Keeper => ReaderKind::Keeper,
    };
    Ok(NoticeLine {
        id: row.id,
        notice: term!(notice),
        case: row.case_id,
        reader: term!(reader),
        staff: row.staff_id.map(|id| staff::load(conn, id)).transpose()?.map(|row| row.name),
        by: Facts::from_json(&row.facts)?.by.map(|id| staff::load(conn, id)).transpose()?.map(|row| row.name),
        state: term!(state),
        in_digest: row.in_digest,
        fell_on: row.fell_on,
        created_at: row.created_at,
        not_before: row.not_before,
        attempts: row.attempts,
        settled_at: row.settled_at,
        fault: row.fault,
    })
}
