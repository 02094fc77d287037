//! Applications in great number and of great volume, and one that everybody watches: explained, charged, waived, paid or not.

use crate::case::terms::{ApprovalStep, WaiverReason};
use crate::cli::demo::applicants::{GREEN_WATER, HENGTAI, LAW_FIRM, TANG_BO, XU_RUI};
use crate::cli::demo::city::{CITY, ENVIRONMENT, HOUSING, LAND};
use crate::cli::demo::story::{Deed, Story};
use crate::law::outcome::Outcome;

pub fn stories() -> Vec<Story> {
    vec![drawings(), monitoring(), unpaid(), many(), water()]
}

fn drawings() -> Story {
    Story::new(HOUSING, HENGTAI, "地下综合管廊竣工图纸", "申请公开滨河大道地下综合管廊全套竣工图纸的复印件。")
        .answering(&[("project", "滨河大道地下综合管廊一期工程")])
        .online(12)
        .taken_in(11)
        .then(6, Deed::ChargePages(119))
        .then(4, Deed::FeeDelivered)
}

fn monitoring() -> Story {
    Story::new(
        ENVIRONMENT,
        GREEN_WATER,
        "云河水质自动监测站原始数据",
        "申请公开上年度云河各水质自动监测站逐日监测数据的复印件。",
    )
    .online(40)
    .taken_in(39)
    .then(34, Deed::ChargePages(72))
    .then(33, Deed::AskWaiver(WaiverReason::PublicInterest, "申请人为环保社会组织，数据用于公益研究。"))
    .then(32, Deed::DecideWaiver(true))
    .drafted(28, Outcome::Granted, "您单位申请的监测数据由本机关在履行环境监测职责过程中制作，经审查可以公开，纸质复制件随本答复提供，信息处理费已予免收。")
    .reviewed(27)
    .signed(26)
    .served(26)
}

fn unpaid() -> Story {
    Story::new(LAND, TANG_BO, "工业园历年用地审批卷宗", "申请公开清溪县工业园设立以来全部用地审批卷宗的复印件。")
        .answering(&[("plot", "清溪县工业园内全部地块"), ("land", "state_owned")])
        .online(75)
        .taken_in(74)
        .then(68, Deed::ChargePages(300))
        .then(66, Deed::FeeDelivered)
        .then(40, Deed::Lapse("收费通知送达后二十个工作日内未缴费，两次电话联系，申请人表示不再需要。"))
}

fn many() -> Story {
    Story::new(
        CITY,
        LAW_FIRM,
        "历次政府常务会议议题目录",
        "申请公开上届政府以来历次常务会议的议题目录，本月已就不同会次分别提出多件申请。",
    )
    .online(33)
    .taken_in(32)
    .then(29, Deed::AskExplanation)
    .then(25, Deed::Explain("本所代理多起案件，需要分别使用，没有其他理由。"))
    .then(23, Deed::FindUnreasonable("同一内容拆分为多件申请，未说明合理用途，理由不合理。"))
    .drafted(20, Outcome::NotProcessedExcessive, "你单位本月就同类事项提出的申请数量明显超过合理范围。本机关要求说明理由后，经审查认为所述理由不合理。根据《中华人民共和国政府信息公开条例》第三十五条的规定，本机关对该申请不予处理。")
    .reviewed(19)
    .signed(18)
    .served(18)
}

fn water() -> Story {
    Story::new(
        CITY,
        XU_RUI,
        "饮用水水源地异味事件调查报告",
        "申请公开上月云河饮用水水源地异味事件的调查报告和应急处置情况。",
    )
    .online(9)
    .taken_in(8)
    .then(7, Deed::MarkSensitive("媒体持续关注，涉及饮用水安全。"))
    .drafted(4, Outcome::Granted, "您申请的调查报告由本机关组织制作，已经审定。经审查可以公开，根据《中华人民共和国政府信息公开条例》第三十六条第二项的规定，报告电子文本随本答复提供。")
    .then(2, Deed::Approve(ApprovalStep::Review))
}
