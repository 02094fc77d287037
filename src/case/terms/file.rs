//! Files of a case: what each is for, how it is written, and who may see it.

use serde::{Deserialize, Serialize};

use crate::ids::FileId;
use crate::law::coded::coded;
use crate::vault::digest::Digest;

/// A file in the store, with the salted digest of its particulars: name, size and the digest of its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileRef {
    /// The file.
    pub id: FileId,
    /// The digest of its particulars.
    pub digest: Digest,
}

coded! {
    /// What a file is in the case for.
    pub enum FilePurpose {
        /// What came with the application, a correction or an explanation.
        Application = "application", "申请材料", "application material";
        /// Information that the agency holds and that is asked for.
        Record = "record", "政府信息", "record";
        /// A record with parts of it blacked out.
        Redacted = "redacted", "遮盖件", "redacted record";
        /// What proves that a letter reached somebody.
        Proof = "proof", "送达凭证", "proof of service";
        /// What the office works with.
        Working = "working", "内部材料", "working paper";
    }
}

impl FilePurpose {
    /// Whether such a file can be handed out in a release: the information itself, whole or redacted.
    #[must_use]
    pub const fn can_be_released(self) -> bool {
        matches!(self, Self::Record | Self::Redacted)
    }
}

coded! {
    /// How a file is written, as its first bytes tell; its name must agree.
    pub enum FileFormat {
        /// PDF.
        Pdf = "pdf", "PDF", "PDF";
        /// OFD (GB/T 33190).
        Ofd = "ofd", "OFD", "OFD";
        /// Word, since 2007.
        Docx = "docx", "Word 文档", "Word document";
        /// Excel, since 2007.
        Xlsx = "xlsx", "Excel 表格", "Excel workbook";
        /// PowerPoint, since 2007.
        Pptx = "pptx", "PowerPoint 演示", "PowerPoint presentation";
        /// Word, Excel or WPS before that.
        Ole = "ole", "旧版办公文档", "old office document";
        /// JPEG.
        Jpeg = "jpeg", "JPEG 图片", "JPEG picture";
        /// PNG.
        Png = "png", "PNG 图片", "PNG picture";
        /// TIFF.
        Tiff = "tiff", "TIFF 图片", "TIFF picture";
        /// Plain text, CSV too.
        Text = "text", "文本", "plain text";
        /// An archive.
        Zip = "zip", "压缩包", "archive";
    }
}

coded! {
    /// Who may see a file.
    pub enum Visibility {
        /// The office.
        Office = "office", "仅本机关", "the office";
        /// The office and the applicant.
        Applicant = "applicant", "申请人可见", "the applicant";
        /// Everybody, from a day on and once a second member of staff has looked at it.
        Public = "public", "公开", "everybody";
    }
}

coded! {
    /// How a letter was sent or handed over, one line of the register of service.
    pub enum DeliveryWay {
        /// Handed over and signed for.
        Hand = "hand", "当面送交", "by hand";
        /// By the postal enterprise, under a number.
        Post = "post", "邮政邮寄", "by post";
        /// By e-mail.
        Email = "email", "电子邮件", "by e-mail";
        /// Fetched from the tracking page.
        Download = "download", "网上下载", "downloaded";
        /// Fetched at the office.
        Collection = "collection", "自行领取", "collected";
        /// Through another agency.
        Entrusted = "entrusted", "委托送达", "through another agency";
        /// By public notice.
        Notice = "notice", "公告送达", "by public notice";
    }
}
