//! Consultations in every state: letter on its way, window open, passed in silence, answered; a co-maker; another agency.

use crate::case::terms::{ConfirmedBy, ConsultedParty, Opinion};
use crate::cli::demo::applicants::{GREEN_WATER, LANTIAN, LAW_FIRM, MA_CHAO, SUN_DEFU, ZHOU_TING};
use crate::cli::demo::city::{CITY, ENVIRONMENT, HOUSING, LAND, MARKET, QINGXI};
use crate::cli::demo::story::{Consulted, Deed, Story};
use crate::law::receipt::Channel;

pub fn stories() -> Vec<Story> {
    vec![emissions(), elevator(), property_bid(), sand_quarry(), night_market(), reservoir()]
}

fn emissions() -> Story {
    Story::new(
        ENVIRONMENT,
        GREEN_WATER,
        "宏泰化工厂自行监测原始记录",
        "申请公开宏泰化工厂今年上半年报送的自行监测原始记录，包括废水总排口各项指标。",
    )
    .online(6)
    .taken_in(6)
    .then(
        2,
        Deed::Consult(Consulted {
            party: ConsultedParty::ThirdParty,
            name: "云河宏泰化工有限公司",
            address: "清溪县工业园路66号",
            about: "你公司今年上半年报送的自行监测原始记录",
        }),
    )
}

fn elevator() -> Story {
    Story::new(
        MARKET,
        LANTIAN,
        "商务中心A座电梯检验报告和维保合同",
        "申请公开商务中心A座六台电梯最近一次定期检验报告，以及维保单位备案的维保合同。",
    )
    .online(12)
    .taken_in(11)
    .then(
        8,
        Deed::Consult(Consulted {
            party: ConsultedParty::ThirdParty,
            name: "云河迅安电梯工程有限公司",
            address: "云河市临江区建设街70号",
            about: "你公司备案的商务中心A座电梯维保合同",
        }),
    )
    .then(6, Deed::ConsultationDelivered)
}

fn property_bid() -> Story {
    Story::new(
        HOUSING,
        ZHOU_TING,
        "创新路5号院前期物业招标中标人投标文件",
        "申请公开创新路5号院前期物业服务招标中中标人的投标文件，特别是服务方案和报价明细。",
    )
    .online(30)
    .taken_in(29)
    .then(
        25,
        Deed::Consult(Consulted {
            party: ConsultedParty::ThirdParty,
            name: "云河安居物业管理有限公司",
            address: "云河市高新区创新路20号",
            about: "创新路5号院前期物业服务招标中你公司的投标文件",
        }),
    )
    .then(23, Deed::ConsultationDelivered)
    .then(5, Deed::Note("第三方逾期未提出意见。服务方案可以公开；报价明细中的人工成本测算拟进一步审查后决定。"))
}

fn sand_quarry() -> Story {
    Story::new(LAND, SUN_DEFU, "上湾砂石矿采矿权出让合同", "申请公开上湾砂石矿采矿权的出让合同和出让收益缴纳凭证。")
        .arrives(16, Channel::InPerson)
        .taken_in(16)
        .then(
            12,
            Deed::Consult(Consulted {
                party: ConsultedParty::ThirdParty,
                name: "清溪县上湾砂石有限公司",
                address: "清溪县石桥镇上湾村",
                about: "上湾砂石矿采矿权出让合同和出让收益缴纳凭证",
            }),
        )
        .then(10, Deed::ConsultationDelivered)
        .then(4, Deed::Opinion(Opinion::Objects, "不同意公开，合同里有我公司的银行账号和出资情况，担心被人利用。"))
}

fn night_market() -> Story {
    Story::new(
        CITY,
        MA_CHAO,
        "和平里夜市设置实施方案",
        "申请公开市政府办公室与市商务局联合印发的和平里夜市设置实施方案及其附图。",
    )
    .online(14)
    .taken_in(13)
    .then(
        9,
        Deed::Consult(Consulted {
            party: ConsultedParty::CoMaker,
            name: "云河市商务局",
            address: "云河市高新区市民中心2号楼",
            about: "与你单位共同制作的和平里夜市设置实施方案及其附图",
        }),
    )
    .then(8, Deed::ConsultationDelivered)
}

fn reservoir() -> Story {
    Story::new(
        QINGXI,
        LAW_FIRM,
        "龙潭水库除险加固工程移民安置方案",
        "申请公开龙潭水库除险加固工程的移民安置方案以及省水利厅的审核意见。",
    )
    .arrives(11, Channel::Email)
    .then(11, Deed::Confirm(ConfirmedBy::Telephone, "致电纪律师，确认以今日为收到之日。"))
    .taken_in(11)
    .then(
        7,
        Deed::Consult(Consulted {
            party: ConsultedParty::OtherAgency,
            name: "江原省水利厅",
            address: "江原省江原市水利路1号",
            about: "贵厅对龙潭水库除险加固工程移民安置方案的审核意见",
        }),
    )
    .then(6, Deed::ConsultationDelivered)
}
