//! Applications that have just come: to be confirmed, registered, assigned; given out, taken up, handed back.

use crate::case::terms::ConfirmedBy;
use crate::cli::demo::applicants::{
    CHEN_XIAOYAN, HE_MING, HU_AIHUA, HUANG_JING, LANTIAN, LIN_YI, LUO_SHULAN, ZHANG_MIN, ZHAO_LEI,
};
use crate::cli::demo::city::{CITY, EDUCATION, ENVIRONMENT, HEALTH, HOUSING, LAND, LIUTANG, MARKET};
use crate::cli::demo::story::{Deed, Story};
use crate::law::receipt::Channel;

pub fn stories() -> Vec<Story> {
    vec![
        Story::new(
            CITY,
            LUO_SHULAN,
            "老西门片区更新改造居民意见征询结果",
            "申请公开老西门片区更新改造前期居民意见征询的汇总结果。",
        )
        .arrives(1, Channel::OrdinaryPost),
        Story::new(
            EDUCATION,
            CHEN_XIAOYAN,
            "学府路小学教师交流轮岗名额分配",
            "申请公开今年学府路小学教师交流轮岗的名额分配文件。",
        )
        .online(1),
        Story::new(
            MARKET,
            LANTIAN,
            "物业收费专项检查结果通报",
            "申请公开今年物业服务收费专项检查的结果通报和问题清单。",
        )
        .arrives(1, Channel::Fax),
        // Nobody has confirmed it: overdue by the internal limit, and visible as such to the supervisor.
        Story::new(
            HEALTH,
            HE_MING,
            "软件园社区卫生服务中心建设计划",
            "申请公开软件园社区卫生服务中心的建设计划和开工时间。",
        )
        .arrives(4, Channel::Email),
        Story::new(
            LAND,
            HU_AIHUA,
            "前进村集体土地所有权确权成果",
            "申请公开柳塘镇前进村集体土地所有权确权登记的宗地图。",
        )
        .answering(&[("plot", "清溪县柳塘镇前进村第三、第四村民小组"), ("land", "collective")])
        .arrives(1, Channel::SignedPost),
        Story::new(
            CITY,
            ZHAO_LEI,
            "政务服务大厅窗口外包服务合同",
            "申请公开市政务服务大厅综合窗口外包服务的采购合同和年度考核结果。",
        )
        .online(1),
        Story::new(
            HOUSING,
            ZHANG_MIN,
            "学府路88号院加装电梯审批意见",
            "申请公开学府路88号院加装电梯的联合审查意见和公示材料。",
        )
        .answering(&[("project", "学府路88号院2号楼既有住宅加装电梯工程")])
        .online(2)
        .then(1, Deed::Register),
        Story::new(LIUTANG, HU_AIHUA, "前进村道路硬化工程决算", "申请公开前进村道路硬化工程的竣工决算和审计结论。")
            .arrives(3, Channel::Spoken)
            .taken_in(3),
        Story::new(
            ENVIRONMENT,
            HUANG_JING,
            "文昌街加油站土壤检测结果",
            "申请公开文昌街原加油站地块的土壤污染状况调查报告。",
        )
        .arrives(5, Channel::Email)
        .then(5, Deed::Confirm(ConfirmedBy::Telephone, "致电申请人确认。"))
        .taken_in(4)
        .then(2, Deed::HandBack("该地块由土壤与固废科负责，不属本岗位职责，请重新分办。")),
        Story::new(
            CITY,
            LIN_YI,
            "东门历史街区保护专项资金安排",
            "申请公开东门历史街区保护专项资金近两年的安排和拨付情况。",
        )
        .online(4)
        .then(3, Deed::Register)
        .then(3, Deed::LayOut)
        .then(2, Deed::Claim),
    ]
}
