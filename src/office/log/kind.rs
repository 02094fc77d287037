//! The kinds of entries there are, and the chain each belongs to.

use crate::law::coded::coded;

coded! {
    /// A chain of entries that belong to no case's journal.
    pub enum LogChain {
        /// Looks, searches, downloads, exports.
        Readings = "readings", "查看留痕", "readings";
        /// Sign-ins, accounts, permissions, settings.
        Staff = "staff", "操作留痕", "staff";
    }
}

coded! {
    /// What an entry tells.
    pub enum Kind {
        /// A case was opened: its particulars, texts, journal, lists of letters and files.
        Case = "case", "查看案件", "opened a case";
        /// A letter or a sheet was fetched.
        Letter = "letter", "下载文书", "fetched a letter";
        /// A file was fetched.
        File = "file", "下载文件", "fetched a file";
        /// A record was opened to be masked, or a page of it shown.
        Pages = "pages", "查看材料页面", "looked at the pages of a record";
        /// Whole identity numbers were shown, for a reason.
        Identity = "identity", "查看完整证件号码", "saw whole identity numbers";
        /// The requests of one applicant were shown side by side.
        ApplicantCases = "applicant_cases", "查看同一申请人的申请", "saw the requests of one applicant";
        /// Cases like one were shown.
        Similar = "similar", "查看相似案件", "saw similar cases";
        /// A list of cases was shown.
        List = "list", "查看案件列表", "saw a list of cases";
        /// Cases were searched by words or by the applicant.
        Search = "search", "检索案件", "searched cases";
        /// A list of cases was taken out as a table.
        Export = "export", "导出案件列表", "exported a list of cases";
        /// Applications that were set aside were shown.
        Held = "held", "查看待核对的申请", "saw applications set aside";
        /// A bundle of evidence was asked for.
        BundleAsked = "bundle_asked", "生成证据包", "asked for a bundle of evidence";
        /// A bundle of evidence was fetched.
        BundleTaken = "bundle_taken", "下载证据包", "fetched a bundle of evidence";
        /// A package for an archive was fetched: files of many cases, whole.
        ArchivePackage = "archive_package", "下载移交包", "fetched a package for an archive";
        /// A supervision order was read.
        Order = "order", "查看督办单", "read a supervision order";
        /// A letter, a question or a hand-over was opened.
        Enquiry = "enquiry", "查看来信", "opened an enquiry";
        /// A list of enquiries was shown.
        EnquiryList = "enquiry_list", "查看来信列表", "saw a list of enquiries";
        /// This log was read.
        Log = "log", "查看留痕", "read the log";

        /// Somebody signed in.
        SignIn = "sign_in", "登录", "signed in";
        /// A sign-in was refused.
        SignInFailed = "sign_in_failed", "登录失败", "sign-in refused";
        /// A refresh token was used twice: every token of its sign-in is void.
        TokenReused = "token_reused", "令牌重复使用", "token used twice";
        /// Somebody signed out, or ended one of their sign-ins.
        SignOut = "sign_out", "退出登录", "signed out";
        /// Somebody changed their own password.
        PasswordChanged = "password_changed", "修改密码", "changed the password";
        /// An administrator gave somebody a new first password.
        PasswordReset = "password_reset", "重置密码", "reset a password";
        /// An account was made.
        AccountAdded = "account_added", "新增账号", "added an account";
        /// Name or address of an account was changed.
        AccountChanged = "account_changed", "修改账号", "changed an account";
        /// An account was switched on or off.
        AccountSwitched = "account_switched", "启用或停用账号", "switched an account";
        /// Somebody's roles at an agency were laid down.
        RolesChanged = "roles_changed", "调整岗位", "changed roles";
        /// Somebody's absence was entered: another stands in from then on.
        AbsenceEntered = "absence_entered", "登记外出代理", "entered an absence";
        /// An absence was ended.
        AbsenceEnded = "absence_ended", "结束外出代理", "ended an absence";
        /// Somebody chose which notices they are sent, and where.
        NoticesChosen = "notices_chosen", "设置个人通知", "chose notices";
        /// An agency was added.
        AgencyAdded = "agency_added", "新增机关", "added an agency";
        /// The settings of an agency were changed.
        AgencyChanged = "agency_changed", "修改机关设置", "changed the settings of an agency";
        /// What an agency asks on its form was laid down.
        FormChanged = "form_changed", "修改申请表附加项", "changed the application form";
        /// The way of approval was laid down.
        FlowChanged = "flow_changed", "修改审批流程", "changed the way of approval";
        /// What goes to whom was laid down.
        RoutingChanged = "routing_changed", "修改分办规则", "changed the routing";
        /// When an agency's people are told: of cases, or (`of`) of proceedings.
        RemindersChanged = "reminders_changed", "修改提醒规则", "changed the rules of reminding";
        /// How long an agency keeps its files.
        RetentionChanged = "retention_changed", "修改保管期限表", "changed how long files are kept";
        /// The wording of a letter was changed.
        LetterWordingChanged = "letter_wording_changed", "修改文书格式", "changed the wording of a letter";
        /// The wording of a notice was changed.
        NoticeWordingChanged = "notice_wording_changed", "修改通知用语", "changed the wording of a notice";
        /// A change of the calendar was proposed.
        CalendarProposed = "calendar_proposed", "提出日历变更", "proposed a change of the calendar";
        /// A change of the calendar was confirmed.
        CalendarConfirmed = "calendar_confirmed", "确认日历变更", "confirmed a change of the calendar";
        /// A change of the calendar was rejected.
        CalendarRejected = "calendar_rejected", "否决日历变更", "rejected a change of the calendar";
        /// Tags were put on cases or taken off.
        Tagged = "tagged", "调整标签", "changed tags";
        /// Handlers were reminded by hand.
        Reminded = "reminded", "催办", "reminded by hand";
        /// A task was settled.
        TaskSettled = "task_settled", "处理待办", "settled a task";
        /// A notice was put into the outbox again.
        NoticeRetried = "notice_retried", "重发通知", "sent a notice again";
        /// A notice was given up.
        NoticeCancelled = "notice_cancelled", "取消通知", "cancelled a notice";
        /// A published answer was taken off the list.
        PublishedTakenOff = "published_taken_off", "撤下已公开的答复", "took a published answer off";
        /// An application that was set aside was discarded.
        HeldDiscarded = "held_discarded", "不予收件", "discarded an application set aside";
        /// Cases that were kept elsewhere before were brought in.
        Imported = "imported", "导入台账", "brought in a ledger";
        /// Something was entered for an annual report.
        ReportEntered = "report_entered", "填报年度报告", "entered an annual report";
        /// An annual report was frozen.
        ReportFrozen = "report_frozen", "年度报告定稿", "froze an annual report";
        /// An annual report was signed.
        ReportSigned = "report_signed", "签发年度报告", "signed an annual report";
        /// An annual report was published.
        ReportPublished = "report_published", "发布年度报告", "published an annual report";
        /// A report of others was taken in as it was printed.
        ReportTakenIn = "report_taken_in", "录入已发布的年度报告", "took in a published report";
        /// A supervision order was issued.
        OrderIssued = "order_issued", "发出督办单", "issued a supervision order";
        /// A document came in for the answer to a supervision order.
        OrderPaper = "order_paper", "上传督办答复文件", "sent a document for the answer to an order";
        /// A supervision order was answered.
        OrderAnswered = "order_answered", "答复督办单", "answered a supervision order";
        /// The answer to a supervision order was sent back.
        OrderReturned = "order_returned", "退回督办答复", "sent the answer to a supervision order back";
        /// A supervision order was closed.
        OrderClosed = "order_closed", "办结督办单", "closed a supervision order";
        /// A supervision order was taken back.
        OrderWithdrawn = "order_withdrawn", "撤回督办单", "took a supervision order back";
        /// An enquiry has a new entry: its number and hash, by which the chain of the enquiry is held.
        EnquiryRecorded = "enquiry_recorded", "办理来信", "recorded something in an enquiry";
        /// Periods and reminders of an agency's enquiries were laid down.
        EnquiryRulesChanged = "enquiry_rules_changed", "修改来信办理规则", "changed the rules of enquiries";
        /// A change of an agency was recorded: its name, its successor.
        AgencyHistoryRecorded = "agency_history_recorded", "登记机关沿革", "recorded the history of an agency";
        /// A seal was made by hand.
        Sealed = "sealed", "手动封存", "sealed by hand";
        /// Another master key was put in force.
        MasterKeyRenewed = "master_key_renewed", "更换主密钥", "renewed the master key";
    }
}

impl Kind {
    /// The chain to which entries of this kind belong.
    #[must_use]
    pub const fn chain(self) -> LogChain {
        match self {
            Self::Case
            | Self::Letter
            | Self::File
            | Self::Pages
            | Self::Identity
            | Self::ApplicantCases
            | Self::Similar
            | Self::List
            | Self::Search
            | Self::Export
            | Self::Held
            | Self::BundleAsked
            | Self::BundleTaken
            | Self::ArchivePackage
            | Self::Order
            | Self::Enquiry
            | Self::EnquiryList
            | Self::Log => LogChain::Readings,
            Self::SignIn
            | Self::SignInFailed
            | Self::TokenReused
            | Self::SignOut
            | Self::PasswordChanged
            | Self::PasswordReset
            | Self::AccountAdded
            | Self::AccountChanged
            | Self::AccountSwitched
            | Self::RolesChanged
            | Self::AbsenceEntered
            | Self::AbsenceEnded
            | Self::NoticesChosen
            | Self::AgencyAdded
            | Self::AgencyChanged
            | Self::FormChanged
            | Self::FlowChanged
            | Self::RoutingChanged
            | Self::RemindersChanged
            | Self::RetentionChanged
            | Self::LetterWordingChanged
            | Self::NoticeWordingChanged
            | Self::CalendarProposed
            | Self::CalendarConfirmed
            | Self::CalendarRejected
            | Self::Tagged
            | Self::Reminded
            | Self::TaskSettled
            | Self::NoticeRetried
            | Self::NoticeCancelled
            | Self::PublishedTakenOff
            | Self::HeldDiscarded
            | Self::Imported
            | Self::ReportEntered
            | Self::ReportFrozen
            | Self::ReportSigned
            | Self::ReportPublished
            | Self::ReportTakenIn
            | Self::OrderIssued
            | Self::OrderPaper
            | Self::OrderAnswered
            | Self::OrderReturned
            | Self::OrderClosed
            | Self::OrderWithdrawn
            | Self::EnquiryRecorded
            | Self::EnquiryRulesChanged
            | Self::AgencyHistoryRecorded
            | Self::Sealed
            | Self::MasterKeyRenewed => LogChain::Staff,
        }
    }
}
