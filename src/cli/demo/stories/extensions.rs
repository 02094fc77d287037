//! Extensions in every state: asked for, consented to, notified, refused, and one that was used and answered in time.

use crate::cli::demo::applicants::{GUO_WEI, HENGTAI, INSTITUTE, LIU_YANG, XU_RUI};
use crate::cli::demo::city::{FINANCE, HEALTH, HOUSING, LAND, POLICE};
use crate::cli::demo::story::{Deed, Story};
use crate::law::outcome::Outcome;
use crate::law::receipt::Channel;

pub fn stories() -> Vec<Story> {
    vec![hospital(), bridge(), green_belt(), parking(), debt()]
}

fn hospital() -> Story {
    Story::new(
        HEALTH,
        LIU_YANG,
        "市第二医院迁建项目专家论证意见",
        "申请公开市第二医院迁建项目的选址论证报告和专家论证意见。",
    )
    .online(17)
    .taken_in(17)
    .then(
        2,
        Deed::AskExtension(
            15,
            "论证报告共四卷，涉及七个专业，其中两卷由外聘机构保管，尚未调回，需要逐卷审查公开属性。",
        ),
    )
}

fn bridge() -> Story {
    Story::new(HOUSING, GUO_WEI, "望江大桥结构检测报告", "申请公开望江大桥最近三次结构定期检测报告。")
        .arrives(18, Channel::SignedPost)
        .taken_in(17)
        .then(4, Deed::AskExtension(10, "检测报告涉及桥梁承载参数，需请保密工作机构和桥梁专家共同审查。"))
        .then(2, Deed::DecideExtension(true, "情况属实，同意延长10个工作日，请及时告知申请人。"))
}

fn green_belt() -> Story {
    Story::new(LAND, HENGTAI, "清溪河绿线控制范围图", "申请公开清溪河两岸绿线控制范围图及坐标成果。")
        .online(26)
        .taken_in(25)
        .then(10, Deed::AskExtension(15, "坐标成果属于测绘成果，须经涉密地理信息审查后方能确定公开范围。"))
        .then(8, Deed::DecideExtension(true, "同意。审查期间请与测绘管理科保持衔接。"))
        .then(7, Deed::NotifyExtension("因所申请的坐标成果需要进行涉密地理信息审查，本机关不能在二十个工作日内答复。"))
}

fn parking() -> Story {
    Story::new(POLICE, XU_RUI, "望江路路内停车泊位设置依据", "申请公开望江路路内停车泊位的设置方案和交通影响评估材料。")
        .online(16)
        .taken_in(15)
        .then(5, Deed::AskExtension(20, "近期工作任务较多，承办人手不足。"))
        .then(3, Deed::DecideExtension(false, "材料齐备、数量不多，人手不足不是延期的理由。请按期答复。"))
}

fn debt() -> Story {
    Story::new(
        FINANCE,
        INSTITUTE,
        "市级政府专项债券项目绩效评价报告",
        "申请公开近三年市级政府专项债券项目的绩效评价报告。",
    )
    .online(60)
    .taken_in(59)
    .then(46, Deed::AskExtension(10, "报告共二十三份，由项目主管部门分别提交，需要逐份核对是否含有企业未公开的财务数据。"))
    .then(44, Deed::DecideExtension(true, "同意延长10个工作日。"))
    .then(43, Deed::NotifyExtension("因所申请的报告数量较多，需要逐份审查，本机关不能在二十个工作日内答复。"))
    .drafted(36, Outcome::Granted, "你单位申请的绩效评价报告由各项目主管部门提交、本机关保存，共二十三份。本机关在延长的答复期限内进行了逐份审查，上述报告均不存在依法不予公开的情形。根据《中华人民共和国政府信息公开条例》第三十六条第二项的规定，现将二十三份报告的电子文本发送至你单位预留的电子邮箱，并附目录一份。其中三份报告的附表为扫描件，如不清晰，可以联系本机关更换。")
    .reviewed(33)
    .signed(32)
    .served(32)
}
