//! Replies on their way through the office: being written, reviewed, reviewed for secrets, sent back, signed, to be served.

use crate::case::terms::ApprovalStep;
use crate::cli::demo::applicants::{
    CHEN_XIAOYAN, COOPERATIVE, GUO_WEI, INSTITUTE, LI_JIANGUO, LIU_YANG, TANG_BO, ZHOU_TING,
};
use crate::cli::demo::city::{BINHE, CITY, EDUCATION, HEALTH, HOUSING, LAND, LINJIANG, QINGXI};
use crate::cli::demo::story::{Deed, Story};
use crate::law::outcome::Outcome;
use crate::law::receipt::Channel;

pub fn stories() -> Vec<Story> {
    vec![tutoring(), plot_ratio(), rent(), flood_map(), road(), vaccine(), relocation(), stalls()]
}

fn tutoring() -> Story {
    Story::new(
        EDUCATION,
        CHEN_XIAOYAN,
        "校外培训机构检查记录",
        "申请公开今年暑期对高新区学科类校外培训机构的检查记录和处理结果。",
    )
    .arrives(7, Channel::InPerson)
    .taken_in(7)
}

fn plot_ratio() -> Story {
    Story::new(
        LAND,
        ZHOU_TING,
        "创新路8号地块规划条件",
        "申请公开创新路8号地块出让时的规划条件通知书。",
    )
    .online(13)
    .taken_in(12)
    .then(2, Deed::Draft {
        outcome: Outcome::Granted,
        withheld: &[],
        body: "您申请的规划条件通知书由本机关制作，并已作为国有建设用地使用权出让合同的附件。经审查可以公开，根据《中华人民共和国政府信息公开条例》第三十六条第二项的规定，电子文本随本答复提供。通知书载明的容积率、建筑密度和绿地率为该地块的控制指标。",
        submit: false,
    })
}

fn rent() -> Story {
    Story::new(
        HOUSING,
        LI_JIANGUO,
        "公共租赁住房轮候名单和分配结果",
        "申请公开临江区公共租赁住房本年度轮候名单和分配结果，包括每户的收入情况。",
    )
    .online(15)
    .taken_in(14)
    .drafted_in_part(3, Outcome::PartlyGranted, &[Outcome::RefusedThirdParty], "您申请的轮候名单和分配结果已依照保障性住房管理的规定公示，根据《中华人民共和国政府信息公开条例》第三十六条第二项的规定予以公开，名单随本答复提供。各户的具体收入、家庭成员身份证件号码属于个人隐私，公开会对他人的合法权益造成损害，根据条例第十五条、第三十六条第三项的规定不予公开。上述内容能够区分处理，本机关已依照条例第三十七条的规定作了相应处理。")
}

fn flood_map() -> Story {
    Story::new(
        CITY,
        INSTITUTE,
        "城区洪水风险图编制成果",
        "申请公开城区洪水风险图的编制成果，包括淹没范围和避洪转移路线。",
    )
    .online(14)
    .taken_in(14)
    .drafted(5, Outcome::Granted, "你单位申请的洪水风险图由本机关组织编制。其中淹没范围、避洪转移路线和安置点的成果服务于公众避险，根据《中华人民共和国政府信息公开条例》第三十六条第二项的规定予以公开，图件随本答复提供。图上水利工程的坐标已按公开版地图的要求处理，不影响使用。")
    .then(3, Deed::Approve(ApprovalStep::Review))
}

fn road() -> Story {
    Story::new(
        QINGXI,
        TANG_BO,
        "工业园路大修工程招标文件",
        "申请公开工业园路大修工程的招标文件和评标结果。",
    )
    .arrives(17, Channel::InPerson)
    .taken_in(17)
    .drafted(6, Outcome::AlreadyPublic, "您申请的招标文件和评标结果，已在江原省公共资源交易平台公开。根据《中华人民共和国政府信息公开条例》第三十六条第一项的规定，请登录该平台，在“工程建设”栏目输入项目名称“工业园路大修工程”查阅。招标文件、中标候选人公示和中标结果公告均可下载。上网不便的，可以到县政务服务中心查阅点由工作人员协助查询打印。")
    .reviewed(4)
}

fn vaccine() -> Story {
    Story::new(
        HEALTH,
        LIU_YANG,
        "流感疫苗采购数量和接种点名单",
        "申请公开本年度流感疫苗的采购数量、分配计划和接种点名单。",
    )
    .online(18)
    .taken_in(18)
    .drafted(6, Outcome::Granted, "您申请的采购数量和分配计划由本机关制作，接种点名单已在本机关网站公布。根据《中华人民共和国政府信息公开条例》第三十六条第一项、第二项的规定，现将采购数量和分配计划表随本答复提供；接种点名单请登录本机关网站“便民服务”栏目查阅，名单每月更新。老年人可以直接拨打各接种点电话预约。")
    .reviewed(3)
    .signed(1)
}

fn relocation() -> Story {
    Story::new(
        LINJIANG,
        GUO_WEI,
        "机械厂宿舍危房鉴定报告",
        "申请公开机械厂宿舍8栋的危险房屋鉴定报告和区政府的处理意见。",
    )
    .arrives(16, Channel::SignedPost)
    .taken_in(15)
    .drafted(7, Outcome::NotHeld, "经检索，没有您申请的危险房屋鉴定报告。根据《中华人民共和国政府信息公开条例》第三十六条第四项的规定，您申请的信息本机关不存在。")
    .reviewed(6)
    .then(4, Deed::SendBack(ApprovalStep::Signature, "答复未写明检索的范围、方法和结果，理由过于简单。请向住建科和滨河街道核实后补充检索情况。"))
}

fn stalls() -> Story {
    Story::new(
        BINHE,
        COOPERATIVE,
        "滨河大道农产品直销点摊位安排",
        "申请公开滨河大道农产品直销点的摊位分配办法和本季度安排表。",
    )
    .arrives(8, Channel::InPerson)
    .taken_in(8)
    .drafted(2, Outcome::Granted, "你单位申请的摊位分配办法和本季度安排表由本机关制作，可以公开。根据《中华人民共和国政府信息公开条例》第三十六条第二项的规定，复印件随本答复提供。下季度摊位于本季度最后一个月的十五日前公开报名，请留意社区公告栏。")
}
