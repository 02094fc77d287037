//! The words of the forms of enquiries.

use super::Line;

/// What a day is where none is given.
const TODAY: (&str, &str) = ("不填为今天。", "Today if left blank.");

#[rustfmt::skip]
pub(super) const LINES: &[Line] = &[
    ("WriterInput", "name", "姓名或者单位名称", "Name", "", ""),
    ("WriterInput", "phone", "电话", "Telephone", "", ""),
    ("WriterInput", "email", "电子邮箱", "E-mail", "有进展时发到这里。", "News of the letter goes there."),
    ("WriterInput", "address", "通信地址", "Postal address", "", ""),
    ("EnquiryLetter", "kind", "来信种类", "What is it", "", ""),
    ("EnquiryLetter", "subject", "标题", "Title", "", ""),
    ("EnquiryLetter", "content", "内容", "Your letter", "", ""),
    ("EnquiryLetter", "writer", "怎样联系您", "How to reach you", "至少填写一种联系方式。", "Give one way at least."),
    ("EnquiryRegistration", "agency", "登记的机关", "Agency", "", ""),
    ("EnquiryRegistration", "kind", "种类", "Kind", "", ""),
    ("EnquiryRegistration", "arrived_on", "收到日期", "Day it came", TODAY.0, TODAY.1),
    ("EnquiryRegistration", "their_number", "转办单号", "Their number", "热线或者平台的工单编号。", "That of the hotline or platform."),
    ("EnquiryRegistration", "writer", "来信人", "Writer", "", ""),
    ("EnquiryRegistration", "subject", "标题", "Title", "", ""),
    ("EnquiryRegistration", "content", "内容", "What was written", "", ""),
    ("EnquiryRegistration", "handler", "承办人", "Who sees to it", "不填则待分办。", "Left blank it waits to be assigned."),
    ("EnquiryFromCase", "kind", "种类", "Kind", "", ""),
    ("EnquiryFromCase", "handler", "承办人", "Who sees to it", "不填则待分办。", "Left blank it waits to be assigned."),
    ("EnquiryAssignment", "handler", "承办人", "Who sees to it", "", ""),
    ("EnquiryHandOver", "agency", "转交给哪个机关", "To which agency", "", ""),
    ("EnquiryHandOver", "reason", "理由", "Why", "两个机关都能看到，来信人看不到。", "Both agencies read it, the writer does not."),
    ("EnquiryAnswer", "text", "答复内容", "The answer", "发出之前可以重写。", "It can be written anew until it is sent."),
    ("EnquirySending", "way", "答复方式", "How it goes out", "无论哪种方式，来信人都能凭编号和查询码看到答复。", "The writer can read it on line in any case."),
    ("EnquirySending", "on", "答复日期", "Day", TODAY.0, TODAY.1),
    ("EnquiryClosing", "reason", "原因", "Why", "", ""),
    ("EnquiryClosing", "text", "说明", "In words", "来信人能看到。", "The writer reads it."),
    ("EnquiryClosing", "of", "先前来信的编号", "Number of the earlier one", "重复来信必填。", "Needed for what was written before."),
    ("EnquiryNote", "text", "备注内容", "Note", "备注是内部记录。", "Internal."),
];
