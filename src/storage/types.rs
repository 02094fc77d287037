//! How our own values become columns, alike on both databases.
//!
//! Ids and instants keep no diesel of their own, so that the floors below stay free of the database.
//! Ids are `TEXT`, 36 characters, in both: readable in any client and in the same order everywhere (the
//! PostgreSQL columns say `COLLATE "C"`). Instants are UTC in a plain `TIMESTAMP`.

use super::conn::MultiBackend;
use crate::ids::{
    AbsenceId, AccessId, AgencyId, BundleId, CaseId, ConsultationId, DisposalId, DraftId, EnquiryId, FileId, HistoryId,
    LogId, NoticeId, OrderId, PersonId, ProceedingId, ProposalId, ReportId, RunId, StaffId, TagChangeId, TaskId,
    TextId, TokenId, TransferId, WordingId,
};
use chrono::{DateTime, NaiveDateTime, SubsecRound, Utc};
use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow, Queryable};
use diesel::expression::AsExpression;
use diesel::pg::Pg;
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::{Nullable, Text, Timestamp};
use diesel::sqlite::Sqlite;
use std::io::Write;

macro_rules! text_id {
    ($($column:ident($id:ident)),+ $(,)?) => {$(
        #[derive(AsExpression, FromSqlRow)]
        #[diesel(foreign_derive, sql_type = Text)]
        #[expect(dead_code, reason = "only carries the derives over to the id")]
        struct $column($id);

        impl ToSql<Text, Pg> for $id {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
                write!(out, "{self}")?;
                Ok(IsNull::No)
            }
        }

        impl ToSql<Text, Sqlite> for $id {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
                out.set_value(self.to_string());
                Ok(IsNull::No)
            }
        }

        impl ToSql<Text, MultiBackend> for $id {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, MultiBackend>) -> serialize::Result {
                out.set_value((Text, self));
                Ok(IsNull::No)
            }
        }

        impl<DB: Backend> FromSql<Text, DB> for $id
        where
            String: FromSql<Text, DB>,
        {
            fn from_sql(value: DB::RawValue<'_>) -> deserialize::Result<Self> {
                let text = String::from_sql(value)?;
                in_our_spelling(&text)?;
                Ok(text.parse()?)
            }
        }
    )+};
}

/// Rows are found by the spelling of an id: one that means the same in another would be there for an audit and for nobody else.
fn in_our_spelling(id: &str) -> Result<(), String> {
    const LENGTH: usize = 36;
    if id.len() == LENGTH && !id.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return Ok(());
    }
    Err(format!("{id:?} in the database is no id as dafu writes one: somebody changed it"))
}

text_id! {
    AbsenceIdColumn(AbsenceId),
    AccessIdColumn(AccessId),
    AgencyIdColumn(AgencyId),
    BundleIdColumn(BundleId),
    CaseIdColumn(CaseId),
    ConsultationIdColumn(ConsultationId),
    DisposalIdColumn(DisposalId),
    DraftIdColumn(DraftId),
    EnquiryIdColumn(EnquiryId),
    FileIdColumn(FileId),
    HistoryIdColumn(HistoryId),
    LogIdColumn(LogId),
    NoticeIdColumn(NoticeId),
    OrderIdColumn(OrderId),
    PersonIdColumn(PersonId),
    ProceedingIdColumn(ProceedingId),
    ProposalIdColumn(ProposalId),
    RunIdColumn(RunId),
    StaffIdColumn(StaffId),
    TagChangeIdColumn(TagChangeId),
    TaskIdColumn(TaskId),
    TextIdColumn(TextId),
    TokenIdColumn(TokenId),
    ReportIdColumn(ReportId),
    TransferIdColumn(TransferId),
    WordingIdColumn(WordingId),
}

/// A point in time as a column keeps it: a `TIMESTAMP` without a zone, always UTC, in microseconds.
///
/// Rows hold `DateTime<Utc>` and name this type in `serialize_as` and `deserialize_as`; diesel itself binds
/// `DateTime<Utc>` only to column types that one of the two databases lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, AsExpression, FromSqlRow)]
#[diesel(sql_type = Timestamp)]
pub struct Instant(DateTime<Utc>);

/// Cuts what is finer than a microsecond: PostgreSQL would round it away, SQLite would keep it.
impl From<DateTime<Utc>> for Instant {
    fn from(at: DateTime<Utc>) -> Self {
        Self(at.trunc_subsecs(6))
    }
}

impl From<Instant> for DateTime<Utc> {
    fn from(instant: Instant) -> Self {
        instant.0
    }
}

/// Six digits always, so that the text's order in SQLite is the order in time.
const SQLITE_INSTANT: &str = "%Y-%m-%d %H:%M:%S%.6f";

impl ToSql<Timestamp, Pg> for Instant {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        ToSql::<Timestamp, Pg>::to_sql(&self.0.naive_utc(), &mut out.reborrow())
    }
}

impl ToSql<Timestamp, Sqlite> for Instant {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.0.naive_utc().format(SQLITE_INSTANT).to_string());
        Ok(IsNull::No)
    }
}

impl ToSql<Timestamp, MultiBackend> for Instant {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, MultiBackend>) -> serialize::Result {
        out.set_value((Timestamp, self));
        Ok(IsNull::No)
    }
}

impl<DB: Backend> FromSql<Timestamp, DB> for Instant
where
    NaiveDateTime: FromSql<Timestamp, DB>,
{
    fn from_sql(value: DB::RawValue<'_>) -> deserialize::Result<Self> {
        Ok(Self(NaiveDateTime::from_sql(value)?.and_utc()))
    }
}

/// An [`Instant`] that may be missing, for the same two attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MaybeInstant(Option<Instant>);

impl From<Option<DateTime<Utc>>> for MaybeInstant {
    fn from(at: Option<DateTime<Utc>>) -> Self {
        Self(at.map(Instant::from))
    }
}

impl From<MaybeInstant> for Option<DateTime<Utc>> {
    fn from(instant: MaybeInstant) -> Self {
        instant.0.map(DateTime::from)
    }
}

impl AsExpression<Nullable<Timestamp>> for MaybeInstant {
    type Expression = <Option<Instant> as AsExpression<Nullable<Timestamp>>>::Expression;

    fn as_expression(self) -> Self::Expression {
        self.0.as_expression()
    }
}

impl<DB: Backend> Queryable<Nullable<Timestamp>, DB> for MaybeInstant
where
    NaiveDateTime: FromSql<Timestamp, DB>,
{
    type Row = Option<Instant>;

    fn build(row: Self::Row) -> deserialize::Result<Self> {
        Ok(Self(row))
    }
}
