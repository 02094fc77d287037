//! What should not happen, and what was set right: replies late and overdue, withdrawals, a step annulled, a date of
//! receipt corrected.

use crate::case::terms::ServiceWay;
use crate::cli::demo::applicants::{
    HENGTAI, HUANG_JING, INSTITUTE, LANTIAN, LAW_FIRM, LIN_YI, SUN_DEFU, ZHAO_LEI, ZHOU_TING,
};
use crate::cli::demo::city::{CITY, FINANCE, HOUSING, LAND, LINJIANG, MARKET, QINGXI};
use crate::cli::demo::story::{Deed, Story};
use crate::law::outcome::Outcome;
use crate::law::receipt::Channel;

pub fn stories() -> Vec<Story> {
    vec![
        price_checks(),
        mining_plan(),
        completion_records(),
        rural_roads(),
        city_platform(),
        drainage(),
        subsidy_list(),
        canteen(),
        illegal_building(),
    ]
}

/// Served three working days late.
fn price_checks() -> Story {
    Story::new(
        MARKET,
        LAW_FIRM,
        "停车收费价格违法案件处罚决定书",
        "申请公开去年以来停车收费价格违法案件的行政处罚决定书。",
    )
    .arrives(50, Channel::SignedPost)
    .taken_in(49)
    .drafted(29, Outcome::Granted, "你单位申请的行政处罚决定书共六份，均由本机关制作并已生效。根据《中华人民共和国政府信息公开条例》第三十六条第二项的规定，复印件随本答复提供，其中自然人的住址和证件号码已作隐去处理。因内部流转延误，本答复超过法定期限作出，本机关对此表示歉意。")
    .reviewed(28)
    .signed(28)
    .then(27, Deed::Serve(ServiceWay::Post, Some("邮政特快专递，单号1000000000104。")))
}

/// Overdue, with the handler.
fn mining_plan() -> Story {
    Story::new(
        LAND,
        HENGTAI,
        "上湾砂石矿矿山地质环境保护与土地复垦方案",
        "申请公开上湾砂石矿矿山地质环境保护与土地复垦方案及专家评审意见。",
    )
    .online(25)
    .taken_in(24)
    .then(12, Deed::Note("方案原件在县局，已发函调取，未回。"))
}

/// Overdue, under review.
fn rural_roads() -> Story {
    Story::new(
        QINGXI,
        SUN_DEFU,
        "石桥镇农村公路养护资金拨付明细",
        "申请公开近两年石桥镇农村公路日常养护资金的拨付明细。",
    )
    .arrives(23, Channel::InPerson)
    .taken_in(22)
    .drafted(6, Outcome::Granted, "您申请的拨付明细由本机关保存，可以公开。根据《中华人民共和国政府信息公开条例》第三十六条第二项的规定，复印件随本答复提供，共四页。明细中的收款账号已作遮盖。")
}

/// Overdue since the last working day, waiting for a signature.
fn city_platform() -> Story {
    Story::new(
        CITY,
        INSTITUTE,
        "城市运行管理平台建设项目验收报告",
        "申请公开城市运行管理平台建设项目的验收报告和专家意见。",
    )
    .online(21)
    .taken_in(20)
    .drafted(5, Outcome::Granted, "你单位申请的验收报告由本机关组织制作。经保密审查，报告正文和专家意见可以公开，根据《中华人民共和国政府信息公开条例》第三十六条第二项的规定，电子文本随本答复提供。")
    .reviewed(3)
}

/// Withdrawn on line.
fn completion_records() -> Story {
    Story::new(HOUSING, ZHOU_TING, "创新路5号院竣工验收备案表", "申请公开创新路5号院各楼栋的竣工验收备案表。")
        .answering(&[("project", "创新路5号院")])
        .online(33)
        .taken_in(32)
        .then(28, Deed::WithdrawOnline("开发商已提供所需材料，不再需要，撤回申请。"))
}

/// Withdrawn over the counter.
fn drainage() -> Story {
    Story::new(QINGXI, HUANG_JING, "文昌街雨污分流工程施工计划", "申请公开文昌街雨污分流工程的施工计划和围挡时间。")
        .arrives(40, Channel::InPerson)
        .taken_in(40)
        .then(37, Deed::Withdraw("申请人到窗口说明已在县住建局公告中看到施工计划，书面撤回申请。"))
}

/// A draft that went to review in the wrong case, annulled the same day.
fn subsidy_list() -> Story {
    Story::new(
        FINANCE,
        LANTIAN,
        "物业企业稳岗补贴资金发放标准",
        "申请公开物业服务企业稳岗补贴的资金来源和发放标准。",
    )
    .online(15)
    .taken_in(14)
    .drafted(6, Outcome::NotHeld, "经检索，没有您申请的信息。根据《中华人民共和国政府信息公开条例》第三十六条第四项的规定，您申请的信息本机关不存在。")
    .then(6, Deed::AnnulLast("承办人误将另一件申请的答复稿提交在本件之下，经核对予以撤销，由承办人重新拟稿。"))
}

/// In plain order, to show that most are.
fn canteen() -> Story {
    Story::new(CITY, ZHAO_LEI, "市政府食堂食材采购中标结果", "申请公开市政府机关食堂本年度食材采购的中标结果和单价表。")
        .online(10)
        .taken_in(9)
}

/// The receipt was recorded three working days late.
fn illegal_building() -> Story {
    Story::new(
        LINJIANG,
        LIN_YI,
        "东门街41号院违法建设查处决定",
        "申请公开东门街41号院屋顶违法建设的查处决定书。",
    )
    .arrives(12, Channel::SignedPost)
    .taken_in(12)
    .then(10, Deed::CorrectReceipt(15, "收发室登记显示该邮件早已由区政府收发室签收，转到本办公室时误以转交之日登记。以签收之日为收到之日，予以更正。"))
}
