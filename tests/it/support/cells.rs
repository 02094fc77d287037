//! Who may do what, written by hand: every route of the API with the roles it is for. It repeats on purpose what the program
//! knows, in other words and from the other side, so that a right that somebody widens by mistake is contradicted here.
//!
//! A line is method, path below `/api/v1`, scope, and the letters of the roles (`town::ROLES`: C clerk, H handler,
//! R reviewer, L lawyer, S secrecy reviewer, O head of the office, G signer, V supervisor, A auditor, D administrator).
//!
//! | scope | means |
//! |---|---|
//! | `public` | no token; what is one's own opens by a code of its own |
//! | `any` | whoever is signed in, for themselves: what is not theirs is not on the list |
//! | `held` | whoever holds the role anywhere: of no one agency |
//! | `at` | the thing of an agency, in the path, the body or the query; V, A and D reach the agencies below, nobody else does |
//! | `list` | a list that `?agency=` narrows: whoever asks from below gets what is theirs of it |
//! | `top` | an administrator of an agency with nothing above it |
//! | `bulk` | many things at once, each judged on its own: the answer is 200, and tells what was not done |

pub const TABLE: &str = "
GET /public/agencies                                          public
GET /public/agencies/{slug}                                   public
POST /public/agencies/{slug}/applications                     public
POST /public/agencies/{slug}/drafts                           public
GET /public/drafts                                            public
PUT /public/drafts                                            public
DELETE /public/drafts                                         public
POST /public/drafts/submission                                public
GET /public/applications/{receipt_no}                         public
POST /public/applications/{receipt_no}/corrections            public
POST /public/applications/{receipt_no}/explanations           public
POST /public/applications/{receipt_no}/payments               public
POST /public/applications/{receipt_no}/withdrawal             public
POST /public/applications/{receipt_no}/service-confirmation   public
POST /public/applications/{receipt_no}/feedback               public
GET /public/applications/{receipt_no}/remedies                public
GET /public/applications/{receipt_no}/third-party/remedies    public
GET /public/applications/{receipt_no}/papers                  public
GET /public/applications/{receipt_no}/documents/{id}          public
GET /public/applications/{receipt_no}/documents/{id}/{format} public
POST /public/applications/{receipt_no}/uploads                public
GET /public/applications/{receipt_no}/uploads/{file}          public
PATCH /public/applications/{receipt_no}/uploads/{file}        public
DELETE /public/applications/{receipt_no}/uploads/{file}       public
POST /public/applications/{receipt_no}/files                  public
GET /public/applications/{receipt_no}/files/{file}            public
GET /public/applications/{receipt_no}/sheets/{sheet}/{format} public
GET /public/agencies/{slug}/application-form/{format}         public
POST /public/agencies/{slug}/enquiries                        public
GET /public/enquiries/{number}                                public
POST /public/enquiries/{number}/rating                        public
POST /public/mine                                             public
GET /public/mine                                              public
POST /public/mine/pass                                        public
GET /public/annual-reports                                    public
GET /public/annual-reports/{slug}/{year}                      public
GET /public/annual-reports/{slug}/{year}/{format}             public
GET /public/published                                         public
GET /public/published/like                                    public
GET /public/published/{id}/files                              public
GET /public/published/{id}/files/{file}                       public
POST /public/deadline                                         public
GET /terms                                                    public
POST /auth/login                                              public
POST /auth/refresh                                            public

POST /auth/logout                       any
GET /me                                 any
POST /me/password                       any
GET /me/sessions                        any
DELETE /me/sessions/{id}                any
GET /me/colleagues                      any
GET /me/absences                        any
POST /me/absences                       any
DELETE /me/absences/{id}                any
GET /me/notices                         any
PUT /me/notices                         any
GET /me/views                           any
PUT /me/views/{name}                    held CHRLSOGVA
DELETE /me/views/{name}                 any

GET /cases                              list CHRLSOGVA
POST /cases                             at   C
GET /cases/counts                       list CHRLSOGVA
GET /cases/export                       list CHRLSOGVA
POST /cases/reassignment                bulk CO
POST /cases/reminders                   bulk COV
POST /cases/tags                        bulk CHRLSOG
GET /cases/{id}                         at   CHRLSOGVA
GET /cases/{id}/journal                 at   CHRLSOGVA
GET /cases/{id}/proof                   at   CHRLSOGVA
GET /cases/{id}/readings                at   VA
GET /cases/{id}/clock                   at   CHRLSOGVA
GET /cases/{id}/allowed                 at   CHRLSOGVA
GET /cases/{id}/routes                  at   CHRLSOGVA
GET /cases/{id}/similar                 at   CHRLSOG
GET /cases/{id}/applicant-cases         at   CHRLSOG
POST /cases/{id}/identity-view          at   CHRLSOG
GET /cases/{id}/drafts                  at   CHRLSOGVA
GET /cases/{id}/letters                 at   CHRLSOGVA
GET /cases/{id}/letters/{seq}/{format}  at   CHRLSOG
GET /cases/{id}/letters/{seq}/service-receipt/{format} at CHRLSOG
GET /cases/{id}/sheets/{sheet}/{format} at   CHRLSOGVA
GET /cases/{id}/notices                 at   CHRLSOGVA
GET /cases/{id}/milestones              at   CHRLSOGVA
GET /cases/{id}/watchers                at   CHRLSOGVA
PUT /cases/{id}/watch                   at   CHRLSOGVA
DELETE /cases/{id}/watch                any
POST /cases/{id}/confirmation           at   C
POST /cases/{id}/registration           at   C
POST /cases/{id}/contacts               at   C
POST /cases/{id}/examination            at   CH
POST /cases/{id}/particulars            at   CO
POST /cases/{id}/sensitivity            at   CHO
POST /cases/{id}/holds                  at   CO
POST /cases/{id}/holds/lifting          at   O
POST /cases/{id}/links                  at   CH
POST /cases/{id}/split                  at   C
POST /cases/{id}/assignment             at   CO
POST /cases/{id}/claim                  at   H
POST /cases/{id}/return                 at   H
POST /cases/{id}/uploads                at   CHRLSOG
GET /cases/{id}/uploads/{file}          at   CHRLSOG
PATCH /cases/{id}/uploads/{file}        at   CHRLSOG
DELETE /cases/{id}/uploads/{file}       at   CHRLSOG
GET /cases/{id}/files                   at   CHRLSOG
POST /cases/{id}/files                  at   CHRLSOG
GET /cases/{id}/files/{file}/content    at   CHRLSOG
POST /cases/{id}/files/{file}/visibility at  CHO
POST /cases/{id}/files/{file}/check     at   CHRLSOG
GET /cases/{id}/files/{file}/privacy    at   CHRLSOG
GET /cases/{id}/files/{file}/pages/{page} at CHRLSOG
POST /cases/{id}/files/{file}/redaction at   CHRLSOG
GET /cases/{id}/files/{file}/redaction  at   CHRLSOG
POST /cases/{id}/files/{file}/redaction/remnants at CHRLSOG
GET /cases/{id}/releases                at   CHRLSOG
POST /cases/{id}/releases               at   CH
GET /cases/{id}/bundles                 at   CHLO
POST /cases/{id}/bundles                at   CHLO
GET /cases/{id}/deliveries              at   CHRLSOG
POST /cases/{id}/deliveries             at   CH
POST /cases/{id}/notes                  at   CHRLSOG
POST /cases/{id}/correction-requests    at   CH
POST /cases/{id}/correction-requests/delivery at CH
POST /cases/{id}/corrections            at   CH
POST /cases/{id}/lapse                  at   OG
POST /cases/{id}/reopening              at   OG
POST /cases/{id}/consultations          at   CH
POST /cases/{id}/consultations/{consultation}/delivery at CH
POST /cases/{id}/consultations/{consultation}/opinion  at CH
POST /cases/{id}/consultations/{consultation}/finding  at HO
POST /cases/{id}/consultations/{consultation}/override-notice at CH
POST /cases/{id}/consultation-notice    at   CH
POST /cases/{id}/explanation-requests   at   CH
POST /cases/{id}/explanation-requests/delivery at CH
POST /cases/{id}/explanations           at   CH
POST /cases/{id}/explanation-decision   at   HO
POST /cases/{id}/delay-notice           at   CH
GET /cases/{id}/fee                     at   CHRLSOGVA
POST /cases/{id}/fee-notices            at   CH
POST /cases/{id}/fee-notices/delivery   at   CH
POST /cases/{id}/payments               at   CH
POST /cases/{id}/waiver-request         at   CH
POST /cases/{id}/waiver-decision        at   O
POST /cases/{id}/co-work                at   CH
POST /cases/{id}/co-work/{co_work}/answer at CH
POST /cases/{id}/co-work/{co_work}/recall at CH
POST /cases/{id}/searches               at   CH
POST /cases/{id}/referral               at   CH
POST /cases/{id}/referral-confirmation  at   CH
POST /cases/{id}/publication-proposal   at   CHO
POST /cases/{id}/publication            at   C
DELETE /cases/{id}/published-answer     at   C
POST /cases/{id}/extension-request      at   CH
POST /cases/{id}/extension-decision     at   O
POST /cases/{id}/extension-notice       at   CH
POST /cases/{id}/draft                  at   H
GET /cases/{id}/draft/privacy           at   CHRLSOG
POST /cases/{id}/draft/masking          at   H
POST /cases/{id}/review                 at   R
POST /cases/{id}/legal-review           at   L
POST /cases/{id}/secrecy-review         at   S
POST /cases/{id}/signature              at   G
POST /cases/{id}/check-answers          at   HOG
POST /cases/{id}/recall                 at   OG
POST /cases/{id}/service                at   CH
POST /cases/{id}/service-proof          at   CH
POST /cases/{id}/withdrawal             at   C
POST /cases/{id}/receipt-correction     at   O
POST /cases/{id}/annulments             at   O

GET /cases/{id}/proceedings             at   CHRLSOGVA
POST /cases/{id}/proceedings            at   CHL
GET /proceedings                        list CHRLSOGVA
GET /proceedings/{id}                   at   CHRLSOGVA
POST /proceedings/{id}/acts/{act}       at   CHLOG
POST /cases/{id}/enquiries              at   CH
GET /enquiries                          list CHRLSOGVA
POST /enquiries                         at   CH
GET /enquiries/{id}                     at   CHRLSOGVA
POST /enquiries/{id}/acts/{act}         at   CHRLSOG
GET /reports/{year}/table-four          list VAOC
GET /reports/ledger.xlsx                list VAOC
GET /reports/ledger.csv                 list VAOC
POST /imports                           at   DO
GET /imports/template                   any
GET /bundles/{id}                       at   CHLO
GET /bundles/{id}/file                  at   CHLO

GET /held-applications                  any
POST /held-applications/{id}/release    at   C
POST /held-applications/{id}/discard    at   C
GET /tasks                              list CHRLSOGVA
POST /tasks/{id}/settlement             at   CHRLSOG

GET /supervision/overdue                list VAOC
GET /supervision/overdue.csv            list VAOC
GET /supervision/due-soon               list VAOC
GET /supervision/workload               list VAOC
GET /supervision/late-replies           list VAOC
GET /supervision/satisfaction           list VAOC
GET /supervision/windows                list VAOC
GET /supervision/stalled                list VAOC
GET /supervision/timeliness             list VAOC
GET /reports/annual/{year}              at   VAOC
GET /reports/annual/{year}/file/{format} at  VAOC
GET /reports/annual/{year}/cells        at   VAOC
PUT /reports/annual/{year}/agencies/{slug} at CO
POST /reports/annual/{year}/editions    at   CO
POST /reports/annual/{year}/published   at   CO
GET /reports/editions/{id}              at   VAOC
GET /reports/editions/{id}/file/{format} at  VAOC
POST /reports/editions/{id}/signature   at   OG
POST /reports/editions/{id}/publication at   CO
GET /supervision/indicators             list VAOC
GET /supervision/indicators.csv         list VAOC
GET /supervision/forecast               list VAOC
GET /supervision/scorecards             list VAOC
GET /supervision/scorecards/items       at   VAOC
GET /supervision/orders                 list CHOGVA
POST /supervision/orders                at   V
GET /supervision/orders/{id}            at   CHOGVA
GET /supervision/orders/{id}/proofs/{file} at CHOGVA
POST /supervision/orders/{id}/papers    at   CHO
POST /supervision/orders/{id}/answers   at   CHO
POST /supervision/orders/{id}/returns   at   V
POST /supervision/orders/{id}/closing   at   V
POST /supervision/orders/{id}/withdrawal at  V
GET /retention/plan                     list COGA
GET /retention/holds                    held COGA
GET /retention/disposals                held COGA
POST /retention/disposals               at   CO
GET /retention/disposals/{id}           at   COGA
POST /retention/disposals/{id}/strikes  at   CO
POST /retention/disposals/{id}/approval at   OG
POST /retention/disposals/{id}/dropping at   COG
GET /retention/disposals/{id}/certificate/{format} at COGA
GET /retention/transfers                held COGA
POST /retention/transfers               at   CO
GET /retention/transfers/{id}           at   COGA
GET /retention/transfers/{id}/package   at   CO
POST /retention/transfers/{id}/hand-over at  CO

POST /admin/agencies                    at   D
GET /admin/agencies/{slug}/routing      at   D
PUT /admin/agencies/{slug}/routing      at   D
GET /admin/agencies/{slug}/approval-flow at  D
PUT /admin/agencies/{slug}/approval-flow at  D
GET /admin/agencies/{slug}/form         at   D
PUT /admin/agencies/{slug}/form         at   D
GET /admin/agencies/{slug}/retention    at   D
PUT /admin/agencies/{slug}/retention    at   D
GET /admin/agencies/{slug}/reminders    at   D
PUT /admin/agencies/{slug}/reminders    at   D
GET /admin/agencies/{slug}/proceeding-reminders at D
PUT /admin/agencies/{slug}/proceeding-reminders at D
GET /admin/agencies/{slug}/history      at   D
POST /admin/agencies/{slug}/history     at   D
POST /admin/agencies/{slug}/history/{id}/striking at D
POST /admin/agencies/{slug}/history/{id}/taking-over at D
GET /admin/agencies/{slug}/enquiry-rules at  D
PUT /admin/agencies/{slug}/enquiry-rules at  D
GET /admin/agencies/{slug}/letters/{letter}/{outcome}    at D
PUT /admin/agencies/{slug}/letters/{letter}/{outcome}    at D
DELETE /admin/agencies/{slug}/letters/{letter}/{outcome} at D
POST /admin/agencies/{slug}/letters/{letter}/{outcome}/preview at D
GET /admin/agencies/{slug}/wordings/{notice}/{language}    at D
PUT /admin/agencies/{slug}/wordings/{notice}/{language}    at D
DELETE /admin/agencies/{slug}/wordings/{notice}/{language} at D
POST /admin/agencies/{slug}/wordings/{notice}/{language}/preview at D
POST /admin/agencies/{slug}/wordings/{notice}/{language}/test    at D
GET /admin/agencies/{slug}              at   D
PATCH /admin/agencies/{slug}            at   D
GET /admin/staff                        held D
POST /admin/staff                       at   D
GET /admin/staff/{id}                   at   D
PATCH /admin/staff/{id}                 at   D
PUT /admin/staff/{id}/roles             at   D
POST /admin/staff/{id}/password         at   D
POST /admin/staff/{id}/status           at   D
POST /admin/staff/{id}/absences         at   D
GET /admin/calendar                     top  D
GET /admin/calendar/proposals           top  D
POST /admin/calendar/proposals          top  D
GET /admin/calendar/proposals/{id}      top  D
GET /admin/calendar/proposals/{id}/moves top D
POST /admin/calendar/proposals/{id}/confirmation top D
POST /admin/calendar/proposals/{id}/rejection    top D
GET /admin/outbox                       held D
POST /admin/outbox/{id}/retry           at   D
POST /admin/outbox/{id}/cancellation    at   D
GET /audit/seals                        held AD
POST /audit/seals                       held AD
GET /audit/verification                 held AD
GET /audit/entries                      held A
GET /admin/scheduler                    held D
GET /admin/scheduler/runs               held D
";

/// How far a right goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    Public,
    Any,
    Held,
    At,
    List,
    Top,
    Bulk,
}

/// A line of the table.
#[derive(Debug, Clone, Copy)]
pub struct Line {
    pub method: &'static str,
    pub path: &'static str,
    pub scope: Scope,
    pub roles: &'static str,
}

/// The table, line by line.
pub fn lines() -> Vec<Line> {
    let scope = |word: &str| match word {
        "public" => Scope::Public,
        "any" => Scope::Any,
        "held" => Scope::Held,
        "at" => Scope::At,
        "list" => Scope::List,
        "top" => Scope::Top,
        "bulk" => Scope::Bulk,
        other => panic!("no such scope: {other}"),
    };
    let words = TABLE.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
    words
        .filter(|words| !words.is_empty())
        .map(|words| Line {
            method: words[0],
            path: words[1],
            scope: scope(words[2]),
            roles: words.get(3).copied().unwrap_or_default(),
        })
        .collect()
}

/// Where a thing lies, seen from whoever asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    Own,
    Below,
    Above,
    Foreign,
}

impl Line {
    /// Whether it is done with one application, by staff or by who applied.
    pub fn is_of_a_case(&self) -> bool {
        self.path.starts_with("/cases/{id}/") || self.path.starts_with("/public/applications/{receipt_no}/")
    }

    /// Whether the table lets this role in.
    pub fn lets(&self, role: char, whose: Whose) -> bool {
        let held = self.roles.contains(role);
        match self.scope {
            Scope::Public | Scope::Any => true,
            Scope::Held => held,
            // The other city is a top of its own; whoever is at the county is at none.
            Scope::Top => held && whose != Whose::Above,
            Scope::Bulk | Scope::At => held && (whose == Whose::Own || whose == Whose::Below && "VAD".contains(role)),
            Scope::List => {
                held && match whose {
                    Whose::Own | Whose::Above => true,
                    Whose::Below => "VAD".contains(role),
                    Whose::Foreign => false,
                }
            }
        }
    }
}
