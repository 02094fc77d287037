//! The small vocabularies of a case: how receipt was confirmed, whom one consults, how a reply is served.

mod approval;
mod file;
mod handling;
mod intake;

pub use approval::{
    ApprovalStep, PartKind, SecrecyItem, SecrecyRecord, SecrecyResult, Separability, SeparabilityFinding, Stated,
    WithheldPart,
};
pub use file::{DeliveryWay, FileFormat, FilePurpose, FileRef, Visibility};
pub use handling::{CheckReason, CoWorkKind, SearchFinding, WaiverReason};
pub use intake::{
    Agent, Assistance, EnquiryTie, ExaminationAnswer, ExaminationStep, Examined, IdentityDocument, LinkKind, Matter,
    Recipient,
};

use serde::{Deserialize, Serialize};

use crate::ids::{PersonId, TextId};
use crate::law::coded::coded;
use crate::law::reply::StopCause;
use crate::vault::digest::Digest;

/// A text of the case, by reference: the journal keeps its salted digest and never its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextRef {
    /// The row of `texts` that holds it, encrypted under the case's key.
    pub id: TextId,
    /// Digest of the words with the salt that lies beside them; meaningless once they are destroyed.
    pub digest: Digest,
}

/// A person of the case, by reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonRef {
    /// The row of `people`.
    pub id: PersonId,
    /// Digest of the particulars with their salt.
    pub digest: Digest,
}

coded! {
    /// How the date of receipt was confirmed with the applicant (art. 31).
    pub enum ConfirmedBy {
        /// By telephone.
        Telephone = "telephone", "电话确认", "by telephone";
        /// By text message.
        TextMessage = "text_message", "短信确认", "by text message";
        /// By e-mail.
        Email = "email", "电子邮件确认", "by e-mail";
        /// Face to face.
        InPerson = "in_person", "当面确认", "in person";
        /// By the receipt that the online form gives at once, where the agency has chosen that.
        Automatic = "automatic", "系统自动确认", "by the automatic receipt";
    }
}

coded! {
    /// Whom one asks for an opinion.
    pub enum ConsultedParty {
        /// Somebody whose lawful interests disclosure would harm (art. 32). Silence decides nothing.
        ThirdParty = "third_party", "第三方", "a third party";
        /// An agency that made the information together with this one (art. 34). Silence is consent.
        CoMaker = "co_maker", "共同制作机关", "a co-making agency";
        /// Any other agency (art. 33 ¶3). Its time is capped by a setting, for the law sets no window.
        OtherAgency = "other_agency", "其他机关", "another agency";
        /// The secrecy administration or competent department, asked when the agency is unsure (art. 17 ¶3). Consulted as
        /// another agency only where the office has chosen to read art. 33 ¶3 so; else it is asked while the clock runs.
        SecrecyAuthority = "secrecy_authority", "保密行政管理部门或主管部门", "the secrecy authority";
    }
}

impl ConsultedParty {
    /// Whether the law itself fixes the window (arts 32, 34), as against a cap set by the office.
    #[must_use]
    pub const fn window_is_the_laws(self) -> bool {
        matches!(self, Self::ThirdParty | Self::CoMaker)
    }

    /// The cause under which its time is left out of the reply period.
    #[must_use]
    pub const fn stop_cause(self) -> StopCause {
        match self {
            Self::ThirdParty => StopCause::ThirdParty,
            Self::CoMaker => StopCause::CoMaker,
            Self::OtherAgency | Self::SecrecyAuthority => StopCause::OtherAgency,
        }
    }
}

coded! {
    /// What the one who was consulted says.
    pub enum Opinion {
        /// Agrees to disclosure.
        Consents = "consents", "同意公开", "consents";
        /// Objects, with or without a reason: whether the reason is reasonable is for the agency to find (art. 32).
        Objects = "objects", "不同意公开", "objects";
        /// Answers without saying either.
        Undecided = "undecided", "未明确表示", "says neither";
    }
}

coded! {
    /// The way a reply is served (国办公开办函〔2016〕235号; art. 40 for the electronic form).
    pub enum ServiceWay {
        /// Into the applicant's own system: mail box or tracking page. Served when it arrives there.
        Electronic = "electronic", "电子送达", "electronically";
        /// By the postal enterprise. In time if posted in time.
        Post = "post", "邮寄送达", "by post";
        /// Handed over and signed for.
        InPerson = "in_person", "直接送达", "in person";
        /// Handed over by another agency and signed for.
        Entrusted = "entrusted", "委托送达", "through another agency";
        /// By public notice, when nothing else is left (民事诉讼法 art. 95).
        PublicNotice = "public_notice", "公告送达", "by public notice";
    }
}

coded! {
    /// The form in which the applicant wants the information (art. 29 ¶2 (3), art. 40).
    pub enum InformationForm {
        /// On paper.
        Paper = "paper", "纸质", "paper";
        /// As an electronic copy.
        Electronic = "electronic", "电子", "electronic";
        /// Read or copied at the office.
        Inspection = "inspection", "查阅、抄录", "inspection";
    }
}

coded! {
    /// The way in which the applicant wants to get it (art. 29 ¶2 (3)).
    pub enum DeliveryRoute {
        /// By post.
        Post = "post", "邮寄", "by post";
        /// By e-mail.
        Email = "email", "电子邮件", "by e-mail";
        /// Collected at the office.
        Collection = "collection", "自行领取", "collected";
        /// On the tracking page.
        Online = "online", "网上获取", "online";
    }
}
