//! Corrections in every state: awaited, overdue for a finding, lapsed, reinstated, received.

use crate::case::terms::ConfirmedBy;
use crate::cli::demo::applicants::{COOPERATIVE, GAO_YUAN, HE_MING, LI_JIANGUO, TANG_BO};
use crate::cli::demo::city::{EDUCATION, ENVIRONMENT, HOUSING, LAND, SHIQIAO};
use crate::cli::demo::story::{Deed, Story};
use crate::law::receipt::Channel;

pub fn stories() -> Vec<Story> {
    vec![subsidies(), repair_fund(), enrolment(), demolition(), monitoring()]
}

fn subsidies() -> Story {
    Story::new(SHIQIAO, COOPERATIVE, "镇里的农业补贴发放情况", "申请公开镇里这几年发放农业补贴的材料。")
        .arrives(9, Channel::InPerson)
        .taken_in(9)
        .then(5, Deed::AskCorrection("一、请明确补贴的种类，例如耕地地力保护补贴、农机购置与应用补贴；二、请明确所需信息的年度；三、请明确需要的是补贴政策文件、发放汇总表，还是某一村组的公示名单。"))
        .then(3, Deed::CorrectionDelivered)
}

fn repair_fund() -> Story {
    Story::new(
        HOUSING,
        LI_JIANGUO,
        "柳荫巷小区维修资金使用材料",
        "申请公开柳荫巷小区住宅专项维修资金的有关材料。",
    )
    .online(24)
    .taken_in(23)
    .then(19, Deed::AskCorrection("一、柳荫巷现有三个小区，请明确小区名称或者楼栋号；二、请明确所需材料的名称，例如使用方案、业主表决结果、工程决算或者资金划拨凭证，以及所涉工程的大致时间。"))
    .then(17, Deed::CorrectionDelivered)
    .then(8, Deed::Note("两次致电申请人提醒补正，均无人接听，已发短信。"))
}

fn enrolment() -> Story {
    Story::new(EDUCATION, GAO_YUAN, "历年招生数据", "想要全市历年的招生数据。")
        .online(50)
        .then(49, Deed::Confirm(ConfirmedBy::Email, "申请人复信确认收到日期。"))
        .taken_in(49)
        .then(46, Deed::AskCorrection("一、请明确学段（学前、义务教育、普通高中、中等职业教育）；二、请明确年度；三、请明确所需数据的项目，例如计划数、录取数或者分校人数。"))
        .then(44, Deed::CorrectionDelivered)
        .then(31, Deed::Lapse("补正告知书已送达，补正期限届满，申请人未提交补正，也未说明理由。经电话和邮件询问，申请人表示论文选题已更换，不再需要。认定无正当理由逾期不补正，视为放弃申请。"))
}

fn demolition() -> Story {
    Story::new(
        LAND,
        TANG_BO,
        "工业园二期征地批准文件",
        "申请公开工业园征地的批文。",
    )
    .arrives(50, Channel::SignedPost)
    .taken_in(49)
    .then(45, Deed::AskCorrection("工业园一期、二期和扩展区先后有多个批次用地，请明确所需批准文件对应的批次、年度或者被征收土地所在的村组。"))
    .then(43, Deed::CorrectionDelivered)
    .then(30, Deed::Lapse("补正告知书已送达，补正期限届满，未收到补正，电话无法接通。认定逾期不补正，视为放弃申请。"))
    .then(14, Deed::Reinstate("申请人来电并提交住院病历和出院小结，证明补正期间因手术住院，不能按期补正。理由正当，恢复办理，自今日起重新计算答复期限。"))
    .then(14, Deed::Correct("需要的是工业园二期第三批次建设用地批复，涉及上湾村二组、三组，大约是前年批的。"))
}

fn monitoring() -> Story {
    Story::new(ENVIRONMENT, HE_MING, "软件园周边空气自动监测数据", "申请公开软件园附近的空气监测数据。")
        .online(18)
        .taken_in(17)
        .then(
            15,
            Deed::AskCorrection(
                "软件园周边有两个监测站点，请明确站点、监测指标和起止时间，并说明需要小时值还是日均值。",
            ),
        )
        .then(15, Deed::CorrectionDelivered)
        .then(11, Deed::CorrectOnline("需要学府路站点今年第三季度细颗粒物和臭氧的日均值。"))
        .then(6, Deed::Note("学府路站点数据已向监测中心调取，九月有两日因设备校准缺测，答复时须说明。"))
}
