//! When an application was received (art. 31), and who sent it.
//!
//! The day of receipt is day 0 of every clock. For half of the channels it is not the day of arrival but the
//! day both sides confirm it: until then there is no receipt and no reply clock.

use super::article::Article;
use super::coded::coded;
use chrono::NaiveDate;

coded! {
    /// How the application came.
    pub enum Channel {
        /// The agency's site or platform (互联网渠道).
        Online = "online", "网上提交", "online";
        /// Handed in.
        InPerson = "in_person", "当面提交", "in person";
        /// Registered post, EMS: anything the agency signs for.
        SignedPost = "signed_post", "邮寄（需签收）", "post signed for";
        /// Ordinary letters (平常信函).
        OrdinaryPost = "ordinary_post", "平常信函", "ordinary post";
        /// The disclosure office's fax.
        Fax = "fax", "传真", "fax";
        /// A published e-mail box, or a platform other than this service: both are internet channels.
        Email = "email", "电子邮件", "e-mail";
        /// Spoken, where writing is really difficult; the office writes it down (art. 29 ¶1). Received as if handed in.
        Spoken = "spoken", "口头提出", "spoken";
    }
}

coded! {
    /// What makes the day of receipt.
    pub enum ReceiptRule {
        /// The day it is handed in.
        HandedIn = "handed_in", "提交之日为收到之日", "received the day it is handed in";
        /// The day the agency signs.
        SignedFor = "signed_for", "签收之日为收到之日", "received the day it is signed for";
        /// The day of confirmation, which should be the day of arrival.
        ConfirmedSameDay = "confirmed_same_day", "应于收到当日与申请人确认，确认之日为收到之日", "received the day it is confirmed, which should be the day it arrives";
        /// The day both sides confirm.
        BothConfirmed = "both_confirmed", "双方确认之日为收到之日", "received the day both sides confirm";
    }
}

coded! {
    /// Who applies, as the annual report's columns have it (table 三, 国办公开办函〔2021〕30号). The class is the
    /// applicant's own, not that of a lawyer who writes for him.
    pub enum ApplicantKind {
        /// 自然人.
        NaturalPerson = "natural_person", "自然人", "natural person";
        /// 法人或其他组织: 商业企业.
        CommercialEnterprise = "commercial_enterprise", "商业企业", "commercial enterprise";
        /// 法人或其他组织: 科研机构.
        ResearchInstitution = "research_institution", "科研机构", "research institution";
        /// 法人或其他组织: 社会公益组织.
        PublicWelfareOrganisation = "public_welfare_organisation", "社会公益组织", "public welfare organisation";
        /// 法人或其他组织: 法律服务机构; a law firm in its own name.
        LegalServiceOrganisation = "legal_service_organisation", "法律服务机构", "legal service organisation";
        /// 法人或其他组织: 其他.
        OtherOrganisation = "other_organisation", "其他", "other organisation";
    }
}

impl Channel {
    /// What makes the day of receipt.
    #[must_use]
    pub const fn rule(self) -> ReceiptRule {
        match self {
            Self::InPerson | Self::Spoken => ReceiptRule::HandedIn,
            Self::SignedPost => ReceiptRule::SignedFor,
            Self::OrdinaryPost => ReceiptRule::ConfirmedSameDay,
            Self::Online | Self::Fax | Self::Email => ReceiptRule::BothConfirmed,
        }
    }

    /// Whether receipt waits for a confirmation.
    #[must_use]
    pub const fn needs_confirmation(self) -> bool {
        matches!(self.rule(), ReceiptRule::ConfirmedSameDay | ReceiptRule::BothConfirmed)
    }

    /// Where the law says so.
    #[must_use]
    pub const fn article(self) -> Article {
        let receipt = Article::regulation(31);
        match self.rule() {
            ReceiptRule::HandedIn => receipt.item(1),
            ReceiptRule::SignedFor | ReceiptRule::ConfirmedSameDay => receipt.item(2),
            ReceiptRule::BothConfirmed => receipt.item(3),
        }
    }
}

/// Whether receipt waits for a confirmation when the item was addressed to somebody other than the disclosure office:
/// post that reached the wrong desk is treated like an ordinary letter (国办公开办函〔2015〕207号), however it was sent.
#[must_use]
pub const fn needs_confirmation(channel: Channel, misaddressed: bool) -> bool {
    channel.needs_confirmation() || (misaddressed && matches!(channel, Channel::SignedPost))
}

/// The legal day of receipt, or `None` while a confirmation is awaited.
///
/// For a channel that needs no confirmation `confirmed_on` is ignored: a later courtesy call moves nothing.
#[must_use]
pub const fn received_on(
    channel: Channel,
    misaddressed: bool,
    arrived_on: NaiveDate,
    confirmed_on: Option<NaiveDate>,
) -> Option<NaiveDate> {
    if needs_confirmation(channel, misaddressed) { confirmed_on } else { Some(arrived_on) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn what_is_handed_in_is_received_that_day() {
        for channel in [Channel::InPerson, Channel::Spoken, Channel::SignedPost] {
            assert_eq!(
                received_on(channel, false, day("2025-03-03"), Some(day("2025-03-05"))),
                Some(day("2025-03-03"))
            );
        }
    }

    #[test]
    fn what_comes_by_web_is_not_received_until_confirmed() {
        for channel in [Channel::Online, Channel::Email, Channel::Fax, Channel::OrdinaryPost] {
            assert_eq!(received_on(channel, false, day("2025-03-08"), None), None);
            assert_eq!(
                received_on(channel, false, day("2025-03-08"), Some(day("2025-03-10"))),
                Some(day("2025-03-10"))
            );
        }
    }

    #[test]
    fn registered_post_to_the_wrong_desk_waits_like_an_ordinary_letter() {
        assert_eq!(received_on(Channel::SignedPost, true, day("2025-03-03"), None), None);
        assert_eq!(received_on(Channel::InPerson, true, day("2025-03-03"), None), Some(day("2025-03-03")));
    }

    #[test]
    fn each_channel_names_its_item_of_article_31() {
        assert_eq!(Channel::InPerson.article().code(), "regulation-31.1");
        assert_eq!(Channel::OrdinaryPost.article().code(), "regulation-31.2");
        assert_eq!(Channel::Email.article().code(), "regulation-31.3");
    }
}
